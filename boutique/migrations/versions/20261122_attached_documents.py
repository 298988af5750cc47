"""attached documents

Documents of a file with their bytes apart, in chunks, and the checklist of pieces.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010pieces"
down_revision: str | None = "0009after"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "attachment_content",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("unused_since", sa.Date(), nullable=True),
        sa.Column("unused_seen", sa.Date(), nullable=True),
        sa.Column("unused_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_content")),
    )
    with op.batch_alter_table("attachment_content", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_content_sha256"), ["sha256"], unique=False)

    op.create_table(
        "attachment_chunk",
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["attachment_content.id"], name=op.f("fk_attachment_chunk_content_id_attachment_content")
        ),
        sa.PrimaryKeyConstraint("content_id", "number", name=op.f("pk_attachment_chunk")),
    )
    op.create_table(
        "attachment",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("step_code", sa.String(length=12), nullable=True),
        sa.Column("piece_code", sa.String(length=40), nullable=True),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["counsellor.id"],
            name=op.f("fk_attachment_added_by_id_counsellor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name=op.f("fk_attachment_case_id_accompaniment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["attachment_content.id"],
            name=op.f("fk_attachment_content_id_attachment_content"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_added_by_id"), ["added_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_content_id"), ["content_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)

    op.create_table(
        "piece_progress",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("piece_code", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["accompaniment.id"],
            name=op.f("fk_piece_progress_case_id_accompaniment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_progress")),
    )
    with op.batch_alter_table("piece_progress", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_piece_progress_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("piece_progress", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_piece_progress_case_id"))

    op.drop_table("piece_progress")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_sha256"))
        batch_op.drop_index(batch_op.f("ix_attachment_content_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_case_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_added_by_id"))

    op.drop_table("attachment")
    op.drop_table("attachment_chunk")
    with op.batch_alter_table("attachment_content", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_content_sha256"))

    op.drop_table("attachment_content")
