"""Activité › Listes de suivi: the kept lists and, beside them, the one being drawn up."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import list_models
from boutique.services.list_models import ListLine, ListSheet
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.view import View
from boutique.ui.views.follow_lists.editor import ListEditor
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.scroll_column import ScrollColumn


class FollowListsView(View):
    title = "Listes de suivi"
    rail = "activity"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen: uuid.UUID | None = None
        self.rows: list[ListRow] = []
        self.sections = SectionTabs(desk.shell, "activity", "follow_lists")
        self.new_button = PrimaryButton("Nouvelle liste", icon="plus")
        self.new_button.setObjectName("list-new")
        self.card = Card("Listes gardées")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.editor = ListEditor(desk)
        self.empty = EmptyState(
            "table-2",
            "Aucune liste gardée",
            "Chaque financeur demande ses colonnes : composez-les une fois, exportez la liste chaque fois qu’il la "
            "demande.",
            "Nouvelle liste",
        )
        self._lay_out()
        self.new_button.clicked.connect(self.new)
        self.empty.acted.connect(self.new)
        self.editor.kept.connect(self._kept)
        self.editor.gone.connect(self._gone)
        desk.changed.connect(self._refresh_if_seen)

    def enter(self, **_arguments: Any) -> None:
        self._refresh()

    def leave(self) -> bool:
        return not self.editor.is_dirty() or self._desk.ask.confirm(
            "Quitter sans enregistrer ?", "Les changements de cette liste seront perdus.", yes="Quitter"
        )

    def take_focus(self) -> None:
        (self.rows[0] if self.rows else self.new_button).setFocus()

    def go_back(self) -> bool:
        return self.editor.close()

    def new(self) -> None:
        self._choose(None)
        self.editor.open(list_models.blank())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label("Listes de suivi", role="title"))
        head.addStretch(1)
        head.addWidget(self.new_button)
        self.empty.hide()
        self.editor.hide()
        self.card.add(self._list, self.empty)
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(self.sections, head, Columns(self.card, self.editor, shares=(2, 3)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _refresh(self) -> None:
        self._desk.read_latest("lists", list_models.listing, then=self._show)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _show(self, lines: tuple[ListLine, ...]) -> None:
        empty(self._list)
        self.rows = [self._row(line) for line in lines]
        for row in self.rows:
            self._list.addWidget(row)
        if self.rows:
            self.rows[-1].set_last()
        follow(self.new_button, self.rows)
        self.empty.setVisible(not lines)
        self.new_button.setVisible(bool(lines))

    def _row(self, line: ListLine) -> ListRow:
        about = " · ".join(part for part in (line.programme, french.plural(line.columns, "colonne")) if part)
        row = ListRow(line.name, about, clickable=True)
        row.set_selected(line.id == self._chosen)
        row.activated.connect(partial(self._open, line.id))
        return row

    def _open(self, list_id: uuid.UUID) -> None:
        self._choose(list_id)
        self._desk.read_latest("list", list_models.sheet, list_id, then=self._opened)

    def _opened(self, found: ListSheet) -> None:
        self.editor.open(found)

    def _choose(self, list_id: uuid.UUID | None) -> None:
        self._chosen = list_id
        self._refresh()

    def _kept(self, list_id: uuid.UUID) -> None:
        self._open(list_id)

    def _gone(self) -> None:
        self._choose(None)
