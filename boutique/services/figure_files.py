"""What is behind a figure: one line each person or act, with its file when it has one. For Activité and the exports."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.rules.figure_rules import Kind
from boutique.rules.indicators import Figure, Unit
from boutique.rules.ledger import Line, day_of
from boutique.services.context import place
from boutique.services.figures import Book
from boutique.services.ledger import identifier, raw

_AT_ONCE = 5000
_NO_FILE = "Sans dossier"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line behind a figure: a person, or an act. An anonymous visit has no file to open."""

    case_id: uuid.UUID | None
    reference: str
    name: str
    commune: str
    on: date
    detail: str


def rows_of(book: Book, figure: Figure, lines: Iterable[Line]) -> tuple[FileRow, ...]:
    """The lines as they are shown, the latest first."""
    found = list(lines)
    by_kind: dict[Kind, list[Line]] = defaultdict(list)
    for line in found:
        by_kind[line.kind].append(line)
    behind: dict[Line, tuple[Any, Any]] = {}
    for kind, some in by_kind.items():
        ids = book.ledger.of(kind).ids
        files = book.reading.files_of(kind, [ids[line.at] for line in some])
        behind.update({line: files.get(ids[line.at], (None, None)) for line in some})
    known = _files(book.session, {file for file, _label in behind.values() if file})
    shown = (_row(book, figure, line, known.get(behind[line][0]), behind[line][1]) for line in found)
    return tuple(sorted(shown, key=_latest_last, reverse=True))


def _latest_last(row: FileRow) -> tuple[date, str, str]:
    return row.on, row.reference, row.detail


def _files(session: Session, cases: set[Any]) -> dict[Any, Any]:
    wanted, found = sorted(cases), {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = session.execute(
            select(
                raw(Case.id).label("case"),
                Case.reference,
                Person.first_name,
                Person.last_name,
                Person.commune_code,
            )
            .join(Person, Person.id == Case.person_id)
            .where(Case.id.in_([identifier(case) for case in wanted[start : start + _AT_ONCE]]))
        )
        found.update({row.case: row for row in rows})
    return found


def _row(book: Book, figure: Figure, line: Line, file: Any, label: Any) -> FileRow:
    on, detail = day_of(book.ledger.day(line)), _detail(book, figure, line)
    if file is None:
        return FileRow(None, "", label or _NO_FILE, "", on, detail)
    name = f"{file.first_name} {file.last_name}"
    return FileRow(identifier(file.case), file.reference, name, place(book.session, file.commune_code), on, detail)


def _detail(book: Book, figure: Figure, line: Line) -> str:
    """What the line adds, where lines are not worth one each."""
    if figure.rule is None or figure.unit not in _SHOWN:
        return ""
    return _SHOWN[figure.unit](book.ledger.amount(figure.rule, line))


def _days(days: int) -> str:
    return french.plural(days, "jour")


def _jobs(jobs: int) -> str:
    return french.plural(jobs, "emploi")


_SHOWN = {Unit.HOURS: french.show_minutes, Unit.EUROS: french.show_amount, Unit.DAYS: _days, Unit.JOBS: _jobs}
