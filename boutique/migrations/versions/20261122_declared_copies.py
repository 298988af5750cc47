"""declared copies

The workbook of a declared month is kept as .ods and .csv too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028declaredcopies"
down_revision = "0027ownfigures"
branch_labels = None
depends_on = None

_COPIES = ("ods_id", "csv_id")


def upgrade() -> None:
    with op.batch_alter_table("locked_month", schema=None) as batch_op:
        for name in _COPIES:
            batch_op.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_locked_month_{name}"), [name], unique=False)
            batch_op.create_foreign_key(
                batch_op.f(f"fk_locked_month_{name}_attachment_content"),
                "attachment_content",
                [name],
                ["id"],
                initially="DEFERRED",
                deferrable=True,
            )


def downgrade() -> None:
    with op.batch_alter_table("locked_month", schema=None) as batch_op:
        for name in _COPIES:
            batch_op.drop_constraint(batch_op.f(f"fk_locked_month_{name}_attachment_content"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_locked_month_{name}"))
            batch_op.drop_column(name)
