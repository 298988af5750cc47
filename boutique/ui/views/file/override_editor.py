"""Why a structure is chosen that nothing proposed: a reason of the list, and words when it needs some."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.rules.choice_reasons import load_override_reasons
from boutique.services.outside import Override
from boutique.ui.forms.reminder import Reminder
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field

_INDENT = 34
_NO_CODE = "Dites pourquoi : choisissez une raison."
_NO_WORDS = "Dites pourquoi en quelques mots."


class OverrideEditor(QWidget):
    """`said` when something was chosen or typed; nothing of it is printed."""

    said = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        reasons = [(one.code, one.label) for one in load_override_reasons().values() if not one.archived]
        self.code = ComboBox(reasons, empty="Choisir une raison…", accessible=f"Pourquoi {name}")
        self.note = LineEditor("Précision")
        self.note.setPlaceholderText("En quelques mots (reste dans le dossier, n’est pas imprimé)")
        self.note.setAccessibleName(f"Pourquoi {name}, en quelques mots")
        self.reminder = Reminder(quiet=True)
        self.row = Field("Pourquoi cette structure, que rien ne proposait", self.code)
        column = QVBoxLayout(self)
        column.setContentsMargins(_INDENT, 6, 0, 0)
        column.setSpacing(6)
        for part in (self.row, self.note, self.reminder):
            column.addWidget(part)
        self.code.setObjectName("override-code")
        self.note.setObjectName("override-note")
        self.code.currentIndexChanged.connect(self._changed)
        self.note.textChanged.connect(self._changed)

    def read(self) -> Override | None:
        """What is said, None as long as no reason is chosen."""
        code = self.code.read()
        return Override(str(code), self.note.text().strip()) if code else None

    def write(self, override: Override | None) -> None:
        """Take up what was said before the list changed."""
        if override is not None:
            self.code.write(override.code)
            self.note.setText(override.note)

    def refuse(self) -> bool:
        """Say what is missing and go there; False when nothing is."""
        said = self.read()
        if said is None:
            self.row.set_error(_NO_CODE)
            self.code.setFocus()
            return True
        if load_override_reasons()[said.code].words and not said.note:
            self.row.set_error(_NO_WORDS)
            self.note.setFocus()
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pressing beside the question is not choosing the structure."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        event.accept()

    def _changed(self) -> None:
        self.row.set_error("")
        self.reminder.look_at(self.note.text())
        self.said.emit()
