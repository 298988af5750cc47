"""Réglages › Apparence: theme and size of the text, tried at once."""

from typing import Any

from PySide6.QtWidgets import QWidget

from boutique.ui.appearance import set_mode, set_scale
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import theme
from boutique.ui.views.settings.page import Page
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.segmented import Segmented

_MODES = [("light", "Clair"), ("dark", "Sombre"), ("system", "Comme l’ordinateur")]
_SCALES = [(0.9, "90 %"), (1.0, "100 %"), (1.15, "115 %"), (1.3, "130 %"), (1.5, "150 %"), (2.0, "200 %")]


class LookPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.mode = Segmented(_MODES, accessible="Thème", optional=False)
        self.scale = Segmented(_SCALES, accessible="Taille du texte", optional=False)
        card = Card("Apparence", icon="palette")
        keys = "Ctrl + et Ctrl − changent aussi la taille ; Ctrl 0 revient à 100 %."
        card.add(Field("Thème", self.mode), Field("Taille du texte", self.scale))
        card.add(Label(keys, role="small", tone="muted", wrap=True))
        self.add(card)
        self.mode.changed.connect(self._set_mode)
        self.scale.changed.connect(self._set_scale)
        theme().changed.connect(self.enter)

    def enter(self) -> None:
        self.mode.write(theme().mode)
        self.scale.write(next((scale for scale, _ in _SCALES if abs(scale - theme().scale) < 0.02), None))

    def _set_mode(self, mode: Any) -> None:
        set_mode(self.desk.preferences, mode)

    def _set_scale(self, scale: float) -> None:
        set_scale(self.desk.preferences, scale)
