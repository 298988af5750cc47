"""Ways for documents into the file that shows: dropped anywhere on the window, pasted, chosen with a key."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Qt
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from boutique.core import clock, french
from boutique.services.attaching import Source
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import set_role, theme

_AS_IT_IS = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}
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


class DropVeil(QWidget):
    """Over the whole window while files are dragged over it: whatever lies beneath, they fall in the right place."""

    def __init__(self, parent: QWidget, dropped: Callable[[QMimeData], None]) -> None:
        super().__init__(parent)
        self._dropped = dropped
        self.setAcceptDrops(True)
        self.setAccessibleName("Déposez ici pour joindre au dossier")
        set_role(self, "title")
        self.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.hide()
        event.setDropAction(Qt.DropAction.CopyAction)  # the file of the user stays where it is
        event.accept()
        self._dropped(event.mimeData())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, painter = theme().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(tokens.canvas)
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(tokens.primary), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(24, 24, -24, -24), 14, 14)
        painter.setPen(QColor(tokens.primary))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Déposez ici pour joindre au dossier")


def holds_documents(content: QMimeData | None) -> bool:
    """Files of this computer, or a picture; a clipboard may be there without any content."""
    if content is None:
        return False
    files = any(url.isLocalFile() for url in content.urls())
    return files or content.hasImage() or any(content.hasFormat(name) for name in _AS_IT_IS)


def sources(content: QMimeData | None) -> tuple[Source, ...]:
    """What was dropped or pasted, as documents to look at."""
    if content is None:
        return ()
    files = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
    if files:
        return tuple(Source(path.name, path) for path in files)
    named = f"Image collée le {french.show_date(clock.today()).replace('/', '-')}"
    for media, extension in _AS_IT_IS.items():
        if content.hasFormat(media) and (found := bytes(content.data(media).data())):
            return (Source(f"{named}.{extension}", content=found),)
    if content.hasImage():
        image = content.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return (Source(f"{named}.png", content=_png(image)),)
    return ()


def _png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    buffer.close()
    return bytes(kept.data())


def _holds_documents() -> bool:
    return holds_documents(QGuiApplication.clipboard().mimeData())
