"""action plan

The goal of a file's action plan; what an action waits for, must watch, brings, and the partner it counts on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004plan"
down_revision = "0003covering"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action_plan",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("target_phase", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name="fk_action_plan_case_id_accompaniment",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_action_plan"),
    )
    op.create_index("ix_action_plan_case_id", "action_plan", ["case_id"])
    with op.batch_alter_table("action") as batch:
        for column in ("prerequisite", "vigilance", "result"):
            batch.add_column(sa.Column(column, sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("partner_id", sa.Uuid(), nullable=True))
        batch.create_index("ix_action_partner_id", ["partner_id"])
        batch.create_foreign_key(
            "fk_action_partner_id_partner", "partner", ["partner_id"], ["id"], initially="DEFERRED", deferrable=True
        )


def downgrade() -> None:
    with op.batch_alter_table("action") as batch:
        batch.drop_constraint("fk_action_partner_id_partner", type_="foreignkey")
        batch.drop_index("ix_action_partner_id")
        for column in ("partner_id", "result", "vigilance", "prerequisite"):
            batch.drop_column(column)
    op.drop_index("ix_action_plan_case_id", "action_plan")
    op.drop_table("action_plan")
