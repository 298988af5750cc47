"""Activité: the figures of a month or a year, where they come from, what to look at before sending, the workbook."""

import uuid
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.period import Period
from boutique.services import accesses, activity, activity_page, figure_list, scopes
from boutique.services.activity_files import BookFile
from boutique.services.activity_page import Asked, AskedBehind, Behind, Page
from boutique.services.checks import Check
from boutique.services.files import FileFilter, FileQuery
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.saving import FileSaving, at_once, by_steps
from boutique.ui.view import View
from boutique.ui.views.activity.behind import FilesBehind, Line
from boutique.ui.views.activity.cards import ChecksCard, DelaysCard, FiguresCard, MonthsCard, PublicCard
from boutique.ui.views.activity.scope_bar import ScopeBar
from boutique.ui.views.activity.table import Cell
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.period_switcher import PeriodSwitcher
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.segmented import Segmented

_SECTION = "Activité"
_FILE_COLUMNS = ("Référence", "Nom", "Commune", "Date", "Détail")
_PARTS = {"women": " · femmes", "qpv": " · QPV"}


class ActivityView(View):
    """One month or year, everywhere or narrowed; a press on a figure lists the files behind it."""

    title = "Activité"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._group, self._chart = activity_page.ESSENTIAL, "received"
        self._shown: Page | None = None
        self._opened: tuple[str, AskedBehind] | None = None
        self.sections = SectionTabs(desk.shell, "activity", "activity")
        self.period = PeriodSwitcher()
        self.span = Segmented([(False, "Mois"), (True, "Année")], accessible="Période", optional=False)
        self.span.write(False)  # noqa: FBT003 - a value among others
        self.scope = ScopeBar()
        self.alerts = Badge("", "warning", icon="triangle-alert")
        self.workbook = PrimaryButton("Classeur", icon="file-spreadsheet")
        self.workbook.setToolTip("Enregistrer le classeur (Ctrl Maj E)")
        self.figures, self.months, self.public = FiguresCard(), MonthsCard(), PublicCard()
        self.delays, self.checks = DelaysCard(), ChecksCard()
        self.behind = FilesBehind()
        self._saving = FileSaving(desk, self)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        """`month` (a day of it) may be asked for."""
        if isinstance(asked := arguments.get("month"), date):
            self.period.write(asked)
        self._close_list()
        self._desk.read(scopes.choices, then=self.scope.write_choices)
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

    def asked(self) -> Asked:
        """What is looked at."""
        return Asked(self.period.month(), self.period.yearly, self.scope.keys(), self._group, self._chart)

    def export_workbook(self) -> None:
        """The workbook of the month or of the year, at the place looked at."""
        asked = self.asked()
        read = partial(self._desk.workspace.read, activity_page.workbook, asked)
        self._saving.save(
            "Enregistrer le classeur d’activité", f"activite-{_dated(asked)}.xlsx", by_steps(read),
            written=self._note_workbook, busy="Préparation du classeur…",
        )  # fmt: skip

    def export_list(self) -> None:
        """The lines behind the figure in sight, or the files behind a control, by reference."""
        read = self._desk.workspace.read
        if self._opened is not None:
            title, asked = self._opened
            made = partial(read, figure_list.figure_list, asked, title)
        else:
            query = FileQuery(filter=FileFilter.ALL, cases=self.behind.cases(), sort="opened", descending=False)
            made = partial(read, activity.follow_up, query)
        self._saving.save(
            "Enregistrer la liste de suivi", f"dossiers-{self.period.month():%Y-%m}.xlsx", at_once(made),
            written=self._note_list, busy="Préparation de la liste…",
        )  # fmt: skip

    def _note_workbook(self, book: BookFile) -> None:
        self._desk.keep(accesses.note, "export", book.noted)

    def _note_list(self, _made: bytes) -> None:
        self._desk.keep(accesses.note, "export", "Liste de suivi")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        left: tuple[QWidget, ...] = (Label("Activité", role="title"), self.period, self.span)
        right: tuple[QWidget, ...] = (self.alerts, self.workbook)
        for part in left:
            head.addWidget(part)
        head.addWidget(self.scope, 1, Qt.AlignmentFlag.AlignVCenter)
        for part in right:
            head.addWidget(part)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.months, self.public, self.delays, self.checks):
            column.addWidget(card)
        column.addStretch(1)
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(self.sections, head, Columns(self.figures, side, shares=(740, 366)))
        self._pages.addWidget(page)
        self._pages.addWidget(self.behind)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self.period.changed.connect(self._refresh)
        self.span.changed.connect(self.period.set_yearly)
        self.scope.changed.connect(self._refresh)
        self.workbook.clicked.connect(self.export_workbook)
        self.figures.group.activated.connect(self._choose_group)
        self.figures.none.acted.connect(self._draw_up)
        self.figures.table.opened.connect(self._open_figure)
        self.figures.table.named.connect(self._draw)
        self.months.pressed.connect(self._go_to_month)
        self.checks.opened.connect(self._open_check)
        self.checks.month_asked.connect(self._turn)
        self.behind.closed.connect(self.go_back)
        self.behind.exported.connect(self.export_list)
        self.behind.opened.connect(self._open_file)
        self.behind.asked.connect(self._open_again)
        self._desk.changed.connect(self._refresh_if_seen)

    def _declare(self) -> None:
        add = self._desk.shell.commands.add
        for action in (
            Action("activity.workbook", "Enregistrer le classeur d’activité", self.export_workbook, "file-spreadsheet",
                   "Ctrl+Shift+E", ("export", "excel", "mois", "année"), _SECTION),
            Action("activity.before", "Mois ou année d’avant", self.period.go_before, "chevron-left", "Ctrl+Left",
                   section=_SECTION),
            Action("activity.after", "Mois ou année d’après", self.period.go_after, "chevron-right", "Ctrl+Right",
                   section=_SECTION),
            Action("activity.span", "Voir le mois ou l’année", self._turn, "calendar-range", "Ctrl+Shift+A",
                   section=_SECTION),
        ):  # fmt: skip
            add(action, owner=self)

    def _refresh(self, _month: date | None = None) -> None:
        self._desk.read_latest("activity", activity_page.page, self.asked(), then=self._show)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _show(self, found: Page) -> None:
        if found == self._shown:
            return
        self._shown = found
        for card in (self.figures, self.months, self.public, self.delays):
            card.write(found)
        if found.asked.yearly:
            self.checks.write_year(french.month_name(found.asked.day))
        else:
            self.checks.write(found.view.checks)
        count = sum(check.count for check in found.view.checks)
        self.alerts.set_state(f"{french.plural(count, 'contrôle')} à voir")
        self.alerts.setVisible(count > 0)

    def _turn(self) -> None:
        """Months to years and back."""
        self.span.write(not self.period.yearly)
        self.period.set_yearly(not self.period.yearly)

    def _choose_group(self, _rank: int) -> None:
        self._group = self.figures.group.read()
        self._refresh()

    def _draw_up(self) -> None:
        """An indicator of the structure's own."""
        self._desk.shell.show_view("own_figures", new=True)

    def _draw(self, key: str) -> None:
        """Another figure month by month."""
        self._chart = key
        self._refresh()

    def _go_to_month(self, month: int) -> None:
        self.period.write(self.period.month().replace(month=month))
        self.span.write(False)  # noqa: FBT003 - a value among others
        if self.period.yearly:
            self.period.set_yearly(False)
        else:
            self._refresh()

    def _open_figure(self, cell: Cell) -> None:
        asked = self.asked()
        period = asked.period
        wanted = {"previous": period.previous, "last_year": period.last_year, "year": Period.year_to(asked.day)}
        counted = wanted.get(cell.period, period)
        words = " · ".join(part for part in (counted.words, self.scope.words()) if part)
        title = f"{cell.label}{_PARTS.get(cell.part, '')} · {words} : {cell.shown}"
        self._open(title, AskedBehind(cell.key, counted, asked.keys, cell.part))

    def _open(self, title: str, asked: AskedBehind) -> None:
        self._opened = title, asked
        self._desk.read_latest("activity files", activity_page.behind, asked, then=partial(self._list_files, title))

    def _open_again(self) -> None:
        """Another side of the share, another breakdown."""
        if self._opened is not None:
            title, asked = self._opened
            side, dimension, within = self.behind.choices()
            self._open(title, replace(asked, side=side, dimension=dimension, within=within))

    def _list_files(self, title: str, found: Behind) -> None:
        detailed = any(row.detail for row in found.rows)
        columns = _FILE_COLUMNS if detailed else _FILE_COLUMNS[:-1]
        lines = [
            Line(
                row.case_id,
                (row.reference, row.name, row.commune, french.show_date(row.on), row.detail)[: len(columns)],
            )
            for row in found.rows
        ]
        self.behind.write_figure(title, columns, lines, found)
        self._show_list()

    def _open_check(self, check: Check) -> None:
        lines = [Line(found.case_id, (found.reference or "sans référence", check.singular)) for found in check.found]
        self._opened = None
        self.behind.write(f"{check.count} {check.label}", ("Référence", "À voir"), lines)
        self._show_list()

    def _show_list(self) -> None:
        already = self._pages.currentWidget() is self.behind
        self._pages.setCurrentWidget(self.behind)
        if not already:
            self.behind.take_focus()

    def _close_list(self) -> None:
        self._pages.setCurrentIndex(0)

    def _open_file(self, case_id: uuid.UUID) -> None:
        self._desk.shell.show_view("file", case_id=case_id)


def _dated(asked: Asked) -> str:
    return f"{asked.day:%Y}" if asked.yearly else f"{asked.day:%Y-%m}"
