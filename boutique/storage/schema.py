"""Which schema version a base has and which ones this program knows, without loading alembic (slow to import)."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import boutique.migrations

_ASSIGNED = re.compile(r"^(revision|down_revision)\b[^=\n]*=\s*(?:[\"'](\w+)[\"']|None)", re.MULTILINE)


@cache
def versions() -> dict[str, str | None]:
    """Each known version and the one before it."""
    known: dict[str, str | None] = {}
    for file in sorted((Path(boutique.migrations.__path__[0]) / "versions").glob("*.py")):
        found = dict(_ASSIGNED.findall(file.read_text(encoding="utf-8")))
        if "revision" in found:
            known[found["revision"]] = found.get("down_revision") or None
    return known


def head() -> str:
    """The version this program works with."""
    (last,) = set(versions()) - set(versions().values())
    return last


def current(connection: Any) -> str | None:
    """The version of a base, by its driver connection; None when no version was ever written."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None
