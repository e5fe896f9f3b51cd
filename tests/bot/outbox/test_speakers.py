"""Changes of a card, and speakers at a loss."""

from dataclasses import replace

import pytest

from bot.outbox.answers import (
    Gone,
    Refused,
    Unclear,
)
from bot.outbox.model import Form, Kind, Postponed, Row, State
from bot.storage import DatabaseAway
from tests.bot.outbox.desk import BY_HAND, CHANNEL, THREAD, Desk
from tests.bot.outbox.recording import taken_then, untaken

CARD = Form("card", ({"type": "section", "text": {"type": "mrkdwn", "text": "card"}},))
SHORT = Form("short", ({"type": "section", "text": {"type": "mrkdwn", "text": "short"}},))
PLAIN = Form("plain")


# changes of the card


def test_a_change_of_the_card_is_repeated_without_looking(desk: Desk) -> None:
    desk.speaker.update_ts = "5.0"
    desk.slack.faults.append(taken_then(Unclear("HTTP 500")))
    desk.schedule(Kind.ADVICE_UPDATE)
    desk.run(5)
    assert [message.update_ts for message in desk.slack.updates] == ["5.0", "5.0"]
    assert (desk.slack.looked_up, desk.slack.posts) == ([], [])
    assert [delivery.ts for delivery in desk.deliveries()] == ["5.0"]


def test_a_card_that_is_gone_is_not_changed(desk: Desk) -> None:
    desk.slack.faults.append(untaken(Gone("message_not_found")))
    row_id = desk.schedule(Kind.ADVICE_UPDATE)
    desk.run(60)
    assert (desk.row(row_id).state, len(desk.rows())) == (State.CANCELLED, 1)


def test_a_change_that_is_refused_bothers_nobody(desk: Desk) -> None:
    desk.slack.faults.append(untaken(Refused("edit_window_closed")))
    row_id = desk.schedule(Kind.ADVICE_UPDATE)
    desk.run(60)
    assert (desk.row(row_id).state, len(desk.rows())) == (State.FAILED, 1)


def test_of_two_changes_of_one_card_the_younger_waits_for_the_older(desk: Desk) -> None:
    older, younger = (desk.schedule(Kind.ADVICE_UPDATE) for _ in range(2))
    claimed = desk.claim()
    assert claimed.id == older
    desk.step()
    assert desk.row(younger).state == State.SCHEDULED
    assert desk.next_in_s(younger) == 1
    desk.claims.finish(claimed)
    desk.run(1)
    assert desk.row(younger).state == State.DONE


# speakers that move their row


@pytest.mark.parametrize("in_s", [60, -60], ids=["to later", "to what is past"])
def test_a_speaker_may_postpone_its_row(desk: Desk, in_s: int) -> None:
    due_at = desk.clock.ms + in_s * 1000

    def too_early(row: Row) -> None:
        if row.due_at != due_at:
            raise Postponed(due_at)

    desk.speaker.before_compose = too_early
    row_id = desk.schedule(Kind.REMINDER)
    desk.run()
    row = desk.row(row_id)
    assert (row.due_at, row.seq, row.doubt, row.attempts) == (due_at, 0, False, 0)
    assert desk.next_in_s(row_id) == max(in_s, 1)
    desk.run(60)
    assert desk.slack.keys == [f"{row_id}:0"]


def test_a_postponed_row_in_doubt_stays_in_doubt(desk: Desk) -> None:
    desk.slack.faults.append(taken_then(Unclear("HTTP 500")))
    row_id = desk.schedule(Kind.REMINDER)
    desk.step()
    row = desk.row(row_id)
    desk.clock.pass_by(2)
    desk.claims.postpone(desk.claim(), desk.clock.ms + 60_000)
    assert (desk.row(row_id).doubt, desk.row(row_id).first_try_at) == (True, row.first_try_at)
    desk.run(60)
    assert desk.slack.keys == [f"{row_id}:0"]


# speakers at a loss


def at_a_loss(row: Row) -> None:
    raise ZeroDivisionError(f"row {row.id}")


def test_a_speaker_at_a_loss_is_asked_again_and_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.speaker.before_compose = at_a_loss
    row_id = desk.schedule()
    desk.step()
    assert "ZeroDivisionError" in caplog.text
    desk.speaker.before_compose = lambda row: None
    desk.run(2)
    assert desk.slack.texts == [f"row {row_id}"]
    assert desk.slack.looked_up == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.ADVICE, "could not work out advice"),
        (Kind.REMINDER, "A reminder for this inquiry is due"),
        (Kind.NOTE, "could not put it into words"),
    ],
)
def test_a_speaker_at_a_loss_for_good_is_no_silence(desk: Desk, kind: Kind, words: str) -> None:
    desk.speaker.before_compose = at_a_loss
    row_id = desk.schedule(kind)
    desk.run(60)
    (said,) = desk.slack.posts
    assert words in said.form.text
    assert (said.channel, said.thread_ts) == (CHANNEL, THREAD)
    assert (said.event_type, said.event_payload["inquiry_id"]) == ("inquiry_note", "7")
    assert desk.row(row_id).state == State.DONE


def test_a_card_that_cannot_be_written_anew_stays_as_it_is(desk: Desk) -> None:
    desk.speaker.before_compose = at_a_loss
    row_id = desk.schedule(Kind.ADVICE_UPDATE)
    desk.run(60)
    assert (desk.row(row_id).state, desk.slack.posts, desk.slack.updates) == (State.FAILED, [], [])


def test_a_database_away_while_words_are_found_is_no_fault_of_the_words(desk: Desk) -> None:
    def away(row: Row) -> None:
        raise DatabaseAway("The database does not answer.")

    desk.speaker.before_compose = away
    row_id = desk.schedule()
    with pytest.raises(DatabaseAway):
        desk.step()
    desk.speaker.before_compose = lambda row: None
    desk.run(75)
    assert desk.row(row_id).attempts == 0
    assert desk.slack.keys == [f"{row_id}:0"]


def test_a_speaker_that_takes_no_note_is_told_again_and_nothing_is_said_again(desk: Desk) -> None:
    desk.speaker.before_said = at_a_loss
    row_id = desk.schedule()
    desk.step()
    assert desk.row(row_id).state == State.SCHEDULED
    desk.speaker.before_said = lambda row: None
    desk.run(5)
    assert desk.speaker.delivered == [(row_id, CHANNEL, "1.000000")]
    assert desk.slack.keys == [f"{row_id}:0"]
    assert desk.slack.looked_up == []
    assert desk.row(row_id).state == State.DONE


def test_a_speaker_that_never_takes_note_does_not_keep_the_row_open(desk: Desk) -> None:
    desk.speaker.before_said = at_a_loss
    row_id = desk.schedule()
    desk.run(60)
    assert (desk.row(row_id).state, desk.slack.keys) == (State.DONE, [f"{row_id}:0"])


def test_terms_leave_a_request_time_to_land() -> None:
    assert BY_HAND.margin_s < BY_HAND.settle_s < BY_HAND.lease_s
    assert replace(BY_HAND, back_off_s=1).back_off(1) == 1


def test_a_private_word_says_nothing_of_a_reason_it_does_not_know(desk: Desk) -> None:
    desk.slack.refuses = lambda message: Refused("user_disabled") if message.channel == CHANNEL else None
    desk.schedule()
    desk.run()
    assert "user_disabled" in desk.slack.texts[0]
