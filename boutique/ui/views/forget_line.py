"""Names that are no longer to be kept: said above a list, erased when asked. For Partenaires and Ateliers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import french
from boutique.ui.desk import Desk
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Whose names: `due` finds them, `erase` takes what it found; `one` and `many` name them, `why` ends a sentence."""

    due: Callable[..., Sequence[Any]]
    erase: Callable[..., Any]
    one: str
    many: str
    why: str
    about: str  # what goes and what stays
    done: str


class ForgetLine(QWidget):
    """Hidden as long as there is nobody to forget."""

    def __init__(self, desk: Desk, what: Forgetting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._what = desk, what
        self._due: Sequence[Any] = ()
        self.words = Label(role="small", tone="warning", wrap=True)
        self.erase = Button("Effacer leurs noms…", icon="user-x", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("user-x", tone="warning", size=16))
        row.addWidget(self.words, 1)
        row.addWidget(self.erase)
        self.erase.clicked.connect(self._ask)
        self.hide()

    def refresh(self) -> None:
        self._desk.read_latest(f"forget {self._what.many}", self._what.due, then=self._show)

    def _show(self, found: Sequence[Any]) -> None:
        self._due = found
        self.words.setText(f"{self._count()} {self._what.why}")
        self.setVisible(bool(found))

    def _count(self) -> str:
        return french.plural(len(self._due), self._what.one, self._what.many)

    def _ask(self) -> None:
        if self._desk.ask.confirm(
            f"Effacer {self._count()} ?", self._what.about, yes="Effacer pour de bon", danger=True
        ):
            self._desk.keep(self._what.erase, self._due, then=self._erased)

    def _erased(self, _nothing: object) -> None:
        self._desk.shell.notify(self._what.done, "success")
        self._desk.changed.emit()
