"""A PDF let go over the window while no file shows: a return slip opens the file that it answers."""

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QWidget

from boutique.ui.desk import Desk
from boutique.ui.drops import DropVeil, may_be_slip, sources
from boutique.ui.loading import load

_SLIPS = "boutique.ui.slips"  # reads PDF: loaded when one comes
_WORDS = "Déposez ici un coupon-réponse : son dossier s’ouvrira"


class SlipDrop(QObject):
    """Watches the window as long as the base is open. An open file, which watches too, is asked before."""

    def __init__(self, desk: Desk, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.veil: DropVeil | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            event.type() == QEvent.Type.DragEnter
            and isinstance(event, QDragEnterEvent)
            and isinstance(watched, QWidget)
            and any(may_be_slip(source) for source in sources(event.mimeData()))
        ):
            self._cover(watched)
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def close(self) -> None:
        """The base is about to close."""
        if self.veil is not None:
            self.veil.deleteLater()
        self.deleteLater()

    def _cover(self, window: QWidget) -> None:
        if self.veil is None:
            self.veil = DropVeil(window, self._dropped, _WORDS)
        self.veil.setGeometry(window.rect())
        self.veil.show()
        self.veil.raise_()

    def _dropped(self, content: QMimeData) -> None:
        load(_SLIPS).SlipDesk(self._desk, self).offer(sources(content))
