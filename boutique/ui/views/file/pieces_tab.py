"""Documents: what is attached to the file, what is still to be asked for, each document beside its list."""

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from boutique.core.file_types import PAPER, PICTURE, WRITING
from boutique.models.choices import PieceState
from boutique.services import accesses, attaching, attachments, pieces
from boutique.services.attaching import Candidate, Chosen, Source
from boutique.services.attachments import AttachmentLine, Shelf
from boutique.services.open_copies import Copy
from boutique.services.people import FileHeader
from boutique.services.pieces import Checklist, PieceLine
from boutique.services.reader import Look
from boutique.services.workspace import Workspace
from boutique.ui import outside
from boutique.ui.desk import Desk
from boutique.ui.drawing import Drawing, empty_look
from boutique.ui.saving import FileSaving
from boutique.ui.tasks import Progress
from boutique.ui.theme.manager import theme
from boutique.ui.views.file.pieces_add import AddCard
from boutique.ui.views.file.pieces_checklist import ChecklistCard
from boutique.ui.views.file.pieces_list import DocumentsCard
from boutique.ui.views.file.pieces_side import PAGES, SideCard
from boutique.ui.views.file.tab import Tab

_TWO_COLUMNS = 860
_LONGEST_NOTE = 120
_AROUND, _ABOVE = 200, 24  # pixels left in sight around what is revealed
_NO_PREVIEW = "Ce type de document ne s’affiche pas ici : ouvrez-le dans son programme habituel."
_OPENED = (
    "Copie ouverte en lecture seule. Elle est effacée au verrouillage et à la fermeture de Boutique ; "
    "pour la garder ailleurs, « Enregistrer sous… »."
)
_CHANGED = "Un document ouvert a été modifié dans l’autre programme."
_MACROS = "Ce document peut contenir des macros (petits programmes). N’acceptez pas de les activer."
_ERASE = "Le document et son contenu seront effacés de la base. Rien ne pourra les rendre, sauf une sauvegarde."


class PiecesTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._saving = FileSaving(desk, self)
        self._shelf: Shelf | None = None
        self._selected: uuid.UUID | None = None
        self._person_id: uuid.UUID | None = None
        self._asked_for: PieceLine | None = None
        self.adding, self.documents, self.side, self.checklist = AddCard(), DocumentsCard(), SideCard(), ChecklistCard()
        self.drawing = Drawing(self)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._wide: bool | None = None
        self.side.hide()
        self._lay_out()
        self._connect()

    def show_header(self, header: FileHeader) -> None:
        self._person_id = header.person_id

    def start_afresh(self) -> None:
        self._shelf, self._selected, self._asked_for = None, None, None
        self.drawing.stop()
        self.adding.clear()
        self.adding.hide()
        self.side.hide()
        self.side.line = None

    def abandon(self) -> None:
        self.start_afresh()

    def refresh(self) -> None:
        self.desk.read_latest("file.pieces", attachments.listing, self.case_id, then=self._show)
        scope = self.checklist.current_scope()
        self.desk.read_latest("file.pieces.asked", pieces.checklist, self.case_id, scope, then=self._show_asked)

    def go_back(self) -> bool:
        if self.adding.isVisible():
            self._give_up()
            return True
        if self.side.isVisible():
            if not self.side.stop_editing():
                self._close_side()
            return True
        return self.documents.close_bin()

    def focus_first(self) -> bool:
        if self._shelf is None:
            return False
        first = self.documents.rows[0] if self.documents.rows else self.documents.empty.button
        first.setFocus()
        return True

    def ask_files(self) -> None:
        """« Ajouter… »"""
        self._asked_for = None
        self._choose_files()

    def bring(self, sources: Sequence[Source]) -> None:
        """Look at documents that came in, before anything is kept."""
        if sources:
            work = partial(_examine, self.desk.workspace, self.case_id, tuple(sources))
            self.desk.tasks.run_long(work, self._examined, busy="Lecture des documents…")

    def _show(self, shelf: Shelf) -> None:
        self._shelf = shelf
        if self._selected not in {line.id for line in shelf.lines}:
            self._close_side()
        self.documents.show_shelf(shelf, self._selected)
        if (line := self._line()) is not None:
            self._show_side(line)
        self.focus_if_due()

    def _show_asked(self, checklist: Checklist) -> None:
        self.checklist.show_checklist(checklist)

    def _line(self) -> AttachmentLine | None:
        lines = self._shelf.lines if self._shelf else ()
        return next((line for line in lines if line.id == self._selected), None)

    def _choose(self, attachment_id: uuid.UUID) -> None:
        self._selected = attachment_id
        line = self._line()
        if line is None or self._shelf is None:
            return
        for row, one in zip(self.documents.rows, self._shelf.lines, strict=True):
            row.set_selected(one.id == attachment_id)
        self.drawing.stop()
        self.side.line = None
        self._show_side(line)
        if not self._wide:  # in a narrow window the document stands under the list
            QTimer.singleShot(0, self, partial(self._reveal, self.side.open_button, _AROUND))
        self.desk.keep(accesses.note, "view", line.name[:_LONGEST_NOTE], person_id=self._person_id)

    def _show_side(self, line: AttachmentLine) -> None:
        known = self.side.line
        again = known is not None and known.id == line.id and known.size == line.size
        steps = list(self._shelf.steps) if self._shelf else []
        self.side.show_line(line, steps, opened=self.desk.workspace.copies.is_open(line.id))
        self.side.show()
        self._arrange()
        if again:
            return
        if line.shown in (PICTURE, PAPER, WRITING):
            self.desk.read_latest("file.piece", attachments.content, line.id, then=self._content)
        else:
            self.side.show_look(empty_look(_NO_PREVIEW))

    def _content(self, content: bytes) -> None:
        line = self._line()
        if line is None:
            return
        if line.shown == WRITING:
            self.side.show_text(content)
        else:
            self.drawing.ask(content, width=self.side.drawn_width(), pages=PAGES)

    def _drawn(self, look: Look) -> None:
        if self._selected is not None:
            self.side.show_look(look)

    def _close_side(self) -> None:
        self._selected = None
        self.drawing.stop()
        self.side.hide()
        self.side.line = None
        for row in self.documents.rows:
            row.set_selected(False)

    def _choose_files(self) -> None:
        chosen = self.desk.ask.open_files("Joindre des documents")
        self.bring([Source(path.name, path) for path in chosen])

    def _attach_piece(self, line: PieceLine) -> None:
        self._asked_for = line
        self._choose_files()

    def _examined(self, candidates: tuple[Candidate, ...]) -> None:
        asked = self._asked_for
        self.adding.show_candidates(
            candidates, piece_code=asked.code if asked else "", kind_code=asked.kind_code if asked else ""
        )
        self.adding.take_focus()
        # What is refused or to be known comes first, even where the button is then out of sight.
        QTimer.singleShot(0, self, partial(self._reveal, self.adding.title, _ABOVE))

    def _reveal(self, part: QWidget, around: int) -> None:
        """Bring a part into sight, once it has its place."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(part, 0, around)

    def _give_up(self) -> None:
        self._asked_for = None
        self.adding.clear()
        self.adding.hide()
        self.take_focus()

    def _keep(self, chosen: list[Chosen]) -> None:
        work = partial(_keep, self.desk.workspace, self.case_id, tuple(chosen))
        self.desk.tasks.run_long(work, self._kept, busy="Chiffrement des documents…")

    def _kept(self, made: tuple[uuid.UUID, ...]) -> None:
        self._give_up()
        told = "Document joint." if len(made) == 1 else f"{len(made)} documents joints."
        self.desk.shell.notify(told, "success", [("Annuler", self.desk.undo)])
        self.desk.changed.emit()

    def _do(self, verb: str, attachment_id: uuid.UUID) -> None:
        """What the list, its menu or the bin asked of one document."""
        if verb == "delete":
            told = "Document supprimé : gardé 30 jours dans la corbeille"
            self.desk.write("Document supprimé", attachments.delete, attachment_id, told=told)
        elif verb == "restore":
            self.desk.write("Document restauré", attachments.restore, attachment_id)
        elif verb == "erase":
            self._erase(attachment_id)
        elif verb == "save":
            self.desk.read(attachments.export_name, attachment_id, then=partial(self._save, attachment_id))
        elif verb == "open":
            self._open(attachment_id)
        elif verb == "edit":
            self._choose(attachment_id)
            self.side.edit()

    def _do_selected(self, verb: str) -> None:
        if verb == "close":
            self._close_side()
        elif verb == "forget" and self._selected is not None:
            self._forget(self._selected)
        elif self._selected is not None:
            self._do(verb, self._selected)

    def _erase(self, attachment_id: uuid.UUID) -> None:
        if self.desk.ask.confirm("Effacer définitivement ?", _ERASE, yes="Effacer le document", danger=True):
            self.desk.write(
                "Document effacé définitivement", attachments.erase, attachment_id, told="", then=self._erased
            )

    def _erased(self, _nothing: None) -> None:
        self.desk.shell.notify("Document effacé définitivement.", "info")

    def _describe(self, typed: dict[str, Any]) -> None:
        if self._selected is not None:
            self.side.stop_editing()
            self.desk.write("Document modifié", attachments.describe, self._selected, typed)

    def _save(self, attachment_id: uuid.UUID, name: str) -> None:
        path = self._saving.ask("Enregistrer sous", name)
        if path is not None:
            self.desk.read(attachments.save_as, attachment_id, path, then=partial(self._saved, path))

    def _saved(self, path: Path, name: str) -> None:
        line = self._line()
        what = line.name if line else name
        self.desk.keep(accesses.note, "export", what[:_LONGEST_NOTE], person_id=self._person_id)
        self._saving.tell(path, f"Copie enregistrée, lisible par tous : {name}")

    def _open(self, attachment_id: uuid.UUID) -> None:
        lines = self._shelf.lines if self._shelf else ()
        line = next((one for one in lines if one.id == attachment_id), None)
        if line is None:
            return
        if line.macros and not self.desk.ask.confirm("Ouvrir ce document ?", _MACROS, yes="Ouvrir"):
            return
        self.desk.keep(accesses.note, "view", line.name[:_LONGEST_NOTE], person_id=self._person_id)
        work = partial(attachments.open_copy, self.desk.workspace, attachment_id)
        self.desk.tasks.run(work, partial(self._opened, attachment_id))

    def _opened(self, attachment_id: uuid.UUID, path: Path) -> None:
        if outside.show(path):
            self.desk.shell.notify(_OPENED, "info")
        else:
            self.desk.workspace.copies.drop(attachment_id)
            self.desk.shell.notify("Aucun programme de cet ordinateur n’ouvre ce type de document.", "warning")
        self.refresh()

    def _forget(self, attachment_id: uuid.UUID) -> None:
        if self.desk.workspace.copies.drop(attachment_id):
            self.desk.shell.notify("Copie effacée.", "info")
        else:
            self.desk.shell.notify("L’autre programme tient encore cette copie : fermez-le, puis réessayez.", "warning")
        self.refresh()

    def _look_at_copies(self, state: Qt.ApplicationState) -> None:
        """Back from another program: was something changed there?"""
        copies = self.desk.workspace.copies
        if state == Qt.ApplicationState.ApplicationActive and copies.count:
            self.desk.tasks.run(copies.changed, self._changed_elsewhere)

    def _changed_elsewhere(self, changed: tuple[Copy, ...]) -> None:
        if changed:
            self.desk.shell.notify(_CHANGED, "warning", [("Garder la nouvelle version", self._keep_versions)])

    def _keep_versions(self) -> None:
        self.desk.tasks.run(partial(attachments.keep_changed, self.desk.workspace), self._versions_kept)

    def _versions_kept(self, _count: int) -> None:
        self.desk.shell.notify("Nouvelle version gardée.", "success", [("Annuler", self.desk.undo)])
        self.desk.changed.emit()

    def _state(self, code: str, state: PieceState | None) -> None:
        label = f"Pièce : {state.label.lower()}" if state else "Pièce à demander"
        self.desk.write(label, pieces.set_state, self.case_id, code, state)

    def _scope(self, _code: str) -> None:
        if self._case_id is not None:
            self.refresh()

    def _connect(self) -> None:
        self.documents.add_asked.connect(self.ask_files)
        self.documents.paste_asked.connect(self._paste)
        self.documents.chosen.connect(self._choose)
        self.documents.wanted.connect(self._do)
        self.adding.confirmed.connect(self._keep)
        self.adding.cancelled.connect(self._give_up)
        self.side.wanted.connect(self._do_selected)
        self.side.described.connect(self._describe)
        self.checklist.stated.connect(self._state)
        self.checklist.attach_asked.connect(self._attach_piece)
        self.checklist.scope_chosen.connect(self._scope)
        self.drawing.drawn.connect(self._drawn)
        theme().changed.connect(self._arrange)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._look_at_copies)

    def _paste(self) -> None:
        self.desk.shell.commands.run("pieces.paste")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        for column, parts in ((self._left, (self.documents,)), (self._right, (self.side, self.checklist))):
            column.setSpacing(10)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
        self.column.addWidget(self.adding)
        self.column.addLayout(self._grid)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns where they fit; else the document and the checklist stand under the list."""
        wide = self.width() >= theme().px(_TWO_COLUMNS)
        if wide == self._wide:
            return
        self._wide = wide
        for column in (self._left, self._right):
            self._grid.removeItem(column)
        self._grid.addLayout(self._left, 0, 0)
        self._grid.addLayout(self._right, 0 if wide else 1, 1 if wide else 0)
        self._grid.setColumnStretch(0, 57)
        self._grid.setColumnStretch(1, 43 if wide else 0)


def _examine(
    workspace: Workspace, case_id: uuid.UUID, sources: tuple[Source, ...], progress: Progress
) -> tuple[Candidate, ...]:
    return workspace.read(attaching.examine, case_id, sources, progress.step)


def _keep(
    workspace: Workspace, case_id: uuid.UUID, chosen: tuple[Chosen, ...], progress: Progress
) -> tuple[uuid.UUID, ...]:
    return attaching.add_all(workspace, case_id, chosen, progress.step)
