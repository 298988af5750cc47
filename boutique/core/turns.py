"""Long work in pure Python beside a window: the threads of the program take shorter turns meanwhile."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_SHORT = 0.0005  # seconds; ten times shorter than Python's own
_guard = Lock()
_under_way = 0
_usual = sys.getswitchinterval()


@contextmanager
def short_turns() -> Iterator[None]:
    """The window never waits long for its turn while this lasts."""
    global _under_way, _usual  # noqa: PLW0603 - the interpreter has one interval for everybody
    with _guard:
        if not _under_way:
            _usual = sys.getswitchinterval()
            sys.setswitchinterval(_SHORT)
            gc.freeze()  # a collection looks at everything there is: over 100 ms in a window full of views
        _under_way += 1
    try:
        yield
    finally:
        with _guard:
            _under_way -= 1
            if not _under_way:
                sys.setswitchinterval(_usual)
                gc.unfreeze()
