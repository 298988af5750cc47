"""The columns of a list being imported, a sample of each, and the field it goes to. For the imports."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from boutique.services import partners
from boutique.services.import_preview import FIELDS
from boutique.storage.partner_files import ListColumn
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label

_NOT_TAKEN = "— ne pas reprendre —"
_EACH_SAYS = "— celui que dit chaque ligne —"


class Columns(Protocol):
    """What a look at a file says of its columns; `missing` is what must be settled before anything is read."""

    @property
    def columns(self) -> Sequence[ListColumn]: ...
    @property
    def names(self) -> Mapping[int, str]: ...
    @property
    def missing(self) -> str: ...


class ColumnsCard(Card):
    """`changed` when a column goes elsewhere; folded as long as the titles say enough."""

    changed = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, fields: Sequence[tuple[str, str]] = FIELDS, typed: bool = True
    ) -> None:
        super().__init__("Colonnes du fichier", parent=parent)
        self._fields = fields
        self.told = Label(role="small", tone="muted", wrap=True)
        self.unfold = Button("Voir et corriger les colonnes", icon="table-2", variant="ghost")
        self.type_label = Label("Type des structures dont la ligne ne dit rien", role="small")
        self.type = ComboBox(partners.types(), empty=_EACH_SAYS, accessible="Type des structures sans type")
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        self.choices: list[ComboBox] = []
        self._titles: tuple[str, ...] = ()
        self.add(self.told, self.type_label, self.type, self.unfold, self._holder)
        for widget in (self.type_label, self.type):
            widget.setVisible(typed)
        self.unfold.clicked.connect(self._turn)
        self.type.activated.connect(self._chosen)
        self.forget()

    def forget(self) -> None:
        """Another file comes."""
        self._titles = ()
        self.type.write(None)
        self.fold(away=True)

    def fallback(self) -> str:
        return self.type.read() or ""

    def names(self) -> dict[int, str]:
        """The field of each column, "" for those left aside."""
        return {rank: choice.read() or "" for rank, choice in enumerate(self.choices)}

    def show_columns(self, preview: "Columns", fallback: str = "") -> None:
        self.type.write(fallback or None)
        titles = tuple(column.title for column in preview.columns)
        if titles != self._titles or len(titles) != len(self.choices):
            self._titles = titles
            self._build(preview)
        self._write(preview.names)
        taken = sum(bool(name) for name in preview.names.values())
        self.told.setText(
            f"{taken} colonnes reprises sur {len(titles)}." if titles else "Fichier data·inclusion : rien à régler ici."
        )
        self.unfold.setVisible(bool(titles))
        if preview.missing:
            self.fold(away=False)

    def _build(self, preview: "Columns") -> None:
        empty(self._grid)
        self.choices = []
        for place, head in enumerate(("Titre dans le fichier", "Exemple", "Va dans")):
            self._grid.addWidget(Label(head, role="small", tone="muted"), 0, place)
        for rank, column in enumerate(preview.columns):
            title = column.title or f"Colonne {rank + 1}"
            choice = ComboBox(self._fields, empty=_NOT_TAKEN, accessible=f"Champ de la colonne {title}")
            choice.activated.connect(self._chosen)
            self._grid.addWidget(ElidedLabel(title), rank + 1, 0)
            self._grid.addWidget(ElidedLabel(column.sample or "(vide)", tone="muted"), rank + 1, 1)
            self._grid.addWidget(choice, rank + 1, 2)
            self.choices.append(choice)

    def _write(self, names: Mapping[int, str]) -> None:
        for rank, choice in enumerate(self.choices):
            choice.write(names.get(rank) or None)

    def _chosen(self, _index: int) -> None:
        chosen = self.sender()
        if isinstance(chosen, ComboBox) and chosen in self.choices and chosen.read():
            for other in self.choices:  # a field is filled by one column
                if other is not chosen and other.read() == chosen.read():
                    other.write(None)
        self.changed.emit()

    def _turn(self) -> None:
        self.fold(away=not self._holder.isHidden())

    def fold(self, *, away: bool) -> None:
        self._holder.setVisible(not away)
        self.unfold.set_label("Voir et corriger les colonnes" if away else "Replier les colonnes")
