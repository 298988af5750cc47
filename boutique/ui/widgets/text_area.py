"""Several lines of text, in an editor that grows with what is typed; used by forms and by the journey."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QToolTip, QWidget

_LONGEST_PASTE = 2_000_000
_TOO_LONG = "Ce texte est trop long pour être collé ici : rien n’a été collé."


class TextArea(QPlainTextEdit):
    """`left` when the focus goes elsewhere; Tab moves on, as everywhere."""

    left = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        lines: int = 2,
        most: int = 14,
        placeholder: str = "",
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fewest, self._most = lines, most
        self._rows = 0
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.write(text)
        self._grow()

    def read(self) -> str:
        return self.toPlainText()

    def write(self, text: str) -> None:
        """Replace the text, unless it is the one there: the cursor then stays where it is."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        around = 2 * self.document().documentMargin() + 2 * self.frameWidth()
        return QSize(240, round(self.fontMetrics().lineSpacing() * self._rows + around))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(80, self.sizeHint().height())

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Text only, and whole: what is far too long for any answer is refused, and said where it was pasted."""
        text = source.text()
        if len(text) > _LONGEST_PASTE:
            QToolTip.showText(self.mapToGlobal(self.cursorRect().bottomLeft()), _TOO_LONG, self)
            return
        self.insertPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        # The document measures itself in lines, wrapped ones included.
        rows = min(self._most, max(self._fewest, round(self.document().size().height())))
        over = round(self.document().size().height()) > self._most
        wanted = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(wanted)
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()
