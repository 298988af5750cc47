"""Ateliers › Catalogue: the modules, and the form of the one chosen beside them."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import MODULE
from boutique.services.workshops import modules
from boutique.services.workshops.modules import ModuleLine
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Cell
from boutique.ui.forms.view import FormView
from boutique.ui.typed_form import TypedForm
from boutique.ui.view import View
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.scroll_column import ScrollColumn

_SECTION = "Ateliers"
_ROWS: dict[str, list[list[Cell]]] = {
    "module": [
        [("module.title", 12)],
        [("module.theme", 6), ("module.level", 6)],
        [("module.minutes", 5), ("module.capacity", 3), ("module.minimum", 4)],
        ["module.waiting_list"],
    ],
    "content": [
        [("module.audience", 12)], [("module.prerequisites", 12)], ["module.objectives"], [("module.origin", 12)],
    ],
}  # fmt: skip
_EMPTY = "Les modules que vous proposez, avec leur durée et leurs places. Douze modules usuels sont prêts à l’emploi."


class ModulesView(View):
    """`enter()` shows the catalogue, `enter(draft=…)` the module whose form was left unfinished (None: a new one)."""

    title = "Catalogue des ateliers"
    rail = "workshops"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._programme: uuid.UUID | None = None
        self._lines: tuple[ModuleLine, ...] = ()
        self.rows: list[ListRow] = []
        self.sections = SectionTabs(desk.shell, "workshops", "workshop_modules")
        self.count = Label(tone="muted")
        self.archived = CheckBox("Modules archivés aussi")
        self.usual_button = Button("Ajouter les modules usuels", icon="library")
        self.usual_button.setObjectName("modules-usual")
        self.new_button = PrimaryButton("Nouveau module", icon="plus", hint="Ctrl Maj N", size="normal")
        self.new_button.setObjectName("module-new")
        self.form = FormView(MODULE, desk, rows=_ROWS, framed=False)
        self.programme = ComboBox(empty="aucun")
        self.programme.setObjectName("module-programme")
        self.typed = TypedForm(desk, "module", self, self.form, programme=self.programme)
        self.programme_field = Field(
            "Programme", self.programme, explanation="Le financeur à qui ses séances sont comptées."
        )
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.save_button.setObjectName("module-save")
        self.cancel_button = Button("Fermer", hint="Échap")
        self.plan_button = Button("Prévoir une séance", icon="calendar-plus")
        self.plan_button.setObjectName("module-plan")
        self.archive_button = Button("Archiver", icon="archive", variant="ghost")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.empty = EmptyState("library", "Un catalogue à remplir", _EMPTY, "Reprendre les modules usuels",
                                action_icon="library")  # fmt: skip
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        self.desk.read(modules.funders, then=self._write_funders)
        self.refresh()
        if "draft" in arguments:
            self.typed.seek(arguments["draft"], partial(self._resume, arguments["draft"]))

    def take_focus(self) -> None:
        if not self.form_card.isHidden():
            self.form.focus()
        elif self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """Escape closes the form; what was typed is offered again."""
        if self.form_card.isHidden():
            return False
        if self._is_dirty():
            self.desk.shell.notify("Module non enregistré.", "info", [("Reprendre", self._reopen)])
        self.form_card.hide()
        self._mark()
        return True

    def refresh(self) -> None:
        self.desk.read_latest(
            "workshops.catalogue", modules.catalogue, archived=self.archived.isChecked(), then=self._show
        )

    def new(self) -> None:
        self._id = None
        self._open("Nouveau module", (modules.blank(), None))

    def add_usual(self) -> None:
        """The usual modules, to be kept or changed."""
        self.desk.write("Modules usuels ajoutés", modules.add_usual)

    def save(self) -> None:
        if self.form_card.isHidden():
            return
        self._say("")
        if not self.form.show_errors(self.form.errors()):
            label = "Module modifié" if self._id else "Module ajouté"
            answers, programme = self.form.answers(), self.programme.read()
            self.desk.write(label, modules.save, self._id, answers, programme, then=self._saved, failed=self._say)

    def _saved(self, _module_id: uuid.UUID) -> None:
        self.form.set_clean()
        self.typed.drop()
        self.form_card.hide()
        self.refresh()
        self.take_focus()

    def _plan(self) -> None:
        if self._id is not None:
            self.desk.shell.show_view("workshops", module_id=self._id)

    def _archive(self) -> None:
        line = next((one for one in self._lines if one.id == self._id), None)
        if line is None:
            return
        self.form.set_clean()
        self.typed.drop()
        self.form_card.hide()
        if line.archived:
            self.desk.write("Module remis au catalogue", modules.restore, line.id)
        else:
            self.desk.write("Module archivé", modules.archive, line.id)

    def _resume(self, module_id: uuid.UUID | None) -> None:
        if module_id is None:
            self.new()
            return
        self._id = module_id
        self.desk.read(modules.answers, module_id, then=partial(self._open, "Module"))

    def _edit(self, line: ModuleLine) -> None:
        self._id = line.id
        self.desk.read(modules.answers, line.id, then=partial(self._open, line.title))

    def _open(self, title: str, answered: tuple[dict[str, Any], uuid.UUID | None]) -> None:
        answers, programme = answered
        self.typed.settle()
        self._say("")
        self.form_card.set_title(title)
        self.form.load(answers)
        self._programme = programme
        self.programme.write(programme)
        self.typed.open(self._id)
        line = next((one for one in self._lines if one.id == self._id), None)
        self.plan_button.setVisible(line is not None and not line.archived)
        self.archive_button.setVisible(line is not None)
        self.archive_button.set_label("Remettre au catalogue" if line is not None and line.archived else "Archiver")
        self.form_card.show()
        self._mark()
        self.form.focus("module.title")

    def _reopen(self) -> None:
        self.form_card.show()
        self._mark()
        self.form.focus()

    def _is_dirty(self) -> bool:
        return self.form.is_dirty() or self.programme.read() != self._programme

    def _write_funders(self, funders: tuple[tuple[uuid.UUID, str], ...]) -> None:
        self.programme.set_options(funders)
        self.programme_field.setVisible(bool(funders))

    def _show(self, lines: tuple[ModuleLine, ...]) -> None:
        self._lines = lines
        empty(self._list)
        self.rows = []
        theme = ""
        for line in lines:
            if (told := "Archivés" if line.archived else line.theme) != theme:
                theme = told
                head = Label(theme, role="small_strong", tone="muted")
                head.setContentsMargins(8, 12 if self.rows else 4, 0, 2)
                self._list.addWidget(head)
            row = self._row(line)
            self.rows.append(row)
            self._list.addWidget(row)
        self.count.setText(french.plural(len(lines), "module"))
        nothing = not lines and not self.archived.isChecked()
        self.empty_card.setVisible(nothing)
        self.columns.setVisible(not nothing or not self.form_card.isHidden())
        self.list_card.setVisible(not nothing)
        self.usual_button.setVisible(not nothing)
        self._mark()

    def _row(self, line: ModuleLine) -> ListRow:
        about = [line.level, french.show_minutes(line.minutes), french.plural(line.capacity, "place")]
        about += ["liste d’attente"] if line.waiting_list else []
        about += [line.origin] if line.origin else []
        badges: list[QWidget] = []
        if line.held:
            badges.append(Badge(french.plural(line.held, "tenue"), "success", icon="circle-check"))
        if line.planned:
            badges.append(Badge(french.plural(line.planned, "prévue"), "info", icon="calendar-clock"))
        told = " · ".join(part for part in about if part)
        row = ListRow(line.title, told, trailing=badges, clickable=True, wrap=False)
        row.activated.connect(partial(self._edit, line))
        return row

    def _mark(self) -> None:
        """The module whose form is open."""
        chosen = None if self.form_card.isHidden() else self._id
        for row, line in zip(self.rows, self._lines, strict=False):
            row.set_selected(line.id == chosen)
        self.hint_card.setVisible(self.form_card.isHidden())
        if not self.form_card.isHidden():
            self.columns.show()

    def _base_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _toggled(self, _on: bool) -> None:  # noqa: FBT001 - slot
        self.refresh()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        top, buttons = QHBoxLayout(), FlowLayout(gap=8)
        top.setSpacing(10)
        for part in (Label("Catalogue", role="title"), self.count, self.archived):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.usual_button)
        top.addWidget(self.new_button)
        self.list_card, self.form_card, self.empty_card = Card(), Card("Nouveau module"), Card()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.list_card.add(self._list)
        for button in (self.save_button, self.cancel_button, self.plan_button, self.archive_button):
            buttons.addWidget(button)
        self.form_card.add(self.form, self.programme_field, self.trouble, buttons)
        self.form_card.hide()
        self.hint_card = Card()
        self.hint_card.add(EmptyState("mouse-pointer-click", "Choisissez un module", "Sa fiche s’affiche ici."))
        self.empty_card.add(self.empty)
        self.empty_card.hide()
        side = QWidget()
        stacked = QVBoxLayout(side)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.addWidget(self.form_card)
        stacked.addWidget(self.hint_card)
        stacked.addStretch(1)
        self.columns = Columns(self.list_card, side, shares=(6, 6))
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=10)
        page.add(self.sections, top, self.empty_card, self.columns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new)
        self.usual_button.clicked.connect(self.add_usual)
        self.empty.acted.connect(self.add_usual)
        self.archived.toggled.connect(self._toggled)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.go_back)
        self.plan_button.clicked.connect(self._plan)
        self.archive_button.clicked.connect(self._archive)
        self.desk.changed.connect(self._base_changed)

    def _declare(self) -> None:
        for action in (
            Action("modules.new", "Nouveau module", self.new, "plus", "Ctrl+Shift+N", (), _SECTION),
            Action("modules.save", "Enregistrer", self.save, "check", "Ctrl+Return", (), _SECTION),
            Action("modules.usual", "Ajouter les modules usuels", self.add_usual, "library", "", (), _SECTION),
        ):
            self.desk.shell.commands.add(action, self)
