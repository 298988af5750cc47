"""An open base with its circumstances: what the window and the command line hold and call use cases through."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import files, paths
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.models.base import new_id
from boutique.models.choices import LegalBasis, Role, SiteKind
from boutique.models.structure import Counsellor, Site, Structure
from boutique.models.trace import Change, Setting
from boutique.services import journey_versions
from boutique.services.context import Context, attach
from boutique.services.open_copies import OpenCopies
from boutique.storage import base, fingerprints, journal, keys
from boutique.storage.database import Database
from boutique.storage.keys import Keychain
from boutique.storage.reference import Reference, reference
from boutique.storage.search_index import SearchIndex

P = ParamSpec("P")
R = TypeVar("R")
DEFAULT_RETENTION_MONTHS = 24
DEFAULT_REMINDERS = "9, 21, 45"
NO_BASE = "Il n’y a pas encore de base ici. Lancez « boutique init » ou la fenêtre pour la créer."
_APART = "premier-demarrage"


@dataclass(frozen=True, slots=True)
class Setup:
    """The three answers of the first start; everything else can wait in Réglages."""

    structure_name: str
    commune_code: str
    site_name: str
    counsellor_first: str
    counsellor_last: str
    counsellor_email: str | None = None
    phone: str | None = None


class Workspace:
    """One open base, one person at work, one place of the day."""

    def __init__(self, folder: DataFolder, database: Database, known: Reference | None = None) -> None:
        self.folder = folder
        self.database = database
        self.reference = known or reference()
        self.closed = False
        self.backing_up = Lock()  # one backup at a time, and none while the base closes
        self.copies = OpenCopies(folder.root)  # documents shown by other programs
        self.index = SearchIndex(self._place_words)
        self.counsellor_id: uuid.UUID | None = None
        self.site_id: uuid.UUID | None = None
        journal.install(database.writing, after=self.index.refresh)
        fingerprints.install(database.writing)
        self.device = "local"
        self._start()

    def read(self, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case that only reads, on a consistent view of the base."""
        with self.database.reader() as session:
            attach(session, self._context())
            return use_case(session, *args, **kwargs)

    def write(self, label: str, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case as one action called `label`: committed whole or not at all, and undoable."""
        with self.database.session() as session:
            attach(session, self._context())
            journal.begin_action(session, label, author_id=self.counsellor_id, device=self.device)
            return use_case(session, *args, **kwargs)

    def close(self) -> None:
        """Let go of the base, once a backup under way is whole; the key leaves with the object."""
        with self.backing_up:
            self.closed = True
            self.copies.wipe()
            self.database.close()

    def _context(self) -> Context:
        return Context(self.counsellor_id, self.site_id, self.reference, self.device)

    def _place_words(self, code: str) -> str:
        found = self.reference.commune(code)
        return f"{found.name} {' '.join(found.postal_codes)}" if found else code

    def _start(self) -> None:
        """Take up where the base was left: its device name, its clock, its first place and counsellor."""
        with self.database.reader() as session:
            device = session.get(Setting, "device")
            latest = session.scalar(select(Change.stamp).order_by(Change.stamp.desc()).limit(1))
            open_sites = select(Site.id).where(Site.closed_on.is_(None)).order_by(Site.created_at)
            at_work = select(Counsellor.id).where(Counsellor.left_on.is_(None)).order_by(Counsellor.created_at)
            self.site_id = session.scalar(open_sites.limit(1))
            self.counsellor_id = session.scalar(at_work.limit(1))
            if device is not None:
                self.device = device.content
            if latest is not None:
                journal.CLOCK.witness(latest)


def create(
    folder: DataFolder, setup: Setup, *, keychain: Keychain | None, passphrase: str | None = None
) -> tuple[Workspace, str]:
    """A new encrypted base and its recovery code; refused where a base ever was."""
    if folder.has_base:
        raise UserError("Il y a déjà une base dans ce dossier : ouvrez-la, ou choisissez un autre dossier.")
    _check(setup)
    keys.refuse_where_a_base_was(folder)
    with files.explained(folder.root):
        paths.make_private(folder.root)
    with _apart(folder) as apart:
        key, code = keys.create(apart, keychain=keychain, passphrase=passphrase)
        workspace = Workspace(apart, base.create_base(apart, key))
        workspace.write("Premier démarrage", _install, setup)
        workspace.close()
        # Whatever stops us between the two leaves a key without a base, which `opening` knows how to clear away.
        apart.key_file.replace(folder.key_file)
        apart.database.replace(folder.database)
        files.sync_folder(folder.root)
    return open_with_key(folder, key), code


def open_workspace(
    folder: DataFolder, *, keychain: Keychain | None, passphrase: str | None = None, recovery_code: str | None = None
) -> Workspace:
    """Open an existing base, bringing it to this version first; KeyNeeded when something must be typed."""
    if not folder.has_base:
        raise UserError(NO_BASE)
    key = keys.open_key(folder, keychain=keychain, passphrase=passphrase, recovery_code=recovery_code)
    return open_with_key(folder, key)


def open_with_key(folder: DataFolder, key: bytes) -> Workspace:
    """Open an existing base whose key is known."""
    opened = Workspace(folder, base.open_base(folder, key))
    if not opened.database.read_only and opened.read(journey_versions.is_new_here):
        opened.write("Parcours gardé", journey_versions.adopt)
    return opened


@contextmanager
def _apart(folder: DataFolder) -> Iterator[DataFolder]:
    """A folder where a new base is made whole before it takes its place: a first start never stops half-way."""
    apart = DataFolder(folder.root / _APART)
    with files.explained(folder.root):
        shutil.rmtree(apart.root, ignore_errors=True)  # left by a first start that was cut off
        paths.make_private(apart.root)
        try:
            yield apart
        finally:
            shutil.rmtree(apart.root, ignore_errors=True)


def _check(setup: Setup) -> None:
    if not setup.structure_name.strip() or not setup.counsellor_first.strip():
        raise UserError("Donnez un nom à la structure et au moins votre prénom.")
    if reference().commune(setup.commune_code) is None:
        raise UserError(f"« {setup.commune_code} » n’est pas un code de commune. Exemple : 62361 pour Frévent.")


def _install(session: Session, setup: Setup) -> None:
    session.add(Setting(name="device", content=str(new_id())))
    session.add(
        Structure(
            name=setup.structure_name,
            phone=setup.phone,
            email=setup.counsellor_email,
            legal_basis=LegalBasis.PUBLIC_INTEREST,
            notice_version=1,
            notice_date=today(),
            retention_months=DEFAULT_RETENTION_MONTHS,
            reminder_days=DEFAULT_REMINDERS,
        )
    )
    session.add(Site(name=setup.site_name, kind=SiteKind.SHOP, commune_code=setup.commune_code))
    journey_versions.keep_shipped(session)
    session.add(
        Counsellor(
            first_name=setup.counsellor_first,
            last_name=setup.counsellor_last,
            role=Role.COORDINATOR,
            email=setup.counsellor_email,
        )
    )
