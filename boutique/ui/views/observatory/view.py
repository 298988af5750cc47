"""The screen of the observatory: a year, a level, a territory; nothing on it can be undone by subtraction."""

import uuid
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import areas, external, observatory, observatory_book, observatory_table
from boutique.services.areas import Place
from boutique.services.documents import Document
from boutique.services.external import SourceLine
from boutique.services.external_reading import EVERYTHING
from boutique.services.observatory import THRESHOLDS, Grid
from boutique.services.observatory_counts import MEASURES
from boutique.services.observatory_table import Row, Shape
from boutique.services.workspace import Workspace
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.saving import FileSaving
from boutique.ui.tasks import Progress
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.area_picker import AreaPicker
from boutique.ui.views.observatory.sources import SourcesPage
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.horizontal_bars import Bar, HorizontalBars
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.paged_table import PAGE, Look, PagedTable
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.segmented import Segmented

_SECTION = "Activité"
_MASKED = "masqué"
_BARS = 12
_LETTER = 8  # width of a letter of a title
_TABLE, _CHART, _PARTNERS = "table", "chart", "partners"
_SIDES = ((_TABLE, "Tableau"), (_CHART, "Graphique"), (_PARTNERS, "Partenaires"))
_ALONE = "Sans donnée de partenaire"
_LEVELS = ((Shape.COMMUNE, "Communes"), (Shape.EPCI, "Intercommunalités"), (Shape.OWN, "Nos territoires"))
_NO_OWN = "Aucun territoire à nous : dessinez-en dans Réglages › Territoires."
_TRY = "Une personne compte dans la commune de son dossier, l’année où elle est reçue."
_PROVISIONAL = "Année en cours : à l’écran seulement, le fichier se fait quand l’année est finie."


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the table."""

    key: str
    title: str
    width: int

    def getter(self, row: Row) -> str:
        if self.key == "label":
            return row.label
        if self.key == "population":
            return french.show_number(row.population) if row.population else ""
        if self.key == "rate":
            rate = row.rate(MEASURES[0].key)
            return "" if rate is None else french.show_number(rate, 1)
        value = row.values[self.key]
        return _MASKED if value is None else french.show_number(value)


_COLUMNS = (
    _Column("label", "Territoire", 330),
    _Column("population", "Habitants", 86),
    _Column("received", "Reçues", 66),
    _Column("rate", "/ 1 000 hab.", 94),
    *(
        _Column(one.key, one.short or one.title, max(77, _LETTER * len(one.short or one.title) + 18))
        for one in MEASURES[1:]
    ),
)


_BESIDE = _Column(observatory_table.BESIDE, "Partenaire", 104)


class ObservatoryView(View):
    """`enter(year=…)` opens a year."""

    title = "Observatoire"
    rail = "activity"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.grid: Grid | None = None
        self.place: Place | None = None
        self.rows: tuple[Row, ...] = ()
        self.year = ComboBox([], empty=None, accessible="Année")
        self.level = Segmented(_LEVELS, accessible="Niveau", optional=False)
        self.area = AreaPicker(desk)
        self.area.setPlaceholderText("Tous les territoires")
        self.threshold = ComboBox(
            [(least, f"Seuil : {least} personnes") for least in THRESHOLDS], empty=None, accessible="Seuil de secret"
        )
        self.export_button = Button("Exporter…", icon="download")
        self.told = Label(role="small", tone="muted", wrap=True)
        self.table = PagedTable("Observatoire", _look, stretch="label")
        self.table.lines.sortable = _never
        self.table.set_columns(_COLUMNS)
        self.nobody = EmptyState("map", "", _TRY, "Voir une autre année", action_icon="calendar-range")
        self.measure = ComboBox(
            [(one.key, one.title) for one in MEASURES], empty=None, accessible="Chiffre du graphique"
        )
        self.bars = HorizontalBars("Premiers territoires", track=False)
        self.side = Segmented(_SIDES, accessible="Présentation", optional=False)
        self.sources = SourcesPage(desk)
        self._saving = FileSaving(desk, self)
        self.compare = ComboBox([], empty=_ALONE, accessible="Comparer à une donnée de partenaire")
        self._lay_out()
        self._connect()

    def enter(self, **arguments: Any) -> None:
        if side := arguments.get("side"):
            self.side.write(side)
            self._turn(side)
        self.sources.refresh()
        self.desk.read(observatory.years, then=partial(self._take_years, arguments.get("year")))

    def take_focus(self) -> None:
        self.table.go_first()

    def go_back(self) -> bool:
        """Escape: everywhere again."""
        if self.place is None:
            return False
        self.area.write("")
        self._everywhere()
        return True

    def refresh(self) -> None:
        """Count the year again."""
        year = self.year.read()
        if year is not None:
            work = partial(_read, self.desk.workspace, int(year))
            self.desk.tasks.run_long(work, self._take, busy="Observatoire…", context=self)

    def menu(self) -> QMenu:
        """The two files that a finished year makes."""
        menu = QMenu(self)
        for key, words in (("xlsx", "Classeur…"), ("csv", "Liste CSV…")):
            menu.addAction(words).triggered.connect(partial(self.export, key))
        return menu

    def export(self, suffix: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        if self.grid is not None:
            work = partial(_make, self.desk.workspace, self.grid, suffix)
            self.desk.tasks.run_long(work, self._saving.offer, self._refused, busy="Export de l’observatoire…")

    def _take_years(self, wanted: object, years: tuple[int, ...]) -> None:
        chosen = wanted or self.year.read() or years[min(1, len(years) - 1)]  # the last one that is over
        self.year.set_options([(year, str(year)) for year in years])
        self.year.write(chosen)
        self.refresh()

    def _take(self, grid: Grid) -> None:
        self.grid = grid
        self.threshold.write(grid.threshold)
        self.export_button.setEnabled(grid.finished)
        self.export_button.setToolTip("" if grid.finished else _PROVISIONAL)
        self._compare()

    def _offer(self, sources: tuple[SourceLine, ...]) -> None:
        """What may be compared: each measure of each source."""
        chosen = self.compare.read()
        options = [
            (_pair(source.id, measure), source.name if measure == EVERYTHING else f"{source.name} : {measure}")
            for source in sources
            for measure in source.measures
        ]
        self.compare.set_options(options)
        self.compare.write(chosen if chosen in dict(options) else None)
        self.compare.setVisible(bool(options))
        if chosen != self.compare.read():
            self._compare()

    def _compare(self, _index: int = 0) -> None:
        if self.grid is None:
            return
        pair = self.compare.read()
        if pair is None:
            self.grid = replace(self.grid, beside=None)
            self._show()
        else:
            source, _, measure = str(pair).partition("/")
            self.desk.read_latest(
                "observatory beside", external.compare, self.grid, uuid.UUID(source), measure, then=self._compared
            )

    def _compared(self, grid: Grid) -> None:
        self.grid = grid
        self._show()

    def _show(self, _what: object = None) -> None:
        if self.grid is None:
            return
        inside = frozenset(commune.code for commune in self.place.communes) if self.place else None
        level = Shape(self.level.read())
        self.table.set_columns(_COLUMNS if self.grid.beside is None else (*_COLUMNS[:4], _BESIDE, *_COLUMNS[4:]))
        self.rows = observatory_table.rows(self.grid, level, inside)
        self.table.start(len(self.rows), self.rows[:PAGE])
        undrawn = level is Shape.OWN and not self.grid.own
        nobody = not undrawn and all(row.shape is Shape.TOTAL for row in self.rows)
        self.nobody.title.setText(f"Personne n’est noté en {self.year.currentText()}")
        self.nobody.title.show()
        self._listed.setCurrentWidget(self.nobody if nobody else self.table)
        self._tell(level)
        self._draw()

    def _tell(self, level: Shape) -> None:
        if self.grid is None:
            return
        provisional = "" if self.grid.finished else f"{_PROVISIONAL} "
        if not self.grid.own and level is Shape.OWN:
            self.told.setText(_NO_OWN)
        elif not any(row.shape is not Shape.TOTAL for row in self.rows):
            self.told.setText(provisional.strip())
        else:
            least = self.grid.threshold
            beside = f" {self.grid.beside.title} : {self.grid.beside.source}." if self.grid.beside else ""
            self.told.setText(
                f"{provisional}De 1 à {least - 1} personnes, un chiffre est masqué, avec ce qui permettrait de le "
                f"retrouver.{beside}"
            )

    def _draw(self, _what: object = None) -> None:
        found = observatory_table.shown(self.rows, str(self.measure.read()))[:_BARS]
        most = max((value for _, value in found), default=0)
        self.bars.write([Bar(label, 0.8 * value / most, french.show_number(value)) for label, value in found])

    def _turn(self, side: object) -> None:
        self._pages.setCurrentIndex([key for key, _ in _SIDES].index(str(side)))

    def _choose_area(self) -> None:
        key = self.area.read()
        if key:
            self.desk.read_latest("observatory area", areas.place, key, then=self._take_place)
        elif not self.area.text().strip():
            self._everywhere()

    def _take_place(self, place: Place) -> None:
        self.place = place
        self._show()

    def _everywhere(self) -> None:
        self.place = None
        self._show()

    def _choose_threshold(self, _index: int) -> None:
        self.desk.keep(observatory.set_threshold, int(self.threshold.read()), then=self._kept)

    def _kept(self, _nothing: None) -> None:
        self.refresh()

    def _choose_year(self, _index: int) -> None:
        self.refresh()

    def _want(self, offset: int) -> None:
        self.table.take(offset, self.rows[offset : offset + PAGE])

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.export_button.mapToGlobal(self.export_button.rect().bottomLeft()))

    def _export_book(self) -> None:
        self.export("xlsx")

    def _refused(self, sentence: str) -> None:
        self.desk.shell.notify(sentence, "warning")

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.sources.refresh()
            self.refresh()

    def _connect(self) -> None:
        self.year.activated.connect(self._choose_year)
        self.level.changed.connect(self._show)
        self.side.changed.connect(self._turn)
        self.sources.changed.connect(self._offer)
        self.compare.activated.connect(self._compare)
        self.area.changed.connect(self._choose_area)
        self.area.textChanged.connect(self._choose_area)
        self.threshold.activated.connect(self._choose_threshold)
        self.measure.activated.connect(self._draw)
        self.table.wanted.connect(self._want)
        self.nobody.acted.connect(self.year.showPopup)
        self.export_button.clicked.connect(self._open_menu)
        self.desk.changed.connect(self._refresh_if_seen)
        theme().changed.connect(self._fit)
        add = self.desk.shell.commands.add
        add(Action("observatory.export", "Exporter l’observatoire en classeur", self._export_book, "download",
                   section=_SECTION), self)  # fmt: skip

    def _lay_out(self) -> None:
        top = FlowLayout(gap=10, middle=True)
        for widget in (Label("Observatoire", role="title"), self.year, self.level, self.area, self.threshold,
                       self.compare, self.side, self.export_button):  # fmt: skip
            top.addWidget(widget)
        self.level.write(Shape.COMMUNE)
        self.side.write(_TABLE)
        listed, drawn = Card(grow=True), Card("Premiers territoires", action=self.measure)
        self._listed = QStackedWidget()
        self._listed.addWidget(self.table)
        self._listed.addWidget(self.nobody)
        listed.add(self._listed)
        drawn.add(self.bars)
        chart = ScrollColumn()
        chart.add(drawn)
        self._pages = QStackedWidget()
        self._pages.addWidget(listed)
        self._pages.addWidget(chart)
        self._pages.addWidget(self.sources)
        self.compare.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addWidget(SectionTabs(self.desk.shell, "activity", "observatory"))
        whole.addLayout(top)
        whole.addWidget(self.told)
        whole.addWidget(self._pages, 1)
        self._fit()

    def _fit(self) -> None:
        self.year.setFixedWidth(theme().px(92))
        self.threshold.setFixedWidth(theme().px(192))
        self.area.setFixedWidth(theme().px(210))
        self.compare.setFixedWidth(theme().px(240))
        self.measure.setFixedWidth(theme().px(190))


def _pair(source_id: uuid.UUID, measure: str) -> str:
    return f"{source_id}/{measure}"


def _never(_key: str) -> bool:
    return False


def _look(row: Row, key: str) -> Look | None:
    if key in row.values and row.values[key] is None:
        return Look(tone="neutral", about="Masqué : trop petit, ou permettrait d’en retrouver un autre")
    return Look(strong=True) if key == "label" or row.shape is Shape.TOTAL else None


def _read(workspace: Workspace, year: int, progress: Progress) -> Grid:
    return workspace.read(observatory.grid, year, step=progress.step)


def _make(workspace: Workspace, grid: Grid, suffix: str, progress: Progress) -> Document:
    progress.step(0, 1)
    made = observatory_book.listing(grid) if suffix == "csv" else workspace.read(observatory_book.workbook, grid)
    progress.step(1, 1)
    return made
