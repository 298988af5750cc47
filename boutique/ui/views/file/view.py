"""The file of a person: the card, the tabs, and the actions that work in all of them."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.models.choices import Phase
from boutique.services import accesses, documents, interviews, people, referrals
from boutique.services.documents import Document
from boutique.services.interviews import InterviewLine
from boutique.services.people import FileHeader
from boutique.services.referrals import ReferralLine
from boutique.ui.actions import Action
from boutique.ui.clipboard import KEPT_SECONDS, personal_clipboard
from boutique.ui.desk import Desk
from boutique.ui.preview import Preview
from boutique.ui.view import View
from boutique.ui.views.file.header import HeaderCard
from boutique.ui.views.file.interviews_tab import InterviewsTab
from boutique.ui.views.file.journey_tab import JourneyTab
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.tabs import Tabs

# To add a tab: one line here. The count is that of `FileHeader.counts`, when there is one.
_TABS: tuple[tuple[str, str, str, type[Tab]], ...] = (
    ("journey", "Parcours", "", JourneyTab),
    ("interviews", "Entretiens", "interviews", InterviewsTab),
)
_SECTION = "Dossier"
_DOCUMENTS = {
    "intake": "Fiche d’accueil",
    "notice": "Notice d’information",
    "report": "Compte-rendu du dernier entretien",
    "referral": "Fiche de la dernière orientation",
}


class FileView(View):
    """`enter(case_id=…, tab=…)`; `interview=True` opens a new interview at once."""

    title = "Dossier"
    rail = "files"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._case_id: uuid.UUID | None = None
        self._header: FileHeader | None = None
        self.header = HeaderCard()
        self.tabs = Tabs([(key, label) for key, label, _, _ in _TABS], accessible="Parties du dossier")
        self._pages: dict[str, Tab] = {}
        self._scroll = ScrollColumn(margins=(22, 14, 22, 14), gap=12)
        self._scroll.add(self.header, self.tabs)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._connect()
        self._declare()

    @property
    def case_id(self) -> uuid.UUID:
        assert self._case_id is not None
        return self._case_id

    def enter(self, **arguments: Any) -> None:
        case_id = arguments.get("case_id", self._case_id)
        if case_id != self._case_id:
            self._settle()
            self._case_id, self._header = case_id, None
            self._scroll.verticalScrollBar().setValue(0)
        self._refresh_header()
        wanted = arguments.get("tab") or (self.tabs.current() if "case_id" not in arguments else _TABS[0][0])
        if arguments.get("interview"):
            wanted = "interviews"
        self.tabs.open(wanted)
        self._show_page(wanted)
        if arguments.get("interview"):
            self._new_interview()

    def leave(self) -> bool:
        self._settle()
        return True

    def go_back(self) -> bool:
        return self._page().go_back()

    def take_focus(self) -> None:
        self._page().take_focus()

    def page(self, key: str) -> Tab:
        """A tab by its key, built at its first opening."""
        if key not in self._pages:
            made = next(kind for name, _, _, kind in _TABS if name == key)(self.desk)
            made.wants_tab.connect(self.open_tab)
            made.hide()
            self._scroll.add(made)
            made.wants_preview.connect(self.preview)
            self._pages[key] = made
        return self._pages[key]

    def open_tab(self, key: str) -> None:
        self.tabs.open(key)

    def _page(self) -> Tab:
        return self.page(self.tabs.current())

    def _show_page(self, key: str) -> None:
        if self._case_id is None:
            return
        shown = self.page(key)
        for page in self._pages.values():
            if page is not shown and page.isVisibleTo(self):
                page.settle()
            page.setVisible(page is shown)
        shown.open_case(self._case_id)

    def _tab_chosen(self, key: str) -> None:
        self._show_page(key)
        self._page().take_focus()

    def _refresh_header(self) -> None:
        self.desk.read_latest("file.header", people.header, self.case_id, then=self._show_header)

    def _refresh(self) -> None:
        if self.isVisible() and self._case_id is not None:
            self._refresh_header()
            self._page().refresh()

    def _show_header(self, header: FileHeader) -> None:
        if self._header is None:
            self.desk.keep(accesses.note, "open", header.reference, person_id=header.person_id)
        self._header = header
        self.header.show_header(header)
        for key, _, count, _ in _TABS:
            if count:
                self.tabs.set_count(key, header.counts.get(count, 0))

    def _settle(self) -> None:
        for page in self._pages.values():
            page.settle()

    def _new_interview(self) -> None:
        self.tabs.open("interviews")
        page = self.page("interviews")
        if isinstance(page, InterviewsTab):
            page.new_interview()

    def _is_writing(self) -> bool:
        page = self._page()
        return isinstance(page, InterviewsTab) and page.is_writing

    def _save_interview(self) -> None:
        page = self._page()
        if isinstance(page, InterviewsTab):
            page.submit()

    def _phase_chosen(self, code: str) -> None:
        """The steps of that phase show; entering it is a second, deliberate step."""
        if self._header is None:
            return
        self.tabs.open("journey")
        page = self.page("journey")
        if isinstance(page, JourneyTab):
            page.show_phase(code)
        bar = next(bar for bar in self._header.phases if bar.code == code)
        if not bar.current:
            enter = ("Entrer dans cette phase", partial(self._enter_phase, code, bar.label))
            self.desk.shell.notify(f"Étapes de la phase « {bar.label} ».", "info", [enter])

    def _enter_phase(self, code: str, label: str) -> None:
        self.desk.write(f"Entrée dans la phase « {label} »", people.enter_phase, self.case_id, Phase(code))

    def _reopen(self) -> None:
        self.desk.write("Dossier rouvert", people.reopen, self.case_id)

    def _open_documents(self) -> None:
        menu = self.desk.shell.commands.menu([f"file.document.{name}" for name in _DOCUMENTS], self)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.header.documents
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def print_intake(self) -> None:
        self.desk.read(documents.intake_sheet, self.case_id, then=self.preview)

    def print_notice(self) -> None:
        self.desk.read(documents.notice, self.case_id, then=self.preview)

    def print_report(self) -> None:
        self.desk.read(interviews.listing, self.case_id, then=self._print_last)

    def _print_last(self, lines: tuple[InterviewLine, ...]) -> None:
        if lines:
            self.desk.read(documents.interview_report, lines[0].id, then=self.preview)
        else:
            self.desk.shell.notify("Ce dossier n’a pas encore d’entretien.", "warning")

    def print_referral(self) -> None:
        self.desk.read(referrals.listing, self.case_id, then=self._print_last_referral)

    def _print_last_referral(self, lines: tuple[ReferralLine, ...]) -> None:
        if lines:
            self.desk.read(documents.referral_sheet, lines[0].id, then=self.preview)
        else:
            self.desk.shell.notify("Ce dossier n’a pas encore d’orientation.", "warning")

    def preview(self, document: Document) -> None:
        person = self._header.person_id if self._header else None
        self.shown_document = Preview.open_document(self.desk, document, person_id=person)

    def _copy_phone(self) -> None:
        self._copy("Téléphone", self._header.phone if self._header else "")

    def _copy_email(self) -> None:
        self._copy("Adresse e-mail", self._header.email if self._header else "")

    def _copy(self, what: str, text: str) -> None:
        if text:
            personal_clipboard().copy(text)
            self.desk.shell.notify(f"{what} : copié, effacé du presse-papiers dans {KEPT_SECONDS} secondes.", "info")

    def _is_open(self) -> bool:
        return self._header is not None and self._header.closed_on is None

    def _is_closed(self) -> bool:
        return self._header is not None and self._header.closed_on is not None

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._tab_chosen)
        self.header.phase_chosen.connect(self._phase_chosen)
        self.header.interview_pressed.connect(self._new_interview)
        self.header.documents_pressed.connect(self._open_documents)
        self.header.reopen_pressed.connect(self._reopen)
        self.header.phone_pressed.connect(self._copy_phone)
        self.header.email_pressed.connect(self._copy_email)
        self.desk.changed.connect(self._refresh)

    def _declare(self) -> None:
        add = self.desk.shell.commands.add
        for rank, (key, label, _, _) in enumerate(_TABS, 1):
            go = partial(self.open_tab, key)
            add(Action(f"file.tab.{key}", f"Dossier : {label}", go, "", f"Ctrl+{rank}", ("onglet",), _SECTION), self)
        for action in (
            Action("file.interview", "Nouvel entretien", self._new_interview, "message-square-plus", "Ctrl+E",
                   ("rendez-vous", "compte-rendu"), _SECTION, self._is_open),
            Action("interview.save", "Enregistrer l’entretien", self._save_interview, "check", "Ctrl+Return", (),
                   _SECTION, self._is_writing),
            Action("file.phone", "Copier le téléphone", self._copy_phone, "copy", "", (), _SECTION),
            Action("file.email", "Copier l’adresse e-mail", self._copy_email, "copy", "", (), _SECTION),
            Action("file.reopen", "Rouvrir le dossier", self._reopen, "rotate-ccw", "", (), _SECTION, self._is_closed),
        ):  # fmt: skip
            add(action, self)
        printed = (self.print_intake, self.print_notice, self.print_report, self.print_referral)
        for (name, title), run in zip(_DOCUMENTS.items(), printed, strict=True):
            add(Action(f"file.document.{name}", title, run, "printer", "", ("imprimer", "pdf"), _SECTION), self)
