"""Protection of the base: ways to open it, backups, health. For Réglages; needs the workspace, not a session."""

from dataclasses import dataclass
from datetime import datetime

from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.services import base_key
from boutique.services.workspace import Workspace
from boutique.storage import backup as backups
from boutique.storage import check as checks
from boutique.storage import keys, restore

_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One verified copy; `sequence` names it."""

    sequence: int
    made_at: datetime
    reason: str
    megabytes: float
    files: int


@dataclass(frozen=True, slots=True)
class State:
    """Which ways open the base, and which copies of it there are."""

    keychain: bool
    passphrase: bool
    recovery: bool
    keychain_here: bool
    backups: tuple[BackupLine, ...]
    folder: str
    read_only: bool

    @property
    def last(self) -> BackupLine | None:
        return self.backups[0] if self.backups else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `tone` is success, warning or danger."""

    name: str
    sentence: str
    tone: str


_TONES = {checks.State.OK: "success", checks.State.WARNING: "warning", checks.State.PROBLEM: "danger"}


def state(workspace: Workspace) -> State:
    """How the base is protected now."""
    ways = keys.slots(workspace.folder)
    return State(
        keychain="keychain" in ways,
        passphrase="passphrase" in ways,
        recovery="recovery" in ways,
        keychain_here=base_key.system_keychain() is not None,
        backups=copies(workspace.folder),
        folder=str(workspace.folder.backups),
        read_only=workspace.database.read_only,
    )


def copies(folder: DataFolder) -> tuple[BackupLine, ...]:
    """The verified copies, newest first."""
    return tuple(_line(one) for one in backups.listed(folder))


def copy_named(folder: DataFolder, sequence: int) -> backups.Backup:
    """The copy of that number, as long as it is there."""
    found = next((one for one in backups.listed(folder) if one.sequence == sequence), None)
    if found is None:
        raise UserError("Cette sauvegarde n’est plus là. Choisissez-en une autre.")
    return found


def _line(one: backups.Backup) -> BackupLine:
    return BackupLine(one.sequence, one.made_at, one.reason, one.size / 1_000_000, one.rows.get("accompaniment", 0))


def check(workspace: Workspace) -> tuple[Finding, ...]:
    """Look at the whole base, sentence by sentence."""
    return tuple(Finding(one.name, one.sentence, _TONES[one.state]) for one in checks.check(workspace.database))


def back_up(workspace: Workspace) -> BackupLine:
    """A verified copy, now; older ones are thinned out afterwards."""
    with workspace.backing_up:
        made = backups.make(workspace.database, workspace.folder, "demandée")
        backups.prune(workspace.folder)
    return _line(made)


def restore_backup(workspace: Workspace, sequence: int) -> None:
    """Put a copy in the place of the base, which is kept aside. The workspace is closed: open the base again."""
    found = copy_named(workspace.folder, sequence)
    key = workspace.database.key
    backups.verify(found, key)  # before anything is closed
    workspace.close()
    restore.restore(workspace.folder, key, found)


def set_passphrase(workspace: Workspace, passphrase: str, again: str) -> None:
    """Add or change the passphrase."""
    if passphrase != again:
        raise UserError("Les deux saisies sont différentes : tapez deux fois la même phrase.")
    if len(passphrase) < _SHORTEST:
        raise UserError(f"Cette phrase est trop courte : au moins {_SHORTEST} caractères, par exemple quatre mots.")
    keys.set_passphrase(workspace.folder, workspace.database.key, passphrase)


def remove_passphrase(workspace: Workspace) -> None:
    """Let the keychain alone open the base every day."""
    keys.remove_passphrase(workspace.folder)


def use_keychain(workspace: Workspace) -> None:
    """Let the keychain of this computer open the base."""
    keychain = base_key.system_keychain()
    if keychain is None:
        raise UserError("Cet ordinateur n’a pas de trousseau utilisable : gardez la phrase de passe.")
    keys.store_in_keychain(workspace.folder, workspace.database.key, keychain)


def forget_keychain(workspace: Workspace) -> None:
    """Ask for the passphrase at each start."""
    keys.remove_from_keychain(workspace.folder, base_key.system_keychain())


def renew_recovery(workspace: Workspace) -> str:
    """A new recovery code; the sheet printed before opens nothing any more."""
    return keys.renew_recovery(workspace.folder, workspace.database.key)
