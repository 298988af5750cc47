"""Figures: narrower indexes for what is counted, one that covers the profile of people.

A place, a counsellor or a programme is looked up in its own index: what is read for every figure goes without them.
"""

from alembic import op

revision = "0026figures"
down_revision = "0025external"
branch_labels = None
depends_on = None

_PROFILE = [
    "gender", "birth_date", "employment_status", "registration_duration", "education_level", "allowances",
    "lives_in_qpv", "commune_code",
]  # fmt: skip
_NARROWED = {
    "passage": (["happened_on", "person_id"], ["happened_on", "person_id", "case_id", "site_id"]),
    "interview": (
        ["held_on", "case_id", "type", "attended", "minutes"],
        ["held_on", "case_id", "type", "attended", "minutes", "site_id"],
    ),
    "referral": (
        ["made_on", "status", "case_id", "answered_on"],
        ["made_on", "status", "case_id", "answered_on", "site_id"],
    ),
}


def upgrade() -> None:
    for table, (narrow, _wide) in _NARROWED.items():
        _replace(table, narrow)
    op.create_index("ix_person_profile", "person", _PROFILE)


def downgrade() -> None:
    op.drop_index("ix_person_profile", "person")
    for table, (_narrow, wide) in _NARROWED.items():
        _replace(table, wide)


def _replace(table: str, columns: list[str]) -> None:
    op.drop_index(f"ix_{table}_activity", table)
    op.create_index(f"ix_{table}_activity", table, columns)
