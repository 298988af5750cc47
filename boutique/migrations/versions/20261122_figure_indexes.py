"""figure indexes

The days that figures count by come from indexes alone: ends of files, plans, expected answers, first files.
"""

from alembic import op

revision = "0029figureindexes"
down_revision = "0028declaredcopies"
branch_labels = None
depends_on = None

_ACTIVITY = ["made_on", "status", "case_id", "answered_on"]
_PASSAGE = ["happened_on", "person_id"]
_HOLDER = ["id", "person_id"]


def upgrade() -> None:
    op.create_index("ix_accompaniment_closed_on", "accompaniment", ["closed_on"])
    op.create_index("ix_accompaniment_span", "accompaniment", ["opened_on", "closed_on"])
    op.create_index("ix_accompaniment_first", "accompaniment", ["project_id", "opened_on", "reference"])
    op.drop_index("ix_accompaniment_opened_on", "accompaniment")
    op.drop_index("ix_accompaniment_project_id", "accompaniment")
    op.create_index("ix_step_progress_done", "step_progress", ["step_code", "deliverable_on", "done_on", "case_id"])
    op.create_index("ix_phase_change_entered", "phase_change", ["entered_on", "case_id"])
    op.drop_index("ix_referral_activity", "referral")
    op.create_index("ix_referral_activity", "referral", [*_ACTIVITY, "expected_on"])
    op.drop_index("ix_passage_activity", "passage")
    op.create_index("ix_passage_activity", "passage", [*_PASSAGE, "channel"])
    op.drop_index("ix_accompaniment_holder", "accompaniment")
    op.create_index("ix_accompaniment_holder", "accompaniment", [*_HOLDER, "reference"])


def downgrade() -> None:
    op.drop_index("ix_accompaniment_holder", "accompaniment")
    op.create_index("ix_accompaniment_holder", "accompaniment", _HOLDER)
    op.drop_index("ix_passage_activity", "passage")
    op.create_index("ix_passage_activity", "passage", _PASSAGE)
    op.drop_index("ix_referral_activity", "referral")
    op.create_index("ix_referral_activity", "referral", _ACTIVITY)
    op.drop_index("ix_phase_change_entered", "phase_change")
    op.drop_index("ix_step_progress_done", "step_progress")
    op.create_index("ix_accompaniment_project_id", "accompaniment", ["project_id"])
    op.create_index("ix_accompaniment_opened_on", "accompaniment", ["opened_on"])
    op.drop_index("ix_accompaniment_first", "accompaniment")
    op.drop_index("ix_accompaniment_span", "accompaniment")
    op.drop_index("ix_accompaniment_closed_on", "accompaniment")
