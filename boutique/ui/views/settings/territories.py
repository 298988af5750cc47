"""Réglages › Territoires: the pays that the structure draws from whole EPCI, communes, or a list of codes."""

import uuid
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.models.choices import TerritoryLevel
from boutique.services import own_territories, territories, territory_codes
from boutique.services.own_territories import LONGEST_NAME, PARTS, Extent, TerritorySheet
from boutique.services.territory_codes import CodesRead
from boutique.ui.desk import Desk
from boutique.ui.forms.lookup_editors import CommuneEditor
from boutique.ui.forms.tab_order import put_before
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.typed_form import TypedForm
from boutique.ui.views.settings.page import Page
from boutique.ui.views.territories_editor import TerritoriesEditor
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.chip import Chip
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_ABOUT = (
    "Un pays, un bassin, le périmètre d’une convention : un nom et des communes. Un partenaire peut le couvrir, et "
    "l’Observatoire en donne les chiffres."
)
_LISTS = "Listes de codes (*.csv *.txt *.xlsx *.ods)"
_NEW = "Nouveau territoire"
_PARTS_SHOWN = 4


class TerritoriesPage(Page):
    """The list, and the territory being drawn beside it."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._id: uuid.UUID | None = None
        self._before: tuple[object, ...] = ()
        self.left_out: list[str] = []
        self.rows: list[ListRow] = []
        self.new_button = Button(_NEW, icon="plus")
        self.list_card = Card("Territoires", action=self.new_button)
        self.list_card.add(Label(_ABOUT, role="small", tone="muted", wrap=True))
        self._make_form()
        self.add(Columns(self.list_card, self.form_card, shares=(1, 1)))
        self.typed_form = TypedForm(desk, "territories", self, territory_name=self.name, drawn=self)
        self._connect()

    def enter(self) -> None:
        self.desk.read(own_territories.listing, then=self._show)

    def new(self) -> None:
        self._open(None)

    def save(self) -> None:
        if self.form_card.isHidden():
            return
        typed = self.parts.problem()
        if typed:
            self._say(typed)
            return
        told = "Territoire modifié" if self._id else "Territoire ajouté"
        self.desk.write(
            told, own_territories.save, self._id, self.name.text(), self.parts.areas(), tuple(self.left_out),
            then=self._saved, failed=self._say,
        )  # fmt: skip

    def go_back(self) -> bool:
        """Closed; what was typed and not saved waits in its draft."""
        was = not self.form_card.isHidden()
        if self.is_dirty():
            self.typed_form.put_away(partial(self.take_up, self._id))
        self.form_card.hide()
        return was

    def take_up(self, subject_id: uuid.UUID | None, form: str = "") -> None:  # noqa: ARG002
        if subject_id is None:
            self.new()
        else:
            self.edit(subject_id)

    def typed(self) -> dict[str, Any]:
        """What is drawn, by codes: for its draft."""
        return {"parts": [[level.value, code] for level, code in self.parts.areas()], "left_out": list(self.left_out)}

    def write_typed(self, typed: dict[str, Any]) -> None:
        self.parts.write(self.parts.named([(TerritoryLevel(level), code) for level, code in typed["parts"]]))
        self.left_out = list(typed["left_out"])
        self._show_left_out()

    def is_dirty(self) -> bool:
        return not self.form_card.isHidden() and self._typed() != self._before

    def edit(self, territory_id: uuid.UUID) -> None:
        self.desk.read(own_territories.sheet, territory_id, then=self._open)

    def import_codes(self) -> None:
        """Communes and EPCI of a file, added to those there are."""
        path = self.desk.ask.open_file("Liste de codes", _LISTS)
        if path is not None:
            reading = partial(territory_codes.read, self.desk.workspace.reference, Path(path))
            self.desk.tasks.run(reading, self._take_codes, self._say)

    def take_out(self) -> None:
        """The commune typed leaves the territory, listed by itself or part of an EPCI."""
        self.commune.settle()
        code = self.commune.read()
        if code is None:
            self._say(self.commune.problem())
            return
        self.commune.write("")
        area = (TerritoryLevel.COMMUNE, code)
        if area in self.parts.areas():
            self.parts.remove(area)
        elif code not in self.left_out:
            self.left_out.append(code)
            self._show_left_out()
            self.changed.emit()

    def _make_form(self) -> None:
        self.name = LineEditor("Nom du territoire")
        self.name.setMaxLength(LONGEST_NAME)
        self.name_field = Field("Nom du territoire", self.name, required=True)
        self.parts = TerritoriesEditor(self.desk, title="Fait de", levels=PARTS[:-1])
        self.commune = CommuneEditor(self.desk, label="Commune à retirer")
        self.commune.setPlaceholderText("Commune à retirer…")
        self.commune.setAccessibleName("Commune à retirer")
        self.take_button = Button("Retirer", icon="minus", size="small")
        self.chips = QWidget()
        self._chips = FlowLayout(self.chips, gap=6)
        self.import_button = Button("Importer une liste de codes…", icon="upload", size="small")
        self.extent = Label(role="strong")
        self.told = Label(role="small", tone="warning", wrap=True)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler", hint="Échap")
        self.delete_button = Button("Supprimer", icon="trash-2", variant="ghost")
        taking, importing = QHBoxLayout(), QHBoxLayout()
        taking.addWidget(self.commune, 1)
        taking.addWidget(self.take_button)
        importing.addWidget(self.import_button)
        importing.addStretch(1)
        buttons = FlowLayout(gap=8)
        for button in (self.save_button, self.cancel_button, self.delete_button):
            buttons.addWidget(button)
        self.form_card = Card(_NEW)
        self.form_card.add(self.name_field, self.parts, importing, self.told, Label("Communes retirées", role="label"))
        self.form_card.add(self.chips, taking, self.extent, self.trouble, buttons)
        self.form_card.hide()

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.go_back)
        self.delete_button.clicked.connect(self._delete)
        self.import_button.clicked.connect(self.import_codes)
        self.take_button.clicked.connect(self.take_out)
        self.commune.returnPressed.connect(self.take_out)
        self.parts.changed.connect(self._measure)
        self.parts.changed.connect(self.changed)

    def _open(self, found: TerritorySheet | None) -> None:
        self.typed_form.settle()
        self._id = found.id if found else None
        self.form_card.set_title(found.name if found else _NEW)
        self.name.write(found.name if found else "")
        self.parts.write(found.parts if found else ())
        if not found:
            self.parts.level.write(TerritoryLevel.EPCI)
        self.left_out = [part.code for part in found.left_out] if found else []
        self.commune.write("")
        self.delete_button.setVisible(found is not None)
        self._say("")
        self._tell("")
        self._show_left_out()
        self.form_card.show()
        self._before = self._typed()
        self.typed_form.open(self._id)
        self.name.setFocus()

    def _typed(self) -> tuple[object, ...]:
        return self.name.text(), self.parts.areas(), tuple(self.left_out), self.commune.text(), self.parts.place.text()

    def _show_left_out(self) -> None:
        self._chips.clear()
        for code in self.left_out:
            name = territories.territory(self.desk.workspace.reference, TerritoryLevel.COMMUNE, code).name
            chip = Chip(name, value=code, removable=True)
            chip.removed.connect(partial(self._put_back, code))
            self._chips.addWidget(chip)
            put_before(chip, self.commune)
        self.chips.setVisible(bool(self.left_out))
        self._measure()

    def _put_back(self, code: str) -> None:
        self.left_out.remove(code)
        self._show_left_out()
        self.changed.emit()

    def _measure(self) -> None:
        reference, parts = self.desk.workspace.reference, self.parts.areas()
        work = partial(own_territories.extent, reference, parts, frozenset(self.left_out))
        self.desk.tasks.run_latest("territory extent", work, self._show_extent)

    def _show_extent(self, found: Extent) -> None:
        self.extent.setText(found.label)

    def _take_codes(self, found: CodesRead) -> None:
        self._say("")
        self._tell(found.told)
        self.parts.add(*found.territories)

    def _show(self, lines: tuple[TerritorySheet, ...]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(line) for line in lines]
        for row in self.rows:
            self.list_card.add(row)
        if self.rows:
            self.rows[-1].set_last()

    def _row(self, line: TerritorySheet) -> ListRow:
        names = [part.name for part in line.parts[:_PARTS_SHOWN]]
        rest = "…" if len(line.parts) > _PARTS_SHOWN else ""
        row = ListRow(line.name, f"{line.extent.label} · {', '.join(names)}{rest}", clickable=True)
        row.activated.connect(partial(self.edit, line.id))
        return row

    def _delete(self) -> None:
        if self._id is not None:
            self.desk.write("Territoire supprimé", own_territories.remove, self._id, then=self._saved, failed=self._say)

    def _saved(self, _territory_id: uuid.UUID | None) -> None:
        self.typed_form.drop()
        self.form_card.hide()
        self.enter()

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
