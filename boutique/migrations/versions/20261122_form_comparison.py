"""form comparison

What was answered in the comparison of legal forms of a file.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011legal"
down_revision = "0010pieces"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_comparison",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("importance", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name="fk_form_comparison_case_id_accompaniment",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_form_comparison"),
    )
    op.create_index("ix_form_comparison_case_id", "form_comparison", ["case_id"])


def downgrade() -> None:
    op.drop_index("ix_form_comparison_case_id", "form_comparison")
    op.drop_table("form_comparison")
