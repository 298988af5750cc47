"""A base of fictitious files for the benchmarks, made once and kept in the temporary folder."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from boutique.core.paths import DataFolder
from boutique.services import demo
from boutique.services.workspace import Setup, Workspace, create, open_workspace

PEOPLE, SEED, UNTIL = 10_000, 1, date(2026, 11, 20)
PASSPHRASE = "phrase de passe des mesures"
_SETUP = Setup("Boutique des mesures", "62767", "Saint-Pol", "Nadia", "Bouzid")


def folder(people: int = PEOPLE, name: str = "") -> DataFolder:
    return DataFolder(Path(tempfile.gettempdir()) / f"boutique-mesures-{name or people}")


def phrase_file(people: int = PEOPLE, name: str = "") -> Path:
    return folder(people, name).root.with_suffix(".txt")


def workspace(
    people: int = PEOPLE,
    name: str = "",
    more: Callable[[Workspace], None] | None = None,
    fill: Callable[[Workspace], None] | None = None,
) -> Workspace:
    """The open base, made at the first call (two minutes for 10,000 people), with whatever `more` adds to it.

    `fill` writes it instead of eighteen months of files.
    """
    where = folder(people, name)
    phrase_file(people, name).write_text(PASSPHRASE + "\n", "utf-8")
    if where.has_base:
        return open_workspace(where, keychain=None, passphrase=PASSPHRASE)
    made, _code = create(where, _SETUP, keychain=None, passphrase=PASSPHRASE)
    if fill is not None:
        fill(made)
    else:
        demo.populate(made, people=people, seed=SEED, until=UNTIL)
    if more is not None:
        more(made)
    return made
