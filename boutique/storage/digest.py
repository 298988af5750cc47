"""What a base contains, summed up: proves that a copy holds the same rows. Used by backups."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BULK = 65_536  # far above what the search index keeps in one value


@dataclass(frozen=True, slots=True)
class Content:
    """Number of rows of each table, and a digest of every value of the base."""

    rows: dict[str, int]
    digest: str


def take(connection: Any) -> Content:
    """Read every row of every table, full-text index included, by a driver connection."""
    total = hashlib.sha256()
    rows: dict[str, int] = {}
    for name, columns, ordered_by in _tables(connection):
        total.update(repr((name, columns)).encode())
        rows[name] = 0
        # Identifiers come from the engine's own catalogue.
        cursor = connection.execute(f'SELECT * FROM "{name}" ORDER BY {ordered_by}')  # noqa: S608
        for row in cursor:  # one at a time: a row may carry a chunk of a document
            rows[name] += 1
            total.update(repr(_without_bulk(row, total)).encode("utf-8", "surrogatepass"))
    return Content(rows, total.hexdigest())


def _without_bulk(row: tuple[Any, ...], total: Any) -> tuple[Any, ...]:
    """Large bytes are summed up as they are; writing them out would take four times as long."""
    if not any(isinstance(value, bytes) and len(value) > _BULK for value in row):
        return row
    short = []
    for value in row:
        if isinstance(value, bytes) and len(value) > _BULK:
            total.update(value)
            short.append(len(value))
        else:
            short.append(value)
    return tuple(short)


def _tables(connection: Any) -> Iterator[tuple[str, int, str]]:
    listed = connection.execute(
        "SELECT name, ncol, wr FROM pragma_table_list"
        " WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        " ORDER BY name"
    ).fetchall()
    for name, columns, without_rowid in listed:
        every_column = ", ".join(str(number + 1) for number in range(columns))
        yield name, columns, every_column if without_rowid else "rowid"
