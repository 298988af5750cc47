"""Activité: the figures of a month, where they come from, what to look at before sending, the workbook."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from boutique.core import files, french
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import activity, settings
from boutique.services.activity import ActivityView as Figures
from boutique.services.checks import Check
from boutique.services.figure_files import FileRow
from boutique.services.files import FileFilter, FileQuery
from boutique.services.settings import SiteLine
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.tasks import Progress
from boutique.ui.view import View
from boutique.ui.views.activity.behind import FilesBehind, Line
from boutique.ui.views.activity.cards import ChecksCard, FiguresCard, MonthsCard, PublicCard
from boutique.ui.views.activity.table import Cell
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.period_switcher import PeriodSwitcher
from boutique.ui.widgets.scroll_column import ScrollColumn

_EVERYWHERE = "Tous les lieux"
_SECTION = "Activité"
_FILE_COLUMNS = ("Référence", "Nom", "Commune", "Date", "Détail")


class ActivityView(View):
    """One month at one place or everywhere; a press on a figure lists the files behind it."""

    title = "Activité"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sites: tuple[SiteLine, ...] = ()
        self._site_id: uuid.UUID | None = None
        self._shown: Figures | None = None
        self.month = PeriodSwitcher()
        self.place = Button(_EVERYWHERE, size="small", trailing="chevron-down", accessible="Lieu")
        self.alerts = Badge("", "warning", icon="triangle-alert")
        self.workbook = PrimaryButton("Classeur", icon="file-spreadsheet")
        self.workbook.setToolTip("Enregistrer le classeur du mois (Ctrl Maj E)")
        self.figures, self.months, self.public = FiguresCard(), MonthsCard(), PublicCard()
        self.checks = ChecksCard()
        self.behind = FilesBehind()
        self.sections = SectionTabs(desk.shell, "activity", "activity")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        """`month` (a day of it) may be asked for."""
        if isinstance(asked := arguments.get("month"), date):
            self.month.write(asked)
        self._close_list()
        self._desk.read(settings.open_sites, then=self._take_sites)
        self._refresh()

    def take_focus(self) -> None:
        if self._pages.currentWidget() is self.behind:
            self.behind.take_focus()
        else:
            super().take_focus()

    def go_back(self) -> bool:
        if self._pages.currentWidget() is not self.behind:
            return False
        self._close_list()
        self.figures.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def export_workbook(self) -> None:
        """The workbook of the month, at the place looked at."""
        month = self.month.month()
        self._save(
            "Enregistrer le classeur d’activité", f"activite-{month:%Y-%m}.xlsx",
            partial(self._desk.workspace.read, activity.workbook, month, self._site_id),
        )  # fmt: skip

    def export_list(self) -> None:
        """The follow-up list of the files behind the figure in sight, by reference."""
        query = FileQuery(filter=FileFilter.ALL, cases=self.behind.cases(), sort="opened", descending=False)
        self._save(
            "Enregistrer la liste de suivi", f"dossiers-{self.month.month():%Y-%m}.xlsx",
            partial(self._desk.workspace.read, activity.follow_up, query),
        )  # fmt: skip

    def _save(self, title: str, name: str, content: Callable[[], bytes]) -> None:
        """Ask where, then read and write on the worker; the window stays free."""
        path = self._desk.ask.save_file(title, name, "Classeur Excel (*.xlsx)")
        if path is not None:
            work = partial(_write, path, content)
            self._desk.tasks.run_long(work, self._told, busy="Préparation du classeur…", context=self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label("Activité", role="title"))
        head.addWidget(self.month)
        head.addWidget(self.place)
        head.addStretch(1)
        head.addWidget(self.alerts)
        head.addWidget(self.workbook)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.months, self.public, self.checks):
            column.addWidget(card)
        column.addStretch(1)
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(self.sections, head, Columns(self.figures, side, shares=(706, 400)))
        self._pages.addWidget(page)
        self._pages.addWidget(self.behind)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self.month.changed.connect(self._refresh)
        self.place.clicked.connect(self._choose_place)
        self.workbook.clicked.connect(self.export_workbook)
        self.figures.table.opened.connect(self._open_figure)
        self.checks.opened.connect(self._open_check)
        self.behind.closed.connect(self.go_back)
        self.behind.exported.connect(self.export_list)
        self.behind.opened.connect(self._open_file)
        self._desk.changed.connect(self._refresh_if_seen)

    def _declare(self) -> None:
        add = self._desk.shell.commands.add
        for action in (
            Action("activity.workbook", "Enregistrer le classeur du mois", self.export_workbook, "file-spreadsheet",
                   "Ctrl+Shift+E", ("export", "excel"), _SECTION),
            Action("activity.before", "Mois précédent", self.month.go_before, "chevron-left", "Ctrl+Left",
                   section=_SECTION),
            Action("activity.after", "Mois suivant", self.month.go_after, "chevron-right", "Ctrl+Right",
                   section=_SECTION),
        ):  # fmt: skip
            add(action, owner=self)

    def _refresh(self, _month: date | None = None) -> None:
        month = self.month.month()
        self._desk.read_latest("activity", activity.month_view, month, Scope(self._site_id), then=self._show)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _show(self, found: Figures) -> None:
        if found == self._shown:
            return
        self._shown = found
        previous = Period.month(found.month).previous.start
        self.figures.write(found, french.MONTHS[previous.month - 1].capitalize())
        self.months.write(found)
        self.public.write(found)
        self.checks.write(found.checks)
        count = sum(check.count for check in found.checks)
        self.alerts.set_state(f"{french.plural(count, 'contrôle')} à voir")
        self.alerts.setVisible(count > 0)

    def _take_sites(self, sites: tuple[SiteLine, ...]) -> None:
        self._sites = sites
        self.place.setVisible(len(sites) > 1)

    def _choose_place(self) -> None:
        menu = self.place_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.place.mapToGlobal(self.place.rect().bottomLeft()))

    def place_menu(self) -> QMenu:
        """Everywhere, or one place."""
        menu = QMenu(self)
        choices = [(None, _EVERYWHERE), *((site.id, site.name) for site in self._sites)]
        for site_id, name in choices:
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(site_id == self._site_id)
            entry.triggered.connect(partial(self._look_at, site_id, name))
        return menu

    def _look_at(self, site_id: uuid.UUID | None, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self._site_id = site_id
        self.place.set_label(name)
        self._refresh()

    def _open_figure(self, cell: Cell) -> None:
        month = Period.month(self.month.month())
        period = {"previous": month.previous, "year": Period.year_to(month.start)}.get(cell.period, month)
        about = {"women": " · femmes", "qpv": " · QPV"}.get(cell.part, "")
        self._desk.read_latest(
            "activity files", activity.people_behind, cell.key, period, Scope(self._site_id), cell.part,
            then=partial(self._list_files, f"{cell.label}{about} · {_words(period)} : {cell.shown}"),
        )  # fmt: skip

    def _list_files(self, title: str, rows: tuple[FileRow, ...]) -> None:
        lines = [
            Line(row.case_id, (row.reference, row.name, row.commune, french.show_date(row.on), row.detail))
            for row in rows
        ]
        detailed = any(row.detail for row in rows)
        columns = _FILE_COLUMNS if detailed else _FILE_COLUMNS[:-1]
        self._open_list(title, columns, [Line(line.case_id, line.cells[: len(columns)]) for line in lines])

    def _open_check(self, check: Check) -> None:
        lines = [Line(found.case_id, (found.reference or "sans référence", check.singular)) for found in check.found]
        self._open_list(f"{check.count} {check.label}", ("Référence", "À voir"), lines)

    def _open_list(self, title: str, columns: tuple[str, ...], lines: list[Line]) -> None:
        self.behind.write(title, columns, lines)
        self._pages.setCurrentWidget(self.behind)
        self.behind.take_focus()

    def _close_list(self) -> None:
        self._pages.setCurrentIndex(0)

    def _open_file(self, case_id: uuid.UUID) -> None:
        self._desk.shell.show_view("file", case_id=case_id)

    def _told(self, path: Path) -> None:
        self._desk.shell.notify(
            f"Classeur enregistré : {path.name}", "success", [("Ouvrir le dossier", partial(_show_folder, path.parent))]
        )


def _write(path: Path, content: Callable[[], bytes], progress: Progress) -> Path:
    progress.step(0, 2)
    found = content()
    progress.step(1, 2)
    files.write_atomically(path, found)
    return path


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _words(period: Period) -> str:
    month = french.month_name(period.end)
    return month if period == Period.month(period.start) else f"janvier à {month}"
