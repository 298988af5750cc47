"""programmes

Agreements with funders, what is charged to them, their targets and participants, and the months declared.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018programmes"
down_revision: str | None = "0017outreach"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("funder", sa.String(length=120), nullable=True),
        sa.Column("agreement", sa.String(length=60), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("alert_days", sa.Integer(), nullable=True),
        sa.Column("amount_eur", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("places_elsewhere", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=600), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_table(
        "co_financing",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("financer", sa.String(length=120), nullable=False),
        sa.Column("amount_eur", sa.Integer(), nullable=False),
        sa.Column("common_law", sa.Boolean(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_co_financing_programme_id_programme"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_financing")),
    )
    with op.batch_alter_table("co_financing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_co_financing_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "correction_reason",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by_id"],
            ["counsellor.id"],
            name=op.f("fk_correction_reason_given_by_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_reason")),
    )
    with op.batch_alter_table("correction_reason", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_reason_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_reason_given_by_id"), ["given_by_id"], unique=False)

    op.create_table(
        "list_model",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("columns", sa.String(length=4000), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_list_model_programme_id_programme"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_model")),
    )
    with op.batch_alter_table("list_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_model_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "locked_month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("locked_at", sa.DateTime(), nullable=False),
        sa.Column("locked_by_id", sa.Uuid(), nullable=True),
        sa.Column("stamp", sa.String(length=40), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("unlocked_at", sa.DateTime(), nullable=True),
        sa.Column("unlocked_by_id", sa.Uuid(), nullable=True),
        sa.Column("unlock_reason", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["attachment_content.id"],
            name=op.f("fk_locked_month_content_id_attachment_content"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["locked_by_id"],
            ["counsellor.id"],
            name=op.f("fk_locked_month_locked_by_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_locked_month_site_id_site"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["unlocked_by_id"],
            ["counsellor.id"],
            name=op.f("fk_locked_month_unlocked_by_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locked_month")),
    )
    with op.batch_alter_table("locked_month", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_locked_month_content_id"), ["content_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_locked_month_locked_by_id"), ["locked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_locked_month_month"), ["month"], unique=False)
        batch_op.create_index(batch_op.f("ix_locked_month_site_id"), ["site_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_locked_month_unlocked_by_id"), ["unlocked_by_id"], unique=False)

    op.create_table(
        "objective",
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("figure", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_objective_programme_id_programme"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
    )
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objective_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index("ix_objective_year", ["year", "programme_id", "figure"], unique=False)

    op.create_table(
        "participation",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("employment_status", sa.String(length=40), nullable=True),
        sa.Column("registration_duration", sa.String(length=40), nullable=True),
        sa.Column("in_training", sa.Boolean(), nullable=True),
        sa.Column("education_level", sa.String(length=40), nullable=True),
        sa.Column("allowances", sa.String(length=400), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("status_after", sa.String(length=40), nullable=True),
        sa.Column("improved", sa.String(length=40), nullable=True),
        sa.Column("unreachable", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name=op.f("fk_participation_case_id_accompaniment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_participation_programme_id_programme"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participation_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participation_programme_id"), ["programme_id"], unique=False)

    with op.batch_alter_table("accompaniment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("programme_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_accompaniment_programme_id"), ["programme_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_accompaniment_programme_id_programme"),
            "programme",
            ["programme_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.add_column(sa.Column("programme_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_interview_programme_id"), ["programme_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_interview_programme_id_programme"),
            "programme",
            ["programme_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )


def downgrade() -> None:
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_interview_programme_id_programme"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_interview_programme_id"))
        batch_op.drop_column("programme_id")

    with op.batch_alter_table("accompaniment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_accompaniment_programme_id_programme"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_accompaniment_programme_id"))
        batch_op.drop_column("programme_id")

    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_programme_id"))
        batch_op.drop_index(batch_op.f("ix_participation_case_id"))

    op.drop_table("participation")
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.drop_index("ix_objective_year")
        batch_op.drop_index(batch_op.f("ix_objective_programme_id"))

    op.drop_table("objective")
    with op.batch_alter_table("locked_month", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_locked_month_unlocked_by_id"))
        batch_op.drop_index(batch_op.f("ix_locked_month_site_id"))
        batch_op.drop_index(batch_op.f("ix_locked_month_month"))
        batch_op.drop_index(batch_op.f("ix_locked_month_locked_by_id"))
        batch_op.drop_index(batch_op.f("ix_locked_month_content_id"))

    op.drop_table("locked_month")
    with op.batch_alter_table("list_model", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_model_programme_id"))

    op.drop_table("list_model")
    with op.batch_alter_table("correction_reason", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_reason_given_by_id"))
        batch_op.drop_index(batch_op.f("ix_correction_reason_action_id"))

    op.drop_table("correction_reason")
    with op.batch_alter_table("co_financing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_co_financing_programme_id"))

    op.drop_table("co_financing")
    op.drop_table("programme")
