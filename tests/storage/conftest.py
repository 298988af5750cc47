"""A real encrypted base in a temporary folder, and folders that the system really refuses to write in."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boutique.core.paths import DataFolder
from boutique.storage.base import create_base
from boutique.storage.database import Database

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "données")


@pytest.fixture
def base(folder: DataFolder) -> Iterator[Database]:
    database = create_base(folder, KEY, unordered=True)
    yield database
    database.close()


def _mount(*arguments: str) -> None:
    mount = shutil.which("mount")
    if mount is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a small or read-only disk")
    done = subprocess.run([mount, *arguments], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this computer does not let the tests mount a disk")


def _unmount(path: Path) -> None:
    subprocess.run(["umount", "--lazy", str(path)], capture_output=True, check=False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes a disk of so many KiB."""
    mounted: list[Path] = []

    def make(kibibytes: int) -> Path:
        point = tmp_path / "disque"
        point.mkdir()
        _mount("-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(point))
        mounted.append(point)
        return point

    yield make
    for point in mounted:
        _unmount(point)


@pytest.fixture
def read_only_disk() -> Iterator[Callable[[Path], None]]:
    """Makes an existing folder a read-only medium; permissions would not stop root, a mount does."""
    mounted: list[Path] = []
    closed: list[Path] = []

    def make(path: Path) -> None:
        if os.name == "posix" and os.geteuid() != 0:
            path.chmod(0o500)
            closed.append(path)
            return
        _mount("--bind", str(path), str(path))
        mounted.append(path)
        _mount("-o", "remount,bind,ro", str(path))

    yield make
    for path in mounted:
        _unmount(path)
    for path in closed:
        path.chmod(0o700)
