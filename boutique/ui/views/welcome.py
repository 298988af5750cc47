"""First start: three short pages, or fictitious data to try; the app creates the base and shows the recovery code."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import files
from boutique.forms.catalogue import COUNSELLOR, STRUCTURE
from boutique.services.documents import Document
from boutique.services.workspace import Setup
from boutique.ui.ask import Ask, QtAsk
from boutique.ui.tasks import Tasks
from boutique.ui.view import View
from boutique.ui.views.welcome_pages import Page, PersonPage, ProtectionPage, RecoveryPage, StructurePage, answer
from boutique.ui.widgets.busy import Spinner
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.centred import Centred
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.stepper import Phase, Stepper

DEMO_SETUP = Setup(
    structure_name="Boutique de l’initiative (données fictives)",
    commune_code="62767",
    site_name="Boutique de Saint-Pol-sur-Ternoise",
    counsellor_first="Nadia",
    counsellor_last="Bouzid",
    counsellor_email="nadia.bouzid@exemple.fr",
)
_STEPS = (("structure", "Votre structure"), ("person", "Vous"), ("protection", "Protection"))


class Welcome(View):
    """`finished(Setup, passphrase | None, demo)`; the sheet comes back by `show_recovery`; then `done`."""

    finished = Signal(object, object, bool)
    sheet_asked = Signal(object)  # the Document, to be seen and printed
    done = Signal()
    title = "Premier démarrage"

    def __init__(
        self, tasks: Tasks, *, has_keychain: bool, ask: Ask | None = None, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._keychain, self._demo = has_keychain, False
        self._tasks, self._ask = tasks, ask or QtAsk(self.window)
        self._sheet: Document | None = None
        self.structure = StructurePage(tasks)
        self.person = PersonPage()
        self.protection = ProtectionPage(keychain=has_keychain)
        self.recovery = RecoveryPage()
        self.steps = Stepper([Phase(key, label, 0) for key, label in _STEPS], "structure")
        self.next = PrimaryButton("Continuer", hint="↵")
        self.back = Button("Revenir", size="large")
        self.try_it = GhostButton("Essayer avec des données fictives", icon="flask-conical")
        self._error = Label(role="small", tone="danger", wrap=True)
        self._working, self._words = QWidget(), Label(tone="muted")
        self._pages: tuple[Page, ...] = (self.structure, self.person, self.protection, self.recovery)
        self._holder, self._number = QWidget(), 0
        self._lay_out()
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(self.go_back)
        self.try_it.clicked.connect(self._try_it)
        self.recovery.view_asked.connect(self._view_sheet)
        self.recovery.save_asked.connect(self._save_sheet)
        self.steps.chosen.connect(self._step_chosen)
        self.recovery.kept.connect(self.next.setEnabled)
        self._show(0)

    def take_focus(self) -> None:
        editor = self._current().first_editor()
        (editor or self.next).setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """Escape and « Revenir »: the page before; what was typed stays."""
        if self._demo and self._number == 2:
            self._demo = False
            self._show(0)
        elif 0 < self._number < 3 and self._holder.isEnabled():
            self._show(self._number - 1)
        return True

    def creating(self, text: str) -> None:
        """The base is being made: say what is going on."""
        self._words.setText(text)
        self._set_busy(busy=True)

    def failed(self, text: str) -> None:
        """The base could not be made: say why, keep everything typed."""
        self._set_busy(busy=False)
        self._error.setText(text)
        self._error.show()

    def show_recovery(self, sheet: Document) -> None:
        """The base is there: its recovery sheet, once."""
        self.protection.forget()
        self._sheet = sheet
        self._set_busy(busy=False)
        self._show(3)

    def setup(self) -> Setup:
        """The answers of the first two pages."""
        return Setup(
            structure_name=answer(self.structure.name, STRUCTURE, "structure.name") or "",
            commune_code=self.structure.commune_line.read() or "",
            site_name=f"Boutique de {self.structure.town()}",
            counsellor_first=answer(self.person.first, COUNSELLOR, "counsellor.first_name") or "",
            counsellor_last=answer(self.person.last, COUNSELLOR, "counsellor.last_name") or "",
            counsellor_email=answer(self.person.email, COUNSELLOR, "counsellor.email"),
            phone=answer(self.structure.phone, STRUCTURE, "structure.phone"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, from a line or from a box to tick; buttons and lists take it for themselves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.next.isEnabled() and self.next.isVisible():
            self._go_on()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("store", tone="primary", size=26))
        head.addWidget(Label("Bienvenue dans Boutique", role="title", tone="primary"), 1)
        card = Card()
        card.body.setSpacing(14)
        pages = QVBoxLayout(self._holder)
        pages.setContentsMargins(0, 0, 0, 0)
        for page in self._pages:
            pages.addWidget(page)
        self._error.hide()
        working = QHBoxLayout(self._working)
        working.setContentsMargins(0, 0, 0, 0)
        working.addWidget(Spinner())
        working.addWidget(self._words, 1)
        self._working.hide()
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for part in (self.next, self.back):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.try_it)
        card.add(self.steps, self._holder, self._error, self._working, foot)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Centred(whole, width=680))

    def _current(self) -> Page:
        return self._pages[self._number]

    def _show(self, number: int) -> None:
        self._number = number
        for rank, page in enumerate(self._pages):  # not a stack, which would be as tall as its tallest page
            page.setVisible(rank == number)
        current = _STEPS[min(number, 2)][0]
        self.steps.write([Phase(key, label, float(rank < number)) for rank, (key, label) in enumerate(_STEPS)], current)
        self._error.hide()
        self.back.setVisible(number in (1, 2))
        self.try_it.setVisible(number == 0)
        self.next.set_label(("Continuer", "Continuer", "Créer la base", "Commencer")[number])
        self.next.setEnabled(number < 3 or self.recovery.check.isChecked())
        self.take_focus()

    def _go_on(self) -> None:
        number = self._number
        if number == 3:
            self.done.emit()
            return
        wrong = self._current().complaint()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        elif number < 2:
            self._show(number + 1)
        else:
            self.finished.emit(DEMO_SETUP if self._demo else self.setup(), self.protection.chosen(), self._demo)

    def _try_it(self) -> None:
        """Without a keychain even fictitious data need a passphrase: nothing is ever written in clear."""
        self._demo = True
        if self._keychain:
            self.finished.emit(DEMO_SETUP, None, True)  # noqa: FBT003 - a signal has no names
        else:
            self._show(2)

    def _step_chosen(self, key: str) -> None:
        """The bars lead back to a page already filled, never forward past one that is not."""
        number = next(rank for rank, (name, _) in enumerate(_STEPS) if name == key)
        if number < self._number < 3 and not self._demo:
            self._show(number)

    def _view_sheet(self) -> None:
        self.sheet_asked.emit(self._sheet)

    def _save_sheet(self) -> None:
        if self._sheet is None:
            return
        path = self._ask.save_file("Enregistrer la feuille de secours", self._sheet.file_name, "PDF (*.pdf)")
        if path is not None:
            self._tasks.run(partial(files.write_atomically, path, self._sheet.content), self._saved, self.failed)

    def _saved(self, _done: None) -> None:
        self._error.hide()
        self.recovery.say_saved()

    def _set_busy(self, *, busy: bool) -> None:
        self._error.hide()
        self._working.setVisible(busy)
        for part in (self._holder, self.next, self.back, self.try_it):
            part.setEnabled(not busy)
