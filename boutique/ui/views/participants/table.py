"""The table of participants: one line each, what is missing in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from boutique.core import french
from boutique.services.participants import ParticipantLine
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.tips import plain_tip

_TITLES = ("Nom", "Entrée", "Sortie", "Six mois", "À compléter")
_ROW, _ROWS_SHOWN, _MISSING = 34, 14, 4


class ParticipantTable(QTableWidget):
    """`chosen(line)` when another line is current, `opened(line)` on Enter or a double press."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_TITLES), parent)
        self._lines: Sequence[ParticipantLine] = ()
        self.setAccessibleName("Participants")
        self.setHorizontalHeaderLabels(list(_TITLES))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(_ROW))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(len(_TITLES) - 1, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(theme().px(_ROW) * _ROWS_SHOWN)
        self.currentCellChanged.connect(self._moved)
        self.cellDoubleClicked.connect(self._pressed)

    def write(self, lines: Sequence[ParticipantLine]) -> None:
        """The line that was current stays so when it is still there."""
        kept = self.current()
        self._lines = lines
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(_cells(line)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self.setItem(row, column, item)
        here = next((n for n, line in enumerate(lines) if kept is not None and line.id == kept.id), -1)
        self.setCurrentCell(here, 0)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own

    def current(self) -> ParticipantLine | None:
        row = self.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        line = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None:
            self.opened.emit(line)
        else:
            super().keyPressEvent(event)

    def _moved(self, row: int, _column: int, before: int, _before_column: int) -> None:
        if row != before and 0 <= row < len(self._lines):
            self.chosen.emit(self._lines[row])

    def _pressed(self, row: int, _column: int) -> None:
        self.opened.emit(self._lines[row])


def _cells(line: ParticipantLine) -> tuple[str, ...]:
    told = ", ".join(one.label for one in line.missing[:_MISSING])
    more = f" et {french.plural(len(line.missing) - _MISSING, 'autre')}" if len(line.missing) > _MISSING else ""
    return (
        line.name,
        french.show_date(line.entered_on),
        french.show_date(line.ended_on) if line.ended_on else "en cours",
        _after(line),
        f"{told}{more}" if told else "complet",
    )


def _after(line: ParticipantLine) -> str:
    if line.answered:
        return "répondu"
    return f"le {french.show_date(line.due_on)}" if line.due_on else ""
