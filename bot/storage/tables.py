"""The tables. Times are epoch milliseconds UTC: the same on SQLite and PostgreSQL, no driver surprises.

`migrations/` brings a database to this shape; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy import Boolean as Bool

metadata = MetaData()

# SQLite numbers rows by itself only in a column declared exactly INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

inquiries = Table(
    "inquiries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False, comment="ts of the Slack message that is the inquiry"),
    Column("thread_ts", String(32), nullable=False, comment="thread in which the bot speaks"),
    Column("via", String(16), nullable=False, comment="bot.intake.model.Via"),
    Column("posted_by", String(32), comment="Slack user who brought it; null for an email"),
    Column("received", Text, comment="bot.intake.model.Received as JSON; null once erased"),
    Column("received_at", BigInteger, nullable=False),
    Column(
        "revision", Integer, nullable=False, server_default="0", comment="raised by each edit of the text"
    ),
    Column("reading", Text, comment="bot.reading.model.Reading as JSON; null until read, null once erased"),
    Column("verdict", Text, comment="knowledge.Verdict as JSON; null until judged, null once erased"),
    Column("buyer_type", String(32), comment="type id, not_an_inquiry or unclear"),
    Column("confidence", Float),
    Column("language", String(8), comment="of the buyer's words"),
    Column("corrected_type", String(32)),
    Column("corrected_by", String(32)),
    Column("corrected_at", BigInteger),
    Column("owner", String(32), comment="salesperson in charge"),
    Column("state", String(16), nullable=False, server_default="new"),
    Column("state_at", BigInteger, nullable=False),
    Column("advice_ts", String(32), comment="ts of the card; null until it stands"),
    Column("advice_channel", String(32), comment="where the card stands, should it not be `channel`"),
    Column("deleted_at", BigInteger, comment="when the Slack message was deleted"),
    Column("erased_at", BigInteger, comment="when the buyer's words were erased (RETENTION_DAYS)"),
    Column("buyer_hash", String(64), comment="hash_of of the buyer's address, in bot.follow_ups.buyer_mail"),
    Column("buyer_replied_at", BigInteger, comment="when the buyer last wrote back"),
    UniqueConstraint("team", "channel", "ts", name="uq_inquiries_message"),
)
Index("ix_inquiries_received_at", inquiries.c.received_at)
Index("ix_inquiries_buyer_hash", inquiries.c.buyer_hash)
Index("ix_inquiries_thread_ts", inquiries.c.thread_ts)
Index("ix_inquiries_channel", inquiries.c.team, inquiries.c.channel, inquiries.c.received_at)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False, comment="bot.outbox.model.Kind"),
    Column("inquiry_id", Id, comment="the inquiry it speaks about"),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("thread_ts", String(32)),
    Column("owner", String(32), comment="whom a reminder is for, and who hears of a failure"),
    Column("payload", Text, nullable=False, server_default="{}", comment="JSON, by kind"),
    Column("state", String(16), nullable=False, server_default="scheduled"),
    Column("due_at", BigInteger, nullable=False, comment="what people were promised"),
    Column("next_at", BigInteger, comment="when the engine must look again; null when nothing is left to do"),
    Column("seq", Integer, nullable=False, server_default="0", comment="raised by snooze and edit"),
    Column("claim", String(40), comment="token of the worker that holds the lease"),
    Column("doubt", Bool, nullable=False, server_default=false(), comment="a former attempt may have posted"),
    Column("first_try_at", BigInteger),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column(
        "form",
        Integer,
        nullable=False,
        server_default="0",
        comment="which form of the text; raised by refusals",
    ),
    Column("last_error", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String(32)),
    Column("plan_id", Id, comment="the plan this reminder is a step of"),
    Column("step", Integer, comment="which touch of the plan, the first is 0"),
    Column("closed_at", BigInteger, comment="when a person was done with a reminder"),
    Column("closed_by", String(32)),
)
Index(
    "ix_outbox_next_at",
    outbox.c.next_at,
    sqlite_where=outbox.c.next_at.is_not(None),
    postgresql_where=outbox.c.next_at.is_not(None),
)
# Advice is claimed before anything else that is due.
Index(
    "ix_outbox_kind_next_at",
    outbox.c.kind,
    outbox.c.next_at,
    sqlite_where=outbox.c.next_at.is_not(None),
    postgresql_where=outbox.c.next_at.is_not(None),
)
Index("ix_outbox_inquiry", outbox.c.inquiry_id)
Index("ix_outbox_owner", outbox.c.team, outbox.c.owner, outbox.c.state, outbox.c.due_at)

Index(
    "ix_outbox_plan",
    outbox.c.plan_id,
    sqlite_where=outbox.c.plan_id.is_not(None),
    postgresql_where=outbox.c.plan_id.is_not(None),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Id, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("inquiry_id", Id, nullable=False),
    Column("plan", String(16), nullable=False, comment="knowledge.content.Plan"),
    Column("state", String(16), nullable=False, server_default="active", comment="active, ended"),
    Column("owner", String(32), nullable=False, comment="whom its steps remind"),
    Column("started_at", BigInteger, nullable=False),
    Column("started_by", String(32), nullable=False),
    Column("arrived_on", BigInteger, comment="00:00 UTC of the day the samples arrived; null until told"),
    Column("ended_at", BigInteger),
    Column("ended_by", String(32)),
    Column("ended_because", String(16), comment="bot.follow_ups.promises.model.Because"),
)
# One active plan for each inquiry.
Index(
    "uq_plans_active",
    plans.c.inquiry_id,
    unique=True,
    sqlite_where=plans.c.ended_at.is_(None),
    postgresql_where=plans.c.ended_at.is_(None),
)
Index("ix_plans_inquiry", plans.c.inquiry_id)

deliveries = Table(
    "deliveries",
    metadata,
    Column("outbox_id", Id, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column(
        "found", Bool, nullable=False, server_default=false(), comment="found by look-up, not posted again"
    ),
)
Index("ix_deliveries_sent_at", deliveries.c.sent_at)

seen_events = Table(
    "seen_events",
    metadata,
    Column("key", String(128), primary_key=True, comment="event_id, or trigger_id of a click or command"),
    Column("at", BigInteger, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("locale", String(16)),
    Column("tz", String(64)),
    Column("fetched_at", BigInteger, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(160), nullable=False),
)
