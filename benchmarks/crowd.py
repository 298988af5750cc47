"""A base of 100,000 fictitious files over three years: the one of 10,000 nine times more, by SQL alone.

Identifiers of the copies begin with another digit, so that every row points to the copy it belongs with.
"""

import shutil
from typing import Any

from sqlalchemy import Column, Date, DateTime, Table, Uuid

from benchmarks import base
from boutique.models.registry import ENTITIES
from boutique.services.workspace import Workspace, open_workspace

TIMES, DAYS_BACK = 10, 60  # each copy is two months older than the one before: eighteen months become three years
_ROOTS = {"person", "project"}
# Of no figure, and most of the rows: steps, marks and to-do lists stay those of the first 10,000.
_LEFT = {"step_progress", "diagnosis_mark", "action", "need", "appointment", "attachment", "attachment_chunk"}
_DIGITS = "0123456789"


def workspace() -> Workspace:
    """The open base of 100,000 files, made at the first call from the one of 10,000 (some minutes)."""
    where = base.folder(base.PEOPLE * TIMES)
    if not where.has_base:
        base.workspace().close()
        shutil.copytree(base.folder().root, where.root, dirs_exist_ok=True)
        made = open_workspace(where, keychain=None, passphrase=base.PASSPHRASE)
        with made.database.raw() as connection:
            _multiply(connection)
        made.close()
    return open_workspace(where, keychain=None, passphrase=base.PASSPHRASE)


def _multiply(connection: Any) -> None:
    tables = _copied()
    connection.execute("PRAGMA foreign_keys=off")
    connection.execute("PRAGMA cache_size=-200000")
    for name in tables:  # the originals only: copies are made of them
        connection.execute(f"CREATE TEMP TABLE first_{name} AS SELECT rowid AS original FROM {name}")
    for copy in range(1, TIMES):
        connection.execute("BEGIN IMMEDIATE")
        for name, table in tables.items():
            values = {f'"{column.name}"': _value(column, copy, set(tables)) for column in table.columns}
            connection.execute(
                f"INSERT INTO {name} ({', '.join(values)}) "
                f"SELECT {', '.join(values.values())} FROM {name} "
                f"WHERE rowid IN (SELECT original FROM first_{name})"
            )
        connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys=on")
    connection.execute("ANALYZE")


def _copied() -> dict[str, Table]:
    """What belongs to people and projects, whatever it hangs from."""
    everything = {entity.__tablename__: entity.__table__ for entity in ENTITIES}
    names = set(_ROOTS)
    while added := {name for name, table in everything.items() if name not in names | _LEFT and _hangs(table, names)}:
        names |= added
    return {name: table for name, table in everything.items() if name in names and isinstance(table, Table)}


def _hangs(table: Any, names: set[str]) -> bool:
    return any(key.column.table.name in names for key in table.foreign_keys)


def _value(column: Column[Any], copy: int, copied: set[str]) -> str:
    """The same value in the copy: other identifiers and numbers, earlier days."""
    name = f'"{column.name}"'
    if isinstance(column.type, Uuid):
        ours = column.primary_key or any(key.column.table.name in copied for key in column.foreign_keys)
        return f"'{copy:x}' || substr({name}, 2)" if ours else name
    if isinstance(column.type, Date):
        return f"date({name}, '-{copy * DAYS_BACK} days')"
    if isinstance(getattr(column.type, "impl", None), DateTime) and column.name not in {"created_at", "updated_at"}:
        return f"date({name}, '-{copy * DAYS_BACK} days') || substr({name}, 11)"
    if column.name == "reference":
        start = f"rtrim({name}, '{_DIGITS}')"
        return f"{start} || ({copy}00000 + replace({name}, {start}, ''))"
    return name
