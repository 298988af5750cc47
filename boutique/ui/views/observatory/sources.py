"""Figures of partners, kept apart: those there are, where they come from, one press to take each away."""

import uuid
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.services import external
from boutique.services.external import SourceLine
from boutique.ui.desk import Desk
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.scroll_column import ScrollColumn

_ABOUT = (
    "La liste d’une chambre ou d’une agence (CSV ou classeur) : une ligne par entreprise ou par commune. "
    "Elle est gardée à part, en nombres par commune, et comparée à vos chiffres avec sa source."
)
_LISTS = "Listes (*.csv *.txt *.xlsx *.ods)"


class SourcesPage(ScrollColumn):
    """`changed(sources)` when what may be compared is known."""

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.desk = desk
        self.sources: tuple[SourceLine, ...] = ()
        self.import_button = Button("Importer des données…", icon="upload")
        self.rows: list[ListRow] = []
        self._list = Card("Données de partenaires", action=self.import_button)
        self.add(self._list)
        self.import_button.clicked.connect(self.import_file)

    def refresh(self) -> None:
        self.desk.read_latest("external sources", external.listing, then=self._show)

    def import_file(self) -> None:
        path = self.desk.ask.open_file("Données d’un partenaire", _LISTS)
        if path is not None:
            self.desk.shell.show_view("external_import", path=path)

    def _show(self, sources: tuple[SourceLine, ...]) -> None:
        self.sources = sources
        empty(self._list.body)
        self._list.add(Label(_ABOUT, role="small", tone="muted", wrap=True))
        self.rows = [self._row(source) for source in sources]
        self._list.add(*self.rows)
        if self.rows:
            self.rows[-1].set_last()
        self.changed.emit(sources)

    def _row(self, source: SourceLine) -> ListRow:
        remove = Button("Retirer", icon="trash-2", size="small", accessible=f"Retirer {source.name}")
        remove.clicked.connect(partial(self._remove, source.id))
        return ListRow(source.name, source.told, trailing=[remove])

    def _remove(self, source_id: uuid.UUID) -> None:
        self.desk.write("Données d’un partenaire retirées", external.remove, source_id)
