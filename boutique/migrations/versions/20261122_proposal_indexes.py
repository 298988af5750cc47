"""proposal indexes

Who covers a commune and how structures answered, from indexes alone: the list of proposals follows each answer.
"""

from alembic import op

revision = "0024answers"
down_revision = "0023comment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_referral_answers", "referral", ["partner_id", "status", "made_on", "answered_on"])
    op.create_index("ix_partner_territory_covers", "partner_territory", ["level", "code", "partner_id"])
    op.drop_index("ix_partner_territory_level_code", table_name="partner_territory")


def downgrade() -> None:
    op.create_index("ix_partner_territory_level_code", "partner_territory", ["level", "code"])
    op.drop_index("ix_partner_territory_covers", table_name="partner_territory")
    op.drop_index("ix_referral_answers", table_name="referral")
