"""Run by `papers` in a process of its own: a batch in the real window, its heart, a search meanwhile, giving up."""

import json
import statistics
import sys
import time
import uuid
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.in_window import Bench
from boutique.services.papers import batch
from boutique.services.papers.batch import Printed
from boutique.ui.tasks import Progress

_WORD = "martin"


def _work(bench: Bench, cases: list[uuid.UUID], target: Path, progress: Progress) -> Printed:
    return batch.print_many(bench.start.session.workday.desk.workspace, "support", cases, target, progress.step)


def _begin(bench: Bench, cases: list[uuid.UUID], target: Path) -> Progress:
    aside: Any = bench.start.session.workday.desk.aside
    return aside.run_long(partial(_work, bench, cases, target), busy="Attestations…")


def measure(data: Path, phrase: Path, place: Path, cases: list[uuid.UUID]) -> dict[str, float]:
    bench = Bench(data, phrase)
    aside = bench.start.session.workday.desk.aside
    bench.until(lambda: aside.idle)  # the backup of the start is none of ours
    _begin(bench, cases[:5], place / "chauffe.pdf")  # fonts and modules
    bench.until(lambda: aside.idle)
    begin = time.perf_counter()
    bench.heart.reset()
    _begin(bench, cases, place / "lot.pdf")
    bench.until(lambda: aside.idle)
    found, lasted = {"stall": bench.heart.longest}, time.perf_counter() - begin
    bench.heart.reset()
    end = time.perf_counter() + lasted
    bench.until(lambda: time.perf_counter() > end)
    found["idle"] = bench.heart.longest
    _begin(bench, cases, place / "autre.pdf")
    bench.start.window.top.search.take_focus()
    found["key"] = statistics.median(bench.keystroke(letter) for letter in _WORD)
    bench.until(lambda: aside.idle)
    for name in ("chauffe", "lot", "autre"):
        (place / f"{name}.pdf").unlink()
    progress = _begin(bench, cases * 10, place / "abandon.pdf")
    bench.until(lambda: any(place.iterdir()))
    progress.cancel()
    bench.until(lambda: aside.idle)
    bench.start.frame.close()
    bench.start.end()
    return found


if __name__ == "__main__":
    answer = measure(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), [uuid.UUID(one) for one in sys.argv[4:]])
    print(json.dumps(answer))
