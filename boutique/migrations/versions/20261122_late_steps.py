"""late steps

Steps whose date has passed are looked for each time Aujourd’hui shows: not among all those of all files.
"""

from alembic import op

revision = "0012late"
down_revision = "0011legal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_step_progress_due_on", "step_progress", ["due_on"])


def downgrade() -> None:
    op.drop_index("ix_step_progress_due_on", "step_progress")
