import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.follow_ups import when
from bot.follow_ups.calendar.working_days import working_days_of
from bot.follow_ups.when import Asker, Doubtful, Heard, NotATime, Understood, read_when

ZONES = ["America/New_York", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Shanghai"]
VOCABULARY = (Path(when.__file__).parent / "vocabulary.toml").read_text("utf-8")
WORDS = [*re.findall(r'"([^"]+)"', VOCABULARY), *"0123456789:/.-,日月年号点半时分周天上下前后个每内 "]
WORDS += ["12/24", "2026-12-01", "31", "999999999999", "in", "next", "of", "the", "from", "ago", "下周五"]
TWO_YEARS_MS = 732 * 86_400_000

askers = st.builds(
    lambda now, zone, locale, country: Asker(now, ZoneInfo(zone), locale, working_days_of(country)),
    now=st.integers(min_value=1_580_000_000_000, max_value=1_900_000_000_000),
    zone=st.sampled_from(ZONES),
    locale=st.sampled_from(["en-US", "en-GB", "zh-CN", None]),
    country=st.sampled_from(["CN", "DE", "SA", None]),
)
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).flatmap(
    lambda words: st.sampled_from(["".join(words), " ".join(words)])
)
days = st.integers(min_value=1, max_value=700)
notes = st.sampled_from(
    ["ask about 2027-01-05", "问 12月24日的货", "call at 9am", "tomorrow's price", "发 3 个样品"]
)


def moments_of(heard: Heard) -> tuple[int, ...]:
    match heard:
        case Understood():
            return (heard.due_at, *heard.instead)
        case Doubtful():
            return heard.offers
    return ()


@given(typed=st.text() | phrases, asker=askers)
def test_any_text_is_answered_and_never_with_the_past(typed: str, asker: Asker) -> None:
    moments = moments_of(read_when(typed, asker))
    assert all(0 < moment - asker.now_ms <= TWO_YEARS_MS for moment in moments)
    assert len(set(moments)) == len(moments)


@given(typed=st.text() | phrases, asker=askers)
def test_a_note_is_the_end_of_what_was_typed(typed: str, asker: Asker) -> None:
    heard = read_when(typed, asker)
    if isinstance(heard, NotATime):
        assert heard.text == typed
    else:
        assert typed.strip().endswith(heard.note)
        assert heard.taken in typed
        assert len(heard.taken) + len(heard.note) <= len(typed)


@given(
    asker=askers,
    note=notes,
    time=st.sampled_from(
        ["3d", "tomorrow 9am", "in 2 weeks", "三天后", "明天上午9点", "下周二", "next week"]
    ),
)
def test_a_time_inside_the_note_is_never_taken(asker: Asker, note: str, time: str) -> None:
    alone, heard = read_when(time, asker), read_when(f"{time} {note}", asker)
    assert isinstance(heard, Understood)
    assert (heard.due_at, heard.note) == (alone.due_at, note)


@given(asker=askers, ahead=days, hour=st.integers(0, 23), minute=st.integers(0, 59), note=notes)
@pytest.mark.parametrize(
    "style",
    [
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M",
        "%d %b %Y %H:%M",
        "%B %d, %Y at %H:%M",
        "%d.%m.%Y %H:%M",
        "%Y年%m月%d日 %H:%M",
    ],
)
def test_a_date_that_is_written_out_is_that_date(
    asker: Asker, ahead: int, hour: int, minute: int, note: str, style: str
) -> None:
    now = datetime.fromtimestamp(asker.now_ms // 1000, UTC).astimezone(asker.zone)
    day = now.date() + timedelta(days=ahead)
    wall = datetime.combine(day, time(hour, minute))
    heard = read_when(f"{wall:{style}} {note}", asker)
    assert isinstance(heard, Understood)
    assert heard.note == note
    expected = wall.replace(tzinfo=asker.zone).timestamp()
    assert heard.due_at == int(expected) * 1000
