"""The dialogs of follow-ups: day, time, note and person of a reminder; another inquiry for it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time

from bot.advice.blocks import Block, asked, modal, option, plain, radio, section
from bot.advice.escape import clean
from bot.advice.limits import OPTION_TEXT, clip
from bot.follow_ups.conversation.actions import (
    BLOCK_DATE,
    BLOCK_INQUIRY,
    BLOCK_NOTE,
    BLOCK_PERSON,
    BLOCK_TIME,
    MOST_NOTE,
    VIEW_CHOOSE,
    VIEW_OTHER,
    unpacked,
)
from bot.follow_ups.conversation.reader import Reader
from bot.follow_ups.moment import day_in_words
from bot.follow_ups.when import Doubtful, why_says
from bot.follow_ups.when.resolve import FARTHEST_MS

MORNING = time(9)
MOST_INQUIRIES = 10  # Slack shows no more radio buttons


@dataclass(frozen=True, slots=True)
class Choosing:
    """What a dialog is about, and where its answer goes; travels with it as `private_metadata`."""

    inquiry: int
    reminder: int | None = None  # the one that is changed; None: a new one is set
    snoozes: bool = False  # a reminder that may have come already waits again
    channel: str = ""
    thread_ts: str = ""
    answer_to: str = ""  # response_url of what is replaced or answered; "" for a whisper in the thread
    replaces: bool = False

    def as_json(self) -> str:
        """Return it as Slack carries it; at most 3,000 characters."""
        return json.dumps(asdict(self), separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands in the fields when the dialog opens."""

    due_at: int  # epoch ms
    note: str = ""
    owner: str | None = None  # None: who is reminded is not asked


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was filled in; None where nothing was."""

    day: date | None
    time: time | None
    note: str
    owner: str | None


def choosing_from_json(written: str) -> Choosing:
    """Return what a dialog is about; ValueError for what none of ours says."""
    known = unpacked(written)
    fields = {name: known[name] for name in Choosing.__dataclass_fields__ if name in known}
    try:
        return Choosing(**fields)
    except TypeError as error:
        raise ValueError(f"no dialog of ours: {written!r}") from error


def choose_view(reader: Reader, choosing: Choosing, inquiry: str, stands: Stands) -> Block:
    """Return the dialog "Choose…"; `inquiry` is its name as mrkdwn."""
    key = "choose" if choosing.reminder is None else "change"
    local = datetime.fromtimestamp(stands.due_at / 1000, UTC).astimezone(reader.zone)
    blocks = [
        section(reader.say("dialog.about", inquiry=inquiry)),
        _required(
            asked(
                reader.say("dialog.day"),
                BLOCK_DATE,
                {"type": "datepicker", "initial_date": f"{local:%Y-%m-%d}"},
            )
        ),
        _required(
            asked(
                reader.say("dialog.time"),
                BLOCK_TIME,
                {"type": "timepicker", "initial_time": f"{local:%H:%M}"},
                hint=reader.say("dialog.zone", zone=reader.zone.key),
            )
        ),
        asked(reader.say("dialog.note"), BLOCK_NOTE, _writing(reader, stands.note)),
    ]
    if stands.owner:
        person = {"type": "users_select", "initial_user": stands.owner}
        blocks.append(_required(asked(reader.say("dialog.person"), BLOCK_PERSON, person)))
    return _dialog(reader, VIEW_CHOOSE, key, blocks, choosing)


def other_view(
    reader: Reader, choosing: Choosing, inquiries: Sequence[tuple[int, str, str]], current: int
) -> Block:
    """Return the dialog that asks for another inquiry; each is (id, plain name, age)."""
    choices = [
        option(clip(name, OPTION_TEXT), str(number), age) for number, name, age in inquiries[:MOST_INQUIRIES]
    ]
    question = asked(reader.say("dialog.which"), BLOCK_INQUIRY, radio(choices, str(current)))
    return _dialog(reader, VIEW_OTHER, "other", [_required(question)], choosing)


def instant(chosen: Chosen, reader: Reader) -> int | None:
    """Return the moment that was chosen, epoch ms; None while day or time is missing.

    A time the clocks skip that day moves forward; one they show twice is its first showing.
    """
    if chosen.day is None or chosen.time is None:
        return None
    return int(datetime.combine(chosen.day, chosen.time, reader.zone).timestamp() * 1000)


def faults(chosen: Chosen, reader: Reader, now_ms: int) -> dict[str, str]:
    """Return what is wrong, by the field where it is said; empty when all is well."""
    due_at = instant(chosen, reader)
    if due_at is None:
        missing = BLOCK_DATE if chosen.day is None else BLOCK_TIME
        return {missing: reader.say("dialog.missing")}
    if due_at - now_ms > FARTHEST_MS:
        return {BLOCK_DATE: _too_far(due_at, reader)}
    if due_at > now_ms:
        return {}
    today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(reader.zone)
    if chosen.day and chosen.day < today.date():
        return {BLOCK_DATE: reader.say("dialog.past_day")}
    return {BLOCK_TIME: reader.say("dialog.past_time", now=f"{today:%H:%M}")}


def _too_far(due_at: int, reader: Reader) -> str:
    day = datetime.fromtimestamp(due_at / 1000, UTC).astimezone(reader.zone).date()
    return why_says(Doubtful("too_far", "", day_in_words(day, reader.language)), reader.language)


def _dialog(reader: Reader, callback_id: str, key: str, blocks: list[Block], choosing: Choosing) -> Block:
    view = modal(
        callback_id,
        reader.say(f"dialog.{key}_title"),
        blocks,
        close=reader.say("dialog.close"),
        inquiry_id=choosing.inquiry,
        submit=reader.say(f"dialog.{key}_submit"),
    )
    return {**view, "private_metadata": choosing.as_json()}


def _required(question: Block) -> Block:
    return {**question, "optional": False}


def _writing(reader: Reader, initial: str) -> Block:
    return {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": MOST_NOTE,
        "placeholder": plain(reader.say("dialog.note_hint"), 150),
        "initial_value": clip(clean(initial), MOST_NOTE),
    }
