"""The referral being made: what is expected, what is transmitted, with whose agreement; right of Orientations."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.choices import ConsentMode, SharedData
from boutique.services.addressees import Addressee
from boutique.services.referrals import CONSENT_VERSION, LEAST_SHARED
from boutique.ui.forms.reminder import Reminder
from boutique.ui.forms.tab_order import put_before
from boutique.ui.views.file.addressees import Addressees
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.chip import Chip
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.text_area import TextArea


class ReferralPanel(Card):
    """`print_asked`, `mail_asked` and `prepare_asked`; what is typed stays until `clear`."""

    print_asked = Signal()
    mail_asked = Signal()
    prepare_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._person = ""
        self.heading = Label("Orientation", role="heading", wrap=True)
        self.help = Label("Choisissez une ou plusieurs structures à gauche.", role="small", tone="muted", wrap=True)
        self.expectation = TextArea(lines=2, placeholder="Ce que la structure devrait faire, en une phrase")
        self.reminder = Reminder(quiet=True)
        self.addressees = Addressees()
        self.chips = [Chip(data.label, value=data, checked=data in LEAST_SHARED) for data in SharedData]
        self.agreement = CheckBox(accessible="Accord de la personne recueilli ce jour")
        self.agreement_text = Label(wrap=True)
        self.mode = ComboBox([(m, m.label.lower()) for m in ConsentMode], empty=None, accessible="Comment, l’accord")
        self.print_button = PrimaryButton("Imprimer et enregistrer", icon="printer")
        self.print_button.setToolTip("Ctrl P")
        self.mail = Button("Envoyer par e-mail", icon="mail")
        self.mail.setToolTip("Un message prêt s’ouvre dans votre messagerie, la fiche jointe")
        self.prepare = Button("Préparer sans transmettre", variant="ghost")
        self.error = Label(role="small", tone="danger", wrap=True)
        self.dates = Label(role="small", tone="muted", wrap=True)
        self._parts = QWidget()
        self._lay_out()
        self._name()
        self.agreement.toggled.connect(self._agreed)
        self.print_button.clicked.connect(self.print_asked)
        self.mail.clicked.connect(self.mail_asked)
        self.prepare.clicked.connect(self.prepare_asked)
        self.expectation.textChanged.connect(self._look)
        self.set_person("")
        self.show_choice((), None, ())

    def set_person(self, name: str) -> None:
        self._person = name
        whose = f"Accord de {name}" if name else "Accord de la personne"
        self.agreement_text.setText(f"{whose} recueilli ce jour, texte v{CONSENT_VERSION}")

    def show_choice(self, names: Sequence[str], expected: date | None, reminders: Sequence[int]) -> None:
        chosen = bool(names)
        self.heading.setText(f"Orientation vers {french.listing(list(names))}" if chosen else "Orientation")
        self.help.setVisible(not chosen)
        self._parts.setVisible(chosen)
        self.dates.setVisible(chosen and expected is not None)
        if expected is not None:
            days = french.listing([str(day) for day in reminders])
            self.dates.setText(f"Retour attendu le {french.day_month(expected)} · relances à {days} jours")
        self.tell("")

    def show_addressees(self, found: Sequence[Addressee]) -> None:
        """To whom it is addressed, asked before what is expected."""
        self.addressees.show_addressees(found)
        for choice in self.addressees.choices.values():
            put_before(choice, self.expectation)

    def consent(self) -> ConsentMode | None:
        return ConsentMode(self.mode.read()) if self.agreement.isChecked() else None

    def shared(self) -> tuple[SharedData, ...]:
        return tuple(SharedData(chip.value) for chip in self.chips if chip.isChecked())

    def tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def refuse_without_agreement(self) -> None:
        self.tell(
            f"Cochez d’abord l’accord de {self._person or 'la personne'} : sans lui, rien qui porte son nom n’est "
            "imprimé ni envoyé. Vous pouvez aussi préparer l’orientation sans rien transmettre."
        )
        self.agreement.setFocus()

    def clear(self) -> None:
        """The next referral starts from the least that is transmitted."""
        self.addressees.show_addressees(())
        self.expectation.write("")
        self.agreement.setChecked(False)
        for chip in self.chips:
            chip.setChecked(chip.value in LEAST_SHARED)

    def _agreed(self, agreed: bool) -> None:  # noqa: FBT001 - slot
        self.mode.setEnabled(agreed)
        if agreed:
            self.tell("")

    def _look(self) -> None:
        self.reminder.look_at(self.expectation.read())

    def _lay_out(self) -> None:
        chips = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        chips.setSizePolicy(policy)
        flow = FlowLayout(chips, gap=6)
        for chip in self.chips:
            flow.addWidget(chip)
        agreement, how, buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        agreement.setSpacing(8)
        agreement.addWidget(self.agreement)
        agreement.addWidget(self.agreement_text, 1)
        how.setContentsMargins(32, 0, 0, 0)
        how.addWidget(self.mode, 1)
        self.mode.setEnabled(False)
        buttons.setSpacing(8)
        buttons.addWidget(self.print_button)
        buttons.addStretch(1)
        inside = QVBoxLayout(self._parts)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.addressees)
        inside.addWidget(Field("Ce que nous attendons", self.expectation))
        inside.addWidget(self.reminder)
        inside.addWidget(Label("Ce que nous transmettons", role="label"))
        inside.addWidget(chips)
        inside.addLayout(agreement)
        inside.addLayout(how)
        inside.addWidget(self.error)
        inside.addLayout(buttons)
        inside.addWidget(self.mail)
        inside.addWidget(self.prepare)
        self.add(self.heading, self.help, self._parts, self.dates)

    def _name(self) -> None:
        names = {"expectation": self.expectation, "agreement": self.agreement, "mode": self.mode,
                 "print": self.print_button, "mail": self.mail, "prepare": self.prepare}  # fmt: skip
        for name, widget in names.items():
            widget.setObjectName(f"referral-{name}")
        for chip in self.chips:
            chip.setObjectName(f"shared-{SharedData(chip.value).value}")
