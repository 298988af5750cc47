"""What is behind one figure, as a workbook: a line for each thing that it counts, then the files of these lines."""

from dataclasses import dataclass
from datetime import date, datetime

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.follow_up_rows import USUAL, FollowUpRow
from boutique.exports.excel.measures import added, middle, numbers
from boutique.exports.excel.sheets import readme

LINES, FILES = "Liste", "Dossiers"
_IDENTITY = "Aucun nom : les dossiers figurent par leur référence"


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One thing that the figure counts; `what` when it has no file, `amount` of a sum or a median, in its unit."""

    reference: str
    on: date
    commune: str
    what: str = ""
    value: str = ""
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class FigureListData:
    """The lines of one figure, and what it is. `amount` and `value` head their columns, which are left out without."""

    title: str
    structure: str
    author: str
    version: str
    generated_at: datetime
    facts: tuple[tuple[str, str], ...]
    rows: tuple[CountedRow, ...]
    files: tuple[FollowUpRow, ...] = ()
    amount: str = ""
    median: bool = False  # the figure is the median of the amounts, not their sum
    value: str = ""


def render(data: FigureListData) -> bytes:
    """The workbook as .xlsx bytes."""
    book = Book(title=data.title, author=data.structure, made_at=data.generated_at)
    facts: list[readme.Pair] = [
        ("Structure", data.structure),
        *data.facts,
        ("Établi par", data.author),
        ("Le", readme.moment(data.generated_at)),
        ("Logiciel", f"Boutique {data.version}"),
        ("Lignes", len(data.rows)),
        ("Identité", _IDENTITY),
    ]
    readme.write(book, data.title, facts, [("Les feuilles", _sheets(data))])
    book.table(LINES, _columns(data), data.rows)
    if data.files:
        book.table(FILES, USUAL, data.files)
    return book.to_bytes()


def _sheets(data: FigureListData) -> list[readme.Pair]:
    counted = "Une ligne pour chaque chose comptée : le total, recalculé au bas de la feuille, est le chiffre"
    if data.amount:
        how = "leur médiane est le chiffre" if data.median else "leur somme est le chiffre"
        counted = (
            f"Une ligne pour chaque chose comptée, avec ce qu’elle y apporte («\u00a0{data.amount}\u00a0») : {how}"
        )
    return [(LINES, counted), *([(FILES, "Liste de suivi des dossiers de ces lignes")] if data.files else [])]


def _columns(data: FigureListData) -> list[Column[CountedRow]]:
    """The date is counted at the bottom: lines without a file have no reference."""
    columns: list[Column[CountedRow]] = [
        Column("Référence", lambda row: row.reference or None, 14),
        Column("Date", lambda row: row.on, 12, Format.DATE, total=numbers(), total_format=Format.COUNT),
        Column("Commune", lambda row: row.commune or None, 24),
    ]
    if any(row.what for row in data.rows):
        columns.append(Column("Précision", lambda row: row.what or None, 34))
    if data.value:
        columns.append(Column(data.value, lambda row: row.value, 18))
    if data.amount:
        columns.append(_amounts(data))
    return columns


def _amounts(data: FigureListData) -> Column[CountedRow]:
    """Euros, days and jobs are whole, hours are not; nor is a median."""
    whole = all(float(row.amount or 0).is_integer() for row in data.rows)
    return Column(
        data.amount,
        lambda row: row.amount,
        16,
        Format.NUMBER if whole else Format.MONEY,
        total=middle() if data.median else added(),
        total_format=Format.DECIMAL if data.median else "",
    )
