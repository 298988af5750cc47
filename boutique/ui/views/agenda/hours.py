"""The grid of hours: painted, worked with the mouse (draw, move, stretch) and wholly with the keyboard."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from boutique.core import clock, french
from boutique.models.choices import AppointmentStatus
from boutique.services.outreach import Held, instant
from boutique.services.schedule import BusyPeriod, Schedule, Slot
from boutique.services.workshops.planned import Occasion
from boutique.ui.theme.manager import theme
from boutique.ui.views.agenda import painting
from boutique.ui.views.agenda.geometry import DAY, HALF, QUARTER, Frame, Piece, hours_shown, in_lanes, minute_of, pieces
from boutique.ui.widgets.tips import plain_tip

_HOUR, _GUTTER, _EDGE = 44, 48, 6
_NARROWEST_COLUMN = 40
_USUAL, _MORNING = 60, 9 * 60


@dataclass(slots=True)
class _Drag:
    """What the hand is doing: drawing a new appointment, moving one or stretching one."""

    kind: str
    start: QPointF
    day: int
    minute: int
    slot: Slot | None = None
    active: bool = False
    at_day: int = 0
    begin: int = 0
    end: int = 0


class HoursGrid(QWidget):
    """`wanted` asks for a new appointment, `opened` for an existing one; the others ask for a change."""

    wanted = Signal(object, int)  # instant, minutes
    opened = Signal(object)  # id
    moved = Signal(object, object, object)  # id, instant, minutes or None
    shifted = Signal(object, int, int)  # id, days, minutes
    stretched = Signal(object, int)  # id, minutes
    dropped = Signal(object)  # id: cancelled with Suppr
    turned = Signal(int)  # to the period before or after
    cursor_moved = Signal(QRect)
    chosen = Signal(object)  # the Slot under the cursor, or None
    workshop_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Schedule | None = None
        self._slots: list[Piece[Slot]] = []
        self._sessions: list[Piece[Held]] = []
        self._busy: list[Piece[BusyPeriod]] = []
        self._workshops: list[Piece[Occasion]] = []
        self._hours = hours_shown((), ())
        self._drag: _Drag | None = None
        self.day, self.minute = 0, _MORNING
        self.selected: uuid.UUID | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Agenda")
        theme().changed.connect(self._scale)
        self._scale()

    # What is shown

    def write(self, shown: Schedule) -> None:
        """Another period, or the same read again; the cursor stays on its day and hour where it can."""
        before = self._shown
        self._shown = shown
        first, days = shown.first, shown.days
        slots = [piece for slot in shown.slots for piece in pieces(slot, slot.starts_at, slot.ends_at, first, days)]
        self._slots = in_lanes(slots)
        self._sessions = [
            piece for one in shown.sessions for piece in pieces(one, one.starts_at, one.ends_at, first, days)
        ]
        timed = [one for one in shown.busy if not one.all_day]
        self._busy = [piece for one in timed for piece in pieces(one, one.starts_at, one.ends_at, first, days)]
        self._workshops = [
            piece for one in shown.workshops for piece in pieces(one, one.starts_at, one.ends_at, first, days)
        ]
        groups = (self._slots, self._sessions, self._workshops)
        standing = [(piece.start, piece.end) for group in groups for piece in group]
        self._hours = hours_shown([start for start, _ in standing], [end for _, end in standing])
        if before is None or before.first != first or before.days != days:
            self._place_cursor(shown)
        if self.selected not in {slot.id for slot in shown.slots}:
            self.selected = None
        self._scale()
        self._told()

    def frame(self) -> Frame:
        days = self._shown.days if self._shown else 7
        return Frame(days, *self._hours, self.width(), theme().px(_GUTTER), theme().px(_HOUR))

    def slot(self) -> Slot | None:
        """The appointment chosen, or the one under the cursor."""
        slots = self._shown.slots if self._shown else ()
        return next((slot for slot in slots if slot.id == self.selected), None)

    def moment(self) -> datetime:
        """Where the cursor stands."""
        return instant(self._first() + timedelta(self.day), self.minute)

    def go(self, day: date, minute: int | None = None) -> None:
        """Put the cursor on a day of the period."""
        self.day = min(max(0, (day - self._first()).days), self.frame().days - 1)
        self.minute = self.minute if minute is None else minute
        self._choose_here()

    def select(self, appointment_id: uuid.UUID | None) -> None:
        """Choose an appointment, wherever it is in the period."""
        self.selected = appointment_id
        piece = next((one for one in self._slots if one.item.id == appointment_id), None)
        if piece is not None:
            self.day, self.minute = piece.day, piece.start // QUARTER * QUARTER
        self._told()

    def drawn(self) -> tuple[Piece[Slot], ...]:
        """The pieces of appointments on screen."""
        return tuple(self._slots)

    def rect_of(self, appointment_id: uuid.UUID) -> QRect:
        """Where an appointment is drawn."""
        piece = next(one for one in self._slots if one.item.id == appointment_id)
        return self.frame().box(piece, theme().px(painting.LOWEST)).toRect()

    def cursor_rect(self) -> QRect:
        return self.frame().band(self.day, self.minute, self.minute + HALF).toRect()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(600), round(self.frame().height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        days = self._shown.days if self._shown else 7
        return QSize(theme().px(_GUTTER) + days * _NARROWEST_COLUMN, round(self.frame().height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        shown, frame, painter = self._shown, self.frame(), QPainter(self)
        if shown is None:
            return
        days = [shown.first + timedelta(number) for number in range(shown.days)]
        now = clock.local(clock.now())
        today = days.index(now.date()) if now.date() in days else None
        painting.paint_columns(painter, frame, [day.weekday() >= 5 or day in shown.holidays for day in days], today)
        for held in self._sessions:
            box = frame.band(held.day, held.start, held.end)
            painting.paint_session(painter, box, f"Permanence · {held.item.site}")
        for taken in self._busy:
            words = f"Occupé·e · {taken.item.counsellor}"
            painting.paint_busy(painter, frame.band(taken.day, taken.start, taken.end), words)
        for meeting in self._workshops:
            one = meeting.item
            painting.paint_workshop(
                painter, frame.band(meeting.day, meeting.start, meeting.end), one.title, _attended(one)
            )  # fmt: skip
        painting.paint_hours(painter, frame)
        self._paint_slots(painter, frame, QRectF(event.rect()))
        if today is not None:
            painting.paint_now(painter, frame, today, now)
        if self.hasFocus() and self.slot() is None:
            painting.paint_cell(painter, QRectF(self.cursor_rect()))
        if self._drag is not None and self._drag.active:
            drag = self._drag
            hours = f"{drag.begin // 60:02d}:{drag.begin % 60:02d} – {drag.end // 60 % 24:02d}:{drag.end % 60:02d}"
            painting.paint_ghost(painter, frame.band(drag.at_day, drag.begin, drag.end), hours)

    def _paint_slots(self, painter: QPainter, frame: Frame, seen: QRectF) -> None:
        lowest = theme().px(painting.LOWEST)
        # The chosen one last, over its neighbours.
        for piece in sorted(self._slots, key=self._is_chosen):
            chosen = self._is_chosen(piece)
            box = frame.box(piece, lowest)
            if box.intersects(seen):
                look = painting.Look(selected=chosen, focused=chosen and self.hasFocus())
                painting.paint_slot(painter, box, piece.item, look)

    def _is_chosen(self, piece: Piece[Slot]) -> bool:
        return piece.item.id == self.selected

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() != Qt.MouseButton.LeftButton or self._shown is None:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        day, minute = self.frame().at(event.position())
        piece = self._piece_at(event.position())
        if piece is None:
            self._drag = _Drag("new", event.position(), day, minute)
            self.selected, self.day, self.minute = None, day, minute
        else:
            kind = "stretch" if self._on_edge(piece, event.position()) else "move"
            self._drag = _Drag(kind, event.position(), day, minute, piece.item)
            self.selected, self.day, self.minute = piece.item.id, piece.day, piece.start // QUARTER * QUARTER
        self._told()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        drag = self._drag
        if drag is None:
            piece = self._piece_at(event.position())
            edge = piece is not None and self._on_edge(piece, event.position())
            shape = Qt.CursorShape.SizeVerCursor if edge else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape if piece is not None else Qt.CursorShape.ArrowCursor)
            return
        far = (event.position() - drag.start).manhattanLength() >= QApplication.startDragDistance()
        if drag.active or far:
            drag.active = True
            self._follow(drag, event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        drag, self._drag = self._drag, None
        self.update()
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
        elif drag.active:
            self._drop(drag)
        elif drag.slot is not None:
            self.opened.emit(drag.slot.id)
        elif (workshop := self.workshop_at(drag.day, drag.minute)) is not None:
            self.workshop_opened.emit(workshop.workshop_id)
        else:
            self.minute = drag.minute // HALF * HALF
            self.wanted.emit(self.moment(), _USUAL)

    def _follow(self, drag: _Drag, point: QPointF) -> None:
        day, minute = self.frame().at(point)
        if drag.slot is None:
            drag.at_day = drag.day
            drag.begin, drag.end = min(drag.minute, minute), max(drag.minute, minute) + QUARTER
        elif drag.kind == "stretch":
            drag.at_day, drag.begin = self._day_of(drag.slot), minute_of(drag.slot.starts_at)
            drag.end = max(drag.begin + QUARTER, minute + QUARTER)
        else:
            begin = minute_of(drag.slot.starts_at) + minute - drag.minute
            drag.at_day, drag.begin = day, min(max(0, begin // QUARTER * QUARTER), DAY - QUARTER)
            drag.end = drag.begin + drag.slot.minutes

    def _drop(self, drag: _Drag) -> None:
        moment = instant(self._first() + timedelta(drag.at_day), drag.begin)
        if drag.slot is None:
            self.day, self.minute = drag.at_day, drag.begin
            self.wanted.emit(moment, drag.end - drag.begin)
        elif drag.kind == "stretch":
            self.moved.emit(drag.slot.id, drag.slot.starts_at, drag.end - drag.begin)
        elif moment != drag.slot.starts_at:
            self.moved.emit(drag.slot.id, moment, None)

    def _piece_at(self, point: QPointF) -> Piece[Slot] | None:
        frame, lowest = self.frame(), theme().px(painting.LOWEST)
        return next((one for one in reversed(self._slots) if frame.box(one, lowest).contains(point)), None)

    def _on_edge(self, piece: Piece[Slot], point: QPointF) -> bool:
        """The lower edge stretches, unless it lies on another day."""
        box = self.frame().box(piece, theme().px(painting.LOWEST))
        ends_here = piece.item.starts_at.date() == piece.item.ends_at.date()
        return ends_here and point.y() > box.bottom() - theme().px(_EDGE)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key, held = Qt.Key(event.key()), event.modifiers()
        if self._drag is not None and key == Qt.Key.Key_Escape:
            self._drag = None
            self.update()
            return
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if not (self._change(key) if control else self._walk(key) or self._act(key, event.text())):
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> bool:
        """Arrows go from slot to slot; over the edge of the period, to the one before or after."""
        frame = self.frame()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = HALF if key == Qt.Key.Key_Down else -HALF
            bounded = min(max(frame.first_hour * 60, self.minute + step), frame.last_hour * 60 - HALF)
            self.minute = bounded // HALF * HALF if step > 0 else -(-bounded // HALF) * HALF
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.day += 1 if key == Qt.Key.Key_Right else -1
            if not 0 <= self.day < frame.days:
                turn = 1 if self.day > 0 else -1
                self.turned.emit(turn)
                self.day = 0 if turn > 0 else self.frame().days - 1
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            return False
        self._choose_here()
        return True

    def _act(self, key: Qt.Key, text: str) -> bool:
        slot = self.slot()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            workshop = self.workshop_at(self.day, self.minute)
            if slot is not None:
                self.opened.emit(slot.id)
            elif workshop is not None:
                self.workshop_opened.emit(workshop.workshop_id)
            else:
                self.wanted.emit(self.moment(), _USUAL)
        elif key == Qt.Key.Key_Space:
            self._next_here()
        elif slot is None:
            return False
        elif text in ("+", "-"):
            self.stretched.emit(slot.id, QUARTER if text == "+" else -QUARTER)
        elif key == Qt.Key.Key_Delete:
            self.dropped.emit(slot.id)
        else:
            return False
        return True

    def _change(self, key: Qt.Key) -> bool:
        """Ctrl with an arrow moves the appointment: a day aside, a quarter of an hour up or down."""
        slot = self.slot()
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -QUARTER),
            Qt.Key.Key_Down: (0, QUARTER),
        }
        if slot is None or key not in moves:
            return False
        self.shifted.emit(slot.id, *moves[key])
        return True

    def _choose_here(self) -> None:
        here = self._here()
        self.selected = here[0].id if here else None
        self._told()
        self.cursor_moved.emit(self.cursor_rect())

    def _next_here(self) -> None:
        """Among those at the same time, the next one."""
        here = self._here()
        if here:
            ids = [slot.id for slot in here]
            at = ids.index(self.selected) if self.selected in ids else -1
            self.selected = ids[(at + 1) % len(ids)]
            self._told()

    def _here(self) -> list[Slot]:
        """Appointments that share the half hour under the cursor, those that take time first."""
        end = self.minute + HALF
        found = [one.item for one in self._slots if one.day == self.day and one.start < end and one.end > self.minute]
        return sorted(found, key=_takes_no_time)

    # The rest

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            piece = self._piece_at(QPointF(event.pos()))
            workshop = self.workshop_at(*self.frame().at(QPointF(event.pos())))
            about = f"Atelier {workshop.title} · {_attended(workshop)}" if workshop else ""
            QToolTip.showText(event.globalPos(), plain_tip(spoken(piece.item) if piece else about), self)
            return True
        return super().event(event)

    def session_at(self, point: QPoint) -> Held | None:
        """The permanence under a point."""
        day, minute = self.frame().at(QPointF(point))
        return next((one.item for one in self._sessions if one.day == day and one.start <= minute < one.end), None)

    def workshop_at(self, day: int, minute: int) -> Occasion | None:
        """The workshop that a half hour belongs to."""
        found = (
            one.item for one in self._workshops if one.day == day and one.start < minute + HALF and one.end > minute
        )
        return next(found, None)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        here = self._here()
        if self.selected is None and here and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selected = here[0].id  # Enter then opens what stands under the cursor
        self._told()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.update()

    def _first(self) -> date:
        return self._shown.first if self._shown else clock.today()

    def _day_of(self, slot: Slot) -> int:
        return (slot.starts_at.date() - self._first()).days

    def _place_cursor(self, shown: Schedule) -> None:
        """A period that holds today opens on it; the others keep the day of the week."""
        days = (clock.today() - shown.first).days
        self.day = days if 0 <= days < shown.days else min(self.day, shown.days - 1)

    def _told(self) -> None:
        """What a screen reader says of the place of the cursor."""
        slot, day = self.slot(), self._first() + timedelta(self.day)
        hour = f"{self.minute // 60:02d}:{self.minute % 60:02d}"
        workshop = self.workshop_at(self.day, self.minute)
        here = f"{hour}, atelier {workshop.title}, {_attended(workshop)}" if workshop else f"{hour}, libre"
        where = f"{french.long_date(day)}, {spoken(slot) if slot else here}"
        self.setAccessibleName(f"Agenda : {where}")
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.chosen.emit(slot)
        self.update()

    def _scale(self) -> None:
        self.setMinimumHeight(round(self.frame().height))
        self.setFixedHeight(round(self.frame().height))
        self.updateGeometry()


def spoken(slot: Slot) -> str:
    """An appointment in words: for tooltips and screen readers."""
    until = f"{slot.starts_at:%H:%M} – {slot.ends_at:%H:%M}"
    who = slot.name or slot.title or "Rendez-vous"
    title = slot.title if slot.name else ""
    about = (until, who, title, slot.mode, slot.place, slot.site, f"avec {slot.counsellor}" if slot.counsellor else "")
    state = slot.status.label if slot.status is not AppointmentStatus.PLANNED else ""
    return ", ".join(part for part in (*about, state, *(one.label for one in slot.conflicts)) if part)


def _attended(one: Occasion) -> str:
    return f"{one.taken} sur {french.plural(one.capacity, 'place')} · {one.place}"


def _takes_no_time(slot: Slot) -> bool:
    return slot.status in (AppointmentStatus.CANCELLED, AppointmentStatus.MISSED)
