"""Run by `window` in a process of its own: types and opens files in the real window, prints what it took as JSON."""

import json
import resource
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from boutique.app import Start
from boutique.core.interpreter import tune
from boutique.core.paths import DataFolder

_TYPED = (
    "martin",
    "nguyen",
    "frévent",
    "boulangerie bio",
    "06 39 98",
    "lefevbre",
    "saint-pol",
    "é",
    "marie du",
    "coiffure à domicile",
    "62270",
    "dupnot",
)
_WARM_PASSES, _FILES, _BEAT_MS, _QUIET_MS, _PATIENCE = 3, 80, 5, 60, 60.0


class Painted(QObject):
    """Every repaint of the window, whatever part of it changed, begins with this event on its frame."""

    def __init__(self, frame: QObject) -> None:
        super().__init__(frame)
        self.seen = False
        frame.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.UpdateRequest:
            self.seen = True
        return False


class Results(QObject):
    """Sees the list under the search field painted, once it shows the answer to all that is typed."""

    def __init__(self, popup: Any) -> None:
        super().__init__(popup)
        self._results = popup.results
        self.wanted, self.shown = "", False
        popup.lines.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self._results.text == self.wanted:
            self.shown = True
        return False


class Heart:
    """Beats in the window's event loop: the longest pause between two beats is the longest stall of the window."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def reset(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - _BEAT_MS)
        self._last = now


class Bench:
    """The window of `boutique --data … --passphrase-file …`, worker included."""

    def __init__(self, data: Path, phrase: Path) -> None:
        tune()
        self._application = QApplication(sys.argv[:1])
        self.start = Start(self._application, DataFolder(data), phrase)
        self._opened = False
        self.start.ready.connect(self._loaded)
        self.start.frame.present()
        self.start.frame.activateWindow()
        self.painted, self.heart = Painted(self.start.frame), Heart()
        self.until(self._is_open)
        self.results = Results(self.start.search)
        self.until(self._is_complete)
        self.rest()

    def until(self, done: Callable[[], bool]) -> None:
        """The window's own loop, asleep when nothing happens, so that the worker is not held up."""
        deadline = time.monotonic() + _PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError(done.__qualname__)
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def rest(self) -> float:
        """Until the worker has answered and nothing was painted for a while; the instant of the last paint."""
        last = time.perf_counter()
        while not self.start.tasks.idle or time.perf_counter() - last < _QUIET_MS / 1000:
            self.painted.seen = False
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if self.painted.seen:
                last = time.perf_counter()
        return last

    def keystroke(self, letter: str) -> float:
        """Milliseconds from the key to the painted results of all that is typed."""
        field, list_ = self.start.window.top.search, self.results
        list_.wanted, list_.shown = field.text() + letter, False
        begin = time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._application.sendEvent(field.editor, QKeyEvent(kind, 0, _NONE, letter))
        while not list_.shown:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return (time.perf_counter() - begin) * 1000

    def type_all(self) -> list[float]:
        """Each text letter after letter, the field emptied between two."""
        times: list[float] = []
        for text in _TYPED:
            self.start.window.top.search.take_focus()
            letters = [self.keystroke(letter) for letter in text]
            times += letters
            self.start.window.top.search.left.emit()
            self.rest()
        return times

    def open_file(self, case_id: uuid.UUID) -> float:
        """Milliseconds from asking for a file to the last thing painted: header, first tab and what is beside it."""
        begin = time.perf_counter()
        self.start.window.show_view("file", case_id=case_id)
        return (self.rest() - begin) * 1000

    def _loaded(self, session: QObject) -> None:
        session.opened.connect(self._note_opened)  # type: ignore[attr-defined]

    def _note_opened(self) -> None:
        self._opened = True

    def _is_open(self) -> bool:
        return self._opened

    def _is_complete(self) -> bool:
        return bool(self.start.session.complete)


_NONE = Qt.KeyboardModifier.NoModifier


def _memory() -> float:
    """MiB really held now; the peak where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(data: Path, phrase: Path, cases: list[str]) -> dict[str, object]:
    bench = Bench(data, phrase)
    ids = [uuid.UUID(case) for case in cases]
    found: dict[str, object] = {"memory at rest": _memory()}
    found["first file"] = bench.open_file(ids[0])
    found["memory"] = _memory()
    bench.heart.reset()
    found["first pass"] = bench.type_all()
    found["warm"] = [time for _ in range(_WARM_PASSES) for time in bench.type_all()]
    found["stall typing"] = bench.heart.longest
    bench.heart.reset()
    found["files"] = [bench.open_file(case) for case in ids[1:]]
    found["stall opening"] = bench.heart.longest
    found["memory after"] = _memory()
    bench.start.frame.close()
    bench.start.end()
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])))
