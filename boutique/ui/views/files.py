"""Dossiers: every file in a table, with filters that can be kept, columns to choose, and the view as a workbook."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import accesses, programmes, settings, view_export
from boutique.services.documents import Document
from boutique.services.file_columns import COLUMNS, FileRow
from boutique.services.files import FileFilter, FilePage, FileQuery, files
from boutique.services.programmes import Option
from boutique.services.settings import SiteLine
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.saving import ERASE_AFTER, FileSaving
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.file_filters import FileFilters
from boutique.ui.views.files_print import FilesPrint, Lines
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.paged_table import PAGE, Look, PagedTable
from boutique.ui.widgets.search_field import SearchField

_SECTION = "Dossiers"
_COLUMNS_KEPT = "files.columns"


class FilesView(View):
    """`enter(filter="stale")` chooses a filter; `enter(cases=(…), label="…")` shows the files behind a figure."""

    title = "Dossiers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._saving = desk, FileSaving(desk, self)
        self._query = FileQuery()
        self.count = Label(tone="muted")
        self.search = SearchField("Filtrer la liste…", accessible="Filtrer la liste des dossiers")
        self.columns_button = Button("Colonnes", icon="columns-3")
        self.export_button = Button("Exporter cette vue…", icon="file-spreadsheet", hint="Ctrl E")
        self.print_button = Button("Imprimer…", icon="printer", hint="Ctrl P")
        self.printing = FilesPrint(desk, self, self._to_print)
        self.filters = FileFilters(desk.preferences)
        self.table = PagedTable("Dossiers", _look, stretch="project", several=True)
        self.table.lines.sortable = _SORTABLE.__contains__
        self.nothing = EmptyState("folder-open", "", "", "Nouveau passage", hint="Ctrl N")
        self.nowhere = EmptyState("search-x", "Aucun dossier ne correspond", "", "Tout afficher", action_icon="list")
        self._lay_out()
        self._connect()
        self._declare()
        self.table.set_columns([column for column in COLUMNS if column.key in self._shown_columns()])

    def enter(self, **arguments: Any) -> None:
        if cases := arguments.get("cases"):
            self.filters.show_cases(tuple(cases), str(arguments.get("label", "Sélection")))
        elif "filter" in arguments:
            self.search.write("")
            self.filters.choose(FileFilter(arguments["filter"]))
        self.desk.read(settings.sites, then=self._show_sites)
        self.desk.read(programmes.options, ended=True, then=self._show_programmes)
        self.refresh()

    def take_focus(self) -> None:
        self.table.go_first()

    def go_back(self) -> bool:
        if self.search.text():
            self.search.write("")
            self.table.go_first()
            return True
        return self.filters.drop_cases()

    def refresh(self) -> None:
        """Ask for the list again, from its first page."""
        text = self.search.text()
        self._query = self.filters.query(text)
        self.table.lines.sorted_by = (self._query.sort, self._query.descending)
        index = self.desk.workspace.index
        self.desk.read_latest("files", files, index, self._query, limit=PAGE, then=self._show)

    def _show(self, page: FilePage) -> None:
        self.table.start(page.total, page.rows)
        more = " ou plus : précisez" if page.at_least else ""
        self.count.setText(f"{french.plural(page.total, 'dossier')}{more}")
        self.export_button.setEnabled(page.total > 0)
        self.print_button.setEnabled(page.total > 0)
        empty = self._nothing_card if page.no_file else self._nowhere_card
        self._body.setCurrentWidget(self._table_card if page.total else empty)

    def _want(self, offset: int) -> None:
        index = self.desk.workspace.index
        self.desk.read(files, index, self._query, offset=offset, limit=PAGE, then=self._take)

    def _take(self, page: FilePage) -> None:
        if page.query == self._query:  # another list may have been asked for meanwhile
            self.table.take(page.offset, page.rows)

    def _show_sites(self, sites: Sequence[SiteLine]) -> None:
        self.filters.set_sites([(line.id, line.name) for line in sites])

    def _show_programmes(self, offered: Sequence[Option]) -> None:
        self.filters.set_programmes([(one.id, one.label) for one in offered])

    def _open(self, row: FileRow) -> None:
        self.desk.shell.show_view("file", case_id=row.case_id)

    def _open_current(self) -> None:
        row = self.table.current()
        if row is not None:
            self._open(row)

    def _sort(self, key: str) -> None:
        self.filters.sort_by(key)

    def _type(self, text: str) -> None:
        self.search.take_focus()
        self.search.write(self.search.text() + text)

    def _searched(self, _text: str) -> None:
        self.table.go_first()

    def _new(self) -> None:
        self.desk.shell.show_view("intake", text="")

    def _show_all(self) -> None:
        self.search.write("")
        self.filters.choose(FileFilter.ALL)

    def _shown_columns(self) -> list[str]:
        kept = self.desk.preferences.texts(_COLUMNS_KEPT)
        known = [column.key for column in COLUMNS if column.key in kept]
        return known or [column.key for column in COLUMNS if column.shown]

    def _choose_columns(self) -> None:
        menu, shown = QMenu(self), self._shown_columns()
        for column in COLUMNS:
            line = menu.addAction(column.title)
            line.setCheckable(True)
            line.setChecked(column.key in shown)
            line.setEnabled(column.key != COLUMNS[0].key)
            line.toggled.connect(partial(self._toggle_column, column.key))
        menu.popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height() + 2)))

    def _toggle_column(self, key: str, on: bool) -> None:  # noqa: FBT001 - slot
        shown = set(self._shown_columns()) ^ ({key} if on != (key in self._shown_columns()) else set())
        self.desk.preferences.put(_COLUMNS_KEPT, [column.key for column in COLUMNS if column.key in shown])
        self.table.set_columns([column for column in COLUMNS if column.key in shown])

    def _export(self) -> None:
        if not self.table.lines.rowCount():
            return
        told = self.filters.words(self.search.text())
        self.desk.read(
            view_export.export,
            self.desk.workspace.index,
            self._query,
            self._shown_columns(),
            told,
            then=self._save,
        )

    def _to_print(self) -> tuple[FileQuery, Lines, int]:
        """The lines chosen, when there are several; else the whole list."""
        lines = self.table.chosen_lines()
        return (self._query, lines, len(lines)) if len(lines) > 1 else (self._query, None, self.table.lines.rowCount())

    def _print(self) -> None:
        if self.table.lines.rowCount():
            self.printing.open_menu(self.print_button)

    def _save(self, made: Document) -> None:
        self._saving.offer(made, title="Exporter cette vue", written=self._saved, advice=ERASE_AFTER)

    def _saved(self) -> None:
        self.desk.keep(accesses.note, "export", "Liste de dossiers", people=self.table.lines.rowCount())

    def _connect(self) -> None:
        self.search.changed.connect(self._changed)
        self.search.submitted.connect(self._searched)
        self.search.moved.connect(self._searched)
        self.search.left.connect(self.go_back)
        self.filters.changed.connect(self.refresh)
        self.table.wanted.connect(self._want)
        self.table.opened.connect(self._open)
        self.table.typed.connect(self._type)
        self.table.sort_asked.connect(self._sort)
        self.columns_button.clicked.connect(self._choose_columns)
        self.export_button.clicked.connect(self._export)
        self.print_button.clicked.connect(self._print)
        self.nothing.acted.connect(self._new)
        self.nowhere.acted.connect(self._show_all)
        self.desk.changed.connect(self._refresh_if_shown)
        theme().changed.connect(self._scale)

    def _changed(self, _text: str) -> None:
        self.refresh()

    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    def _declare(self) -> None:
        add = self.desk.shell.commands.add
        run = (
            Action("files.open", "Ouvrir le dossier choisi", self._open_current, "folder-open", section=_SECTION),
            Action("files.columns", "Choisir les colonnes", self._choose_columns, "columns-3", section=_SECTION),
            Action("files.export", "Exporter cette vue", self._export, "file-spreadsheet", "Ctrl+E", section=_SECTION),
            Action(
                "files.print",
                "Imprimer un document pour ces dossiers…",
                self._print,
                "printer",
                "Ctrl+P",
                ("attestation", "plan d’action", "fiche", "lot"),
                _SECTION,
            ),
            Action("files.keep", "Garder ce filtre", self.filters.keep, "bookmark", section=_SECTION),
        )
        for action in run:
            add(action, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Label("Dossiers", role="title"))
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.search, 10)
        top.addWidget(self.columns_button)
        top.addWidget(self.export_button)
        top.addWidget(self.print_button)
        self._table_card, self._nothing_card, self._nowhere_card = Card(grow=True), Card(grow=True), Card(grow=True)
        self._table_card.layout().setContentsMargins(6, 4, 6, 6)  # type: ignore[union-attr]
        self.nothing.title.setText("Aucun dossier pour l’instant")
        self.nothing.title.show()
        self.nothing.sentence.setText("Un dossier s’ouvre à la première visite : deux réponses suffisent.")
        self.nothing.sentence.show()
        self._table_card.add(self.table)
        self._nothing_card.add(self.nothing)
        self._nowhere_card.add(self.nowhere)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addWidget(self.filters)
        self._body = QStackedLayout()
        whole.addLayout(self._body, 1)  # before it has anything: it would show its first part on its own
        for card in (self._table_card, self._nothing_card, self._nowhere_card):
            self._body.addWidget(card)
        self._scale()

    def _scale(self) -> None:
        self.search.setMaximumWidth(theme().px(240))


_SORTABLE = frozenset(column.key for column in COLUMNS if column.order is not None)


def _look(row: FileRow, key: str) -> Look | None:
    if key == "name":
        return Look(strong=True, about=f"{row.name}, dossier {row.reference}")
    if key == "last_contact" and row.stale:
        return Look(tone="warning", icon="clock-alert", about="Sans nouvelles depuis plus de 60 jours")
    if key == "missing" and row.missing:
        return Look(tone="warning")
    if key == "closed" and row.closed_on is not None:
        return Look(tone="neutral")
    return None
