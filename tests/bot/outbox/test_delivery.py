"""One row on its way: what is said, when it is said again, and what is never silent."""

from dataclasses import replace

import pytest

from bot.outbox.answers import (
    Answer,
    Found,
    Gone,
    LockedOut,
    NotPermitted,
    NotSent,
    Posted,
    Refused,
    RefusedForm,
    Sighting,
    SlowDown,
    Unclear,
)
from bot.outbox.model import Form, Kind, NotYet, Row, State, Utterance
from bot.storage import Database, DatabaseAway
from tests.bot.outbox.desk import BY_HAND, CHANNEL, THREAD, Desk
from tests.bot.outbox.recording import FewWords, Take, taken_then, untaken

CARD = Form("card", ({"type": "section", "text": {"type": "mrkdwn", "text": "card"}},))
SHORT = Form("short", ({"type": "section", "text": {"type": "mrkdwn", "text": "short"}},))
PLAIN = Form("plain")


def test_advice_is_said_once_in_its_thread_with_its_key(desk: Desk) -> None:
    row_id = desk.schedule()
    desk.run(300)
    (said,) = desk.slack.posts
    assert (said.team, said.channel, said.thread_ts, said.form) == (
        "T1",
        CHANNEL,
        THREAD,
        Form(f"row {row_id}"),
    )
    assert (said.event_type, said.event_payload) == (
        "inquiry_advice",
        {"inquiry_id": "7", "key": f"{row_id}:0"},
    )
    assert desk.speaker.delivered == [(row_id, CHANNEL, "1.000000")]
    row = desk.row(row_id)
    assert (row.state, row.next_at, row.claim, row.doubt) == (State.DONE, None, None, False)
    (delivery,) = desk.deliveries()
    assert (delivery.channel, delivery.ts, delivery.found) == (CHANNEL, "1.000000", False)
    assert desk.slack.looked_up == []


def test_nothing_left_to_say_cancels_the_row(desk: Desk) -> None:
    class Silent(FewWords):
        def compose(self, row: Row) -> Utterance | None:
            return None

    desk.speaker = Silent()
    desk.delivery = desk.new_delivery()
    row_id = desk.schedule()
    desk.run(60)
    assert (desk.slack.posts, desk.row(row_id).state) == ([], State.CANCELLED)


def test_a_row_that_cannot_be_said_yet_comes_again_without_doubt(desk: Desk) -> None:
    def not_yet(row: Row) -> None:
        raise NotYet(3)

    desk.speaker.before_compose = not_yet
    row_id = desk.schedule()
    desk.step()
    row = desk.row(row_id)
    assert (row.state, row.doubt, row.attempts, row.first_try_at) == (State.SCHEDULED, False, 0, None)
    assert desk.next_in_s(row_id) == 3
    desk.speaker.before_compose = lambda row: None
    desk.run(3)
    assert desk.slack.keys == [f"{row_id}:0"]


# in doubt


