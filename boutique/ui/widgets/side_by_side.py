"""Fields on one line of a form, each with its share of the width."""

from PySide6.QtWidgets import QHBoxLayout, QWidget


def side_by_side(*parts: QWidget, gap: int = 8, shares: tuple[int, ...] = ()) -> QHBoxLayout:
    """A line of widgets; equal shares unless said."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    for part, share in zip(parts, shares or (1,) * len(parts), strict=True):
        row.addWidget(part, share)
    return row
