"""Files let go over the window or pasted: the veil they fall on, and what they are as documents to look at."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QImageWriter,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from boutique.core import clock, french
from boutique.services.attaching import Source
from boutique.ui.theme.manager import set_role, theme

_AS_IT_IS = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}
_JOIN = "Déposez ici pour joindre au dossier"


class DropVeil(QWidget):
    """Over the whole window while files are dragged over it: whatever lies beneath, they fall in the right place."""

    def __init__(self, parent: QWidget, dropped: Callable[[QMimeData], None], words: str = _JOIN) -> None:
        super().__init__(parent)
        self._dropped = dropped
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
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
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.accessibleName())


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


def may_be_slip(source: Source) -> bool:
    """A PDF, by its first bytes or its name: of anything else, the answer is typed by hand."""
    if source.content is not None:
        return b"%PDF-" in source.content[:1024]
    return source.name.lower().endswith(".pdf")
