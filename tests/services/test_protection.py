"""Ways to open the base, backups and restoration, as the settings offer them, on real bases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.services import base_key, protection, settings
from boutique.services.workspace import Workspace, open_workspace
from boutique.storage import keys
from tests.services.conftest import MemoryKeychain, new_workspace


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> MemoryKeychain:
    """The keychain of the system, as long as the test lasts."""
    made = MemoryKeychain()
    monkeypatch.setattr(base_key, "system_keychain", lambda: made)
    return made


@pytest.fixture
def base(tmp_path: Path, keychain: MemoryKeychain) -> Iterator[Workspace]:
    opened = new_workspace(tmp_path / "base", keychain)
    yield opened
    opened.close()


def test_a_backup_on_demand_is_listed_and_told(base: Workspace, keychain: MemoryKeychain) -> None:
    assert protection.state(base).last is None
    made = protection.back_up(base)
    state = protection.state(base)
    assert state.last == made
    assert (state.keychain, state.passphrase, state.recovery, state.keychain_here) == (True, False, True, True)
    assert {finding.tone for finding in protection.check(base)} == {"success"}


def test_a_restored_backup_takes_the_place_of_the_base(base: Workspace, keychain: MemoryKeychain) -> None:
    made = protection.back_up(base)
    base.write("Lieu", settings.save_site, None, {"site.name": "Après la sauvegarde"})
    protection.restore_backup(base, made.sequence)
    again = open_workspace(base.folder, keychain=keychain)
    assert [line.name for line in again.read(settings.sites)] == ["Boutique de Saint-Pol"]
    again.close()


def test_a_damaged_or_absent_backup_closes_nothing(base: Workspace) -> None:
    made = protection.back_up(base)
    (copy,) = base.folder.backups.glob("*.db")
    content = bytearray(copy.read_bytes())
    content[5000] ^= 1
    copy.write_bytes(content)
    with pytest.raises(UserError, match="abîmée"):
        protection.restore_backup(base, made.sequence)
    with pytest.raises(UserError, match="plus là"):
        protection.restore_backup(base, 99)
    assert base.read(settings.sites)


def test_the_passphrase_comes_goes_and_replaces_the_keychain(
    base: Workspace, keychain: MemoryKeychain, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="différentes"):
        protection.set_passphrase(base, "quatre mots bien longs", "autre")
    with pytest.raises(UserError, match="trop courte"):
        protection.set_passphrase(base, "court", "court")
    with pytest.raises(UserError, match="phrase de passe"):
        protection.forget_keychain(base)
    protection.set_passphrase(base, "quatre mots bien longs", "quatre mots bien longs")
    protection.forget_keychain(base)
    assert protection.state(base).keychain is False
    assert keys.open_key(base.folder, keychain=None, passphrase="quatre mots bien longs") == base.database.key
    with pytest.raises(UserError, match="feuille de secours"):
        protection.remove_passphrase(base)
    monkeypatch.setattr(base_key, "system_keychain", lambda: None)
    assert protection.state(base).keychain_here is False
    with pytest.raises(UserError, match="trousseau utilisable"):
        protection.use_keychain(base)
    monkeypatch.setattr(base_key, "system_keychain", lambda: keychain)
    protection.use_keychain(base)
    protection.remove_passphrase(base)
    assert protection.state(base).passphrase is False


def test_a_new_recovery_code_opens_and_the_old_one_no_more(tmp_path: Path, base: Workspace) -> None:
    first = protection.renew_recovery(base)
    second = protection.renew_recovery(base)
    folder = DataFolder(base.folder.root)
    assert keys.open_key(folder, keychain=None, recovery_code=second) == base.database.key
    with pytest.raises(UserError):
        keys.open_key(folder, keychain=None, recovery_code=first)
