"""The line above the intake: title, state of the draft, where and by whom, the two ways to end."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from boutique.core import french
from boutique.ui.theme.manager import set_role, theme
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.tips import plain_tip

_ONE_LINE, _BADGE_BESIDE = 1060, 830


class IntakeHeader(QWidget):
    anonymous_pressed = Signal()
    create_pressed = Signal()
    context_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("Nouveau passage", role="title")
        self.draft = Badge("Brouillon enregistré à l’instant", "success", icon="check")
        self.draft.hide()
        # With its parent from the start: it comes before the two buttons under the Tab key too.
        self.context = GhostButton("", accessible="Date, lieu, mode de contact et conseiller : modifier", parent=self)
        set_role(self.context, "small")
        self.context.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.anonymous = Button("Passage anonyme", hint="Alt A")
        self.save = PrimaryButton("Créer le dossier", hint="Ctrl ↵")
        self.anonymous.setObjectName("intake-anonymous")
        self.save.setObjectName("intake-create")
        for button in (self.anonymous, self.save):  # the context shortens, they do not
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._first.setSpacing(12)
        self._first.addWidget(self.title)
        self._first.addStretch(1)
        for button in (self.anonymous, self.save):
            self._first.addWidget(button)
        self._second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._first)
        column.addLayout(self._second)
        self._places: tuple[bool, bool] | None = None
        self.context.clicked.connect(self.context_pressed)
        self.anonymous.clicked.connect(self.anonymous_pressed)
        self.save.clicked.connect(self.create_pressed)
        self._arrange()

    def tell(self, on: date | None, site: str, channel: str, counsellor: str) -> None:
        """Date · place · channel · counsellor."""
        day = french.day_month(on) if on else "date à préciser"
        text = " · ".join(part for part in (day, site, channel[:1].lower() + channel[1:], counsellor) if part)
        self.context.set_label(text)
        self.context.setAccessibleName(f"{text} : modifier")
        self.context.setToolTip(plain_tip(f"{text} (Alt D pour modifier)"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """What does not fit beside the title goes under it."""
        places = (self.width() >= theme().px(_BADGE_BESIDE), self.width() >= theme().px(_ONE_LINE))
        if places == self._places:
            return
        self._places = places
        for part, beside, above, under in ((self.draft, places[0], 1, 0), (self.context, places[1], 3, 2)):
            self._first.removeWidget(part)
            self._second.removeWidget(part)
            line, place = (self._first, above) if beside else (self._second, under)
            line.insertWidget(min(place, line.count()), part)
