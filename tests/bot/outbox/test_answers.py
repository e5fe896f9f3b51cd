"""What Slack's error codes mean for a row."""

import pytest

from bot.outbox.answers import (
    FORM_CODES,
    PLACE_CODES,
    TOKEN_CODES,
    Gone,
    LockedOut,
    Refused,
    RefusedForm,
    SlowDown,
    Told,
    Unclear,
    meaning_of,
)


@pytest.mark.parametrize("code", sorted(FORM_CODES))
def test_these_words_are_refused_and_others_may_do(code: str) -> None:
    assert meaning_of(code) == RefusedForm(code)


@pytest.mark.parametrize("code", sorted(PLACE_CODES))
def test_this_place_is_refused_for_good(code: str) -> None:
    assert meaning_of(code) == Refused(code)


@pytest.mark.parametrize("code", sorted(TOKEN_CODES))
def test_the_token_is_not_accepted(code: str) -> None:
    assert meaning_of(code) == LockedOut(code)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("message_not_found", Gone("message_not_found")),
        ("ratelimited", SlowDown(1)),
        ("rate_limited", SlowDown(1)),
        ("message_limit_exceeded", SlowDown(60)),
    ],
)
def test_these_codes_have_a_meaning_of_their_own(code: str, meaning: Told) -> None:
    assert meaning_of(code) == meaning


@pytest.mark.parametrize(
    "code", ["fatal_error", "internal_error", "request_timeout", "service_unavailable", "something_new"]
)
def test_any_other_code_may_hide_a_post(code: str) -> None:
    assert meaning_of(code) == Unclear(code)


def test_no_code_has_two_meanings() -> None:
    assert len(FORM_CODES | PLACE_CODES | TOKEN_CODES) == sum(
        map(len, (FORM_CODES, PLACE_CODES, TOKEN_CODES))
    )
