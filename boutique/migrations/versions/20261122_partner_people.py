"""partner people

The contacts of a partner are people of their own (one of them may be whom a referral is addressed to), and absences
are dated. What was « Personne à contacter » on a sheet becomes its first contact.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022people"
down_revision = "0021funders"
branch_labels = None
depends_on = None

_CONTACTS = """
INSERT INTO partner_contact (id, partner_id, name, role, created_at, updated_at, version)
SELECT lower(hex(randomblob(16))), id, coalesce(contact_name, contact_role),
       CASE WHEN contact_name IS NULL THEN NULL ELSE contact_role END, created_at, updated_at, 1
FROM partner WHERE coalesce(contact_name, contact_role) IS NOT NULL
"""
# A name that an erasure must find: the journal no longer has it under the sheet.
_JOURNAL = """
UPDATE change SET fields = json_remove(fields, '$.contact_name', '$.contact_role')
WHERE entity = 'partner' AND (fields LIKE '%"contact_name"%' OR fields LIKE '%"contact_role"%')
"""
_FIRST = """
UPDATE partner SET
 contact_name = (SELECT name FROM partner_contact c WHERE c.partner_id = partner.id ORDER BY c.id LIMIT 1),
 contact_role = (SELECT role FROM partner_contact c WHERE c.partner_id = partner.id ORDER BY c.id LIMIT 1)
"""


def upgrade() -> None:
    op.create_table(
        "partner_contact",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("themes", sa.String(length=400), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        *_record(),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name="fk_partner_contact_partner_id_partner", initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_partner_contact"),
    )  # fmt: skip
    op.create_index("ix_partner_contact_partner_id", "partner_contact", ["partner_id"])
    op.create_table(
        "partner_absence",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=True),
        sa.Column("replacement", sa.String(length=200), nullable=True),
        *_record(),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name="fk_partner_absence_contact_id_partner_contact",
            initially="DEFERRED", deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name="fk_partner_absence_partner_id_partner", initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_partner_absence"),
    )  # fmt: skip
    op.create_index("ix_partner_absence_partner_id", "partner_absence", ["partner_id"])
    op.create_index("ix_partner_absence_contact_id", "partner_absence", ["contact_id"])
    op.execute(_CONTACTS)
    op.execute(_JOURNAL)
    op.drop_column("partner", "contact_name")
    op.drop_column("partner", "contact_role")
    with op.batch_alter_table("referral") as batch:
        batch.add_column(sa.Column("contact_id", sa.Uuid(), nullable=True))
        batch.create_index("ix_referral_contact_id", ["contact_id"])
        batch.create_foreign_key(
            "fk_referral_contact_id_partner_contact", "partner_contact", ["contact_id"], ["id"], initially="DEFERRED",
            deferrable=True,
        )  # fmt: skip


def downgrade() -> None:
    with op.batch_alter_table("referral") as batch:
        batch.drop_constraint("fk_referral_contact_id_partner_contact", type_="foreignkey")
        batch.drop_index("ix_referral_contact_id")
        batch.drop_column("contact_id")
    with op.batch_alter_table("partner", recreate="always") as batch:
        batch.add_column(sa.Column("contact_name", sa.String(length=160), nullable=True), insert_after="website")
        batch.add_column(sa.Column("contact_role", sa.String(length=120), nullable=True), insert_after="contact_name")
    op.execute(_FIRST)
    op.drop_table("partner_absence")
    op.drop_table("partner_contact")


def _record() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
