"""The bundled text family and its roles (sizes and weights); used by the theme and by painted widgets."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

Role = Literal[
    "body",
    "medium",
    "strong",
    "figure",
    "figure_strong",
    "small",
    "small_strong",
    "caption",
    "label",
    "heading",
    "title",
    "display",
]
_FAMILY = "Inter"
_FALLBACK = "DejaVu Sans"
_FILES = (
    ("fontpkg_inter", "files/Inter[opsz,wght].ttf"),
    ("ziafont", "fonts/DejaVuSans.ttf"),
)


@dataclass(frozen=True, slots=True)
class _Type:
    points: float
    weight: int
    tabular: bool = False


_BASE = 10.5
_RATIO = 1.25
_TYPES: dict[Role, _Type] = {
    "body": _Type(_BASE, 400),
    "medium": _Type(_BASE, 500),
    "strong": _Type(_BASE, 600),
    "figure": _Type(_BASE, 400, tabular=True),
    "figure_strong": _Type(_BASE, 600, tabular=True),
    "small": _Type(9.5, 400),
    "small_strong": _Type(9.5, 600),
    "caption": _Type(8.5, 400),
    "label": _Type(9.75, 600),
    "heading": _Type(11.25, 600),
    "title": _Type(_BASE * _RATIO * 1.15, 650),
    "display": _Type(_BASE * _RATIO**3, 650, tabular=True),
}


def package_file(package: str, inside: str) -> Path | None:
    """A data file of an installed package, found without running the package's own code."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (found := Path(folder) / inside).is_file():
            return found
    return None


@cache
def load() -> tuple[str, ...]:
    """Register the bundled files once; the families to ask for, best first."""
    families: list[str] = []
    for package, inside in _FILES:
        if (found := package_file(package, inside)) is not None:
            number = QFontDatabase.addApplicationFont(str(found))
            families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys([*families, _FALLBACK]))


def font(role: Role, scale: float = 1.0) -> QFont:
    """The font of a role. Inter is one variable file: its weight is an axis, a plain one is smeared."""
    kind = _TYPES[role]
    families = load()
    made = QFont(list(families))
    made.setPointSizeF(kind.points * scale)
    if kind.tabular:  # not everywhere: tabular hyphens and colons leave holes in running text
        made.setFeature(QFont.Tag("tnum"), 1)
    if families[0] == _FAMILY:
        made.setVariableAxis(QFont.Tag("wght"), kind.weight)
        made.setVariableAxis(QFont.Tag("opsz"), 14)
    else:
        made.setWeight(QFont.Weight.Bold if kind.weight >= 600 else QFont.Weight.Normal)
    return made
