"""What a partner covers: a level, a place found while typing, and the chips of those chosen. For the partner form."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.choices import TerritoryLevel
from boutique.services import own_territories, territories
from boutique.services.territories import Area, Territory
from boutique.ui.desk import Desk
from boutique.ui.forms.lookup_editors import Found, LookupEditor
from boutique.ui.forms.tab_order import put_before
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.chip import Chip
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label

_SHOWN = 24  # chips; a list of codes may bring a thousand
_TYPED = "Nom ou code…"
_UNKNOWN = "Ce territoire n’est pas reconnu. Choisissez le niveau, tapez le nom, puis prenez une ligne de la liste."


class TerritoriesEditor(QWidget):
    """`areas()` are the territories chosen; without any, the service takes the département of the commune."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        title: str = "Territoires couverts",
        levels: Sequence[TerritoryLevel] = tuple(TerritoryLevel),
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen: list[Territory] = []
        self._own: Mapping[str, str] = territories.NO_OWN
        self.level = ComboBox([(level, level.label) for level in levels], empty=None, accessible="Niveau")
        self.place = LookupEditor(desk.tasks, self._search, _no_label, label="Territoire", unknown=_UNKNOWN)
        self.place.setPlaceholderText(_TYPED)
        self.place.setAccessibleName("Ajouter un territoire")
        self.chips: list[Chip] = []
        self._line_of_chips = QWidget()
        self.rest = Label(role="small", tone="muted")
        self._flow = FlowLayout(self._line_of_chips, gap=6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.level)
        row.addWidget(self.place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(title, role="label"))
        column.addWidget(self._line_of_chips)
        column.addWidget(self.rest)
        column.addLayout(row)
        self.level.activated.connect(self._level_chosen)
        self.place.changed.connect(self._picked)
        theme().changed.connect(self._fit)
        self._fit()
        self.write(())

    def areas(self) -> tuple[Area, ...]:
        return tuple(territory.area for territory in self._chosen)

    def problem(self) -> str:
        """A place typed and never chosen would be lost: say so."""
        self.place.settle()
        return self.place.problem()

    def write(self, territories: Sequence[Territory]) -> None:
        self._chosen = list(territories)
        self.level.write(TerritoryLevel.DEPARTMENT)
        self.place.write("")
        self._show()

    def named(self, areas: Sequence[Area]) -> list[Territory]:
        """The territories of a draft, which keeps only their codes."""
        drawn = any(level is TerritoryLevel.OWN for level, _ in areas)
        own = self._desk.workspace.read(own_territories.names) if drawn else territories.NO_OWN
        reference = self._desk.workspace.reference
        return [territories.territory(reference, level, code, own=own) for level, code in areas]

    def add(self, *territories: Territory) -> None:
        known = set(self.areas())
        new = [one for one in territories if one.area not in known]
        if new:
            self._chosen += new
            self._show()
            self.changed.emit()

    def remove(self, area: Area) -> None:
        """Take one away, even when it is among those that have no chip."""
        self._chosen = [one for one in self._chosen if one.area != area]
        self._show()
        self.changed.emit()

    def _level(self) -> TerritoryLevel:
        return TerritoryLevel(self.level.read())

    def _search(self, text: str) -> Found:
        level = self._level()
        if level is TerritoryLevel.OWN:
            self._own = self._desk.workspace.read(own_territories.names)
        found = territories.search_territories(self._desk.workspace.reference, level, text, own=self._own)
        return [(territory.code, territory.name) for territory in found]

    def _level_chosen(self, _line: int) -> None:
        national = self._level() is TerritoryLevel.NATIONAL
        self.place.setEnabled(not national)
        if national:
            self.add(territories.territory(self._desk.workspace.reference, TerritoryLevel.NATIONAL, ""))
        else:
            drawn = self._level() is TerritoryLevel.OWN
            self.place.setPlaceholderText("Nom, tel que dessiné dans Réglages…" if drawn else _TYPED)
            self.place.setFocus()

    def _picked(self) -> None:
        code = self.place.read()
        if code:
            self.add(territories.territory(self._desk.workspace.reference, self._level(), code, own=self._own))
            self.place.write("")

    def _show(self) -> None:
        self._flow.clear()
        self.chips = []
        for territory in self._chosen[:_SHOWN]:
            chip = Chip(territory.label, value=territory, removable=True)
            chip.removed.connect(self._removed)
            self._flow.addWidget(chip)
            put_before(chip, self.level)
            self.chips.append(chip)
        self._line_of_chips.setVisible(bool(self.chips))
        rest = len(self._chosen) - len(self.chips)
        self.rest.setText(f"et {french.plural(rest, 'autre')}" if rest else "")
        self.rest.setVisible(rest > 0)

    def _removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip) and chip.value in self._chosen:
            self.remove(chip.value.area)

    def _fit(self) -> None:
        self.level.setFixedWidth(theme().px(165))


def _no_label(_code: str) -> str:
    return ""
