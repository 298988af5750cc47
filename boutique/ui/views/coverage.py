"""Partenaires › Couverture: for each need, the communes of a territory that nobody serves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import areas, coverage_book, coverage_gaps
from boutique.services.coverage_gaps import CommuneLine, CoverageTable, Reach, ThemeLine
from boutique.services.documents import Document
from boutique.services.workspace import Workspace
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.saving import FileSaving
from boutique.ui.tasks import Progress
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.area_picker import AreaPicker
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.paged_table import PAGE, Look, PagedTable

_BESIDE = 640  # two tables under each other would show one line each
_SECTION = "Partenaires"
_CHOOSE = "Choisissez un territoire : une intercommunalité, un département, ou l’un de ceux de Réglages › Territoires."


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a table here."""

    key: str
    title: str
    getter: Callable[[Any], str]
    width: int


_THEMES = (
    _Column("label", "Besoin", lambda line: line.label, 170),
    _Column("bare", "Sans personne", lambda line: french.show_number(line.uncovered), 130),
)
_COMMUNES = (
    _Column("name", "Commune", lambda line: line.commune.name, 180),
    _Column("population", "Habitants", lambda line: french.show_number(line.commune.population), 100),
    _Column("partners", "Partenaires", lambda line: french.show_number(line.partners) if line.partners else "personne",
            120),
)  # fmt: skip


