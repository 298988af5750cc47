"""Partenaires › Réponses: how structures answer, by structure, type or territory; figures lead to files."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.rules.period import Period
from boutique.services import partner_figures, scopes
from boutique.services.partner_figure_rows import Group
from boutique.services.partner_figures import COLUMNS, Line, Made, Side, Table
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.activity.scope_bar import ScopeBar
from boutique.ui.views.partner_figures_card import BehindCard
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.paged_table import Look, PagedTable
from boutique.ui.widgets.period_switcher import PeriodSwitcher
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.segmented import Segmented

_TABLE_HEIGHT = 430
_NOBODY = (
    "Aucune orientation n’a été transmise pendant cette période : choisissez-en une autre, ou orientez une personne."
)


_NOBODY_HERE = "Aucune orientation n’a été transmise pendant cette période, avec ce que vous avez choisi plus haut."


class PartnerFiguresView(View):
    """`enter(by=…, key=…)` shows a grouping and opens one of its lines."""

    title, rail = "Réponses des partenaires", "partners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._table: Table | None = None
        self._wanted = ""
        self.total = Label(role="small", tone="muted", wrap=True)
        self.by = ComboBox([(one, one.label) for one in Group], empty=None, accessible="Une ligne par")
        self.length = Segmented(
            [("year", "Année"), ("month", "Mois")], accessible="Durée de la période", optional=False
        )
        self.period = PeriodSwitcher()
        self.period.set_yearly(yearly=True)
        self.length.write("year")
        self.scope = ScopeBar()
        self.table = PagedTable("Réponses des partenaires", _look, stretch="label")
        self.table.lines.sortable = _never
        self.table.set_columns(COLUMNS)
        self.behind = BehindCard()
        self.nothing = EmptyState("mail-question-mark", "Aucune réponse à compter", _NOBODY, "Voir l’annuaire",
                                  action_icon="handshake")  # fmt: skip
        self._lay_out()
        self._connect()
        desk.shell.commands.add(
            Action("partner_figures.open", "Ouvrir la fiche de la structure", self._open_sheet, "handshake",
                   section="Partenaires"), self,
        )  # fmt: skip

    def enter(self, **arguments: Any) -> None:
        if "by" in arguments:
            self.by.write(arguments["by"])
        self._wanted = arguments.get("key", self._wanted)
        self.desk.read(scopes.choices, then=self.scope.write_choices)
        self.refresh()

    def take_focus(self) -> None:
        self.table.go_first()

    def refresh(self) -> None:
        self.desk.read_latest(
            "partner.figures", partner_figures.of_keys, self._period(), self.scope.keys(), self._by(), then=self._show
        )

    def _period(self) -> Period:
        start = self.period.start()
        return Period.year(start) if self.period.yearly else Period.month(start)

    def _by(self) -> Group:
        return Group(self.by.read())

    def _show(self, found: Table) -> None:
        self._table = found
        self.total.setText(found.total.told)
        self.total.setVisible(bool(found.lines))
        self.table.start(len(found.lines), found.lines)
        self._list.setVisible(bool(found.lines))
        self.behind.setVisible(bool(found.lines))
        self._empty.setVisible(not found.lines)
        narrowed = self.scope.keys() != scopes.ALL
        self.nothing.sentence.setText(_NOBODY_HERE if narrowed else _NOBODY)
        self.nothing.button.set_label("Tout compter" if narrowed else "Voir l’annuaire")
        keys = [line.key for line in found.lines]
        if self._wanted in keys:
            self.table.setCurrentIndex(self.table.lines.index(keys.index(self._wanted), 0))
        self._wanted = ""
        self._choose(self.table.current())

    def _choose(self, line: Line | None) -> None:
        """The line that is current, else all of them together."""
        if self._table is not None and (line is None or line in self._table.lines):
            self.behind.show_line(line or self._table.total, self._by())
            self._list_behind(self.behind.side())

    def _list_behind(self, side: Side) -> None:
        shown = self.behind.line
        if shown is not None:
            self.desk.read_latest(
                "partner.figures.behind", partner_figures.behind_keys, self._period(), self.scope.keys(), self._by(),
                shown.key, side, then=partial(self._show_behind, shown, side),
            )  # fmt: skip

    def _show_behind(self, line: Line, side: Side, made: tuple[Made, ...]) -> None:
        if line is self.behind.line and side is self.behind.side():
            self.behind.show_made(made)

    def _open_file(self, made: Made) -> None:
        self.desk.shell.show_view("file", case_id=made.case_id, tab="referrals")

    def _open_sheet(self, _line: Any = None) -> None:
        line = self.table.current()
        if line is not None and self._by() is Group.PARTNER:
            self.desk.shell.show_view("partners", partner_id=partner_figures.partner_of(line))

    def _out_of_nothing(self) -> None:
        """Everything again, when what was chosen narrows it to nothing; else where partners are."""
        if self.scope.keys() != scopes.ALL:
            self.scope.clear()
        else:
            self._open_directory()

    def _open_directory(self) -> None:
        self.desk.shell.show_view("partners")

    def _turn(self, length: Any) -> None:
        self.period.set_yearly(yearly=length == "year")

    def _changed(self, _what: Any = None) -> None:
        self.refresh()

    def _base_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self.by.currentIndexChanged.connect(self._changed)
        self.length.changed.connect(self._turn)
        self.period.changed.connect(self._changed)
        self.scope.changed.connect(self.refresh)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open_sheet)
        self.behind.side_chosen.connect(self._list_behind)
        self.behind.file_wanted.connect(self._open_file)
        self.behind.sheet_wanted.connect(self._open_sheet)
        self.nothing.acted.connect(self._out_of_nothing)
        self.desk.changed.connect(self._base_changed)
        theme().changed.connect(self._scale)

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.setSpacing(10)
        asked.addWidget(Label("Réponses des partenaires", role="title"))
        asked.addWidget(self.scope, 1, Qt.AlignmentFlag.AlignVCenter)
        asked.addWidget(self.by)
        asked.addWidget(self.length)
        asked.addWidget(self.period)
        self._list, self._empty = Card(grow=True), Card()
        self._list.layout().setContentsMargins(6, 4, 6, 6)  # type: ignore[union-attr]
        self._list.add(self.table)
        self._empty.add(self.nothing)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list, 1)
        column.addWidget(self._empty)
        page = ScrollColumn(margins=(22, 14, 22, 14))
        page.add(SectionTabs(self.desk.shell, "partners", "partner_figures"), asked, self.total)
        page.add(Columns(left, self.behind, shares=(2, 1)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        self._scale()

    def _scale(self) -> None:
        self.table.setMinimumHeight(theme().px(_TABLE_HEIGHT))
        self.by.setMaximumWidth(theme().px(220))


def _never(_key: str) -> bool:
    return False


def _look(line: Line, key: str) -> Look | None:
    if key == "label":
        return Look(strong=True)
    if key == "silent" and line.silent:
        return Look(tone="warning", icon="clock-alert")
    return None
