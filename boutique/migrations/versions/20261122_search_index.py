"""search index

The full-text index: newest row number first, deleted text wiped at once (a contentless one would only mark it).
"""

from alembic import op

revision = "0002search"
down_revision = "0001first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5(name, contact, place, project, "
        "detail=column, prefix='1 2 3', tokenize=\"unicode61 remove_diacritics 2 tokenchars '@._-'\")"
    )
    op.execute("INSERT INTO search(search, rank) VALUES ('secure-delete', 1)")


def downgrade() -> None:
    op.execute("DROP TABLE search")
