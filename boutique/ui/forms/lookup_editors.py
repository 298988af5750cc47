"""Editors that look a code up while one types: commune, activity. What is shown is the label, what is read the code."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from boutique.core.text import fold
from boutique.ui.desk import Desk
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.tasks import Tasks
from boutique.ui.theme.manager import set_look, theme

Found = Sequence[tuple[str, str]]  # (code, label), best first
UNKNOWN_COMMUNE = (
    "Cette commune n’est pas reconnue. Tapez son nom ou son code postal, puis choisissez-la dans la liste."
)
_CHOICE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Backtab)


class LookupEditor(LineEditor):
    """`search` runs on the worker at each keystroke; leaving the field takes the first proposal when it is clear."""

    def __init__(
        self,
        tasks: Tasks,
        search: Callable[[str], Found],
        label_of: Callable[[str], str],
        *,
        label: str,
        unknown: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent)
        self._tasks, self._search, self._label_of, self._unknown = tasks, search, label_of, unknown
        self._code, self._asked = "", ""
        self._found: Found = ()
        self._lines = QStringListModel(self)
        self.proposals = QCompleter(self._lines, self)
        self.proposals.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.proposals.setWidget(self)
        self._list = QListView()
        set_look(self._list, popup=True)
        self.proposals.setPopup(self._list)
        self.proposals.activated.connect(self._activated)
        self.textEdited.connect(self._edited)

    def read(self) -> str | None:
        return self._code or None

    def draft(self) -> str:
        return self._code or self.text()

    def write(self, value: Any) -> None:
        """A code shows its label; anything else is what was typed."""
        self._code, self._found = "", ()
        label = self._label_of(str(value)) if value else ""
        if label:
            self._code = str(value)
        super().write(label or value)

    def problem(self) -> str:
        return self._unknown if self.text().strip() and not self._code else ""

    def paste_text(self, text: str) -> None:
        super().paste_text(text)
        self._code = ""

    def settle(self) -> None:
        """Take the only proposal, or the one whose name or code is exactly what was typed."""
        typed = self.text().strip()
        if self._code or not typed:
            return
        found = self._found if self._asked == typed else self._search(typed)
        wanted = fold(typed)
        for code, label in found:
            if len(found) == 1 or wanted in (fold(label), fold(label.partition(" (")[0]), fold(code)):
                self._take(code, label)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """While proposals show, these keys belong to them."""
        if self._list.isVisible() and event.key() in _CHOICE_KEYS:
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Down and self._found:
            self._open()

    def _edited(self, text: str) -> None:
        self._code = ""
        asked = text.strip()
        if not asked:
            self._found = ()
            self._list.hide()
            return
        self._tasks.run_latest(f"lookup {id(self)}", partial(_answer, self._search, asked), self._propose)

    def _propose(self, answer: tuple[str, Found]) -> None:
        self._asked, self._found = answer
        if self._asked != self.text().strip() or not self.hasFocus():
            return
        self._lines.setStringList([label for _, label in self._found])
        if self._found:
            self._open()
        else:
            self._list.hide()

    def _open(self) -> None:
        self._list.setFont(theme().font("body"))
        self.proposals.complete()
        self._list.setCurrentIndex(self.proposals.completionModel().index(0, 0))

    def _activated(self, chosen: str) -> None:
        code = next((code for code, label in self._found if label == chosen), None)
        if code is not None:
            self._take(code, chosen)

    def _take(self, code: str, label: str) -> None:
        self._code = code
        self.setText(label)
        self.changed.emit()


def _answer(search: Callable[[str], Found], asked: str) -> tuple[str, Found]:
    return asked, search(asked)


class CommuneEditor(LookupEditor):
    """`near` is the commune of the place of the day: its neighbours come first."""

    def __init__(self, desk: Desk, *, label: str, parent: QWidget | None = None) -> None:
        self.near: str | None = None
        self._desk = desk
        super().__init__(desk.tasks, self._communes, self._name, label=label, unknown=UNKNOWN_COMMUNE, parent=parent)

    def _communes(self, text: str) -> Found:
        found = self._desk.workspace.reference.search_communes(text, near=self.near)
        return [(commune.code, commune.label) for commune in found]

    def _name(self, code: str) -> str:
        found = self._desk.workspace.reference.commune(code)
        return found.label if found else ""


class ActivityEditor(LookupEditor):
    """The APE code behind the words of a trade."""

    def __init__(self, desk: Desk, *, label: str, parent: QWidget | None = None) -> None:
        self._desk = desk
        unknown = (
            "Cette activité n’est pas reconnue. Tapez un métier ou un code APE, puis choisissez une ligne de la liste."
        )
        super().__init__(desk.tasks, self._activities, self._name, label=label, unknown=unknown, parent=parent)

    def _activities(self, text: str) -> Found:
        found = self._desk.workspace.reference.search_naf(text)
        return [(naf.code, _activity(naf.short_label or naf.label, naf.code)) for naf in found]

    def _name(self, code: str) -> str:
        found = self._desk.workspace.reference.naf(code)
        return _activity(found.short_label or found.label, found.code) if found else ""


def _activity(label: str, code: str) -> str:
    return f"{label} ({code})"
