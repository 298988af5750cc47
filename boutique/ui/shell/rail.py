"""The list of the great places, on the left of the window."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.button import GhostButton
from boutique.ui.widgets.icon import draw_icon
from boutique.ui.widgets.key_hint import draw_hint, hint_width

_WIDE, _NARROW = 200, 56
_MARGIN, _INSET = 10, 10


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail; `foot` ones stand at the bottom."""

    name: str
    title: str
    icon: str
    foot: bool = False
    key: str = ""
    hint: str = ""


PLACES = (
    Place("today", "Aujourd’hui", "sun", key="F2"),
    Place("files", "Dossiers", "folder-open", key="F3"),
    Place("agenda", "Agenda", "calendar-days", key="F4"),
    Place("workshops", "Ateliers", "presentation", key="F6"),
    Place("partners", "Partenaires", "handshake", key="F7"),
    Place("activity", "Activité", "chart-column", key="F8"),
    Place("settings", "Réglages", "settings", foot=True, key="F9"),
    Place("help", "Aide", "circle-help", foot=True, key="F1", hint="F1"),
)


class RailItem(QAbstractButton):
    def __init__(self, place: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = place
        self.badge = 0
        self.narrow = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tell()

    def tell(self) -> None:
        late = f", {self.badge} à voir" if self.badge else ""
        self.setAccessibleName(self.place.title + late)
        keys = f" ({self.place.key})" if self.place.key else ""
        self.setToolTip(f"{self.place.title}{late}{keys}")
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Lit by the view that shows, not by the press."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(_NARROW - 2 * _MARGIN), QFontMetrics(theme().font("medium")).height() + theme().px(19))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, px, painter = theme().tokens, theme().px, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked()
        if lit or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.primary_tint if lit else tokens.hover))
            painter.drawRoundedRect(self.rect(), 7, 7)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.primary), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        ink, middle, side = (tokens.primary if lit else tokens.muted), self.height() / 2, px(18)
        left = (self.width() - side) / 2 if self.narrow else px(_INSET)
        draw_icon(painter, self.place.icon, left, middle, side, ink, self.devicePixelRatioF())
        if self.narrow:
            self._paint_dot(painter)
            return
        right = self._paint_end(painter, middle)
        painter.setFont(theme().font("strong" if lit else "medium"))
        painter.setPen(QColor(ink))
        start = px(_INSET) + side + px(10)
        text = painter.fontMetrics().elidedText(self.place.title, Qt.TextElideMode.ElideRight, round(right - start))
        words = QRectF(start, 0, right - start + 2, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_end(self, painter: QPainter, middle: float) -> float:
        """The counter or the key at the right; gives back where the words must stop."""
        tokens, px = theme().tokens, theme().px
        end = self.width() - px(_INSET)
        if self.badge:
            face = theme().font("small_strong")
            words = str(self.badge) if self.badge < 100 else "99+"
            wide = max(px(22), QFontMetrics(face).horizontalAdvance(words) + px(12))
            tall = QFontMetrics(face).height() + px(2)
            box = QRectF(end - wide, middle - tall / 2, wide, tall)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_tint))
            painter.drawRoundedRect(box, tall / 2, tall / 2)
            painter.setFont(face)
            painter.setPen(QColor(tokens.accent))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            return box.x() - px(6)
        if self.place.hint:
            wide = hint_width(self.place.hint)
            draw_hint(painter, self.place.hint, end - wide, middle, tokens.muted, tokens.line)
            return end - wide - px(6)
        return end

    def _paint_dot(self, painter: QPainter) -> None:
        if self.badge:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme().tokens.accent))
            side = theme().px(8)
            painter.drawEllipse(QRectF(self.width() - side - 4, 4, side, side))


class _Brand(QWidget):
    """The name of the program, at the height of the top bar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(36), theme().px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, px, painter = theme().tokens, theme().px, QPainter(self)
        side = px(22)
        ratio = self.devicePixelRatioF()
        draw_icon(painter, "store", px(_INSET), self.height() / 2, side, tokens.primary, ratio)
        painter.setFont(theme().font("heading"))
        painter.setPen(QColor(tokens.primary))
        words = QRectF(px(_INSET) + side + px(8), 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "Boutique")


class Rail(QFrame):
    """`chosen(name)` when an entry is pressed, `fold_pressed` when it should become icons or words again."""

    chosen = Signal(str)
    fold_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, surface="rail")
        self.setAccessibleName("Navigation")
        self._narrow = False
        self._items: dict[str, RailItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 10, _MARGIN + 1, 10)
        column.setSpacing(2)
        self._brand = _Brand(self)
        head = QHBoxLayout()
        head.setSpacing(0)
        self._fold = GhostButton(icon="panel-left", hint="Ctrl B", accessible="Replier ou déplier")
        self._fold.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fold.clicked.connect(self.fold_pressed)
        head.addWidget(self._brand, 1)
        head.addWidget(self._fold)
        column.addLayout(head)
        column.addSpacing(8)
        self._top = QVBoxLayout()
        self._top.setSpacing(2)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(2)
        column.addLayout(self._top)
        column.addStretch(1)
        column.addLayout(self._foot)
        theme().changed.connect(self._fit)
        self._fit()

    def offer(self, name: str) -> Place | None:
        """Show the entry of a view that exists, if it has one; entries keep the order of PLACES."""
        place = next((one for one in PLACES if one.name == name), None)
        if place is None or name in self._items:
            return None
        item = RailItem(place, self)
        item.clicked.connect(self._pressed)
        self._items[name] = item
        side = self._foot if place.foot else self._top
        before = PLACES.index(place)
        earlier = [one for one in self._items.values() if one.place.foot == place.foot]
        side.insertWidget(sum(PLACES.index(one.place) < before for one in earlier), item)
        self._fit()
        return place

    def light(self, name: str) -> None:
        for item in self._items.values():
            item.setChecked(item.place.name == name)

    def set_badge(self, name: str, count: int) -> None:
        if name in self._items:
            self._items[name].badge = count
            self._items[name].tell()

    def item(self, name: str) -> RailItem:
        return self._items[name]

    def is_narrow(self) -> bool:
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter of one state
        self._narrow = narrow
        self._fit()

    def _pressed(self) -> None:
        item = self.sender()
        if isinstance(item, RailItem):
            self.chosen.emit(item.place.name)

    def _fit(self) -> None:
        self.setFixedWidth(theme().px(_NARROW if self._narrow else _WIDE))
        self._brand.setVisible(not self._narrow)
        for item in self._items.values():
            item.narrow = self._narrow
            item.tell()
