"""The conditions of an indicator: a line each, joined by « et » or « ou ». For the editor of indicators."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.rules import own_figures
from boutique.rules.own_figures import Criterion, Groups
from boutique.ui.forms.choice_editors import ChipsEditor
from boutique.ui.forms.tab_order import follow
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label

_OR = "or"
_JOINERS = (("and", "et"), (_OR, "ou"))
_JOINER_WIDTH = 74
_NOT_CHOSEN = "Choisissez un critère, ou retirez cette ligne."
_NO_ANSWER = "Ajoutez au moins une réponse."


class CriterionRow(QWidget):
    """One condition; `changed`, and `dropped` when it is taken out."""

    changed = Signal()
    dropped = Signal()

    def __init__(
        self, facts: Sequence[tuple[str, str]], *, first: bool, start: str, joiners: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.joiner = ComboBox(joiners, empty=None, accessible="Et, ou")
        self.fact = ComboBox(facts, empty="Choisir un critère…", accessible="Critère")
        self.operator = ComboBox(empty=None, accessible="Comparaison")
        self.operator.setMinimumContentsLength(5)
        self.choice = ComboBox(empty=None, accessible="Réponse")
        self.several = ChipsEditor((), label="Réponses")
        self.number = LineEditor("Nombre")
        self.number.setAccessibleName("Nombre")
        self.drop = GhostButton(icon="x", accessible="Retirer le critère", size="small")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self._lay_out(start if first else "")
        self.fact.currentIndexChanged.connect(self._other_fact)
        for combo in (self.joiner, self.choice):
            combo.currentIndexChanged.connect(self._tell)
        self.operator.currentIndexChanged.connect(self._other_operator)
        self.number.changed.connect(self._tell)
        self.drop.clicked.connect(self.dropped)
        self._other_fact()

    def begins_group(self) -> bool:
        """Whether « ou » stands before it."""
        return bool(self.joiner.read() == _OR)

    def read(self) -> Criterion | None:
        """The condition; None as long as it is not whole."""
        name = self.fact.read()
        if not name:
            return None
        kind = own_figures.fact(name).type
        if kind == "bool":
            return Criterion(name, self.operator.read())
        if self._takes_several():
            chosen = self.several.read()
            return Criterion(name, self.operator.read(), chosen) if chosen else None
        if kind in ("enum", "list"):
            return Criterion(name, self.operator.read(), self.choice.read())
        lowest, highest = own_figures.fact(name).range
        typed = self.number.text().strip()
        whole = typed.isdecimal() and lowest <= int(typed) <= highest
        return Criterion(name, self.operator.read(), int(typed)) if whole else None

    def write(self, one: Criterion, *, begins_group: bool) -> None:
        self.joiner.write(_OR if begins_group else _JOINERS[0][0])
        self.fact.write(one.fact)
        self.operator.write(one.operator)
        if isinstance(one.value, tuple):
            self.several.write(one.value)
        elif isinstance(one.value, int):
            self.number.write(one.value)
        else:
            self.choice.write(one.value)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """What may be named of another event; a fact that it does not have goes."""
        self.fact.set_options(facts)
        self._other_fact()

    def show_trouble(self) -> bool:
        """Say beside it what is missing; True when something is."""
        sentence = ""
        if self.read() is None:
            name = self.fact.read()
            sentence = _NO_ANSWER if self._takes_several() else _bounds(name) if name else _NOT_CHOSEN
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        return bool(sentence)

    def _lay_out(self, first: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.joiner.setFixedWidth(theme().px(_JOINER_WIDTH))
        if first:
            start = Label(first, tone="muted")
            start.setFixedWidth(theme().px(_JOINER_WIDTH))
            start.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(start)
            self.joiner.setParent(self)
            self.joiner.hide()
        else:
            line.addWidget(self.joiner)
        for widget, share in ((self.fact, 5), (self.operator, 2), (self.choice, 4), (self.number, 4)):
            line.addWidget(widget, share)
        line.addWidget(self.drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(line)
        self._answers = QHBoxLayout()
        self._answers.setContentsMargins(theme().px(_JOINER_WIDTH) + 8, 0, 0, 0)
        self._answers.addWidget(self.several)
        column.addLayout(self._answers)
        column.addWidget(self.trouble)
        self.trouble.hide()

    def _other_fact(self, _index: int = 0) -> None:
        name = self.fact.read()
        kind = own_figures.fact(name).type if name else ""
        self.fact.setToolTip(self.fact.currentText())
        self.operator.set_options(own_figures.operators_of(name) if name else ())
        values = tuple(own_figures.fact(name).values.items()) if name else ()
        self.choice.set_options(values)
        self._renew_several(values)
        self.operator.setVisible(bool(name))
        self.number.setVisible(kind in ("int", "eur"))
        self._other_operator()

    def _renew_several(self, values: Sequence[tuple[str, str]]) -> None:
        """Chips are made for the values that they offer."""
        old, self.several = self.several, ChipsEditor(values, label="Réponses")
        self.several.changed.connect(self._tell)
        self._answers.replaceWidget(old, self.several)
        old.hide()
        old.deleteLater()

    def _takes_several(self) -> bool:
        return self.operator.read() in own_figures.SEVERAL

    def _other_operator(self, _index: int = 0) -> None:
        """One answer, or several."""
        name, several = self.fact.read(), self._takes_several()
        listed = bool(name) and own_figures.fact(name).type in ("enum", "list")
        self.choice.setVisible(listed and not several)
        self.several.setVisible(listed and several)
        self._tell()

    def _tell(self, _index: object = None) -> None:
        if not self.trouble.isHidden():
            self.show_trouble()
        self.changed.emit()


class CriteriaEditor(QWidget):
    """The lines of conditions and the button that adds one, reached by Tab after `after`; `changed` at each change.

    `start` stands before the first one; `either`: they may be joined by « ou » too.
    """

    changed = Signal()

    def __init__(
        self, after: QWidget, parent: QWidget | None = None, *, start: str = "si", either: bool = True
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._after, self._first = after, start
        self._joiners = _JOINERS if either else _JOINERS[:1]
        self._facts: Sequence[tuple[str, str]] = ()
        self.rows: list[CriterionRow] = []
        self.add_button = Button("Ajouter un critère", icon="plus", size="small")
        self.add_button.setObjectName("figure-add-criterion")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._lines)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self.add)

    def write(self, groups: Groups, facts: Sequence[tuple[str, str]]) -> None:
        self._facts = facts
        empty(self._lines)
        self.rows = []
        for group in groups:
            for rank, one in enumerate(group):
                self._append().write(one, begins_group=rank == 0 and bool(self.rows[1:]))
        self._order_tabs()

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """What conditions may name, of another event."""
        self._facts = facts
        for row in self.rows:
            row.set_facts(facts)

    def add(self) -> None:
        """One more line, ready to be chosen."""
        row = self._append()
        self._order_tabs()
        row.fact.setFocus()
        self.changed.emit()

    def read(self) -> Groups:
        """The whole conditions; « et » binds before « ou »."""
        groups: list[list[Criterion]] = []
        for row in self.rows:
            one = row.read()
            if one is None:
                continue
            if row.begins_group() or not groups:
                groups.append([])
            groups[-1].append(one)
        return tuple(tuple(group) for group in groups)

    def is_whole(self) -> bool:
        return all(row.read() is not None for row in self.rows)

    def show_troubles(self) -> bool:
        """Say beside each line what is missing; True when something is."""
        troubled = [row for row in self.rows if row.show_trouble()]  # all of them are told, not the first alone
        return bool(troubled)

    def _order_tabs(self) -> None:
        follow(self._after, (*self.rows, self.add_button))
        for row in self.rows:
            row.several.order_tabs()

    def _append(self) -> CriterionRow:
        row = CriterionRow(self._facts, first=not self.rows, start=self._first, joiners=self._joiners)
        row.changed.connect(self.changed)
        row.dropped.connect(partial(self._drop, row))
        self.rows.append(row)
        self._lines.addWidget(row)
        return row

    def _drop(self, row: CriterionRow) -> None:
        """Without one of the lines; the others are written again, since the first begins with « si »."""
        self.rows.remove(row)
        self.write(self.read(), self._facts)
        self.add_button.setFocus()
        self.changed.emit()


def _bounds(name: str) -> str:
    lowest, highest = own_figures.fact(name).range
    return f"Indiquez un nombre entier, de {lowest} à {highest}."
