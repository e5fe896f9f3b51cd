"""One row on its way: what is said, when it is said again, and what is never silent."""

import pytest

from bot.outbox.answers import (
    Answer,
    Found,
    NotPermitted,
    Posted,
    Sighting,
    SlowDown,
    Unclear,
)
from bot.outbox.model import Form, Kind, NotYet, Row, State, Utterance
from tests.bot.outbox.desk import CHANNEL, THREAD, Desk
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
