"""external sources: figures that partners gave, kept apart from ours."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025external"
down_revision: str | None = "0024answers"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "external_source",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("origin", sa.String(length=160), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("legal_basis", sa.String(length=200), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_source")),
    )


def downgrade() -> None:
    op.drop_table("external_source")
