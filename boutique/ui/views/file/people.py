"""Around a file: who carries the project, which counsellor, the person's other projects; used by the file view."""

import uuid
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from boutique.services import handovers, members
from boutique.services.people import FileHeader
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.views.file.handover_panel import HandoverNoteCard, HandoverPanel
from boutique.ui.views.file.header import HeaderCard
from boutique.ui.views.file.holders_panel import HoldersPanel
from boutique.ui.widgets.card import Card

_SECTION = "Dossier"
_MORE = ("file.holders", "file.new_project", "file.hand_over", "file.phone", "file.email", "file.close", "file.reopen")


class FilePeople(QObject):
    """`panels` stand under the card of the file; they open in place, one at a time."""

    def __init__(self, desk: Desk, view: QWidget, header: HeaderCard) -> None:
        super().__init__(view)
        self._desk, self._view, self._card = desk, view, header
        self._header: FileHeader | None = None
        self.holders, self.handover, self.note = HoldersPanel(desk), HandoverPanel(desk), HandoverNoteCard()
        self.panels: tuple[Card, ...] = (self.note, self.holders, self.handover)
        for panel in self.panels:
            panel.hide()
        self.note.read.connect(self._mark_read)
        self.holders.opened.connect(self._open_file)
        header.more_pressed.connect(self._open_menu)
        header.others_pressed.connect(self._open_others)
        self._declare()

    def show_header(self, header: FileHeader) -> None:
        """Another file, or this one after a change."""
        if self._header is None or self._header.case_id != header.case_id:
            self.go_back()
        self._header = header
        self.holders.refresh()
        self._desk.read_latest("file.handover", handovers.of_case, header.case_id, then=self.note.write)

    def go_back(self) -> bool:
        """Escape closes what was opened; the note stays until it is read."""
        opened = [panel for panel in (self.holders, self.handover) if not panel.isHidden()]
        for panel in opened:
            panel.hide()
        return bool(opened)

    def open_holders(self) -> None:
        if self._header is not None:
            self.handover.hide()
            self.holders.open(self._header.case_id)

    def open_handover(self) -> None:
        if self._header is not None:
            self.holders.hide()
            self.handover.open(self._header.case_id)

    def new_project(self) -> None:
        """A second file; what is asked of the person is there already."""
        if self._header is not None:
            told = f"Nouveau projet pour {self._header.person}"
            self._desk.write("Nouveau projet", members.new_project, self._header.case_id, then=self._made, told=told)

    def others_menu(self) -> QMenu:
        """The person's other files, when there are several."""
        menu = QMenu(self._view)
        for other in self._header.other_projects if self._header is not None else ():
            words = f"{other.project[:60]}\t{other.reference} · {other.state}"
            line = menu.addAction(words.replace("&", "&&"))
            line.triggered.connect(partial(self._open_file, other.case_id))
        return menu

    def _made(self, case_id: uuid.UUID) -> None:
        self._desk.shell.show_view("file", case_id=case_id, tab="form")

    def _open_others(self) -> None:
        others = self._header.other_projects if self._header is not None else ()
        if len(others) == 1:
            self._open_file(others[0].case_id)
        else:
            self._popup(self.others_menu(), self._card.others)

    def _open_menu(self) -> None:
        self._popup(self._desk.shell.commands.menu(list(_MORE), self._view), self._card.more)

    def _popup(self, menu: QMenu, button: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _open_file(self, case_id: uuid.UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self._desk.shell.show_view("file", case_id=case_id)

    def _mark_read(self, handover_id: uuid.UUID) -> None:
        self._desk.write("Passation lue", handovers.mark_read, handover_id)

    def _is_open(self) -> bool:
        return self._header is not None and self._header.closed_on is None

    def _declare(self) -> None:
        add = self._desk.shell.commands.add
        for action in (
            Action("file.holders", "Porteurs du projet…", self.open_holders, "users", "Alt+P",
                   ("couple", "associé", "coporteur"), _SECTION),
            Action("file.new_project", "Nouveau projet pour cette personne", self.new_project, "folder-plus", "",
                   ("second", "dossier"), _SECTION),
            Action("file.hand_over", "Confier le dossier à…", self.open_handover, "arrow-right-left", "",
                   ("passation", "référent", "départ"), _SECTION, self._is_open),
        ):  # fmt: skip
            add(action, self._view)
