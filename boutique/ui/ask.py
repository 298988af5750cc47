"""Questions that stop everything (confirmation, files): one seam, so that tests and scripts answer by program."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from boutique.ui.theme.icons import pixmap
from boutique.ui.theme.manager import set_role, theme
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.length_note import LengthNote

_FORGOTTEN = ("history", "lastVisited")
_DIALOG_WIDTH, _LEAST_WIDTH, _SIGN = 460, 320, 28
_SIGNS = {
    QMessageBox.Icon.Warning: ("triangle-alert", "warning"),
    QMessageBox.Icon.Question: ("circle-help", "primary"),
    QMessageBox.Icon.Information: ("info", "info"),
}
LONGEST_REASON = 300


class Ask(Protocol):
    """None (or False) means that the user gave up."""

    def confirm(self, title: str, text: str, *, yes: str, no: str = "Annuler", danger: bool = False) -> bool:
        """Only for what cannot be undone; `yes` says what will be done («\u00a0Effacer le dossier\u00a0»)."""
        ...

    def choose(self, title: str, text: str, options: Sequence[str], *, no: str = "Annuler") -> int | None:
        """Index of the button pressed."""
        ...

    def tell(self, title: str, text: str) -> None: ...

    def reason(self, title: str, text: str, *, yes: str) -> str | None:
        """Why something is done that must be justified; never empty."""
        ...

    def open_file(self, title: str, filters: str = "") -> Path | None: ...

    def open_files(self, title: str, filters: str = "") -> list[Path]:
        """Several at once; none when the user gave up."""
        ...

    def save_file(self, title: str, name: str, filters: str = "") -> Path | None:
        """`name` is a reference or a month, never a person."""
        ...

    def folder(self, title: str) -> Path | None: ...


class QtAsk:
    """The real dialogs. The folder they open in is remembered while the window lives, never in Qt's file, in clear."""

    def __init__(self, parent: Callable[[], QWidget | None], folder: Callable[[], Path] | None = None) -> None:
        self._parent = parent
        self._first_folder = folder or documents_folder
        self._last: Path | None = None

    def confirm(self, title: str, text: str, *, yes: str, no: str = "Annuler", danger: bool = False) -> bool:
        icon = QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question
        return self._press(title, text, [yes], no, icon) == 0

    def choose(self, title: str, text: str, options: Sequence[str], *, no: str = "Annuler") -> int | None:
        return self._press(title, text, options, no, QMessageBox.Icon.Question)

    def tell(self, title: str, text: str) -> None:
        self._press(title, text, [], "Fermer", QMessageBox.Icon.Information)

    def reason(self, title: str, text: str, *, yes: str) -> str | None:
        asked = ReasonDialog(title, text, yes, self._parent())
        given = asked.line.text().strip() if asked.exec() == QDialog.DialogCode.Accepted else ""
        asked.deleteLater()
        return given or None

    def open_file(self, title: str, filters: str = "") -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self._parent(), title, str(self._folder()), filters)
        return self._chosen(chosen)

    def open_files(self, title: str, filters: str = "") -> list[Path]:
        chosen, _ = QFileDialog.getOpenFileNames(self._parent(), title, str(self._folder()), filters)
        self._chosen(chosen[0] if chosen else "")
        return [Path(one) for one in chosen]

    def save_file(self, title: str, name: str, filters: str = "") -> Path | None:
        proposed = str(self._folder() / name)
        chosen, _ = QFileDialog.getSaveFileName(self._parent(), title, proposed, filters)
        return self._chosen(chosen)

    def folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._parent(), title, str(self._folder()))
        forget_folders()
        return Path(chosen) if chosen else None

    def _folder(self) -> Path:
        return self._last if self._last is not None and self._last.is_dir() else self._first_folder()

    def _chosen(self, name: str) -> Path | None:
        forget_folders()
        if not name:
            return None
        path = Path(name)
        self._last = path.parent
        return path

    def _press(self, title: str, text: str, options: Sequence[str], no: str, icon: QMessageBox.Icon) -> int | None:
        box = QMessageBox(icon, title, title, QMessageBox.StandardButton.NoButton, self._parent())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(text)
        _dress(box, icon)
        buttons: list[QPushButton] = [
            box.addButton(words.replace("&", "&&"), QMessageBox.ButtonRole.AcceptRole) for words in options
        ]
        refuse = box.addButton(no.replace("&", "&&"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse if icon == QMessageBox.Icon.Warning or not buttons else buttons[0])
        box.setEscapeButton(refuse)
        box.exec()
        pressed = box.clickedButton()
        box.deleteLater()
        return next((number for number, button in enumerate(buttons) if button is pressed), None)


class ReasonDialog(QDialog):
    """One sentence to type before something goes on."""

    def __init__(self, title: str, text: str, yes: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_DIALOG_WIDTH)
        heading, words = Label(title, role="heading", wrap=True), Label(text, wrap=True)
        self.line = QLineEdit()
        self.line.setAccessibleName("Motif")
        self.line.setPlaceholderText("Motif")
        self.length = LengthNote(self.line, LONGEST_REASON)
        self.buttons = QDialogButtonBox()
        self.accept_button = self.buttons.addButton(yes.replace("&", "&&"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Annuler", QDialogButtonBox.ButtonRole.RejectRole)
        self.accept_button.setEnabled(False)
        column = QVBoxLayout(self)
        for part in (heading, words, self.line, self.length, self.buttons):
            column.addWidget(part)
        self.line.textChanged.connect(self._typed)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _typed(self, text: str) -> None:
        self.accept_button.setEnabled(bool(text.strip()) and not self.length.too_long)


def _dress(box: QMessageBox, icon: QMessageBox.Icon) -> None:
    """Its sign and its title as everywhere else in the window, not as the system draws them."""
    name, tone = _SIGNS[icon]
    box.setIconPixmap(pixmap(name, theme().px(_SIGN), getattr(theme().tokens, tone), box.devicePixelRatioF()))
    if (title := box.findChild(QLabel, "qt_msgbox_label")) is not None:
        QTimer.singleShot(0, title, partial(set_role, title, "heading"))  # the box gives its own font as it shows
    if (words := box.findChild(QLabel, "qt_msgbox_informativelabel")) is not None:
        words.setMinimumWidth(theme().px(_LEAST_WIDTH))


def documents_folder() -> Path:
    """Where exports are proposed: the user's Documents, which is named after nobody we know."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def forget_folders() -> None:
    """Qt writes in clear the folders visited, and those may carry a person's name."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.beginGroup("FileDialog")
    for key in _FORGOTTEN:
        settings.remove(key)
    settings.endGroup()
    settings.sync()
