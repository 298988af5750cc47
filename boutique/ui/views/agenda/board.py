"""The heads of the days (date, holiday, whole days) above the grid of hours that scrolls."""

from datetime import timedelta

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services.schedule import BusyPeriod, Schedule
from boutique.ui.theme.manager import theme
from boutique.ui.views.agenda.geometry import Frame
from boutique.ui.views.agenda.hours import HoursGrid
from boutique.ui.widgets.icon import draw_icon
from boutique.ui.widgets.tips import plain_tip

_MINUTE_MS = 60_000
_MOST_LINES = 3
_CENTRE = Qt.AlignmentFlag.AlignCenter


class DayHeads(QWidget):
    """One head a day; a press on it shows that day alone."""

    day_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Schedule | None = None
        self._right = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Jours")
        theme().changed.connect(self.updateGeometry)

    def write(self, shown: Schedule) -> None:
        self._shown = shown
        days = [shown.first + timedelta(number) for number in range(shown.days)]
        lines = "; ".join(", ".join((french.long_date(day), *self.notes(number))) for number, day in enumerate(days))
        self.setAccessibleDescription(lines)
        self.updateGeometry()
        self.update()

    def set_right(self, width: int) -> None:
        """The room that the scroll bar takes under it."""
        self._right = width
        self.update()

    def notes(self, number: int) -> list[str]:
        """What holds for a whole day: the holiday, whole days taken elsewhere."""
        shown = self._shown
        if shown is None:
            return []
        day = shown.first + timedelta(number)
        found = [f"Férié : {shown.holidays[day]}"] if day in shown.holidays else []
        return found + [_whole_day(one) for one in shown.busy if one.all_day and _covers(one, shown, number)]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        shown = self._shown
        lines = max((len(self.notes(number)) for number in range(shown.days)), default=0) if shown else 0
        return QSize(theme().px(600), theme().px(44) + min(lines, _MOST_LINES) * self._line())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._shown is not None and event.position().x() > self._frame().gutter:
            day, _ = self._frame().at(event.position())
            self.day_pressed.emit(self._shown.first + timedelta(day))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._shown is not None:
            number, _ = self._frame().at(event.pos().toPointF())
            day = self._shown.first + timedelta(number)
            words = "\n".join((french.long_date(day).capitalize(), *self.notes(number)))
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        shown, painter, frame = self._shown, QPainter(self), self._frame()
        tokens, px = theme().tokens, theme().px
        if shown is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(shown.days):
            day = shown.first + timedelta(number)
            today, off = day == clock.today(), day in shown.holidays or day.weekday() >= 5
            column = QRectF(frame.left(number), 0, frame.column, self.height())
            name = french.DAYS[day.weekday()]
            short = name if frame.column > px(96) else f"{name[:3]}."
            self._word(painter, QRectF(column.x(), px(3), column.width(), px(17)), short, "small", tokens.muted)
            ink = tokens.primary if today else tokens.muted if off else tokens.ink
            words = french.day_month(day) if frame.column > px(60) else str(day.day)
            self._word(painter, QRectF(column.x(), px(19), column.width(), px(20)), words, "strong", ink)
            if today:
                painter.fillRect(QRectF(column.x() + 4, px(40), column.width() - 8, 3), QColor(tokens.primary))
            self._paint_notes(painter, column, number)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _paint_notes(self, painter: QPainter, column: QRectF, number: int) -> None:
        tokens, px, tall = theme().tokens, theme().px, self._line()
        notes = self.notes(number)
        for rank, words in enumerate(notes[:_MOST_LINES]):
            box = QRectF(column.x() + 3, px(44) + rank * tall, column.width() - 6, tall - 2)
            holiday = words.startswith("Férié")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.warning_tint if holiday else tokens.canvas))
            painter.drawRoundedRect(box, 4, 4)
            side, ink = px(11), tokens.warning if holiday else tokens.muted
            icon = "flag" if holiday else "calendar-x"
            draw_icon(painter, icon, box.x() + 4, box.center().y(), side, ink, self.devicePixelRatioF())
            self._word(painter, box.adjusted(side + 8, 0, -2, 0), words, "caption", ink, Qt.AlignmentFlag.AlignVCenter)

    def _word(
        self, painter: QPainter, box: QRectF, words: str, role: str, ink: str, how: Qt.AlignmentFlag = _CENTRE
    ) -> None:  # fmt: skip
        painter.setFont(theme().font(role))  # type: ignore[arg-type]
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, how, shown)

    def _line(self) -> int:
        return theme().px(18)

    def _frame(self) -> Frame:
        days = self._shown.days if self._shown else 7
        return Frame(days, 0, 24, self.width() - self._right, theme().px(48), 1)


def _covers(one: BusyPeriod, shown: Schedule, number: int) -> bool:
    day = shown.first + timedelta(number)
    last = one.ends_at - timedelta(minutes=1)
    return one.starts_at.date() <= day <= last.date()


def _whole_day(one: BusyPeriod) -> str:
    return f"{one.counsellor} : occupé·e"


class Board(QFrame):
    """Heads that stay, hours that scroll; what the keyboard reaches is scrolled into sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads, self.hours = DayHeads(), HoursGrid()
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.hours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heads)
        column.addWidget(self.area, 1)
        self.hours.cursor_moved.connect(self.show_box)
        self._minute = QTimer(self)  # the line of the present minute moves on
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.hours.update)
        self._minute.start()

    def write(self, shown: Schedule) -> None:
        self.heads.write(shown)
        self.hours.write(shown)

    def show_box(self, box: QRect) -> None:
        """Scroll so that a part of the grid shows."""
        self.area.ensureVisible(self.hours.width() // 2, box.center().y(), 0, box.height() // 2 + theme().px(30))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.heads.set_right(self.area.verticalScrollBar().sizeHint().width())
