"""How the agenda is painted: columns, hours, permanences, busy time, appointments. For the grid of hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from boutique.models.choices import AppointmentStatus, Conflict
from boutique.services.schedule import Slot
from boutique.ui.theme.fonts import Role
from boutique.ui.theme.manager import theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.views.agenda.geometry import Frame
from boutique.ui.widgets.icon import draw_icon

CONFLICT_ICONS = {
    Conflict.OVERLAP: "layers-2",
    Conflict.BUSY: "calendar-x",
    Conflict.OUTSIDE: "map-pin-off",
    Conflict.HOLIDAY: "flag",
}
CONFLICT_WORDS = {
    Conflict.OVERLAP: "chevauche",
    Conflict.BUSY: "occupé·e",
    Conflict.OUTSIDE: "hors permanence",
    Conflict.HOLIDAY: "férié",
}
STATUS_ICONS = {
    AppointmentStatus.DONE: ("circle-check", "success"),
    AppointmentStatus.MISSED: ("user-x", "danger"),
    AppointmentStatus.CANCELLED: ("ban", "neutral"),
}
LOWEST = 18  # pixels of the lowest appointment, at 100 %
_PAD, _BAR, _RADIUS, _ICON = 6, 3, 4, 12
_READABLE, _INITIALS = 7, 2  # letters of a name worth showing beside the hour, or alone


@dataclass(frozen=True, slots=True)
class Look:
    """How one appointment is drawn."""

    selected: bool = False
    focused: bool = False


def paint_columns(painter: QPainter, frame: Frame, off: Sequence[bool], today: int | None) -> None:
    """The ground: days off are darker, today lighter, a line each hour and a lighter one each half hour."""
    tokens = theme().tokens
    painter.fillRect(QRectF(0, 0, frame.width, frame.height), QColor(tokens.surface))
    for day in range(frame.days):
        column = QRectF(frame.left(day), 0, frame.column, frame.height)
        if off[day]:
            painter.fillRect(column, QColor(tokens.canvas))
        if day == today:
            ground = QColor(tokens.primary_tint)
            ground.setAlphaF(0.45)
            painter.fillRect(column, ground)
    half = QColor(tokens.line)
    half.setAlphaF(0.45)
    for hour in range(frame.first_hour, frame.last_hour):
        y = round(frame.top(hour * 60))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(round(frame.gutter), y, round(frame.width), y)
        painter.setPen(QPen(half, 1))
        middle = round(frame.top(hour * 60 + 30))
        painter.drawLine(round(frame.gutter), middle, round(frame.width), middle)
    painter.setPen(QPen(QColor(tokens.line), 1))
    for day in range(frame.days):
        painter.drawLine(round(frame.left(day)), 0, round(frame.left(day)), round(frame.height))


def paint_hours(painter: QPainter, frame: Frame) -> None:
    """« 09:00 » beside each line, but the first, which would be cut."""
    painter.setFont(theme().font("caption"))
    painter.setPen(QColor(theme().tokens.muted))
    tall = painter.fontMetrics().height()
    for hour in range(frame.first_hour + 1, frame.last_hour):
        box = QRectF(0, frame.top(hour * 60) - tall / 2, frame.gutter - theme().px(6), tall)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{hour:02d}:00")


def paint_session(painter: QPainter, box: QRectF, words: str) -> None:
    """A permanence: a tinted band, its name at the top."""
    tokens = theme().tokens
    painter.fillRect(box.adjusted(1, 0, 0, 0), QColor(tokens.info_tint))
    painter.fillRect(QRectF(box.x() + 1, box.y(), _BAR, box.height()), QColor(tokens.info))
    _caption(painter, box.adjusted(_PAD + 2, 1, -2, 0), words, tokens.info)


def paint_workshop(painter: QPainter, box: QRectF, words: str, about: str) -> None:
    """A workshop: a band of its own colour with an icon, its title, how full it is where there is room."""
    tokens, px = theme().tokens, theme().px
    inside = box.adjusted(2, 0, -2, 0)
    painter.fillRect(inside, QColor(tokens.success_tint))
    painter.fillRect(QRectF(inside.x(), inside.y(), _BAR, inside.height()), QColor(tokens.success))
    line = QFontMetricsF(theme().font("small_strong")).height()
    size, ratio = px(_ICON), painter.device().devicePixelRatioF()
    draw_icon(painter, "presentation", inside.x() + _PAD, inside.y() + line / 2 + 1, size, tokens.success, ratio)
    text = inside.adjusted(_PAD + size + 4, 1, -2, 0)
    _words(painter, QRectF(text.x(), text.y(), text.width(), line), words, "small_strong", tokens.ink)
    if inside.height() >= 2 * line + 2:
        _words(painter, QRectF(text.x(), text.y() + line, text.width(), line), about, "small", tokens.muted)


def paint_busy(painter: QPainter, box: QRectF, words: str) -> None:
    """Time taken elsewhere: hatched."""
    tokens = theme().tokens
    inside = box.adjusted(2, 0, -2, 0)
    ink = QColor(tokens.control)
    ink.setAlphaF(0.55)
    painter.fillRect(inside, QBrush(ink, Qt.BrushStyle.BDiagPattern))
    metrics = QFontMetricsF(theme().font("caption"))
    if inside.height() >= metrics.height():
        plate = QRectF(
            inside.x(), inside.y(), min(inside.width(), metrics.horizontalAdvance(words) + 8), metrics.height()
        )
        painter.fillRect(plate, QColor(tokens.surface))
        _caption(painter, plate.adjusted(3, 0, -2, 0), words, tokens.muted)


def paint_slot(painter: QPainter, box: QRectF, slot: Slot, look: Look) -> None:
    """An appointment: a coloured edge, the hour and who; its state and what it runs into by icon and word."""
    tokens, px = theme().tokens, theme().px
    gone = slot.status in (AppointmentStatus.CANCELLED, AppointmentStatus.MISSED)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.surface if gone or not slot.mine else tokens.primary_tint))
    edge = tokens.primary if slot.mine else tokens.control
    painter.setPen(QPen(QColor(tokens.primary if look.selected else edge), 2 if look.selected else 1,
                        Qt.PenStyle.DashLine if gone and not look.selected else Qt.PenStyle.SolidLine))  # fmt: skip
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    painter.fillRect(QRectF(box.x() + 1, box.y() + 2, _BAR, box.height() - 4), QColor(edge))
    if look.focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.ink), 1, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), _RADIUS, _RADIUS)
    painter.save()
    painter.setClipRect(box)
    _paint_words(painter, box.adjusted(_BAR + px(4), px(1), -px(3), -1), slot, gone=gone)
    painter.restore()


def _paint_words(painter: QPainter, inside: QRectF, slot: Slot, *, gone: bool) -> None:
    tokens = theme().tokens
    line = QFontMetricsF(theme().font("small_strong")).height()
    first = QRectF(inside.x(), inside.y(), inside.width(), min(line, inside.height()))
    right = _paint_marks(painter, first, slot)
    ink = tokens.muted if gone else tokens.ink
    lines = [(words, ink) for words in _heads(slot, first.width() - right, one_line=inside.height() < 2 * line)]
    _words(painter, first.adjusted(0, 0, -right, 0), lines[0][0], "small_strong", ink, struck=gone)
    below = inside.adjusted(0, line, 0, 0)
    for words, colour in (*lines[1:], *_lines(slot)):
        if below.height() < line:
            break
        _words(painter, QRectF(below.x(), below.y(), below.width(), line), words, "small", colour)
        below.adjust(0, line, 0, 0)


def _heads(slot: Slot, width: float, *, one_line: bool) -> tuple[str, ...]:
    """« 09:00 Zoé Martin » on one line where it is wide enough; who comes first when there is only room for one."""
    who, hour = slot.name or slot.title or "Rendez-vous", f"{slot.starts_at:%H:%M}"
    metrics = QFontMetricsF(theme().font("small_strong"))
    if width >= metrics.horizontalAdvance(f"{hour} {who[:_READABLE]}"):
        return (f"{hour} {who}",)
    if width < metrics.horizontalAdvance(hour):
        return ("".join(word[:1] for word in who.split())[:_INITIALS],)
    return (who,) if one_line else (hour, who)


def _lines(slot: Slot) -> list[tuple[str, str]]:
    tokens = theme().tokens
    lines = []
    if slot.conflicts:
        lines.append((", ".join(CONFLICT_WORDS[one] for one in slot.conflicts), tokens.warning))
    if slot.status is not AppointmentStatus.PLANNED:
        lines.append((slot.status.label, tokens.muted))
    if slot.name and slot.title:
        lines.append((slot.title, tokens.muted))
    where = slot.place or slot.site
    lines += [(words, tokens.muted) for words in (where, "" if slot.mine else slot.counsellor) if words]
    return lines


def _paint_marks(painter: QPainter, line: QRectF, slot: Slot) -> float:
    """Icons at the end of the first line: its state, then a warning; returns the width they take."""
    px, tokens = theme().px, theme().tokens
    size, marks = px(_ICON), list[tuple[str, str]]()
    if slot.status in STATUS_ICONS:
        name, tone = STATUS_ICONS[slot.status]
        marks.append((name, tokens.tone(_tone(tone))))
    if slot.conflicts:
        marks.append((CONFLICT_ICONS[slot.conflicts[0]], tokens.warning))
    left = line.right() - len(marks) * (size + 2)
    if left < line.x() + px(30):
        return 0
    ratio = painter.device().devicePixelRatioF()
    for number, (name, colour) in enumerate(marks):
        draw_icon(painter, name, left + number * (size + 2), line.center().y(), size, colour, ratio)
    return len(marks) * (size + 2) + 2


def _tone(name: str) -> Tone:
    tones: dict[str, Tone] = {"success": "success", "danger": "danger"}
    return tones.get(name, "neutral")


def paint_cell(painter: QPainter, box: QRectF) -> None:
    """Where the keyboard stands: a frame that no state of an appointment looks like."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme().tokens.primary), 2))
    painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), _RADIUS, _RADIUS)


