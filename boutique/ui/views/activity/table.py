"""The table of figures of Activité: each figure that can be traced opens the files behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from boutique.core import french
from boutique.services.month import IndicatorLine
from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.tips import plain_tip

_ROW, _SHORTEST_NAME = 31, 150
_WHAT = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class _Column:
    """`shows` is an attribute of a line; without `period` there is nothing to open."""

    title: str
    shows: str
    period: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure counts: which indicator, over which period, narrowed to whom."""

    key: str
    label: str
    period: str  # period, previous, last_year or year
    part: str
    shown: str
    share: bool


@dataclass(frozen=True, slots=True)
class Heads:
    """How the columns of a period are called; without `year` the period is the year itself."""

    period: str
    previous: str = ""
    last_year: str = ""
    year: str = ""


class FiguresTable(QTableWidget):
    """`opened(Cell)` on a press or Enter on a figure; `named(key)` on a press or Enter on what it is called."""

    opened = Signal(object)
    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[IndicatorLine] = ()
        self._heads, self._chart = Heads(""), ""
        self.setAccessibleName("Indicateurs")
        set_look(self, dense=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(30)
        self.cellActivated.connect(self._open)
        self.cellClicked.connect(self._open)
        self.cellEntered.connect(self._point)
        theme().changed.connect(self._fill)

    def write(self, lines: Sequence[IndicatorLine], heads: Heads, chart: str) -> None:
        """`chart` is the key of the figure that is drawn month by month."""
        self._lines, self._heads, self._chart = lines, heads, chart
        self._fill()

    def cell(self, row: int, column: int) -> Cell | None:
        item = self.item(row, column)
        found = item.data(_WHAT) if item is not None else None
        return found if isinstance(found, Cell) else None

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint().width(), self._tall())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(280), self._tall())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share()

    def _tall(self) -> int:
        scrolls = self.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        beneath = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        return self.horizontalHeader().sizeHint().height() + theme().px(_ROW) * self.rowCount() + beneath + 2

    def _columns(self) -> list[_Column]:
        """(title, what it shows, the period it counts, of whom) of each column of figures."""
        heads = self._heads
        found = [_Column(heads.period, "month", "period")]
        if heads.previous:
            found.append(_Column(heads.previous, "previous", "previous"))
        found.append(_Column(heads.last_year, "last_year", "last_year"))
        if heads.year:
            found.append(_Column(heads.year, "year", "year"))
        if any(line.target for line in self._lines):
            found += [_Column("Objectif", "target"), _Column("Avancement", "progress")]
        return [*found, _Column("Femmes", "women", "period", "women"), _Column("QPV", "qpv", "period", "qpv")]

    def _fill(self) -> None:
        columns = self._columns()
        self.clear()
        self.setRowCount(len(self._lines))
        self.setColumnCount(len(columns) + 1)
        for number, title in enumerate(("Indicateur", *(column.title for column in columns))):
            head = QTableWidgetItem(title)
            head.setFont(theme().font("label"))
            head.setTextAlignment(_side(number) | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(number, head)
        for row, line in enumerate(self._lines):
            self.setRowHeight(row, theme().px(_ROW))
            self._fill_row(row, line, columns)
        self._share()

    def _fill_row(self, row: int, line: IndicatorLine, columns: Sequence[_Column]) -> None:
        name = QTableWidgetItem(line.label)
        name.setFont(theme().font("label"))
        name.setToolTip(plain_tip(line.definition if line.counted else f"{line.definition} {line.reason}"))
        name.setData(_NAME, line.key if line.counted else None)
        if not line.counted or line.key == self._chart:
            name.setForeground(QColor(theme().tokens.primary if line.counted else theme().tokens.muted))
        self.setItem(row, 0, name)
        for number, column in enumerate(columns, 1):
            value = getattr(line, column.shows)
            shown = french.show_percent(value) if column.shows == "progress" else line.show(value)
            item = QTableWidgetItem(shown)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setFont(theme().font("figure"))
            if value and column.period:
                item.setData(_WHAT, Cell(line.key, line.label, column.period, column.part, shown, line.share))
                item.setToolTip("Voir les dossiers derrière ce chiffre")
            if column.shows == "month" and line.corrected:
                item.setToolTip(f"Déclaré : {shown}. Compté aujourd’hui : {line.show(line.now)}")
            if number == 1 and value:
                face = theme().font("figure_strong")
                face.setUnderline(True)
                item.setFont(face)
                item.setForeground(QColor(theme().tokens.primary))
            self.setItem(row, number, item)

    def _share(self) -> None:
        """Figures are never cut; a name is, when there is no room for it, and beyond that the table scrolls."""
        if not self.columnCount():
            return
        header = self.horizontalHeader()
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        whole = self.columnWidth(0)
        self.setColumnWidth(0, min(whole, theme().px(_SHORTEST_NAME)))
        spare = self._spare()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if spare < 0 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.horizontalScrollBarPolicy():
            self.setHorizontalScrollBarPolicy(policy)
        self.setFixedHeight(self._tall())
        spare = self._spare()  # once more: a new height may have come with a new width, and shared it already
        self.setColumnWidth(0, self.columnWidth(0) + max(0, min(spare, whole - self.columnWidth(0))))
        spare = self._spare()
        if spare > 0:
            each = spare // self.columnCount()
            for column in range(self.columnCount()):
                self.setColumnWidth(column, self.columnWidth(column) + each)
            self.setColumnWidth(0, self.columnWidth(0) + spare - each * self.columnCount())

    def _spare(self) -> int:
        return self.viewport().width() - sum(self.columnWidth(column) for column in range(self.columnCount()))

    def _open(self, row: int, column: int) -> None:
        cell, name = self.cell(row, column), self._name(row, column)
        if cell is not None:
            self.opened.emit(cell)
        elif name:
            self.named.emit(name)

    def _name(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return (item.data(_NAME) or "") if item is not None else ""

    def _point(self, row: int, column: int) -> None:
        hand = self.cell(row, column) is not None or bool(self._name(row, column))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
