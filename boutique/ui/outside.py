"""Showing a file in the program that usually opens it; one seam, so that tests and scripts open nothing."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def show(path: Path) -> bool:
    """False when the system knows no program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
