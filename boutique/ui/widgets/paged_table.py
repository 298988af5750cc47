"""A long list as a table: rows are asked for page by page as they come into sight, and sorted where they are stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from boutique.ui.theme import icons
from boutique.ui.theme.manager import set_role, theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.tips import plain_tip

PAGE = 200
_KEPT_PAGES = 30
_ROW, _ICON = 38, 16
_LEAST_SHARE = 0.6  # of the width of the column that gives way
_ROLE = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex


class Column(Protocol):
    """What a table needs to know of a column; services declare them."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def getter(self) -> Callable[[Any], str]: ...
    @property
    def width(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell differs from the others: weight, tone, icon, longer words for tooltip and screen readers."""

    strong: bool = False
    tone: Tone | None = None
    icon: str = ""
    about: str = ""


class PagedModel(QAbstractTableModel):
    """Knows how many rows there are and holds the pages it was given; asks for nothing itself."""

    def __init__(self, look: Callable[[Any, str], Look | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self.sorted_by: tuple[str, bool] = ("", False)
        self.sortable: Callable[[str], bool] = bool
        self._look = look
        self._total = 0
        self._pages: dict[int, Sequence[Any]] = {}

    def set_columns(self, columns: Sequence[Column]) -> None:
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def start(self, total: int, rows: Sequence[Any]) -> None:
        """Another list, with its first page."""
        self.beginResetModel()
        self._total, self._pages = total, {0: rows}
        self.endResetModel()

    def take(self, offset: int, rows: Sequence[Any]) -> None:
        """A page that was missing."""
        while len(self._pages) >= _KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[offset // PAGE] = rows
        if rows and self.columns:
            last = self.index(min(offset + len(rows), self._total) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(offset, 0), last)

    def lacks(self, row: int) -> bool:
        return 0 <= row < self._total and row // PAGE not in self._pages

    def row(self, number: int) -> Any | None:
        """The record of a line, None while its page is on its way."""
        page = self._pages.get(number // PAGE, ())
        return page[number % PAGE] if 0 <= number % PAGE < len(page) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        row, column = self.row(index.row()), self.columns[index.column()]
        if row is None:
            return "…" if role == _ROLE.DisplayRole and index.column() == 0 else None
        if role == _ROLE.DisplayRole:
            return column.getter(row)
        look = self._look(row, column.key)
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            text = (look.about if look else "") or column.getter(row)
            return f"{column.title} : {text}" if role == _ROLE.AccessibleTextRole else plain_tip(text)
        return _looked(look, role) if look is not None else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        key, descending = self.sorted_by
        if role == _ROLE.DisplayRole:
            return f"{column.title} {'↓' if descending else '↑'}" if column.key == key else column.title
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == _ROLE.ToolTipRole:
            return f"Trier par « {column.title} »" if self.sortable(column.key) else column.title
        return None


class PagedTable(QTableView):
    """`wanted(offset)` asks for a page; `opened(row)`: Enter or double click; `typed(text)`: somebody starts typing."""

    wanted = Signal(int)
    opened = Signal(object)
    chosen = Signal(object)
    typed = Signal(str)
    sort_asked = Signal(str)

    def __init__(
        self,
        accessible: str,
        look: Callable[[Any, str], Look | None],
        *,
        stretch: str = "",
        several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible)
        self.lines = PagedModel(look, self)
        self._stretch, self._asked = stretch, set[int]()
        self.setModel(self.lines)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(48)
        set_role(header, "label")
        header.sectionClicked.connect(self._sort_clicked)
        self.verticalScrollBar().valueChanged.connect(self._want_visible)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(self._open_index)
        theme().changed.connect(self._fit)
        self._fit()

    def set_columns(self, columns: Sequence[Column]) -> None:
        self.lines.set_columns(columns)
        self._fit()

    def start(self, total: int, rows: Sequence[Any]) -> None:
        """Show another list; the line that was current stays current when there still is one."""
        kept = self.currentIndex().row()
        self._asked = {0}
        self.lines.start(total, rows)
        self._fit()
        if total and kept >= 0:
            self.setCurrentIndex(self.lines.index(min(kept, total - 1), 0))
        self._want_visible()

    def take(self, offset: int, rows: Sequence[Any]) -> None:
        self._asked.discard(offset)
        self.lines.take(offset, rows)

    def current(self) -> Any | None:
        return self.lines.row(self.currentIndex().row())

    def chosen_lines(self) -> tuple[int, ...]:
        """Lines of the list that are selected, in its order."""
        ranges = self.selectionModel().selection()
        parts = [ranges.at(number) for number in range(ranges.size())]
        return tuple(sorted({line for part in parts for line in range(part.top(), part.bottom() + 1)}))

    def go_first(self) -> None:
        """The keyboard arrives: the first line is current if none was."""
        if self.currentIndex().row() < 0 and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0, 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; a letter goes to the search of the view."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open_index(self.currentIndex())
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
        self._want_visible()

    def _fit(self) -> None:
        """Widths grow with the text; what is left over, or lacking, goes to one column."""
        if not self.lines.columns:
            return
        self.verticalHeader().setDefaultSectionSize(theme().px(_ROW))
        self.setIconSize(QSize(theme().px(_ICON), theme().px(_ICON)))
        widths = [theme().px(column.width) for column in self.lines.columns]
        keys = [column.key for column in self.lines.columns]
        widest = keys.index(self._stretch) if self._stretch in keys else widths.index(max(widths))
        room = self.viewport().width() - sum(widths)
        widths[widest] = max(round(widths[widest] * _LEAST_SHARE), widths[widest] + room)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)

    def _want_visible(self) -> None:
        """Ask for the pages in sight that are not there."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        last = self.lines.rowCount() - 1 if last < 0 else last
        for row in {max(first, 0), max(last, 0)}:
            offset = row // PAGE * PAGE
            if self.lines.lacks(row) and offset not in self._asked:
                self._asked.add(offset)
                self.wanted.emit(offset)

    def _sort_clicked(self, section: int) -> None:
        key = self.lines.columns[section].key
        if self.lines.sortable(key):
            self.sort_asked.emit(key)

    def _moved(self, current: QModelIndex) -> None:
        self.chosen.emit(self.lines.row(current.row()) if current.isValid() else None)

    def _open_index(self, index: QModelIndex) -> None:
        row = self.lines.row(index.row())
        if row is not None:
            self.opened.emit(row)


def _looked(look: Look, role: int) -> Any:
    tokens = theme().tokens
    if role == _ROLE.FontRole and look.strong:
        return theme().font("strong")
    if role == _ROLE.ForegroundRole and look.tone is not None:
        return QColor(tokens.tone(look.tone))
    if role == _ROLE.DecorationRole and look.icon:
        made: QIcon = icons.icon(look.icon, tokens.tone(look.tone or "neutral"), theme().px(_ICON))
        return made
    return None
