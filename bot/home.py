"""The app's home tab: how the bot is used, and what lies open with this person."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select

from bot.advice.blocks import Block, context, divider, header, section
from bot.advice.escape import harmless_mrkdwn
from bot.advice.limits import clip_escaped
from bot.advice.record import verdict_from_json
from bot.advice.wording import emoji_of, type_name
from bot.follow_ups.moment import DAY_MS, span
from bot.reading import reading_from_json
from bot.services import Services
from bot.slack.workspaces import permalink
from bot.storage import Database
from bot.storage.tables import inquiries
from bot.texts import Language
from knowledge.model import NOT_AN_INQUIRY, Facts

MOST_SHOWN = 10
NAME = 60
TYPE_NAME = 60
CLOSED = ("answered", "won", "lost")


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


def home_view(services: Services, mine: tuple[Open, ...], language: Language, workspace_url: str) -> Block:
    """Return the home tab."""
    return {"type": "home", "blocks": list(_blocks(services, mine, language, workspace_url))}


def _blocks(
    services: Services, mine: tuple[Open, ...], language: Language, workspace_url: str
) -> Iterator[Block]:
    yield header(services.say("home.title", language))
    yield section(services.say("commands.help", language))
    yield context(_channels(services, language))
    yield divider()
    yield header(services.say("home.open_title", language))
    if not mine:
        yield section(services.say("home.open_none", language))
    for one in mine:
        yield section(_line(services, one, language, workspace_url))


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
