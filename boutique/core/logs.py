"""What may be logged: types and places of faults, never a message, a value or a path. Set up by the two fronts."""

import logging
import logging.handlers
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

_SIZE, _KEPT = 200_000, 3
log = logging.getLogger("boutique")


def place(error: BaseException) -> str:
    """Type of a bug and where in our code it was raised: all that may be kept of it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "boutique" in Path(frame.filename).parts] or frames
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} {where}"


def set_up(folder: Path) -> None:
    """Keep warnings and faults in the data folder; a folder that cannot be written only means no log."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "boutique.log", maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    sys.excepthook = _unexpected
    threading.excepthook = _unexpected_in_thread


def _unexpected(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    # The text of an exception may quote what was typed: only its type and place are told.
    log.error("unexpected: %s", place(error))
    sys.stderr.write(f"Boutique a rencontré un défaut ({place(error)}). Ce qui était enregistré l’est toujours.\n")


def _unexpected_in_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        log.error("unexpected in a thread: %s", place(arguments.exc_value))
