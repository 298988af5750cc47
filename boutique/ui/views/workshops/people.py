"""The people of a session: enrol from a file, by name or as heads; note who came. For the sheet of a session."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.text import clip
from boutique.forms.catalogue import ENROLMENT, HEADS
from boutique.models.workshop_choices import WorkshopState
from boutique.services.workshops.sheets import Attendee, HeadsLine, SessionSheet
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Cell
from boutique.ui.forms.view import FormView
from boutique.ui.views.agenda.file_pick import FilePick
from boutique.ui.views.workshops.attendee_actions import AttendeeActions
from boutique.ui.views.workshops.people_table import PeopleTable
from boutique.ui.views.workshops.small_form import SmallForm
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_NAME_ROWS: dict[str, list[list[Cell]]] = {
    "who": [
        [("enrolment.first_name", 6), ("enrolment.last_name", 6)],
        [("enrolment.phone", 4), ("enrolment.commune_code", 4), ("enrolment.prescriber", 4)],
        ["enrolment.contact_consent"],
    ]
}
_HEADS_ROWS: dict[str, list[list[Cell]]] = {
    "heads": [
        [("anonymous_heads.heads", 6), ("anonymous_heads.came", 6)],
        ["anonymous_heads.gender"],
        [("anonymous_heads.commune_code", 6), ("anonymous_heads.prescriber", 6)],
    ]
}


class PeopleCard(Card):
    """Signals say what is wanted; the sheet writes it in the base."""

    file_picked = Signal(object)
    name_typed = Signal(object, dict)  # of an enrolment to correct, or None
    heads_typed = Signal(object, dict)
    linked = Signal(object, object)
    wanted = Signal(str, object)
    heads_opened = Signal(object)
    heads_removed = Signal(object)
    all_present = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Participants", parent=parent)
        self.table = PeopleTable()
        self._heads_id: uuid.UUID | None = None
        self._edited: uuid.UUID | None = None
        self._linked: uuid.UUID | None = None
        self.pick = FilePick(desk)
        self.pick.setObjectName("workshop-enrol")
        self.pick.setAccessibleName("Inscrire une personne qui a un dossier")
        self.pick.setPlaceholderText("Inscrire : nom, téléphone, commune…")
        self.by_name = Button("Sans dossier…", icon="user-plus")
        self.by_name.setObjectName("workshop-by-name")
        self.by_heads = Button("Sans nom…", icon="users")
        self.by_heads.setObjectName("workshop-by-heads")
        self.name = SmallForm(FormView(ENROLMENT, desk, rows=_NAME_ROWS, framed=False), "enrolment", "Inscrire")
        self.heads = SmallForm(FormView(HEADS, desk, rows=_HEADS_ROWS, framed=False), "heads", "Compter")
        self.error = Label(role="small", tone="danger", wrap=True)
        self.nobody = Label("Personne n’est encore inscrit.", tone="muted", wrap=True)
        self.keys = Label(
            "P venu·e · A absent·e · Espace l’un puis l’autre · Suppr désinscrire", role="small", tone="muted",
            wrap=True,
        )  # fmt: skip
        self.everybody = Button("Tous présents", icon="check-check")
        self.everybody.setObjectName("workshop-all-present")
        self.actions_row = AttendeeActions()
        self._heads_rows = QWidget()
        self._heads_list = QVBoxLayout(self._heads_rows)
        self._heads_list.setContentsMargins(0, 0, 0, 0)
        self._heads_list.setSpacing(0)
        self._lay_out()
        self._connect()

    def write(self, sheet: SessionSheet) -> None:
        """Show who is there; what is being typed stays."""
        open_ = sheet.state is not WorkshopState.CANCELLED
        for widget in (self.pick, self.by_name, self.by_heads):
            widget.setVisible(open_)
        self.table.write(sheet)
        self.table.setVisible(bool(sheet.people))
        self.nobody.setVisible(not sheet.people and not sheet.heads)
        self.keys.setVisible(bool(sheet.people) and sheet.begun and open_)
        self.everybody.setVisible(bool(sheet.people) and sheet.begun and open_)
        self._write_heads(sheet.heads)
        self._chosen(self.table.current())

    def start_afresh(self) -> None:
        """Another session: nothing typed for the one before goes to it."""
        for form in (self.name, self.heads):
            form.hide()
        self.pick.write_file(None, "")
        self.say("")

    def open_name(self) -> None:
        """Somebody who has no file: what was typed in the search is the beginning of their name."""
        self._edited = self._linked = None
        first, _, last = self.pick.text().strip().partition(" ")
        self.pick.write_file(None, "")
        self.name.open({"enrolment.first_name": first, "enrolment.last_name": last}, "Inscrire")

    def edit_name(self, enrolment_id: uuid.UUID, answers: dict[str, Any]) -> None:
        self._edited = enrolment_id
        self.name.open(answers, "Corriger")

    def open_heads(self) -> None:
        self._heads_id = None
        self.heads.open({}, "Compter")

    def edit_heads(self, heads_id: uuid.UUID, answers: dict[str, Any]) -> None:
        self._heads_id = heads_id
        self.heads.open(answers, "Corriger")

    def enrolled(self) -> None:
        """Done: the next one can be looked for at once."""
        self.pick.write_file(None, "")
        self.name.hide()
        self.heads.hide()
        self.say("")
        self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> bool:
        """Ctrl+Return in one of the small forms; False when none is open."""
        form = next((one for one in (self.name, self.heads) if not one.isHidden()), None)
        if form is not None:
            form.submit()
        return form is not None

    def put_away(self) -> bool:
        """Escape folds what is unfolded."""
        form = next((one for one in (self.name, self.heads) if not one.isHidden()), None)
        if form is not None:
            form.fold()
        elif self._linked is not None:
            self._stop_linking()
        else:
            return False
        return True

    def say(self, sentence: str) -> None:
        """What was refused, beside what was being typed."""
        form = next((one for one in (self.name, self.heads) if not one.isHidden()), None)
        if form is not None:
            form.say(sentence)
        self.error.setText("" if form is not None else clip(sentence, 400))
        self.error.setVisible(bool(sentence) and form is None)

    def take_focus(self) -> None:
        if self.table.isVisibleTo(self) and self.table.lines.people:
            self.table.go_first()
        else:
            self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        enrol = QHBoxLayout()
        enrol.setSpacing(8)
        enrol.addWidget(self.pick, 1)
        enrol.addWidget(self.by_name)
        enrol.addWidget(self.by_heads)
        self.error.hide()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.everybody)
        self.add(enrol, self.error, self.name, self.heads, self.table, self.nobody, self.actions_row, foot,
                 self._heads_rows)  # fmt: skip

    def _connect(self) -> None:
        self.pick.proposals.activated.connect(self._picked)
        self.pick.returnPressed.connect(self._entered)
        self.by_name.clicked.connect(self.open_name)
        self.by_heads.clicked.connect(self.open_heads)
        self.name.submitted.connect(self._name_submitted)
        self.heads.submitted.connect(self._heads_submitted)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.table.removed.connect(partial(self.wanted.emit, "remove"))
        self.actions_row.wanted.connect(self._act)
        self.everybody.clicked.connect(self.all_present)

    def _chosen(self, one: Attendee | None) -> None:
        """What can be done with whoever is under the cursor, and at which half-day."""
        self.actions_row.write(one)
        half = self.table.half_words()
        self.everybody.set_label(f"Tous présents, {half}" if half else "Tous présents")

    def _act(self, verb: str, one: Attendee) -> None:
        if verb == "link":
            self._start_linking(one)
        else:
            self.wanted.emit(verb, one)

    def _open(self, one: Attendee) -> None:
        self.wanted.emit("file" if one.case_id is not None else "intake", one)

    def _picked(self, _text: str) -> None:
        case_id = self.pick.case_id()
        if case_id is None:
            return
        if self._linked is not None:
            self.linked.emit(self._linked, case_id)
            self._stop_linking()
        else:
            self.file_picked.emit(case_id)

    def _entered(self) -> None:
        """Nobody of that name has a file: they come without one."""
        self.pick.settle()
        if self.pick.case_id() is not None:
            self._picked("")
        elif self.pick.text().strip() and self._linked is None:
            self.open_name()

    def _start_linking(self, one: Attendee) -> None:
        """The next file found is theirs."""
        self._linked = one.id
        self.pick.setPlaceholderText(f"Le dossier de {one.name}")
        self.pick.write_file(None, "")
        self.pick.setFocus()

    def _stop_linking(self) -> None:
        self._linked = None
        self.pick.setPlaceholderText("Inscrire : nom, téléphone, commune…")
        self.pick.write_file(None, "")

    def _name_submitted(self, answers: dict[str, Any]) -> None:
        self.name_typed.emit(self._edited, answers)

    def _heads_submitted(self, answers: dict[str, Any]) -> None:
        self.heads_typed.emit(self._heads_id, answers)

    def _write_heads(self, lines: tuple[HeadsLine, ...]) -> None:
        empty(self._heads_list)
        for line in lines:
            came = "" if line.came is None else f" ; {french.plural(line.came, 'venue', 'venues')}"
            words = f"{french.plural(line.heads, 'personne')} sans nom{came}"
            cross = GhostButton(icon="x", accessible=f"Retirer : {words}", size="small")
            cross.clicked.connect(partial(self._remove_heads, line.id))
            row = ListRow(words, line.about, trailing=[cross], clickable=True, wrap=False, role="body")
            row.activated.connect(partial(self.heads_opened.emit, line.id))
            self._heads_list.addWidget(row)
        self._heads_rows.setVisible(bool(lines))

    def _remove_heads(self, heads_id: uuid.UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self.heads_removed.emit(heads_id)
