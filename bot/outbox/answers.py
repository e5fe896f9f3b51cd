"""What an answer from Slack means for the row that was being said."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Posted:
    """It stands there. `channel` is where Slack put it: a direct message has a channel of its own."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Found:
    """Looked up: it stands at these places, the oldest first; more than one is one too many."""

    places: tuple[Posted, ...]


@dataclass(frozen=True, slots=True)
class NotThere:
    """Looked up: it does not stand there."""


@dataclass(frozen=True, slots=True)
class NotPermitted:
    """Slack does not let the bot look it up."""

    code: str


@dataclass(frozen=True, slots=True)
class SlowDown:
    """Not posted; this channel wants no posts for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class NotSent:
    """Not posted: the request never left. Trying again may help."""

    code: str


@dataclass(frozen=True, slots=True)
class LockedOut:
    """Not posted: Slack does not accept the token, or has not granted what the call needs."""

    code: str


@dataclass(frozen=True, slots=True)
class RefusedForm:
    """Not posted: Slack will never take these blocks or this text; another form it may."""

    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not posted: Slack will never take it in this place."""

    code: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The message to be updated does not stand any more."""

    code: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """May have been posted. `is_silent`: Slack did not answer in time and may still be at it."""

    code: str
    is_silent: bool = False


Told = SlowDown | NotSent | LockedOut | RefusedForm | Refused | Gone | Unclear
Answer = Posted | Told
Sighting = Found | NotThere | NotPermitted | Told

TOO_MANY_S = 60.0  # Slack names no span for a workspace that posts too much

FORM_CODES = frozenset(
    {
        "block_mismatch",
        "invalid_arguments",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "markdown_text_conflict",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
    }
)
PLACE_CODES = frozenset(
    {
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "is_inactive",
        "messages_tab_disabled",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "thread_locked",
        "thread_not_found",
        "user_disabled",
        "user_not_found",
    }
)
TOKEN_CODES = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_installed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)

_MEANINGS: Mapping[str, Told] = (
    {code: RefusedForm(code) for code in FORM_CODES}
    | {code: Refused(code) for code in PLACE_CODES}
    | {code: LockedOut(code) for code in TOKEN_CODES}
    | {"message_not_found": Gone("message_not_found")}
    | {code: SlowDown(1.0) for code in ("ratelimited", "rate_limited")}
    | {"message_limit_exceeded": SlowDown(TOO_MANY_S)}
)


def meaning_of(code: str) -> Told:
    """Return what an error code of Slack's means; one that is not known may hide a post."""
    return _MEANINGS.get(code, Unclear(code))
