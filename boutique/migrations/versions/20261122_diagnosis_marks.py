"""diagnosis marks

A diagnosis is dated, belongs to a file, and holds one row a criterion; the grids used are kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006diagnosis"
down_revision = "0005money"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diagnosis_grid",
        sa.Column("version", sa.String(length=60), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_diagnosis_grid")),
    )
    with op.batch_alter_table("diagnosis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("case_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("counsellor_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("made_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("comment", sa.String(length=5000), nullable=True))
        batch_op.add_column(sa.Column("grid_version", sa.String(length=60), nullable=True))
    # Those that were there were made the day they were written, and no grid was asked for.
    op.execute("UPDATE diagnosis SET made_on = date(created_at), grid_version = ''")
    with op.batch_alter_table("diagnosis", schema=None) as batch_op:
        batch_op.alter_column("made_on", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("grid_version", existing_type=sa.String(length=60), nullable=False)
        batch_op.create_index(batch_op.f("ix_diagnosis_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_diagnosis_counsellor_id"), ["counsellor_id"], unique=False)
        batch_op.create_index("ix_diagnosis_latest", ["project_id", "made_on"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_diagnosis_case_id_accompaniment"),
            "accompaniment",
            ["case_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_diagnosis_counsellor_id_counsellor"),
            "counsellor",
            ["counsellor_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )
    op.create_table(
        "diagnosis_mark",
        sa.Column("diagnosis_id", sa.Uuid(), nullable=False),
        sa.Column("criterion", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("fact", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_diagnosis_mark_diagnosis_id_diagnosis"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis_mark")),
    )
    with op.batch_alter_table("diagnosis_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_diagnosis_mark_diagnosis_id"), ["diagnosis_id"], unique=False)


def downgrade() -> None:
    op.drop_table("diagnosis_mark")
    with op.batch_alter_table("diagnosis", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_diagnosis_counsellor_id_counsellor"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_diagnosis_case_id_accompaniment"), type_="foreignkey")
        batch_op.drop_index("ix_diagnosis_latest")
        batch_op.drop_index(batch_op.f("ix_diagnosis_counsellor_id"))
        batch_op.drop_index(batch_op.f("ix_diagnosis_case_id"))
        batch_op.drop_column("grid_version")
        batch_op.drop_column("comment")
        batch_op.drop_column("made_on")
        batch_op.drop_column("counsellor_id")
        batch_op.drop_column("case_id")
    op.drop_table("diagnosis_grid")
