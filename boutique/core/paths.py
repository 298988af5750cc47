"""Where things live on this computer: data folder, cache, resources. Used by the composition roots and storage."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DATA_VARIABLE = "BOUTIQUE_DATA"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Files of one base. Nothing here carries a person's name, and all that does not belong in it is encrypted."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "boutique.db"

    @property
    def key_file(self) -> Path:
        return self.root / "boutique.key"

    @property
    def lock_file(self) -> Path:
        return self.root / "boutique.lock"

    @property
    def backups(self) -> Path:
        return self.root / "sauvegardes"

    @property
    def logs(self) -> Path:
        return self.root / "journaux"

    @property
    def settings(self) -> Path:
        """Preferences of this computer (window size, appearance): no personal data."""
        return self.root / "preferences.json"

    def waiting_copy(self, sequence: int | str) -> Path:
        """A whole copy that a restoration puts in the place of the base, see `storage.restore`."""
        return self.root / f"restauration-{sequence}.db"

    def waiting_copies(self) -> list[Path]:
        """Those of restorations that were cut off."""
        return list(self.root.glob(self.waiting_copy("*").name))

    @property
    def has_base(self) -> bool:
        """True as soon as anything shows that a base lived here: never create another one over it."""
        wal = self.database.with_name(self.database.name + "-wal")
        return self.database.exists() or self.key_file.exists() or wal.exists()


def data_folder(explicit: Path | None = None) -> DataFolder:
    """The folder asked for, else the one of the environment, else the user's own."""
    if explicit is not None:
        return DataFolder(explicit.expanduser().resolve())
    if named := os.environ.get(DATA_VARIABLE):
        return DataFolder(Path(named).expanduser().resolve())
    return DataFolder(Path(platformdirs.user_data_dir("boutique", appauthor=False)))


def cache_folder() -> Path:
    """Rebuildable public files only (unpacked reference data, font instances)."""
    return Path(platformdirs.user_cache_dir("boutique", appauthor=False))


def resources_folder() -> Path:
    """`resources/` of the checkout, or the copy carried by the installed package."""
    package = Path(__file__).resolve().parent.parent
    carried = package / "_resources"
    if carried.is_dir():
        return carried
    if frozen := getattr(sys, "_MEIPASS", None):
        return Path(frozen) / "resources"
    return package.parent / "resources"


def make_private(folder: Path) -> None:
    """Create a folder that only its owner may read (no effect on Windows, where the profile protects it)."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o700)
