"""The page for salespeople says what the bot does: its times, commands and buttons are tried here."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import knowledge
from bot.follow_ups.calendar.working_days import WorkingDays
from bot.follow_ups.conversation.command import Unclear, command_of
from bot.follow_ups.moment import short_moment
from bot.follow_ups.when import Asker, Doubtful, Understood, read_when
from bot.texts import Language

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = (ROOT / "docs" / "follow-ups.md").read_text("utf-8").split("\n---\n")
HALVES: dict[Language, str] = {"en": ENGLISH, "zh": CHINESE}
LANGUAGES: tuple[Language, ...] = ("en", "zh")
LOCALES: dict[Language, str] = {"en": "en-GB", "zh": "zh-CN"}
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW_MS = int(datetime(2026, 11, 25, 15, 30, tzinfo=SHANGHAI).timestamp() * 1000)
MEANS_TWO_THINGS = ("9", "next Friday", "03/04/2027", "every Monday", "节后", "每周一")
TIME = re.compile(r"^(\w{3} \d+ \w{3}|\d+月\d+日周.) \d\d:\d\d")
CODE = re.compile(r"`([^`]+)`")
LABEL = re.compile(r"(?<!\*)\*([^*\n⋮]+)\*(?!\*)")


def times() -> Iterator[tuple[Language, str, str]]:
    """Yield what is typed and when it comes, of the tables of both halves."""
    for language, half in HALVES.items():
        for row in half.splitlines():
            cells = [cell.strip() for cell in row.strip("|").split("|")]
            if len(cells) == 2 and (comes := TIME.match(cells[1])):
                yield from ((language, typed, comes[0]) for typed in CODE.findall(cells[0]))


def asker(language: Language) -> Asker:
    return Asker(NOW_MS, SHANGHAI, LOCALES[language], WorkingDays("CN"))


def labels(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield from (table.replace("{days}", days) for days in ("3", "7", "14"))
    else:
        for each in table.values():
            yield from labels(each)


def test_the_page_has_times_in_both_languages() -> None:
    assert {language for language, _, _ in times()} == set(LANGUAGES)
    assert len(list(times())) >= 40


@pytest.mark.parametrize(("language", "typed", "comes"), list(times()))
def test_a_time_of_the_page_comes_when_the_page_says(language: Language, typed: str, comes: str) -> None:
    heard = read_when(f"{typed} ask Pedro", asker(language))
    assert isinstance(heard, Understood)
    assert heard.note == "ask Pedro"
    assert short_moment(heard.due_at, SHANGHAI, language, NOW_MS) == comes


@pytest.mark.parametrize("typed", MEANS_TWO_THINGS)
def test_what_the_page_calls_doubtful_is_not_guessed(typed: str) -> None:
    language: Language = "zh" if re.search("[\u4e00-\u9fff]", typed) else "en"
    assert f"`{typed}`" in HALVES[language]
    heard = read_when(typed, asker(language))
    assert isinstance(heard, Doubtful)
    assert all(offer > NOW_MS for offer in heard.offers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_page_is_understood(language: Language) -> None:
    typed = [code for code in CODE.findall(HALVES[language]) if code.startswith("/followup")]
    assert len(typed) >= 9
    for code in typed:
        words = code.removeprefix("/followup").strip().replace("@mei", "<@U0MEI|mei>")
        assert not isinstance(command_of(words), Unclear), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_the_page_is_called_so(language: Language) -> None:
    texts = tomllib.loads((ROOT / "bot" / "texts" / f"{language}.toml").read_text("utf-8"))
    named = set(LABEL.findall(HALVES[language]))
    assert len(named) >= 12
    assert named - set(labels(texts)) == set()


def test_the_shortcut_of_the_page_is_called_so() -> None:
    manifest = json.loads((ROOT / "deploy" / "manifest.json").read_text("utf-8"))
    names = {shortcut["name"] for shortcut in manifest["features"]["shortcuts"]}
    assert {"Set follow-up"} <= names
    assert all("⋮ → Set follow-up" in half for half in HALVES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plans_of_the_page_have_the_days_of_the_knowledge(language: Language) -> None:
    situations = knowledge.load().situations.values()
    for situation in situations:
        days = [touch.days for touch in situation.touches if touch.after != "dispatch"]
        marks = {"en": r"\| (?:arrival )?\+{0}\b", "zh": r"\| (?:第 {0} 天|签收后 {0} 天)"}
        assert all(re.search(marks[language].format(day), HALVES[language]) for day in days)
