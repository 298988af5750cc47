"""The figures of a year at 100,000 files: how long, in how much memory, and how long anything else has to wait."""

import resource
import sys
import threading
import time
from datetime import date

from sqlalchemy.orm import Session

from benchmarks import crowd
from benchmarks.measure import Line, milliseconds, processor
from boutique.rules.indicators import FIGURES
from boutique.rules.period import Period
from boutique.services import activity, figures
from boutique.services.month import RECEIVED, read_year
from boutique.services.workspace import Workspace

_DAY = date(2025, 12, 1)
_BY = ("gender", "age", "employment", "education", "qpv", "commune")


def lines() -> list[Line]:
    opened = crowd.workspace()
    try:
        return [*_dashboard(opened), _all(opened), _waiting(opened), _memory()]
    finally:
        opened.close()


def _dashboard(opened: Workspace) -> list[Line]:
    def year() -> None:
        opened.read(_broken_down)

    times, work = min(milliseconds(year, 3)), min(processor(year, 3))
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
        book = figures.read(session, date(2025, 12, 31))
        for item in FIGURES:
            book.value(item, Period.year(_DAY))

    times = min(milliseconds(lambda: opened.read(everything), 2))
    return Line(f"all {len(FIGURES)} indicators of a year", f"{times:.0f} ms", "", held=True)


def _waiting(opened: Workspace) -> Line:
    """A thread that only wants a millisecond now and then, as a window does."""
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
    opened.read(activity.year_view, _DAY)
    done.set()
    other.join()
    return Line("longest wait of another thread meanwhile", f"{max(gaps):.0f} ms", "≤ 50 ms", max(gaps) <= 50)


def _memory() -> Line:
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Line("memory of this run, peak", f"{peak:.0f} MiB", "≤ 300 MiB", peak <= 300)
