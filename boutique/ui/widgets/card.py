"""The white surface that groups things under a title, with an optional action on the right."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from boutique.ui.theme.manager import set_look
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.icon import Icon


class Card(QFrame):
    """Add to `body`. `tone` colours the border and icon, `tinted` the background; `grow` fills the height."""

    def __init__(
        self,
        title: str = "",
        *,
        action: QWidget | None = None,
        icon: str = "",
        tone: Tone = "neutral",
        tinted: bool = False,
        grow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        set_look(self, surface="card", tone=tone, tinted=tinted, selected=False)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 14)
        outer.setSpacing(0)
        self.title = ElidedLabel(title, role="heading", tone=tone if tinted else "ink", parent=self)
        self.title.setVisible(bool(title))
        self._header = QHBoxLayout()
        self._header.setSpacing(8)
        self._mark = Icon(icon or "circle", tone=tone if tone != "neutral" else "ink", size=18, parent=self)
        self._mark.setVisible(bool(icon))
        self._header.addWidget(self._mark)
        self._header.addWidget(self.title, 1)
        if action is not None:
            self._header.addWidget(action)
        if title or icon or action is not None:
            outer.addLayout(self._header)
            outer.addSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1 if grow else 0)
        if not grow:
            outer.addStretch(1)

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_action(self, action: QWidget) -> None:
        """Put something at the right end of the title, once the card is made."""
        self._header.addWidget(action)

    def set_tone(self, tone: Tone, *, tinted: bool = False) -> None:
        set_look(self, tone=tone, tinted=tinted)
        self.title.set_tone(tone if tinted else "ink")
        if self._icon:
            self._mark.set_icon(self._icon, tone if tone != "neutral" else "ink")

    def set_selected(self, selected: bool) -> None:  # noqa: FBT001 - a setter of one state
        set_look(self, selected=selected)

    def add(self, *parts: QWidget | QLayout) -> None:
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)
