"""What the health check says of a sound base and of each thing that may go wrong."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from boutique.core import clock, files
from boutique.core.paths import DataFolder
from boutique.storage import backup, check
from boutique.storage.check import State
from boutique.storage.database import Database
from tests.storage.conftest import KEY


def states(base: Database) -> dict[str, State]:
    return {finding.name: finding.state for finding in check.check(base)}


def bad(base: Database) -> dict[str, State]:
    return {name: state for name, state in states(base).items() if state is not State.OK}


def test_a_sound_and_saved_base_has_nothing_to_say(base: Database, folder: DataFolder) -> None:
    backup.make(base, folder, "essai")
    assert bad(base) == {}
    assert all(finding.sentence.endswith(".") for finding in check.check(base))


def test_a_base_never_saved_is_a_warning(base: Database) -> None:
    assert bad(base) == {"Sauvegarde": State.WARNING}


@pytest.mark.parametrize(
    ("later", "state"),
    [(timedelta(days=6), State.OK), (timedelta(days=7), State.PROBLEM), (timedelta(days=-400), State.WARNING)],
)
def test_an_old_or_impossible_backup_date_is_told(
    base: Database, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, later: timedelta, state: State
) -> None:
    made = backup.make(base, folder, "essai")
    monkeypatch.setattr(clock, "now", lambda: made.made_at + later)
    assert states(base)["Sauvegarde"] is state


def test_a_changed_page_is_found(base: Database, folder: DataFolder) -> None:
    with base.session() as session:
        session.execute(text("INSERT INTO setting(name, content) VALUES ('a', :c)"), {"c": "x" * 200_000})
    base.close()
    content = bytearray(folder.database.read_bytes())
    content[-2000] ^= 1
    folder.database.write_bytes(content)
    damaged = Database(folder.database, KEY)
    assert states(damaged)["Chiffrement"] is State.PROBLEM
    assert states(damaged)["Structure"] is State.PROBLEM
    damaged.close()


def test_a_full_log_is_not_taken_for_damage(base: Database, folder: DataFolder) -> None:
    with base.session() as session:
        session.execute(text("INSERT INTO setting(name, content) VALUES ('a', 'b')"))
    assert states(base)["Chiffrement"] is State.OK


def test_a_log_somebody_still_reads_postpones_the_check(
    base: Database, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with base.raw() as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM setting").fetchall()
        with base.raw() as writing:
            writing.execute("PRAGMA busy_timeout=0")
            writing.execute("INSERT INTO setting(name, content) VALUES ('a', 'b')")
        assert states(base)["Chiffrement"] is State.WARNING
        reading.execute("ROLLBACK")


def test_a_broken_link_is_found(base: Database) -> None:
    with base.raw() as connection:
        connection.execute("CREATE TABLE parent(id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE child(parent_id INTEGER REFERENCES parent(id))")
        connection.execute("PRAGMA foreign_keys=off")
        connection.execute("INSERT INTO child VALUES (7)")
        connection.execute("PRAGMA foreign_keys=on")
    assert states(base)["Liens"] is State.PROBLEM


def test_a_weakened_setting_is_found(base: Database) -> None:
    with base.raw() as one, base.raw() as two:
        for connection in (one, two):
            connection.execute("PRAGMA synchronous=off")
    (finding,) = (found for found in check.check(base) if found.name == "Réglages")
    assert finding.state is State.PROBLEM
    assert "synchronous" in finding.sentence


def test_an_index_that_keeps_erased_text_is_found(base: Database) -> None:
    with base.raw() as connection:
        connection.execute("INSERT INTO search(search, rank) VALUES ('secure-delete', 0)")
    assert states(base)["Effacement"] is State.PROBLEM


@pytest.mark.parametrize(("free", "state"), [(1000, State.PROBLEM), (400_000_000, State.WARNING)])
def test_too_little_room_is_told(base: Database, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    monkeypatch.setattr(files, "free_bytes", lambda _folder: free)
    assert states(base)["Place"] is state


def test_a_read_only_base_is_checked_too(
    base: Database, folder: DataFolder, read_only_disk: Callable[[Path], None]
) -> None:
    base.close()
    read_only_disk(folder.root)
    reading = Database(folder.database, KEY)
    assert bad(reading) == {"Sauvegarde": State.WARNING}
    reading.close()


def test_a_row_its_own_table_would_refuse_is_found(base: Database) -> None:
    with base.raw() as connection:
        connection.execute("INSERT INTO setting(name, content) VALUES ('a', 'b')")
        connection.execute("PRAGMA writable_schema=on")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'content TEXT NOT NULL', 'content TEXT CHECK (0)') "
            "WHERE name = 'setting'"
        )
        connection.execute("PRAGMA writable_schema=reset")
    assert states(base)["Structure"] is State.PROBLEM
