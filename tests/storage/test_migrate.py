"""Bringing a base up to date: wholly or not at all, after a backup; a newer base is refused untouched."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import boutique.migrations
from boutique.core import files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.storage import backup, migrate, schema
from boutique.storage.base import create_base, open_base
from boutique.storage.database import Database
from tests.storage import next_version
from tests.storage.conftest import KEY
from tests.storage.test_migrations import fill, rows, structure

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def older(folder: DataFolder) -> DataFolder:
    """A base with one row in each table, closed."""
    base = create_base(folder, KEY)
    fill(base)
    base.close()
    return folder


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """From here on this program knows one more version."""
    migrations = next_version.write(tmp_path)
    monkeypatch.setattr(boutique.migrations, "__path__", [str(migrations)])
    schema.versions.cache_clear()
    yield migrations
    schema.versions.cache_clear()


def sha(folder: DataFolder) -> str:
    return hashlib.sha256(folder.database.read_bytes()).hexdigest()


def content(folder: DataFolder) -> tuple[object, object]:
    base = Database(folder.database, KEY)
    found = (structure(base), rows(base))
    base.close()
    return found


def version(folder: DataFolder) -> str | None:
    base = Database(folder.database, KEY)
    with base.raw() as connection:
        found = schema.current(connection)
    base.close()
    return found


def open_in_another_process(folder: DataFolder, migrations: Path, die_at: int | None) -> int:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    if die_at is not None:
        environment[next_version.DIE_AT] = str(die_at)
    command = [sys.executable, "-m", "tests.storage.next_version", str(migrations), str(folder.root), KEY.hex()]
    return subprocess.run(command, env=environment, check=False, cwd=PROJECT).returncode


def test_an_up_to_date_base_is_not_touched(older: DataFolder) -> None:
    base = open_base(older, KEY)
    assert migrate.upgrade(base, older) is False
    base.close()
    assert backup.listed(older) == []


def test_opening_an_up_to_date_base_does_not_import_alembic(older: DataFolder) -> None:
    program = (
        "import sys; from pathlib import Path; from boutique.core.paths import DataFolder;"
        "from boutique.storage.base import open_base;"
        f"open_base(DataFolder(Path({str(older.root)!r})), bytes.fromhex({KEY.hex()!r})).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=PROJECT).returncode == 0


def test_an_older_base_is_saved_then_upgraded_with_every_row(older: DataFolder, newer_program: Path) -> None:
    before = content(older)[1]
    base = open_base(older, KEY)
    assert isinstance(before, dict)
    after = rows(base)
    assert {name: len(kept) for name, kept in after.items() if name != "novelty"} == {
        name: len(kept) for name, kept in before.items()
    }
    with base.reader() as session:
        assert session.scalar(text("SELECT colour FROM site")) == "bleu"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    base.close()
    (made,) = backup.listed(older)
    assert made.reason == migrate.REASON
    assert made.schema != next_version.NEXT
    backup.verify(made, KEY)


@pytest.mark.parametrize("step", range(1, next_version.STEPS + 1))
def test_a_program_killed_while_upgrading_leaves_the_older_base_whole_and_may_try_again(
    older: DataFolder, newer_program: Path, step: int
) -> None:
    before = content(older)
    assert open_in_another_process(older, newer_program, step) == next_version.DIED
    assert content(older) == before
    assert version(older) != next_version.NEXT
    assert open_in_another_process(older, newer_program, None) == 0
    assert version(older) == next_version.NEXT


def test_a_failing_step_leaves_the_older_base(older: DataFolder, newer_program: Path) -> None:
    before = content(older)
    file = newer_program / "versions" / "next_version.py"
    file.write_text(file.read_text().replace("step(4)", "op.drop_column('setting', 'absent')"))
    with pytest.raises(Exception, match="no such column"):
        open_base(older, KEY)
    assert content(older) == before


def test_a_step_that_breaks_links_is_undone(older: DataFolder, newer_program: Path) -> None:
    base = Database(older.database, KEY)
    with base.raw() as connection:
        connection.execute("PRAGMA foreign_keys=off")
        for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table'").fetchall():
            if not name.startswith(("sqlite_", "alembic_")):
                connection.execute(f'DELETE FROM "{name}"')
    base.close()
    file = newer_program / "versions" / "next_version.py"
    orphan = (
        "op.execute('CREATE TABLE orphan(site_id TEXT REFERENCES site(id))'); "
        "op.execute(\"INSERT INTO orphan VALUES ('x')\")"
    )
    file.write_text(file.read_text().replace("step(4)", orphan))
    before = content(older)
    with pytest.raises(UserError, match="abîmée"):
        open_base(older, KEY)
    assert content(older) == before


def test_a_newer_base_is_refused_and_unchanged(older: DataFolder) -> None:
    base = Database(older.database, KEY)
    with base.raw() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999next'")
    base.close()
    before = sha(older)
    for _ in range(2):
        with pytest.raises(UserError, match="version plus récente de Boutique"):
            open_base(older, KEY)
    assert sha(older) == before
    assert backup.listed(older) == []


def test_an_encrypted_file_of_another_program_is_refused(folder: DataFolder) -> None:
    folder.root.mkdir()
    base = Database(folder.database, KEY, create=True)
    with base.raw() as connection:
        connection.execute("CREATE TABLE other(a)")
    base.close()
    before = sha(folder)
    with pytest.raises(UserError, match="n’est pas une base Boutique"):
        open_base(folder, KEY)
    assert sha(folder) == before


def test_without_room_the_base_is_left_as_it_was(
    older: DataFolder, newer_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(older)
    monkeypatch.setattr(files, "free_bytes", lambda _folder: 1000)
    with pytest.raises(UserError, match="pas assez de place"):
        open_base(older, KEY)
    assert content(older) == before


def test_a_read_only_older_base_says_where_to_put_it(
    older: DataFolder, newer_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sha(older)
    monkeypatch.setattr(files, "writable", lambda _folder: False)
    with pytest.raises(UserError, match="lecture seule"):
        open_base(older, KEY)
    assert sha(older) == before


def test_an_interrupted_first_start_is_finished_by_the_next(folder: DataFolder) -> None:
    folder.root.mkdir()
    Database(folder.database, KEY, create=True).close()
    base = open_base(folder, KEY)
    with base.raw() as connection:
        assert schema.current(connection) == schema.head()
    base.close()
    assert backup.listed(folder) == []


def test_a_file_that_is_no_version_is_left_out(newer_program: Path) -> None:
    (newer_program / "versions" / "notes.py").write_text("# rien\n")
    schema.versions.cache_clear()
    assert schema.head() == next_version.NEXT
