"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PENDING = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    """Take the step."""
    _inquiries()
    _outbox()
    _deliveries()
    _seen_events()
    _people()


def _inquiries_arrival() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column(
            "ts", sa.String(length=32), nullable=False, comment="ts of the Slack message that is the inquiry"
        ),
        sa.Column(
            "thread_ts", sa.String(length=32), nullable=False, comment="thread in which the bot speaks"
        ),
        sa.Column("via", sa.String(length=16), nullable=False, comment="bot.intake.model.Via"),
        sa.Column("posted_by", sa.String(length=32), comment="Slack user who brought it; null for an email"),
        sa.Column("received", sa.Text(), comment="bot.intake.model.Received as JSON; null once erased"),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "revision",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="raised by each edit of the text",
        ),
    )


def _inquiries_outcome() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column(
            "reading",
            sa.Text(),
            comment="bot.reading.model.Reading as JSON; null until read, null once erased",
        ),
        sa.Column(
            "verdict", sa.Text(), comment="knowledge.Verdict as JSON; null until judged, null once erased"
        ),
        sa.Column("buyer_type", sa.String(length=32), comment="type id, not_an_inquiry or unclear"),
        sa.Column("confidence", sa.Float()),
        sa.Column("language", sa.String(length=8), comment="of the buyer's words"),
        sa.Column("corrected_type", sa.String(length=32)),
        sa.Column("corrected_by", sa.String(length=32)),
        sa.Column("corrected_at", sa.BigInteger()),
        sa.Column("owner", sa.String(length=32), comment="salesperson in charge"),
        sa.Column("state", sa.String(length=16), server_default="new", nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("advice_ts", sa.String(length=32), comment="ts of the card; null until it stands"),
        sa.Column(
            "advice_channel",
            sa.String(length=32),
            comment="where the card stands, should it not be `channel`",
        ),
        sa.Column("deleted_at", sa.BigInteger(), comment="when the Slack message was deleted"),
        sa.Column(
            "erased_at", sa.BigInteger(), comment="when the buyer's words were erased (RETENTION_DAYS)"
        ),
    )


def _inquiries() -> None:
    op.create_table(
        "inquiries",
        *_inquiries_arrival(),
        *_inquiries_outcome(),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team", "channel", "ts", name="uq_inquiries_message"),
    )
    op.create_index("ix_inquiries_received_at", "inquiries", ["received_at"])


def _outbox_promise() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "kind", sa.String(length=16), nullable=False, comment="advice, advice_update, reminder, note"
        ),
        sa.Column("inquiry_id", ID, comment="the inquiry it speaks about"),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32)),
        sa.Column(
            "owner", sa.String(length=32), comment="whom a reminder is for, and who hears of a failure"
        ),
        sa.Column("payload", sa.Text(), server_default="{}", nullable=False, comment="JSON, by kind"),
        sa.Column("state", sa.String(length=16), server_default="scheduled", nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False, comment="what people were promised"),
    )


def _outbox_progress() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column(
            "next_at",
            sa.BigInteger(),
            comment="when the engine must look again; null when nothing is left to do",
        ),
        sa.Column(
            "seq", sa.Integer(), server_default="0", nullable=False, comment="raised by snooze and edit"
        ),
        sa.Column("claim", sa.String(length=40), comment="token of the worker that holds the lease"),
        sa.Column(
            "doubt",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="a former attempt may have posted",
        ),
        sa.Column("first_try_at", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "form",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="which form of the text; raised by refusals",
        ),
        sa.Column("last_error", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=32)),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        *_outbox_promise(),
        *_outbox_progress(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outbox_inquiry", "outbox", ["inquiry_id"])
    op.create_index(
        "ix_outbox_kind_next_at",
        "outbox",
        ["kind", "next_at"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index(
        "ix_outbox_next_at", "outbox", ["next_at"], sqlite_where=PENDING, postgresql_where=PENDING
    )
    op.create_index("ix_outbox_owner", "outbox", ["team", "owner", "state", "due_at"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("outbox_id", ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "found",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="found by look-up, not posted again",
        ),
        sa.PrimaryKeyConstraint("outbox_id", "seq"),
    )


def _seen_events() -> None:
    op.create_table(
        "seen_events",
        sa.Column(
            "key",
            sa.String(length=128),
            nullable=False,
            comment="event_id, or trigger_id of a click or command",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("locale", sa.String(length=16)),
        sa.Column("tz", sa.String(length=64)),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team", "user"),
    )
