"""`/inquiry`, from any channel, in both modes."""

import pytest

from bot.local_slack.persons import Person
from tests.end_to_end.office import INQUIRY, Message, Office


def answer_to(office: Office, person: Person, line: str, channel: str = "#inquiries") -> Message:
    """Return what the person sees after the command, at once or a little later."""
    before = len(person.ephemerals)
    outcome = person.runs(line, channel)
    assert outcome.trouble is None
    office.slack.wait_for(lambda: len(person.ephemerals) > before)
    return person.ephemerals[before]


@pytest.mark.parametrize("line", ["/inquiry", "/inquiry help", "/inquiry HELP", "/inquiry nonsense"])
def test_help_is_at_hand(office: Office, line: str) -> None:
    assert "/inquiry" in answer_to(office, office.emma, line)["text"]


def test_help_is_in_the_readers_language(office: Office) -> None:
    answer = answer_to(office, office.mei, "/inquiry help")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer["text"])


def test_all_types_are_listed(office: Office) -> None:
    shown = str(answer_to(office, office.emma, "/inquiry types"))
    for name in ("Supplier", "Market", "Information", "Sample"):
        assert name.lower() in shown.lower()


@pytest.mark.parametrize("name", ["sample_hunter", "sample", "索要样品型", "Supplier"])
def test_one_type_is_told_about(office: Office, name: str) -> None:
    assert answer_to(office, office.emma, f"/inquiry type {name}")["blocks"]


@pytest.mark.parametrize(
    "text",
    [INQUIRY, "max payload 20t, pls quote", "a=1&payload={}", "100% “cotton” & <b>", "payload"],
    ids=["inquiry", "payload-word", "payload-field", "signs", "only-payload"],
)
def test_a_text_is_classified(office: Office, text: str) -> None:
    answer = answer_to(office, office.emma, f"/inquiry classify {text}")
    assert answer["text"]
    assert office.slack.rejected_calls == ()


@pytest.mark.parametrize("channel", ["#general", "#random", "@bot"])
def test_commands_work_in_every_conversation(office: Office, channel: str) -> None:
    person = office.emma
    where = office.slack.workspace.direct(person.id, office.slack.here.bot_user).id
    answer_to(office, person, f"/inquiry classify {INQUIRY}", where if channel == "@bot" else channel)


def test_without_a_text_a_form_asks_for_it(office: Office) -> None:
    assert office.emma.runs("/inquiry classify").trouble is None
    view = office.slack.wait_for(lambda: office.emma.modal)
    (field,) = [block for block in view["blocks"] if block["type"] == "input"]
    outcome = office.emma.submits(view, {field["element"]["action_id"]: INQUIRY})
    assert (outcome.trouble, dict(outcome.errors)) == (None, {})
    result = office.slack.wait_for(lambda: office.emma.modal)
    assert result["callback_id"] != view["callback_id"]
    office.emma.closes(result)


def test_classifying_by_command_keeps_nothing_and_posts_nothing(office: Office) -> None:
    inquiries, posts = office.inquiries(), len(office.slack.calls("chat.postMessage"))
    answer_to(office, office.emma, f"/inquiry classify {INQUIRY}")
    assert office.inquiries() == inquiries
    assert len(office.slack.calls("chat.postMessage")) == posts


def test_twenty_commands_at_once_are_all_answered(office: Office) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(lambda _: office.emma.runs("/inquiry types"), range(20)))
    assert [outcome.trouble for outcome in outcomes] == [None] * 20


def test_the_home_tab_is_published(office: Office) -> None:
    office.emma.opens_home()
    home = office.slack.wait_for(lambda: office.emma.home)
    assert home["blocks"]
