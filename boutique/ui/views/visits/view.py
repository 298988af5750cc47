"""Partenaires › Visites d’entreprises: the list with its filters, one visit beside it, coverage of the territory."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import settings, visit_list, visits
from boutique.services.settings import Staff
from boutique.services.visit_list import COLUMNS, Follow, VisitLine, VisitPage, VisitQuery
from boutique.services.visits import VisitSheet
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.forms.lookup_editors import CommuneEditor
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.sections import SectionTabs
from boutique.ui.views.visits.coverage_card import CoverageCard
from boutique.ui.views.visits.export import VisitsExport
from boutique.ui.views.visits.form import VisitForm
from boutique.ui.views.visits.panel import VisitPanel
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.one_of import OneOf
from boutique.ui.widgets.paged_table import PAGE, Look, PagedTable
from boutique.ui.widgets.search_field import SearchField

_SECTION = "Visites d’entreprises"
_BESIDE = 944  # under this width what is open takes the place of the list
_WIDE = 190
_FOLLOW = (
    (Follow.TO_DO, "Avec des suites à faire"),
    (Follow.LATE, "Avec des suites en retard"),
    (Follow.TO_VISIT, "À revoir maintenant"),
)
_EMPTY = (
    "Notez qui vous avez vu, ce dont l’entreprise a besoin (logement, garde d’enfants, compétences, local…) et ce que "
    "vous avez promis : rien ne se perd, et le taux de couverture du territoire se calcule."
)


class VisitsView(View):
    """`enter(visit_id=…)` opens a visit, `follow=…` filters, `draft_id=…` takes one up again."""

    title = "Visites d’entreprises"
    rail = "partners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._query = VisitQuery()
        self._wanted: uuid.UUID | None = None
        self._staff: Staff | None = None
        self._none = False
        self.count = Label(tone="muted")
        self.search = SearchField("Entreprise, commune, SIREN…", accessible="Chercher une visite")
        self.coverage_button = Button("Taux de couverture", icon="chart-pie")
        self.export_button = Button("Exporter…", icon="download")
        self.new_button = PrimaryButton("Nouvelle visite", icon="plus", hint="Ctrl Maj N", size="normal")
        self.back_button = Button("Liste", icon="chevron-left", hint="Échap")
        self.commune = CommuneEditor(desk, label="Commune")
        self.commune.setPlaceholderText("Commune…")
        self.commune.setAccessibleName("Commune")
        self.need = ComboBox(visit_list.need_options(), empty="Tous les besoins", accessible="Besoin")
        self.follow = ComboBox(_FOLLOW, empty="Toutes les visites", accessible="Suites")
        self.table = PagedTable("Visites", _look, stretch="needs")
        self.table.lines.sortable = _never
        self.table.set_columns(COLUMNS)
        self.panel, self.form, self.coverage = VisitPanel(desk), VisitForm(desk), CoverageCard(desk)
        self.exports = VisitsExport(desk, self)
        self.nothing = EmptyState("factory", "Aucune visite pour l’instant", _EMPTY, "Nouvelle visite")
        self.nowhere = EmptyState("search-x", "Aucune visite ne correspond", "", "Tout afficher", action_icon="list")
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        if "follow" in arguments:
            self._clear()
            self.follow.write(arguments["follow"])
        self._wanted = arguments.get("visit_id") or self._wanted
        self.desk.read(settings.staff, then=self._write_staff)
        if (draft_id := arguments.get("draft_id")) is not None:
            self._take_up(arguments.get("visit_id"), draft_id)
        self.coverage.refresh()
        self.refresh()

    def leave(self) -> bool:
        """What is typed stays in the form, and in Aujourd’hui."""
        self.form.settle()
        if self._editing() and self.form.is_dirty():
            self.desk.shell.notify("Visite non enregistrée.", "info", [("Reprendre", self._resume)])
        return True

    def go_back(self) -> bool:
        if self._editing():
            return self._give_up()
        if self._page() is self.coverage and self.coverage.put_away():
            return True
        if not self.back_button.isHidden():
            self._show_page(None)
            self.table.go_first()
            return True
        if self.search.text():
            self.search.write("")
            return True
        return False

    def take_focus(self) -> None:
        if self._editing():
            self.form.take_focus()
        elif self._none:
            self.nothing.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.go_first()

    def refresh(self) -> None:
        """Ask for the list again, from its first page."""
        follow = self.follow.read()  # Qt gives the bare code back
        self._query = VisitQuery(
            self.search.text(), self.commune.read(), self.need.read(), Follow(follow) if follow else Follow.ALL
        )
        self.desk.read_latest("visits", visit_list.listing, self._query, limit=PAGE, then=self._show)

    def new(self) -> None:
        """A visit of today."""
        self._begin(None)

    def export(self) -> None:
        self.exports.ask(self._query, self._filter_words())

    # What the base answers

    def _write_staff(self, staff: Staff) -> None:
        self._staff = staff

    def _show(self, page: VisitPage) -> None:
        self.table.start(page.total, page.rows)
        self.count.setText(french.plural(page.total, "visite"))
        self._none = page.none
        empty = self.nothing if page.none else self.nowhere
        self._body.setCurrentWidget(self._list_card if page.total else self._cards[empty])
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self._editing():
            self._open_visit(wanted)
        self._give_room()

    def _take(self, page: VisitPage) -> None:
        if page.query == self._query:  # another list may have been asked for meanwhile
            self.table.take(page.offset, page.rows)

    def _want(self, offset: int) -> None:
        self.desk.read(visit_list.listing, self._query, offset=offset, limit=PAGE, then=self._take)

    def _show_visit(self, sheet: VisitSheet) -> None:
        self.panel.show_visit(sheet)
        if not self._editing():
            self._show_page(self.panel)

    def _gone(self, _sentence: str) -> None:
        """An undo took it back."""
        self.panel.sheet = None
        self._show_page(None)

    # What is asked

    def _chosen(self, line: VisitLine | None) -> None:
        if line is not None and not self._editing() and self.width() >= theme().px(_BESIDE):
            self._open_visit(line.id)

    def _open(self, line: VisitLine) -> None:
        if not self._editing():
            self._open_visit(line.id)

    def _open_visit(self, visit_id: uuid.UUID) -> None:
        self.desk.read_latest("visit", visits.sheet, visit_id, then=self._show_visit, failed=self._gone)

    def _begin(self, again: uuid.UUID | None) -> None:
        if not (self._editing() and self.form.is_dirty()):
            self.desk.read(visits.blank, again, then=self._edit)

    def _take_up(self, visit_id: uuid.UUID | None, draft_id: uuid.UUID) -> None:
        """A visit that was left unfinished; one that is already under the hand stays as it is."""
        if self._editing() and self.form.is_dirty():
            return
        self._wanted = None
        then = partial(self._edit_draft, draft_id)
        if visit_id is None:
            self.desk.read(visits.blank, then=then)
        else:
            self.desk.read(visits.sheet, visit_id, then=then, failed=self._gone)

    def _edit_draft(self, draft_id: uuid.UUID, sheet: VisitSheet) -> None:
        self._edit(sheet)
        self.form.resume(draft_id)

    def _edit_visit(self) -> None:
        if self.panel.sheet is not None:
            self._edit(self.panel.sheet)

    def _visit_again(self) -> None:
        if self.panel.sheet is not None:
            self._begin(self.panel.sheet.id)

    def _edit(self, sheet: VisitSheet) -> None:
        if self._staff is not None:
            self.form.show_visit(sheet, self._staff)
            self._show_page(self.form)
            self.form.take_focus()

    def _give_up(self) -> bool:
        """True: Escape was used, whatever was answered."""
        asked = "Ce qui vient d’être tapé pour cette visite sera perdu."
        if self.form.is_dirty() and not self.desk.ask.confirm("Abandonner la saisie ?", asked, yes="Abandonner"):
            return True
        self.form.give_up()
        self._show_page(self.panel if self.panel.sheet is not None else None)
        return True

    def _saved(self, visit_id: uuid.UUID) -> None:
        self._show_page(self.panel)
        self._wanted = visit_id
        self.coverage.refresh()
        self.refresh()

    def _remove(self) -> None:
        sheet = self.panel.sheet
        if sheet is not None and sheet.id is not None:
            self.desk.write("Visite supprimée", visits.remove, sheet.id, then=self._removed)

    def _removed(self, _nothing: None) -> None:
        self._gone("")

    def _tick(self, action_id: uuid.UUID, done: bool) -> None:  # noqa: FBT001 - slot
        label = "Suite de visite faite" if done else "Suite de visite à refaire"
        self.desk.write(label, visits.set_done, action_id, done=done)

    def _open_file(self, case_id: uuid.UUID) -> None:
        self.desk.shell.show_view("file", case_id=case_id)

    def _show_coverage(self) -> None:
        if not self._editing():
            self.coverage.refresh()
            self._show_page(self.coverage)

    def _filter_words(self) -> str:
        chosen = (combo.currentText() if combo.read() else "" for combo in (self.need, self.follow))
        parts = (self.search.text(), self.commune.text(), *chosen)
        return ", ".join(part for part in parts if part) or "toutes les visites"

    def _changed(self, _what: Any = None) -> None:
        self.refresh()

    def _clear(self) -> None:
        self.search.write("")
        self.commune.write("")
        self.need.write(None)
        self.follow.write(None)

    def _show_all(self) -> None:
        self._clear()
        self.refresh()

    def _base_changed(self) -> None:
        if self.isVisible():
            self.refresh()
            if self.panel.sheet is not None and self.panel.sheet.id is not None and not self._editing():
                self._open_visit(self.panel.sheet.id)

    def _resume(self) -> None:
        self.desk.shell.show_view("visits")

    def _to_list(self, _how: Any = None) -> None:
        self.table.go_first()

    def _type(self, text: str) -> None:
        self.search.take_focus()
        self.search.write(self.search.text() + text)

    def _save(self) -> None:
        if self._editing():
            self.form.save()
        elif self._page() is self.coverage:
            self.coverage.save()

    # The frame

    def _page(self) -> QWidget:
        return self._right.shown

    def _editing(self) -> bool:
        return self._page() is self.form

    def _show_page(self, page: QWidget | None) -> None:
        """None: nothing in particular, so the coverage stands beside the list."""
        self._opened = page is not None
        self._right.show_part(page or self.coverage)
        self._give_room()

    _opened = False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Where both have no room side by side, what is open takes the place of the list."""
        beside = self.width() >= theme().px(_BESIDE)
        alone = not beside and self._opened
        self._right.setVisible(self._opened or (beside and not self._none))
        self._left.setHidden(alone or (self._none and self._opened))
        self._filters.setHidden(alone or self._none)
        self.back_button.setVisible(alone)
        for widget in (self.search, self.count):
            widget.setHidden(alone or self._none)
        self.new_button.setHidden(self._none)

    def _scale(self) -> None:
        px = theme().px
        self.search.setMaximumWidth(px(240))
        for widget in (self.need, self.follow, self.commune):
            widget.setFixedWidth(px(_WIDE))
        self._give_room()

    def _connect(self) -> None:
        for signal, slot in (
            (self.search.changed, self._changed), (self.search.submitted, self._to_list),
            (self.search.moved, self._to_list), (self.search.left, self.go_back), (self.commune.changed, self._changed),
            (self.need.activated, self._changed), (self.follow.activated, self._changed),
            (self.table.wanted, self._want), (self.table.chosen, self._chosen), (self.table.opened, self._open),
            (self.table.typed, self._type), (self.new_button.clicked, self.new),
            (self.export_button.clicked, self.export), (self.coverage_button.clicked, self._show_coverage),
            (self.back_button.clicked, self.go_back), (self.nothing.acted, self.new),
            (self.nowhere.acted, self._show_all), (self.panel.edited, self._edit_visit),
            (self.panel.again, self._visit_again), (self.panel.removed, self._remove), (self.panel.ticked, self._tick),
            (self.panel.opened, self._open_visit), (self.panel.filed, self._open_file),
            (self.form.saved, self._saved), (self.form.closed, self.go_back), (self.desk.changed, self._base_changed),
            (theme().changed, self._scale),
        ):  # fmt: skip
            signal.connect(slot)

    def _declare(self) -> None:
        for action in (
            Action("visits.new", "Nouvelle visite d’entreprise", self.new, "plus", "Ctrl+Shift+N", (), _SECTION),
            Action("visits.save", "Enregistrer la visite", self._save, "check", "Ctrl+Return", (), _SECTION),
            Action("visits.edit", "Modifier la visite", self._edit_visit, "pencil", "", (), _SECTION),
            Action("visits.coverage", "Taux de couverture", self._show_coverage, "chart-pie", "",
                   ("territoire", "entreprises visitées"), _SECTION),
            Action("visits.export", "Exporter les visites", self.export, "download", "", ("classeur",), _SECTION),
        ):  # fmt: skip
            self.desk.shell.commands.add(action, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Label("Visites d’entreprises", role="title"))
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.search, 10)
        for button in (self.back_button, self.new_button):
            top.addWidget(button)
        self._filters = QWidget()
        line = FlowLayout(self._filters, gap=8, middle=True)
        for widget in (self.commune, self.need, self.follow, self.coverage_button, self.export_button):
            line.addWidget(widget)
        self._list_card = Card(grow=True)
        self._list_card.layout().setContentsMargins(6, 4, 6, 6)  # type: ignore[union-attr]
        self._list_card.add(self.table)
        self._left = QWidget()
        self._body = QStackedLayout(self._left)
        self._body.addWidget(self._list_card)
        self._cards: dict[QWidget, Card] = {}
        for empty in (self.nothing, self.nowhere):
            self._cards[empty] = Card(grow=True)
            self._cards[empty].add(empty)
            self._body.addWidget(self._cards[empty])
        self._right = OneOf(self.coverage, self.panel, self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addWidget(SectionTabs(self.desk.shell, "partners", "visits"))
        whole.addLayout(top)
        whole.addWidget(self._filters)
        whole.addWidget(Columns(self._left, self._right, shares=(7, 5), enough=_BESIDE), 1)
        self._scale()


def _never(_key: str) -> bool:
    return False


def _look(line: VisitLine, key: str) -> Look | None:
    if key == "name":
        return Look(strong=True)
    if key == "following" and line.late:
        return Look(tone="accent", icon="clock-alert")
    if key == "following" and not line.to_do and line.next_on:
        return Look(about=f"À revoir le {line.following}")
    return None
