"""Agreements with funders: edited, followed to their end, and what is charged to them. Used by Programmes and files."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.forms.catalogue import CO_FINANCING, PROGRAMME
from boutique.forms.spec import Answers
from boutique.models.case import Case, Interview
from boutique.models.programme import CoFinancing, Objective, Programme
from boutique.models.programme_choices import ProgrammeKind
from boutique.models.registry import ENTITIES
from boutique.services import answers as answers_service
from boutique.services.rows import existing

ALERT_DAYS = 90  # for an agreement that says nothing
_ITS_OWN = (CoFinancing, Objective)  # what goes with an agreement that never served
_GONE = "Ce programme n’existe plus. Revenez à la liste des programmes."


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One agreement in the list. `days_left` is negative once it has ended, None without an end."""

    id: uuid.UUID
    name: str
    kind: str
    funder: str
    starts_on: date
    ends_on: date | None
    days_left: int | None
    ends_soon: bool
    archived_on: date | None
    files: int
    places: int | None
    places_used: int
    has_participants: bool

    @property
    def dates(self) -> str:
        if self.ends_on is None:
            return f"depuis le {french.show_date(self.starts_on)}"
        return f"du {french.show_date(self.starts_on)} au {french.show_date(self.ends_on)}"

    @property
    def about(self) -> str:
        return " · ".join(part for part in (self.kind, self.funder, self.dates) if part)

    @property
    def places_left(self) -> int | None:
        return None if self.places is None else self.places - self.places_used


