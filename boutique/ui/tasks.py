"""The one road from the window to the database: one worker thread, results back on the window's thread."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from boutique.core.errors import Cancelled, UserError
from boutique.core.logs import place

log = logging.getLogger(__name__)
T = TypeVar("T")
Failed = Callable[[str], None]


class Progress:
    """Given to long work: it tells how far it is, and learns that the user pressed « Annuler »."""

    def __init__(self, told: Callable[[int, int], None] | None = None) -> None:
        self._told = told
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()

    def step(self, done: int, total: int) -> None:
        """Tell the progress; leaves the work by raising Cancelled once the user has given up."""
        if self.cancelled:
            raise Cancelled
        if self._told is not None:
            self._told(done, total)


@dataclass(slots=True, eq=False)
class _Call:
    """One piece of work on its way; `context` is the object whose death makes the answer pointless."""

    work: Callable[[], Any]
    then: Callable[[Any], None] | None
    failed: Failed | None
    busy: str
    context: QObject | None
    progress: Progress | None = None
    key: str = ""
    keeping: bool = False
    future: "Future[Any] | None" = field(default=None)


class Tasks(QObject):
    """`failed` carries sentences for the user; `crashed` the type and place of a bug, never its text."""

    failed = Signal(str)
    crashed = Signal(str)
    busy_changed = Signal(str, bool)
    progressed = Signal(int, int)
    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._left = False
        self._calls: list[_Call] = []
        self._latest: dict[str, _Call] = {}
        self._done.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        busy: str = "",
        context: QObject | None = None,
        keeping: bool = False,
    ) -> None:
        """Do `work` on the worker, then call `then(result)` here, unless its object has gone meanwhile.

        `keeping`: it keeps what is being typed, see `kept`.
        """
        self._start(_Call(work, then, failed, busy, context or _owner(then), keeping=keeping))

    def run_long(
        self,
        work: Callable[[Progress], T],
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        busy: str,
        context: QObject | None = None,
    ) -> Progress:
        """Work that reports its progress and can be cancelled; nothing is called back after a cancellation."""
        progress = Progress(self.progressed.emit)
        call = _Call(_with(work, progress), then, failed, busy, context or _owner(then), progress)
        self._start(call)
        return progress

    def run_latest(
        self,
        key: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
        *,
        context: QObject | None = None,
    ) -> None:
        """For work at each keystroke: only the last call made under `key` is answered, older ones are dropped."""
        call = _Call(work, then, failed, "", context or _owner(then), key=key)
        before = self._latest.get(key)
        if before is not None and before.future is not None:
            before.future.cancel()
        self._latest[key] = call
        self._start(call)

    def cancel(self) -> bool:
        """Give up the long work under way; False when there was none."""
        long = [call.progress for call in self._calls if call.progress is not None]
        for progress in long:
            progress.cancel()
        return bool(long)

    @property
    def idle(self) -> bool:
        return not self._calls

    def kept(self) -> bool:
        """Wait until what was typed is kept; False when it could not be."""
        futures = [call.future for call in self._calls if call.keeping and call.future is not None]
        return all(future.exception() is None for future in futures)

    def close(self) -> None:
        """Cancel what can be, wait for the rest; nothing is called back afterwards."""
        self.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._calls.clear()

    def leave(self) -> None:
        """Begin nothing more and wait for nothing: what is under way ends by itself, unheard."""
        self._left = True
        self.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._calls.clear()

    def join(self) -> None:
        """Wait for what `leave` left under way."""
        self._pool.shutdown(wait=True)

    def finish(self) -> None:
        """Let everything that was asked be done (a draft on its way), then close; nothing is called back."""
        self._pool.submit(_nothing).result()
        self.close()

    def _start(self, call: _Call) -> None:
        self._calls.append(call)
        if call.busy:
            self.busy_changed.emit(call.busy, call.progress is not None)
        self._submit(call)

    def _submit(self, call: _Call) -> None:
        call.future = self._pool.submit(call.work)
        call.future.add_done_callback(partial(self._told, call))

    def _told(self, call: _Call, _future: "Future[Any]") -> None:
        # On the worker: whoever asked may have left, and this object with it.
        if not self._left:
            with suppress(RuntimeError):
                self._done.emit(call)

    def _finish(self, call: _Call) -> None:
        if call not in self._calls or call.future is None:
            return
        self._calls.remove(call)
        if call.busy:
            waiting = next((one for one in self._calls if one.busy), None)
            self.busy_changed.emit(
                waiting.busy if waiting else "", waiting is not None and waiting.progress is not None
            )
        if self._is_stale(call):
            return
        self._answer(call, call.future)

    def _is_stale(self, call: _Call) -> bool:
        if call.key:
            if self._latest.get(call.key) is not call:
                return True
            del self._latest[call.key]
        return call.context is not None and not shiboken6.isValid(call.context)

    def _answer(self, call: _Call, future: "Future[Any]") -> None:
        try:
            result = future.result()
        except (Cancelled, CancelledError):
            return
        except UserError as error:
            (call.failed or self.failed.emit)(str(error))
            return
        except Exception as error:  # noqa: BLE001 - the road's end: logged without its text, then shown
            where = place(error)
            log.error("work failed: %s", where)  # noqa: TRY400 - a traceback could carry personal data
            self.crashed.emit(where)
            return
        if call.then is not None:
            call.then(result)


class InlineTasks(Tasks):
    """For tests: the work is done at once, on the calling thread, with the same rules."""

    def _submit(self, call: _Call) -> None:
        call.future = Future()
        try:
            call.future.set_result(call.work())
        except Exception as error:  # noqa: BLE001 - handed over as the worker would
            call.future.set_exception(error)
        self._finish(call)


def _nothing() -> None:
    """The last in the queue: once it is done, so is everything before it."""


def _owner(then: Callable[..., None] | None) -> QObject | None:
    while isinstance(then, partial):
        then = then.func
    owner = getattr(then, "__self__", None)
    return owner if isinstance(owner, QObject) else None


def _with(work: Callable[[Progress], T], progress: Progress) -> Callable[[], T]:
    def begin() -> T:
        if progress.cancelled:
            raise Cancelled
        return work(progress)

    return begin
