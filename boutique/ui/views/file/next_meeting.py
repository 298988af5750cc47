"""Date, time and length of a next appointment on one line; used by the interview."""

from datetime import datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.ui.theme.manager import theme
from boutique.ui.views.file.action_editor import DateEdit
from boutique.ui.widgets.combo_box import ComboBox

_MINUTES = (30, 45, 60, 90, 120)
_TIME_WIDTH, _LENGTH_WIDTH = 74, 96
_USUAL_HOUR = time(10)


class NextMeeting(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateEdit("Date du prochain rendez-vous")
        self.hour = QLineEdit()
        self.hour.setMaxLength(20)
        self.hour.setPlaceholderText("10:00")
        self.hour.setAccessibleName("Heure du prochain rendez-vous")
        self.hour.setFixedWidth(theme().px(_TIME_WIDTH))
        self.minutes = ComboBox([(m, french.show_minutes(m)) for m in _MINUTES], empty=None, accessible="Durée prévue")
        self.minutes.setFixedWidth(theme().px(_LENGTH_WIDTH))
        self.minutes.write(60)
        for name, widget in {"day": self.day, "hour": self.hour, "minutes": self.minutes}.items():
            widget.setObjectName(f"next-{name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.day, self.hour, self.minutes):
            row.addWidget(widget)
        row.addStretch(1)
        for line in (self.day, self.hour):
            line.textEdited.connect(self.changed)
        self.minutes.currentIndexChanged.connect(self.changed)

    def read(self) -> datetime | None:
        """The instant typed, None when no date was; UserError when it cannot be read or is over."""
        if not self.day.text().strip():
            return None
        day = french.parse_date(self.day.text(), today=clock.today())
        instant = datetime.combine(day, self._time()).astimezone()
        if instant < clock.now():
            raise UserError("Ce rendez-vous est dans le passé. Choisissez une date à venir.")
        return instant

    def _time(self) -> time:
        return french.parse_time(self.hour.text()) if self.hour.text().strip() else _USUAL_HOUR
