"""Opening or creating the base with what this computer has: keychain or passphrase. For the window and the CLI."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from boutique.core import clock, files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.services import base_key, protection
from boutique.services import workspace as workspaces
from boutique.services.protection import BackupLine
from boutique.services.workspace import Setup, Workspace
from boutique.storage import backup, keys, restore

NO_KEYCHAIN = (
    "Cet ordinateur n’a pas de trousseau où ranger la clé : choisissez une phrase de passe (--passphrase-file FICHIER)."
)
UNFINISHED = (
    "La première installation n’est pas allée jusqu’au bout : il y a une clé, mais ni base ni sauvegarde dans ce "
    "dossier. Si la base est sur une clé USB ou un disque, rebranchez-le puis réessayez ; sinon, recommencez "
    "l’installation : l’ancienne clé sera gardée à part."
)


@dataclass(frozen=True, slots=True)
class Needed:
    """The base is whole, but something must be typed to open it."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing that is typed would open the base: what happened, and the ways out there are."""

    sentence: str
    backups: tuple[BackupLine, ...] = ()
    key_copies: bool = False
    unfinished: bool = False
    key: bytes | None = field(default=None, repr=False)


def has_base(folder: DataFolder) -> bool:
    """Whether a base, or a trace of one, is there; a folder that cannot be looked at is said."""
    with files.explained(folder.database):
        return folder.has_base


def has_keychain() -> bool:
    """Whether the key can be kept by the system."""
    return base_key.system_keychain() is not None


def asks_passphrase(folder: DataFolder) -> bool:
    """Whether coming back needs a passphrase; otherwise the keychain is enough."""
    return "passphrase" in keys.slots(folder)


def create(folder: DataFolder, setup: Setup, passphrase: str | None) -> tuple[Workspace, str]:
    """A new base, and the code of its recovery sheet."""
    keychain = base_key.system_keychain() if passphrase is None else None
    if keychain is None and passphrase is None:
        raise UserError(NO_KEYCHAIN)
    return workspaces.create(folder, setup, keychain=keychain, passphrase=passphrase)


def open_base(
    folder: DataFolder, *, passphrase: str | None = None, recovery_code: str | None = None
) -> Workspace | Needed:
    """The open base, or what must be typed; UserError when it cannot be opened at all."""
    if not folder.has_base:
        raise UserError(workspaces.NO_BASE)
    try:
        key = base_key.find(folder, passphrase=passphrase, recovery_code=recovery_code)
    except keys.KeyNeeded as needed:
        return Needed(str(needed))
    return workspaces.open_with_key(folder, key)


def open_for_window(folder: DataFolder, find_key: Callable[[], bytes]) -> Workspace | Needed | Refused:
    """The open base, or what to ask, or why neither would do; `find_key` is `base_key.find` or its first try."""
    if is_unfinished(folder):
        return Refused(UNFINISHED, unfinished=True)
    try:
        keys.slots(folder)
    except UserError as error:
        return Refused(str(error), key_copies=any(one.key_copy.exists() for one in backup.listed(folder)))
    try:
        key = find_key()
    except UserError as error:  # nothing typed yet, a wrong phrase, a misspelt code
        return Needed(str(error))
    return _open_with(folder, key)


def restore_copy(folder: DataFolder, refused: Refused, sequence: int) -> Workspace | Refused:
    """Put a backup in the place of a base that does not open, then open it; what is replaced is kept aside."""
    if refused.key is None:
        raise UserError("La clé de la base n’est plus là : réessayez d’ouvrir la base, puis restaurez.")
    restore.restore(folder, refused.key, protection.copy_named(folder, sequence))
    return _open_with(folder, refused.key)


def put_key_back(folder: DataFolder) -> None:
    """Take the key file from the newest backup that has one; a damaged one is kept beside it."""
    restore.restore_key_file(folder)


def is_unfinished(folder: DataFolder) -> bool:
    """A key alone: no base, no log of one, no backup, nothing replaced. Nobody ever worked with it here."""
    log = folder.database.with_name(folder.database.name + "-wal")
    return (
        folder.key_file.exists()
        and not folder.database.exists()
        and not log.exists()
        and not keys.backups_exist(folder)
        and not restore.anything_kept(folder)
    )


def start_over(folder: DataFolder) -> None:
    """Make room for a first start after one that was cut off. The key is set aside, never erased."""
    if not is_unfinished(folder):
        raise UserError("Il y a une base ou une sauvegarde dans ce dossier : rien n’a été changé. Réessayez d’ouvrir.")
    with files.explained(folder.key_file):
        folder.key_file.replace(folder.root / f"boutique-{clock.now():%Y%m%d-%H%M%S}.key-abandonnee")


def _open_with(folder: DataFolder, key: bytes) -> Workspace | Refused:
    try:
        opened = workspaces.open_with_key(folder, key)
    except UserError as error:
        return Refused(str(error), backups=protection.copies(folder), key=key)
    opened.copies.wipe()  # what a crash left readable; only one window at a time has this base
    return opened


def open_for_script(folder: DataFolder, passphrase_file: Path | None) -> Workspace:
    """The open base for a command, which cannot ask anything."""
    passphrase = keys.read_passphrase_file(passphrase_file) if passphrase_file is not None else None
    opened = open_base(folder, passphrase=passphrase)
    if isinstance(opened, Needed):
        raise UserError(f"{opened.sentence} Donnez-la avec --passphrase-file FICHIER.")
    return opened


def back_up_if_due(workspace: Workspace) -> backup.Backup | None:
    """The automatic backup: made when the last verified one is old enough; None when not due."""
    if workspace.database.read_only:
        return None
    with workspace.backing_up:
        if workspace.closed or not backup.due(workspace.folder, clock.now()):
            return None
        made = backup.make(workspace.database, workspace.folder, "automatique")
        backup.prune(workspace.folder)
        return made


def last_backup(workspace: Workspace) -> backup.Backup | None:
    """The newest verified backup."""
    return backup.latest_verified(workspace.folder)
