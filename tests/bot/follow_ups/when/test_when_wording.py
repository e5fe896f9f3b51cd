from typing import get_args

import pytest

from bot import texts
from bot.follow_ups.when import remark_says, why_says
from bot.follow_ups.when.model import Doubtful, RemarkKind, Why

REMARKS = [
    ("in a few days", "I took “a few” as 3. *Change…* sets another time."),
    ("1m", "I took “m” as minutes. For months, write 1mo."),
    ("jan 5", "That day has passed this year, so it is 5 January 2027."),
    ("the 15th", "That day has passed this month, so it is 15 December 2026."),
    ("Wednesday 9am", "That time has passed today, so it is a week later: 2 December 2026."),
    ("9am", "09:00 has passed today, so it is tomorrow."),
    ("tomorrow at 3", "I took “3” as 15:00; write am or pm if you mean the other."),
    ("5.12.2026", "I read the day first: 5 December 2026."),
    ("after Friday", "I took the nearest working day: 30 November 2026."),
]
WHYS = [
    ("next Friday", "“next Friday”: the one next week, or the one this week? Pick one."),
    ("03/12/2027", "“03/12/2027” can be 12 March 2027 or 3 December 2027: which one?"),
    (
        "03/12/2026",
        (
            "“03/12/2026” can be 12 March 2026 or 3 December 2026, "
            "and only one of them is still to come. Is it that one?"
        ),
    ),
    ("today 9am", "“today 9am” has passed already. Pick a time below, or write another."),
    ("5 ask", "5 what: days, hours, o'clock? Pick one, or write it out: 5d, 5h, at 5."),
    ("3000d", "“3000d” is more than two years ahead. Pick a nearer day, or write another."),
]
CHINESE = [
    ("过几天", "“几天”我按 3 天 算的，不对的话点“修改…”。"),
    ("两三天后", "“两三天”我按 2 天 算的，不对的话点“修改…”。"),
    ("晚点", "“晚点”我按 1 小时 算的，不对的话点“修改…”。"),
    ("半天后", "“半天”我按 4 小时 算的，不对的话点“修改…”。"),
    ("1月8日", "今年的这一天已经过了，就定在2027年1月8日。"),
    ("明天3点", "“3点”我按 15:00 算的，不是的话请写明上午或下午。"),
]


@pytest.mark.parametrize(("typed", "said"), REMARKS)
def test_what_was_taken_is_told(say, typed: str, said: str) -> None:
    assert said in [remark_says(remark, "en") for remark in say(typed).remarks]


@pytest.mark.parametrize(("typed", "said"), CHINESE)
def test_what_was_taken_is_told_in_chinese(say, typed: str, said: str) -> None:
    assert said in [remark_says(remark, "zh") for remark in say(typed).remarks]


@pytest.mark.parametrize(("typed", "said"), WHYS)
def test_why_nothing_is_set_is_told_with_what_to_do(say, typed: str, said: str) -> None:
    assert why_says(say(typed), "en") == said


def test_a_plain_time_needs_no_remark(say) -> None:
    assert all(not say(typed).remarks for typed in ("3d", "tomorrow", "next Monday", "明天下午", "12月1日"))


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("why", get_args(Why))
def test_every_reason_has_its_sentence(why: Why, language: texts.Language) -> None:
    assert why_says(Doubtful(why, "", "said so"), language)


def test_every_remark_has_its_sentence() -> None:
    said = texts.load().under("when.remark.", "en")
    assert set(said) == set(get_args(RemarkKind))


def test_what_was_typed_is_said_back_harmlessly() -> None:
    said = why_says(Doubtful("past", "", "<!channel> *today*"), "en")
    assert "<!channel>" not in said
