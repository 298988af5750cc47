"""The head of a session: what, when, where, how full it is, and what can be done with it. For its sheet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.workshop_choices import WorkshopState
from boutique.services.workshops.sheets import SessionSheet
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.length_note import LengthNote

STATES: dict[WorkshopState, tuple[Tone, str]] = {
    WorkshopState.PLANNED: ("info", "calendar-clock"),
    WorkshopState.HELD: ("success", "circle-check"),
    WorkshopState.CANCELLED: ("neutral", "ban"),
}
_MANY_HALF_DAYS = 4
_LONGEST_REASON = 200


class HeadCard(Card):
    """`sheet_wanted`, `certificates_wanted`, `edited`, `more_wanted(button)`, `closed` by its buttons."""

    sheet_wanted = Signal()
    certificates_wanted = Signal()
    held = Signal()
    edited = Signal()
    more_wanted = Signal(object)
    closed = Signal()
    cancelled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.state = Badge("", "info")
        self.close_button = GhostButton(icon="arrow-left", accessible="Revenir à la liste")
        super().__init__(parent=parent)
        self.name = Label(role="title", wrap=True, selectable=True)
        self.module = Label(tone="muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(5)
        self.badges = FlowLayout(gap=6)
        self.held_button = Button("Séance tenue", icon="circle-check")
        self.paper_button = Button("Feuille d’émargement", icon="printer")
        self.certificates_button = Button("Attestations…", icon="award")
        self.edit_button = Button("Modifier", icon="pencil")
        self.more_button = Button("Plus", icon="ellipsis", accessible="Annuler, remettre à prévue, exporter, supprimer")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.close_button)
        top.addWidget(self.name, 1)
        top.addWidget(self.state)
        buttons = FlowLayout(gap=8)
        names = {
            "workshop-held": self.held_button, "workshop-paper": self.paper_button,
            "workshop-certificates": self.certificates_button, "workshop-edit": self.edit_button,
            "workshop-more": self.more_button,
        }  # fmt: skip
        for name, button in names.items():
            button.setObjectName(name)
            buttons.addWidget(button)
        self._make_cancelling()
        self.add(top, self.module, self._lines, self.badges, buttons, self.cancelling)
        self.held_button.clicked.connect(self.held)
        self.paper_button.clicked.connect(self.sheet_wanted)
        self.certificates_button.clicked.connect(self.certificates_wanted)
        self.edit_button.clicked.connect(self.edited)
        self.close_button.clicked.connect(self.closed)
        self.more_button.clicked.connect(self._more)

    def write(self, sheet: SessionSheet) -> None:
        """Show a session."""
        self.setAccessibleName(sheet.title)
        self.name.setText(sheet.title)
        level = f"niveau {sheet.level.lower()}" if sheet.level else ""
        module = f"Module « {sheet.module} »" if sheet.module != sheet.title else ""
        told = " · ".join(part for part in (module, level) if part)
        self.module.setText(f"{told[:1].upper()}{told[1:]}")
        self.module.setVisible(bool(told))
        tone, icon = STATES[sheet.state]
        self.state.set_state(sheet.state.label, tone, icon)
        self._write_lines(sheet)
        self._write_badges(sheet)
        self.held_button.setVisible(sheet.begun and sheet.state is WorkshopState.PLANNED)
        self.certificates_button.setVisible(sheet.numbers.people_came > 0)

    def ask_reason(self) -> None:
        """Why it does not take place, before it is said: nobody is held up by an empty answer."""
        self.reason.write("")
        self.cancelling.show()
        self.reason.setFocus()

    def put_away(self) -> bool:
        """Fold what is asked; True when it was."""
        was = not self.cancelling.isHidden()
        self.cancelling.hide()
        return was

    def _make_cancelling(self) -> None:
        self.reason = LineEditor("Motif de l’annulation")
        self.reason.setObjectName("workshop-cancel-reason")
        self.length = LengthNote(self.reason, _LONGEST_REASON)
        self.confirm = Button("Annuler la séance", icon="ban", variant="danger")
        self.confirm.setObjectName("workshop-cancel")
        self.cancelling = QWidget()
        row, column = QHBoxLayout(), QVBoxLayout(self.cancelling)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.length)
        row.setSpacing(8)
        row.addWidget(Field("Motif, si vous voulez le garder", self.reason), 1)
        row.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignBottom)
        self.cancelling.hide()
        self.confirm.clicked.connect(self._cancel)
        self.reason.returnPressed.connect(self._cancel)

    def _cancel(self) -> None:
        if self.length.too_long:
            return
        self.cancelling.hide()
        self.cancelled.emit(self.reason.text())

    def _write_lines(self, sheet: SessionSheet) -> None:
        empty(self._lines)
        halves = [half.short for half in sheet.half_days[:_MANY_HALF_DAYS]]
        rest = len(sheet.half_days) - len(halves)
        when = " ; ".join(halves) + (f" ; et {french.plural(rest, 'autre demi-journée')}" if rest else "")
        lines = (
            ("calendar-days", "Horaires", when),
            ("map-pin", "Lieu", " · ".join(part for part in (sheet.place, _qpv(sheet.qpv)) if part)),
            ("mic", "Intervenant·e", " · ".join(part for part in (sheet.speaker, sheet.counsellor) if part)),
            ("ban", "Motif de l’annulation", sheet.cancel_reason),
        )
        for name, label, text in lines:
            if text:
                self._lines.addWidget(_line(name, label, text))

    def _write_badges(self, sheet: SessionSheet) -> None:
        self.badges.clear()
        for words, tone, icon in _facts(sheet):
            self.badges.addWidget(Badge(words, tone, icon=icon, shortens=True))

    def _more(self) -> None:
        self.more_wanted.emit(self.more_button)


def _facts(sheet: SessionSheet) -> list[tuple[str, Tone, str]]:
    """How full it is and what waits, in words, tone and icon."""
    counted, facts = sheet.numbers, list[tuple[str, Tone, str]]()
    left = sheet.capacity - counted.taken
    full: Tone = "neutral" if left > 0 else "warning"
    facts.append((f"{counted.taken} sur {french.plural(sheet.capacity, 'place')}", full, "users"))
    if counted.waiting:
        facts.append((f"{counted.waiting} en attente", "warning", "hourglass"))
    if sheet.begun and sheet.state is WorkshopState.HELD:
        facts.append((french.plural(counted.came, "présent·e", "présent·es"), "success", "circle-check"))
    if sheet.state is WorkshopState.PLANNED and not sheet.over and counted.taken < (sheet.minimum or 0):
        facts.append((f"Minimum de {sheet.minimum} pas atteint", "warning", "triangle-alert"))
    if sheet.state is WorkshopState.PLANNED and sheet.over:
        facts.append(("À conclure : tenue ou annulée ?", "accent", "clock-alert"))
    if sheet.state is WorkshopState.CANCELLED and sheet.people:
        facts.append((f"{french.plural(len(sheet.people), 'personne')} à prévenir", "accent", "phone"))
    if sheet.state is WorkshopState.HELD and sheet.summary_sent_on is None:
        facts.append(("Synthèse à envoyer", "warning", "send"))
    return facts


def _qpv(told: str) -> str:
    return {"": "", "Oui": "en QPV", "Non": "hors QPV", "À vérifier": "QPV à vérifier"}.get(told, f"QPV {told}")


def _line(icon: str, label: str, text: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Icon(icon, size=16, accessible=label))
    row.addWidget(Label(text, wrap=True, selectable=True), 1)
    return made
