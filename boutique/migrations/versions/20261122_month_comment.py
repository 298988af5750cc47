"""month comment

What the coordinator says of a month and of its figures, written in the workbook.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023comment"
down_revision = "0022people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "month_comment",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("figure", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_month_comment_site_id_site"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_comment")),
    )
    with op.batch_alter_table("month_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_month_comment_month"), ["month"], unique=False)
        batch_op.create_index(batch_op.f("ix_month_comment_site_id"), ["site_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("month_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_month_comment_site_id"))
        batch_op.drop_index(batch_op.f("ix_month_comment_month"))

    op.drop_table("month_comment")
