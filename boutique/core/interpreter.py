"""The interpreter as the window works best with it. For the window, and for what measures it."""

import gc
import sys

_YOUNG_OBJECTS, _TURN_SECONDS = 20_000, 0.001


def tune() -> None:
    """Look for garbage seldom, let other threads have their turn soon."""
    # Importing everything makes a hundred thousand lasting objects, a workbook as many: looking for garbage each 700
    # costs a tenth of it, and a tenth of a second at a time.
    gc.set_threshold(_YOUNG_OBJECTS)
    # What is imported must not hold up the key, the search and the window: the next thread waits a fifth of the usual.
    sys.setswitchinterval(_TURN_SECONDS)
