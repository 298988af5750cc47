"""covering indexes

What the figures and the reminders read for every file comes from indexes alone, not from rows with their texts.
"""

from alembic import op

revision = "0003covering"
down_revision = "0002search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_accompaniment_holder", "accompaniment", ["id", "person_id"])
    op.create_index(
        "ix_interview_activity", "interview", ["held_on", "case_id", "type", "attended", "minutes", "site_id"]
    )
    op.drop_index("ix_interview_held_on", "interview")
    op.create_index("ix_passage_activity", "passage", ["happened_on", "person_id", "case_id", "site_id"])
    op.drop_index("ix_passage_happened_on", "passage")
    op.create_index("ix_referral_activity", "referral", ["made_on", "status", "case_id", "answered_on", "site_id"])
    op.drop_index("ix_referral_made_on", "referral")
    op.create_index("ix_referral_status", "referral", ["status"])
    op.create_index("ix_referral_event_wait", "referral_event", ["referral_id", "status", "reminder", "happened_on"])


def downgrade() -> None:
    op.drop_index("ix_referral_event_wait", "referral_event")
    op.create_index("ix_referral_made_on", "referral", ["made_on"])
    op.drop_index("ix_referral_status", "referral")
    op.drop_index("ix_referral_activity", "referral")
    op.create_index("ix_passage_happened_on", "passage", ["happened_on"])
    op.drop_index("ix_passage_activity", "passage")
    op.create_index("ix_interview_held_on", "interview", ["held_on"])
    op.drop_index("ix_interview_activity", "interview")
    op.drop_index("ix_accompaniment_holder", "accompaniment")
