import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.follow_ups.conversation.command import (
    NOWHERE,
    Help,
    List,
    Mark,
    Place,
    Set,
    StartPlan,
    Unclear,
    command_of,
    person_in_note,
    unknown_person,
)

MEI = "<@U1|mei>"
LINK = "https://ws.slack.com/archives/C111/p1724966776474889"
PLACE = Place("C111", "1724966776.474889", None)
IN_THREAD = Place("C111", "1724966776.474889", "1724966700.000100")


@pytest.mark.parametrize("typed", ["", "  ", "help", "HELP", "?", "？", "帮助", "ｈｅｌｐ", "怎么用"])
def test_help_is_called_for(typed: str) -> None:
    assert command_of(typed) == Help()


@pytest.mark.parametrize("typed", ["list", " List ", "ＬＩＳＴ", "列表", "清单", "我的", "mine"])
def test_the_list_is_called_for(typed: str) -> None:
    assert command_of(typed) == List()


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("done 57", Mark("done", 57)),
        ("Done #57", Mark("done", 57)),
        ("DONE ＃５７", Mark("done", 57)),
        ("done no. 57", Mark("done", 57)),
        ("完成57", Mark("done", 57)),
        ("完成 #57", Mark("done", 57)),
        ("完成 57号", Mark("done", 57)),
        ("cancel 57", Mark("cancel", 57)),
        ("取消　57", Mark("cancel", 57)),
        ("snooze 57 2d", Mark("snooze", 57, "2d")),
        ("snooze #57 tomorrow 9am ask again", Mark("snooze", 57, "tomorrow 9am ask again")),
        ("推迟57 明天９点", Mark("snooze", 57, "明天９点")),
        ("推迟 57", Mark("snooze", 57)),
        ("/done 57", Mark("done", 57)),
    ],
)
def test_a_reminder_is_named_by_its_number(typed: str, marked: Mark) -> None:
    assert command_of(typed) == marked


@pytest.mark.parametrize(
    ("typed", "unclear"),
    [
        ("done", Unclear("which_done")),
        ("完成", Unclear("which_done")),
        ("done soon", Unclear("which_done", "soon")),
        ("done 57 58", Unclear("which_done", "57 58")),
        ("cancel", Unclear("which_cancel")),
        ("cancel -3", Unclear("which_cancel", "-3")),
        ("snooze", Unclear("which_snooze")),
        ("snooze tomorrow", Unclear("which_snooze", "tomorrow")),
        ("plan", Unclear("which_plan")),
        ("计划", Unclear("which_plan")),
        ("plan banana", Unclear("which_plan", "banana")),
        ("@nobody 3d", Unclear("unknown_person", "@nobody")),
    ],
)
def test_a_missing_or_wrong_argument_is_told_as_typed(typed: str, unclear: Unclear) -> None:
    assert command_of(typed) == unclear


@pytest.mark.parametrize(
    ("typed", "plan"),
    [
        ("plan quote", StartPlan("quote")),
        ("Plan Quotation", StartPlan("quote")),
        ("plan sample", StartPlan("sample")),
        ("plan samples", StartPlan("sample")),
        ("计划 报价", StartPlan("quote")),
        ("计划样品", StartPlan("sample")),
        ("计划 quote", StartPlan("quote")),
        (f"plan quote <{LINK}>", StartPlan("quote", place=PLACE)),
        (f"plan <{LINK}> quote", StartPlan("quote", place=PLACE)),
        (f"plan quote {MEI}", StartPlan("quote", "U1")),
        (f"plan quote for {MEI}", StartPlan("quote", "U1")),
        (f"{MEI} plan quote", StartPlan("quote", "U1")),
        (f"for {MEI}: 计划 报价", StartPlan("quote", "U1")),
    ],
)
def test_a_plan_is_named(typed: str, plan: StartPlan) -> None:
    got = command_of(typed)
    assert got == plan


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("3d send the quote", Set("3d send the quote")),
        ("明天9点 问样品", Set("明天9点 问样品")),
        ("remind me tomorrow 9am", Set("tomorrow 9am")),
        ("提醒我 明天9点 问样品", Set("明天9点 问样品")),
        (f"{MEI} 3d call", Set("3d call", "U1")),
        (f"for {MEI} 3d call", Set("3d call", "U1")),
        (f"remind {MEI} tomorrow", Set("tomorrow", "U1")),
        (f"提醒{MEI} 明天", Set("明天", "U1")),
        (f"3d {MEI} call", Set(f"3d {MEI} call")),
        ("3d profit &lt; 5 &amp; more", Set("3d profit < 5 & more")),
        (f"3d <{LINK}> call", Set("3d   call", None, PLACE)),
        (f"<{LINK}> 3d", Set("3d", None, PLACE)),
        (f"3d {LINK}", Set("3d", None, PLACE)),
        (f"3d <{LINK}?thread_ts=1724966700.000100&amp;cid=C111>", Set("3d", None, IN_THREAD)),
        (f"3d <{LINK}|the mail>", Set("3d", None, PLACE)),
        ("3d <https://ws.slack.com/archives/C01/pxyz> call", Set("3d   call", None, NOWHERE)),
        ("3d https://ws.slack.com/archives/C01", Set("3d", None, NOWHERE)),
        ("3d <https://buyer.example/archives/C01>", Set("3d https://buyer.example/archives/C01")),
        ("3d see <https://buyer.example/rfq>", Set("3d see https://buyer.example/rfq")),
    ],
)
def test_everything_else_is_a_reminder(typed: str, wish: Set) -> None:
    got = command_of(typed)
    assert got == wish


@pytest.mark.parametrize(
    ("note", "person", "left"),
    [
        ("send the quote", None, "send the quote"),
        (f"{MEI} send the quote", "U1", "send the quote"),
        (f"for {MEI}: send the quote", "U1", "send the quote"),
        (f"提醒{MEI}问样品", "U1", "问样品"),
        (f"ask {MEI} first", None, "ask @mei first"),
        ("提醒我问样品", None, "问样品"),
        ("remind me to send it", None, "send it"),
        ("提醒客户付款", None, "提醒客户付款"),
        ("to send the quote", None, "send the quote"),
        (f"{MEI} to send the quote", "U1", "send the quote"),
        ("to Anna: price", None, "to Anna: price"),
        ("", None, ""),
    ],
)
def test_a_person_right_behind_the_time_is_who_is_reminded(note: str, person: str | None, left: str) -> None:
    assert person_in_note(note) == (person, left)


@pytest.mark.parametrize(
    ("note", "name"),
    [("@bob call", "@bob"), ("for @bob call", "@bob"), ("call @bob", None), ("@ the fair", None)],
)
def test_a_name_slack_did_not_know_is_found(note: str, name: str | None) -> None:
    assert unknown_person(note) == name


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    command_of(text)
    person_in_note(text)


def test_reading_a_hostile_text_takes_no_time_worth_speaking_of() -> None:
    for text in ("<@" * 4000, "https://" * 1000, " " * 8000, "remind " * 2000, "#" * 8000):
        command_of(text)
        person_in_note(text)
