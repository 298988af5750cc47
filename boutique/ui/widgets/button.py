"""Buttons of every weight, with an icon and a key hint; painted from the tokens so that all states agree."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from boutique.ui.theme.fonts import Role
from boutique.ui.theme.manager import set_role, theme
from boutique.ui.theme.tokens import Tokens
from boutique.ui.widgets.icon import draw_icon
from boutique.ui.widgets.key_hint import draw_hint, hint_width
from boutique.ui.widgets.tips import plain_tip

Variant = Literal["primary", "secondary", "ghost", "danger"]
Size = Literal["large", "normal", "small"]


@dataclass(frozen=True, slots=True)
class Metrics:
    """Lengths of a size of button, in logical pixels at 100 %."""

    role: Role
    across: int
    along: int
    icon: int
    gap: int
    radius: int


@dataclass(frozen=True, slots=True)
class Colours:
    fill: str
    border: str
    ink: str
    hint: str


_METRICS: dict[Size, Metrics] = {
    "large": Metrics("strong", 15, 9, 18, 9, 8),
    "normal": Metrics("label", 10, 6, 16, 7, 7),
    "small": Metrics("small_strong", 8, 3, 13, 5, 5),
}
_CLEAR = "#00000000"


class Button(QPushButton):
    """An ordinary button. `hint` shows its shortcut in a box; an icon alone needs `accessible`."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        hint: str = "",
        variant: Variant = "secondary",
        size: Size = "normal",
        trailing: str = "",
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._icon, self._hint, self._trailing = text, icon, hint, trailing
        self._variant, self._accessible = variant, accessible
        self.metrics = _METRICS[size]
        set_role(self, self.metrics.role)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_label(text)

    def label(self) -> str:
        return self._label

    def set_label(self, text: str) -> None:
        """The words of the button; an ampersand in them is an ampersand, never a mnemonic."""
        self._label = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(self._accessible or text)
        if self._accessible and not text:
            self.setToolTip(plain_tip(f"{self._accessible} ({self._hint})" if self._hint else self._accessible))
        self._resized()

    def set_icon(self, name: str) -> None:
        self._icon = name
        self._resized()

    def set_variant(self, variant: Variant) -> None:
        self._variant = variant
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._size(self.fontMetrics().horizontalAdvance(self._label))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        shortest = min(self._label, self._label[:6] + "…", key=len)
        return self._size(self.fontMetrics().horizontalAdvance(shortest))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.colours(theme().tokens)
        self.paint_frame(painter, colours)
        self.paint_content(painter, colours)

    def colours(self, tokens: Tokens) -> Colours:
        """What the state looks like; the kinds of button derived from this one change only this."""
        if not self.isEnabled():
            border = _CLEAR if self._variant == "ghost" else tokens.line
            return Colours(tokens.canvas, border, tokens.control, tokens.line)
        if self._variant == "primary":
            fill = self._by_state(tokens.primary, tokens.primary_hover, tokens.primary_down)
            return Colours(fill, fill, tokens.on_primary, tokens.on_primary)
        ink = tokens.danger if self._variant == "danger" else tokens.ink
        if self._variant == "ghost":
            return Colours(self._by_state(_CLEAR, tokens.hover, tokens.line), _CLEAR, tokens.muted, tokens.line)
        border = tokens.danger if self._variant == "danger" else tokens.control
        return Colours(self._by_state(tokens.surface, tokens.hover, tokens.line), border, ink, tokens.line)

    def paint_frame(self, painter: QPainter, colours: Colours) -> None:
        radius = theme().px(self.metrics.radius)
        painter.setBrush(QColor(colours.fill))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if not self.hasFocus():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme().tokens.primary), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        if self._variant == "primary":
            painter.setPen(QPen(QColor(colours.ink), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), radius - 2, radius - 2)

    def paint_content(self, painter: QPainter, colours: Colours) -> None:
        px, metrics = theme().px, self.metrics
        room = self.width() - 2 * px(metrics.across)
        text = self.fontMetrics().horizontalAdvance(self._label)
        spare = room - self._content_width(text)
        text = max(0, min(text, text + spare))
        left, middle = px(metrics.across) + max(0.0, spare / 2), self.height() / 2
        ratio, ink, side = self.devicePixelRatioF(), colours.ink, px(metrics.icon)
        if self._icon:
            draw_icon(painter, self._icon, left, middle, side, ink, ratio)
            left += side + px(metrics.gap)
        if self._label:
            painter.setPen(QColor(ink))
            shown = self.fontMetrics().elidedText(self._label, Qt.TextElideMode.ElideRight, text + 1)
            painter.drawText(QRectF(left, 0, text + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += text + 1 + px(metrics.gap)
        if self._hint and self._label:
            draw_hint(painter, self._hint, left, middle, ink, colours.hint)
            left += hint_width(self._hint) + px(metrics.gap)
        if self._trailing:
            draw_icon(painter, self._trailing, left, middle, side, ink, ratio)

    def _by_state(self, rest: str, hover: str, down: str) -> str:
        if self.isDown():
            return down
        return hover if self.underMouse() else rest

    def _size(self, text: int) -> QSize:
        px, metrics = theme().px, self.metrics
        inside = max(self.fontMetrics().height(), px(metrics.icon) if self._icon else 0)
        height = inside + 2 * px(metrics.along)
        return QSize(max(height, self._content_width(text) + 2 * px(metrics.across)), height)

    def _content_width(self, text: int) -> int:
        side = theme().px(self.metrics.icon)
        parts = [
            side if self._icon else 0,
            text + 1 if self._label else 0,
            hint_width(self._hint) if self._hint and self._label else 0,
            side if self._trailing else 0,
        ]
        shown = [part for part in parts if part]
        return sum(shown) + theme().px(self.metrics.gap) * max(0, len(shown) - 1)

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()


class PrimaryButton(Button):
    """The one main action of a screen."""

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        hint: str = "",
        size: Size = "large",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon=icon, hint=hint, variant="primary", size=size, parent=parent)


class GhostButton(Button):
    """A discreet action without a frame; often an icon alone, then `accessible` says what it does."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        hint: str = "",
        accessible: str = "",
        size: Size = "normal",
        trailing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            text,
            icon=icon,
            hint=hint,
            variant="ghost",
            size=size,
            trailing=trailing,
            accessible=accessible,
            parent=parent,
        )
        set_role(self, "small")
