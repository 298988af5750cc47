"""The time an interview takes, counted while it is being written; goes on when the form is put aside."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import clock
from boutique.core.clock import local
from boutique.ui.theme.manager import set_look
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.label import Label

_SECOND = 1_000
_MOST_MINUTES = 480  # as the form accepts them


class InterviewTimer(QWidget):
    """`changed` when it starts, stops or reaches another minute."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = 0.0  # seconds counted before the last start
        self._since: datetime | None = None
        self._told = -1
        self._beat = QTimer(self)
        self._beat.setInterval(_SECOND)
        self._beat.timeout.connect(self._show)
        self.elapsed = Label("0:00", role="figure_strong", tone="muted")
        self.elapsed.setObjectName("interview-timer-elapsed")
        self.button = Button("Chronomètre", icon="play", accessible="Démarrer le chronomètre")
        self.button.setObjectName("interview-timer")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.elapsed)
        row.addWidget(self.button)
        self.button.clicked.connect(self._pressed)

    @property
    def running(self) -> bool:
        return self._since is not None

    @property
    def used(self) -> bool:
        return self.running or self._before > 0

    def minutes(self) -> int:
        """What an interview of that length is noted as; a started minute counts from its half."""
        return min(round(self._seconds() / 60), _MOST_MINUTES)

    def read(self) -> dict[str, Any] | None:
        """As a draft keeps it: it goes on counting while the form is closed."""
        if not self.used:
            return None
        since = self._since.isoformat() if self._since is not None else ""
        return {"before": round(self._before), "since": since, "seen": round(self._seconds())}

    def write(self, kept: dict[str, Any] | None) -> None:
        """Go on from a draft; one left running on another day stops where it was last seen."""
        self._before, self._since = float((kept or {}).get("before") or 0), None
        if kept and kept.get("since"):
            since = datetime.fromisoformat(str(kept["since"]))
            if local(since).date() == clock.today():
                self._since = since
            else:
                self._before = float(kept.get("seen") or 0)
        self._settle()

    def pause(self) -> None:
        if self.running:
            self.give_way()
            self.changed.emit()

    def give_way(self) -> None:
        """Stop without a word: the minutes are being typed by hand."""
        if self.running:
            self._before, self._since = self._seconds(), None
            self._settle()

    def _pressed(self) -> None:
        if self.running:
            self.pause()
        else:
            self._since = clock.now()
            self._settle()
            self.changed.emit()

    def _seconds(self) -> float:
        going = (clock.now() - self._since).total_seconds() if self._since is not None else 0.0
        return self._before + max(going, 0.0)

    def _settle(self) -> None:
        if self.running:
            self._beat.start()
        else:
            self._beat.stop()
        self.button.set_label("Pause" if self.running else "Reprendre" if self.used else "Chronomètre")
        self.button.set_icon("pause" if self.running else "play")
        self.button.setAccessibleName(
            "Arrêter le chronomètre" if self.running else "Reprendre le chronomètre" if self.used
            else "Démarrer le chronomètre"
        )  # fmt: skip
        set_look(self, running=self.running)
        self.elapsed.setVisible(self.used)
        self._told = -1
        self._show()

    def _show(self) -> None:
        seconds = int(self._seconds())
        self.elapsed.setText(f"{seconds // 60}:{seconds % 60:02d}")
        self.elapsed.set_tone("primary" if self.running else "muted")
        first, self._told = self._told == -1, seconds // 60
        if self.running and not first and seconds % 60 == 0:
            self.changed.emit()
