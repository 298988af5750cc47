"""The file of a person: the card, the tabs, and the actions that work in all of them."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.services import accesses, journeys, people
from boutique.services.attaching import Source
from boutique.services.people import FileHeader
from boutique.ui.actions import Action
from boutique.ui.clipboard import KEPT_SECONDS, personal_clipboard
from boutique.ui.desk import Desk
from boutique.ui.slips import SlipDesk
from boutique.ui.view import View
from boutique.ui.views.file.actions_tab import ActionsTab
from boutique.ui.views.file.after_tab import AfterTab
from boutique.ui.views.file.diagnosis_tab import DiagnosisTab
from boutique.ui.views.file.documents import FileDocuments
from boutique.ui.views.file.form_tab import FormTab
from boutique.ui.views.file.header import HeaderCard
from boutique.ui.views.file.history_tab import HistoryTab
from boutique.ui.views.file.interviews_tab import InterviewsTab
from boutique.ui.views.file.journey_tab import JourneyTab
from boutique.ui.views.file.money_tab import MoneyTab
from boutique.ui.views.file.people import FilePeople
from boutique.ui.views.file.pieces_entry import PiecesEntry
from boutique.ui.views.file.pieces_tab import PiecesTab
from boutique.ui.views.file.referrals_tab import ReferralsTab
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.tabs import Tabs

# To add a tab: one line here. The count is that of `FileHeader.counts`, when there is one.
_TABS: tuple[tuple[str, str, str, type[Tab]], ...] = (
    ("journey", "Parcours", "", JourneyTab),
    ("interviews", "Entretiens", "interviews", InterviewsTab),
    ("actions", "Plan d’action", "actions", ActionsTab),
    ("referrals", "Orientations", "referrals", ReferralsTab),
    ("diagnosis", "Diagnostic", "", DiagnosisTab),
    ("money", "Financement", "", MoneyTab),
    ("pieces", "Documents", "pieces", PiecesTab),
    ("after", "Création et suivi", "", AfterTab),
    ("form", "Fiche", "", FormTab),
    ("history", "Historique", "", HistoryTab),
)
_SECTION = "Dossier"


class FileView(View):
    """`enter(case_id=…, tab=…)`; `interview=True` or `diagnosis=True` opens a new one at once, `step=…` a step."""

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
        self.people = FilePeople(desk, self, self.header)
        self._scroll.add(self.header, *self.people.panels, self.tabs)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self.documents = FileDocuments(desk, self, self.header.documents)
        self.slips = SlipDesk(desk, self, self._bring_documents)
        self.pieces_entry = PiecesEntry(desk, self, self.slips.offer, self._ask_documents)
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
        if self.tabs.current() == wanted:
            self._show_page(wanted)
        self.tabs.open(wanted)
        if arguments.get("interview"):
            self._new_interview()
        if arguments.get("diagnosis"):
            self._new_diagnosis()
        page = self._page()
        if arguments.get("step") and isinstance(page, JourneyTab):
            page.show_step(str(arguments["step"]))
        if arguments.get("slip") is not None and isinstance(page, ReferralsTab):
            page.show_slip(arguments["slip"], arguments.get("slips"))

    def leave(self) -> bool:
        self._settle()
        return True

    def go_back(self) -> bool:
        return self.people.go_back() or self._page().go_back()

    def take_focus(self) -> None:
        self._page().take_focus()

    def page(self, key: str) -> Tab:
        """A tab by its key, built at its first opening."""
        if key not in self._pages:
            made = next(kind for name, _, _, kind in _TABS if name == key)(self.desk)
            made.wants_tab.connect(self.open_tab)
            made.wants_ending.connect(self._close_file)
            made.hide()
            self._scroll.add(made)
            made.wants_preview.connect(self.documents.preview)
            if isinstance(made, ReferralsTab):
                made.done.slip_asked.connect(self._ask_slip)
            self._pages[key] = made
            if self._header is not None:
                made.show_header(self._header)
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
        self.desk.read_latest("file.header", people.header, self.case_id, then=self._show_header, failed=self._gone)

    def _refresh(self) -> None:
        """After each action, which may have been the undoing of this very file: the card first."""
        if self.isVisible() and self._case_id is not None:
            self.desk.read_latest("file.header", people.header, self.case_id, then=self._go_on, failed=self._gone)

    def _go_on(self, header: FileHeader) -> None:
        self._show_header(header)
        self._page().refresh()

    def _gone(self, sentence: str) -> None:
        """Back to where one came from; said only when it was not this window that took the file back."""
        for page in self._pages.values():
            page.abandon()
        was_shown, self._case_id, self._header = self._header is not None, None, None
        if not was_shown:
            self.desk.shell.notify(sentence, "warning")
        if self.isVisible():
            self.desk.shell.back()

    def _show_header(self, header: FileHeader) -> None:
        if self._header is None:
            self.desk.keep(accesses.note, "open", header.reference, person_id=header.person_id)
        self._header = header
        self.documents.set_file(header.case_id, header.person_id)
        self.header.show_header(header)
        self.people.show_header(header)
        for page in self._pages.values():
            page.show_header(header)
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

    def _pieces(self) -> PiecesTab:
        self.tabs.open("pieces")
        page = self.page("pieces")
        assert isinstance(page, PiecesTab)
        return page

    def _ask_slip(self) -> None:
        self.slips.ask(self.case_id)

    def _bring_documents(self, sources: Sequence[Source]) -> None:
        self._pieces().bring(sources)

    def _ask_documents(self) -> None:
        self._pieces().ask_files()

    def _is_writing(self) -> bool:
        return self._page().is_writing

    def _save_interview(self) -> None:
        self._page().submit()

    def _new_diagnosis(self) -> None:
        self.tabs.open("diagnosis")
        page = self.page("diagnosis")
        if isinstance(page, DiagnosisTab):
            page.new_diagnosis()

    def _may_refer(self) -> bool:
        page = self._page()
        return isinstance(page, ReferralsTab) and page.can_print()

    def _print_referrals(self) -> None:
        page = self._page()
        if isinstance(page, ReferralsTab):
            page.print_and_save()

    def _agree(self) -> None:
        page = self._page()
        if isinstance(page, ReferralsTab):
            page.panel.agreement.toggle()

    def _is_editing(self) -> bool:
        page = self._page()
        if isinstance(page, MoneyTab):
            return page.can_save()
        return isinstance(page, FormTab | AfterTab) or (isinstance(page, ActionsTab) and page.is_editing)

    def _save_form(self) -> None:
        page = self._page()
        if isinstance(page, FormTab | ActionsTab | MoneyTab | AfterTab):
            page.save()

    def _compare_forms(self) -> None:
        self.desk.shell.show_view("legal_form", case_id=self.case_id)

    def _set_goal(self) -> None:
        self.open_tab("actions")
        page = self.page("actions")
        if isinstance(page, ActionsTab):
            page.edit_goal()

    def _close_file(self) -> None:
        self.open_tab("form")
        page = self.page("form")
        if isinstance(page, FormTab):
            page.ask_ending()

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
        self.desk.write(f"Entrée dans la phase « {label} »", journeys.enter, self.case_id, code)

    def _reopen(self) -> None:
        self.desk.write("Dossier rouvert", people.reopen, self.case_id)

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
        self.header.documents_pressed.connect(self.documents.open_menu)
        self.header.reopen_pressed.connect(self._reopen)
        self.header.phone_pressed.connect(self._copy_phone)
        self.header.email_pressed.connect(self._copy_email)
        self.desk.changed.connect(self._refresh)

    def _declare(self) -> None:
        add = self.desk.shell.commands.add
        for rank, (key, label, _, _) in enumerate(_TABS, 1):
            go, keys = partial(self.open_tab, key), f"Ctrl+{rank}" if rank < 10 else ""
            add(Action(f"file.tab.{key}", f"Dossier : {label}", go, "", keys, ("onglet",), _SECTION), self)
        for action in (
            Action("file.interview", "Nouvel entretien", self._new_interview, "message-square-plus", "Ctrl+E",
                   ("rendez-vous", "compte-rendu"), _SECTION, self._is_open),
            Action("file.diagnosis", "Nouveau diagnostic", self._new_diagnosis, "radar", "",
                   ("grille", "axes", "critères"), _SECTION, self._is_open),
            Action("interview.save", "Enregistrer l’entretien ou le diagnostic", self._save_interview, "check",
                   "Ctrl+Return", (), _SECTION, self._is_writing),
            Action("referral.print", "Imprimer et enregistrer l’orientation", self._print_referrals, "printer",
                   "Ctrl+P", ("fiche", "partenaire"), _SECTION, self._may_refer),
            Action("referral.agree", "Accord de la personne recueilli", self._agree, "check", "Alt+A",
                   ("consentement",), _SECTION, self._may_refer),
            Action("referral.slip", "Enregistrer un coupon-réponse…", self._ask_slip, "mail-open", "",
                   ("orientation", "retour", "partenaire", "pdf", "scan"), _SECTION),
            Action("file.save", "Enregistrer ce qui est saisi", self._save_form, "save", "Ctrl+S", (), _SECTION,
                   self._is_editing),
            Action("file.legal_form", "Aide au choix du statut", self._compare_forms, "scale", "",
                   ("forme juridique", "sasu", "micro", "comparer"), _SECTION),
            Action("plan.goal", "Objectif de la période…", self._set_goal, "target", "", ("plan d’action",), _SECTION,
                   self._is_open),
            Action("file.close", "Clôturer le dossier…", self._close_file, "folder-closed", "",
                   ("fin", "sortie"), _SECTION, self._is_open),
            Action("file.phone", "Copier le téléphone", self._copy_phone, "copy", "", (), _SECTION),
            Action("file.email", "Copier l’adresse e-mail", self._copy_email, "copy", "", (), _SECTION),
            Action("file.reopen", "Rouvrir le dossier", self._reopen, "rotate-ccw", "", (), _SECTION, self._is_closed),
        ):  # fmt: skip
            add(action, self)
