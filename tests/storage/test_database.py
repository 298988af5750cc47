"""The encrypted base on real files: nothing in clear, nothing created or changed by mistake, causes told in French."""

import hashlib
import threading
from pathlib import Path

import pytest
import sqlcipher3
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlcipher3 import dbapi2

from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.storage import backup, connection, engine_errors
from boutique.storage.base import open_base
from boutique.storage.connection import open_file
from boutique.storage.database import Database
from tests.storage.conftest import KEY
from tests.storage.notes import CANARY, add, plain, words

WRONG = bytes(32)


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_written_is_read_back_after_closing(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")
    add(base, CANARY)
    base.close()
    again = Database(tmp_path / "b.db", KEY)
    assert words(again) == [CANARY]
    again.close()


def test_no_file_of_the_folder_holds_a_readable_word(base: Database, folder: DataFolder) -> None:
    with base.session() as session:
        session.execute(text("INSERT INTO setting(name, content) VALUES (:n, :n)"), {"n": CANARY})
        session.execute(text("INSERT INTO search(rowid, name) VALUES (1, :n)"), {"n": CANARY})
    backup.make(base, folder, "essai")
    seen = [path for path in folder.root.rglob("*") if path.is_file()]
    assert {"boutique.db", "boutique.db-wal", "boutique.db-shm"} < {path.name for path in seen}
    for path in seen:
        content = path.read_bytes()
        for form in (CANARY.encode(), CANARY.encode("utf-16-le"), b"Zorglubette", b"zorglubette", b"CREATE TABLE"):
            assert form not in content, path.name


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")
    add(base, "a")
    base.close()
    assert [path.name for path in tmp_path.iterdir()] == ["b.db"]


def test_every_protection_is_on_in_every_connection(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "cache_size": -16384,
        "temp_store": 2, "trusted_schema": 0, "secure_delete": 1, "cipher_memory_security": "0",
        "reverse_unordered_selects": 1,
    }  # fmt: skip
    with base.raw() as one, base.raw() as two:
        for connection in (one, two):
            assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    base.close()


@pytest.mark.parametrize("content", [b"x" * 5000, b"x" * 8192, b"\x00" * 4096, b"x"])
def test_a_file_that_is_no_base_is_refused_and_unchanged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.db"
    path.write_bytes(content)
    with pytest.raises(UserError, match="Rien n’a été modifié"):
        Database(path, KEY)
    assert path.read_bytes() == content
    assert [found.name for found in tmp_path.iterdir()] == ["b.db"]


def test_a_wrong_key_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    plain(path).close()
    before = sha(path)
    with pytest.raises(UserError, match="n’ouvre pas la base"):
        Database(path, WRONG)
    assert sha(path) == before
    assert [found.name for found in tmp_path.iterdir()] == ["b.db"]


def test_a_base_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    plain(path).close()
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UserError, match="Rien n’a été modifié"):
        Database(path, KEY)


def test_an_unencrypted_base_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    other = dbapi2.connect(str(path))
    other.execute("CREATE TABLE a(b)")
    other.commit()
    other.close()
    before = sha(path)
    with pytest.raises(UserError, match="non chiffrée"):
        Database(path, KEY)
    assert sha(path) == before


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_a_link_or_an_empty_file_in_its_place_is_refused(tmp_path: Path, *, create: bool) -> None:
    (tmp_path / "dossier.db").mkdir()
    (tmp_path / "vide.db").touch()
    (tmp_path / "lien.db").symlink_to(tmp_path / "ailleurs.db")
    for name in ("dossier.db", "vide.db", "lien.db"):
        with pytest.raises(UserError):
            Database(tmp_path / name, KEY, create=create)
    assert not (tmp_path / "ailleurs.db").exists()
    assert (tmp_path / "vide.db").stat().st_size == 0


def test_no_base_is_created_where_one_was_expected(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="aucune nouvelle base"):
        Database(tmp_path / "b.db", KEY)
    with pytest.raises(UserError, match="Rebranchez"):
        Database(tmp_path / "clé retirée" / "b.db", KEY, create=True)
    (tmp_path / "b.db-wal").write_bytes(b"x")
    with pytest.raises(UserError, match="aucune nouvelle base"):
        Database(tmp_path / "b.db", KEY, create=True)
    assert [found.name for found in tmp_path.iterdir()] == ["b.db-wal"]


