"""Follow-up lists kept under a name: which columns, which files; exported again for a funder each time it asks."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.exports.excel.follow_up_rows import COMPUTED
from boutique.forms.catalogue import FILE, LIST_MODEL
from boutique.forms.spec import Field, Kind, Privacy
from boutique.models.case import Case, Interview
from boutique.models.programme import ListModel, Programme
from boutique.rules.period import Period
from boutique.services import accesses
from boutique.services.files import FileFilter, FileQuery, case_ids
from boutique.services.follow_up import OwnList, follow_up_list
from boutique.services.ledger import interview_counts
from boutique.services.rows import existing
from boutique.storage.search import Search

SHORTEST_REASON = 8
_WHICH = (FileFilter.ALL, FileFilter.OPEN, FileFilter.CLOSED)
_START = ("list.reference", "list.opened_on", "list.counsellor", "holder.commune_code", "list.phase",
          "list.last_contact", "list.hours", "list.exit")  # fmt: skip
_LONGEST_WHAT = 120


@dataclass(frozen=True, slots=True)
class ListLine:
    """One kept list."""

    id: uuid.UUID
    name: str
    programme: str
    columns: int


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list as it is edited; without `id` it is not kept yet."""

    id: uuid.UUID | None
    name: str
    programme_id: uuid.UUID | None
    which: FileFilter
    year: int | None
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column on offer; `names` when it says who somebody is."""

    key: str
    label: str
    section: str
    names: bool


def blank() -> ListSheet:
    """A new list: what most funders ask for, without a name in it."""
    return ListSheet(None, "", None, FileFilter.ALL, None, _START)


def which() -> tuple[tuple[FileFilter, str], ...]:
    """Which files a list may hold."""
    return tuple((one, one.label) for one in _WHICH)


def choices() -> tuple[ColumnChoice, ...]:
    """Every column: worked out from the file, then declared answers; sensitive answers are never offered."""
    worked_out = (ColumnChoice(key, column.title, "Suivi", names=False) for key, column in COMPUTED.items())
    declared = (
        ColumnChoice(field.key, field.label, section.title, names=_names(field))
        for section in FILE.sections
        for field in section.fields
        if field.privacy is not Privacy.SENSITIVE and field.kind is not Kind.LONG_TEXT
    )
    return (*worked_out, *declared)


def listing(session: Session) -> tuple[ListLine, ...]:
    """The kept lists, by their name."""
    rows = session.execute(
        select(ListModel, Programme.name)
        .outerjoin(Programme, Programme.id == ListModel.programme_id)
        .order_by(ListModel.name, ListModel.id)
    )
    return tuple(ListLine(row.id, row.name, programme or "", len(row.columns)) for row, programme in rows)


def sheet(session: Session, list_id: uuid.UUID) -> ListSheet:
    """One list, as it is edited; columns that no longer exist are left out."""
    row = _model(session, list_id)
    known = {choice.key for choice in choices()}
    return ListSheet(
        id=row.id,
        name=row.name,
        programme_id=row.programme_id,
        which=FileFilter(row.criteria.get("which", FileFilter.ALL.value)),
        year=row.criteria.get("year"),
        columns=tuple(key for key in row.columns if key in known),
    )


def save(session: Session, typed: ListSheet) -> uuid.UUID:
    """Keep a list under its name."""
    accepted: Mapping[str, Any] = LIST_MODEL.accept({"list_model.name": typed.name})
    if not typed.columns:
        raise UserError("Choisissez au moins une colonne.")
    row = session.get(ListModel, typed.id) if typed.id is not None else None
    if row is None:
        row = ListModel(name="", columns=())
        session.add(row)
    row.name, row.programme_id = accepted["list_model.name"], typed.programme_id
    row.columns, row.criteria = typed.columns, {"which": typed.which.value, "year": typed.year}
    session.flush()
    return row.id


def remove(session: Session, list_id: uuid.UUID) -> None:
    """The list is no longer kept; the files stay as they are."""
    session.delete(_model(session, list_id))


def count(session: Session, typed: ListSheet) -> int:
    """How many files a list would hold now."""
    return len(case_ids(session, Search(), _query(session, typed)))


def is_nominative(columns: Sequence[str]) -> bool:
    """Whether a list says who people are."""
    named = {choice.key for choice in choices() if choice.names}
    return not named.isdisjoint(columns)


def export(session: Session, typed: ListSheet, reason: str = "") -> bytes:
    """The list as it is drawn up, as a workbook. UserError when it names people and nobody says why."""
    nominative = is_nominative(typed.columns)
    if nominative and len(reason.strip()) < SHORTEST_REASON:
        raise UserError("Dites en quelques mots à quoi servent les noms : ce motif est noté au journal des accès.")
    if not typed.columns:
        raise UserError("Choisissez au moins une colonne.")
    fields = tuple(FILE.field(key) for key in typed.columns if key not in COMPUTED)
    own = OwnList(typed.name or "Liste de suivi", typed.columns, tuple(_filters(session, typed)), reason.strip())
    return follow_up_list(session, _query(session, typed), nominative=nominative, fields=fields, own=own)


def note_export(session: Session, typed: ListSheet, reason: str) -> None:
    """A list that names people, in the history of each of them."""
    cases = case_ids(session, Search(), _query(session, typed))
    people = session.scalars(select(Case.person_id).where(Case.id.in_(cases)).distinct()).all()
    accesses.note_each(
        session, "export", f"{typed.name or 'Liste de suivi'} : {reason.strip()}"[:_LONGEST_WHAT], people
    )


def _query(session: Session, typed: ListSheet) -> FileQuery:
    cases: tuple[uuid.UUID, ...] | None = None
    if typed.year is not None:
        year = Period.year(date(typed.year, 1, 1))
        held = select(Interview.case_id).where(Interview.held_on.between(year.start, year.end), interview_counts())
        cases = tuple(session.scalars(select(Case.id).where(Case.id.in_(held))))
    return FileQuery(
        filter=typed.which, programme_id=typed.programme_id, cases=cases, sort="opened", descending=False
    )  # fmt: skip


def _filters(session: Session, typed: ListSheet) -> list[tuple[str, str]]:
    chosen = []
    if typed.programme_id is not None:
        name = session.scalar(select(Programme.name).where(Programme.id == typed.programme_id)) or ""
        chosen.append(("Programme", name))
    if typed.year is not None:
        chosen.append(("Reçus en entretien en", str(typed.year)))
    return chosen


def _names(field: Field) -> bool:
    """A commune alone says where somebody lives, not who."""
    return field.privacy is Privacy.IDENTITY or (field.privacy is Privacy.CONTACT and field.kind is not Kind.COMMUNE)


def _model(session: Session, list_id: uuid.UUID) -> ListModel:
    return existing(session, ListModel, list_id, "Cette liste n’existe plus. Revenez aux listes de suivi.")
