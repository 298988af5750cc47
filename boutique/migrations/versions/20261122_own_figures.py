"""own figures

Indicators that a structure draws up itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027ownfigures"
down_revision = "0026figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_figure",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("counted", sa.String(length=20), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_figure")),
    )


def downgrade() -> None:
    op.drop_table("own_figure")
