"""The app's home tab: what lies open with this person, reminders first, and how the bot is used."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select

from bot.advice.blocks import Block, context, divider, header, section
from bot.advice.escape import harmless_mrkdwn
from bot.advice.limits import SECTION_TEXT, clip_escaped
from bot.advice.record import verdict_from_json
from bot.advice.wording import emoji_of, type_name
from bot.follow_ups.conversation.listing import how_it_stands
from bot.follow_ups.conversation.reader import Reader
from bot.follow_ups.moment import DAY_MS, span
from bot.follow_ups.naming import named
from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.promises.states import CLOSED
from bot.reading import reading_from_json
from bot.services import Services
from bot.slack.workspaces import permalink
from bot.storage import Database
from bot.storage.tables import inquiries
from bot.texts import Language
from knowledge.model import NOT_AN_INQUIRY, Facts

MOST_SHOWN = 10
NAME = 60
NOTE = 120
TYPE_NAME = 60


@dataclass(frozen=True, slots=True)
class Open:
    """An inquiry that waits for the person who brought or took it."""

    channel: str
    ts: str
    thread_ts: str
    type: str | None
    reading: str | None
    verdict: str | None
    received_at: int
    state: str


def open_inquiries(database: Database, team: str, user: str) -> tuple[Open, ...]:
    """Return the latest open inquiries a person brought or took, newest first."""
    seen_as = inquiries.c.corrected_type, inquiries.c.buyer_type
    is_theirs = (inquiries.c.owner == user) | (inquiries.c.owner.is_(None) & (inquiries.c.posted_by == user))
    wanted = (
        select(
            inquiries.c.channel,
            inquiries.c.ts,
            inquiries.c.thread_ts,
            *seen_as,
            inquiries.c.reading,
            inquiries.c.verdict,
            inquiries.c.received_at,
            inquiries.c.state,
        )
        .where(inquiries.c.team == team, is_theirs)
        .where(inquiries.c.deleted_at.is_(None), inquiries.c.state.not_in(CLOSED))
        .where(or_(inquiries.c.buyer_type.is_(None), inquiries.c.buyer_type != NOT_AN_INQUIRY))
        .order_by(inquiries.c.received_at.desc())
        .limit(MOST_SHOWN)
    )
    with database.begin() as connection:
        rows = connection.execute(wanted).all()
    return tuple(Open(*row[:3], row[3] or row[4], *row[5:]) for row in rows)


def home_view(services: Services, mine: tuple[Open, ...], reader: Reader) -> Block:
    """Return the home tab."""
    return {"type": "home", "blocks": list(_blocks(services, mine, reader))}


def _blocks(services: Services, mine: tuple[Open, ...], reader: Reader) -> Iterator[Block]:
    language = reader.language
    yield header(services.say("home.title", language))
    yield section(services.say("commands.help", language))
    yield context(_channels(services, language))
    yield divider()
    yield header(services.say("home.reminders_title", language))
    yield from _reminders(services, reader)
    yield divider()
    yield header(services.say("home.open_title", language))
    if not mine:
        yield section(services.say("home.open_none", language))
    for one in mine:
        yield section(_line(services, one, language, reader.workspace_url))


def _reminders(services: Services, reader: Reader) -> Iterator[Block]:
    now_ms = services.clock.now_ms()
    reminders = services.reminders.of_person(reader.team, reader.user)
    if not reminders:
        yield section(services.say("home.reminders_none", reader.language))
    for reminder in reminders[:MOST_SHOWN]:
        stands = how_it_stands(reader, reminder, now_ms)
        note = harmless_mrkdwn(reminder.note, NOTE)
        lines = (
            f"*#{reminder.id}* · {_named(services, reminder, reader)}",
            stands,
            f"📝 {note}" if note else "",
        )
        yield section("\n".join(line for line in lines if line)[:SECTION_TEXT])
    if (more := len(reminders) - MOST_SHOWN) > 0:
        yield context(services.say("home.reminders_more", reader.language, count=more))


def _named(services: Services, reminder: Reminder, reader: Reader) -> str:
    inquiry = services.inquiries.get(reminder.inquiry_id) if reminder.inquiry_id is not None else None
    if inquiry is None:
        return services.say("home.somebody", reader.language)
    return named(services.knowledge, inquiry, reader.language, reader.workspace_url)


def _channels(services: Services, language: Language) -> str:
    named = sorted(services.settings.inquiry_channels)
    if not named:
        return services.say("home.channels_all", language)
    return services.say("home.channels", language, channels=" ".join(f"<#{channel}>" for channel in named))


def _line(services: Services, one: Open, language: Language, workspace_url: str) -> str:
    age = services.clock.now_ms() - one.received_at
    today, ago = services.say("home.today", language), span(age, language)
    return services.say(
        "home.open_line",
        language,
        emoji=emoji_of(services.knowledge, one.type) if one.type else "⏳",
        link=permalink(workspace_url, one.channel, one.ts, one.thread_ts),
        type=_type(services, one, language),
        buyer=harmless_mrkdwn(_buyer(one), NAME) or services.say("home.somebody", language),
        age=today if age < DAY_MS else services.say("home.age", language, age=ago),
        state=services.say(f"state.{one.state}", language),
    )


def _type(services: Services, one: Open, language: Language) -> str:
    if one.type is None:
        return services.say("home.unread", language)
    # A vertical bar ends a link's label.
    return clip_escaped(type_name(services.knowledge, one.type, language), TYPE_NAME).replace("|", "/")


def _buyer(one: Open) -> str:
    if not one.reading:
        return ""
    reading = reading_from_json(one.reading)
    facts = verdict_from_json(one.verdict).facts if one.verdict else Facts()
    named = facts.contact or facts.company
    return (named.value if named else reading.sender_name) or reading.sender_email or ""
