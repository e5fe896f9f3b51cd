"""Plans of follow-ups, reminders that are closed, and who the buyer is without the address."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_PLAN = sa.text("plan_id IS NOT NULL")
ACTIVE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Take the step."""
    _inquiries()
    _outbox()
    _plans()
    _marks()


def _inquiries() -> None:
    # Columns that may be null are added in place on both kinds of database: no table is copied.
    with op.batch_alter_table("inquiries") as table:
        table.add_column(
            sa.Column(
                "buyer_hash",
                sa.String(length=64),
                comment="hash_of of the buyer's address, in bot.follow_ups.buyer_mail",
            )
        )
        table.add_column(
            sa.Column("buyer_replied_at", sa.BigInteger(), comment="when the buyer last wrote back")
        )
        table.create_index("ix_inquiries_buyer_hash", ["buyer_hash"])
        table.create_index("ix_inquiries_thread_ts", ["thread_ts"])
        table.create_index("ix_inquiries_channel", ["team", "channel", "received_at"])


def _outbox() -> None:
    if op.get_bind().dialect.supports_comments:  # SQLite would copy the table for it
        op.alter_column("outbox", "kind", existing_type=sa.String(length=16), comment="bot.outbox.model.Kind")
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("plan_id", ID, comment="the plan this reminder is a step of"))
        table.add_column(sa.Column("step", sa.Integer(), comment="which touch of the plan, the first is 0"))
        table.add_column(
            sa.Column("closed_at", sa.BigInteger(), comment="when a person was done with a reminder")
        )
        table.add_column(sa.Column("closed_by", sa.String(length=32)))
        table.create_index("ix_outbox_plan", ["plan_id"], sqlite_where=OF_PLAN, postgresql_where=OF_PLAN)
    op.create_index("ix_deliveries_sent_at", "deliveries", ["sent_at"])
    # Nobody could say that they were done with these: they are not overdue now.
    op.execute("UPDATE outbox SET closed_at = due_at WHERE kind = 'reminder' AND state = 'done'")


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", ID, nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("inquiry_id", ID, nullable=False),
        sa.Column("plan", sa.String(length=16), nullable=False, comment="knowledge.content.Plan"),
        sa.Column(
            "state", sa.String(length=16), server_default="active", nullable=False, comment="active, ended"
        ),
        sa.Column("owner", sa.String(length=32), nullable=False, comment="whom its steps remind"),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("started_by", sa.String(length=32), nullable=False),
        sa.Column(
            "arrived_on",
            sa.BigInteger(),
            comment="00:00 UTC of the day the samples arrived; null until told",
        ),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("ended_by", sa.String(length=32)),
        sa.Column("ended_because", sa.String(length=16), comment="bot.follow_ups.promises.model.Because"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "uq_plans_active",
        "plans",
        ["inquiry_id"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )
    op.create_index("ix_plans_inquiry", "plans", ["inquiry_id"])


def _marks() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
