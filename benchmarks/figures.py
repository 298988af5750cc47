"""A year's figures and a month's workbook at 100,000 files: how long, in how much memory, how long anything waits."""

import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from benchmarks import crowd
from benchmarks.measure import Line, milliseconds, processor, ratios
from benchmarks.workbooks import bare, cells, pages_of, write_only
from boutique.core.interpreter import tune
from boutique.rules.indicators import FIGURES
from boutique.rules.period import Period
from boutique.services import activity, figures
from boutique.services.month import RECEIVED, read_year
from boutique.services.workspace import Workspace

_DAY = date(2025, 12, 1)
_BY = ("gender", "age", "employment", "education", "qpv", "commune")


def lines() -> list[Line]:
    tune()
    opened = crowd.workspace()
    try:
        return [*_dashboard(opened), _memory(opened), _all(opened), *_waiting(opened), *_workbook(opened)]
    finally:
        opened.close()


def _dashboard(opened: Workspace) -> list[Line]:
    def year() -> None:
        opened.read(_broken_down)

    times, work = min(milliseconds(year, 5)), min(processor(year, 3))
    what = "figures of a year, compared, with bars, funnel, delays and six breakdowns (100,000 files)"
    return [
        Line(what, f"{times:.0f} ms", "≤ 1,000 ms", times <= 1000),
        Line("of which processor time", f"{work:.0f} ms", "", held=True),
    ]


def _broken_down(session: Session) -> None:
    book = read_year(session, _DAY)
    for part in (book.lines, book.bars, book.funnel, book.delays, book.public):
        part()
    for name in _BY:
        book.book.breakdown(RECEIVED, name, book.month)


def _all(opened: Workspace) -> Line:
    def everything(session: Session) -> None:
        book = figures.read(session, date(2025, 12, 31), floor=date(2025, 1, 1))
        book.expect(FIGURES)
        for item in FIGURES:
            book.value(item, Period.year(_DAY))

    times = min(milliseconds(lambda: opened.read(everything), 2))
    return Line(f"all {len(FIGURES)} indicators of a year", f"{times:.0f} ms", "", held=True)


def _waiting(opened: Workspace) -> Iterator[Line]:
    """A thread that only wants a millisecond now and then, as a window does."""
    for what, work in (("a year's figures", activity.year_view), ("a month's workbook", activity.workbook)):
        longest = max(_gaps(partial(opened.read, work, _DAY)))
        yield Line(f"longest wait of another thread during {what}", f"{longest:.0f} ms", "≤ 50 ms", longest <= 50)


def _gaps(work: Callable[[], Any]) -> list[float]:
    gaps: list[float] = []
    done = threading.Event()

    def window() -> None:
        last = time.perf_counter()
        while not done.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            gaps.append((now - last) * 1000)
            last = now

    other = threading.Thread(target=window)
    other.start()
    work()
    done.set()
    other.join()
    return gaps


def _workbook(opened: Workspace) -> Iterator[Line]:
    """Reading, counting and writing, against the writing alone by openpyxl: with the same looks, and bare."""
    pages = pages_of(opened.read(activity.workbook, _DAY))
    mine = processor(lambda: opened.read(activity.workbook, _DAY), 3)
    styled, plain = (ratios(mine, processor(partial(floor, pages), 3)) for floor in (write_only, bare))
    what = f"month's workbook from 100,000 files ({cells(pages)} cells) / openpyxl write-only on the same cells"
    yield Line(what, f"{styled:.2f} ×", "≤ 2 ×", styled <= 2)
    yield Line("the same / their values alone, without any look", f"{plain:.2f} ×", "", held=True)


def _memory(opened: Workspace) -> Line:
    """Peak of a year's figures and of the month's workbook, before openpyxl reads anything back."""
    opened.read(activity.workbook, _DAY)
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Line("memory of this run, peak", f"{peak:.0f} MiB", "≤ 300 MiB", peak <= 300)
