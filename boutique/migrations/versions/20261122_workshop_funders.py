"""Modules and sessions of workshops are charged to a programme."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021funders"
down_revision: str | None = "0020proposals"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("programme_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_workshop_programme_id"), ["programme_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_workshop_programme_id_programme"),
            "programme",
            ["programme_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("workshop_module", schema=None) as batch_op:
        batch_op.add_column(sa.Column("programme_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_workshop_module_programme_id"), ["programme_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_workshop_module_programme_id_programme"),
            "programme",
            ["programme_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )


def downgrade() -> None:
    with op.batch_alter_table("workshop_module", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_workshop_module_programme_id_programme"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_workshop_module_programme_id"))
        batch_op.drop_column("programme_id")

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_workshop_programme_id_programme"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_workshop_programme_id"))
        batch_op.drop_column("programme_id")
