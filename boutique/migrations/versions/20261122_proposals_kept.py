"""proposals kept

What was proposed and not chosen, why a structure was chosen against the proposals, and when silent referrals expire.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020proposals"
down_revision = "0019outreach"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposed_partner",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("subject_code", sa.String(60), nullable=True),
        sa.Column("rules", sa.String(length=400), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("set_aside", sa.String(40), nullable=True),
        sa.Column("counsellor_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposed_partner"),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"],
                [f"{target}.id"],
                name=f"fk_proposed_partner_{name}_id_{target}",
                initially="DEFERRED",
                deferrable=True,
            )
            for name, target in _POINTS_TO
        ),
    )
    for name, _ in _POINTS_TO:
        op.create_index(f"ix_proposed_partner_{name}_id", "proposed_partner", [f"{name}_id"])
    op.create_index("ix_proposed_partner_period", "proposed_partner", ["shown_on", "partner_id", "case_id", "chosen"])
    op.add_column("referral", sa.Column("override_code", sa.String(40), nullable=True))
    op.add_column("referral", sa.Column("override_note", sa.String(300), nullable=True))
    op.add_column("structure", sa.Column("expiry_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("structure", "expiry_days")
    op.drop_column("referral", "override_note")
    op.drop_column("referral", "override_code")
    op.drop_table("proposed_partner")


_POINTS_TO = (("case", "accompaniment"), ("partner", "partner"), ("counsellor", "counsellor"), ("site", "site"))
