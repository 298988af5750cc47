"""The bar above the views: search, new visit, place of the day, counsellor, lock."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from boutique.ui.theme.manager import set_look, set_role, theme
from boutique.ui.widgets.avatar import Avatar
from boutique.ui.widgets.button import GhostButton, PrimaryButton
from boutique.ui.widgets.search_field import SearchField
from boutique.ui.widgets.tips import plain_tip

_SEARCH, _PLACE, _ROOMY, _ROOMY_PLACE = 440, 260, 1100, 420


class TopBar(QFrame):
    place_pressed = Signal()
    lock_pressed = Signal()
    new_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, surface="top")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 9, 16, 9)
        row.setSpacing(8)
        self.search = SearchField(
            "Nom, téléphone, commune, projet…", hint="Ctrl F", accessible="Recherche dans les dossiers"
        )
        self.new = PrimaryButton("Nouveau passage", icon="plus", hint="Ctrl N")
        self.new.setObjectName("new-visit")
        self.new.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.place = GhostButton(icon="map-pin", accessible="Lieu du jour")
        set_role(self.place, "body")
        self.place.hide()
        self.counsellor = Avatar()
        self.counsellor.hide()
        self.lock = GhostButton(icon="lock", hint="Ctrl L", accessible="Verrouiller")
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.search, 10)
        row.addSpacing(4)
        row.addWidget(self.new)
        row.addStretch(1)
        row.addWidget(self.place)
        row.addWidget(self.counsellor)
        row.addWidget(self.lock)
        self.new.clicked.connect(self.new_pressed)
        self.place.clicked.connect(self.place_pressed)
        self.lock.clicked.connect(self.lock_pressed)
        theme().changed.connect(self._fit)
        self._fit()

    def set_place(self, name: str) -> None:
        self.place.set_label(name)
        self.place.setToolTip(plain_tip(f"Lieu du jour : {name}"))
        self.place.setAccessibleName(f"Lieu du jour : {name}")
        self.place.setVisible(bool(name))

    def set_counsellor(self, letters: str, name: str) -> None:
        self.counsellor.set_person(letters, name)
        self.counsellor.setVisible(bool(letters))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.search.setMaximumWidth(theme().px(_SEARCH))
        self.search.setMinimumWidth(theme().px(_SEARCH) // 2)
        self.place.setMaximumWidth(theme().px(_ROOMY_PLACE if self.width() >= theme().px(_ROOMY) else _PLACE))
