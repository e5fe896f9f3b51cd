"""Reminders held back because the database was put back from a backup: their owner is asked once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import update

from bot.advice.blocks import Block, actions, button, context, section
from bot.advice.escape import harmless_mrkdwn
from bot.follow_ups.conversation.actions import ACTION_DROP, ACTION_RELEASE
from bot.follow_ups.conversation.reader import Reader
from bot.follow_ups.naming import named
from bot.follow_ups.promises import rows
from bot.follow_ups.promises.model import Reminder
from bot.outbox.awakening import IS_HELD, RESTORED_TO
from bot.outbox.model import Form, Row, Utterance
from bot.services import Services
from bot.storage.tables import outbox

EVENT_TYPE = "follow_up_held"
SHOWN = 10  # lines of the longest names still fit into one section
NOTE = 80


class HeldSpeaker:
    """Asks an owner whether held reminders are to be sent or are dealt with."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def compose(self, row: Row) -> Utterance | None:
        """Return the question; None when nothing is held any more."""
        held = held_of(self._services, row.team, str(row.owner))
        if not held:
            return None
        people = self._services.people
        reader = Reader(
            team=row.team,
            user=str(row.owner),
            language=people.language_of(row.team, row.owner),
            zone=people.zone_of(row.team, str(row.owner)),
        )
        lines = [self._line(reminder, reader) for reminder in held[:SHOWN]]
        form = question(reader, int(row.payload.get(RESTORED_TO, 0)), lines, len(held))
        return Utterance(forms=(form, Form(form.text)), event_type=EVENT_TYPE, event_payload={})

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Nothing is kept beside the delivery itself."""

    def _line(self, reminder: Reminder, reader: Reader) -> str:
        services = self._services
        inquiry = services.inquiries.get(reminder.inquiry_id) if reminder.inquiry_id is not None else None
        known = named(services.knowledge, inquiry, reader.language) if inquiry else ""
        when = reader.when_short(reminder.due_at, services.clock.now_ms())
        parts = (f"*#{reminder.id}*", when, known, harmless_mrkdwn(reminder.note, NOTE))
        return " · ".join(part for part in parts if part)


def question(reader: Reader, restored_to: int, lines: Sequence[str], count: int) -> Form:
    """Return the question with its two buttons; `lines` are those there is room for."""
    when = reader.when(restored_to) if restored_to else ""
    said = reader.say("held.put_back_to", when=when) if when else reader.say("held.put_back")
    asked = f"{said} {reader.say('held.not_sent', count=count)}"
    return Form("\n".join((asked, *lines)), tuple(_blocks(reader, asked, lines, count)))


def _blocks(reader: Reader, asked: str, lines: Sequence[str], count: int) -> Iterator[Block]:
    yield section(asked)
    yield section("\n".join(lines))
    if count > len(lines):
        yield context(reader.say("held.more", count=count - len(lines)))
    yield actions(
        button(reader.say("held.send"), ACTION_RELEASE, "held", is_primary=True),
        button(reader.say("held.drop"), ACTION_DROP, "held"),
    )


def answered(blocks: Sequence[Mapping[str, Any]], said: str) -> Form:
    """Return the question as it stands when it was answered."""
    kept = [block for block in blocks if block.get("type") != "actions"]
    return Form(said, (*kept, context(said)))


def held_of(services: Services, team: str, owner: str) -> tuple[Reminder, ...]:
    """Return the reminders of a person that are held, what was due longest first."""
    with services.database.begin() as connection:
        return rows.found(connection, outbox.c.team == team, outbox.c.owner == owner, IS_HELD)


def release(services: Services, team: str, owner: str) -> int:
    """Let the held reminders of a person come now and return how many; what stands already is found."""
    of_person = (outbox.c.team == team) & (outbox.c.owner == owner)
    with services.database.begin() as connection:
        services.database.announce(connection)
        released = update(outbox).where(of_person, IS_HELD).values(next_at=services.outbox.now())
        return connection.execute(released).rowcount


def drop(services: Services, team: str, owner: str) -> int:
    """Note that the held reminders of a person are dealt with and return how many."""
    held = held_of(services, team, owner)
    return sum(services.reminders.close(reminder, owner) for reminder in held)
