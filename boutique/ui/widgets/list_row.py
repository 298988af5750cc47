"""One line of a list: title, subtitle, something before, after and under; pressed as a whole when `clickable`."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from boutique.ui.theme.fonts import Role
from boutique.ui.theme.manager import set_look
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.label import Label, LabelTone, breakable


class ListRow(QFrame):
    """`activated` on click, Enter or Space. The line beneath is left out of the last row (`set_last`)."""

    activated = Signal()

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        *,
        leading: QWidget | None = None,
        trailing: Sequence[QWidget] = (),
        under: QWidget | None = None,
        clickable: bool = False,
        subtitle_tone: LabelTone = "muted",
        wrap: bool = True,
        role: Role = "strong",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clickable = clickable
        set_look(self, surface="row", clickable=clickable, selected=False, last=False)
        self.setAccessibleName(f"{title}, {subtitle}" if subtitle else title)
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        row = QHBoxLayout(self)
        side = 8 if clickable else 0
        row.setContentsMargins(side, 8, side, 8)
        row.setSpacing(12)
        if leading is not None:
            row.addWidget(leading, 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        self.title = ElidedLabel(title, role=role)
        self.subtitle: Label = (
            Label(breakable(subtitle), role="small", tone=subtitle_tone, wrap=True)
            if wrap
            else ElidedLabel(subtitle, role="small", tone=subtitle_tone)
        )
        if not subtitle:  # never shown before it has a parent: it would open as a window of its own
            self.subtitle.hide()
        texts.addWidget(self.title)
        texts.addWidget(self.subtitle)
        if under is not None:
            texts.addSpacing(3)
            texts.addWidget(under, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(texts, 1)
        for widget in trailing:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def write(self, title: str, subtitle: str) -> None:
        """The same row for something else."""
        self.setAccessibleName(f"{title}, {subtitle}" if subtitle else title)
        self.title.setText(title)
        self.subtitle.setText(breakable(subtitle))
        self.subtitle.setVisible(bool(subtitle))

    def set_last(self, last: bool = True) -> None:  # noqa: FBT001, FBT002 - a setter of one state
        set_look(self, last=last)

    def set_selected(self, selected: bool) -> None:  # noqa: FBT001 - a setter of one state
        set_look(self, selected=selected)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        inside = self.rect().contains(event.position().toPoint())
        if self._clickable and inside and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._clickable:
            event.accept()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
            return
        super().keyPressEvent(event)
