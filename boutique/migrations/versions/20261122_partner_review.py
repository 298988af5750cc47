"""partner review

How a partner is reached, whether it is our own, on what basis it is listed, and when its sheet is due again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014review"
down_revision = "0013publics"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("partner", sa.Column("internal", sa.Boolean(), nullable=True))
    op.add_column("partner", sa.Column("access", sa.String(300), nullable=True))
    op.add_column("partner", sa.Column("review_months", sa.Integer(), nullable=True))
    op.add_column("partner", sa.Column("legal_basis", sa.String(200), nullable=True))


def downgrade() -> None:
    for name in ("legal_basis", "review_months", "access", "internal"):
        op.drop_column("partner", name)