class CoverageView(View):
    """`enter(area=…)` looks at a territory; without, the one around the place of the day."""

    title = "Couverture"
    rail = "partners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shown: CoverageTable | None = None
        self._theme = ""
        self._lines: tuple[CommuneLine, ...] = ()
        self._saving = FileSaving(desk, self)
        self.area = AreaPicker(desk)
        self.reach = ComboBox([(one, one.label) for one in Reach], empty=None, accessible="Partenaires comptés")
        self.bare = CheckBox("Seulement les communes sans personne", checked=True)
        self.export_button = Button("Exporter…", icon="download")
        self.told = Label(role="body", tone="muted", wrap=True)
        self.themes = PagedTable("Besoins", _theme_look, stretch="label")
        self.communes = PagedTable("Communes", _commune_look, stretch="name")
        for table, columns in ((self.themes, _THEMES), (self.communes, _COMMUNES)):
            table.lines.sortable = _never
            table.set_columns(columns)
        self.all_served = EmptyState("circle-check", "", "", "Voir toutes les communes", action_icon="list")
        self.choose = EmptyState("map", "Choisissez un territoire", _CHOOSE, "Choisir", action_icon="search")
        self.directory_button = Button("Voir ces partenaires", icon="list", size="small")
        self.new_button = Button("Nouveau partenaire pour cette commune", icon="plus", size="small")
        self._lay_out()
        self._connect()

    def enter(self, **arguments: Any) -> None:
        if key := arguments.get("area"):
            self.area.show_area(key, key)
        if self.area.read():
            self.refresh()
        else:
            self.desk.read(areas.home, then=self._begin)

    def take_focus(self) -> None:
        if self.shown is None:
            self.area.setFocus()
        else:
            self.themes.go_first()

    def refresh(self) -> None:
        """Read the table again."""
        key = self.area.read()
        if key:
            reach = Reach(self.reach.read())
            self.desk.read_latest("coverage", coverage_gaps.table, key, reach, then=self._show, failed=self._say)

    def export(self) -> None:
        key = self.area.read()
        if key:
            work = partial(_make, self.desk.workspace, key, Reach(self.reach.read()))
            self.desk.tasks.run_long(work, self._saving.offer, busy="Export de la couverture…")

    def open_directory(self) -> None:
        """The partners of the theme that cover the commune."""
        line = self.communes.current()
        if isinstance(line, CommuneLine):
            self.desk.shell.show_view("partners", theme=self._theme, commune_code=line.commune.code)

    def new_partner(self) -> None:
        """A sheet begun with this theme and this commune."""
        line = self.communes.current()
        if isinstance(line, CommuneLine):
            self.desk.shell.show_view("partners", theme=self._theme, commune_code=line.commune.code, begin=True)

    def _begin(self, key: str) -> None:
        if key:
            self.area.show_area(key, key)
            self.refresh()
        else:
            self._choosing(choosing=True)

    def _choosing(self, *, choosing: bool) -> None:
        """No territory yet: its field is all there is to look at."""
        self._tables.setVisible(not choosing)
        self._choose_card.setVisible(choosing)

    def _show(self, table: CoverageTable) -> None:
        self.shown = table
        self._choosing(choosing=False)
        self.area.show_area(table.place.key, table.place.label)
        lines = table.by_theme()
        rank = next((rank for rank, line in enumerate(lines) if line.code == self._theme), 0)
        self.themes.start(len(lines), lines)
        self.themes.setCurrentIndex(self.themes.lines.index(rank, 0))
        self._choose(lines[rank])

    def _choose(self, line: ThemeLine | None) -> None:
        if line is None or self.shown is None:
            return
        self._theme = line.code
        self._lines = self.shown.communes(line.code, bare=self.bare.isChecked())
        self.communes.start(len(self._lines), self._lines[:PAGE])
        total = len(self.shown.place.communes)
        if line.uncovered:
            bare = french.plural(line.uncovered, "commune")
            self._say(
                f"{line.label} : {bare} sur {french.show_number(total)} sans personne, "
                f"{french.show_number(line.inhabitants)} habitants."
            )
        else:
            self._say(f"{line.label} : {_everywhere(total)}." if self._lines else "")
        served = not self._lines
        self.all_served.title.setText(f"Personne ne manque : {line.label}")
        self.all_served.sentence.setText(f"Pour ce besoin, {_everywhere(total)}.")
        for label in (self.all_served.title, self.all_served.sentence):
            label.setVisible(served)
        self._right.setCurrentWidget(self.all_served if served else self._listed)
        self._enable()

    def _show_all(self) -> None:
        self.bare.setChecked(False)
        self.communes.go_first()

    def _again(self, _checked: object = None) -> None:
        current = self.themes.current()
        if isinstance(current, ThemeLine):
            self._choose(current)

    def _enable(self, _row: object = None) -> None:
        there = isinstance(self.communes.current(), CommuneLine)
        for button in (self.directory_button, self.new_button):
            button.setEnabled(there)

    def _want(self, offset: int) -> None:
        self.communes.take(offset, self._lines[offset : offset + PAGE])

    def _open(self, line: CommuneLine) -> None:
        if line.partners:
            self.open_directory()
        else:
            self.new_partner()

    def _say(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def _chosen_area(self, _what: object = None) -> None:
        self.refresh()

    def _connect(self) -> None:
        self.area.changed.connect(self._chosen_area)
        self.reach.activated.connect(self._chosen_area)
        self.bare.toggled.connect(self._again)
        self.themes.chosen.connect(self._choose)
        self.communes.chosen.connect(self._enable)
        self.communes.wanted.connect(self._want)
        self.communes.opened.connect(self._open)
        self.export_button.clicked.connect(self.export)
        self.all_served.acted.connect(self._show_all)
        self.choose.acted.connect(self.take_focus)
        self.directory_button.clicked.connect(self.open_directory)
        self.new_button.clicked.connect(self.new_partner)
        self.desk.changed.connect(self._refresh_if_seen)
        theme().changed.connect(self._fit)
        add = self.desk.shell.commands.add
        add(Action("coverage.export", "Exporter la couverture", self.export, "download", section=_SECTION), self)
        add(Action("coverage.new", "Partenaire pour la commune choisie", self.new_partner, "plus", "Ctrl+Shift+N",
                   section=_SECTION), self)  # fmt: skip

    def _lay_out(self) -> None:
        top = FlowLayout(gap=10, middle=True)
        for widget in (Label("Couverture", role="title"), self.area, self.reach, self.bare, self.export_button):
            top.addWidget(widget)
        left, right = Card(grow=True), Card(grow=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.directory_button)
        buttons.addWidget(self.new_button)
        buttons.addStretch(1)
        left.add(self.themes)
        self._listed = QWidget()
        listed = QVBoxLayout(self._listed)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.addLayout(buttons)
        listed.addWidget(self.communes, 1)
        self._right = QStackedWidget()
        self._right.addWidget(self._listed)
        self._right.addWidget(self.all_served)
        right.add(self._right)
        self._tables, self._choose_card = Columns(left, right, shares=(2, 3), enough=_BESIDE), Card(grow=True)
        self._choose_card.add(self.choose)
        self._choose_card.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addWidget(SectionTabs(self.desk.shell, "partners", "coverage"))
        whole.addLayout(top)
        whole.addWidget(self.told)
        whole.addWidget(self._tables, 1)
        whole.addWidget(self._choose_card, 1)
        self._fit()

    def _fit(self) -> None:
        self.area.setFixedWidth(theme().px(280))
        self.reach.setFixedWidth(theme().px(270))


def _everywhere(communes: int) -> str:
    return "la commune a quelqu’un" if communes == 1 else f"les {french.plural(communes, 'commune')} ont quelqu’un"


def _never(_key: str) -> bool:
    return False


def _theme_look(line: ThemeLine, key: str) -> Look | None:
    if key == "label":
        return Look(strong=True)
    return Look(tone="warning", icon="map-pin-off") if line.uncovered else Look(tone="success", icon="circle-check")


def _commune_look(line: CommuneLine, key: str) -> Look | None:
    if key == "name":
        return Look(strong=True)
    if key == "partners" and not line.partners:
        return Look(tone="warning", icon="map-pin-off")
    return None


def _make(workspace: Workspace, key: str, reach: Reach, progress: Progress) -> Document:
    progress.step(0, 1)
    made = workspace.read(coverage_book.book, key, reach)
    progress.step(1, 1)
    return made
