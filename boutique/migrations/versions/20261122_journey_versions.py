"""journey versions

Journeys that a structure edits, the phase of its own in which a file stands, and what is noted of each step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007journey"
down_revision = "0006diagnosis"
branch_labels = None
depends_on = None

_WITH_OWN_PHASE = ("accompaniment", "interview", "phase_change")
_STEP_DATES = ("due_on", "deliverable_on", "criterion_on")


def upgrade() -> None:
    op.create_table(
        "journey_version",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_version")),
        sa.UniqueConstraint("code", name=op.f("uq_journey_version_code")),
    )
    for table in _WITH_OWN_PHASE:
        op.add_column(table, sa.Column("journey_phase", sa.String(length=20), nullable=True))
    for column in _STEP_DATES:
        op.add_column("step_progress", sa.Column(column, sa.Date(), nullable=True))


def downgrade() -> None:
    for column in reversed(_STEP_DATES):
        op.drop_column("step_progress", column)
    for table in _WITH_OWN_PHASE:
        op.drop_column(table, "journey_phase")
    op.drop_table("journey_version")
