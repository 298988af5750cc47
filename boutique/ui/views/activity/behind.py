"""What is behind a figure or a control of Activité: the files, each a press away, and how a figure breaks down."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from boutique.core import french
from boutique.services.activity_page import Behind
from boutique.ui.theme.manager import theme
from boutique.ui.views.activity.breakdown import BreakdownCard
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.segmented import Segmented
from boutique.ui.widgets.tips import plain_tip

_CASE = Qt.ItemDataRole.UserRole
_ROW = 34


@dataclass(frozen=True, slots=True)
class Line:
    """One line as shown; without `case_id` there is nothing to open (an anonymous visit)."""

    case_id: uuid.UUID | None
    cells: tuple[str, ...]


class FilesBehind(QWidget):
    """`opened(case_id)` on a double press, Enter or « Ouvrir le dossier »; `exported`; `closed` to go back."""

    opened = Signal(object)
    exported = Signal()
    closed = Signal()
    asked = Signal()  # another side, dimension or value was chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self.back = GhostButton("Activité", icon="arrow-left", hint="Échap")
        self.heading = ElidedLabel(role="title")
        self.count = Label(tone="muted")
        self.export_button = Button("Exporter", icon="file-spreadsheet", size="large")
        self.export_button.setToolTip("Ces lignes et la liste de suivi de leurs dossiers, par référence")
        self.open_button = Button("Ouvrir le dossier", icon="folder-open", hint="↵", size="large")
        self.table = _Table()
        self.side = Segmented(
            [("part", "Comptés"), ("whole", "Sur l’ensemble")], accessible="De la part", optional=False
        )
        self.breakdown = BreakdownCard()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self.heading, 1)
        head.addWidget(self.side)
        head.addWidget(self.count)
        head.addWidget(self.export_button)
        head.addWidget(self.open_button)
        card = Card(grow=True)
        card.add(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 14)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(Columns(card, self.breakdown, shares=(760, 330)), 1)
        self.side.changed.connect(self._ask)
        self.breakdown.changed.connect(self.asked)
        self.back.clicked.connect(self.closed)
        self.export_button.clicked.connect(self.exported)
        self.open_button.clicked.connect(self._open_current)
        self.table.wanted.connect(self._open_current)
        self.table.currentCellChanged.connect(self._moved)

    def write(self, title: str, columns: Sequence[str], lines: Sequence[Line]) -> None:
        """A list without breakdowns."""
        self.side.hide()
        self.count.show()
        self.breakdown.hide()
        self._write(title, columns, lines)

    def write_figure(self, title: str, columns: Sequence[str], lines: Sequence[Line], found: Behind) -> None:
        """The lines behind a figure, both sides of a share, its breakdowns."""
        share = found.fraction is not None
        self.side.setVisible(share)
        self.count.setHidden(share)
        if found.fraction is not None:
            self.side.set_text(0, f"Comptés · {french.show_number(found.fraction.part)}")
            self.side.set_text(1, f"Sur · {french.show_number(found.fraction.whole)}")
        self.side.write(found.asked.side)
        self.breakdown.setVisible(bool(found.dimensions))
        self.breakdown.write(found)
        self._write(title, columns, lines)
        self.export_button.setEnabled(bool(lines))

    def choices(self) -> tuple[str, str, tuple[str, Any] | None]:
        """The side of a share, the dimension, the value of it that the list is narrowed to."""
        return self.side.read(), self.breakdown.dimension(), self.breakdown.within()

    def _ask(self, _side: object) -> None:
        self.asked.emit()

    def _write(self, title: str, columns: Sequence[str], lines: Sequence[Line]) -> None:
        self._lines = lines
        self.heading.setText(title)
        self.count.setText(french.plural(len(lines), "ligne"))
        self.table.fill(columns, lines)
        self.export_button.setEnabled(bool(self.cases()))
        self._moved()

    def cases(self) -> tuple[uuid.UUID, ...]:
        """The files of the list, each once."""
        return tuple(dict.fromkeys(line.case_id for line in self._lines if line.case_id is not None))

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, *_cells: int) -> None:
        self.open_button.setEnabled(self.table.current_case() is not None)

    def _open_current(self) -> None:
        case_id = self.table.current_case()
        if case_id is not None:
            self.opened.emit(case_id)


class _Table(QTableWidget):
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Dossiers derrière ce chiffre")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.cellDoubleClicked.connect(self.wanted)
        theme().changed.connect(self._fit)

    def fill(self, columns: Sequence[str], lines: Sequence[Line]) -> None:
        self.clear()
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels(list(columns))
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(line.cells):
                item = QTableWidgetItem(text)
                item.setData(_CASE, line.case_id)
                item.setToolTip(plain_tip(text))
                self.setItem(row, column, item)
        self._fit()
        header = self.horizontalHeader()
        for column in range(len(columns)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.resizeColumnToContents(0)
        self.setColumnWidth(0, self.columnWidth(0) + theme().px(16))
        if lines:
            self.setCurrentCell(0, 0)

    def current_case(self) -> uuid.UUID | None:
        item = self.item(self.currentRow(), 0)
        found = item.data(_CASE) if item is not None else None
        return found if isinstance(found, uuid.UUID) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        self.horizontalHeader().setFont(theme().font("label"))
        self.verticalHeader().setDefaultSectionSize(theme().px(_ROW))
        for row in range(self.rowCount()):
            self.setRowHeight(row, theme().px(_ROW))
