"""Modules loaded by name, after the first paint and off the window's thread. Used by the app and the session."""

import importlib
from types import ModuleType


def load(name: str) -> ModuleType:
    """Import a module of ours by its dotted name."""
    return importlib.import_module(name)
