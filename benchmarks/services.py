"""Opening a file, searching, the month's workbook, a referral sheet: the base side of what the user waits for."""

import resource
import sys
import uuid
from datetime import date

from sqlalchemy import select

from benchmarks import base
from benchmarks.measure import Line, milliseconds, p95, processor, ratios
from benchmarks.workbooks import bare, cells, pages_of, usual
from boutique.exports.excel.activity_book import render
from boutique.models.case import Case
from boutique.models.referral import Referral
from boutique.services import activity, interviews, journeys, people, proposals, search
from boutique.services.activity_book import activity_book
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import Workspace

_TYPED = ("martin", "nguyen", "frévent", "boulangerie bio", "06 39 98", "lefevbre", "saint-pol", "é")


def lines() -> list[Line]:
    opened = base.workspace()
    try:
        return [
            _searching(opened),
            _opening(opened),
            _proposing(opened),
            _sheet(opened),
            _workbook(opened),
            _writing(opened),
            _memory(),
        ]
    finally:
        opened.close()


def _searching(opened: Workspace) -> Line:
    keystrokes = [text[: length + 1] for text in _TYPED for length in range(len(text))]
    times = [
        milliseconds(lambda typed=typed: opened.read(search.find, opened.index, typed), 3)[1] for typed in keystrokes
    ]
    return Line("search service, a keystroke, p95", f"{p95(times):.1f} ms", "≤ 30 ms", p95(times) <= 30)


def _cases(opened: Workspace, count: int) -> list[uuid.UUID]:
    with opened.database.reader() as session:
        return list(session.scalars(select(Case.id).order_by(Case.reference).limit(count)))


def _opening(opened: Workspace) -> Line:
    times = []
    for case in _cases(opened, 60):

        def whole(case: uuid.UUID = case) -> None:
            for use_case in (people.header, journeys.view, interviews.listing):
                opened.read(use_case, case)

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
    assert found is not None
    opened.read(referral_papers.referral_sheet, found)
    times = milliseconds(lambda: opened.read(referral_papers.referral_sheet, found), 15)
    return Line("referral sheet in PDF, warm, p95", f"{p95(times):.0f} ms", "≤ 300 ms", p95(times) <= 300)


def _workbook(opened: Workspace) -> Line:
    """Both styled: the floor writes the same values, formats, fonts, fills, borders and widths, queries excepted."""
    month = date(2026, 10, 1)
    pages = pages_of(opened.read(activity.workbook, month))
    mine, floor = [], []
    for _ in range(7):
        mine += processor(lambda: opened.read(activity.workbook, month), 1)
        floor += processor(lambda: usual(pages), 1)
    ratio = ratios(mine, floor)
    what = f"month's workbook ({cells(pages)} cells) / the same written and styled by openpyxl alone"
    return Line(what, f"{ratio:.2f} ×", "≤ 1.5 ×", ratio <= 1.5)


def _writing(opened: Workspace) -> Line:
    """The rows once read: sheets, styles, controls and charts made and written, against bare values in write-only."""
    data = opened.read(activity_book, date(2026, 10, 1))
    pages = pages_of(render(data))
    mine, floor = [], []
    for _ in range(7):
        mine += processor(lambda: render(data), 1)
        floor += processor(lambda: bare(pages), 1)
    ratio = ratios(mine, floor)
    what = "month's workbook, rows once read / openpyxl write-only on the same cells, without styles"
    return Line(what, f"{ratio:.2f} ×", "≤ 2 ×", ratio <= 2)


def _memory() -> Line:
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Line("memory of this run, peak", f"{peak:.0f} MiB", "", True)
