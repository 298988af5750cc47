"""Partenaires: the directory with its filters, the sheet beside it, imports of lists."""

import uuid
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.choices import TerritoryLevel
from boutique.services import directory, partner_people, territories
from boutique.services.directory import PartnerPage, PartnerQuery, PartnerRow
from boutique.services.import_outcomes import Report
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.forget_line import ForgetLine, Forgetting
from boutique.ui.views.import_report import ImportReport
from boutique.ui.views.partner_filters import PartnerFilters
from boutique.ui.views.partner_panel import PartnerPanel
from boutique.ui.views.partner_tree import PartnerTree
from boutique.ui.views.partners_export import PartnersExport
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.paged_table import PAGE
from boutique.ui.widgets.search_field import SearchField

_SECTION = "Partenaires"
_LISTS = "Listes (*.csv *.xlsx *.txt *.json)"
_BESIDE = 944  # under this width the sheet stands below the list
_EMPTY = (
    "Importez une liste (CSV ou classeur) ou ajoutez une première structure : "
    "les orientations ne proposent que celles de cet annuaire."
)

_CONTACTS = Forgetting(
    partner_people.to_erase,
    partner_people.erase_contacts,
    "contact parti",
    "contacts partis",
    "il y a plus d’un an : il n’y a plus de raison de garder leur nom.",
    "Leurs noms, leurs coordonnées et ce que l’historique en garde seront effacés pour de bon. "
    "Les structures et les orientations restent.",
    "Contacts effacés, historique compris.",
)


