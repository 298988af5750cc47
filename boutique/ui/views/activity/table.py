"""The table of figures of Activité: each figure that can be traced opens the files behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from boutique.core import french
from boutique.services.month import IndicatorLine
from boutique.ui.theme.manager import set_look, theme

_DASH = "—"
_ROW = 31
_WHAT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure counts: which indicator, over which period, narrowed to whom."""

    key: str
    label: str
    period: str  # month, previous or year
    part: str
    shown: str


class FiguresTable(QTableWidget):
    """`opened(Cell)` on a press or Enter on a figure."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[IndicatorLine] = ()
        self._previous, self._year = "", 0
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

    def write(self, lines: Sequence[IndicatorLine], previous: str, year: int) -> None:
        self._lines, self._previous, self._year = lines, previous, year
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

    def _fill(self) -> None:
        titles = (
            "Indicateur",
            "Mois",
            self._previous,
            f"Cumul {self._year}",
            "Objectif",
            "Avancement",
            "Femmes",
            "QPV",
        )
        self.clear()
        self.setRowCount(len(self._lines))
        self.setColumnCount(len(titles))
        for column, title in enumerate(titles):
            head = QTableWidgetItem(title)
            head.setFont(theme().font("label"))
            head.setTextAlignment(_side(column) | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, head)
        for row, line in enumerate(self._lines):
            self.setRowHeight(row, theme().px(_ROW))
            self._fill_row(row, line)
        self._share()

    def _fill_row(self, row: int, line: IndicatorLine) -> None:
        name = QTableWidgetItem(line.label)
        name.setFont(theme().font("label"))
        name.setToolTip(line.definition)
        self.setItem(row, 0, name)
        numbers = (
            (line.month, "month", ""), (line.previous, "previous", ""), (line.year, "year", ""),
            (line.target, "", ""), (None, "", ""), (line.women, "month", "women"), (line.qpv, "month", "qpv"),
        )  # fmt: skip
        for column, (value, period, part) in enumerate(numbers, 1):
            shown = _DASH if value is None else french.show_number(value, line.decimals)
            if column == 5:
                shown = french.show_percent(line.progress)
            item = QTableWidgetItem(shown)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setFont(theme().font("figure"))
            if value and period:
                item.setData(_WHAT, Cell(line.key, line.label, period, part, shown))
                item.setToolTip("Voir les dossiers derrière ce chiffre")
            if column == 1 and value:
                face = theme().font("figure_strong")
                face.setUnderline(True)
                item.setFont(face)
                item.setForeground(QColor(theme().tokens.primary))
            self.setItem(row, column, item)

    def _share(self) -> None:
        """The names take what the figures leave; figures are never cut, the table scrolls before."""
        if not self.columnCount():
            return
        header = self.horizontalHeader()
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        spare = self._spare()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if spare < 0 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.horizontalScrollBarPolicy():
            self.setHorizontalScrollBarPolicy(policy)
        self.setFixedHeight(self._tall())
        spare = self._spare()  # once more: a new height may have come with a new width, and shared it already
        if spare > 0:
            each = spare // self.columnCount()
            for column in range(self.columnCount()):
                self.setColumnWidth(column, self.columnWidth(column) + each)
            self.setColumnWidth(0, self.columnWidth(0) + spare - each * self.columnCount())

    def _spare(self) -> int:
        return self.viewport().width() - sum(self.columnWidth(column) for column in range(self.columnCount()))

    def _open(self, row: int, column: int) -> None:
        cell = self.cell(row, column)
        if cell is not None:
            self.opened.emit(cell)

    def _point(self, row: int, column: int) -> None:
        hand = self.cell(row, column) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
