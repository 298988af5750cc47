"""A list being drawn up: its name, which files, its columns in their order; kept, exported, or dropped."""

import uuid
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services import list_models, programmes
from boutique.services.files import FileFilter
from boutique.services.list_models import ListSheet
from boutique.services.programmes import ProgrammeLine
from boutique.ui.desk import Desk
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.saving import ERASE_AFTER, FileSaving, at_once
from boutique.ui.views.kept import KeptEditor
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.ordered_list import OrderedList

_YEARS = 4
_LONGEST = 120
_EXPORT = (
    "Cette liste dit qui sont les personnes. Elle ne va qu’aux personnes habilitées et s’efface après usage. Le motif "
    "est noté dans l’historique de chaque personne."
)


class ListEditor(KeptEditor):
    """A list that says who somebody is leaves behind a reason only."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Nouvelle liste", desk, parent)
        self._labels = {choice.key: choice.label for choice in list_models.choices()}
        self._saving = FileSaving(desk, self)
        self.name = LineEditor("Nom de la liste")
        self.name.setMaxLength(_LONGEST)
        self.programme = ComboBox(empty="Tous les dossiers")
        self.which = ComboBox([(one.value, words) for one, words in list_models.which()], empty=None)
        self.year = ComboBox(empty="Toutes les années")
        self.columns = OrderedList("Colonnes, dans leur ordre")
        self.add_column = ComboBox(empty="Ajouter une colonne…", accessible="Ajouter une colonne")
        self.up = GhostButton(icon="arrow-up", accessible="Monter la colonne", size="small")
        self.down = GhostButton(icon="arrow-down", accessible="Descendre la colonne", size="small")
        self.take_out = Button("Retirer la colonne", icon="minus", size="small")
        self.names = Badge("", "neutral")
        self.total = Label(role="small", tone="muted")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer", icon="check", size="normal")
        self.export_button = Button("Exporter…", icon="file-spreadsheet")
        self.remove_button = Button("Supprimer", icon="trash-2", variant="ghost")
        self._lay_out()
        self._connect()

    def open(self, found: ListSheet) -> None:
        self._start = found
        self._desk.read_latest("list programmes", programmes.listing, then=self._offer)

    def read(self) -> ListSheet:
        """The list as it is on screen."""
        start = self._start or list_models.blank()
        programme: uuid.UUID | None = self.programme.read()
        year: int | None = self.year.read()
        which = FileFilter(self.which.read())
        return ListSheet(start.id, self.name.text().strip(), programme, which, year, tuple(self.columns.codes()))

    def save(self) -> None:
        told = "Liste modifiée" if self.kept_id() else "Liste gardée"
        self._desk.write(told, list_models.save, self.read(), then=self._kept, failed=self._say)

    def export(self) -> None:
        """Behind a warning and a reason as soon as a column says who somebody is."""
        typed, reason = self.read(), ""
        if not typed.columns:
            self._say("Choisissez au moins une colonne.")
            return
        written, advice = None, ""
        if list_models.is_nominative(typed.columns):
            given = self._desk.ask.reason("Exporter une liste nominative ?", _EXPORT, yes="Exporter")
            if given is None:
                return
            reason, written, advice = given, partial(self._note, typed, given), ERASE_AFTER
        made = partial(self._desk.workspace.read, list_models.export, typed, reason)
        name = f"liste-de-suivi-{clock.today():%Y-%m-%d}.xlsx"
        self._saving.save("Enregistrer la liste de suivi", name, at_once(made), written=written, advice=advice)

    def _note(self, typed: ListSheet, reason: str, _made: bytes) -> None:
        self._desk.keep(list_models.note_export, typed, reason)

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(10)
        where.addWidget(Field("Programme", self.programme), 2)
        where.addWidget(Field("Dossiers", self.which), 1)
        where.addWidget(Field("Reçus en entretien en", self.year), 1)
        moves, buttons = FlowLayout(gap=6), FlowLayout(gap=8)
        for widget in (self.up, self.down, self.take_out):
            moves.addWidget(widget)
        for name, button in (
            ("save", self.save_button),
            ("export", self.export_button),
            ("remove", self.remove_button),
        ):
            button.setObjectName(f"list-{name}")
            buttons.addWidget(button)
        told = QVBoxLayout()
        badges = FlowLayout(gap=8)
        badges.addWidget(self.names)
        told.addLayout(badges)
        told.addWidget(self.total)
        self.add(Field("Nom de la liste", self.name, required=True), where)
        self.add(Field("Colonnes", self.columns, required=True), moves, self.add_column, told, self.trouble, buttons)
        self.name.setObjectName("list-name")
        self.add_column.setObjectName("list-add-column")

    def _connect(self) -> None:
        self.columns.ordered.connect(self._reorder)
        self.add_column.activated.connect(self._add)
        self.up.clicked.connect(partial(self.columns.shift, -1))
        self.down.clicked.connect(partial(self.columns.shift, 1))
        self.take_out.clicked.connect(self._take_out)
        for combo in (self.programme, self.which, self.year):
            combo.currentIndexChanged.connect(self._count)
        self.save_button.clicked.connect(self.save)
        self.export_button.clicked.connect(self.export)
        self.remove_button.clicked.connect(self._remove)

    def _offer(self, lines: tuple[ProgrammeLine, ...]) -> None:
        found = self._start
        if found is None:
            return
        this = clock.today().year
        years = {*range(this - _YEARS, this + 1), *([found.year] if found.year else [])}
        self.programme.set_options([(line.id, line.name) for line in lines])
        self.year.set_options([(year, str(year)) for year in sorted(years, reverse=True)])
        self.set_title(found.name or "Nouvelle liste")
        self.name.write(found.name)
        self.programme.write(found.programme_id)
        self.which.write(found.which.value)
        self.year.write(found.year)
        self._write_columns(list(found.columns), found.columns[0] if found.columns else "")
        self.remove_button.setVisible(found.id is not None)
        self._say("")
        self.show()
        self._count()
        if found.id is None:
            self.name.setFocus()

    def _write_columns(self, keys: list[str], current: str) -> None:
        self.columns.write([(key, self._labels[key]) for key in keys], current)
        offered = [choice for choice in list_models.choices() if choice.key not in keys]
        self.add_column.set_options([(choice.key, f"{choice.section} · {choice.label}") for choice in offered])
        self.add_column.write(None)
        if list_models.is_nominative(keys):
            self.names.set_state("nominative : un motif sera demandé", "warning", "triangle-alert")
        else:
            self.names.set_state("sans nom ni coordonnées", "success", "check")

    def _reorder(self, codes: list[str]) -> None:
        item = self.columns.currentRow()
        current = self.columns.codes()[item] if item >= 0 else ""
        self._write_columns(codes, current)

    def _add(self, _line: int) -> None:
        key = self.add_column.read()
        if key:
            self._write_columns([*self.columns.codes(), str(key)], str(key))

    def _take_out(self) -> None:
        keys, row = self.columns.codes(), self.columns.currentRow()
        if row >= 0:
            keys.pop(row)
            self._write_columns(keys, keys[min(row, len(keys) - 1)] if keys else "")

    def _count(self, _index: int = 0) -> None:
        if self._start is not None and not self.isHidden():
            self._desk.read_latest("list count", list_models.count, self.read(), then=self._counted)

    def _counted(self, count: int) -> None:
        self.total.setText(f"{french.plural(count, 'dossier')} aujourd’hui")

    def _remove(self) -> None:
        self._desk.write("Liste supprimée", list_models.remove, self.kept_id(), then=self._gone)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
