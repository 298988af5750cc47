"""The answer of a return slip, to be confirmed: what it says, what is doubtful, and what will be recorded."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.choices import ReferralStatus
from boutique.rules.lists import load_refusal_reasons
from boutique.services.referrals import ANSWERS
from boutique.services.slips import Answer, Confirmed
from boutique.ui.forms.reminder import Reminder
from boutique.ui.views.file.action_editor import DateEdit
from boutique.ui.widgets.button import GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.text_area import TextArea

_UNREAD = "Coupon-réponse à recopier"


class SlipPanel(Card):
    """`confirmed(answer, referral_id, Confirmed)`; `given_up` when it is closed without recording."""

    confirmed = Signal(object, object, object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.cross = GhostButton(icon="x", accessible="Fermer sans enregistrer la réponse")
        super().__init__(_UNREAD, icon="mail-open", action=self.cross, tone="info", parent=parent)
        self.answer: Answer | None = None
        reasons = [(one.code, one.label) for one in load_refusal_reasons().values() if not one.archived]
        self.about = Label(role="body", wrap=True)
        self.remarks = Label(role="small", tone="warning", wrap=True)
        self.referral = ComboBox(empty="Choisir l’orientation…", accessible="Orientation à laquelle il répond")
        self.status = ComboBox([(s, s.label) for s in ANSWERS], empty="Choisir la réponse…", accessible="Réponse")
        self.reason = ComboBox(reasons, empty="Motif du refus…", accessible="Motif du refus")
        self.day = DateEdit("Date de la réponse")
        self.note = TextArea(lines=2, placeholder="Note (facultative)")
        self.reminder = Reminder(quiet=True)
        self.save = PrimaryButton("Enregistrer la réponse", icon="check", size="normal")
        self.error = Label(role="small", tone="danger", wrap=True)
        self._lay_out()
        named = {"referral": self.referral, "status": self.status, "reason": self.reason, "day": self.day,
                 "note": self.note, "save": self.save, "cross": self.cross}  # fmt: skip
        for name, widget in named.items():
            widget.setObjectName(f"slip-{name}")
        self.status.currentIndexChanged.connect(self._show_reason)
        self.note.textChanged.connect(self._look)
        self.save.clicked.connect(self._confirm)
        self.cross.clicked.connect(self.give_up)
        self.hide()

    def show_answer(self, answer: Answer, place: str = "") -> None:
        """What the slip says stands ready; one press records it. `place`: « coupon 2 sur 3 »."""
        self.answer = answer
        known = answer.referral_id is not None
        proposed = answer.proposed
        title = f"Réponse de {answer.partner}" if known else _UNREAD
        self.set_title(f"{title} ({place})" if place else title)
        told = f"Orientation {answer.reference} · {answer.person}" if known else f"Document : {answer.source.name}"
        self.about.setText(f"{told}. Le document sera gardé avec ceux du dossier.")
        self.remarks.setText("\n".join(proposed.remarks))
        self.remarks.setVisible(bool(proposed.remarks))
        self._referral_field.setVisible(not known)
        self.status.write(proposed.status)
        self.reason.write(proposed.refusal_code)
        self.day.setText(french.show_date(proposed.on))
        self.note.write(proposed.note)
        self.tell("")
        self._show_reason()
        self.show()

    def show_choices(self, choices: Sequence[tuple[uuid.UUID, str]]) -> None:
        """The referrals it may answer; the only one is chosen."""
        self.referral.set_options(choices)
        if len(choices) == 1:
            self.referral.write(choices[0][0])
        if not choices:
            self.tell("Aucune orientation de ce dossier n’attend de réponse. Joignez ce papier dans Documents.")

    def take_focus(self) -> None:
        """What is still to be chosen, else what records it."""
        status = self.chosen()
        if not self._referral_field.isHidden():
            self.referral.setFocus()
        elif status is None:
            self.status.setFocus()
        elif status is ReferralStatus.REFUSED and self.reason.read() is None:
            self.reason.setFocus()
        else:
            (self.day if self.remarks.text() else self.save).setFocus()

    def clear(self) -> None:
        self.answer = None
        self.hide()

    def give_up(self) -> None:
        """Close it without recording."""
        self.clear()
        self.given_up.emit()

    def chosen(self) -> ReferralStatus | None:
        """Qt keeps the word behind a line, not the choice."""
        found = self.status.read()
        return None if found is None else ReferralStatus(found)

    def tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _confirm(self) -> None:
        if self.answer is None:
            return
        referral_id = self.answer.referral_id or self.referral.read()
        status = self.chosen()
        if referral_id is None:
            self._refuse("Choisissez l’orientation à laquelle ce papier répond.", self.referral)
        elif status is None:
            self._refuse("Choisissez ce que la structure répond.", self.status)
        elif status is ReferralStatus.REFUSED and self.reason.read() is None:
            self._refuse("Choisissez le motif du refus dans la liste.", self.reason)
        else:
            self._emit(referral_id, status)

    def _emit(self, referral_id: uuid.UUID, status: ReferralStatus) -> None:
        try:
            on = french.parse_date(self.day.text(), today=clock.today(), past=True)
        except UserError as error:
            self._refuse(str(error), self.day)
            return
        code = self.reason.read() if status is ReferralStatus.REFUSED else None
        self.confirmed.emit(self.answer, referral_id, Confirmed(status, on, code, self.note.read()))

    def _refuse(self, sentence: str, where: QWidget) -> None:
        self.tell(sentence)
        where.setFocus()

    def _show_reason(self) -> None:
        self._reason_field.setVisible(self.chosen() is ReferralStatus.REFUSED)

    def _look(self) -> None:
        self.reminder.look_at(self.note.read())

    def _lay_out(self) -> None:
        self._referral_field = Field("Orientation", self.referral)
        self._reason_field = Field("Motif du refus", self.reason)
        what, when, last = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        what.setSpacing(12)
        what.addWidget(Field("Réponse", self.status), 1)
        what.addWidget(self._reason_field, 1)
        what.addWidget(Field("Date de la réponse", self.day))
        when.addWidget(Field("Note", self.note))
        last.addWidget(self.save)
        last.addStretch(1)
        self.add(self.about, self.remarks, self._referral_field, what, when, self.reminder, self.error, last)
