"""The four zones at the bottom of the window: saving, backup, synchronisation, database."""

from typing import Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from boutique.ui.theme.manager import set_look
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import LabelTone

Zone = Literal["saving", "backup", "sync", "database"]
_ICONS: dict[Zone, str] = {"saving": "check", "backup": "shield-check", "sync": "wifi-off", "database": ""}


class StatusBar(QFrame):
    """`tell(zone, text)`; an empty text hides its zone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, surface="status")
        self.setAccessibleName("État")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 3, 20, 4)
        row.setSpacing(22)
        row.addStrut(self.fontMetrics().height())
        self._zones: dict[Zone, tuple[QWidget, Icon, ElidedLabel]] = {}
        for zone, icon in _ICONS.items():
            if zone == "database":
                row.addStretch(1)
            holder = QWidget()
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(6)
            mark = Icon(icon or "database", size=13)
            if not icon:
                mark.hide()
            text = ElidedLabel(role="small", tone="muted")
            inside.addWidget(mark)
            inside.addWidget(text)
            holder.hide()
            row.addWidget(holder)
            self._zones[zone] = (holder, mark, text)

    def tell(self, zone: Zone, text: str, *, icon: str = "", tone: LabelTone = "muted") -> None:
        holder, mark, label = self._zones[zone]
        label.setText(text)
        label.set_tone(tone)
        label.setAccessibleName(text)
        if icon or _ICONS[zone]:
            mark.set_icon(icon or _ICONS[zone], tone)
        holder.setVisible(bool(text))

    def text(self, zone: Zone) -> str:
        return self._zones[zone][2].text()
