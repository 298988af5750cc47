"""territories: groupings of communes that the structure draws, and what they are made of."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016territories"
down_revision: str | None = "0015workshops"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "territory",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory")),
        sa.UniqueConstraint("code", name=op.f("uq_territory_code")),
    )
    op.create_table(
        "territory_part",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["territory_id"],
            ["territory.id"],
            name=op.f("fk_territory_part_territory_id_territory"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory_part")),
    )
    with op.batch_alter_table("territory_part", schema=None) as batch_op:
        batch_op.create_index("ix_territory_part_level_code", ["level", "code"], unique=False)
        batch_op.create_index(batch_op.f("ix_territory_part_territory_id"), ["territory_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("territory_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_part_territory_id"))
        batch_op.drop_index("ix_territory_part_level_code")

    op.drop_table("territory_part")
    op.drop_table("territory")
