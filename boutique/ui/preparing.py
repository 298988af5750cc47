"""Modules of the window imported in two parts: what has no Qt in it on the worker, the rest on the window's thread.

PySide makes a class when it is named or derived from, and nothing guards it: where another thread does it while the
window draws, the process ends, one start in twenty on a busy machine. So only the window's thread imports our views; so
that nobody waits for them, the worker has imported everything else before, and they come one at a time.
"""

import importlib
import re
import sys
from pathlib import Path

import boutique

_QT = ("PySide6", "shiboken6")
_ROOT = Path(boutique.__file__).parent
_IMPORT = re.compile(r"^(?:from ([\w.]+) import (?:\(([^)]*)\)|([^\n(]+))|import ([\w.]+))", re.MULTILINE)


def prepare(name: str) -> tuple[str, ...]:
    """Import what a module of the window needs besides Qt; for the worker.

    The modules of the window to import then, in an order where each brings as little as can be. The sources are read,
    nothing of the window is run; without sources (a frozen program) there is only the module itself to import.
    """
    order: dict[str, None] = {}
    _visit(name, order, set())
    return tuple(order)


def _visit(name: str, order: dict[str, None], seen: set[str]) -> None:
    if name in seen or name in sys.modules or name.startswith(_QT):  # what an imported one needs is there too
        return
    seen.add(name)
    if not name.startswith("boutique.ui."):
        importlib.import_module(name)
        return
    for needed in (name.rpartition(".")[0], *_imported(name)):
        _visit(needed, order, seen)
    order[name] = None


def _imported(name: str) -> list[str]:
    """What a module imports when it is run, in order."""
    source = _source(name)
    if source is None:
        return []
    found: list[str] = []
    for package, several, one, alone in _IMPORT.findall(source.read_text("utf-8")):
        names = [part.split()[0] for part in (several or one).partition("#")[0].split(",") if part.strip()]
        modules = [f"{package}.{part}" for part in names if _source(f"{package}.{part}") is not None]
        found += modules if modules and len(modules) == len(names) else [package or alone, *modules]
    return found


def _source(name: str) -> Path | None:
    """The file of a module of ours."""
    first, *others = name.split(".")
    path = _ROOT.joinpath(*others)
    files = (path.with_suffix(".py"), path / "__init__.py") if first == "boutique" and others else ()
    return next((one for one in files if one.is_file()), None)
