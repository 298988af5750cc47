"""Killed programs and damaged files: nothing that was said to be saved is lost, no damage goes unseen."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.storage import backup, check, keys
from boutique.storage.base import create_base, open_base
from boutique.storage.check import State
from tests.storage.conftest import KEY

PROJECT = Path(__file__).parents[2]
NAMES = "SELECT name FROM {} ORDER BY name"


@pytest.mark.parametrize(("verb", "heard"), [("save", 3), ("save", 11), ("save", 40), ("backup", 2), ("backup", 6)])
def test_a_killed_program_loses_nothing_it_said_was_saved(folder: DataFolder, verb: str, heard: int) -> None:
    base = create_base(folder, KEY)
    with base.raw() as connection:
        connection.execute("CREATE TABLE novelty(name TEXT PRIMARY KEY, content TEXT)")
    base.close()
    command = [sys.executable, "-m", "tests.storage.writer", str(folder.root), KEY.hex(), verb]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROJECT, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _ in range(heard)]
        writer.kill()
        said += [line.strip() for line in writer.stdout if line.endswith("\n")]
    base = open_base(folder, KEY)
    with base.reader() as session:
        saved = list(session.scalars(text(NAMES.format("setting"))))
        other_half = list(session.scalars(text(NAMES.format("novelty"))))
    assert saved == other_half
    assert saved[: len(said)] == said
    assert len(saved) <= len(said) + 1  # at most the one that was being acknowledged
    assert {found.name for found in check.check(base) if found.state is State.PROBLEM} == set()
    base.close()
    for made in backup.listed(folder):
        backup.verify(made, KEY)


def test_no_damage_to_the_base_goes_unseen_nor_untold(folder: DataFolder) -> None:
    base = create_base(folder, KEY)
    with base.session() as session:
        for number in range(100):
            session.execute(text("INSERT INTO setting VALUES (:n, :c)"), {"n": f"{number}", "c": "x" * 500})
    base.close()
    sound = folder.database.read_bytes()
    chosen = random.Random(20261122)
    for _ in range(40):
        damaged = bytearray(sound)
        damaged[chosen.choice([chosen.randrange(len(sound)), chosen.randrange(3 * 4096)])] ^= 1 << chosen.randrange(8)
        assert not _looks_sound(folder, bytes(damaged))
        assert not _looks_sound(folder, sound[: chosen.randrange(len(sound))])
    assert _looks_sound(folder, sound)


def _looks_sound(folder: DataFolder, content: bytes) -> bool:
    """False when opening or checking says, in words, that something is wrong."""
    folder.database.write_bytes(content)
    try:
        base = open_base(folder, KEY)
    except UserError:
        return False
    try:
        return not any(finding.state is State.PROBLEM for finding in check.check(base))
    finally:
        base.close()


def test_whatever_byte_of_the_key_file_changes_it_is_told_or_does_not_matter(folder: DataFolder) -> None:
    key, code = keys.create(folder, keychain=None, passphrase="phrase d’essai")
    sound = folder.key_file.read_bytes()
    chosen = random.Random(20261122)
    for position in range(len(sound)):
        damaged = bytearray(sound)
        damaged[position] ^= 1 << chosen.randrange(8)
        folder.key_file.write_bytes(damaged)
        try:
            assert keys.open_key(folder, keychain=None, recovery_code=code) == key
        except UserError:
            continue
