"""Filters of the directory: type, need, commune covered, public, what is due, absent or missing. For Partenaires."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core.text import fold
from boutique.forms.catalogue import PARTNER
from boutique.services import own_territories, partners
from boutique.services.directory import Freshness, PartnerQuery
from boutique.ui.desk import Desk
from boutique.ui.forms.lookup_editors import CommuneEditor
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.flow_layout import FlowLayout

_KEPT = "partners.filters"
_WIDE, _NARROW = 215, 190
_OURS, _OTHERS = "internal", "external"
# What a box asks for, and its words.
_BOXES = {
    "absent": "Absences en cours",
    "without_phone": "Sans téléphone",
    "without_contact": "Sans contact",
    "archived": "Archivés",
}


class PartnerFilters(QWidget):
    """`changed` after each choice; `query(text)` is what to ask for. What is chosen is kept, what is typed not."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._preferences = desk, desk.preferences
        self.kind = ComboBox(partners.types(), empty="Tous les types", accessible="Type")
        self.theme = ComboBox(partners.themes(), empty="Tous les besoins", accessible="Besoin")
        self.commune = CommuneEditor(desk, label="Commune couverte")
        self.commune.setPlaceholderText("Couvre la commune…")
        self.commune.setAccessibleName("Couvre la commune")
        self.freshness = ComboBox(
            [(Freshness.DUE, "À vérifier"), (Freshness.FRESH, "Vérifiées")], empty="Toutes les fiches",
            accessible="Fraîcheur",
        )  # fmt: skip
        self.more = Button("Plus de filtres", icon="sliders-horizontal", size="small")
        publics = PARTNER.field("partner.publics").choices or ()
        self.public = ComboBox([(one, one.label) for one in publics], empty="Tous les publics", accessible="Public")
        self.internal = ComboBox(
            [(_OURS, "De notre structure"), (_OTHERS, "Extérieures")], empty="Internes et externes",
            accessible="Interne ou externe",
        )  # fmt: skip
        self.own_area = ComboBox(empty="Tous les territoires", accessible="Territoire à nous")
        self._wanted_area = ""
        self.boxes = {key: CheckBox(words) for key, words in _BOXES.items()}
        self.archived = self.boxes["archived"]
        self._combos: Mapping[str, ComboBox] = {
            "type_code": self.kind, "theme": self.theme, "freshness": self.freshness, "public": self.public,
            "internal": self.internal, "own_area": self.own_area,
        }  # fmt: skip
        self._hidden = QWidget()
        self._lay_out()
        self._restore()
        for combo in self._combos.values():
            combo.activated.connect(self._told)
        self.commune.changed.connect(self._told)
        for box in self.boxes.values():
            box.toggled.connect(self._told)
        self.more.clicked.connect(self._turn)
        theme().changed.connect(self._fit)
        self._fit()
        self._fold(away=not self._behind())

    def query(self, text: str) -> PartnerQuery:
        chosen = self._chosen()
        freshness, internal = chosen.get("freshness"), chosen.get("internal")  # Qt gives the bare codes back
        return PartnerQuery(
            text=text,
            type_code=chosen.get("type_code"),
            theme=chosen.get("theme"),
            public=chosen.get("public"),
            commune_code=chosen.get("commune_code"),
            own_area=chosen.get("own_area"),
            freshness=Freshness(freshness) if freshness else None,
            internal=None if internal is None else internal == _OURS,
            absent=self.boxes["absent"].isChecked(),
            without_phone=self.boxes["without_phone"].isChecked(),
            without_contact=self.boxes["without_contact"].isChecked(),
            archived=self.archived.isChecked(),
        )

    def refresh(self) -> None:
        """The territories drawn in Réglages may have changed."""
        self._desk.read_latest("partners.areas", own_territories.names, then=self._show_areas)

    def _show_areas(self, names: dict[str, str]) -> None:
        chosen = self.own_area.read()
        self.own_area.set_options(sorted(names.items(), key=_by_name))
        self.own_area.setVisible(bool(names))
        wanted, self._wanted_area = self._wanted_area, ""
        if wanted:
            self.own_area.write(wanted)
        if self.own_area.read() != chosen:
            self._told()

    def choose_type(self, code: str) -> None:
        self._empty()
        self.kind.write(code)
        self._told()

    def choose_place(self, need: str, commune_code: str) -> None:
        """Those that serve a need in a commune."""
        self.clear()
        self.theme.write(need)
        self.commune.write(commune_code)
        self.changed.emit()

    def clear(self) -> None:
        self._empty()
        self._told()

    def _empty(self) -> None:
        for combo in self._combos.values():
            combo.write(None)
        self.commune.write("")
        for box in self.boxes.values():
            with QSignalBlocker(box):  # one change is told, at the end
                box.setChecked(False)

    def _chosen(self) -> dict[str, str]:
        found = {key: str(value) for key, combo in self._combos.items() if (value := combo.read()) is not None}
        if code := self.commune.read():
            found["commune_code"] = code
        return found

    def _behind(self) -> int:
        """How many choices are made among the filters that fold away."""
        return sum(combo.read() is not None for combo in (self.public, self.internal, self.own_area)) + sum(
            box.isChecked() for box in self.boxes.values()
        )

    def _told(self, _what: Any = None) -> None:
        kept = [f"{key}={value}" for key, value in self._chosen().items()]
        kept += [key for key, box in self.boxes.items() if box.isChecked()]
        self._preferences.put(_KEPT, kept)
        self._name_more()
        self.changed.emit()

    def _restore(self) -> None:
        """As they were left: a value that no longer exists is forgotten."""
        for kept in self._preferences.texts(_KEPT):
            key, _, value = kept.partition("=")
            if key == "own_area":
                self._wanted_area = value  # its lines come later
            elif key in self._combos:
                self._combos[key].write(value)
            elif key in self.boxes:
                self.boxes[key].setChecked(True)
            elif key == "commune_code":
                self.commune.write(value)

    def _turn(self) -> None:
        self._fold(away=not self._hidden.isHidden())

    def _fold(self, *, away: bool) -> None:
        self._hidden.setHidden(away)
        self._name_more()

    def _name_more(self) -> None:
        count = self._behind()
        words = "Plus de filtres" if self._hidden.isHidden() else "Moins de filtres"
        self.more.set_label(f"{words} ({count})" if count else words)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        line = FlowLayout(gap=8, middle=True)
        for widget in (self.kind, self.theme, self.commune, self.freshness, self.more):
            line.addWidget(widget)
        below = FlowLayout(self._hidden, gap=8, middle=True)
        for hidden in (self.public, self.internal, self.own_area, *self.boxes.values()):
            below.addWidget(hidden)
        whole.addLayout(line)
        whole.addWidget(self._hidden)
        self.own_area.hide()  # as long as none is drawn

    def _fit(self) -> None:
        px = theme().px
        widths = {self.kind: _WIDE, self.theme: _NARROW, self.freshness: _NARROW - 30, self.public: _WIDE,
                  self.internal: _NARROW, self.own_area: _WIDE}  # fmt: skip
        for widget, width in widths.items():
            widget.setFixedWidth(px(width))
        self.commune.setFixedWidth(px(_NARROW))


def _by_name(item: tuple[str, str]) -> str:
    return fold(item[1])