def test_an_unreadable_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.db"
    plain(path).close()

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match="ne peut pas être ouverte"):
        Database(path, KEY)


def test_a_session_is_wholly_undone_on_error(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")

    def fail() -> None:
        with base.session() as session:
            session.execute(text("INSERT INTO note(words) VALUES ('a')"))
            raise RuntimeError("bug")

    with pytest.raises(RuntimeError):
        fail()
    assert words(base) == []
    base.close()


def test_an_error_never_carries_what_was_typed(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")
    with pytest.raises(IntegrityError) as caught, base.session() as session:
        session.execute(text("INSERT INTO note(id, words) VALUES (1, :w), (1, :w)"), {"w": CANARY})
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(base)
    assert KEY.hex() not in repr(base.engine.url) + repr(base)
    base.close()


def test_writing_through_a_reader_is_a_bug_and_is_refused(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")
    with pytest.raises(OperationalError, match="readonly"), base.reader() as session:
        session.execute(text("INSERT INTO note(words) VALUES ('a')"))
    add(base, "b")
    assert words(base) == ["b"]
    base.close()


def test_a_writer_holds_the_lock_from_its_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.0)
    monkeypatch.setattr(connection, "_PRAGMAS", tuple(p for p in connection._PRAGMAS if "busy" not in p))
    base = plain(tmp_path / "b.db")
    with base.session() as first:
        first.execute(text("SELECT 1"))
        with pytest.raises(UserError, match="Un autre programme utilise la base"):
            add(base, "x")
        assert words(base) == []
    base.close()


def test_a_base_locked_by_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.db"
    plain(path).close()
    other = open_file(path, KEY)
    other.execute("PRAGMA locking_mode=exclusive")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("INSERT INTO note(words) VALUES ('a')")
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.0)
    with pytest.raises(UserError, match="Un autre programme utilise la base"):
        Database(path, KEY)
    other.close()


def test_threads_may_share_the_base(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")
    threads = [threading.Thread(target=add, args=(base, str(n))) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(words(base)) == ["0", "1", "2", "3"]
    base.close()


def test_a_damaged_page_is_told_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    base = plain(path)
    for number in range(50):
        add(base, f"{number}" + "x" * 3000)
    base.close()
    content = bytearray(path.read_bytes())
    content[4096 * 20 + 100] ^= 1
    path.write_bytes(content)
    damaged = Database(path, KEY)
    with pytest.raises(UserError, match="abîmée"):
        words(damaged)
    damaged.close()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("OLDEST_SAFE_SQLITE", (99, 0, 0), "trop ancien"),
        ("_PRAGMAS", ("journal_mode=wal", "temp_store=file"), "en clair"),
    ],
)
def test_an_unsafe_engine_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object, said: str
) -> None:
    monkeypatch.setattr(connection, name, value)
    with pytest.raises(UserError, match=said):
        Database(tmp_path / "b.db", KEY, create=True)


def test_an_engine_without_cipher_is_refused() -> None:
    class Stock:
        """What the standard library's engine answers to the pragmas of a cipher: nothing."""

        def execute(self, _statement: str) -> "Stock":
            return self

        def fetchone(self) -> None:
            return None

    with pytest.raises(UserError, match="ne chiffre pas"):
        connection._verify(Stock())


def test_a_key_of_another_length_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_file(tmp_path / "b.db", b"short")


def test_an_unknown_engine_error_stays_a_bug(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")
    with pytest.raises(OperationalError, match="no such table"), base.reader() as session:
        session.execute(text("SELECT * FROM absent"))
    assert engine_errors.code(ValueError("x")) == ""
    assert engine_errors.translated(sqlcipher3.dbapi2.OperationalError("x"), tmp_path) is None
    base.close()


def test_opening_removes_what_an_interrupted_write_left(base: Database, folder: DataFolder) -> None:
    left = folder.root / ".boutique-abc.tmp"
    left.write_bytes(b"x")
    open_base(folder, KEY).close()
    assert not left.exists()
