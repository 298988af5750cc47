"""Filters of the directory: type, theme, commune covered, freshness, archived ones. For Partenaires."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.services import partners
from boutique.services.directory import Freshness, PartnerQuery
from boutique.ui.desk import Desk
from boutique.ui.forms.lookup_editors import CommuneEditor
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.flow_layout import FlowLayout

_WIDE, _NARROW = 215, 190


class PartnerFilters(QWidget):
    """`changed` after each choice; `query(text)` is what to ask for."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ComboBox(partners.types(), empty="Tous les types", accessible="Type")
        self.theme = ComboBox(partners.themes(), empty="Tous les besoins", accessible="Besoin")
        self.commune = CommuneEditor(desk, label="Commune couverte")
        self.commune.setPlaceholderText("Couvre la commune…")
        self.commune.setAccessibleName("Couvre la commune")
        self.freshness = ComboBox(
            [(Freshness.DUE, "À vérifier"), (Freshness.FRESH, "Vérifiées")], empty="Toutes les fiches",
            accessible="Fraîcheur",
        )  # fmt: skip
        self.archived = CheckBox("Archivés")
        line = FlowLayout(self, gap=8, middle=True)
        for widget in (self.kind, self.theme, self.commune, self.freshness, self.archived):
            line.addWidget(widget)
        for combo in (self.kind, self.theme, self.freshness):
            combo.activated.connect(self._told)
        self.commune.changed.connect(self._told)
        self.archived.toggled.connect(self._told)
        theme().changed.connect(self._fit)
        self._fit()

    def query(self, text: str) -> PartnerQuery:
        freshness = self.freshness.read()  # Qt gives the bare code back
        return PartnerQuery(
            text=text,
            type_code=self.kind.read(),
            theme=self.theme.read(),
            commune_code=self.commune.read(),
            freshness=Freshness(freshness) if freshness else None,
            archived=self.archived.isChecked(),
        )

    def choose_type(self, code: str) -> None:
        self.clear()
        self.kind.write(code)
        self.changed.emit()

    def choose_place(self, need: str, commune_code: str) -> None:
        """Those that serve a need in a commune."""
        self.clear()
        self.theme.write(need)
        self.commune.write(commune_code)
        self.changed.emit()

    def clear(self) -> None:
        for combo in (self.kind, self.theme, self.freshness):
            combo.write(None)
        self.commune.write("")
        self.archived.setChecked(False)
        self.changed.emit()

    def _told(self, _what: Any = None) -> None:
        self.changed.emit()

    def _fit(self) -> None:
        px = theme().px
        for widget, width in ((self.kind, _WIDE), (self.theme, _NARROW), (self.freshness, _NARROW - 30)):
            widget.setFixedWidth(px(width))
        self.commune.setFixedWidth(px(_NARROW))
