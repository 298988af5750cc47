"""Lines of a list that may already be in the directory, and what to do with each. For the import of partners."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from boutique.core import french
from boutique.core.text import clip
from boutique.services.import_outcomes import Outcome
from boutique.services.importing import Decision
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label

_SHOWN = 60
_ADD, _SKIP, _FIRST = "add", "skip", "first"
_ALL = ((_ADD, "Tous : ajouter quand même"), (_FIRST, "Tous : mettre à jour la fiche proposée"),
        (_SKIP, "Tous : ne pas importer"))  # fmt: skip


class TwinsCard(Card):
    """`changed` when a choice was made; without one, a line is added."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Doublons possibles", icon="users", tone="warning", parent=parent)
        self.told = Label(role="small", tone="muted", wrap=True)
        self.all = ComboBox(_ALL, empty="Choisir pour tous…", accessible="Choix pour tous les doublons possibles")
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._twins: dict[int, Outcome] = {}
        self._decisions: dict[int, Decision] = {}
        self.choices: dict[int, ComboBox] = {}
        self.add(self.told, self.all, self._holder)
        self.all.activated.connect(self._for_all)
        self.clear()

    def clear(self) -> None:
        """Another file comes."""
        self._decisions = {}
        self.show_twins(())

    def decisions(self) -> dict[int, Decision]:
        return dict(self._decisions)

    def show_twins(self, outcomes: Sequence[Outcome]) -> None:
        self.setVisible(bool(outcomes))
        known = {one.line: one for one in outcomes}
        if known.keys() != self._twins.keys() or not known:
            self._twins = known
            self._build()
        rest = len(known) - _SHOWN
        more = f" Les {french.show_number(rest)} autres suivent le choix fait pour tous." if rest > 0 else ""
        self.told.setText(
            f"{french.plural(len(known), 'ligne ressemble', 'lignes ressemblent')} à une fiche de l’annuaire. "
            f"Sans choix, la ligne est ajoutée.{more}"
        )

    def _build(self) -> None:
        empty(self._grid)
        self.choices = {}
        for rank, outcome in enumerate(list(self._twins.values())[:_SHOWN]):
            twin = outcome.twins[0]
            same = "" if twin.name == outcome.name else f" ↔ {clip(twin.name, 160)}"
            words = f"Ligne {outcome.line} : {clip(outcome.name, 160)}{same} — {twin.reason}"
            options: list[tuple[object, str]] = [(one.partner_id, f"Mettre à jour « {clip(one.name, 60)} »")
                                                 for one in outcome.twins]  # fmt: skip
            choice = ComboBox([*options, (_SKIP, "Ne pas importer")], empty="Ajouter quand même",
                              accessible=f"Que faire de la ligne {outcome.line}, {clip(outcome.name, 60)}")  # fmt: skip
            choice.setProperty("line", outcome.line)
            choice.activated.connect(self._chosen)
            self._grid.addWidget(Label(words, role="small", wrap=True), rank, 0)
            self._grid.addWidget(choice, rank, 1)
            self.choices[outcome.line] = choice
        self._write()

    def _write(self) -> None:
        for line, choice in self.choices.items():
            decided = self._decisions.get(line, _ADD)
            choice.write(_SKIP if decided is None else decided if isinstance(decided, uuid.UUID) else None)

    def _for_all(self, _index: int) -> None:
        chosen = self.all.read()
        if chosen is None:
            return
        self._decisions = {}
        if chosen != _ADD:
            self._decisions = {
                line: None if chosen == _SKIP else one.twins[0].partner_id for line, one in self._twins.items()
            }
        self._write()
        self.changed.emit()

    def _chosen(self, _index: int) -> None:
        choice = self.sender()
        if isinstance(choice, ComboBox):
            line, value = int(choice.property("line")), choice.read()
            self._decisions.pop(line, None)
            if value is not None:
                self._decisions[line] = value if isinstance(value, uuid.UUID) else None
            self.changed.emit()
