"""Modules imported when they are first asked for. Used by packages whose libraries are heavy and seldom needed."""

import importlib
from collections.abc import Callable
from types import ModuleType


def modules_of(package: str) -> Callable[[str], ModuleType]:
    """The `__getattr__` of a package: `package.module` is imported at its first use, on the thread that uses it.

    Who writes `from package.module import name` imports it at once, as ever.
    """

    def module(name: str) -> ModuleType:
        try:
            return importlib.import_module(f"{package}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{package}.{name}":
                raise
            raise AttributeError(f"module {package!r} has no attribute {name!r}") from None

    return module
