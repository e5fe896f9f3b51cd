"""The type files, situations and guide as they are written: complete, bilingual, fair to buyers."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import knowledge
from knowledge.content import BuyerType, Claim, Event, Part
from knowledge.model import BUYER_TYPES, LABELS, Bilingual

FOLDER = Path(__file__).parents[2] / "knowledge"
TYPE_FILES = {label: FOLDER / "types" / f"{label}.toml" for label in LABELS}
SITUATION_FILES = sorted((FOLDER / "situations").glob("*.toml"))
FILES = (*TYPE_FILES.values(), *SITUATION_FILES, FOLDER / "guide.toml")
SEED = frozenset(f"S{number}" for number in range(1, 107))
# What to do about each type, and what not; the explanations among these numbers stand in EXPLAINED.
ACTIONS = {
    "supplier_seeker": range(14, 27),
    "market_entrant": range(33, 42),
    "information_gatherer": range(52, 55),
    "casual_browser": range(59, 67),
    "intelligence_thief": range(73, 78),
    "sample_hunter": range(82, 85),
    "comparing_quotations": range(92, 95),
    "waiting_for_downstream": range(97, 104),
}
EXPLAINED = {"S22", "S23", "S38", "S40", "S70", "S72"}
ALSO_AN_ACTION = {"S23"}
BELONGING: dict[str, Iterable[int]] = {
    "supplier_seeker": range(6, 27),
    "market_entrant": range(27, 42),
    "information_gatherer": range(42, 55),
    "casual_browser": range(55, 67),
    "intelligence_thief": range(67, 78),
    "sample_hunter": range(78, 85),
    "comparing_quotations": range(85, 95),
    "waiting_for_downstream": (85, *range(95, 104)),
}
NAMED_TEXTS = ("name", "summary", "odds", "next_step", "question", "intro", "closing")
ACCUSING = re.compile(
    r"\b(?:thie(?:f|ves)|steal\w*|spy|spies|liars?|lying|cheat\w*|crooks?|fraudsters?|scammers?|swindl\w*"
    r"|dishonest|greedy|freeloaders?)\b|骗子|骗人|小偷|窃贼|间谍|说谎|撒谎|奸商|占便宜|贪便宜|白嫖|无赖",
    re.IGNORECASE,
)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def claims_in(path: Path) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = read(path)["claims"]
    return claims


def texts_for_people(path: Path) -> Iterator[dict[str, Any]]:
    tables = read(path)
    yield from (tables[key] for key in NAMED_TEXTS if key in tables)
    yield from tables["claims"]
    yield from tables.get("touches", ())
    yield from (cue[key] for cue in tables.get("cues", ()) for key in ("says", "denied") if key in cue)


def carried_by(path: Path, *parts: str) -> set[str]:
    return {number for claim in claims_in(path) if claim["part"] in parts for number in claim["seed"]}


def numbers(span: Iterable[int]) -> set[str]:
    return {f"S{number}" for number in span}


def name_of(path: Path) -> str:
    return path.stem


def test_every_rule_of_the_seed_is_carried_somewhere() -> None:
    carried = {number for path in FILES for claim in claims_in(path) for number in claim["seed"]}
    assert carried == SEED


@pytest.mark.parametrize("path", [path for path in FILES if path.stem in BELONGING], ids=name_of)
def test_a_file_carries_the_rules_of_its_own_type_and_no_others(path: Path) -> None:
    assert {number for claim in claims_in(path) for number in claim["seed"]} == numbers(BELONGING[path.stem])


def test_the_guide_frames_with_the_first_rules_and_closes_with_the_last() -> None:
    guide = FOLDER / "guide.toml"
    assert carried_by(guide, "frame") == numbers(range(1, 6))
    assert carried_by(guide, "close") == numbers(range(104, 107))


@pytest.mark.parametrize("path", [path for path in FILES if path.stem in ACTIONS], ids=name_of)
def test_what_to_do_and_what_to_leave_covers_the_advice_of_the_seed(path: Path) -> None:
    due = numbers(ACTIONS[path.stem]) - (EXPLAINED - ALSO_AN_ACTION)
    waits_only = {"S99"}  # the one explanation among the advice on samples
    assert due - waits_only <= carried_by(path, "do", "avoid")


@pytest.mark.parametrize("number", sorted(EXPLAINED))
def test_an_explanation_of_silence_stands_among_the_diagnoses(number: str) -> None:
    assert any(number in carried_by(path, "diagnosis") for path in TYPE_FILES.values())


def test_where_buyers_come_from_is_a_remark_that_never_counts_and_says_so() -> None:
    (remark,) = [claim for claim in claims_in(TYPE_FILES["sample_hunter"]) if "S79" in claim["seed"]]
    assert (remark["part"], remark["weight"]) == ("remark", 0)
    assert "Never count the country" in remark["en"]
    assert "别拿国家去判断" in remark["zh"]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_remark_on_countries_has_a_weight(path: Path) -> None:
    assert all("weight" not in claim or "S79" in claim["seed"] for claim in claims_in(path))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_text_stands_in_english_and_chinese(path: Path) -> None:
    for said in texts_for_people(path):
        assert said["en"].strip() == said["en"] != ""
        assert said["zh"].strip() == said["zh"] != ""
        assert not re.search(r"[\u4e00-\u9fff]", said["en"]), said["en"]
        assert re.search(r"[\u4e00-\u9fff]", said["zh"]), said["zh"]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_text_accuses_a_buyer(path: Path) -> None:
    accusing = [said for said in texts_for_people(path) if ACCUSING.search(f"{said['en']} {said['zh']}")]
    assert accusing == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_two_claims_of_a_file_say_the_same(path: Path) -> None:
    for language in ("en", "zh"):
        said = [claim[language] for claim in claims_in(path)]
        assert len(said) == len(set(said))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_claim_belongs_to_a_known_part(path: Path) -> None:
    assert {claim["part"] for claim in claims_in(path)} <= set(get_args(Part))


@pytest.mark.parametrize("label", LABELS)
def test_a_type_says_all_a_card_shows(label: str) -> None:
    tables = read(TYPE_FILES[label])
    assert tables["id"] == label
    assert tables["emoji"]
    assert {"name", "summary", "odds", "next_step", "question"} <= tables.keys()
    assert carries(label, "do")
    assert carries(label, "avoid")


def carries(label: str, part: str) -> bool:
    return any(claim["part"] == part for claim in claims_in(TYPE_FILES[label]))


def test_no_two_types_share_a_name_or_an_emoji() -> None:
    types = [read(path) for path in TYPE_FILES.values()]
    assert len({known["emoji"] for known in types}) == len(LABELS)
    assert len({known["name"]["en"] for known in types}) == len(LABELS)


@pytest.mark.parametrize("label", BUYER_TYPES)
def test_a_question_to_the_buyer_is_one_question(label: str) -> None:
    question = read(TYPE_FILES[label])["question"]
    assert question["en"].count("?") == 1
    assert question["en"].endswith("?")
    assert question["zh"].endswith("？")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_begins_with_its_manual_in_both_languages(path: Path) -> None:
    manual = path.read_text("utf-8").split("\n\n")[0]
    assert "How to edit this file" in manual
    assert "怎么改这个文件" in manual
    assert manual.count("inquiry-bot knowledge check") == 2


@pytest.mark.parametrize(
    ("situation", "plan", "touches"),
    [
        ("comparing_quotations", "quote", [("quotation", days) for days in (3, 7, 14, 30)]),
        (
            "waiting_for_downstream",
            "sample",
            [("dispatch", 0), *(("arrival", days) for days in (2, 9, 21, 45))],
        ),
    ],
    ids=["quote", "sample"],
)
def test_a_plan_follows_up_often_enough_and_not_too_often(
    situation: str, plan: str, touches: list[tuple[str, int]]
) -> None:
    tables = read(FOLDER / "situations" / f"{situation}.toml")
    assert (tables["id"], tables["plan"]) == (situation, plan)
    assert [(touch["after"], touch["days"]) for touch in tables["touches"]] == touches
    assert {touch["after"] for touch in tables["touches"]} <= set(get_args(Event))


@pytest.mark.parametrize(
    ("situation", "drafts"),
    [
        ("comparing_quotations", ["quote_arrived", "quote_value", "quote_other_channel", "quote_last"]),
        (
            "waiting_for_downstream",
            ["sample_sent", "sample_arrived", "sample_impression", "sample_help", "sample_last"],
        ),
    ],
    ids=["quote", "sample"],
)
def test_each_step_of_a_plan_has_a_draft_of_its_own(situation: str, drafts: list[str]) -> None:
    tables = read(FOLDER / "situations" / f"{situation}.toml")
    assert [touch["draft"] for touch in tables["touches"]] == drafts


@pytest.mark.parametrize("path", SITUATION_FILES, ids=name_of)
def test_the_manual_of_a_situation_tells_of_the_draft_in_both_languages(path: Path) -> None:
    english, chinese = path.read_text("utf-8").split("\n\n")[0].split("怎么改这个文件")
    for manual in (english, chinese):
        assert "draft" in manual
        assert "nudge" in manual


def test_without_a_date_of_arrival_the_first_question_comes_a_week_after_dispatch() -> None:
    tables = read(FOLDER / "situations" / "waiting_for_downstream.toml")
    first = next(touch for touch in tables["touches"] if touch["after"] == "arrival")
    assert tables["transit_days"] + first["days"] == 7


def test_claims_are_found_by_their_part_in_the_order_of_the_file() -> None:
    word = Bilingual("word", "话")
    first, second = Claim("do", word, ("S1",)), Claim("do", word)
    claims = (first, Claim("avoid", word), second)
    buyer_type = BuyerType("id", "🎯", word, word, word, word, word, claims)
    assert buyer_type.claims_of("do") == (first, second)


def test_the_example_of_a_follow_up_in_the_manual_can_be_used_as_it_stands(tmp_path: Path) -> None:
    manual = (FOLDER / "README.md").read_text("utf-8")
    example = manual.split("```toml\n")[2].partition("```")[0]
    (tmp_path / "replies").mkdir()
    (tmp_path / "replies" / "en.toml").write_text(example, "utf-8")
    assert knowledge.check(tmp_path) == ()
    built_in, loaded = knowledge.load().replies["en"], knowledge.load(tmp_path).replies["en"]
    changed = {name for name, body in loaded.follow_ups.items() if body != built_in.follow_ups[name]}
    assert changed == {"quote_arrived"}


def test_the_example_in_the_manual_can_be_used_as_it_stands(tmp_path: Path) -> None:
    manual = (FOLDER / "README.md").read_text("utf-8")
    example = manual.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "sample_hunter.toml").write_text(example, "utf-8")
    assert knowledge.check(tmp_path) == ()
    signs = knowledge.load(tmp_path).classify("Please kindly gift us one piece of the lamp.").signs
    assert "sample_hunter.our_gift_words" in {sign.id for sign in signs}
