"""A pasted inquiry ends where a person would expect it to."""

from io import StringIO
from pathlib import Path

import pytest

from bot.command_line.terminal import next_inquiry


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Dear sir,\n\nquote 500 pcs\n.\n", "Dear sir,\n\nquote 500 pcs"),
        ("one\ntwo\n\n\nthree\n", "one\ntwo\n\n"),
        ("no end", "no end"),
        ("\nlater\n", ""),
        ("退出\n", None),
        ("quit\n", None),
        ("", None),
        ("x" * 5000 + "\n.\n", "x" * 5000),
        ("a\0b\n.\n", "a\0b"),
    ],
    ids=[
        "full stop",
        "two empty lines",
        "end of input",
        "empty line",
        "leave in Chinese",
        "leave",
        "nothing",
        "long",
        "NUL",
    ],
)
def test_an_inquiry_ends_where_a_person_would_expect(typed: str, read: str | None) -> None:
    assert next_inquiry(StringIO(typed).readline) == read


def test_the_path_of_a_file_is_an_inquiry_on_its_own(tmp_path: Path) -> None:
    mail = tmp_path / "询盘 1.eml"
    mail.write_text("Subject: x\n\ny")
    assert next_inquiry(StringIO(f"'{mail}'\nnext\n").readline) == f"'{mail}'"


def test_empty_lines_inside_a_pasted_mail_do_not_end_it() -> None:
    typed = StringIO("Dear sir,\n\nplease quote\n\nBest\n.\nSecond\n.\n")
    assert next_inquiry(typed.readline) == "Dear sir,\n\nplease quote\n\nBest"
    assert next_inquiry(typed.readline) == "Second"
