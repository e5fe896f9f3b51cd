"""A log line never holds a token or a buyer's address."""

import json
import logging

import pytest

from bot import log


@pytest.fixture(autouse=True)
def _restore_logging() -> object:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], _ = before
    root.setLevel(before[1])


@pytest.mark.parametrize("secret", ["xoxb-12-ab", "xapp-1-A0-9f", "xoxe.xoxb-1-Zz", "ahmed@buyer.ae"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_tokens_and_addresses_are_taken_out(
    secret: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("INFO", form)
    try:
        raise ValueError(f"said {secret}")
    except ValueError:
        logging.getLogger("t").exception("heard %s", secret)
    written = capsys.readouterr().err
    assert secret not in written
    assert "Traceback" in written


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("INFO", "json")
    logging.getLogger("t").info("两行\nhere")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "两行\nhere"
