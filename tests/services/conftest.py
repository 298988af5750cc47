"""Real encrypted bases for the services: an empty one, and a copy of a small fictitious one."""

import shutil
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from boutique.core.paths import DataFolder
from boutique.models.choices import EmploymentStatus, ProjectKind, Sector, TerritoryLevel
from boutique.services import demo
from boutique.services.intakes import Saved
from boutique.services.workspace import Setup, Workspace, create, open_workspace
from boutique.storage import journal
from tests.services.filling import FREVENT, SAINT_POL, add_partner, open_file

SETUP = Setup("Boutique du Ternois", "62767", "Boutique de Saint-Pol", "Nadia", "Bouzid", "nadia@exemple.fr")
LAST_DAY = date(2026, 11, 24)
DEMO_PEOPLE, DEMO_SEED = 60, 7


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is the morning of the last day of the fictitious files."""
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture
def own_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the journal never goes back: a test that goes years ahead, or reads when it was, has its own."""
    monkeypatch.setattr(journal, "CLOCK", journal.LogicalClock())


class MemoryKeychain:
    """A keychain for the length of a test: opening costs nothing."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self.kept.get(name)

    def write(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


def new_workspace(root: Path, keychain: MemoryKeychain | None = None) -> Workspace:
    """A new base with one place and one counsellor."""
    workspace, _code = create(DataFolder(root), SETUP, keychain=keychain or MemoryKeychain())
    return workspace


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MemoryKeychain]:
    """A closed base with one place and one counsellor, to copy: making one each time would take longer than tests."""
    root, keychain = tmp_path_factory.mktemp("empty") / "base", MemoryKeychain()
    with time_machine.travel(datetime(2026, 11, 24, 8).astimezone()):
        new_workspace(root, keychain).close()
    return root, keychain


@pytest.fixture
def workspace(tmp_path: Path, empty_base: tuple[Path, MemoryKeychain]) -> Iterator[Workspace]:
    """An empty base."""
    root, keychain = empty_base
    shutil.copytree(root, tmp_path / "base")
    opened = open_workspace(DataFolder(tmp_path / "base"), keychain=keychain)
    yield opened
    opened.close()


@pytest.fixture
def empty_workspace(tmp_path: Path, empty_base: tuple[Path, MemoryKeychain]) -> Iterator[Workspace]:
    """A second empty base, for what goes from one to another."""
    root, keychain = empty_base
    shutil.copytree(root, tmp_path / "other")
    opened = open_workspace(DataFolder(tmp_path / "other"), keychain=keychain)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MemoryKeychain]:
    """A closed base of sixty fictitious files, to copy."""
    root, keychain = tmp_path_factory.mktemp("demo") / "base", MemoryKeychain()
    built = new_workspace(root, keychain)
    demo.populate(built, people=DEMO_PEOPLE, seed=DEMO_SEED, until=LAST_DAY)
    built.close()
    return root, keychain


@pytest.fixture
def demo_workspace(tmp_path: Path, demo_base: tuple[Path, MemoryKeychain]) -> Iterator[Workspace]:
    """A copy of the fictitious base, free to be changed."""
    root, keychain = demo_base
    shutil.copytree(root, tmp_path / "demo")
    opened = open_workspace(DataFolder(tmp_path / "demo"), keychain=keychain)
    yield opened
    opened.close()


@pytest.fixture
def saved(workspace: Workspace) -> Saved:
    """A file with a craft project in Frévent."""
    return open_file(
        workspace, "Zoé", "Martin", holder_phone="06 12 34 56 78", holder_email="zoe@exemple.fr",
        holder_birth_date="12/03/1985", holder_commune_code=FREVENT, project_summary="Une boulangerie",
        project_sector=Sector.CRAFT, project_kind=ProjectKind.CREATION, needs=("STATUT_CHOIX",),
        holder_employment_status=EmploymentStatus.JOBSEEKER_WITH_BENEFIT,
    )  # fmt: skip


@pytest.fixture
def cma(workspace: Workspace) -> uuid.UUID:
    """A structure of the directory that covers the Pas-de-Calais."""
    return add_partner(
        workspace, "CMA du Ternois", "CMA", level=TerritoryLevel.DEPARTMENT, code="62", commune_code=SAINT_POL,
        phone="+33321000000", verified_on=LAST_DAY - timedelta(40), contact=("M. Leroy", "conseiller"),
    )  # fmt: skip
