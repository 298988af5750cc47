"""Rows of a form: written by hand where the eye deserves it, generated for every field left over."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from boutique.forms.spec import Field, Kind
from boutique.ui.forms.editors import is_compact
from boutique.ui.forms.text_editors import DateEditor
from boutique.ui.widgets.field import Field as FieldRow
from boutique.ui.widgets.flow_layout import FlowLayout

Cell = str | tuple[str, int]  # a key, or a key and its share of the line
Row = Sequence[Cell]
_COLUMNS = 12
_SHARES: Mapping[Kind, int] = {
    Kind.LONG_TEXT: 12, Kind.TEXT: 6, Kind.EMAIL: 4, Kind.PHONE: 4, Kind.DATE: 3, Kind.INTEGER: 3, Kind.EUROS: 3,
    Kind.SIREN: 3, Kind.SIRET: 4, Kind.COMMUNE: 5, Kind.NAF: 6, Kind.YES_NO: 3, Kind.CHOICE: 5, Kind.CHOICES: 6,
    Kind.CODES: 12,
}  # fmt: skip
_GAP = 12
SPACE = ""  # a cell that stays empty


def split(cell: Cell) -> tuple[str, int]:
    """The key of a cell and its share of the line (0: by the kind of its field)."""
    return (cell, 0) if isinstance(cell, str) else cell


def generated(fields: Sequence[Field]) -> list[list[Cell]]:
    """Rows for fields nobody has laid out, in the order of their declaration; short answers run on together."""
    rows: list[list[Cell]] = []
    free = 0
    for field in fields:
        share = _SHARES.get(field.kind, 6)
        if share > free:
            if rows:
                rows[-1].append((SPACE, free))
            rows.append([])
            free = _COLUMNS
        rows[-1].append((field.key, share))
        free -= share
    return [*rows[:-1], [*rows[-1], (SPACE, free)]] if rows else []


def lay_row(row: Row, made: Mapping[str, FieldRow], kinds: Mapping[str, Kind]) -> QLayout | QWidget:
    """One line of fields; fields as wide as their words flow, the others share the line."""
    cells = [split(cell) for cell in row]
    if all(is_compact(made[key].editor) for key, _ in cells if key):
        return _flowing([made[key] for key, _ in cells if key])
    line = QHBoxLayout()
    line.setSpacing(_GAP)
    for key, share in cells:
        if not key:
            line.addStretch(share)
            continue
        field = made[key]
        if not isinstance(field.editor, DateEditor):  # everything else shortens
            field.setMinimumWidth(1)
        line.addWidget(field, share or _SHARES.get(kinds[key], 6))
    return line


def _flowing(fields: Sequence[FieldRow]) -> QWidget:
    holder = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    flow = FlowLayout(holder, gap=20)
    for field in fields:
        flow.addWidget(field)
    return holder


def stacked(parts: Sequence[QLayout | QWidget]) -> QVBoxLayout:
    """Rows one under the other."""
    column = QVBoxLayout()
    column.setSpacing(_GAP)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return column
