"""Calls about follow-ups among texts to the bot, and the inquiries they must not be mistaken for."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.follow_ups.conversation.calls import behind_time, call_of, is_talk
from bot.follow_ups.conversation.command import Command, Help, List, Mark, Place, Set, StartPlan, Unclear

MEI = "<@U1|mei>"
LINK = "https://ws.slack.com/archives/C111/p1724966776474889"
PLACE = Place("C111", "1724966776.474889", None)
WORDS = behind_time(1_795_571_700_000)  # a Wednesday in November


def is_time(*starts: str) -> Callable[[str], str | None]:
    """A grammar that knows these times; the real one is tested where it lives."""

    def behind(text: str) -> str | None:
        found = next((start for start in starts if text.startswith(start)), None)
        return None if found is None else text[len(found) :].strip()

    return behind


KNOWN = is_time("tomorrow 9am", "tomorrow", "明天下午三点", "明天9点", "3d", "两天后", "2 weeks")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("remind me tomorrow 9am", Set("tomorrow 9am")),
        ("Remind me tomorrow 9am to call", Set("tomorrow 9am to call")),
        ("please remind me tomorrow", Set("tomorrow")),
        ("提醒我 明天9点 问样品", Set("明天9点 问样品")),
        ("麻烦提醒我明天9点", Set("明天9点")),
        ("明天下午三点提醒我问样品", Set("明天下午三点提醒我问样品")),
        ("tomorrow 9am remind me to call", Set("tomorrow 9am remind me to call")),
        ("followup 3d", Set("3d")),
        ("follow-up 3d", Set("3d")),
        ("follow up tomorrow", Set("tomorrow")),
        ("/followup 3d", Set("3d")),
        ("followup list", List()),
        ("followup", Help()),
        ("followup done 57", Mark("done", 57)),
        ("done 57", Mark("done", 57)),
        ("推迟57 两天后", Mark("snooze", 57, "两天后")),
        ("plan quote", StartPlan("quote")),
        ("跟进 两天后", Set("两天后")),
        (f"remind {MEI} tomorrow", Set("tomorrow", "U1")),
        (f"两天后提醒{MEI}付款", Set(f"两天后提醒{MEI}付款")),
        ("remind me", Set("")),
        ("remind me about the price", Set("about the price")),
    ],
)
def test_a_call_for_a_reminder_is_heard(said: str, asked: Command) -> None:
    assert call_of(said, KNOWN) == asked


@pytest.mark.parametrize(
    "said",
    [
        "Please quote 5000 pcs LED panels, CIF Hamburg",
        "tomorrow we place the order, please send the PI",
        "3d printers, 200 pcs, FOB Shenzhen?",
        "明天9点之前请报价",
        "Follow up on our inquiry of last week: please quote 5000 pcs of LED panels to Hamburg",
        "follow up 2 weeks ago we asked you for a price of 5000 panels and have not heard from you since",
        "Remind me tomorrow 9am\nDear Sir,\nplease quote\n5000 pcs",
        "remind me tomorrow 9am " + "and quote 5000 pcs " * 40,
        "cancel 5000 pcs of our order",
        "plan banana",
        "",
    ],
    ids=lambda said: said[:30],
)
def test_an_inquiry_is_never_taken_for_a_call(said: str) -> None:
    assert call_of(said, KNOWN) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("can you remind me tomorrow?", Set("tomorrow?")),
        ("could you please remind me 3d", Set("3d")),
        ("set a reminder for tomorrow 9am", Set("for tomorrow 9am")),
        ("ping me friday", Set("friday")),
        (f"can you remind {MEI} tomorrow", Set("tomorrow", "U1")),
        ("能不能明天9点提醒我", Set("明天9点提醒我")),
        ("麻烦设个提醒 明天9点", Set("明天9点")),
    ],
)
def test_a_polite_call_is_one_as_well(said: str, asked: Command) -> None:
    assert call_of(said, WORDS) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("3d", Set("3d")),
        ("in 3 days", Set("in 3 days")),
        ("tomorrow 9am", Set("tomorrow 9am")),
        ("tomorrow 9am call", Set("tomorrow 9am call")),
        ("Friday: send the samples", Set("Friday: send the samples")),
        ("3d ask for feedback", Set("3d ask for feedback")),
        ("明天上午9点", Set("明天上午9点")),
        ("三天后问样品", Set("三天后问样品")),
        ("下周二再催付款", Set("下周二再催付款")),
        ("明天下午三点给客户打电话", Set("明天下午三点给客户打电话")),
        ("3d feedback", Set("3d feedback")),
        (f"{MEI} 3d call", Set("3d call", "U1")),
        (f"3d {MEI}", Set(f"3d {MEI}")),
        (f"3d <{LINK}>", Set("3d", None, PLACE)),
        ("9", Set("9")),
        ("list", List()),
        ("列表", List()),
        ("list!", List()),
        ("my reminders", List()),
        ("done 57", Mark("done", 57)),
        ("done", Unclear("which_done")),
        ("plan sample", StartPlan("sample")),
        ("用法", Help()),
    ],
)
def test_what_is_nothing_but_a_time_or_a_command_is_a_call_anywhere(said: str, asked: Command) -> None:
    assert call_of(said, WORDS) == asked


@pytest.mark.parametrize(
    "said",
    [
        "Friday we need 500 pcs of stainless steel bottles",
        "Friday 500 pcs bottles",
        "tomorrow please send your price list",
        "Tomorrow I will order",
        "Tomorrow send me your catalog",
        "3d printers",
        "3D printing filament, FOB Ningbo",
        "500 pcs",
        "now we need a quotation",
        "next week sample order of LED panels",
        "Monday morning meeting at the Canton fair, is your price list ready?",
        "Christmas lights, best price?",
        "明天要500个样品",
        "明天请报价",
        "明天给我们报价",
        "下周我们需要样品",
        "三天内能发货吗？",
        "cancel the order",
        "hello",
        "ping me Friday, for 500 pcs of bottles we want your best price, FOB Ningbo, with samples first",
        "tomorrow call\nDear Sir, please quote",
    ],
)
def test_a_short_inquiry_that_names_a_day_is_no_call(said: str) -> None:
    assert call_of(said, WORDS) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Friday they need 500 pcs, ask the factory", Set("Friday they need 500 pcs, ask the factory")),
        ("please 3d feedback?", Set("3d feedback?")),
        ("list", List()),
        ("done with this?", Unclear("which_done", "with this?")),
        ("@bob 3d call", Unclear("unknown_person", "@bob")),
        ("thanks!", None),
        ("what about the price?", None),
        ("@bob is that ok?", None),
        ("500 pcs at 4.20, is that ok?", None),
        ("now what?", None),
        ("follow up with the buyer", None),
        ("tomorrow " + "they order a lot of bottles " * 10, None),
    ],
)
def test_in_an_inquirys_thread_a_time_first_is_a_call(said: str, asked: Command | None) -> None:
    assert call_of(said, WORDS, is_about_inquiry=True) == asked


def test_a_long_text_is_no_talk() -> None:
    assert is_talk("what about the price?")
    assert not is_talk("We are a trading company. " * 20)
    assert not is_talk("From: a\nTo: b\nSubject: c\nText")


@given(st.text(max_size=200), st.booleans())
def test_any_text_is_heard_without_a_fault(text: str, is_in_thread: bool) -> None:
    call_of(text, WORDS, is_about_inquiry=is_in_thread)


def test_hearing_a_hostile_text_takes_no_time_worth_speaking_of() -> None:
    for text in ("please " * 70, "你" * 499, "can you " * 62, "hi" * 249, "@" * 500, "1" * 500):
        call_of(text, WORDS)
        call_of(text, WORDS, is_about_inquiry=True)
