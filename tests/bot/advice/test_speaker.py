import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.advice.speaker import AdviceSpeaker
from bot.errors import Unreadable
from bot.intake.model import Arrival, Received, SlackFile, Via
from bot.local_slack.block_kit.messages import check_blocks, check_metadata
from bot.outbox.model import Kind, NotYet, Row, Utterance
from bot.people import People, Profile
from bot.storage import Database, open_database
from bot.storage.inquiries import Inquiries
from bot.storage.people import PeopleRows
from knowledge import Knowledge

WORDS = "Hello, please send us free samples of LED panels. We do not pay courier or sample fees."
ORDER = """Please quote 5,000 pcs of LED panel 60x60 40W, CIF Hamburg, delivery by 15 March, for our running
project. Payment 30% T/T deposit, balance against B/L copy. Target price USD 8.50 a piece.

Anna Weber, Purchasing Manager, Weber Licht GmbH, Hamburg, Germany, tel. +49 40 5550100"""
FILE = SlackFile(
    "F1", "rfq.txt", "text/plain", "text", "hosted", 90, "https://files.slack.com/rfq.txt", False, "visible"
)


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def now_ms(self) -> int:
        return int(self.at.timestamp() * 1000)

    def steady(self) -> float:
        return self.at.timestamp()


class Slack:
    """Slack's files and profiles, as far as an advice asks for them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {"F1": WORDS.encode()}
        self.fetched: list[tuple[str, str]] = []
        self.refusal = "gone"
        self.locale = "en-US"

    def fetch(self, team: str, file: SlackFile) -> bytes:
        self.fetched.append((team, file.id))
        if file.id not in self.files:
            raise Unreadable(self.refusal, file.name)
        return self.files[file.id]

    def profile(self, _team: str, _user: str) -> Profile:
        return Profile(self.locale, "Asia/Shanghai")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'bot.db'}")
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture
def inquiries(database: Database, watch: Watch) -> Inquiries:
    return Inquiries(database, watch)


@pytest.fixture
def speaker(
    known: Knowledge, database: Database, inquiries: Inquiries, slack: Slack, watch: Watch
) -> AdviceSpeaker:
    people = People(PeopleRows(database, watch), slack.profile, watch)
    return AdviceSpeaker(known, inquiries, slack.fetch, people, watch)


def received(inquiries: Inquiries, words: Received) -> int:
    arrival = Arrival("T1", "C1", "1.1", "1.1", Via.MESSAGE, "U1", words)
    return inquiries.receive(arrival).inquiry_id


def row_of(inquiry_id: int, watch: Watch, kind: Kind = Kind.ADVICE) -> Row:
    return Row(
        id=1,
        kind=kind,
        inquiry_id=inquiry_id,
        team="T1",
        channel="C1",
        thread_ts="1.1",
        owner=None,
        payload={},
        due_at=watch.now_ms(),
        seq=0,
        claim="x",
        doubt=False,
        first_try_at=None,
        attempts=0,
        form=0,
    )


def said_in(utterance: Utterance | None) -> str:
    assert utterance is not None
    for form in utterance.forms:
        if form.blocks:
            check_blocks(json.loads(json.dumps(form.blocks)))
    return "\n".join(json.dumps(form.blocks, ensure_ascii=False) + form.text for form in utterance.forms)


def test_an_inquiry_is_read_judged_recorded_and_spoken_of(
    speaker: AdviceSpeaker, inquiries: Inquiries, watch: Watch
) -> None:
    number = received(inquiries, Received(WORDS))
    utterance = speaker.compose(row_of(number, watch))
    assert utterance is not None
    assert "Sample hunter" in said_in(utterance)
    assert (utterance.event_type, utterance.update_ts) == ("inquiry_advice", None)
    assert utterance.event_payload == {"inquiry_id": str(number), "type": "sample_hunter"}
    check_metadata({"event_type": utterance.event_type, "event_payload": dict(utterance.event_payload)})
    kept = inquiries.get(number)
    assert kept is not None
    assert (kept.buyer_type, kept.language) == ("sample_hunter", "en")
    assert kept.reading is not None
    assert kept.verdict is not None


def test_a_file_is_fetched_once_and_with_its_own_workspace(
    speaker: AdviceSpeaker, inquiries: Inquiries, slack: Slack, watch: Watch
) -> None:
    number = received(inquiries, Received("", files=(FILE,)))
    first = speaker.compose(row_of(number, watch))
    assert "Sample hunter" in said_in(first)
    assert speaker.compose(row_of(number, watch)) == first
    assert slack.fetched == [("T1", "F1")]


def test_a_chinese_reader_is_spoken_to_in_chinese(
    speaker: AdviceSpeaker, inquiries: Inquiries, slack: Slack, watch: Watch
) -> None:
    slack.locale = "zh-CN"
    assert "索要样品型" in said_in(speaker.compose(row_of(received(inquiries, Received(WORDS)), watch)))


def test_what_cannot_be_read_is_said_in_one_sentence(
    speaker: AdviceSpeaker, inquiries: Inquiries, slack: Slack, watch: Watch
) -> None:
    slack.files.clear()
    number = received(inquiries, Received("", files=(replace(FILE, name="*rfq* <!here>.txt"),)))
    utterance = speaker.compose(row_of(number, watch))
    assert utterance is not None
    assert utterance.event_payload == {"inquiry_id": str(number), "type": "unclear"}
    assert "rfq" in utterance.forms[0].text
    assert "<!here>" not in said_in(utterance)
    assert len(utterance.forms[0].blocks) == 1


def test_a_file_slack_is_slow_with_is_asked_for_again_before_that_is_said(
    speaker: AdviceSpeaker, inquiries: Inquiries, slack: Slack, watch: Watch
) -> None:
    slack.files.clear()
    slack.refusal = "unreachable"
    row = row_of(received(inquiries, Received("", files=(FILE,))), watch)
    with pytest.raises(NotYet):
        speaker.compose(row)
    watch.at += timedelta(minutes=3)
    assert "did not hand over rfq" in said_in(speaker.compose(row))


def test_a_deleted_inquiry_is_not_spoken_of(
    speaker: AdviceSpeaker, inquiries: Inquiries, watch: Watch
) -> None:
    number = received(inquiries, Received(WORDS))
    inquiries.delete("T1", "C1", "1.1")
    assert speaker.compose(row_of(number, watch)) is None


def test_erased_words_are_not_spoken_of(speaker: AdviceSpeaker, inquiries: Inquiries, watch: Watch) -> None:
    number = received(inquiries, Received(WORDS))
    inquiries.erase(number)
    assert speaker.compose(row_of(number, watch)) is None


def test_an_edit_changes_the_card_that_stands(
    speaker: AdviceSpeaker, inquiries: Inquiries, watch: Watch
) -> None:
    number = received(inquiries, Received(WORDS))
    speaker.compose(row_of(number, watch))
    speaker.said(row_of(number, watch), "C1", "2.2")
    inquiries.revise("T1", "C1", "1.1", Received(ORDER))
    update = speaker.compose(row_of(number, watch, Kind.ADVICE_UPDATE))
    assert update is not None
    assert update.update_ts == "2.2"
    assert "Supplier seeker" in said_in(update)


def test_a_correction_and_an_owner_stand_on_the_card(
    speaker: AdviceSpeaker, inquiries: Inquiries, watch: Watch
) -> None:
    number = received(inquiries, Received(WORDS))
    speaker.compose(row_of(number, watch))
    speaker.said(row_of(number, watch), "C1", "2.2")
    inquiries.correct(number, "market_entrant", "U111")
    inquiries.set_owner(number, "U222")
    update = speaker.compose(row_of(number, watch, Kind.ADVICE_UPDATE))
    assert update is not None
    assert update.event_payload["type"] == "market_entrant"
    said = said_in(update)
    assert "Corrected by <@U111>" in said
    assert "<@U222> takes care of this inquiry" in said


def test_an_update_waits_for_its_card_but_not_for_ever(
    speaker: AdviceSpeaker, inquiries: Inquiries, watch: Watch
) -> None:
    row = row_of(received(inquiries, Received(WORDS)), watch, Kind.ADVICE_UPDATE)
    with pytest.raises(NotYet):
        speaker.compose(row)
    watch.at += timedelta(hours=1)
    assert speaker.compose(row) is None
