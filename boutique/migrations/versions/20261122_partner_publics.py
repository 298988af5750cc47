"""partner publics

What a sheet of the directory shares with data·inclusion: SIRET, publics, conditions of access, cost.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013publics"
down_revision = "0012late"
branch_labels = None
depends_on = None

_COLUMNS = {"siret": 14, "publics": 400, "eligibility": 500, "cost": 200}


def upgrade() -> None:
    for name, length in _COLUMNS.items():
        op.add_column("partner", sa.Column(name, sa.String(length), nullable=True))


def downgrade() -> None:
    for name in reversed(_COLUMNS):
        op.drop_column("partner", name)
