import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import app
from bot.app import Running
from bot.clock import SystemClock
from bot.local_slack import LocalSlack
from bot.local_slack.model import Json
from bot.playground import samples
from bot.playground.inspector import inspect
from bot.settings import Settings
from bot.texts import Language


@dataclass(frozen=True)
class House:
    """A workspace with the bot at work in it."""

    slack: LocalSlack
    running: Running

    def advice_on(self, message: Json) -> Json:
        """Return the advice on a message as soon as it stands and is written down."""
        inquiries = self.running.services.inquiries

        def standing() -> Json | None:
            record = inquiries.find(self.slack.here.team, message["channel"], message["ts"])
            stands = record is not None and record.advice_ts is not None
            return self.slack.thread(message)[0] if stands else None

        return self.slack.wait_for(standing) or {}

    def inspect(self, message: Json, language: Language = "en") -> Json:
        return inspect(self.slack, self.running.services, message["channel"], message["ts"], language)

    def record_of(self, advice: Json) -> int:
        return int(advice["metadata"]["event_payload"]["inquiry_id"])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("inspected")
    with LocalSlack(SystemClock()) as slack:
        settings = Settings(
            slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token,
            slack_api_url=slack.api_url,
            inquiry_channels=frozenset({slack.workspace.channel("inquiries").id}),
            database_url=f"sqlite:///{folder / 'bot.db'}",
            port=0,
        )
        running = app.build(settings, SystemClock())
        running.start()
        assert running.socket
        assert running.socket.wait_connected(10)
        try:
            yield House(slack, running)
        finally:
            running.stop()


@pytest.fixture(scope="module")
def message(house: House) -> Json:
    return samples.put("16-terse-buyer", "#inquiries", house.slack.person("emma"), house.slack)


@pytest.fixture(scope="module")
def advice(house: House, message: Json) -> Json:
    return house.advice_on(message)


def test_the_call_is_the_one_that_was_made(house: House, advice: Json) -> None:
    (call,) = house.inspect(advice)["calls"]
    assert call["method"] == "chat.postMessage"
    assert call["body"]["channel"] == advice["channel"]
    assert call["body"]["thread_ts"] == advice["thread_ts"]
    assert call["body"]["metadata"]["event_type"] == "inquiry_advice"
    assert call["at_ms"] == round(float(advice["ts"]) * 1000)


def test_the_blocks_are_those_the_bot_sent(house: House, advice: Json) -> None:
    (call,) = house.inspect(advice)["calls"]
    sent = next(
        one for one in house.slack.calls("chat.postMessage") if one.answer.get("ts") == advice["ts"]
    ).args["blocks"]
    assert call["body"]["blocks"] == (json.loads(sent) if isinstance(sent, str) else sent)


def test_no_token_is_told(house: House, advice: Json) -> None:
    told = json.dumps(house.inspect(advice))
    assert house.slack.bot_token not in told
    assert house.slack.app_token not in told


def test_a_change_of_the_card_is_told_after_the_post(house: House) -> None:
    message = samples.put("12-free-lamps-forward", "#inquiries", house.slack.person("emma"), house.slack)
    advice = house.advice_on(message)
    services = house.running.services
    inquiry = house.record_of(advice)
    services.inquiries.correct(inquiry, "casual_browser", house.slack.person("emma").id)
    record = services.inquiries.get(inquiry)
    assert record
    services.renew_card(record, None)
    house.running.worker.wake()
    house.slack.wait_for(lambda: len(house.inspect(advice)["calls"]) == 2)
    told = house.inspect(advice)
    assert [call["method"] for call in told["calls"]] == ["chat.postMessage", "chat.update"]
    assert told["calls"][0]["at_ms"] < told["calls"][1]["at_ms"]
    assert (told["why"]["type"], told["why"]["corrected_to"]) == ("sample_hunter", "Casual browser")


def test_every_sign_stands_where_it_says(house: House, advice: Json) -> None:
    why = house.inspect(advice)["why"]
    assert why["signs"]
    for sign in why["signs"]:
        assert why[sign["where"]][sign["start"] : sign["end"]] == sign["quote"]
        assert sign["says"]
        assert sign["weight"]


def test_the_reasons_are_those_of_the_stored_verdict(house: House, advice: Json) -> None:
    why = house.inspect(advice)["why"]
    record = house.running.services.inquiries.get(house.record_of(advice))
    assert record
    stored = json.loads(record.verdict or "")
    assert (why["type"], why["confidence"]) == (record.buyer_type, record.confidence)
    assert {label: score["probability"] for label, score in why["scores"].items()} == stored["scores"]
    assert [(one["id"], one["type"], one["weight"]) for one in why["signs"]] == [
        (one["id"], one["type"], one["weight"]) for one in stored["signs"]
    ]
    assert [one["severity"] for one in why["warnings"]] == ["note"]


def test_reasons_are_told_in_the_readers_language(house: House, advice: Json) -> None:
    why = house.inspect(advice, "zh")["why"]
    assert why["name"] == "寻找卖家型"
    assert why["scores"]["sample_hunter"]["name"] == "索要样品型"


def test_what_is_no_advice_has_no_reasons(house: House, message: Json) -> None:
    assert house.inspect(message) == {"calls": [], "why": None}
    assert house.inspect({"channel": "C0NOWHERE", "ts": "1.2"}) == {"calls": [], "why": None}
    assert house.inspect({"channel": message["channel"], "ts": "1.2"}) == {"calls": [], "why": None}


def test_erased_words_stay_erased(house: House) -> None:
    message = house.slack.person("mei").types("#inquiries", "你好，请发目录和价格表，谢谢")
    advice = house.advice_on(message)
    assert house.inspect(advice)["why"]
    house.running.services.inquiries.erase(house.record_of(advice))
    told = house.inspect(advice)
    assert told["why"] is None
    assert told["calls"]


def test_an_answer_for_one_persons_eyes_has_no_reasons(house: House, advice: Json, message: Json) -> None:
    emma = house.slack.person("emma")
    emma.uses_shortcut("classify_inquiry", message)
    (only,) = house.slack.wait_for(lambda: emma.ephemerals)
    assert house.inspect(only)["why"] is None
