"""The window. Only package that imports Qt; speaks to services through Tasks."""

import builtins

import PySide6.QtCore  # noqa: F401 - what replaces __import__

# PySide6 reads the source of every module imported after it, and keeps it, in case one would switch its features on
# (`from __feature__ import …`). None does here: it would take 36 MiB, and a tenth of what is imported at a start.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