def paint_ghost(painter: QPainter, box: QRectF, words: str) -> None:
    """What is being drawn or moved with the mouse, with its hours."""
    tokens = theme().tokens
    ground = QColor(tokens.primary)
    ground.setAlphaF(0.22)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(ground)
    painter.setPen(QPen(QColor(tokens.primary), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
    _words(painter, box.adjusted(_PAD, 1, -2, 0), words, "small_strong", tokens.ink)


def paint_now(painter: QPainter, frame: Frame, day: int, now: datetime) -> None:
    """The line of the present minute."""
    y = frame.top(now.hour * 60 + now.minute)
    if not 0 <= y <= frame.height:
        return
    accent = QColor(theme().tokens.accent)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(accent, 2))
    painter.drawLine(round(frame.left(day)), round(y), round(frame.left(day) + frame.column), round(y))
    painter.setBrush(accent)
    painter.drawEllipse(QRectF(frame.left(day) - 4, y - 4, 8, 8))


def _caption(painter: QPainter, box: QRectF, words: str, colour: str) -> None:
    _words(painter, box, words, "caption", colour)


def _words(painter: QPainter, box: QRectF, words: str, role: Role, colour: str, *, struck: bool = False) -> None:
    font = theme().font(role)
    if struck:
        font = QFont(font)
        font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRectF(box.x(), box.y(), box.width(), metrics.height()), Qt.AlignmentFlag.AlignVCenter, shown)
