"""Activité › Mois déclarés: the months of a year, and beside them the one looked at with its corrections."""

import uuid
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services import declaring, locked_months, settings
from boutique.services.declaring import MonthState
from boutique.services.locked_months import EVERYWHERE, LockLine
from boutique.services.settings import SiteLine
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.view import View
from boutique.ui.views.declared.corrections import CorrectionsCard
from boutique.ui.views.declared.month import MonthCard
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.period_switcher import PeriodSwitcher
from boutique.ui.widgets.scroll_column import ScrollColumn


class DeclaredView(View):
    """`enter(month=…)` opens one; otherwise the last month that is over."""

    title = "Mois déclarés"
    rail = "activity"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month = _last_over()
        self.rows: dict[date, ListRow] = {}
        self.sections = SectionTabs(desk.shell, "activity", "declared")
        self.year = PeriodSwitcher()
        self.year.set_yearly(True)
        self.place = ComboBox(empty=EVERYWHERE, accessible="Lieu")
        self.list_card = Card("Mois")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.month, self.corrections = MonthCard(desk), CorrectionsCard(desk)
        self._lay_out()
        self.year.changed.connect(self._turn)
        self.place.currentIndexChanged.connect(self._refresh)
        desk.changed.connect(self._refresh_if_seen)

    def enter(self, **arguments: Any) -> None:
        if isinstance(asked := arguments.get("month"), date):
            self._month = asked.replace(day=1)
            self.year.write(self._month)
        self._desk.read(settings.open_sites, then=self._offer_places)
        self._refresh()

    def take_focus(self) -> None:
        row = self.rows.get(self._month)
        (row if row is not None else self.year.name).setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label("Mois déclarés", role="title"))
        head.addWidget(self.year)
        head.addWidget(self.place)
        head.addStretch(1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.month)
        column.addWidget(self.corrections)
        column.addStretch(1)
        self.month.hide()
        self.corrections.hide()
        self.list_card.add(self._list)
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(self.sections, head, Columns(self.list_card, side, shares=(2, 3)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _offer_places(self, sites: Sequence[SiteLine]) -> None:
        self.place.set_options([(site.id, site.name) for site in sites])
        self.place.setVisible(len(sites) > 1)

    def _turn(self, _start: date) -> None:
        self._month = min(date(self.year.start().year, 12, 1), clock.today().replace(day=1))
        self._refresh()

    def _refresh(self) -> None:
        self._desk.read_latest("declared", locked_months.listing, self.year.start().year, then=self._show)
        self._look()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _show(self, lines: tuple[LockLine, ...]) -> None:
        site_id = self.place.read()
        locked = {line.month: line for line in lines if line.in_force and line.site_id == site_id}
        last = clock.today().replace(day=1) if self.year.start().year == clock.today().year else None
        months = [date(self.year.start().year, number, 1) for number in range(12, 0, -1)]
        empty(self._list)
        self.rows = {month: self._row(month, locked.get(month)) for month in months if last is None or month <= last}
        for month, row in self.rows.items():
            self._list.addWidget(row)
            row.set_selected(month == self._month)
        if self.rows:
            list(self.rows.values())[-1].set_last()
        follow(self.place, self.rows.values())

    def _row(self, month: date, line: LockLine | None) -> ListRow:
        name = french.month_name(month).capitalize()
        if line is not None:
            on = french.show_date(clock.local(line.locked_at).date())
            about, badge = f"le {on}, par {line.locked_by}", Badge("déclaré", "success", icon="lock")
        elif month == clock.today().replace(day=1):
            about, badge = "se déclare à partir du mois suivant", Badge("en cours", "info", icon="clock")
        else:
            about, badge = "", Badge("non déclaré", "neutral")
        row = ListRow(name, about, trailing=[badge], clickable=True)
        row.setObjectName(f"month-{month:%Y-%m}")
        row.activated.connect(partial(self._open, month))
        return row

    def _open(self, month: date) -> None:
        self._month = month
        for key, row in self.rows.items():
            row.set_selected(key == month)
        self._look()

    def _look(self) -> None:
        site_id: uuid.UUID | None = self.place.read()
        self._desk.read_latest("declared month", declaring.state, self._month, site_id, then=self._show_month)

    def _show_month(self, state: MonthState) -> None:
        if state.month == self._month:
            self.month.write(state, self.place.currentText())
            self.corrections.write(state.corrections)


def _last_over() -> date:
    """The month that is usually declared now: the one before this one."""
    today = clock.today()
    return date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
