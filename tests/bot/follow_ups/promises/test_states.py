"""Where an inquiry stands, whose turn it is, and what a move ends."""

import pytest

from bot.follow_ups.promises.plans import Started
from bot.follow_ups.promises.states import CLOSED, STATES, we_owe
from tests.bot.follow_ups.desk_of_follow_ups import MEI, FollowUpDesk


def test_a_new_inquiry_waits_for_us(desk: FollowUpDesk) -> None:
    assert we_owe(desk.inquiry())


@pytest.mark.parametrize("state", STATES[1:])
def test_whatever_we_sent_waits_for_the_buyer(desk: FollowUpDesk, state: str) -> None:
    inquiry = desk.inquiry()
    desk.clock.pass_by(60)
    desk.states.set_state(inquiry, state, MEI)
    moved = desk.again(inquiry)
    assert (moved.state, moved.state_at, we_owe(moved)) == (state, desk.clock.ms, False)


def test_an_answer_makes_it_our_turn_until_we_send_something(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.states.set_state(inquiry, "quoted", MEI)
    desk.states.buyer_replied(inquiry, MEI)
    replied = desk.again(inquiry)
    assert (replied.state, we_owe(replied)) == ("quoted", True)
    desk.states.set_state(inquiry, "quoted", MEI)
    assert not we_owe(desk.again(inquiry))


def test_who_answers_is_silent_no_more(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.states.set_state(inquiry, "silent", MEI)
    desk.clock.pass_by(60)
    desk.states.buyer_replied(inquiry, MEI)
    replied = desk.again(inquiry)
    assert (replied.state, we_owe(replied)) == ("answered", True)


@pytest.mark.parametrize("state", CLOSED)
def test_the_end_of_an_inquiry_ends_its_plan_but_not_what_people_asked_for(
    desk: FollowUpDesk, state: str
) -> None:
    inquiry = desk.inquiry()
    asked = desk.remind(inquiry, 90 * 86_400)
    desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)
    ended = desk.states.set_state(inquiry, state, MEI)
    assert ended is not None
    assert (ended.ended_because, ended.left_out, ended.ended_by) == ("closed", 4, MEI)
    assert [row.id for row in desk.waiting()] == [asked.id]
    assert desk.plans.active(inquiry.id) is None


@pytest.mark.parametrize("state", ["answered", "quoted", "sample_sent", "silent"])
def test_other_moves_leave_the_plan(desk: FollowUpDesk, state: str) -> None:
    inquiry = desk.inquiry()
    started = desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)
    assert isinstance(started, Started)
    assert desk.states.set_state(inquiry, state, MEI) is None
    assert desk.plans.steps_left(started.plan_id) == 4


def test_an_answer_ends_the_plan_once(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)
    first = desk.states.buyer_replied(inquiry, MEI)
    assert first is not None
    assert (first.ended_because, first.left_out) == ("buyer_replied", 4)
    assert desk.states.buyer_replied(inquiry, MEI) is None
    assert desk.waiting() == []
    assert we_owe(desk.again(inquiry))


def test_an_erased_inquiry_changes_state(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.inquiries.erase(inquiry.id)
    desk.states.set_state(inquiry, "quoted", MEI)
    desk.states.buyer_replied(inquiry, MEI)
    assert (desk.again(inquiry).state, we_owe(desk.again(inquiry))) == ("quoted", True)
