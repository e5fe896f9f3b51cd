"""`inquiry-bot classify` prints the advice, or the contract's object, and loses nothing."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.command_line.classify import BATCH, FEW
from knowledge import LABELS

Inquire = Callable[..., subprocess.CompletedProcess[str]]
MAILS = Path(__file__).parents[2] / "mails"

SAMPLE = "Please send us fre samples by DHL at your cost. After we see them we will place a big order."
KEYS = {
    "id", "text", "type", "confidence", "scores", "language", "signs", "facts", "completeness", "missing",
    "warnings", "next_step", "avoid", "reply_draft",
}  # fmt: skip
FACTS = {
    "product", "quantity", "incoterm", "port", "target_price", "payment_terms", "certificates", "delivery",
    "packaging", "company", "contact", "email", "phone", "website", "address", "country",
}  # fmt: skip


def test_the_advice_on_a_pasted_inquiry_is_text_for_people(inquiry_bot: Inquire) -> None:
    done = inquiry_bot("classify", stdin=SAMPLE)
    assert done.returncode == 0
    assert "Sample hunter" in done.stdout
    assert "Next step" in done.stdout


def test_chinese_advice_is_asked_for_by_option_or_setting(inquiry_bot: Inquire) -> None:
    by_option = inquiry_bot("classify", "--language", "zh", stdin=SAMPLE)
    by_setting = inquiry_bot("classify", stdin=SAMPLE, INQUIRY_LANGUAGE="zh")
    assert "索要样品型" in by_option.stdout
    assert by_option.stdout == by_setting.stdout


def test_json_is_the_object_of_the_contract(inquiry_bot: Inquire) -> None:
    said = json.loads(inquiry_bot("classify", "--json", stdin=SAMPLE).stdout)
    assert said.keys() >= KEYS
    assert said["facts"].keys() == FACTS
    assert said["scores"].keys() == set(LABELS)
    assert sum(said["scores"].values()) == pytest.approx(1)
    assert said["type"] == "sample_hunter"
    assert said["signs"]
    assert all(said["text"][sign["start"] : sign["end"]] == sign["quote"] for sign in said["signs"])


def test_a_mail_file_is_read_as_a_mail(inquiry_bot: Inquire) -> None:
    said = json.loads(inquiry_bot("classify", "--json", MAILS / "07-forward-qq.eml").stdout)
    assert said["id"] == "07-forward-qq.eml"
    assert "原始邮件" not in said["text"]
    assert said["facts"]["email"] == "oscar.benitez@plasticosbenitez.example"


def test_lines_come_in_input_order_and_a_bad_one_does_not_lose_the_others(
    inquiry_bot: Inquire, tmp_path: Path
) -> None:
    lines = [
        json.dumps({"id": "a", "text": SAMPLE}),
        "{not json",
        json.dumps({"id": "b"}),
        "",
        json.dumps(
            {"id": 7, "text": "请报5000个水杯FOB宁波", "subject": "询价", "sender": "Li <li@cups.example>"}
        ),
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), "utf-8")
    done = inquiry_bot("classify", "many.jsonl")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in said] == ["a", None, "b", "7"]
    assert ["error" in each for each in said] == [False, True, True, False]
    assert said[3]["facts"]["email"] == "li@cups.example"
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def test_many_lines_are_told_by_several_processes_as_by_one(inquire_lines: Callable[..., list[str]]) -> None:
    told = inquire_lines(FEW + 2 * BATCH + 1)
    assert told[: FEW - 1] == inquire_lines(FEW - 1)
    assert [json.loads(line)["id"] for line in told] == [str(number) for number in range(len(told))]
    assert ["error" in json.loads(line) for line in told] == [
        number == FEW + BATCH for number in range(len(told))
    ]


@pytest.fixture
def inquire_lines(inquiry_bot: Inquire, tmp_path: Path) -> Callable[..., list[str]]:
    """Classify so many lines, one of them without text."""

    def lines(count: int) -> list[str]:
        rows = [{"id": number, "text": f"{SAMPLE} We want {number} pieces."} for number in range(count)]
        if count > FEW + BATCH:
            del rows[FEW + BATCH]["text"]
        (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
        done = inquiry_bot("classify", "lines.jsonl")
        assert done.returncode == (1 if count > FEW + BATCH else 0)
        return done.stdout.splitlines()

    return lines


def test_many_files_are_told_apart(inquiry_bot: Inquire) -> None:
    paths = sorted(MAILS.glob("0*.eml"))[:2]
    assert all(path.name in inquiry_bot("classify", *paths).stdout for path in paths)
    lines = inquiry_bot("classify", "--json", *paths).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [path.name for path in paths]


@pytest.mark.parametrize(
    ("words", "stdin", "code", "says"),
    [
        (["classify"], "", 1, "no text"),
        (["classify", "no-such-file.eml"], "", 2, "no-such-file.eml"),
        (["classify", "--language", "fr"], SAMPLE, 2, "fr"),
        (["classify", "."], "", 2, "directory"),
        (["clasify"], "", 2, "clasify"),
        (["classify", "--jsn"], SAMPLE, 2, "--jsn"),
    ],
    ids=[
        "nothing to read",
        "no such file",
        "unknown language",
        "a folder",
        "unknown command",
        "unknown option",
    ],
)
def test_bad_input_gets_a_clear_sentence(
    inquiry_bot: Inquire, words: list[str], stdin: str, code: int, says: str
) -> None:
    done = inquiry_bot(*words, stdin=stdin)
    assert done.returncode == code
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_a_malformed_setting_is_named(inquiry_bot: Inquire) -> None:
    done = inquiry_bot("classify", stdin=SAMPLE, PORT="high")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("inquiry-bot: PORT ")


def test_settings_come_from_a_dotenv_file_too_and_the_environment_wins(
    inquiry_bot: Inquire, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("\ufeffINQUIRY_LANGUAGE=zh\n", "utf-8")
    assert "索要样品型" in inquiry_bot("classify", stdin=SAMPLE).stdout
    assert "Sample hunter" in inquiry_bot("classify", stdin=SAMPLE, INQUIRY_LANGUAGE="en").stdout


def test_a_faulty_knowledge_folder_stops_with_every_fault(inquiry_bot: Inquire, tmp_path: Path) -> None:
    (tmp_path / "own" / "types").mkdir(parents=True)
    (tmp_path / "own" / "types" / "a.toml").write_text('id = "sample_hunter"\nemoij = "x"\n', "utf-8")
    (tmp_path / "own" / "types" / "b.toml").write_text("id = \n", "utf-8")
    done = inquiry_bot("classify", stdin=SAMPLE, KNOWLEDGE_DIR="own")
    assert done.returncode == 2
    assert "emoij" in done.stderr
    assert "b.toml" in done.stderr
    assert not done.stdout
