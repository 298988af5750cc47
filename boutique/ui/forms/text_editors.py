"""Editors where one types: a line, a text, a date. They never cut what is typed; `refused` says what was too long."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.ui.theme import icons
from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.tips import plain_tip

_TOO_LONG_FOR_A_LINE = 4_000  # beyond, a paste is a mistake: Qt would lay it out for seconds
_AROUND = 32  # paddings and borders of the style sheet
_NO_LIMIT = 10_000_000  # Qt would silently cut at 32,767


class Plain:
    """What most editors answer: the draft is the value, and nothing is wrong by itself."""

    read: Callable[[], Any]  # said by each editor: Qt's metaclass leaves no room for an abstract class

    def draft(self) -> Any:
        """What a draft keeps: as typed, even when it is not an answer yet."""
        return self.read()

    def problem(self) -> str:
        """A sentence when what is typed cannot become an answer."""
        return ""


class LineEditor(QLineEdit, Plain):
    """One line of text."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self.setMaxLength(_NO_LIMIT)
        self.setDragEnabled(False)
        self.textChanged.connect(self._told)

    def read(self) -> str | None:
        return self.text()

    def write(self, value: Any) -> None:
        """What is shown starts at its beginning, even when it is long."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def paste_text(self, text: str) -> None:
        """Insert a text as typed, or refuse it whole."""
        if len(text) > _TOO_LONG_FOR_A_LINE:
            self.refused.emit(_refusal(text, self._label))
            return
        self.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() != Qt.MouseButton.MiddleButton:  # would paste the X11 selection, unchecked
            super().mouseReleaseEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.paste_text(event.mimeData().text())
        event.acceptProposedAction()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self._paste)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """What does not fit ends with an ellipsis while nobody is typing in it."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).adjusted(2, 0, -2, 0)
        if self.actions() and isinstance(self, DateEditor):
            inside.setRight(inside.right() - theme().px(24))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)

    def event(self, event: QEvent) -> bool:
        """The whole text as a tooltip when it does not fit."""
        if isinstance(event, QHelpEvent) and self.fontMetrics().horizontalAdvance(self.text()) > self.width() - 24:
            QToolTip.showText(event.globalPos(), plain_tip(self.text()), self)
            return True
        return super().event(event)

    def _paste(self) -> None:
        self.paste_text(QGuiApplication.clipboard().text())

    def _told(self) -> None:
        self.changed.emit()


class LongTextEditor(QPlainTextEdit, Plain):
    """Several lines, plain text only; Tab goes to the next field."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, label: str = "", longest: int = 200_000, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._longest = label, longest
        self.setTabChangesFocus(True)
        self.setMinimumHeight(theme().px(84))
        self.textChanged.connect(self._told)

    def read(self) -> str:
        return self.toPlainText()

    def write(self, value: Any) -> None:
        self.setPlainText("" if value is None else str(value))

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Plain text whatever is pasted or dropped; too much is refused whole."""
        text = source.text()
        if len(text) + len(self.toPlainText()) > self._longest:
            self.refused.emit(_refusal(text, self._label))
            return
        self.textCursor().insertText(text)

    def _told(self) -> None:
        self.changed.emit()


class DateEditor(LineEditor):
    """A date as people type it; the calendar is there for those who prefer it (Alt+↓)."""

    def __init__(self, label: str = "", *, past: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self._past = past
        self._popup: _Calendar | None = None
        self._button = self.addAction(
            icons.icon("calendar", theme().tokens.muted), QLineEdit.ActionPosition.TrailingPosition
        )
        self._button.setToolTip("Calendrier (Alt ↓)")
        self._button.triggered.connect(self.open_calendar)
        theme().changed.connect(self._dress)

    def write(self, value: Any) -> None:
        super().write(french.show_date(value) if isinstance(value, date) else value)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A whole date always shows."""
        width = self.fontMetrics().horizontalAdvance("00/00/0000") + theme().px(24) + _AROUND
        return QSize(width, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the month of the date typed, or of today."""
        if self._popup is None:
            self._popup = _Calendar(self)
            self._popup.chosen.connect(self._choose)
        try:
            shown = french.parse_date(self.text(), today=clock.today(), past=self._past)
        except UserError:
            shown = clock.today()
        self._popup.open_at(shown, latest=clock.today() if self._past else None)

    def _choose(self, chosen: QDate) -> None:
        self.setText(chosen.toString("dd/MM/yyyy"))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        self._button.setIcon(icons.icon("calendar", theme().tokens.muted))


class _Calendar(QWidget):
    chosen = Signal(QDate)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self._owner = owner
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, surface="plain")
        self._month = QCalendarWidget()
        self._month.setLocale(QLocale(QLocale.Language.French, QLocale.Country.France))
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.activated.connect(self._pick)
        self._month.clicked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._month)

    def open_at(self, shown: date, *, latest: date | None) -> None:
        if latest is not None:
            self._month.setMaximumDate(QDate(latest.year, latest.month, latest.day))
        self._month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.move(self._owner.mapToGlobal(QPoint(0, self._owner.height() + 2)))
        self.show()
        self._month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick(self, day: QDate) -> None:
        self.hide()
        self.chosen.emit(day)


def _refusal(text: str, label: str) -> str:
    count = french.show_number(len(text))
    where = f" dans « {label} »" if label else ""
    return f"Ce texte de {count} caractères est trop long pour être collé{where} : rien n’a été collé."