class PartnersView(View):
    """`enter(partner_id=…)` shows a sheet beside the list; `enter(type_code=…)` filters.

    `enter(theme=…, commune_code=…)` filters too; with `begin` a sheet is begun for this theme and this commune.
    """

    title = "Partenaires"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._query = PartnerQuery()
        self._wanted: uuid.UUID | None = None
        self._no_partner = False
        self.count = Label(tone="muted")
        self.search = SearchField("Nom, type, commune…", accessible="Chercher un partenaire")
        self.import_button = Button("Importer…", icon="upload")
        self.export_button = Button("Exporter…", icon="download")
        self.new_button = Button("Nouveau partenaire", icon="plus", hint="Ctrl Maj N")
        self.filters = PartnerFilters(desk)
        self.forget = ForgetLine(desk, _CONTACTS)
        self.exports = PartnersExport(desk, self, self.query)
        self.table = PartnerTree()
        self._opened: frozenset[uuid.UUID] = frozenset()
        self.panel = PartnerPanel(desk)
        self.report = ImportReport()
        self.nothing = EmptyState("handshake", "Aucun partenaire pour l’instant", _EMPTY, "Importer une liste…",
                                  action_icon="upload")  # fmt: skip
        self.nowhere = EmptyState("search-x", "Aucun partenaire ne correspond", "", "Tout afficher", action_icon="list")
        self.hint = EmptyState("mouse-pointer-click", "Choisissez un partenaire", "Sa fiche s’affiche ici.")
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        if "type_code" in arguments:
            self.filters.choose_type(arguments["type_code"])
        if "theme" in arguments:
            self.filters.choose_place(arguments["theme"], arguments["commune_code"])
        if arguments.get("begin"):
            self._begin(arguments["theme"], arguments["commune_code"])
        if "report" in arguments:
            self._imported(arguments["report"])
        if "partner_id" in arguments:
            self._wanted = arguments["partner_id"]
        self.filters.refresh()
        self.refresh()

    def leave(self) -> bool:
        self.panel.settle()
        return True

    def go_back(self) -> bool:
        if self._side.currentWidget() is self.panel and self.panel.put_away():
            return True
        if self.search.text():
            self.search.write("")
            return True
        return False

    def take_focus(self) -> None:
        if self.panel.editing:
            self.panel.take_focus()
        else:
            self.table.go_first()

    def refresh(self) -> None:
        """Ask for the list again, from its first page."""
        self.forget.refresh()
        self._query = replace(self.filters.query(self.search.text()), tree=True, opened=self._opened)
        self.desk.read_latest("partners", directory.directory, self._query, limit=PAGE, then=self._show)

    def query(self) -> PartnerQuery:
        """The list as it is filtered."""
        return self._query

    def export(self) -> None:
        self.exports.open_menu(self.export_button)

    def new(self) -> None:
        """Begin a sheet with what was searched for."""
        self._side.setCurrentWidget(self.panel)
        self._body.setCurrentWidget(self._list_card)
        self.panel.new(self.search.text())

    def _begin(self, theme: str, commune_code: str) -> None:
        self.new()
        place = territories.territory(self.desk.workspace.reference, TerritoryLevel.COMMUNE, commune_code)
        self.panel.begin({"partner.themes": (theme,)}, (place,))

    def import_list(self) -> None:
        path = self.desk.ask.open_file("Importer une liste de partenaires", _LISTS)
        if path is not None:
            self.desk.shell.show_view("partner_import", path=path)

    def _show(self, page: PartnerPage) -> None:
        self.table.start(page.total, page.rows)
        self.count.setText(french.plural(page.structures, "structure"))
        empty = self._nothing_card if page.no_partner else self._nowhere_card
        self._body.setCurrentWidget(self._list_card if page.total or self.panel.editing else empty)
        self._no_partner = page.no_partner
        self._give_room()
        self._select(page)

    def _select(self, page: PartnerPage) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None or self.panel.editing:
            return
        line = next((number for number, row in enumerate(page.rows) if row.partner_id == wanted), None)
        if line is not None:
            self.table.setCurrentIndex(self.table.lines.index(line, 0))
        self._show_partner(wanted)

    def _chosen(self, row: PartnerRow | None) -> None:
        if row is not None and not self.panel.editing and self._side.currentWidget() is not self.report:
            self._show_partner(row.partner_id)

    def _show_partner(self, partner_id: uuid.UUID) -> None:
        self._side.setCurrentWidget(self.panel)
        self.panel.show_partner(partner_id)

    def _open(self, row: PartnerRow) -> None:
        if not self.panel.editing:
            self._show_partner(row.partner_id)
            self.panel.take_focus()

    def _want(self, offset: int) -> None:
        self.desk.read(directory.directory, self._query, offset=offset, limit=PAGE, then=self._take)

    def _take(self, page: PartnerPage) -> None:
        if page.query == self._query:  # another list may have been asked for meanwhile
            self.table.take(page.offset, page.rows)

    def _saved(self, partner_id: uuid.UUID) -> None:
        self._wanted = partner_id
        self.refresh()

    def _panel_closed(self) -> None:
        self._side.setCurrentWidget(self.hint)
        self.refresh()

    def _imported(self, report: Report) -> None:
        self.desk.shell.notify(report.summary, "success", [("Annuler", self._undo_import)])
        self.report.show_report(report)
        self._side.setCurrentWidget(self.report)

    def _undo_import(self) -> None:
        self._close_report()
        self.desk.undo()

    def _close_report(self) -> None:
        self._side.setCurrentWidget(self.hint)
        self.table.go_first()
        self._chosen(self.table.current())

    def _turn(self, institution: uuid.UUID) -> None:
        """Its antennes unfold under it, or fold back; it stays the current line."""
        self._opened = self._opened ^ {institution}
        self._wanted = institution
        self.refresh()

    def _type(self, text: str) -> None:
        self.search.take_focus()
        self.search.write(self.search.text() + text)

    def _to_list(self, _how: Any = None) -> None:
        self.table.go_first()

    def _show_all(self) -> None:
        self.search.write("")
        self.filters.clear()

    def _changed(self, _text: str = "") -> None:
        self.refresh()

    def _base_changed(self) -> None:
        if self.isVisible():
            self.refresh()
            self.panel.refresh()

    def _connect(self) -> None:
        self.search.changed.connect(self._changed)
        self.search.submitted.connect(self._to_list)
        self.search.moved.connect(self._to_list)
        self.search.left.connect(self.go_back)
        self.filters.changed.connect(self._changed)
        self.table.wanted.connect(self._want)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.table.typed.connect(self._type)
        self.table.turned.connect(self._turn)
        self.panel.saved.connect(self._saved)
        self.panel.closed.connect(self._panel_closed)
        self.panel.moved.connect(self.table.go_to)
        self.panel.turned.connect(self._give_room)
        self._side.currentChanged.connect(self._give_room)
        self.report.closed.connect(self._close_report)
        self.report.undo.connect(self._undo_import)
        self.import_button.clicked.connect(self.import_list)
        self.export_button.clicked.connect(self.export)
        self.new_button.clicked.connect(self.new)
        self.nothing.acted.connect(self.import_list)
        self.nowhere.acted.connect(self._show_all)
        self.desk.changed.connect(self._base_changed)
        theme().changed.connect(self._scale)

    def _declare(self) -> None:
        for action in (
            Action("partners.new", "Nouveau partenaire", self.new, "plus", "Ctrl+Shift+N", section=_SECTION),
            Action("partners.import", "Importer une liste de partenaires", self.import_list, "upload",
                   section=_SECTION),
            Action("partners.export", "Exporter l’annuaire", self.export, "download", section=_SECTION),
            Action("partners.save", "Enregistrer la fiche", self.panel.save, "check", "Ctrl+Return", section=_SECTION),
            Action("partners.meeting", "Noter une rencontre", self.panel.meetings.new, "handshake", "Alt+R",
                   section=_SECTION),
            Action("partners.edit", "Modifier la fiche", self.panel.edit, "pencil", section=_SECTION),
            Action("partners.verify", "Fiche vérifiée aujourd’hui", self.panel.verify, "badge-check", section=_SECTION),
            Action("partners.antenne", "Ajouter une antenne", self.panel.new_antenne, "building-2", section=_SECTION),
            Action("partners.contact", "Ajouter un contact", self.panel.people.add_contact, "user-plus",
                   section=_SECTION),
            Action("partners.absence", "Noter une absence", self.panel.people.add_absence, "calendar-off",
                   section=_SECTION),
            Action("partners.archive", "Archiver le partenaire", self.panel.archive, "archive", section=_SECTION),
        ):  # fmt: skip
            self.desk.shell.commands.add(action, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Label("Partenaires", role="title"))
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.search, 10)
        top.addWidget(self.import_button)
        top.addWidget(self.export_button)
        top.addWidget(self.new_button)
        self._list_card, self._nothing_card, self._nowhere_card = Card(grow=True), Card(grow=True), Card(grow=True)
        self._list_card.layout().setContentsMargins(6, 4, 6, 6)  # type: ignore[union-attr]
        self._list_card.add(self.table)
        self._nothing_card.add(self.nothing)
        self._nowhere_card.add(self.nowhere)
        self._left = QWidget()
        self._body = QStackedLayout(self._left)
        for card in (self._list_card, self._nothing_card, self._nowhere_card):
            self._body.addWidget(card)
        self._side_holder = QWidget()
        self._side = QStackedLayout(self._side_holder)
        for page in (self.hint, self.panel, self.report):
            self._side.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addWidget(SectionTabs(self.desk.shell, "partners", "partners"))
        whole.addLayout(top)
        whole.addWidget(self.forget)
        whole.addWidget(self.filters)
        whole.addWidget(Columns(self._left, self._side_holder), 1)
        self._scale()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self, _page: int = 0) -> None:
        """Where the form would stand under the list, it takes its place; an empty side is not worth half the height."""
        stacked = self.width() < theme().px(_BESIDE)
        alone = self.panel.editing and stacked
        empty = self._side.currentWidget() is self.hint
        self._side_holder.setHidden((stacked and empty) or (self._no_partner and not self.panel.editing))
        self._left.setVisible(not alone)
        self.filters.setVisible(not alone)

    def _scale(self) -> None:
        self.search.setMaximumWidth(theme().px(240))
        self._give_room()
