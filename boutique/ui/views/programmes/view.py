"""Activité › Programmes: the list of agreements and, beside it, the one looked at, or the structure’s own targets."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import programmes
from boutique.services.programmes import ProgrammeLine, Sheet
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.view import View
from boutique.ui.views.programmes.edit import ProgrammeForm
from boutique.ui.views.programmes.objectives import ObjectivesCard
from boutique.ui.views.programmes.shares import SharesCard
from boutique.ui.views.programmes.sheet import SheetCard
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.scroll_column import ScrollColumn

_SECTION = "Programmes"
_OWN = "La structure"


class ProgrammesView(View):
    """`enter(programme_id=…)` opens one; nothing chosen shows the targets of the structure itself.

    `enter(draft=…)` takes up the form of one that was left unfinished (None: of a new one).
    """

    title = "Programmes"
    rail = "activity"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen: uuid.UUID | None = None
        self.rows: dict[uuid.UUID | None, ListRow] = {}
        self.sections = SectionTabs(desk.shell, "activity", "programmes")
        self.new_button = PrimaryButton("Nouveau programme", icon="plus")
        self.new_button.setObjectName("programme-new")
        self.list_card = Card("Conventions et objectifs")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.empty = EmptyState(
            "landmark",
            "Aucun programme",
            "Une convention avec un financeur : ses dates, ses montants, ses objectifs. "
            "Les dossiers et les entretiens lui sont ensuite comptés.",
            "Nouveau programme",
        )
        self.sheet, self.form = SheetCard(desk), ProgrammeForm(desk)
        self.shares, self.objectives = SharesCard(desk), ObjectivesCard(desk)
        self._lay_out()
        self._connect()
        add = desk.shell.commands.add
        for action in (
            Action("programme.new", "Nouveau programme", self.new, "plus", "Ctrl+Shift+N", ("convention",), _SECTION),
            Action("programme.save", "Enregistrer le programme", self.form.save, "check", "Ctrl+Return", (), _SECTION,
                   self.form.is_open),
        ):  # fmt: skip
            add(action, owner=self)

    def enter(self, **arguments: Any) -> None:
        if "programme_id" in arguments:
            self._chosen = arguments["programme_id"]
        self._refresh()
        if "draft" in arguments:
            self.form.typed.seek(arguments["draft"], partial(self._take_up, arguments["draft"]))

    def _take_up(self, programme_id: uuid.UUID | None) -> None:
        if programme_id is None:
            self.new()
        else:
            self._chosen = programme_id
            self._desk.read(programmes.sheet, programme_id, then=self._edit)

    def leave(self) -> bool:
        """What is typed waits in the form, and in the base."""
        if self.form.is_dirty():
            self._desk.shell.notify("Programme non enregistré.", "info", [("Reprendre", self._resume)])
        return True

    def _resume(self) -> None:
        self._desk.shell.show_view("programmes")

    def go_back(self) -> bool:
        return self.shares.go_back() or self.objectives.go_back() or self.form.go_back()

    def take_focus(self) -> None:
        row = self.rows.get(self._chosen)
        (row if row is not None else self.new_button).setFocus()

    def new(self) -> None:
        self.form.open(None, {})

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label("Programmes", role="title"))
        head.addStretch(1)
        head.addWidget(self.new_button)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.form, self.sheet, self.objectives, self.shares):
            card.hide()
            column.addWidget(card)
        column.addStretch(1)
        self.empty.hide()
        self.list_card.add(self._list, self.empty)
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(self.sections, head, Columns(self.list_card, side, shares=(2, 3)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new)
        self.empty.acted.connect(self.new)
        self.sheet.edit_asked.connect(self._edit)
        self.sheet.removed.connect(self._forget)
        self.form.saved.connect(self._open)
        self.form.toggled.connect(self._arrange)
        self._desk.changed.connect(self._refresh_if_seen)

    def _refresh(self) -> None:
        self._desk.read_latest("programmes", programmes.listing, then=self._show)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _show(self, lines: tuple[ProgrammeLine, ...]) -> None:
        empty(self._list)
        self.rows = {None: self._row(None, _OWN, "Ses propres objectifs, tous financeurs confondus", [])}
        self.rows |= {line.id: self._row(line.id, line.name, line.about, _badges(line)) for line in lines}
        for key, row in self.rows.items():
            self._list.addWidget(row)
            row.set_selected(key == self._chosen)
        list(self.rows.values())[-1].set_last()
        follow(self.new_button, self.rows.values())
        self.new_button.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if self._chosen not in self.rows:
            self._chosen = None
        self._look()

    def _row(self, key: uuid.UUID | None, title: str, about: str, badges: list[QWidget]) -> ListRow:
        row = ListRow(title, about, trailing=badges, clickable=True)
        row.setObjectName(f"programme-row-{len(self.rows)}")
        row.activated.connect(partial(self._open, key))
        return row

    def _open(self, programme_id: uuid.UUID | None) -> None:
        self._chosen = programme_id
        for key, row in self.rows.items():
            row.set_selected(key == programme_id)
        self._look()

    def _look(self) -> None:
        self.objectives.open(self._chosen)
        self._arrange()
        if self._chosen is not None:
            self._desk.read_latest("programme", programmes.sheet, self._chosen, then=self._show_sheet)

    def _show_sheet(self, found: Sheet) -> None:
        if found.line.id == self._chosen:
            self.sheet.write(found)
            self.shares.write(found)
            self._arrange()

    def _arrange(self) -> None:
        """The form takes the place of what it changes."""
        known = self._chosen is not None and self.sheet.shown_id() == self._chosen
        self.sheet.setVisible(known and not self.form.is_open())
        self.shares.setVisible(known)

    def _edit(self, found: Sheet) -> None:
        self.form.open(found.line.id, found.answers)

    def _forget(self) -> None:
        self._chosen = None


def _badges(line: ProgrammeLine) -> list[QWidget]:
    if line.archived_on is not None:
        return [Badge("archivé", "neutral")]
    if line.days_left is not None and line.days_left < 0:
        return [Badge("terminé", "neutral")]
    if line.ends_soon and line.days_left is not None:
        return [Badge(f"fin dans {french.plural(line.days_left, 'jour')}", "warning", icon="triangle-alert")]
    return []
