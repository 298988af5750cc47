"""Every schema version, forwards and backwards, empty and with data: five properties any new one must keep."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, insert, types
from sqlcipher3 import dbapi2

import boutique.migrations
from boutique.models.registry import Base
from boutique.storage import alembic_run, schema
from boutique.storage.database import Database
from tests.storage.conftest import KEY

VERSIONS = list(reversed(list(ScriptDirectory(boutique.migrations.__path__[0]).walk_revisions())))
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    base = Database(tmp_path / "b.db", KEY, create=True)
    yield base
    base.close()


@contextmanager
def connected(base: Database) -> Iterator[Connection]:
    with base.migration() as connection:
        yield connection


def up(base: Database, target: str) -> None:
    with connected(base) as connection:
        alembic_run.upgrade(connection, target)


def down(base: Database, target: str | None) -> None:
    with connected(base) as connection:
        alembic_run.downgrade(connection, target or "base")


def structure(base: Database) -> list[tuple[str, str, str]]:
    """The schema as the engine keeps it; spacing, quoting and the order of the constraints mean nothing."""
    with base.raw() as connection:
        found = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version' "
            "AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        ).fetchall()
    return sorted((kind, name, _plain(re.sub(r"[\s\"]+", " ", sql))) for kind, name, sql in found)


def _plain(sql: str) -> str:
    columns, *constraints = re.split(r",? CONSTRAINT ", sql.rstrip(") "))
    return " CONSTRAINT ".join([columns, *sorted(one.rstrip(") ") for one in constraints)])


def tables(connection: Connection) -> list[Table]:
    plain = connection.exec_driver_sql(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' "
        "AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> 'alembic_version'"
    ).scalars()
    metadata = MetaData()
    metadata.reflect(connection, only=list(plain), resolve_fks=False)
    return list(metadata.tables.values())


def fill(base: Database) -> None:
    """One row in every table, every column filled."""
    with connected(base) as connection:
        for table in tables(connection):
            connection.execute(insert(table), {column.name: sample(column.type) for column in table.columns})
        connection.exec_driver_sql("PRAGMA foreign_keys=off")


def sample(kind: types.TypeEngine[Any]) -> Any:
    if isinstance(kind, types.Boolean | types.Integer):
        return 1
    if isinstance(kind, types.Numeric | types.Float):
        return 1.5
    if isinstance(kind, types.DateTime):
        return datetime(2026, 2, 28, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    if isinstance(kind, types.Date):
        return date(2026, 2, 28)
    if isinstance(kind, types.JSON):
        return {"prénom": "Éloïse"}
    if isinstance(kind, types.LargeBinary):
        return b"\x00\xff"
    return "é" * min(getattr(kind, "length", None) or 8, 8)


def rows(base: Database) -> Rows:
    with base.raw() as connection:
        names = [name for kind, name, _ in structure(base) if kind == "table" and not name.startswith("search")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def test_there_is_one_line_of_versions_and_one_last() -> None:
    script = ScriptDirectory(boutique.migrations.__path__[0])
    assert script.get_heads() == [schema.head()]
    assert schema.versions() == {found.revision: found.down_revision for found in VERSIONS}


def test_the_last_version_is_what_the_entities_say(empty: Database) -> None:
    up(empty, "head")
    with connected(empty) as connection:
        alembic_run.check(connection)
        names = {table.name for table in tables(connection)}
    assert set(Base.metadata.tables) <= names


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.revision)
def test_going_up_and_down_again_leaves_the_same_schema(empty: Database, version: Any) -> None:
    if version.down_revision:
        up(empty, version.down_revision)
    before = structure(empty)
    up(empty, version.revision)
    assert structure(empty) != before
    down(empty, version.down_revision)
    assert structure(empty) == before
    up(empty, "head")


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.revision)
def test_going_up_keeps_every_row_and_coming_back_too(empty: Database, version: Any) -> None:
    if version.down_revision:
        up(empty, version.down_revision)
        fill(empty)
    before = rows(empty)
    up(empty, version.revision)
    after = rows(empty)
    assert {name: len(after.get(name, [])) for name in before} == {name: len(kept) for name, kept in before.items()}
    down(empty, version.down_revision)
    assert rows(empty) == before


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.revision)
def test_from_any_version_the_last_one_is_the_same(tmp_path: Path, version: Any) -> None:
    schemas = []
    for name, steps in (("direct", ["head"]), ("par étapes", [version.revision, "head"])):
        base = Database(tmp_path / f"{name}.db", KEY, create=True)
        for step in steps:
            up(base, step)
        schemas.append(structure(base))
        base.close()
    assert schemas[0] == schemas[1]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.revision)
def test_no_version_depends_on_the_application(version: Any) -> None:
    source = Path(version.path).read_text(encoding="utf-8")
    assert "boutique" not in source


def test_json_written_before_is_still_read(empty: Database) -> None:
    up(empty, "head")
    fill(empty)
    with empty.raw() as connection:
        assert isinstance(connection, dbapi2.Connection)
        (content,) = connection.execute("SELECT answers FROM draft").fetchone()
    assert json.loads(content) == {"prénom": "Éloïse"}


def test_a_diagnosis_made_before_dates_is_dated_from_the_day_it_was_written(empty: Database) -> None:
    up(empty, "0005money")
    fill(empty)
    up(empty, "head")
    with empty.raw() as connection:
        kept = connection.execute("SELECT made_on, grid_version, case_id, market FROM diagnosis").fetchall()
    assert kept == [("2026-02-28", "", None, 1)]
