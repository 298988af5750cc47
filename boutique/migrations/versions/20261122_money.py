"""money: what was asked of financers, and the forecasts of projects."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005money"
down_revision: str | None = "0004plan"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "forecast",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("assumptions", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_forecast_project_id_project"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
    )
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forecast_project_id"), ["project_id"], unique=False)

    op.create_table(
        "scheme_request",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("scheme_code", sa.String(length=40), nullable=True),
        sa.Column("financer", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("asked_eur", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted_eur", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("note", sa.String(length=600), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name=op.f("fk_scheme_request_case_id_accompaniment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_request")),
    )
    with op.batch_alter_table("scheme_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheme_request_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("scheme_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheme_request_case_id"))

    op.drop_table("scheme_request")
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forecast_project_id"))

    op.drop_table("forecast")
