"""Workbooks of the activity as files: of a month or of a year, in the format asked for. For Activité and the CLI."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from boutique.core import files
from boutique.core.errors import UserError
from boutique.core.french import month_name
from boutique.core.text import clip
from boutique.exports import excel
from boutique.exports.excel import formats
from boutique.exports.excel.formats import Form
from boutique.services import accesses, locked_months, scopes
from boutique.services.activity_book import activity_book, summary_figures
from boutique.services.annual_book import annual_book
from boutique.services.scopes import ALL, ScopeKeys
from boutique.services.workspace import Workspace

Step = Callable[[int, int], None]
_READING, _WHOLE = 60, 100  # the reading takes more than the writing
_READ = 40  # but not than the writing in three formats
SHORTEST_REASON = 8
_NOTED = "Classeur d’activité"
LONGEST_NOTE = 120  # of the journal of accesses


@dataclass(frozen=True, slots=True)
class BookFile:
    """A finished workbook; `noted` is what the journal of accesses must say of it, `people` how many it names."""

    file_name: str
    title: str
    content: bytes
    noted: str
    people: int = 0


def month_file(
    session: Session,
    month: date,
    form: Form = Form.XLSX,
    keys: ScopeKeys = ALL,
    *,
    author: str = "",
    reason: str = "",
    step: Step | None = None,
) -> BookFile:
    """The workbook of the month of a day, narrowed to whose activity `keys` say.

    A `reason` adds the names of the people: whoever asks notes the access.
    `step` is told how far it is out of 100, and may raise to give up. UserError when the reason says nothing.
    """
    if reason and len(reason.strip()) < SHORTEST_REASON:
        raise UserError("Dites en quelques mots à quoi servent les noms : ce motif est noté au journal des accès.")
    title = f"Activité, {month_name(month)}"
    name = month_name_of(month, keys)
    if not reason and scopes.is_place(keys):
        declared = locked_months.frozen(session, month, keys.site_id, form)
        if declared is not None:  # to the byte as it was sent: what changed since is in « Corrections » of the next one
            return BookFile(f"{name}{form.value}", title, declared, _NOTED)
    data = activity_book(session, month, keys, author=author, reason=reason.strip(), step=_part(step, 0, _READING))
    content = formats.write(excel.activity_book.make(data), form, _part(step, _READING, _WHOLE))
    if data.names is None:
        return BookFile(f"{name}{form.value}", title, content, _NOTED)
    noted = clip(f"Classeur nominatif, {month_name(month)} : {data.reason}", LONGEST_NOTE)
    return BookFile(f"{name}-nominatif{form.value}", title, content, noted, len(set(data.names.values())))


def month_copies(
    session: Session, month: date, site_id: uuid.UUID | None = None, step: Step | None = None
) -> dict[Form, bytes]:  # fmt: skip
    """The workbook of a month in every format, from one reading: what a declaration keeps. `step` as `month_file`."""
    data, copies = activity_book(session, month, ScopeKeys(site_id), step=_part(step, 0, _READ)), dict[Form, bytes]()
    for rank, form in enumerate(Form):
        first, last = (_READ + (_WHOLE - _READ) * part // len(Form) for part in (rank, rank + 1))
        copies[form] = formats.write(excel.activity_book.make(data), form, _part(step, first, last))
    return copies


@dataclass(frozen=True, slots=True)
class Control:
    """One control that is not green: `blocking` ones keep the workbook from being sent."""

    label: str
    count: int
    references: str
    blocking: bool


def controls(session: Session, month: date, keys: ScopeKeys = ALL) -> tuple[Control, ...]:
    """What should be looked at before the workbook of a month is sent; nothing when everything is green."""
    lines = excel.activity_book.controls(activity_book(session, month, keys))
    return tuple(
        Control(line.label, round(line.number), line.listed, line.blocking)
        for line in lines
        if line.state != excel.sheets.checks.OK
    )


def commented(session: Session) -> tuple[tuple[str, str], ...]:
    """Indicators that a comment may be about: key, label."""
    return tuple((counted.key, counted.title) for counted in summary_figures(session))


def write_named(workspace: Workspace, path: Path, month: date, keys: ScopeKeys, reason: str, step: Step) -> Path:
    """The workbook of a month with names, at `path`: the access is noted before the file is there."""
    form = next((one for one in Form if one.value == path.suffix.lower()), Form.XLSX)
    made = workspace.read(month_file, month, form, keys, reason=reason, step=step)
    if workspace.database.read_only:
        raise UserError("Cette base ne peut être que lue : l’export des noms ne pourrait pas être noté.")
    workspace.write("Export", accesses.note, "export", made.noted, people=made.people)
    files.write_atomically(path, made.content)
    return path


def year_file(
    session: Session,
    year: int,
    form: Form = Form.XLSX,
    keys: ScopeKeys = ALL,
    *,
    author: str = "",
    step: Step | None = None,
) -> BookFile:
    """The workbook of a year: numbers only."""
    data = annual_book(session, year, keys, author=author, step=_part(step, 0, _READING))
    content = formats.write(excel.annual_book.make(data), form, _part(step, _READING, _WHOLE))
    title = f"Activité de l’année {year}"
    return BookFile(f"{year_name_of(year, keys)}{form.value}", title, content, "Classeur d’activité de l’année")


def month_name_of(month: date, keys: ScopeKeys) -> str:
    """The name of its file, without its ending. It never names anybody: Lisez-moi says what it is narrowed to."""
    return f"activite-{month:%Y-%m}{_narrowed(keys)}"


def year_name_of(year: int, keys: ScopeKeys) -> str:
    """The same, of the workbook of a year."""
    return f"activite-{year}{_narrowed(keys)}"


def _narrowed(keys: ScopeKeys) -> str:
    return "" if scopes.is_place(keys) else "-filtre"


def _part(step: Step | None, first: int, last: int) -> Step | None:
    """The same signs of progress, between two points of a longer way."""
    if step is None:
        return None

    def told(done: int, total: int) -> None:
        step(first + (last - first) * done // max(total, 1), _WHOLE)

    return told
