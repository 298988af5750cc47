"""A base of fictitious files for the benchmarks, made once and kept in the temporary folder."""

import tempfile
from datetime import date
from pathlib import Path

from boutique.core.paths import DataFolder
from boutique.services import demo
from boutique.services.workspace import Setup, Workspace, create, open_workspace

PEOPLE, SEED, UNTIL = 10_000, 1, date(2026, 11, 20)
PASSPHRASE = "phrase de passe des mesures"
_SETUP = Setup("Boutique des mesures", "62767", "Saint-Pol", "Nadia", "Bouzid")


def folder(people: int = PEOPLE) -> DataFolder:
    return DataFolder(Path(tempfile.gettempdir()) / f"boutique-mesures-{people}")


def phrase_file(people: int = PEOPLE) -> Path:
    return folder(people).root.with_suffix(".txt")


def workspace(people: int = PEOPLE) -> Workspace:
    """The open base, made at the first call (two minutes for 10,000 people)."""
    where = folder(people)
    phrase_file(people).write_text(PASSPHRASE + "\n", "utf-8")
    if where.has_base:
        return open_workspace(where, keychain=None, passphrase=PASSPHRASE)
    made, _code = create(where, _SETUP, keychain=None, passphrase=PASSPHRASE)
    demo.populate(made, people=people, seed=SEED, until=UNTIL)
    return made
