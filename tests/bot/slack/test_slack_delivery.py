"""The outbox' way to Slack, against the embedded one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.clock import SystemClock
from bot.local_slack import LocalSlack, faults
from bot.local_slack.faults import Fault
from bot.outbox.answers import (
    Answer,
    Found,
    Gone,
    LockedOut,
    NotPermitted,
    NotSent,
    NotThere,
    Posted,
    Refused,
    RefusedForm,
    Sighting,
    SlowDown,
    Unclear,
)
from bot.outbox.model import Form, Kind, Row
from bot.outbox.poster import Message
from bot.slack.delivery import SlackPoster

KEY = "12:0"
BLOCKS = ({"type": "section", "text": {"type": "mrkdwn", "text": "advice"}},)
CARD = Form("advice", BLOCKS)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(SystemClock()) as slack:
        yield slack


@pytest.fixture
def poster(slack: LocalSlack) -> SlackPoster:
    return SlackPoster(lambda team: slack.bot_token, slack.api_url, timeout_s=2)


@pytest.fixture
def inquiry(slack: LocalSlack) -> Any:
    return slack.person("mei").types("#inquiries", "Please quote 500 pcs https://buyer.example")


def message(inquiry: Any, form: Form = CARD, key: str = KEY, **changes: Any) -> Message:
    said = Message(
        team="T1",
        channel=inquiry["channel"],
        thread_ts=inquiry["ts"],
        form=form,
        event_type="inquiry_advice",
        event_payload={"inquiry_id": "7", "type": "sample_hunter", "key": key},
    )
    return replace(said, **changes)


def row(inquiry: Any, **changes: Any) -> Row:
    held = Row(
        id=12,
        kind=Kind.ADVICE,
        inquiry_id=7,
        team="T1",
        channel=inquiry["channel"],
        thread_ts=inquiry["ts"],
        owner=None,
        payload={},
        due_at=SystemClock().now_ms(),
        seq=0,
        claim="claim",
        doubt=True,
        first_try_at=SystemClock().now_ms(),
        attempts=1,
        form=0,
    )
    return replace(held, **changes)


# saying


def test_a_message_is_posted_in_its_thread_with_metadata_and_without_previews(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any
) -> None:
    place = poster.say(message(inquiry))
    (reply,) = slack.thread(inquiry)
    assert place == Posted(inquiry["channel"], reply["ts"])
    assert reply["metadata"] == {
        "event_type": "inquiry_advice",
        "event_payload": {"inquiry_id": "7", "type": "sample_hunter", "key": KEY},
    }
    (call,) = slack.calls("chat.postMessage")
    assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)


def test_a_change_to_plain_text_leaves_no_blocks_behind(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any
) -> None:
    place = poster.say(message(inquiry))
    assert isinstance(place, Posted)
    assert poster.say(message(inquiry, Form("shorter"), update_ts=place.ts)) == place
    (reply,) = slack.thread(inquiry)
    assert (reply["text"], reply["blocks"]) == ("shorter", [])


def test_a_person_is_spoken_to_in_a_direct_message(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any
) -> None:
    mei = slack.person("mei").id
    place = poster.say(message(inquiry, channel=mei, thread_ts=None))
    assert isinstance(place, Posted)
    assert place.channel.startswith("D")


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (faults.refusal("channel_not_found"), Refused("channel_not_found")),
        (faults.refusal("is_archived"), Refused("is_archived")),
        (faults.refusal("invalid_blocks", errors=["must be shorter"]), RefusedForm("invalid_blocks")),
        (faults.refusal("message_not_found"), Gone("message_not_found")),
        (faults.refusal("token_revoked"), LockedOut("token_revoked")),
        (faults.refusal("something_new"), Unclear("something_new")),
        (faults.error_after("internal_error"), Unclear("internal_error")),
        (Fault("says_nothing", takes=True, body={"ok": True}), Unclear("no ts")),
        (faults.rate_limited(17), SlowDown(17)),
        (faults.server_error(503), Unclear("HTTP 503")),
        (faults.server_error(500, takes=True), Unclear("HTTP 500")),
        (faults.dropped(takes=True), Unclear("RemoteDisconnected")),
        (faults.dropped(takes=False), Unclear("RemoteDisconnected")),
        (faults.slow(5), Unclear("TimeoutError", is_silent=True)),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
def test_each_failure_has_its_meaning(slack: LocalSlack, inquiry: Any, fault: Fault, answer: Answer) -> None:
    poster = SlackPoster(lambda team: slack.bot_token, slack.api_url, timeout_s=1)
    slack.faults.on("chat.postMessage", fault)
    assert poster.say(message(inquiry)) == answer
    assert len(slack.thread(inquiry)) == fault.takes


def test_a_slack_that_is_not_there_has_taken_nothing(inquiry: Any) -> None:
    poster = SlackPoster(lambda team: "xoxb-1", "http://127.0.0.1:1/api/", timeout_s=1)
    assert poster.say(message(inquiry)) == NotSent("ConnectionRefusedError")


def test_a_workspace_without_a_token_is_locked_out(slack: LocalSlack, inquiry: Any) -> None:
    poster = SlackPoster(lambda team: None, slack.api_url)
    assert poster.say(message(inquiry)) == LockedOut("not_authed")


def test_a_wrong_token_is_locked_out(slack: LocalSlack, inquiry: Any) -> None:
    poster = SlackPoster(lambda team: "xoxb-old", slack.api_url)
    assert poster.say(message(inquiry)) == LockedOut("invalid_auth")


def test_each_workspace_is_spoken_to_with_its_own_token(slack: LocalSlack, inquiry: Any) -> None:
    poster = SlackPoster({"T1": slack.bot_token}.get, slack.api_url)
    assert isinstance(poster.say(message(inquiry)), Posted)
    assert isinstance(poster.say(message(inquiry, team="T2")), LockedOut)


def test_a_lost_answer_costs_one_post_here_and_two_with_the_retry_of_the_sdk(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any
) -> None:
    slack.faults.on("chat.postMessage", faults.dropped(takes=True))
    poster.say(message(inquiry))
    assert len(slack.thread(inquiry)) == 1
    slack.faults.on("chat.postMessage", faults.dropped(takes=True))
    by_default = WebClient(slack.bot_token, base_url=slack.api_url)
    by_default.chat_postMessage(channel=inquiry["channel"], thread_ts=inquiry["ts"], text="advice")
    assert len(slack.thread(inquiry)) == 3


# looking up


def test_what_stands_is_found_by_its_key(poster: SlackPoster, inquiry: Any) -> None:
    assert poster.look_up(row(inquiry)) == NotThere()
    place = poster.say(message(inquiry))
    assert isinstance(place, Posted)
    assert poster.look_up(row(inquiry)) == Found((place,))
    assert poster.look_up(row(inquiry, seq=1)) == NotThere()
    assert poster.look_up(row(inquiry, id=13)) == NotThere()


def test_what_stands_twice_is_found_twice_the_older_first(poster: SlackPoster, inquiry: Any) -> None:
    places = tuple(poster.say(message(inquiry)) for _ in range(2))
    assert poster.look_up(row(inquiry)) == Found(places)  # type: ignore[arg-type]


def test_what_is_withdrawn_is_gone(slack: LocalSlack, poster: SlackPoster, inquiry: Any) -> None:
    place = poster.say(message(inquiry))
    assert isinstance(place, Posted)
    poster.withdraw("T1", place)
    assert slack.thread(inquiry) == ()
    poster.withdraw("T1", place)  # a second time is only logged


def test_it_is_found_at_the_end_of_a_long_thread(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any
) -> None:
    for number in range(450):
        slack.feed.post(inquiry["channel"], {"user": "U1", "text": str(number), "thread_ts": inquiry["ts"]})
    place = poster.say(message(inquiry))
    assert poster.look_up(row(inquiry)) == Found((place,))  # type: ignore[arg-type]
    assert len(slack.calls("conversations.replies")) == 3


def test_it_is_found_whatever_our_clock_says(poster: SlackPoster, inquiry: Any) -> None:
    place = poster.say(message(inquiry))
    tomorrow = SystemClock().now_ms() + 86_400_000
    assert poster.look_up(row(inquiry, first_try_at=tomorrow)) == Found((place,))  # type: ignore[arg-type]


def test_it_is_found_in_a_direct_message(slack: LocalSlack, poster: SlackPoster, inquiry: Any) -> None:
    mei = slack.person("mei").id
    place = poster.say(message(inquiry, channel=mei, thread_ts=None))
    assert poster.look_up(row(inquiry, channel=mei, thread_ts=None)) == Found((place,))  # type: ignore[arg-type]


def test_a_long_history_is_read_back_to_the_first_try_and_no_further(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any
) -> None:
    channel = str(inquiry["channel"])
    for number in range(450):
        slack.feed.post(channel, {"user": "U1", "text": str(number)})
    long_ago = SystemClock().now_ms() - 86_400_000
    assert poster.look_up(row(inquiry, thread_ts=None, first_try_at=long_ago)) == NotThere()
    assert len(slack.calls("conversations.history")) == 3
    in_two_hours = SystemClock().now_ms() + 7_200_000
    assert poster.look_up(row(inquiry, thread_ts=None, first_try_at=in_two_hours)) == NotThere()
    assert len(slack.calls("conversations.history")) == 4


def test_a_thread_that_is_gone_holds_nothing(poster: SlackPoster, inquiry: Any) -> None:
    assert poster.look_up(row(inquiry, thread_ts="1.000001")) == NotThere()


@pytest.mark.parametrize(
    ("fault", "sighting"),
    [
        (faults.refusal("missing_scope", needed="channels:history"), NotPermitted("missing_scope")),
        (faults.refusal("not_in_channel"), NotPermitted("not_in_channel")),
        (faults.refusal("channel_not_found"), NotPermitted("channel_not_found")),
        (faults.refusal("invalid_auth"), LockedOut("invalid_auth")),
        (faults.rate_limited(60), SlowDown(60)),
        (faults.server_error(500), Unclear("HTTP 500")),
        (faults.dropped(takes=False), Unclear("RemoteDisconnected")),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
def test_a_look_up_that_fails_is_not_taken_for_an_empty_thread(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any, fault: Fault, sighting: Sighting
) -> None:
    poster.say(message(inquiry))
    slack.faults.on("conversations.replies", fault)
    assert poster.look_up(row(inquiry)) == sighting


def test_pages_of_fifteen_and_one_a_minute_are_no_look_up(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any
) -> None:
    """What Slack grants to apps sold outside its Marketplace: waiting would never end."""
    first = {"ok": True, "messages": [{}] * 15, "response_metadata": {"next_cursor": "next:15"}}
    slack.faults.on("conversations.replies", Fault("capped", body=first))
    slack.faults.on("conversations.replies", faults.rate_limited(60))
    assert poster.look_up(row(inquiry)) == NotPermitted("ratelimited")


def test_tokens_and_texts_stay_out_of_the_log(
    slack: LocalSlack, poster: SlackPoster, inquiry: Any, caplog: pytest.LogCaptureFixture
) -> None:
    slack.faults.on("chat.postMessage", faults.server_error(500))
    poster.say(message(inquiry, Form("buyer's words")))
    poster.withdraw("T1", Posted(inquiry["channel"], "1.0"))
    assert slack.bot_token not in caplog.text
    assert "buyer's words" not in caplog.text
