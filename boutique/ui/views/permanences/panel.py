"""One permanence to read: where and when, who was received, what remains, what to print. Beside the list."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.clock import today
from boutique.models.choices import ZoningState
from boutique.models.outreach_choices import CancelReason, OutreachState
from boutique.services.outreach_days import DayLine
from boutique.services.outreach_summary import Remaining, Summary
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label

_TONES: dict[OutreachState, tuple[Tone, str]] = {
    OutreachState.PLANNED: ("info", "clock"),
    OutreachState.HELD: ("success", "circle-check"),
    OutreachState.CANCELLED: ("neutral", "ban"),
}


class DayPanel(Card):
    """`confirmed`, `cancelled(reason)`, `reopened`, `edited`, `removed`, `prepared`, `summed`, `wanted(view)`."""

    confirmed = Signal()
    cancelled = Signal(object)
    reopened = Signal()
    edited = Signal()
    removed = Signal()
    prepared = Signal()
    summed = Signal()
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.line: DayLine | None = None
        self.name = Label(role="title", wrap=True)
        self.place = Label(tone="muted", wrap=True)
        self._badges = FlowLayout(gap=6)
        self._facts, self._remaining = QVBoxLayout(), QVBoxLayout()
        self.held_button = PrimaryButton("Séance tenue", icon="circle-check", hint="Alt T", size="normal")
        self.cancel_button = Button("Annulée…", icon="ban")
        self.prepare_button = PrimaryButton("Préparer la permanence", icon="printer", hint="Ctrl P", size="normal")
        self.summary_button = Button("Bilan de la permanence", icon="file-text")
        self.edit_button = Button("Modifier", icon="pencil")
        self.reopen_button = Button("Remettre à confirmer", icon="undo-2", variant="ghost")
        self.remove_button = Button("Effacer", icon="trash-2", variant="ghost")
        self.warning = Label(
            "La feuille de préparation porte des noms et des téléphones : à garder sur soi, à détruire au retour.",
            role="small", tone="muted", wrap=True,
        )  # fmt: skip
        self._lay_out()
        for button, signal in (
            (self.held_button, self.confirmed), (self.edit_button, self.edited), (self.reopen_button, self.reopened),
            (self.remove_button, self.removed), (self.prepare_button, self.prepared),
            (self.summary_button, self.summed),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self.cancel_button.clicked.connect(self.ask_reason)

    def show_day(self, told: Summary) -> None:
        line = self.line = told.line
        self.setAccessibleName(f"Permanence du {french.long_date(line.held_on)}")
        self.name.setText(french.long_date(line.held_on).capitalize())
        where = dict.fromkeys(
            part for part in (line.host or line.site, line.commune, line.hours, line.counsellor) if part
        )
        self.place.setText(" · ".join(where))
        self._show_badges(line, told.district)
        self._show_facts(told)
        self._show_remaining(told.remaining)
        self._arrange(line)

    def take_focus(self) -> None:
        buttons = (self.held_button, self.prepare_button, self.summary_button, self.edit_button)
        next(button for button in buttons if not button.isHidden()).setFocus()

    def ask_reason(self) -> None:
        """Why it was not held: one press more."""
        menu = self.reasons()
        menu.popup(self.cancel_button.mapToGlobal(self.cancel_button.rect().bottomLeft()))

    def reasons(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for reason in CancelReason:
            menu.addAction(reason.label, partial(self.cancelled.emit, reason))
        return menu

    def _arrange(self, line: DayLine) -> None:
        """Only what makes sense for this day, the likeliest first."""
        planned, ahead = line.state is OutreachState.PLANNED, line.held_on >= today()
        self.held_button.setVisible(planned and line.held_on <= today())
        self.prepare_button.setVisible(planned and ahead)
        self.warning.setVisible(planned and ahead)
        self.cancel_button.setVisible(planned)
        self.summary_button.setVisible(line.held_on <= today())
        self.reopen_button.setVisible(not planned)
        self.remove_button.setVisible(line.stored and line.ref.rule_id is None)

    def _show_badges(self, line: DayLine, district: str) -> None:
        self._badges.clear()
        tone, icon = _TONES[line.state]
        words = f"{line.state.label} : {line.reason}" if line.reason else line.state.label
        if line.to_confirm:
            tone, icon, words = "warning", "clock-alert", "À confirmer"
        self._badges.addWidget(Badge(words, tone, icon=icon))
        if line.located_in_qpv is ZoningState.YES:
            self._badges.addWidget(Badge(f"QPV {district}".strip(), "info", icon="map-pin"))
        if line.commune_code is None:
            self._badges.addWidget(Badge("Commune à préciser", "warning", icon="triangle-alert"))
        if line.offline:
            self._badges.addWidget(Badge("Hors ligne", "neutral", icon="wifi-off"))

    def _show_facts(self, told: Summary) -> None:
        empty(self._facts)
        line = told.line
        if line.held_on > today():
            words = french.plural(told.expected, "rendez-vous", "rendez-vous")
            facts = [("calendar-days", f"{words} à ce jour")]
        else:
            reception = line.reception
            interviews = french.plural(reception.interviews, "entretien tenu", "entretiens tenus")
            spent = f" ({french.show_minutes(reception.minutes)})" if reception.minutes else ""
            facts = [
                ("users", french.plural(reception.received, "personne reçue", "personnes reçues")),
                ("message-square", f"{interviews}{spent}"),
                ("footprints", french.plural(line.walk_ins, "passage sans entretien", "passages sans entretien")),
            ]
        for icon, words in facts:
            self._facts.addWidget(_fact(icon, words))

    def _show_remaining(self, left: Remaining) -> None:
        empty(self._remaining)
        for count, one, many, view in (
            (left.appointments, "rendez-vous à conclure", "rendez-vous à conclure", "agenda"),
            (left.unwritten, "entretien à noter", "entretiens à noter", "files"),
            (left.drafts, "saisie à terminer", "saisies à terminer", "today"),
        ):
            if count:
                words = french.plural(count, one, many)
                button = Button("Ouvrir", size="small", accessible=f"Ouvrir : {words}")
                button.clicked.connect(partial(self.wanted.emit, view))
                self._remaining.addWidget(_fact("triangle-alert", words, button))

    def _lay_out(self) -> None:
        self._facts.setSpacing(6)
        self._remaining.setSpacing(6)
        first, second = FlowLayout(gap=8), FlowLayout(gap=8)
        for button in (self.held_button, self.prepare_button, self.cancel_button, self.summary_button):
            first.addWidget(button)
        for button in (self.edit_button, self.reopen_button, self.remove_button):
            second.addWidget(button)
        self.add(self.name, self.place, self._badges, self._facts, self._remaining, first, self.warning, second)


def _fact(icon: str, words: str, button: QWidget | None = None) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Icon(icon, size=16, tone="warning" if button is not None else "neutral"))
    row.addWidget(Label(words, wrap=True), 1)
    if button is not None:
        row.addWidget(button)
    return made
