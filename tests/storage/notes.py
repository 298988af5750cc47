"""A base of one table, for tests that need no entity."""

from pathlib import Path

from sqlalchemy import text

from boutique.storage.database import Database
from tests.storage.conftest import KEY

CANARY = "Zorglubette-Éloïse"


def plain(path: Path) -> Database:
    made = Database(path, KEY, create=True, unordered=True)
    with made.session() as session:
        session.execute(text("CREATE TABLE note(id INTEGER PRIMARY KEY, words TEXT NOT NULL)"))
    return made


def add(base: Database, words: str | None) -> None:
    with base.session() as session:
        session.execute(text("INSERT INTO note(words) VALUES (:words)"), {"words": words})


def words(base: Database) -> list[str]:
    with base.reader() as session:
        return list(session.scalars(text("SELECT words FROM note ORDER BY id")))
