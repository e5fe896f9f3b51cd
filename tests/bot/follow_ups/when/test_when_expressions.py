import tomllib
from pathlib import Path

import pytest

from bot.follow_ups.when import Doubtful, Understood

TABLE = tomllib.loads((Path(__file__).parent / "expressions.toml").read_text("utf-8"))
ROWS = [
    line.split("|") for language in ("english", "chinese") for line in TABLE[language].strip().splitlines()
]
CASES = [tuple(part.strip() for part in row) for row in ROWS]


@pytest.mark.parametrize(("typed", "meant", "note"), CASES, ids=[typed for typed, _, _ in CASES])
def test_what_people_type_is_understood(say, local, typed: str, meant: str, note: str) -> None:
    heard = say(typed)
    if meant.startswith("?"):
        assert isinstance(heard, Doubtful)
        assert (heard.why, heard.note) == (meant.removeprefix("? "), note)
        assert heard.offers
    else:
        assert isinstance(heard, Understood)
        assert (local(heard.due_at), heard.note) == (meant, note)


def test_the_table_holds_a_hundred_of_each_language() -> None:
    assert all(len(TABLE[language].strip().splitlines()) >= 100 for language in ("english", "chinese"))


def test_every_expression_is_said_once() -> None:
    typed = [case[0] for case in CASES if case[0] != "16:45"]
    assert len(typed) == len(set(typed))
