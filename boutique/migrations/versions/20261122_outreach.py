"""Out of doors: dated permanences, visits to businesses with what follows and their number, meetings with partners."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017outreach"
down_revision: str | None = "0016territories"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "known_businesses",
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_businesses")),
    )
    with op.batch_alter_table("known_businesses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_businesses_commune_code"), ["commune_code"], unique=False)

    op.create_table(
        "partner_meeting",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("counsellor_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("with_whom", sa.String(length=160), nullable=True),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("follow_up", sa.String(length=300), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("follow_up_done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_partner_meeting_counsellor_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_partner_meeting_partner_id_partner"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_partner_meeting_site_id_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_meeting")),
    )
    with op.batch_alter_table("partner_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_meeting_counsellor_id"), ["counsellor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partner_meeting_met_on"), ["met_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_partner_meeting_partner_id"), ["partner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partner_meeting_site_id"), ["site_id"], unique=False)

    op.create_table(
        "business_visit",
        sa.Column("counsellor_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("business_id", sa.Uuid(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("siren", sa.String(length=9), nullable=True),
        sa.Column("commune_code", sa.String(length=5), nullable=True),
        sa.Column("naf_code", sa.String(length=6), nullable=True),
        sa.Column("size", sa.String(length=40), nullable=True),
        sa.Column("contact_name", sa.String(length=160), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("needs", sa.String(length=400), nullable=True),
        sa.Column("note", sa.String(length=4000), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["business.id"],
            name=op.f("fk_business_visit_business_id_business"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_business_visit_counsellor_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_business_visit_site_id_site"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_visit")),
    )
    with op.batch_alter_table("business_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_business_visit_business_id"), ["business_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_business_visit_counsellor_id"), ["counsellor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_business_visit_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_business_visit_site_id"), ["site_id"], unique=False)
        batch_op.create_index("ix_business_visit_visited", ["visited_on", "commune_code"], unique=False)

    op.create_table(
        "outreach_day",
        sa.Column("rule_id", sa.Uuid(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("counsellor_id", sa.Uuid(), nullable=True),
        sa.Column("opens_at", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("host", sa.String(length=160), nullable=True),
        sa.Column("commune_code", sa.String(length=5), nullable=True),
        sa.Column("located_in_qpv", sa.String(length=40), nullable=True),
        sa.Column("qpv_code", sa.String(length=20), nullable=True),
        sa.Column("walk_ins", sa.Integer(), nullable=True),
        sa.Column("offline", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("cancel_reason", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_outreach_day_counsellor_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["outreach_session.id"],
            name=op.f("fk_outreach_day_rule_id_outreach_session"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_outreach_day_site_id_site"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_day")),
    )
    with op.batch_alter_table("outreach_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_day_counsellor_id"), ["counsellor_id"], unique=False)
        batch_op.create_index("ix_outreach_day_held", ["held_on", "state", "site_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outreach_day_rule_id"), ["rule_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outreach_day_site_id"), ["site_id"], unique=False)

    op.create_table(
        "visit_action",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["business_visit.id"],
            name=op.f("fk_visit_action_visit_id_business_visit"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_action")),
    )
    with op.batch_alter_table("visit_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_action_visit_id"), ["visit_id"], unique=False)
        batch_op.create_index("ix_visit_action_waiting", ["done_on", "due_on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("visit_action", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_action_waiting")
        batch_op.drop_index(batch_op.f("ix_visit_action_visit_id"))

    op.drop_table("visit_action")
    with op.batch_alter_table("outreach_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outreach_day_site_id"))
        batch_op.drop_index(batch_op.f("ix_outreach_day_rule_id"))
        batch_op.drop_index("ix_outreach_day_held")
        batch_op.drop_index(batch_op.f("ix_outreach_day_counsellor_id"))

    op.drop_table("outreach_day")
    with op.batch_alter_table("business_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_business_visit_visited")
        batch_op.drop_index(batch_op.f("ix_business_visit_site_id"))
        batch_op.drop_index(batch_op.f("ix_business_visit_name_key"))
        batch_op.drop_index(batch_op.f("ix_business_visit_counsellor_id"))
        batch_op.drop_index(batch_op.f("ix_business_visit_business_id"))

    op.drop_table("business_visit")
    with op.batch_alter_table("partner_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_meeting_site_id"))
        batch_op.drop_index(batch_op.f("ix_partner_meeting_partner_id"))
        batch_op.drop_index(batch_op.f("ix_partner_meeting_met_on"))
        batch_op.drop_index(batch_op.f("ix_partner_meeting_counsellor_id"))

    op.drop_table("partner_meeting")
    with op.batch_alter_table("known_businesses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_businesses_commune_code"))

    op.drop_table("known_businesses")
