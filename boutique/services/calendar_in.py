"""Busy time of a counsellor, brought in from another calendar; each source is replaced at each import."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique import storage
from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.core.text import clean, clip
from boutique.models.agenda import BusyTime
from boutique.models.structure import Counsellor
from boutique.services.import_lines import Remark
from boutique.services.importing import Progress
from boutique.services.rows import existing
from boutique.services.workspace import Workspace

BEFORE, AFTER = 31, 400  # days around today that are read: a repetition without end stops there
_LONGEST_SOURCE = 80
LABEL = "Agenda importé"


@dataclass(frozen=True, slots=True)
class BusyReport:
    """What an import did."""

    source: str
    periods: int
    events: int
    free: int
    outside: int
    first: date
    last: date
    refused: tuple[Remark, ...]

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why events were left out, the most frequent first."""
        return tuple(Counter(remark.reason for remark in self.refused).most_common())

    @property
    def sentence(self) -> str:
        """What was done, in one line."""
        told = f"{french.plural(self.periods, 'plage occupée', 'plages occupées')} dans l’agenda"
        left = f", {french.plural(len(self.refused), 'événement refusé', 'événements refusés')}" if self.refused else ""
        return f"« {self.source} » : {told}{left}."


@dataclass(frozen=True, slots=True)
class Source:
    """A calendar that was brought in."""

    id: uuid.UUID
    counsellor_id: uuid.UUID
    counsellor: str
    name: str
    imported_at: datetime
    periods: int


def bring_in(
    workspace: Workspace, path: Path, counsellor_id: uuid.UUID, source: str, *, progress: Progress | None = None
) -> BusyReport:
    """Read a calendar, then put it in place of the one of the same name in one action; nothing changes before."""
    name = clip(clean(source), _LONGEST_SOURCE)
    if not name:
        raise UserError("Donnez un nom à cet agenda, par exemple « Agenda personnel ».")
    first, last = clock.today() - timedelta(BEFORE), clock.today() + timedelta(AFTER)
    content = storage.calendar_files.read_busy(path, first, last, progress.step if progress is not None else None)
    if not content.periods and content.refused:
        worst = content.refused[0]
        raise UserError(
            f"Aucun événement de ce fichier n’a pu être lu (ligne {worst.line} : {worst.reason}). "
            "Rien n’a été modifié : exportez l’agenda de nouveau."
        )
    workspace.write(LABEL, _store, counsellor_id, name, content, first, last)
    refused = tuple(Remark(one.line, one.reason) for one in content.refused)
    return BusyReport(
        name, len(content.periods), content.events, content.free, content.outside, first, last, refused
    )  # fmt: skip


def sources(session: Session) -> tuple[Source, ...]:
    """The calendars brought in, by counsellor and name."""
    rows = session.execute(
        select(BusyTime, Counsellor)
        .join(Counsellor, Counsellor.id == BusyTime.counsellor_id)
        .order_by(Counsellor.first_name, BusyTime.source)
    )
    return tuple(
        Source(row.id, row.counsellor_id, who.short_name, row.source, clock.local(row.imported_at), len(row.periods))
        for row, who in rows
    )


def forget(session: Session, source_id: uuid.UUID) -> None:
    """Take a calendar away; undo brings it back."""
    row = existing(session, BusyTime, source_id, "Cet agenda importé n’existe plus.")
    session.delete(row)


def _store(
    session: Session,
    counsellor_id: uuid.UUID,
    source: str,
    content: "storage.calendar_files.BusyFile",
    first: date,
    last: date,
) -> None:
    row = session.scalars(
        select(BusyTime).where(BusyTime.counsellor_id == counsellor_id, BusyTime.source == source)
    ).first()
    if row is None:
        row = BusyTime(counsellor_id=counsellor_id, source=source)
        session.add(row)
    row.imported_at, row.first_on, row.last_on = clock.now(), first, last
    row.periods = [list(period) for period in content.periods]
    session.flush()
