"""agenda

What an appointment lacked (presence, place, note), permanences that come back, and busy time of other calendars.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008agenda"
down_revision = "0007journey"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "busy_time",
        sa.Column("counsellor_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_busy_time_counsellor_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_time")),
    )
    with op.batch_alter_table("busy_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_busy_time_counsellor_id"), ["counsellor_id"], unique=False)

    op.create_table(
        "outreach_session",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("counsellor_id", sa.Uuid(), nullable=True),
        sa.Column("rhythm", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("opens_at", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.String(length=4000), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_outreach_session_counsellor_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_outreach_session_site_id_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_session")),
    )
    with op.batch_alter_table("outreach_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_session_counsellor_id"), ["counsellor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outreach_session_site_id"), ["site_id"], unique=False)

    # Without the batch mode, which would make the whole table again.
    op.add_column("appointment", sa.Column("mode", sa.String(length=40), nullable=True))
    op.add_column("appointment", sa.Column("place", sa.String(length=300), nullable=True))
    op.add_column("appointment", sa.Column("note", sa.String(length=2000), nullable=True))
    op.create_index("ix_appointment_waiting", "appointment", ["status", "starts_at", "counsellor_id"])


def downgrade() -> None:
    op.drop_index("ix_appointment_waiting", "appointment")
    for name in ("note", "place", "mode"):
        op.drop_column("appointment", name)

    with op.batch_alter_table("outreach_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outreach_session_site_id"))
        batch_op.drop_index(batch_op.f("ix_outreach_session_counsellor_id"))

    op.drop_table("outreach_session")
    with op.batch_alter_table("busy_time", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_busy_time_counsellor_id"))

    op.drop_table("busy_time")
