"""What is behind a figure: one line each person or act, with its file when it has one. For Activité and the exports."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.rules.figure_rules import Count, Kind, Rule
from boutique.rules.indicators import Figure
from boutique.rules.ledger_rows import Line, day_of
from boutique.services.context import place
from boutique.services.figures import Book
from boutique.services.ledger import among, identifier, raw

_NO_FILE = "Sans dossier"
_TOLD = frozenset({"act.qpv"})  # of the values counted, those that say nothing of a person


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line behind a figure: a person, or an act. An anonymous visit has no file to open.

    `amount` is what the line brings to a sum or a median, in the unit of the figure; `value` what is counted when
    different values are.
    """

    case_id: uuid.UUID | None
    reference: str
    name: str
    commune: str
    on: date
    detail: str
    amount: float | None = None
    value: str = ""
    private: bool = False  # the name may be that of a person who has no file: never exported


def counted_by(rule: Rule, side: str = "part") -> tuple[Rule, Count]:
    """The rule that one side of a figure is counted by, and what it counts; another figure than a share has one."""
    own = rule.part if side == "part" else rule.whole
    if own is not None:
        return own, own.count
    return rule, rule.of if rule.count is Count.SHARE else rule.count


def rows_of(book: Book, figure: Figure, lines: Iterable[Line], side: str = "part") -> tuple[FileRow, ...]:
    """The lines of a figure, or of one side of a share, as they are shown, the latest first."""
    found = list(lines)
    if figure.rule is None:
        return ()
    counted = counted_by(figure.rule, side)
    by_kind: dict[Kind, list[Line]] = defaultdict(list)
    for line in found:
        by_kind[line.kind].append(line)
    behind: dict[Line, tuple[Any, Any]] = {}
    for kind, some in by_kind.items():
        ids = book.ledger.of(kind).ids
        files = book.reading.files_of(kind, [ids[line.at] for line in some])
        behind.update({line: files.get(ids[line.at], (None, None)) for line in some})
    known = _files(book.session, {file for file, _label in behind.values() if file})
    shown = (_row(book, counted, line, known.get(behind[line][0]), behind[line][1]) for line in found)
    return tuple(sorted(shown, key=_latest_last, reverse=True))


def _latest_last(row: FileRow) -> tuple[date, str, str]:
    return row.on, row.reference, row.detail


def _files(session: Session, cases: set[Any]) -> dict[Any, Any]:
    rows = session.execute(
        select(
            raw(Case.id).label("case"),
            Case.reference,
            Person.first_name,
            Person.last_name,
            Person.commune_code,
        )
        .join(Person, Person.id == Case.person_id)
        .where(Case.id.in_(among(cases)))
    )
    return {row.case: row for row in rows}


def _row(book: Book, counted: tuple[Rule, Count], line: Line, file: Any, label: Any) -> FileRow:
    rule, count = counted
    on, amount, value, detail = day_of(book.ledger.day(line)), None, "", ""
    if count in (Count.SUM, Count.MEDIAN):
        added = book.ledger.amount(rule, line)
        amount, detail = added / rule.divisor, _SHOWN[measured(rule)](added)
    if count is Count.VALUES and rule.amount in _TOLD:
        value = str(book.ledger.facts(line.kind, rule.amount)[line.at])
    if file is None:
        private = line.kind is Kind.BUSINESS_VISIT
        return FileRow(None, "", label or _NO_FILE, "", on, detail or value, amount, value, private)
    name, commune = f"{file.first_name} {file.last_name}", place(book.session, file.commune_code)
    return FileRow(identifier(file.case), file.reference, name, commune, on, detail or value, amount, value)


class Measured(Enum):
    """What the lines of a sum or of a median are made of."""

    TIME = "Durée (heures)"
    EUROS = "Montant (€)"
    DAYS = "Délai (jours)"
    JOBS = "Emplois"
    ANSWERS = "Réponses"


def measured(rule: Rule) -> Measured:
    """By the amount that the rule names, else by that of its events."""
    if rule.amount:
        return Measured.ANSWERS if rule.amount.startswith("holder.") else Measured.JOBS
    if rule.count is Count.MEDIAN:
        return Measured.DAYS
    return Measured.TIME if rule.divisor > 1 else Measured.EUROS


def _days(days: int) -> str:
    return french.plural(days, "jour")


def _jobs(jobs: int) -> str:
    return french.plural(jobs, "emploi")


def _answers(answers: int) -> str:
    return french.plural(answers, "réponse")


_SHOWN = {
    Measured.TIME: french.show_minutes, Measured.EUROS: french.show_amount, Measured.DAYS: _days,
    Measured.JOBS: _jobs, Measured.ANSWERS: _answers,
}  # fmt: skip
