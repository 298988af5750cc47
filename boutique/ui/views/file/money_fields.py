"""Single assumptions of a forecast (rates, delays, months) as labelled fields, in a grid. For the Prévisionnel."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from boutique.core import french
from boutique.rules.forecast_terms import GENERAL, Kind
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label

_UNITS = {Kind.RATE: "%", Kind.MONEY: "€"}
_MONTH_WIDTH = 62


class Assumed(QWidget):
    """`names` are terms of GENERAL, `across` to a row; `changed` follows each edit."""

    changed = Signal()

    def __init__(self, names: Sequence[str], *, across: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: dict[str, LineEditor | ComboBox] = {}
        self.fields: dict[str, Field] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for rank, name in enumerate(names):
            field = self._field(name)
            grid.addWidget(field, rank // across, rank % across, Qt.AlignmentFlag.AlignBottom)
        for column in range(across):
            grid.setColumnStretch(column, 1)

    def typed(self) -> dict[str, str]:
        return {name: str(editor.read() or "") for name, editor in self._editors.items()}

    def write(self, typed: Mapping[str, Any]) -> None:
        for name, editor in self._editors.items():
            editor.blockSignals(True)  # noqa: FBT003 - Qt's own
            editor.write(typed.get(name, ""))
            editor.blockSignals(False)  # noqa: FBT003 - Qt's own

    def set_errors(self, errors: Mapping[str, str]) -> None:
        for name, field in self.fields.items():
            if field.error() != errors.get(name, ""):
                field.set_error(errors.get(name, ""))

    def ask(self, **wanted: bool) -> None:
        """Show or hide some of the questions."""
        for name, shown in wanted.items():
            self.fields[name].setVisible(shown)

    def _field(self, name: str) -> Field:
        term = GENERAL[name]
        editor: LineEditor | ComboBox
        if name == "start_month":
            months = [(str(rank), french.MONTHS[rank - 1]) for rank in range(1, 13)]
            editor = ComboBox(months, empty=None)
        elif term.kind is Kind.CHOICE:
            editor = ComboBox([(one.value, one.label) for one in term.choices], empty=None)
        else:
            editor = LineEditor(term.label)
        if isinstance(editor, LineEditor):
            editor.changed.connect(self.changed)
        else:
            editor.currentIndexChanged.connect(self.changed)
        editor.setObjectName(f"forecast-{name}")
        unit = _UNITS.get(term.kind, "")
        told = f"{term.label} ({unit})" if unit and unit not in term.label else term.label
        self._editors[name] = editor
        self.fields[name] = Field(told, editor, wrap=True)
        if isinstance(editor, LineEditor):
            editor.refused.connect(self.fields[name].set_error)
        return self.fields[name]


class Season(QWidget):
    """Twelve weights, January first, in percent of an average month."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: list[LineEditor] = []
        self.error = Label(role="small", tone="danger", wrap=True)
        self.error.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for rank, month in enumerate(french.SHORT_MONTHS):
            editor = LineEditor("Saison")
            editor.setAccessibleName(f"Poids de {french.MONTHS[rank]}, en %")
            editor.setObjectName(f"season-{rank}")
            editor.setMinimumWidth(theme().px(_MONTH_WIDTH) // 2)
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            editor.changed.connect(self.changed)
            label = Label(month, role="label", tone="muted")
            label.setBuddy(editor)
            grid.addWidget(label, 2 * (rank // 6), rank % 6)
            grid.addWidget(editor, 2 * (rank // 6) + 1, rank % 6)
            self._editors.append(editor)
        grid.addWidget(self.error, 4, 0, 1, 6)

    def typed(self) -> list[str]:
        return [editor.text() for editor in self._editors]

    def write(self, weights: Sequence[str]) -> None:
        for editor, weight in zip(self._editors, weights, strict=False):
            editor.blockSignals(True)  # noqa: FBT003 - Qt's own
            editor.write(weight)
            editor.blockSignals(False)  # noqa: FBT003 - Qt's own

    def set_errors(self, errors: Mapping[str, str]) -> None:
        said = [
            f"{french.MONTHS[rank][:1].upper()}{french.MONTHS[rank][1:]} : {errors[f'season.{rank}']}"
            for rank in range(len(self._editors))
            if f"season.{rank}" in errors
        ]
        self.error.setText(" ".join(said))
        self.error.setVisible(bool(said))