@pytest.mark.parametrize("was_taken", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize(
    ("answer", "looks_after_s"),
    [
        (Unclear("HTTP 503"), 2),
        (Unclear("internal_error"), 2),
        (Unclear("RemoteDisconnected"), 2),
        (Unclear("TimeoutError", is_silent=True), 15),
    ],
    ids=["5xx", "ambiguous code", "connection cut", "time-out"],
)
def test_what_may_have_been_taken_is_looked_up_before_it_is_said_again(
    desk: Desk, answer: Answer, looks_after_s: float, was_taken: bool
) -> None:
    desk.slack.faults.append(taken_then(answer) if was_taken else untaken(answer))
    row_id = desk.schedule()
    desk.step()
    assert desk.next_in_s(row_id) == looks_after_s
    assert desk.row(row_id).doubt
    desk.run(looks_after_s)
    assert desk.slack.keys == [f"{row_id}:0"]
    assert desk.slack.looked_up == [f"{row_id}:0"]
    assert [delivery.found for delivery in desk.deliveries()] == [was_taken]
    assert desk.speaker.delivered == [(row_id, CHANNEL, "1.000000")]


def test_failure_after_failure_it_is_said_once_and_ever_more_rarely_tried(desk: Desk) -> None:
    desk.slack.faults.extend([untaken(Unclear("HTTP 500"))] * 4 + [taken_then(Unclear("HTTP 500"))])
    row_id = desk.schedule()
    tries: list[float] = []
    began = desk.clock.s
    desk.speaker.before_compose = lambda row: tries.append(desk.clock.s - began)
    desk.run(120)
    assert tries == [0, 2, 6, 14, 30]
    assert desk.slack.keys == [f"{row_id}:0"]
    assert desk.row(row_id).state == State.DONE


@pytest.mark.parametrize(
    "sighting", [Unclear("HTTP 500"), Unclear("TimeoutError", is_silent=True), SlowDown(9)]
)
def test_a_look_up_that_fails_is_no_leave_to_say_it_again(desk: Desk, sighting: Sighting) -> None:
    desk.slack.faults.append(taken_then(Unclear("HTTP 500")))
    desk.slack.sightings.extend([sighting] * 3)
    row_id = desk.schedule()
    desk.run(300)
    assert desk.slack.keys == [f"{row_id}:0"]
    assert len(desk.slack.looked_up) == 4
    assert desk.row(row_id).state == State.DONE


def test_where_no_look_up_is_permitted_it_is_said_again_and_says_so(desk: Desk) -> None:
    desk.slack.faults.append(taken_then(Unclear("HTTP 500")))
    desk.slack.sightings.append(NotPermitted("missing_scope"))
    row_id = desk.schedule()
    desk.run(60)
    assert desk.slack.keys == [f"{row_id}:0", f"{row_id}:0"]
    assert [text.startswith("(Possibly a repeat") for text in desk.slack.texts] == [False, True]


def test_what_was_found_twice_stands_once(desk: Desk) -> None:
    desk.slack.faults.append(taken_then(Unclear("HTTP 500")))
    desk.slack.sightings.append(Found((Posted(CHANNEL, "1.0"), Posted(CHANNEL, "2.0"))))
    desk.schedule()
    desk.run(60)
    assert desk.slack.withdrawn == [Posted(CHANNEL, "2.0")]
    assert [delivery.ts for delivery in desk.deliveries()] == ["1.0"]


def test_a_worker_that_froze_between_check_and_post_takes_its_second_word_back(desk: Desk) -> None:
    other = Desk(desk.database, desk.clock, desk.slack)

    def late(take: Take) -> Answer:
        desk.clock.pass_by(60)
        other.run(15)
        return take()

    desk.slack.faults.append(late)
    row_id = desk.schedule()
    desk.step()
    assert desk.slack.keys == [f"{row_id}:0", f"{row_id}:0"]
    assert desk.slack.withdrawn == [Posted(CHANNEL, "2.000000")]
    assert [delivery.ts for delivery in desk.deliveries()] == ["1.000000"]


def test_a_worker_that_lost_its_lease_while_looking_for_words_says_nothing(desk: Desk) -> None:
    other = Desk(desk.database, desk.clock, desk.slack)

    def freeze(row: Row) -> None:
        desk.clock.pass_by(60)
        other.run(15)

    desk.speaker.before_compose = freeze
    row_id = desk.schedule()
    desk.step()
    assert desk.slack.keys == [f"{row_id}:0"]
    assert desk.row(row_id).state == State.DONE


def test_slow_words_are_said_when_nobody_else_took_the_row(desk: Desk) -> None:
    desk.speaker.before_compose = lambda row: desk.clock.pass_by(200)
    row_id = desk.schedule()
    desk.step()
    assert desk.slack.keys == [f"{row_id}:0"]


# the clock


@pytest.mark.parametrize("jump_s", [3_600, 86_400, -3_600], ids=["an hour on", "a day on", "an hour back"])
@pytest.mark.parametrize("lost", [True, False], ids=["lost answer", "good answer"])
def test_a_clock_that_jumps_in_mid_post_costs_no_second_word(desk: Desk, jump_s: int, lost: bool) -> None:
    def jump(take: Take) -> Answer:
        place = take()
        desk.clock.ms += jump_s * 1000
        return Unclear("RemoteDisconnected") if lost else place

    desk.slack.faults.append(jump)
    row_id = desk.schedule()
    desk.run(120)
    desk.run(4_000, tick_s=100)
    assert desk.slack.keys == [f"{row_id}:0"]
    assert desk.row(row_id).state == State.DONE


@pytest.mark.parametrize("jump_s", [3_600, 86_400, -3_600])
def test_a_clock_that_jumps_while_all_is_quiet_loses_nothing(desk: Desk, jump_s: int) -> None:
    row_id = desk.schedule(Kind.REMINDER, in_s=100)
    desk.clock.ms += jump_s * 1000
    desk.run(4_000, tick_s=50)
    assert desk.slack.keys == [f"{row_id}:0"]


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
@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.REMINDER, Kind.NOTE])
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
