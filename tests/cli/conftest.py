"""The command line as a script runs it: a process of its own, folders of its own, a passphrase in a file."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.storage.conftest import read_only_disk

__all__ = ["read_only_disk"]
PASSPHRASE = "soleil marée tilleul quatorze"


@dataclass(frozen=True)
class Done:
    """What a script sees of a command."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Shell:
    """Runs `python -m boutique …` on one data folder."""

    data: Path
    secret: Path

    def __call__(self, *arguments: str, passphrase: bool = True, environment: dict[str, str] | None = None) -> Done:
        given = ["--data", str(self.data)] if environment is None else []
        if passphrase:
            given += ["--passphrase-file", str(self.secret)]
        done = subprocess.run(
            [sys.executable, "-m", "boutique", *given, *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, **(environment or {}), "PYTHONIOENCODING": "utf-8"},
            cwd=Path(__file__).parents[2],
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)


INIT = ("init", "--site", "Boutique du Ternois", "--commune", "62767", "--counsellor", "Nadia Bouzid")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A base of twelve fictitious files made by the commands themselves, and the file of its passphrase."""
    root = tmp_path_factory.mktemp("cli")
    secret = root / "phrase.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    shell = Shell(root / "données", secret)
    assert shell(*INIT).status == 0
    assert shell("demo", "--people", "12", "--seed", "3", "--until", "2026-11-20").status == 0
    return shell.data, secret


@pytest.fixture
def shell(tmp_path: Path, made: tuple[Path, Path]) -> Shell:
    """Commands on a copy of that base, free to be changed."""
    data, secret = made
    shutil.copytree(data, tmp_path / "données")
    return Shell(tmp_path / "données", secret)


@pytest.fixture
def nowhere(tmp_path: Path, made: tuple[Path, Path]) -> Shell:
    """Commands on a folder that does not exist yet."""
    return Shell(tmp_path / "rien", made[1])
