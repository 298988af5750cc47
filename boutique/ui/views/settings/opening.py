"""Réglages › Protection, first card: keychain, passphrase, recovery sheet, automatic lock."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.services import protection
from boutique.services.documents import Document
from boutique.services.papers import recovery as recovery_papers
from boutique.services.protection import State
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.preview import Preview
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.passphrase_field import PassphraseField

_MINUTES = (5, 10, 15, 30)
_DEFAULT_MINUTES = 10
_RENEW = (
    "La feuille imprimée jusqu’ici n’ouvrira plus la base. La nouvelle s’affiche aussitôt : imprimez-la et rangez-la "
    "hors de l’ordinateur."
)


class OpeningCard(Card):
    """`changed` when a way in was added or taken away."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Ce qui ouvre la base", icon="key-round", parent=parent)
        self.desk = desk
        self.preview: Preview | None = None
        self._by_keychain, self._by_passphrase = Badge("", "neutral"), Badge("", "neutral")
        self._by_sheet = Badge("", "neutral")
        self.keychain_button = Button("")
        self.phrase_button = Button("")
        self.drop_phrase_button = Button("Retirer", variant="ghost")
        self.sheet_button = Button("Nouvelle feuille…", icon="printer")
        self.phrase, self.again = PassphraseField("Nouvelle phrase de passe"), PassphraseField("Encore une fois")
        self.save_phrase = Button("Enregistrer la phrase", icon="check")
        self.idle = ComboBox([(n, f"{n} minutes") for n in _MINUTES], empty=None, accessible="Verrouiller après")
        self._state: State | None = None
        self._lay_out()
        self.keychain_button.clicked.connect(self._keychain)
        self.phrase_button.clicked.connect(self._ask_phrase)
        self.drop_phrase_button.clicked.connect(self._drop_phrase)
        self.sheet_button.clicked.connect(self.renew_sheet)
        self.save_phrase.clicked.connect(self._save_phrase)
        self.again.submitted.connect(self._save_phrase)
        self.idle.activated.connect(self._keep_idle)
        self.idle.write(int(desk.preferences.number("idle_minutes", _DEFAULT_MINUTES)))

    def show_state(self, state: State) -> None:
        self._state = state
        usable = "actif" if state.keychain else "à activer" if state.keychain_here else "absent de cet ordinateur"
        self._by_keychain.set_state(usable, "success" if state.keychain else "neutral")
        self.keychain_button.set_label("Ne plus l’utiliser" if state.keychain else "Activer")
        self.keychain_button.setVisible(state.keychain or state.keychain_here)
        self._by_passphrase.set_state("choisie" if state.passphrase else "aucune",
                                      "success" if state.passphrase else "neutral")  # fmt: skip
        self.phrase_button.set_label("Changer…" if state.passphrase else "Choisir…")
        self.drop_phrase_button.setVisible(state.passphrase)
        self._by_sheet.set_state("active" if state.recovery else "aucune", "success" if state.recovery else "danger",
                                 "" if state.recovery else "triangle-alert")  # fmt: skip

    def renew_sheet(self) -> None:
        """A new code, shown at once as the sheet to print."""
        if self.desk.ask.confirm("Imprimer une nouvelle feuille de secours ?", _RENEW, yes="Créer la feuille"):
            self.desk.tasks.run(partial(_new_sheet, self.desk.workspace), self._show_sheet)

    def _show_sheet(self, sheet: Document) -> None:
        self.preview = Preview.open_documents(self.desk, sheet)
        self.desk.shell.notify("Nouvelle feuille de secours : l’ancienne ne sert plus.", "warning")
        self.changed.emit()

    def _keychain(self) -> None:
        use = self._state is None or not self._state.keychain
        work = protection.use_keychain if use else protection.forget_keychain
        self.desk.tasks.run(partial(work, self.desk.workspace), self._done)

    def _ask_phrase(self) -> None:
        self._phrase_box.show()
        self.phrase.line.setFocus()

    def _drop_phrase(self) -> None:
        self.desk.tasks.run(partial(protection.remove_passphrase, self.desk.workspace), self._done)

    def _save_phrase(self) -> None:
        typed, again = self.phrase.text(), self.again.text()
        self.desk.tasks.run(
            partial(protection.set_passphrase, self.desk.workspace, typed, again), self._phrase_saved, self._refused
        )

    def _phrase_saved(self, _nothing: None) -> None:
        self.phrase.forget()
        self.again.forget()
        self._phrase_box.hide()
        self.desk.shell.notify("Phrase de passe enregistrée.", "success")
        self.changed.emit()

    def _refused(self, sentence: str) -> None:
        self.phrase.set_error(sentence)
        self.phrase.line.setFocus()

    def _done(self, _nothing: None) -> None:
        self.changed.emit()

    def _keep_idle(self, _line: int) -> None:
        self.desk.preferences.put("idle_minutes", self.idle.read())
        self.desk.shell.notify("Pris en compte à la prochaine ouverture.", "info")

    def _lay_out(self) -> None:
        self._phrase_box = QWidget()
        box = QHBoxLayout(self._phrase_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.phrase, 1)
        box.addWidget(self.again, 1)
        box.addWidget(self.save_phrase, 0, Qt.AlignmentFlag.AlignBottom)
        self._phrase_box.hide()
        idle = Label("Verrouiller sans activité après", role="body")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(idle)
        line.addWidget(self.idle)
        line.addStretch(1)
        about = (
            ("Trousseau de l’ordinateur", "Ouvre la base sans rien taper, dans votre session seulement.",
             [self._by_keychain, self.keychain_button]),
            ("Phrase de passe", "À taper à chaque ouverture, ou quand le trousseau manque.",
             [self._by_passphrase, self.drop_phrase_button, self.phrase_button]),
            ("Feuille de secours", "Le code imprimé qui ouvre la base quand tout le reste est perdu.",
             [self._by_sheet, self.sheet_button]),
        )  # fmt: skip
        for title, sentence, trailing in about:
            self.add(ListRow(title, sentence, trailing=trailing))
            if title == "Phrase de passe":
                self.add(self._phrase_box)
        self.add(line)


def _new_sheet(workspace: Workspace) -> Document:
    return workspace.read(recovery_papers.recovery_sheet, protection.renew_recovery(workspace))
