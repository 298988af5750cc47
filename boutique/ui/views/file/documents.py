"""The documents of a file: their menu, their actions, and the preview they open in."""

import uuid

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from boutique.services import documents, interviews, referrals
from boutique.services.documents import Document
from boutique.services.interviews import InterviewLine
from boutique.services.referrals import ReferralLine
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.preview import Preview

_TITLES = {
    "intake": "Fiche d’accueil",
    "notice": "Notice d’information",
    "report": "Compte-rendu du dernier entretien",
    "referral": "Fiche de la dernière orientation",
}


class FileDocuments(QObject):
    """`shown` is the preview opened last."""

    def __init__(self, desk: Desk, view: QWidget, button: QWidget) -> None:
        super().__init__(view)
        self._desk, self._view, self._button = desk, view, button
        self._case_id: uuid.UUID | None = None
        self._person_id: uuid.UUID | None = None
        self.shown: Preview | None = None
        runs = (self.print_intake, self.print_notice, self.print_report, self.print_referral)
        for (name, title), run in zip(_TITLES.items(), runs, strict=True):
            action = Action(f"file.document.{name}", title, run, "printer", "", ("imprimer", "pdf"), "Dossier")
            desk.shell.commands.add(action, view)

    def set_file(self, case_id: uuid.UUID, person_id: uuid.UUID) -> None:
        self._case_id, self._person_id = case_id, person_id

    def open_menu(self) -> None:
        menu = self._desk.shell.commands.menu([f"file.document.{name}" for name in _TITLES], self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height() + 2)))

    def print_intake(self) -> None:
        self._desk.read(documents.intake_sheet, self._case_id, then=self.preview)

    def print_notice(self) -> None:
        self._desk.read(documents.notice, self._case_id, then=self.preview)

    def print_report(self) -> None:
        self._desk.read(interviews.listing, self._case_id, then=self._last_report)

    def print_referral(self) -> None:
        self._desk.read(referrals.listing, self._case_id, then=self._last_referral)

    def preview(self, shown: Document | tuple[Document, ...]) -> None:
        sheets = (shown,) if isinstance(shown, Document) else shown
        self.shown = Preview.open_documents(self._desk, *sheets, person_id=self._person_id)

    def _last_report(self, lines: tuple[InterviewLine, ...]) -> None:
        if lines:
            self._desk.read(documents.interview_report, lines[0].id, then=self.preview)
        else:
            self._desk.shell.notify("Ce dossier n’a pas encore d’entretien.", "warning")

    def _last_referral(self, lines: tuple[ReferralLine, ...]) -> None:
        if lines:
            self._desk.read(documents.referral_sheet, lines[0].id, then=self.preview)
        else:
            self._desk.shell.notify("Ce dossier n’a pas encore d’orientation.", "warning")
