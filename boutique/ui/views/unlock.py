"""The page that asks for a passphrase or the recovery code, at start and after « Verrouiller »."""

import re
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from boutique.ui.theme.manager import set_role
from boutique.ui.view import View
from boutique.ui.widgets.busy import Spinner
from boutique.ui.widgets.button import GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.centred import Centred
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.passphrase_field import PassphraseField

_GROUP = re.compile(r"groupe n° (\d+)")
_GROUP_LENGTH, _CODE_LENGTH = 5, 40
_LOCKED = "Vos données sont chiffrées. Elles se rouvrent avec votre phrase de passe."
_SYSTEM = "Vos données sont chiffrées. Le trousseau de cette session les rouvre."
_BY_CODE = "Recopiez le code de la feuille de secours imprimée au premier démarrage : huit groupes de cinq signes."


class CodeLine(QLineEdit):
    """A recovery code, set in groups as it is typed or pasted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("XXXXX-XXXXX-XXXXX-…")
        set_role(self, "figure")
        self.textEdited.connect(self._group)

    def point_at(self, group: int) -> None:
        """Select a group, counted from one, where a typing error was found."""
        parts = self.text().split("-")
        start = sum(len(part) + 1 for part in parts[: group - 1])
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setSelection(start, len(parts[group - 1]) if group <= len(parts) else 0)

    def _group(self, text: str) -> None:
        at_end = self.cursorPosition() == len(text)
        signs = re.sub(r"[\W_]", "", text).upper()
        if not at_end or len(signs) > _CODE_LENGTH:
            return
        shown = "-".join(signs[start : start + _GROUP_LENGTH] for start in range(0, len(signs), _GROUP_LENGTH))
        if shown != text:
            self.setText(shown)


class UnlockView(View):
    """`tried(passphrase | None, recovery_code | None)`; both None: only the keychain is to be asked again."""

    tried = Signal(object, object)
    title = "Verrouillé"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_system, self._why = False, _LOCKED
        self.heading = Label("Boutique est verrouillée", role="title")
        self.sentence = Label(_LOCKED, tone="muted", wrap=True)
        self.passphrase = PassphraseField("Phrase de passe")
        self.code = CodeLine()
        self._code_field = Field("Code de secours", self.code)
        self.open_button = PrimaryButton("Ouvrir", icon="lock-open", hint="↵")
        self.other_way = GhostButton("Code de secours", icon="key-round")
        self._error = Label(role="small", tone="danger", wrap=True)
        self._working = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self._working.hide()
        self.open_button.clicked.connect(self._try)
        self.other_way.clicked.connect(self._change_way)
        self.passphrase.submitted.connect(self._try)
        self.code.returnPressed.connect(self._try)
        self.code.textEdited.connect(self._forget_error)

    def enter(self, *, sentence: str = "", passphrase: bool = True, **_arguments: Any) -> None:
        """`sentence`: why something must be typed, or why the last try did not open the base.

        Without `passphrase` the keychain is enough to come back.
        """
        if not self._working.isHidden():
            self.failed(sentence)
            return
        self._by_system = not passphrase
        self.forget()
        self.heading.setText("Boutique est verrouillée")
        self._why = sentence or (_LOCKED if passphrase else _SYSTEM)
        self._show_way(by_code=False)

    def take_focus(self) -> None:
        editor = self.code if self._asks_code() else self.passphrase.line
        (self.open_button if self._by_system and not self._asks_code() else editor).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def opening(self) -> None:
        """The key is being tried: it takes a moment, on purpose."""
        self._set_busy(busy=True)

    def failed(self, sentence: str) -> None:
        """The try did not open: say why, next to what was typed."""
        self._set_busy(busy=False)
        if self._asks_code():
            self._code_field.set_error(sentence)
            if found := _GROUP.search(sentence):
                self.code.point_at(int(found[1]))
                return
        elif self._by_system:
            self._error.setText(sentence)
            self._error.show()
        else:
            self.passphrase.set_error(sentence)
            self.passphrase.line.selectAll()
        self.take_focus()

    def forget(self) -> None:
        """Drop what was typed."""
        self._set_busy(busy=False)
        self.passphrase.forget()
        self.passphrase.set_error("")
        self.code.clear()
        self._forget_error()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The base is open: what was typed leaves with the page (minimising the window is not leaving)."""
        if not event.spontaneous():
            self.forget()
        super().hideEvent(event)

    def go_back(self) -> bool:
        if self._asks_code():
            self._change_way()
        return True

    def _lay_out(self) -> None:
        card = Card()
        foot = QHBoxLayout()
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(self.other_way)
        working = QHBoxLayout(self._working)
        working.setContentsMargins(0, 0, 0, 0)
        working.addWidget(Spinner())
        working.addWidget(Label("Ouverture…", tone="muted"), 1)
        for part in (self.passphrase, self._code_field):
            self._pages.addWidget(part)
        card.body.setSpacing(12)
        self._error.hide()
        card.add(self.heading, self.sentence, self._pages, self._error, foot, self._working)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Centred(card, width=520))

    def _asks_code(self) -> bool:
        return self._pages.currentWidget() is self._code_field

    def _change_way(self) -> None:
        self._show_way(by_code=not self._asks_code())
        self.take_focus()

    def _show_way(self, *, by_code: bool) -> None:
        self._pages.setCurrentWidget(self._code_field if by_code else self.passphrase)
        self._pages.setVisible(by_code or not self._by_system)
        self._error.hide()
        back = "Revenir" if self._by_system else "Phrase de passe"
        self.other_way.set_label(back if by_code else "Code de secours")
        self.sentence.setText(_BY_CODE if by_code else self._why)

    def _try(self) -> None:
        if self._asks_code():
            self._emit_unless_empty(self.code.text(), self._code_field, "Recopiez le code de la feuille de secours.")
        elif self._by_system:
            self.opening()
            self.tried.emit(None, None)
        else:
            self._emit_unless_empty(self.passphrase.text(), self.passphrase, "Tapez votre phrase de passe.")

    def _emit_unless_empty(self, typed: str, field: Field, sentence: str) -> None:
        if not typed.strip():
            field.set_error(sentence)
            self.take_focus()
            return
        by_code = self._asks_code()
        self.opening()
        self.tried.emit(None if by_code else typed, typed if by_code else None)

    def _forget_error(self) -> None:
        self._code_field.set_error("")
        self._error.hide()

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self._pages, self.open_button, self.other_way):
            part.setEnabled(not busy)
        self._working.setVisible(busy)
