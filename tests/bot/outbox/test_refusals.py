"""What Slack does not take: later, in another form, in another place; never silence."""

import json

import pytest

from bot.outbox.answers import (
    LockedOut,
    NotSent,
    Refused,
    RefusedForm,
    SlowDown,
    Unclear,
)
from bot.outbox.model import Form, Kind, State
from bot.storage import Database
from tests.bot.outbox.desk import CHANNEL, Desk
from tests.bot.outbox.recording import untaken

CARD = Form("card", ({"type": "section", "text": {"type": "mrkdwn", "text": "card"}},))
SHORT = Form("short", ({"type": "section", "text": {"type": "mrkdwn", "text": "short"}},))
PLAIN = Form("plain")


# 429


def test_a_pause_is_kept_to_the_second_and_raises_no_doubt(desk: Desk) -> None:
    desk.slack.faults.append(untaken(SlowDown(30)))
    row_id = desk.schedule()
    desk.run(29)
    assert desk.slack.posts == []
    assert not desk.row(row_id).doubt
    desk.run(1)
    assert desk.slack.keys == [f"{row_id}:0"]
    assert desk.slack.looked_up == []


def test_nothing_is_said_in_a_paused_channel_and_others_go_on(desk: Desk) -> None:
    desk.slack.faults.append(untaken(SlowDown(30)))
    here = [desk.schedule(), desk.schedule(), desk.schedule(Kind.REMINDER)]
    there = [desk.schedule(channel="C0OTHER")]
    desk.run(20)
    assert desk.slack.keys == [f"{there[0]}:0"]
    assert len(desk.slack.attempts) == 2
    desk.run(12)
    assert sorted(desk.slack.keys) == sorted(f"{row}:0" for row in here + there)


# pace


def test_reminders_in_one_channel_leave_one_a_second(desk: Desk) -> None:
    ids = [desk.schedule(Kind.REMINDER) for _ in range(20)]
    counts = []
    for _ in range(20):
        desk.run()
        counts.append(len(desk.slack.posts))
        desk.clock.pass_by(1)
    assert counts == list(range(1, 21))
    assert desk.slack.keys == [f"{row_id}:0" for row_id in ids]


def test_advice_bursts_while_reminders_wait_their_turn(desk: Desk) -> None:
    for _ in range(5):
        desk.schedule(Kind.REMINDER)
    advice = [desk.schedule() for _ in range(20)]
    desk.run()
    assert desk.slack.keys[:20] == [f"{row_id}:0" for row_id in advice]
    assert len(desk.slack.posts) == 21


def test_a_row_that_waits_its_turn_keeps_its_doubt_as_it_was(desk: Desk) -> None:
    ids = [desk.schedule(Kind.REMINDER) for _ in range(2)]
    desk.run()
    assert (desk.row(ids[1]).doubt, desk.row(ids[1]).state) == (False, State.SCHEDULED)


# refusals


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format"])
def test_a_refused_card_is_said_in_the_next_form_at_once(desk: Desk, code: str) -> None:
    desk.speaker.forms = (CARD, SHORT, PLAIN)
    desk.slack.refuses = lambda message: RefusedForm(code) if message.form == CARD else None
    row_id = desk.schedule()
    assert desk.step()
    assert [message.form for message in desk.slack.posts] == [SHORT]
    assert desk.row(row_id).state == State.DONE


def test_plain_text_comes_last(desk: Desk) -> None:
    desk.speaker.forms = (CARD, SHORT, PLAIN)
    desk.slack.refuses = lambda message: RefusedForm("invalid_blocks") if message.form.blocks else None
    desk.schedule()
    desk.step()
    assert desk.slack.texts == ["plain"]


def test_when_slack_takes_no_form_a_sentence_says_so(desk: Desk) -> None:
    desk.speaker.forms = (CARD, PLAIN)
    offered = (CARD, PLAIN)
    desk.slack.refuses = lambda message: RefusedForm("no_text") if message.form in offered else None
    row_id = desk.schedule()
    desk.step()
    (text,) = desk.slack.texts
    assert f"row {row_id}" in text


