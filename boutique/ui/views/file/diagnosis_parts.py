"""What a diagnosis says once made: the table of the dates, the axes in words, strengths, points to work on."""

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.diagnosis import State
from boutique.services.diagnoses import DiagnosisLine, Remark
from boutique.ui.views.file.diagnosis_words import change_text, mark_text, shape, state_badge
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label, LabelTone, breakable
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.radar import Radar

_LEVELS = 5


class EvolutionCard(Card):
    """Axes across, dates down, the latest first; the date opens its diagnosis."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Évolution", parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self.add(self._grid)

    def show_lines(self, lines: Sequence[DiagnosisLine], chosen: uuid.UUID | None) -> None:
        empty(self._grid)
        names = {axis.code: axis.label for line in lines for axis in line.axes}
        for column, label in enumerate(names.values(), 1):
            self._grid.addWidget(Label(label, role="small", tone="muted"), 0, column, Qt.AlignmentFlag.AlignRight)
            self._grid.setColumnStretch(column, 2)
        for rank, line in enumerate(lines, 1):
            date = Button(line.name, size="small", icon="eye" if line.id == chosen else "")
            date.setAccessibleName(f"Montrer le diagnostic du {line.name}")
            date.setObjectName(f"diagnosis-date-{rank - 1}")
            date.clicked.connect(partial(self.chosen.emit, line.id))
            self._grid.addWidget(date, rank, 0, Qt.AlignmentFlag.AlignLeft)
            for column, code in enumerate(names, 1):
                self._grid.addWidget(self._cell(line, code), rank, column)
        self._grid.setColumnStretch(0, 3)

    def _cell(self, line: DiagnosisLine, code: str) -> QWidget:
        axis = next((one for one in line.axes if one.code == code), None)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        red = axis is not None and axis.state is State.BLOCKED
        mark = Label(mark_text(axis), role="figure_strong", tone="danger" if red else "ink")
        moved = line.changes.get(code)
        tone: LabelTone = "muted" if not moved else "success" if moved > 0 else "warning"
        change = Label(change_text(moved), role="small", tone=tone)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addStretch(1)
        if red:
            top.addWidget(Icon("octagon-alert", tone="danger", size=13, accessible="bloquant"))
        top.addWidget(mark)
        change.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.addLayout(top)
        column.addWidget(change)
        said = axis.label if axis is not None else code
        cell.setAccessibleName(f"{line.name}, {said} : {mark.text()} {change.text()}{' bloquant' if red else ''}")
        return cell


class RadarCard(Card):
    """Two dates, the radar, and the same in words."""

    compared = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.which = ComboBox(empty=None, accessible="Diagnostic montré")
        self.against = ComboBox(empty="rien", accessible="Comparé à")
        self.which.setObjectName("diagnosis-which")
        self.against.setObjectName("diagnosis-against")
        self.radar = Radar("Radar du diagnostic")
        self._axes = QVBoxLayout()
        self._axes.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.which, 1)
        line.addWidget(Label("comparé à", role="small", tone="muted"))
        line.addWidget(self.against, 1)
        self.add(line, self.radar, self._axes)
        self.which.activated.connect(self._choose)
        self.against.activated.connect(self._compare)

    def show_lines(self, lines: Sequence[DiagnosisLine], shown: DiagnosisLine, against: DiagnosisLine | None) -> None:
        self.which.set_options([(line.id, line.name) for line in lines])
        self.which.write(shown.id)
        self.against.set_options([(line.id, line.name) for line in lines if line.id != shown.id])
        self.against.write(against.id if against is not None else None)
        order = tuple(axis.code for axis in shown.axes)
        other = shape(against.name, against.axes, order) if against is not None else None
        self.radar.write([axis.label for axis in shown.axes], shape(shown.name, shown.axes, order), other)
        empty(self._axes)
        for axis in shown.axes:
            counted = f"{axis.marked} critères sur {axis.total}"
            said = "estimation, sans critère" if axis.estimated else counted
            why = f" · {', '.join(axis.blocking)}" if axis.blocking else ""
            mark = Label(mark_text(axis), role="figure_strong")
            self._axes.addWidget(ListRow(axis.label, f"{said}{why}", trailing=[state_badge(axis), mark]))

    def _choose(self) -> None:
        self.chosen.emit(self.which.read())

    def _compare(self) -> None:
        self.compared.emit(self.against.read())


class RemarksCard(Card):
    """Strengths, or points to work on: these become actions in one press (`planned(code)`)."""

    planned = Signal(str)

    def __init__(self, title: str, *, plans: bool, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._plans, self._nothing = plans, nothing
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add(self._rows)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        empty(self._rows)
        for rank, remark in enumerate(remarks):
            row = self._row(remark)
            row.set_last(rank == len(remarks) - 1)
            self._rows.addWidget(row)
        if not remarks:
            self._rows.addWidget(Label(self._nothing, tone="muted", wrap=True))

    def _row(self, remark: Remark) -> ListRow:
        level = f"{remark.axis} · {remark.level} sur {_LEVELS} : {remark.wording}"
        text = f"{level}\n{breakable(remark.fact)}" if remark.fact else level
        trailing: list[QWidget] = [Badge("bloquant", "danger", icon="octagon-alert")] if remark.blocking else []
        if self._plans and remark.planned:
            trailing.append(Badge("dans le plan", "success", icon="check"))
        elif self._plans:
            add = Button("Ajouter au plan d’action", icon="plus", size="small")
            add.setAccessibleName(f"Ajouter au plan d’action : {remark.aim}")
            add.setToolTip(remark.aim)
            add.setObjectName(f"plan-{remark.code}")
            add.clicked.connect(partial(self.planned.emit, remark.code))
            trailing.append(add)
        return ListRow(remark.label, text, trailing=trailing)


class AboutCard(Card):
    """The diagnosis shown: who made it, when, with which grid, its comment, and what can be done with it."""

    edit_asked = Signal()
    print_asked = Signal()
    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.heading, self.about = Label(role="heading", wrap=True), Label(role="small", tone="muted", wrap=True)
        self.comment = Label(wrap=True, selectable=True)
        self.edit = Button("Modifier", icon="pencil")
        self.print = Button("Imprimer", icon="printer")
        self.delete = GhostButton(icon="trash-2", accessible="Supprimer le diagnostic")
        texts, head = QVBoxLayout(), QHBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.heading)
        texts.addWidget(self.about)
        head.addLayout(texts, 1)
        for name, button in {"edit": self.edit, "print": self.print, "delete": self.delete}.items():
            button.setObjectName(f"diagnosis-{name}")
            head.addWidget(button)
        self.add(head, self.comment)
        self.edit.clicked.connect(self.edit_asked)
        self.print.clicked.connect(self.print_asked)
        self.delete.clicked.connect(self.delete_asked)

    def show_line(self, line: DiagnosisLine) -> None:
        self.heading.setText(f"Diagnostic du {line.name}")
        marked = f"{french.plural(line.marked, 'critère noté', 'critères notés')} sur {line.total}"
        version = f"grille {line.grid_version}" if line.grid_version else "sans grille"
        foreign = french.plural(line.foreign, "note d’une autre grille", "notes d’une autre grille")
        parts = [line.counsellor, marked, version, foreign if line.foreign else ""]
        self.about.setText(" · ".join(part for part in parts if part))
        self.comment.setText(breakable(line.comment))
        self.comment.setVisible(bool(line.comment))
