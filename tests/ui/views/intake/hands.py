"""What the tests of the Accueil do with keys and read back."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.services import intakes
from boutique.services.workspace import Workspace
from boutique.ui.widgets.label import Label


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def type_text(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def count(workspace: Workspace, entity: type) -> int:
    def ask(session: Session) -> int:
        return session.scalar(select(func.count()).select_from(entity)) or 0

    return workspace.read(ask)


def known(workspace: Workspace, first: str, last: str, **more: str) -> intakes.Saved:
    typed: dict[str, Any] = {
        "holder.first_name": first,
        "holder.last_name": last,
        "passage.happened_on": date(2026, 11, 2),
    }
    typed |= {f"holder.{key}": value for key, value in more.items()}
    return workspace.write("Création", intakes.save, typed)


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())
