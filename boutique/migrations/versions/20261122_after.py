"""End and after: exits, handovers, follow-ups, what is known of a business created, roles of several holders."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009after"
down_revision: str | None = "0008agenda"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "exit",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("employment_status", sa.String(length=40), nullable=True),
        sa.Column("business_created", sa.Boolean(), nullable=True),
        sa.Column("training_entered", sa.Boolean(), nullable=True),
        sa.Column("qualification_obtained", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=600), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name=op.f("fk_exit_case_id_accompaniment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit")),
    )
    with op.batch_alter_table("exit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exit_case_id"), ["case_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("call_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("ceased_on", sa.Date(), nullable=True),
        sa.Column("turnover", sa.String(length=40), nullable=True),
        sa.Column("income", sa.String(length=40), nullable=True),
        sa.Column("jobs", sa.Integer(), nullable=True),
        sa.Column("employment_status", sa.String(length=40), nullable=True),
        sa.Column("needs", sa.String(length=400), nullable=True),
        sa.Column("note", sa.String(length=600), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name=op.f("fk_follow_up_case_id_accompaniment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index("ix_follow_up_calls", ["state", "call_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_case_id"), ["case_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name=op.f("fk_handover_case_id_accompaniment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["counsellor.id"],
            name=op.f("fk_handover_from_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["counsellor.id"],
            name=op.f("fk_handover_to_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_to_id"), ["to_id"], unique=False)

    op.create_table(
        "follow_up_attempt",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("postponed_to", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name=op.f("fk_follow_up_attempt_case_id_accompaniment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_up.id"],
            name=op.f("fk_follow_up_attempt_follow_up_id_follow_up"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_attempt")),
    )
    with op.batch_alter_table("follow_up_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_attempt_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_attempt_follow_up_id"), ["follow_up_id"], unique=False)

    with op.batch_alter_table("business", schema=None) as batch_op:
        batch_op.add_column(sa.Column("siret", sa.String(length=14), nullable=True))
        batch_op.add_column(sa.Column("name", sa.String(length=160), nullable=True))
        batch_op.add_column(sa.Column("legal_form", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("naf_code", sa.String(length=6), nullable=True))
        batch_op.add_column(sa.Column("commune_code", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("located_in_qpv", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("jobs_kept", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("proof", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("verified_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ceased_on", sa.Date(), nullable=True))

    with op.batch_alter_table("project_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("project_member", schema=None) as batch_op:
        batch_op.drop_column("role")

    with op.batch_alter_table("business", schema=None) as batch_op:
        batch_op.drop_column("ceased_on")
        batch_op.drop_column("verified_on")
        batch_op.drop_column("proof")
        batch_op.drop_column("jobs_kept")
        batch_op.drop_column("located_in_qpv")
        batch_op.drop_column("commune_code")
        batch_op.drop_column("naf_code")
        batch_op.drop_column("legal_form")
        batch_op.drop_column("name")
        batch_op.drop_column("siret")

    with op.batch_alter_table("follow_up_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_attempt_follow_up_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_attempt_case_id"))

    op.drop_table("follow_up_attempt")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_to_id"))
        batch_op.drop_index(batch_op.f("ix_handover_from_id"))
        batch_op.drop_index(batch_op.f("ix_handover_case_id"))

    op.drop_table("handover")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_case_id"))
        batch_op.drop_index("ix_follow_up_calls")

    op.drop_table("follow_up")
    with op.batch_alter_table("exit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exit_case_id"))

    op.drop_table("exit")
