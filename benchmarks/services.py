"""Opening a file, searching, the month's workbook, a referral sheet: the base side of what the user waits for."""

import io
import resource
import sys
from datetime import date

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from benchmarks import base
from benchmarks.measure import Line, milliseconds, p95, ratios
from boutique.models.case import Case
from boutique.models.referral import Referral
from boutique.services import activity, documents, interviews, journeys, people, proposals, search
from boutique.services.workspace import Workspace

_TYPED = ("martin", "nguyen", "frévent", "boulangerie bio", "06 39 98", "lefevbre", "saint-pol", "é")


def lines() -> list[Line]:
    opened = base.workspace()
    try:
        return [_searching(opened), _opening(opened), _proposing(opened), _sheet(opened), _workbook(opened), _memory()]
    finally:
        opened.close()


def _searching(opened: Workspace) -> Line:
    keystrokes = [text[: length + 1] for text in _TYPED for length in range(len(text))]
    times = [
        milliseconds(lambda typed=typed: opened.read(search.find, opened.index, typed), 3)[1] for typed in keystrokes
    ]
    return Line("search service, a keystroke, p95", f"{p95(times):.1f} ms", "≤ 30 ms", p95(times) <= 30)


def _cases(opened: Workspace, count: int) -> list[object]:
    with opened.database.reader() as session:
        return list(session.scalars(select(Case.id).order_by(Case.reference).limit(count)))


def _opening(opened: Workspace) -> Line:
    times = []
    for case in _cases(opened, 60):

        def whole(case: object = case) -> None:
            for use_case in (people.header, journeys.view, interviews.listing):
                opened.read(use_case, case)  # type: ignore[arg-type]

        times += milliseconds(whole, 1)
    return Line(
        "opening a file (header, journey, interviews), p95", f"{p95(times):.0f} ms", "≤ 100 ms", p95(times) <= 100
    )


def _proposing(opened: Workspace) -> Line:
    times = [
        milliseconds(lambda case=case: opened.read(proposals.proposals, case), 1)[0] for case in _cases(opened, 60)
    ]
    return Line("proposals of a file, p95", f"{p95(times):.0f} ms", "≤ 100 ms", p95(times) <= 100)


def _sheet(opened: Workspace) -> Line:
    with opened.database.reader() as session:
        found = session.scalar(select(Referral.id).where(Referral.consent_on.is_not(None)).limit(1))
    opened.read(documents.referral_sheet, found)
    times = milliseconds(lambda: opened.read(documents.referral_sheet, found), 15)
    return Line("referral sheet in PDF, warm, p95", f"{p95(times):.0f} ms", "≤ 300 ms", p95(times) <= 300)


def _workbook(opened: Workspace) -> Line:
    month = date(2026, 10, 1)
    cells = _cells(opened.read(activity.workbook, month))
    mine, floor = [], []
    for _ in range(5):
        mine += milliseconds(lambda: opened.read(activity.workbook, month), 1)
        floor += milliseconds(lambda: _plain(cells), 1)
    ratio = ratios(mine, floor)
    return Line("month's workbook / same cells by openpyxl alone", f"{ratio:.2f} ×", "≤ 1.5 ×", ratio <= 1.5)


def _cells(content: bytes) -> list[tuple[str, list[list[tuple[object, str, bool]]]]]:
    book = load_workbook(io.BytesIO(content))
    return [
        (
            sheet.title,
            [[(cell.value, cell.number_format, bool(cell.font.b)) for cell in row] for row in sheet.iter_rows()],
        )
        for sheet in book.worksheets
    ]


def _plain(sheets: list[tuple[str, list[list[tuple[object, str, bool]]]]]) -> bytes:
    """The same cells, formats and widths, written by openpyxl with nothing of ours."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        page = book.create_sheet(title)
        for at, row in enumerate(rows, 1):
            for column, (value, number_format, _bold) in enumerate(row, 1):
                cell = page.cell(at, column, value)
                cell.number_format = number_format
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _memory() -> Line:
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Line("memory of this run, peak", f"{peak:.0f} MiB", "", True)
