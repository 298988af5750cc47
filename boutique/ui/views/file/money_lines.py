"""Lines that one adds, types in and removes (needs, resources, sales, charges), each error under its line."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from boutique.rules.forecast_terms import Kind, Term
from boutique.ui.forms.tab_order import put_before
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.label import Label

Line = dict[str, str]
Shows = Callable[[str, Line], bool]
_KIND_WIDTH = 168


class _Row:
    """The editors of one line; `kept` is what it carries without showing it."""

    def __init__(self, editors: Mapping[str, LineEditor | ComboBox], cross: GhostButton, error: Label) -> None:
        self.editors, self.cross, self.error = editors, cross, error
        self.kept: Line = {}

    def typed(self) -> Line:
        return {**self.kept, **{name: _read(editor) for name, editor in self.editors.items()}}

    def tell(self, sentence: str) -> None:
        """What is wrong, under the line."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def widgets(self) -> list[QWidget]:
        return [*self.editors.values(), self.cross, self.error]


class LinesTable(QWidget):
    """`columns` are (term, width in pixels, 0 for what is left); `shows(term, line)` says what a line asks."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        terms: Mapping[str, Term],
        columns: Sequence[tuple[str, int]],
        *,
        add: str,
        shows: Shows | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name, self._terms, self._columns, self._shows = name, terms, columns, shows
        self._rows: list[_Row] = []
        self._loading = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._heads = [Label(terms[key].label, role="label", tone="muted") for key, _ in columns]
        for rank, (head, (_, width)) in enumerate(zip(self._heads, columns, strict=True)):
            head.hide()
            head.setWordWrap(bool(width))
            self._grid.addWidget(head, 0, rank, Qt.AlignmentFlag.AlignBottom)
            self._grid.setColumnStretch(rank, 0 if width else 1)
        self.add_button = Button(add, icon="plus", size="small")
        self.add_button.setObjectName(f"{name}-add")
        self.add_button.clicked.connect(self.add_line)
        self.foot = QHBoxLayout()
        self.foot.addWidget(self.add_button)
        self.foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addLayout(self.foot)

    def typed(self) -> list[Line]:
        """What is typed, line by line."""
        return [row.typed() for row in self._rows]

    def write(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Show these lines instead; emits nothing."""
        self._loading = True
        self._clear()
        for line in lines:
            self._append(line)
        self._loading = False

    def add_line(self, line: Mapping[str, Any] | None = None) -> None:
        """One more line, ready to be typed in."""
        made = self._append(line if isinstance(line, Mapping) else {})
        next(iter(made.editors.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def set_errors(self, errors: Mapping[str, str]) -> None:
        """Sentences by « needs.0.amount »."""
        for rank, row in enumerate(self._rows):
            said = {key: errors.get(f"{self.name}.{rank}.{key}", "") for key in row.editors}
            for key, editor in row.editors.items():
                set_look(editor, invalid=bool(said[key]))
                editor.setAccessibleDescription(said[key])
            row.tell(" ".join(filter(None, said.values())))

    def _append(self, line: Mapping[str, Any]) -> _Row:
        rank = len(self._rows)
        editors = {key: self._editor(key, rank) for key, _ in self._columns}
        cross = GhostButton(icon="x", accessible=f"Retirer la ligne {rank + 1}")
        cross.setObjectName(f"{self.name}-drop-{rank}")
        error = Label(role="small", tone="danger", wrap=True)
        error.hide()
        row = _Row(editors, cross, error)
        row.kept = {key: str(line[key]) for key in self._terms if key in line and key not in editors}
        for key, editor in editors.items():
            value = line.get(key)
            _write(editor, self._usual(key) if value is None else str(value))
        self._rows.append(row)
        self._place(row, rank)
        for widget in [*editors.values(), cross]:
            put_before(widget, self.add_button)
        for editor in editors.values():
            signal = editor.changed if isinstance(editor, LineEditor) else editor.currentIndexChanged
            signal.connect(partial(self._edited, row))
            if isinstance(editor, LineEditor):
                editor.refused.connect(row.tell)
        cross.clicked.connect(partial(self._remove, row))
        self._ask(row)
        for head in self._heads:
            head.show()
        return row

    def _editor(self, key: str, rank: int) -> LineEditor | ComboBox:
        term = self._terms[key]
        made: LineEditor | ComboBox
        if term.kind is Kind.CHOICE:
            made = ComboBox([(choice.value, choice.label) for choice in term.choices], empty=None)
            made.setMinimumWidth(theme().px(_KIND_WIDTH))
        else:
            made = LineEditor(term.label)
        width = dict(self._columns)[key]
        if width:
            made.setFixedWidth(theme().px(width))
        if isinstance(made, LineEditor) and term.kind is not Kind.TEXT:
            made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setAccessibleName(f"{term.label}, ligne {rank + 1}")
        made.setObjectName(f"{self.name}-{rank}-{key}")
        return made

    def _usual(self, key: str) -> str:
        term = self._terms[key]
        if term.kind is Kind.COUNT:
            return str(term.default)
        return str(term.default.value) if term.kind is Kind.CHOICE else ""

    def _place(self, row: _Row, rank: int) -> None:
        for column, editor in enumerate(row.editors.values()):
            policy = editor.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            editor.setSizePolicy(policy)
            self._grid.addWidget(editor, 1 + 2 * rank, column)
        self._grid.addWidget(row.cross, 1 + 2 * rank, len(self._columns))
        self._grid.addWidget(row.error, 2 + 2 * rank, 0, 1, len(self._columns))

    def _ask(self, row: _Row) -> None:
        """Only what concerns this kind of line is asked."""
        if self._shows is not None:
            for key, editor in row.editors.items():
                editor.setVisible(self._shows(key, row.typed()))

    def _edited(self, row: _Row, *_index: int) -> None:
        if not self._loading:
            self._ask(row)
            self.changed.emit()

    def _remove(self, row: _Row) -> None:
        lines = [one.typed() for one in self._rows if one is not row]
        self.write(lines)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _clear(self) -> None:
        for row in self._rows:
            for widget in row.widgets():
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows.clear()
        for head in self._heads:
            head.hide()


def _read(editor: LineEditor | ComboBox) -> str:
    return str(editor.read() or "")


def _write(editor: LineEditor | ComboBox, text: str) -> None:
    editor.write(text)
