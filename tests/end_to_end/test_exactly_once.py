"""Exactly one advice, whatever goes wrong between the bot and Slack.

What was in flight when a process died is looked up before it is said again: that takes the lease and the
settling time of bot.outbox.terms, over a minute.
"""

from collections.abc import Callable

import pytest

from bot.local_slack import faults
from tests.end_to_end.office import INQUIRY, Message, Office

AFTER_A_CRASH_S = 120


def settled_advice(office: Office, message: Message) -> Message:
    return office.only_advice(message, AFTER_A_CRASH_S)


@pytest.mark.parametrize("fresh_event_id", [False, True], ids=["same-event-id", "new-event-id"])
def test_an_event_told_again_is_answered_once(office: Office, fresh_event_id: bool) -> None:
    message = office.mei.types("#inquiries", INQUIRY)
    for _ in range(5):
        office.slack.tells_again(message, fresh_event_id=fresh_event_id)
    office.only_advice(message)
    office.slack.tells_again(message, fresh_event_id=fresh_event_id)
    office.only_advice(message)


def test_a_mention_is_two_events_and_one_inquiry(office: Office) -> None:
    before = office.inquiries()
    message = office.mei.types("#inquiries", f"@bot {INQUIRY}")
    office.only_advice(message)
    assert office.inquiries() == before + 1


TROUBLE: dict[str, tuple[faults.Fault, ...]] = {
    "429": (faults.rate_limited(1),),
    "5xx": (faults.server_error(503),),
    "5xx-after-posting": (faults.server_error(500, takes=True),),
    "error-after-posting": (faults.error_after("internal_error"),),
    "fatal-error-after-posting": (faults.error_after("fatal_error"),),
    "dropped-before": (faults.dropped(takes=False),),
    "dropped-after-posting": (faults.dropped(takes=True),),
    "answered-after-anybody-waits": (faults.slow(15),),
    "one-after-the-other": (
        faults.rate_limited(1),
        faults.server_error(503),
        faults.dropped(takes=False),
        faults.server_error(500, takes=True),
    ),
}


def in_trouble(office: Office, troubles: tuple[faults.Fault, ...]) -> Message:
    """Let an inquiry come in whose advice will meet with trouble."""
    ts = office.slack.workspace.fresh_ts()
    for fault in troubles:
        office.slack.faults.on("chat.postMessage", fault, applies=lambda args: args.get("thread_ts") == ts)
    typed = {"user": office.mei.id, "text": INQUIRY, "ts": ts, "client_msg_id": ts}
    return office.slack.feed.post("#inquiries", typed)


@pytest.mark.parametrize("shared_office", ["socket"], indirect=True)
def test_trouble_with_a_post_neither_loses_nor_doubles_it(office: Office) -> None:
    messages = {name: in_trouble(office, troubles) for name, troubles in TROUBLE.items()}
    office.slack.faults.on("conversations.replies", faults.server_error(), times=2)
    for message in messages.values():
        office.wait_advice(message, AFTER_A_CRASH_S)
    office.settle(AFTER_A_CRASH_S)
    assert {name: len(office.advice(message)) for name, message in messages.items()} == dict.fromkeys(
        messages, 1
    )
    spent = [call.fault for call in office.slack.calls("chat.postMessage") if call.fault]
    assert len(spent) == sum(map(len, TROUBLE.values())), "every trouble was met"


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_refused_card_becomes_a_plainer_one(office: Office, code: str, times: int) -> None:
    office.slack.faults.on("chat.postMessage", faults.refusal(code), times=times)
    message = office.mei.types("#inquiries", INQUIRY)
    advice = settled_advice(office, message)
    assert bool(advice.get("blocks")) == (times == 1), "the last resort is plain text"
    assert advice["text"]


def test_trouble_with_peoples_profiles_holds_no_advice_up(office: Office) -> None:
    office.slack.faults.on("users.info", faults.server_error(), times=None)
    office.slack.workspace.update_user(office.emma.id, locale="en-US")
    office.only_advice(office.slack.person("david").types("#inquiries", INQUIRY))
    office.slack.faults.clear()


# the process dies


def test_a_kill_loses_nothing_acknowledged_and_doubles_nothing_posted(crash_office: Office) -> None:
    crash_office.slack.faults.on("chat.postMessage", faults.slow(60))
    posted = crash_office.mei.types("#inquiries", INQUIRY)
    crash_office.wait_advice(posted)
    others = [crash_office.mei.types("#inquiries", INQUIRY) for _ in range(5)]
    crash_office.slack.wait_for(lambda: not crash_office.slack.undelivered)
    crash_office.bot.kill()
    crash_office.run()
    for message in (posted, *others):
        settled_advice(crash_office, message)


def test_a_kill_before_the_acknowledgement_loses_nothing(crash_office: Office) -> None:
    crash_office.bot.kill()
    message = crash_office.mei.types("#inquiries", INQUIRY)
    crash_office.slack.wait_for(lambda: crash_office.slack.dispatcher.deliveries[0].acks)
    crash_office.run()
    settled_advice(crash_office, message)


def test_a_restart_says_nothing_again(crash_office: Office) -> None:
    message = crash_office.mei.types("#inquiries", INQUIRY)
    settled_advice(crash_office, message)
    assert crash_office.bot.stop() == 0
    crash_office.run()
    crash_office.slack.tells_again(message, fresh_event_id=False)
    settled_advice(crash_office, message)


BREAKS: dict[str, Callable[[Office], None]] = {
    "cut": lambda o: o.slack.sockets.cut(),
    "refresh": lambda o: o.slack.sockets.disconnect("refresh_requested"),
    "warning": lambda o: o.slack.sockets.disconnect("warning", closes=False),
    "silent": lambda o: o.slack.sockets.go_silent(),
}


@pytest.mark.parametrize("crash_office", ["socket-sqlite"], indirect=True)
@pytest.mark.parametrize("how", BREAKS)
def test_a_lost_line_loses_and_doubles_nothing(crash_office: Office, how: str) -> None:
    before = crash_office.mei.types("#inquiries", INQUIRY)
    BREAKS[how](crash_office)
    after = crash_office.mei.types("#inquiries", INQUIRY)
    for message in (before, after):
        settled_advice(crash_office, message)
