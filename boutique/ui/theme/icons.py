"""Outline icons (Lucide, ISC), tinted, drawn at the screen's own resolution; used by all widgets."""

import sqlite3
from contextlib import closing
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from boutique.ui.theme.fonts import package_file

_STROKE = "1.75"
_RATIOS = (1.0, 2.0)


@cache
def svg(name: str) -> str:
    """The drawing of an icon, read from the package's database; its Python code is slow to import."""
    database = package_file("lucide", "data/lucide-icons.db")
    if database is None:
        message = "python-lucide is not installed"
        raise LookupError(message)
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        row = connection.execute(
            "SELECT svg FROM icons WHERE name = coalesce((SELECT name FROM icon_aliases WHERE alias = ?1), ?1)",
            (name,),
        ).fetchone()
    if row is None:
        message = f"no Lucide icon is named {name}"
        raise LookupError(message)
    return str(row[0]).replace('stroke-width="2"', f'stroke-width="{_STROKE}"')


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """An icon of `size` logical pixels in one colour, sharp on a screen of that ratio."""
    renderer = QSvgRenderer(QByteArray(svg(name).replace("currentColor", colour).encode()))
    side = round(size * ratio)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """For the places where Qt itself draws (menus, item views); widgets of ours use `pixmap`."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, size, colour, ratio))
    return made