def test_the_form_slack_takes_is_remembered_over_a_pause(desk: Desk) -> None:
    desk.speaker.forms = (CARD, SHORT, PLAIN)
    desk.slack.faults.extend([untaken(RefusedForm("invalid_blocks")), untaken(SlowDown(5))])
    row_id = desk.schedule()
    desk.step()
    assert desk.row(row_id).form == 1
    desk.run(5)
    assert [message.form for message in desk.slack.attempts] == [CARD, SHORT, SHORT]


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "channel_not_found", "restricted_action"])
@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.NOTE])
def test_what_a_channel_refuses_goes_to_its_owner_in_private(desk: Desk, code: str, kind: Kind) -> None:
    desk.speaker.forms = (CARD,)
    desk.slack.refuses = lambda message: Refused(code) if message.channel == CHANNEL else None
    row_id = desk.schedule(kind, payload={"note": "ask"})
    desk.run(60)
    (said,) = desk.slack.posts
    assert (said.channel, said.thread_ts) == ("U0MEI", None)
    assert f"<#{CHANNEL}>" in said.form.text
    assert said.form.text.endswith("\ncard")
    assert said.form.blocks[1:] == CARD.blocks
    refused, private = desk.rows()
    assert (refused.id, refused.state, refused.last_error) == (row_id, State.FAILED, code)
    assert (private.kind, private.inquiry_id, private.state) == (kind, 7, State.DONE)
    assert desk.speaker.delivered == [(private.id, "DU0MEI", "1.000000")]


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "thread_not_found"])
def test_a_reminder_that_is_refused_moves_to_its_owner_and_keeps_its_number(desk: Desk, code: str) -> None:
    desk.speaker.forms = (CARD,)
    desk.slack.refuses = lambda message: Refused(code) if message.channel == CHANNEL else None
    row_id = desk.schedule(Kind.REMINDER, payload={"note": "ask"})
    desk.run(60)
    (said,) = desk.slack.posts
    assert (said.channel, said.thread_ts) == ("U0MEI", None)
    assert f"<#{CHANNEL}>" in said.form.text
    assert said.form.blocks[1:] == CARD.blocks
    (row,) = desk.rows()
    assert (row.id, row.state, row.channel) == (row_id, State.DONE, "U0MEI")
    assert json.loads(row.payload)["note"] == "ask"
    assert desk.slack.keys == [f"{row_id}:1"]
    assert desk.slack.looked_up == []


def test_a_reminder_in_doubt_that_moves_is_not_taken_for_its_former_self(desk: Desk) -> None:
    desk.slack.faults.append(untaken(Unclear("HTTP 500")))
    desk.slack.refuses = lambda message: (
        Refused("is_archived") if message.channel == CHANNEL and len(desk.slack.attempts) > 1 else None
    )
    row_id = desk.schedule(Kind.REMINDER)
    desk.run(60)
    assert desk.slack.looked_up == [f"{row_id}:0"]
    assert desk.slack.keys == [f"{row_id}:1"]


@pytest.mark.parametrize("owner", [None, "U0MEI"], ids=["nobody to tell", "private message refused too"])
def test_a_reminder_that_is_refused_everywhere_has_failed(desk: Desk, owner: str | None) -> None:
    desk.slack.refuses = lambda message: Refused("is_archived")
    row_id = desk.schedule(Kind.REMINDER, owner=owner)
    desk.run(600, tick_s=10)
    (row,) = desk.rows()
    assert (row.id, row.state, row.last_error) == (row_id, State.FAILED, "is_archived")
    desk.slack.refuses = lambda message: None
    assert desk.outbox.snooze(row_id, desk.clock.ms)
    desk.run()
    assert desk.row(row_id).state == (State.DONE)


def test_a_refusal_is_told_in_the_language_of_the_owner(database: Database) -> None:
    desk = Desk(database, language="zh")
    desk.slack.refuses = lambda message: Refused("not_in_channel") if message.channel == CHANNEL else None
    desk.schedule()
    desk.run()
    assert "我不在那个频道里" in desk.slack.texts[0]


@pytest.mark.parametrize("owner", [None, "U0MEI"], ids=["nobody to tell", "private message refused too"])
def test_what_is_refused_everywhere_is_kept_as_failed_and_not_tried_for_ever(
    desk: Desk, owner: str | None
) -> None:
    desk.slack.refuses = lambda message: Refused("is_archived")
    desk.schedule(owner=owner)
    desk.run(600, tick_s=10)
    assert {row.state for row in desk.rows()} == {State.FAILED}
    assert len(desk.rows()) == (2 if owner else 1)


def test_a_token_slack_does_not_accept_is_waited_for_half_an_hour(desk: Desk) -> None:
    desk.slack.refuses = lambda message: LockedOut("invalid_auth")
    row_id = desk.schedule()
    desk.run(600, tick_s=10)
    assert (desk.row(row_id).state, desk.row(row_id).doubt) == (State.SCHEDULED, False)
    desk.slack.refuses = lambda message: None
    desk.run(300, tick_s=10)
    assert desk.slack.keys == [f"{row_id}:0"]
    assert desk.slack.looked_up == []


def test_a_token_that_is_revoked_for_good_fails_the_row(desk: Desk) -> None:
    desk.slack.refuses = lambda message: LockedOut("token_revoked")
    row_id = desk.schedule(owner=None)
    desk.run(3_000, tick_s=10)
    assert (desk.row(row_id).state, desk.row(row_id).last_error) == (State.FAILED, "token_revoked")


def test_a_request_that_never_left_raises_no_doubt(desk: Desk) -> None:
    desk.slack.faults.append(untaken(NotSent("ConnectionRefusedError")))
    row_id = desk.schedule()
    desk.run(2)
    assert (desk.slack.keys, desk.slack.looked_up) == ([f"{row_id}:0"], [])
