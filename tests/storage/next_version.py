"""A version that does not exist yet, to show an upgrade from end to end; run as a program, it can die on the way."""

import os
import shutil
import sys
from pathlib import Path

import boutique.migrations
from boutique.core.paths import DataFolder
from boutique.storage import schema
from boutique.storage.base import open_base

NEXT = "9999next"
DIE_AT = "BOUTIQUE_TEST_DIE_AT"
STEPS = 4
DIED = 9

_SOURCE = """
import os
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{last}"
branch_labels = None
depends_on = None


def step(number):
    if os.environ.get("{die_at}") == str(number):
        os._exit({died})


def upgrade():
    step(1)
    op.create_table("novelty", sa.Column("id", sa.Integer(), primary_key=True))
    step(2)
    op.add_column("setting", sa.Column("colour", sa.String(length=10), nullable=True))
    step(3)
    with op.batch_alter_table("site") as batch:  # rebuilt by copying: cascades would erase its children
        batch.add_column(sa.Column("colour", sa.String(length=10), nullable=False, server_default="bleu"))
        batch.alter_column("name", type_=sa.String(length=300))
    step(4)


def downgrade():
    raise NotImplementedError
"""


def write(folder: Path) -> Path:
    """A copy of the migrations, with one more version."""
    source = Path(boutique.migrations.__path__[0])
    copy = shutil.copytree(source, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    text = _SOURCE.format(next=NEXT, last=schema.head(), die_at=DIE_AT, died=DIED)
    (copy / "versions" / "next_version.py").write_text(text, encoding="utf-8")
    return copy


def main(migrations: str, root: str, key: str) -> None:
    boutique.migrations.__path__[:] = [migrations]
    schema.versions.cache_clear()
    open_base(DataFolder(Path(root)), bytes.fromhex(key)).close()


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)
