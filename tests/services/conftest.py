"""Real encrypted bases for the services: an empty one, and a copy of a small fictitious one."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine

from boutique.core.paths import DataFolder
from boutique.services import demo
from boutique.services.workspace import Setup, Workspace, create, open_workspace

SETUP = Setup("Boutique du Ternois", "62767", "Boutique de Saint-Pol", "Nadia", "Bouzid", "nadia@exemple.fr")
LAST_DAY = date(2026, 11, 24)
DEMO_PEOPLE, DEMO_SEED = 60, 7


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is the morning of the last day of the fictitious files."""
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


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


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty base."""
    opened = new_workspace(tmp_path / "base")
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
