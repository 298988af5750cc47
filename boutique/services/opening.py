"""Opening or creating the base with what this computer has: keychain or passphrase. For the window and the CLI."""

from dataclasses import dataclass
from pathlib import Path

from boutique.core import clock
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.services import workspace as workspaces
from boutique.services.workspace import Setup, Workspace
from boutique.storage import backup, keys
from boutique.storage.keychain import system_keychain

NO_KEYCHAIN = (
    "Cet ordinateur n’a pas de trousseau où ranger la clé : choisissez une phrase de passe (--passphrase-file FICHIER)."
)


@dataclass(frozen=True, slots=True)
class Needed:
    """The base is whole, but something must be typed to open it."""

    sentence: str


def has_keychain() -> bool:
    """Whether the key can be kept by the system."""
    return system_keychain() is not None


def asks_passphrase(folder: DataFolder) -> bool:
    """Whether coming back needs a passphrase; otherwise the keychain is enough."""
    return "passphrase" in keys.slots(folder)


def create(folder: DataFolder, setup: Setup, passphrase: str | None) -> tuple[Workspace, str]:
    """A new base, and the code of its recovery sheet."""
    keychain = system_keychain() if passphrase is None else None
    if keychain is None and passphrase is None:
        raise UserError(NO_KEYCHAIN)
    return workspaces.create(folder, setup, keychain=keychain, passphrase=passphrase)


def asks_phrase(folder: DataFolder) -> bool:
    """Whether coming back needs something typed, or the system's keychain is enough."""
    return "keychain" not in keys.slots(folder)


def open_base(
    folder: DataFolder, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Workspace | Needed:
    """The open base, or what must be typed; UserError when it cannot be opened at all."""
    try:
        return workspaces.open_workspace(
            folder, keychain=system_keychain(), passphrase=passphrase, recovery_code=recovery_code
        )
    except keys.KeyNeeded as needed:
        return Needed(str(needed))


def open_for_script(folder: DataFolder, passphrase_file: Path | None) -> Workspace:
    """The open base for a command, which cannot ask anything."""
    passphrase = keys.read_passphrase_file(passphrase_file) if passphrase_file is not None else None
    opened = open_base(folder, passphrase=passphrase)
    if isinstance(opened, Needed):
        raise UserError(f"{opened.sentence} Donnez-la avec --passphrase-file FICHIER.")
    return opened


def back_up_if_due(workspace: Workspace) -> backup.Backup | None:
    """The automatic backup: made when the last verified one is old enough; None when not due."""
    if workspace.database.read_only or not backup.due(workspace.folder, clock.now()):
        return None
    made = backup.make(workspace.database, workspace.folder, "automatique")
    backup.prune(workspace.folder)
    return made


def last_backup(workspace: Workspace) -> backup.Backup | None:
    """The newest verified backup."""
    return backup.latest_verified(workspace.folder)
