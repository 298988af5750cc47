"""Participants of a FSE+ operation: the list with what is missing for each, and the answers of the one looked at."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import participants, programmes
from boutique.services.participants import ParticipantLine, ParticipantList
from boutique.services.programmes import ProgrammeLine
from boutique.ui.desk import Desk
from boutique.ui.saving import ERASE_AFTER, FileSaving, at_once
from boutique.ui.tasks import Progress
from boutique.ui.view import View
from boutique.ui.views.participants.answers import AnswersCard
from boutique.ui.views.participants.table import ParticipantTable
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.segmented import Segmented

_EXPORT = (
    "Cette liste porte les noms, les dates de naissance et les coordonnées des participants. Elle ne va qu’au "
    "financeur de l’opération, par un moyen sûr. Le motif est noté dans l’historique de chaque personne."
)


class ParticipantsView(View):
    """`enter(programme_id=…)`; without one, the first operation there is."""

    title = "Participants FSE+"
    rail = "activity"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._programme: uuid.UUID | None = None
        self._found: ParticipantList | None = None
        self._saving = FileSaving(desk, self)
        self.back = GhostButton("Programmes", icon="arrow-left", hint="Échap")
        self.heading = Label("Participants FSE+", role="title", wrap=True)
        self.complete = Badge("", "neutral")
        self.enter_button = Button("Faire entrer", icon="user-round-plus")
        self.export_button = Button("Exporter pour le financeur…", icon="file-spreadsheet")
        self.shown = Segmented([("all", "Tous"), ("missing", "À compléter")], accessible="Montrer", optional=False)
        self.shown.write("all")
        self.table = ParticipantTable()
        self.answers = AnswersCard(desk)
        self.empty = EmptyState(
            "users",
            "Aucun participant",
            "Rattachez des dossiers à l’opération : ils sont ensuite proposés ici, avec la situation à l’entrée.",
            "Voir les programmes",
            action_icon="landmark",
        )
        self._lay_out()
        self._connect()

    def enter(self, **arguments: Any) -> None:
        if arguments.get("programme_id") is not None:
            self._programme = arguments["programme_id"]
            self.answers.close()
        if self._programme is None:
            self._desk.read(programmes.listing, then=self._choose_first)
        else:
            self._refresh()

    def take_focus(self) -> None:
        (self.table if self.table.isVisible() else self.back).setFocus()

    def leave(self) -> bool:
        return not self.answers.is_dirty() or self._desk.ask.confirm(
            "Quitter sans enregistrer ?", "Ce qui est saisi pour ce participant sera perdu.", yes="Quitter"
        )

    def go_back(self) -> bool:
        if self.answers.close():
            self.table.setFocus()
            return True
        return False

    def export(self) -> None:
        """Behind a warning, with a reason that the history of each participant keeps."""
        if self._programme is None:
            return
        reason = self._desk.ask.reason("Exporter les participants ?", _EXPORT, yes="Exporter")
        if reason is not None:
            made = partial(self._desk.workspace.read, participants.export, self._programme, reason)
            self._saving.save(
                "Enregistrer la liste des participants", "participants-fse.xlsx", at_once(made),
                written=partial(self._note, self._programme, reason), advice=ERASE_AFTER,
            )  # fmt: skip

    def _note(self, programme_id: uuid.UUID, reason: str, _made: bytes) -> None:
        self._desk.keep(participants.note_export, programme_id, reason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self.heading, 1)
        head.addWidget(self.enter_button)
        head.addWidget(self.export_button)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.shown)
        line.addWidget(self.complete)
        line.addStretch(1)
        self._list = Card()
        self._list.add(line, self.table)
        self._nothing = Card()
        self._nothing.add(self.empty)
        self.answers.hide()
        for name, widget in (("enter", self.enter_button), ("export", self.export_button), ("table", self.table)):
            widget.setObjectName(f"participants-{name}")
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        self._columns = Columns(self._list, self.answers, shares=(3, 2))
        page.add(head, self._columns, self._nothing)
        self._nothing.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _connect(self) -> None:
        self.back.clicked.connect(self._to_programmes)
        self.empty.acted.connect(self._to_programmes)
        self.enter_button.clicked.connect(self._enter_all)
        self.export_button.clicked.connect(self.export)
        self.shown.changed.connect(self._show_lines)
        self.table.chosen.connect(self.answers.open)
        self.table.opened.connect(self._complete)
        self.answers.file_asked.connect(self._open_file)
        self._desk.changed.connect(self._refresh_if_seen)

    def _choose_first(self, lines: tuple[ProgrammeLine, ...]) -> None:
        self._programme = next((line.id for line in lines if line.has_participants), None)
        if self._programme is None:
            self._show(ParticipantList("", (), ()))
        else:
            self._refresh()

    def _refresh(self) -> None:
        if self._programme is not None:
            self._desk.read_latest("participants", participants.listing, self._programme, then=self._show)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _show(self, found: ParticipantList) -> None:
        self._found = found
        self.heading.setText(f"Participants · {found.programme}" if found.programme else "Participants FSE+")
        waiting = len(found.to_enter)
        self.enter_button.set_label(f"Faire entrer {french.plural(waiting, 'dossier')}")
        self.enter_button.setVisible(waiting > 0)
        self.export_button.setVisible(bool(found.lines))
        left = len(found.lines) - found.complete
        words = f"{french.plural(found.complete, 'complet', 'complets')} sur {len(found.lines)}"
        self.complete.set_state(words, *(("warning", "triangle-alert") if left else ("success", "check")))
        self._columns.setVisible(bool(found.lines))
        self._nothing.setVisible(not found.lines and not waiting)
        self.answers.follow(found.lines)
        self._show_lines()

    def _show_lines(self, _shown: object = None) -> None:
        lines = self._found.lines if self._found is not None else ()
        wanted = [line for line in lines if line.missing] if self.shown.read() == "missing" else list(lines)
        self.table.write(wanted)

    def _enter_all(self) -> None:
        if self._programme is not None and self._found is not None:
            work = partial(self._entered_on_worker, self._programme, self._found.to_enter)
            self._desk.tasks.run_long(work, self._entered, busy="Entrée des dossiers…", context=self)

    def _entered_on_worker(self, programme_id: uuid.UUID, cases: tuple[uuid.UUID, ...], progress: Progress) -> int:
        progress.step(0, 1)
        count: int = self._desk.workspace.write("Entrée dans l’opération", participants.enter, programme_id, cases)
        return count

    def _entered(self, count: int) -> None:
        told = f"{french.plural(count, 'participant')} de plus : complétez la situation à l’entrée."
        self._desk.shell.notify(told, "success", [("Annuler", self._desk.undo)])
        self._desk.changed.emit()

    def _complete(self, line: ParticipantLine) -> None:
        """Enter on a line: the file when something of the person is missing, else the answers."""
        if any(one.of_person for one in line.missing):
            self._open_file(line)
        else:
            self.answers.open(line)

    def _open_file(self, line: ParticipantLine) -> None:
        self._desk.shell.show_view("file", case_id=line.case_id, tab="form")

    def _to_programmes(self) -> None:
        self._desk.shell.show_view("programmes", programme_id=self._programme)
