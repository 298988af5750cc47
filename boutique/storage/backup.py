"""Copies of the base that are known to be good: made, verified, listed, thinned out. Restoring is in `restore`."""

import hashlib
import hmac
import json
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from boutique.core import clock, files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder, make_private
from boutique.storage import digest, engine_errors, key_file, schema
from boutique.storage.connection import open_file
from boutique.storage.database import Database
from boutique.storage.digest import Content

EVERY = timedelta(hours=4)
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS, KEPT_ANYWAY = 7, 8, 12, 3
_ROOM_FACTOR = 1.5
_BEGUN = 200  # steps of one statement: more than any before the copy reads, fewer than listing what is to be copied
_SEAL = b"boutique backup manifest 1"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy and its manifest. `sequence` orders backups: a clock may jump, a counter does not."""

    path: Path
    sequence: int
    made_at: datetime
    reason: str
    base: str
    schema: str | None
    size: int
    sha256: str
    rows: dict[str, int]
    digest: str
    seal: str = ""

    @property
    def manifest(self) -> Path:
        return self.path.with_suffix(".json")

    @property
    def key_copy(self) -> Path:
        return self.path.with_suffix(".key")


def make(database: Database, folder: DataFolder, reason: str) -> Backup:
    """Copy, re-open, compare with the base, and only then call it a backup."""
    if database.read_only:
        raise UserError(engine_errors.READ_ONLY)
    with files.explained(folder.backups / "sauvegarde"):
        make_private(folder.backups)
        files.purge_leftovers(folder.backups)
        _require_room(database, folder)
        sequence = 1 + max((backup.sequence for backup in listed(folder)), default=0)
        made_at = clock.now()
        path = folder.backups / f"boutique-{sequence:05d}-{made_at:%Y%m%d-%H%M%S}.db"
        with files.replacement(path) as copy:
            source, version = _copy(database, copy)
            _verify_copy(copy, database.key, source)
            backup = Backup(
                path=path,
                sequence=sequence,
                made_at=made_at,
                reason=reason,
                base=key_file.read(folder).base if folder.key_file.exists() else "",
                schema=version,
                size=copy.stat().st_size,
                sha256=_sha256(copy),
                rows=source.rows,
                digest=source.digest,
            )
            if folder.key_file.exists():
                files.write_atomically(backup.key_copy, folder.key_file.read_bytes())
            # The copy takes its name last: whatever stops us before, no unverified file looks like a backup.
            backup = _with_manifest(backup, database.key)
    return backup


def listed(folder: DataFolder) -> list[Backup]:
    """Backups that were verified when made and are still whole by their size, newest first."""
    found = [_read_manifest(file) for file in folder.backups.glob("boutique-*.json")]
    return sorted((b for b in found if b is not None), key=lambda backup: backup.sequence, reverse=True)


def latest_verified(folder: DataFolder) -> Backup | None:
    """The newest backup."""
    return next(iter(listed(folder)), None)


def due(folder: DataFolder, now: datetime) -> bool:
    """Is an automatic backup wanted? A last one "in the future" tells nothing: make another."""
    last = latest_verified(folder)
    return last is None or not timedelta(0) <= now - last.made_at < EVERY


def verify(backup: Backup, key: bytes) -> None:
    """Read the copy again from end to end; raises when one byte of it or of its manifest changed."""
    if not hmac.compare_digest(backup.seal, _seal(backup, key)):
        raise UserError(
            "Cette sauvegarde vient d’une autre base, ou sa description a été modifiée. "
            "Rien n’a été changé : choisissez une autre sauvegarde."
        )
    with files.explained(backup.path):
        if _sha256(backup.path) != backup.sha256:
            raise UserError("Cette sauvegarde est abîmée. Rien n’a été changé : choisissez une autre sauvegarde.")
    verify_copy_of(backup, backup.path, key)


def verify_copy_of(backup: Backup, copy: Path, key: bytes) -> None:
    """Open a copy of a backup with the key and compare what it holds with the manifest."""
    _verify_copy(copy, key, Content(backup.rows, backup.digest))


def prune(folder: DataFolder) -> list[Backup]:
    """Thin out: one a day for 7 days, a week for 8 weeks, a month for 12 months, counted among those that exist.

    The present date plays no part, so a wrong clock or a long holiday removes nothing; an old one only goes
    because enough newer verified ones are there.
    """
    backups = listed(folder)
    kept = {backup.sequence for backup in backups[:KEPT_ANYWAY]}
    for form, number in (("%Y-%m-%d", KEPT_DAYS), ("%G-%V", KEPT_WEEKS), ("%Y-%m", KEPT_MONTHS)):
        newest: dict[str, int] = {}
        for backup in backups:
            newest.setdefault(clock.local(backup.made_at).strftime(form), backup.sequence)
        kept.update(list(newest.values())[:number])
    removed = [backup for backup in backups if backup.sequence not in kept]
    for backup in removed:
        with files.explained(backup.path):
            # The manifest goes first: without it a half-removed backup is no longer offered.
            for file in (backup.manifest, backup.path, backup.key_copy):
                file.unlink(missing_ok=True)
    return removed


def _copy(database: Database, copy: Path) -> tuple[Content, str | None]:
    """Copy and count one same state of the base; whoever writes waits for the copy to begin, not for its end."""
    with database.raw() as guard, database.raw() as counter, database.raw() as copier:
        guard.execute("BEGIN IMMEDIATE")
        counter.execute("BEGIN")
        try:
            counter.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the view starts at the first read
            copier.execute("SELECT count(*) FROM sqlite_master").fetchone()  # knows the schema: no step is spent on it
            # Called once the copy reads: from then on it sees the state that it began with, whatever is written.
            copier.set_progress_handler(_Once(guard), _BEGUN)
            copier.execute("VACUUM INTO ?", (str(copy),))
        except BaseException:
            counter.execute("ROLLBACK")
            raise
        finally:
            copier.set_progress_handler(None, 0)
            if guard.in_transaction:
                guard.execute("ROLLBACK")
        try:
            return digest.take(counter), schema.current(counter)
        finally:
            counter.execute("ROLLBACK")


class _Once:
    """Lets writers in again at its first call."""

    def __init__(self, guard: Any) -> None:
        self._guard = guard

    def __call__(self) -> int:
        if self._guard.in_transaction:
            self._guard.execute("ROLLBACK")
        return 0


def _verify_copy(copy: Path, key: bytes, expected: Content) -> None:
    with engine_errors.explained(copy), closing(open_file(copy, key, read_only=True)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        sound = sound and not connection.execute("PRAGMA cipher_integrity_check").fetchall()
        same = sound and digest.take(connection) == expected
    if not same:
        raise UserError(
            "La sauvegarde ne correspond pas à la base : elle n’a pas été gardée. "
            "Vérifiez le disque, puis lancez « Vérifier la base » dans les réglages."
        )


def _require_room(database: Database, folder: DataFolder) -> None:
    if files.free_bytes(folder.backups) < _ROOM_FACTOR * database.path.stat().st_size:
        raise UserError(
            "Il n’y a pas assez de place pour une sauvegarde. La base est intacte. Libérez de l’espace sur le disque."
        )


def _with_manifest(backup: Backup, key: bytes) -> Backup:
    sealed = replace(backup, seal=_seal(backup, key))
    files.write_atomically(sealed.manifest, json.dumps(_plain(sealed), indent=1, sort_keys=True).encode())
    return sealed


def _read_manifest(file: Path) -> Backup | None:
    """None for anything that is not the manifest of a file that is there with the size it had."""
    try:
        raw = json.loads(file.read_bytes())
        made_at = datetime.fromisoformat(raw.pop("made_at")).astimezone(UTC)
        backup = Backup(path=file.with_suffix(".db"), made_at=made_at, **raw)
        return backup if backup.path.stat().st_size == backup.size else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _plain(backup: Backup) -> dict[str, Any]:
    values = asdict(backup)
    del values["path"]
    return {**values, "made_at": backup.made_at.isoformat()}


def _seal(backup: Backup, key: bytes) -> str:
    content = {name: value for name, value in _plain(backup).items() if name != "seal"}
    return hmac.digest(key, _SEAL + json.dumps(content, sort_keys=True).encode(), "sha256").hex()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
