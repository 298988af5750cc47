"""Making and opening a base with what a computer has: its keychain, or a passphrase."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from boutique.core import clock
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.services import base_key, opening
from boutique.services.opening import Needed
from boutique.services.workspace import Setup, Workspace, open_workspace
from tests.services.conftest import SETUP, MemoryKeychain

PASSPHRASE = "soleil marée tilleul quatorze"


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> MemoryKeychain:
    """The keychain of this computer."""
    kept = MemoryKeychain()
    monkeypatch.setattr(base_key, "system_keychain", lambda: kept)
    return kept


@pytest.fixture
def no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_key, "system_keychain", lambda: None)


def test_a_keychain_opens_by_itself(tmp_path: Path, keychain: MemoryKeychain) -> None:
    folder = DataFolder(tmp_path / "base")
    made, code = opening.create(folder, SETUP, None)
    made.close()
    assert opening.has_keychain()
    assert code
    opened = opening.open_base(folder)
    assert isinstance(opened, Workspace)
    opened.close()
    with pytest.raises(UserError, match="Il y a déjà une base"):
        opening.create(folder, SETUP, None)
    keychain.kept.clear()
    assert isinstance(opening.open_base(folder), Needed)


def test_without_keychain_a_passphrase_is_needed_and_opens(
    tmp_path: Path, no_keychain: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "base")
    assert not opening.has_keychain()
    with pytest.raises(UserError, match="n’a pas de trousseau"):
        opening.create(folder, SETUP, None)
    assert not folder.has_base
    made, code = opening.create(folder, SETUP, PASSPHRASE)
    made.close()
    needed = opening.open_base(folder)
    assert isinstance(needed, Needed)
    with pytest.raises(UserError, match="--passphrase-file FICHIER"):
        opening.open_for_script(folder, None)
    secret = tmp_path / "phrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    opening.open_for_script(folder, secret).close()
    rescued = opening.open_base(folder, recovery_code=code)
    assert isinstance(rescued, Workspace)
    rescued.close()


@pytest.mark.parametrize(
    ("setup", "told"),
    [
        (Setup(" ", "62767", "B", "Nadia", "B"), "Donnez un nom"),
        (Setup("B", "62767", "B", " ", "B"), "au moins votre prénom"),
        (Setup("B", "99999", "B", "Nadia", "B"), "n’est pas un code de commune"),
    ],
)
def test_wrong_answers_make_no_base(tmp_path: Path, keychain: MemoryKeychain, setup: Setup, told: str) -> None:
    folder = DataFolder(tmp_path / "base")
    with pytest.raises(UserError, match=told):
        opening.create(folder, setup, None)
    assert not folder.has_base
    with pytest.raises(UserError, match="Il n’y a pas encore de base ici"):
        open_workspace(folder, keychain=keychain)


def test_a_backup_is_made_when_the_last_one_is_old_enough(workspace: Workspace) -> None:
    assert opening.last_backup(workspace) is None
    first = opening.back_up_if_due(workspace)
    assert first is not None
    assert opening.back_up_if_due(workspace) is None
    with time_machine.travel(clock.now() + timedelta(hours=5)):
        second = opening.back_up_if_due(workspace)
    assert second is not None
    assert opening.last_backup(workspace) == second
