"""A few rows of amounts under heads, read and not edited: three years of a result, twelve months of treasury."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label, LabelTone
from boutique.ui.widgets.separator import Separator


class FiguresTable(QWidget):
    """`write(heads, rows)`: a row is words then figures; `strong` rows are totals, below zero is said in colour."""

    def __init__(self, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._labels: dict[tuple[int, int], Label] = {}
        self._shape: tuple[int, int] = (0, 0)

    def write(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, strong: Sequence[int] = (), below: str = "-"
    ) -> None:
        """`below` is the sign that makes a figure negative."""
        if self._shape != (len(rows), len(heads)):
            self._rebuild(len(rows), heads, strong)
        for column, text in enumerate(heads):
            self._labels[0, column].setText(text)
        for rank, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                label = self._labels[rank, column]
                label.setText(text)
                if column:
                    label.set_tone("danger" if text.startswith(below) else "ink")
            self._labels[rank, 0].setAccessibleName(", ".join(row))
        self.setAccessibleDescription("; ".join(", ".join(row) for row in rows))

    def _rebuild(self, rows: int, heads: Sequence[str], strong: Sequence[int]) -> None:
        empty(self._grid)
        self._labels.clear()
        self._shape = (rows, len(heads))
        for rank in range(rows + 1):
            for column in range(len(heads)):
                bold = rank - 1 in strong
                tone: LabelTone = "ink" if rank else "muted"
                if column:
                    label = Label(role="figure_strong" if bold else "figure" if rank else "label", tone=tone)
                    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                else:
                    label = Label(role="strong" if bold else "body" if rank else "label", tone=tone, wrap=True)
                self._labels[rank, column] = label
                self._grid.addWidget(label, 2 * rank, column)
            if not rank:
                self._grid.addWidget(Separator(), 1, 0, 1, len(heads))
        self._grid.setColumnStretch(0, 1)
