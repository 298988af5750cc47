"""Ways for documents into the file that shows: dropped anywhere on the window, pasted, chosen with a key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import (
    QDragEnterEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QWidget

from boutique.services.attaching import Source
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.drops import DropVeil, holds_documents, sources

_SECTION = "Dossier"


class PiecesEntry(QObject):
    """Watches the window while `view` shows; `bring(sources)` and `ask` are those of the Documents tab."""

    def __init__(
        self, desk: Desk, view: QWidget, bring: Callable[[Sequence[Source]], None], ask: Callable[[], None]
    ) -> None:
        super().__init__(view)
        self._desk, self._view, self._bring, self._ask = desk, view, bring, ask
        self.veil: DropVeil | None = None
        shell = desk.shell
        if isinstance(shell, QWidget):
            shell.setAcceptDrops(True)
            shell.installEventFilter(self)
        for action in (
            Action("pieces.add", "Joindre un document…", ask, "paperclip", "Ctrl+J", ("fichier", "pièce", "ajouter"),
                   _SECTION),
            Action("pieces.paste", "Coller une image ou des fichiers", self.paste, "clipboard-paste", "Ctrl+V",
                   ("scan", "capture"), _SECTION, _holds_documents),
        ):  # fmt: skip
            shell.commands.add(action, view)

    def paste(self) -> None:
        """What the clipboard holds, or a sentence when that is no document."""
        found = sources(QGuiApplication.clipboard().mimeData())
        if found:
            self._bring(found)
        else:
            self._desk.shell.notify("Le presse-papiers ne contient ni image ni fichier à joindre.", "warning")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            event.type() == QEvent.Type.DragEnter
            and isinstance(event, QDragEnterEvent)
            and isinstance(watched, QWidget)
            and self._view.isVisible()
            and holds_documents(event.mimeData())
        ):
            self._cover(watched)
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def dropped(self, content: QMimeData) -> None:
        """Documents were let go over the window."""
        self._bring(sources(content))

    def _cover(self, window: QWidget) -> None:
        if self.veil is None:
            self.veil = DropVeil(window, self.dropped)
            self.destroyed.connect(self.veil.deleteLater)
        self.veil.setGeometry(window.rect())
        self.veil.show()
        self.veil.raise_()


def _holds_documents() -> bool:
    return holds_documents(QGuiApplication.clipboard().mimeData())
