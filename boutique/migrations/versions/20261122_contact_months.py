"""contact months

How long a structure keeps the names of people who never had a file.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030contactmonths"
down_revision = "0029figureindexes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("structure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_months", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("structure", schema=None) as batch_op:
        batch_op.drop_column("contact_months")
