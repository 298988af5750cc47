"""The targets of the structure or of an agreement: one figure, a year, a number; how far it is."""

import uuid
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boutique.core import clock
from boutique.services import objective_progress, objectives
from boutique.services.objective_progress import Progress
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.progress_bar import ProgressBar

_NONE = "Un objectif, c’est un indicateur, une année et un nombre : Activité et le classeur en montrent l’avancement."
_YEARS_BACK, _YEARS_AHEAD = 2, 4
_NUMBER_WIDTH, _BAR_WIDTH = 110, 90


class ObjectivesCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.add_button = Button("Ajouter", icon="plus", size="small", accessible="Ajouter un objectif")
        super().__init__("Objectifs", action=self.add_button, parent=parent)
        self._desk = desk
        self._programme: uuid.UUID | None = None
        self._id: uuid.UUID | None = None
        self.rows: list[ListRow] = []
        self.none = Label(_NONE, role="small", tone="muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.figure = ComboBox(empty="Choisir…")
        self.year, self.number = ComboBox(empty=None), QLineEdit()
        self.number.setMaxLength(16)
        self.number.setMaximumWidth(theme().px(_NUMBER_WIDTH))
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.save_button = PrimaryButton("Enregistrer", icon="check", size="normal")
        self.cancel_button = Button("Annuler", hint="Échap")
        self._edit = self._editor()
        self._edit.hide()
        self.add(self.none, self._lines, self._edit)
        names = {"add": self.add_button, "figure": self.figure, "year": self.year, "number": self.number,
                 "save": self.save_button}  # fmt: skip
        for name, widget in names.items():
            widget.setObjectName(f"objective-{name}")
        self.add_button.clicked.connect(self.new)
        self.save_button.clicked.connect(self.save)
        self.number.returnPressed.connect(self.save)
        self.cancel_button.clicked.connect(self.go_back)

    def open(self, programme_id: uuid.UUID | None) -> None:
        """Those of an agreement, or of the structure itself."""
        if programme_id != self._programme:
            self.go_back()
        self._programme = programme_id
        self.show()
        self._desk.read_latest("objective choices", objectives.choices, then=self._offer)
        self._desk.read_latest("objectives", objective_progress.progress, programme_id, then=self._show)

    def new(self) -> None:
        self._open(None, None, clock.today().year, "")

    def save(self) -> None:
        told = "Objectif modifié" if self._id else "Objectif ajouté"
        self._desk.write(
            told, objectives.save, self._programme, self.figure.read(), self.year.read(), self.number.text(),
            objective_id=self._id, then=self._saved, failed=self._say,
        )  # fmt: skip

    def go_back(self) -> bool:
        was_open = not self._edit.isHidden()
        self._edit.hide()
        return was_open

    def _editor(self) -> QWidget:
        holder = QWidget()
        column, line, buttons = QVBoxLayout(holder), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(Field("Indicateur", self.figure, required=True), 3)
        line.addWidget(Field("Année", self.year), 2)
        line.addWidget(Field("Objectif", self.number, required=True), 1)
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.trouble)
        column.addLayout(buttons)
        return holder

    def _offer(self, choices: tuple[tuple[str, str], ...]) -> None:
        chosen = self.figure.read()
        self.figure.set_options(choices)
        self.figure.write(chosen)

    def _show(self, lines: tuple[Progress, ...]) -> None:
        empty(self._lines)
        self.rows = [self._row(line) for line in lines]
        for row in self.rows:
            self._lines.addWidget(row)
        if self.rows:
            self.rows[-1].set_last()
            follow(self.add_button, self.rows)
        self.none.setVisible(not lines)

    def _row(self, found: Progress) -> ListRow:
        line = found.line
        cross = GhostButton(icon="trash-2", accessible=f"Retirer l’objectif : {line.label}", size="small")
        cross.clicked.connect(partial(self._remove, line.id))
        bar = ProgressBar(min(found.fraction or 0.0, 1.0), accessible=f"{line.label} : {found.words}")
        bar.setFixedWidth(theme().px(_BAR_WIDTH))
        about = f"{line.year or 'toute la convention'} · {found.words} ({line.unit})"
        row = ListRow(line.label, about, trailing=[bar, cross], clickable=True)
        row.activated.connect(partial(self._open, line.id, line.key, line.year, line.shown))
        return row

    def _open(self, objective_id: uuid.UUID | None, key: str | None, year: int | None, number: str) -> None:
        self._id = objective_id
        self._say("")
        self._offer_years(year)
        self.figure.write(key)
        self.year.write(year)
        self.number.setText(number)
        self._edit.show()
        (self.figure if key is None else self.number).setFocus()

    def _offer_years(self, kept: int | None) -> None:
        this = clock.today().year
        years = {*range(this - _YEARS_BACK, this + _YEARS_AHEAD), *([kept] if kept else [])}
        whole = [(None, "Toute la convention")] if self._programme is not None else []
        self.year.set_options([*whole, *((year, str(year)) for year in sorted(years))])

    def _remove(self, objective_id: uuid.UUID) -> None:
        self._desk.write("Objectif retiré", objectives.remove, objective_id)

    def _saved(self, _objective_id: uuid.UUID) -> None:
        self.go_back()
        self.add_button.setFocus()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