@dataclass(frozen=True, slots=True)
class ShareLine:
    """What one financer brings."""

    id: uuid.UUID
    financer: str
    amount_eur: int
    common_law: bool | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One agreement with its money: `common_law` is the share (0 to 1) of what is known, None when nothing is."""

    line: ProgrammeLine
    answers: Answers
    shares: tuple[ShareLine, ...]
    shared_eur: int
    common_law: float | None


@dataclass(frozen=True, slots=True)
class Option:
    """A programme that a file or an act may be charged to."""

    id: uuid.UUID
    label: str


def listing(session: Session) -> tuple[ProgrammeLine, ...]:
    """Every agreement, those in force first, the archived ones last."""
    rows = session.scalars(
        select(Programme).order_by(Programme.archived_on.is_not(None), Programme.ends_on.nulls_last(), Programme.name)
    ).all()
    charged = _charged(session)
    return tuple(_line(row, charged.get(row.id, 0)) for row in rows)


def sheet(session: Session, programme_id: uuid.UUID) -> Sheet:
    """One agreement, for its form and its cards."""
    row = _programme(session, programme_id)
    shares = tuple(
        ShareLine(share.id, share.financer, share.amount_eur, share.common_law, share.year)
        for share in session.scalars(
            select(CoFinancing)
            .where(CoFinancing.programme_id == programme_id)
            .order_by(CoFinancing.year.nulls_first(), CoFinancing.amount_eur.desc(), CoFinancing.id)
        )
    )
    return Sheet(
        line=_line(row, _charged(session).get(row.id, 0)),
        answers=answers_service.read_row("programme", row),
        shares=shares,
        shared_eur=sum(share.amount_eur for share in shares),
        common_law=_common_law([(share.amount_eur, share.common_law) for share in shares]),
    )


def save(session: Session, programme_id: uuid.UUID | None, typed: Mapping[str, Any]) -> uuid.UUID:
    """Add or change an agreement."""
    accepted = PROGRAMME.accept(typed)
    if programme_id is None:
        row = Programme(name="", kind=ProgrammeKind.OTHER, starts_on=accepted["programme.starts_on"])
        session.add(row)
    else:
        row = _programme(session, programme_id)
    answers_service.write_row(row, "programme", accepted)
    session.flush()
    return row.id


def archive(session: Session, programme_id: uuid.UUID) -> None:
    """No longer offered; what was charged to it stays."""
    _programme(session, programme_id).archived_on = today()


def restore(session: Session, programme_id: uuid.UUID) -> None:
    """Offered again."""
    _programme(session, programme_id).archived_on = None


def save_share(
    session: Session, programme_id: uuid.UUID, share_id: uuid.UUID | None, typed: Mapping[str, Any]
) -> uuid.UUID:
    """Add or change what a financer brings."""
    accepted = CO_FINANCING.accept(typed)
    row = session.get(CoFinancing, share_id) if share_id is not None else None
    if row is None:
        row = CoFinancing(programme_id=programme_id, financer="", amount_eur=0)
        session.add(row)
    answers_service.write_row(row, "co_financing", accepted)
    session.flush()
    return row.id


def share(session: Session, share_id: uuid.UUID) -> Answers:
    """What a financer brings, for its form."""
    return answers_service.read_row("co_financing", _share(session, share_id))


def remove_share(session: Session, share_id: uuid.UUID) -> None:
    """This financer brings nothing after all."""
    session.delete(_share(session, share_id))


def options(session: Session, *, keep: uuid.UUID | None = None, ended: bool = False) -> tuple[Option, ...]:
    """What may be charged today, with those that ended already if asked; `keep` is listed whatever became of it."""
    on = today()
    offered = Programme.archived_on.is_(None) & (Programme.starts_on <= on if ended else _covers(on, on))
    rows = session.execute(
        select(Programme.id, Programme.name)
        .where(offered if keep is None else or_(offered, Programme.id == keep))
        .order_by(Programme.name, Programme.id)
    )
    return tuple(Option(key, name) for key, name in rows)


def of_case(session: Session, case_id: uuid.UUID) -> uuid.UUID | None:
    """What the acts of a file are charged to unless said otherwise."""
    return answers_service.case_of(session, case_id).programme_id


def charge(session: Session, case_id: uuid.UUID, programme_id: uuid.UUID | None) -> None:
    """Charge a file from now on; what was charged to another programme stays where it was.

    Charged for the first time, the interviews already held while the programme runs are charged with it.
    """
    case = answers_service.case_of(session, case_id)
    if programme_id is not None:
        _programme(session, programme_id)
    first, case.programme_id = case.programme_id is None, programme_id
    if not first or programme_id is None:
        return
    held = select(Interview).where(Interview.case_id == case_id, Interview.programme_id.is_(None))
    for row in session.scalars(held):
        row.programme_id = default_for(session, case, row.held_on)


def default_for(session: Session, case: Case, on: date) -> uuid.UUID | None:
    """What an act of a file on a day is charged to: the programme of the file, when it runs on that day."""
    row = session.get(Programme, case.programme_id) if case.programme_id is not None else None
    if row is None or on < row.starts_on or (row.ends_on is not None and on > row.ends_on):
        return None
    return row.id


def ending(session: Session, on: date) -> tuple[ProgrammeLine, ...]:
    """Agreements that end soon, the nearest first: what Aujourd’hui reminds of."""
    rows = session.scalars(
        select(Programme)
        .where(Programme.archived_on.is_(None), Programme.ends_on >= on)
        .order_by(Programme.ends_on, Programme.name)
    )
    soon = [row for row in rows if _ends_soon(row, on)]
    return tuple(_line(row, 0, on) for row in soon)


def cases(session: Session, programme_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """The files charged to a programme, for the list of files."""
    return tuple(session.scalars(select(Case.id).where(Case.programme_id == programme_id).order_by(Case.opened_on)))


def delete(session: Session, programme_id: uuid.UUID) -> None:
    """Remove an agreement that never served; one that served is archived."""
    row = _programme(session, programme_id)
    for model in ENTITIES:
        charged = getattr(model, "programme_id", None)
        if charged is None:
            continue
        lines = session.scalars(select(model).where(charged == programme_id)).all()
        if lines and model not in _ITS_OWN:
            raise UserError("Des dossiers, des actes ou des listes s’appuient sur ce programme : archivez-le plutôt.")
        for line in lines:
            session.delete(line)
    session.delete(row)


def _line(row: Programme, files: int, on: date | None = None) -> ProgrammeLine:
    on = on or today()
    return ProgrammeLine(
        id=row.id,
        name=row.name,
        kind=row.kind.label,
        funder=row.funder or "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        days_left=(row.ends_on - on).days if row.ends_on else None,
        ends_soon=_ends_soon(row, on),
        archived_on=row.archived_on,
        files=files,
        places=row.places,
        places_used=files + (row.places_elsewhere or 0),
        has_participants=row.kind is ProgrammeKind.ESF,
    )


def _ends_soon(row: Programme, on: date) -> bool:
    if row.ends_on is None or row.archived_on is not None:
        return False
    days = ALERT_DAYS if row.alert_days is None else row.alert_days
    return 0 <= (row.ends_on - on).days <= days


def _charged(session: Session) -> dict[uuid.UUID | None, int]:
    rows = session.execute(
        select(Case.programme_id, func.count().label("files"))
        .where(Case.programme_id.is_not(None))
        .group_by(Case.programme_id)
    )
    return {row.programme_id: row.files for row in rows}


def _covers(first: date, last: date) -> ColumnElement[bool]:
    return (Programme.starts_on <= last) & (Programme.ends_on.is_(None) | (Programme.ends_on >= first))


def _common_law(lines: list[tuple[int, bool | None]]) -> float | None:
    known = [(amount, common) for amount, common in lines if common is not None]
    total = sum(amount for amount, _ in known)
    return sum(amount for amount, common in known if common) / total if total else None


def _programme(session: Session, programme_id: uuid.UUID) -> Programme:
    return existing(session, Programme, programme_id, _GONE)


def _share(session: Session, share_id: uuid.UUID) -> CoFinancing:
    return existing(session, CoFinancing, share_id, "Cette ligne n’existe plus. Revenez au programme.")
