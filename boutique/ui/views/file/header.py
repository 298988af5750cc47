"""The card at the top of a file: who, where, with whom, what next, and how far the project is."""

from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.clock import local
from boutique.models import choices
from boutique.services.people import FileHeader
from boutique.ui.theme.manager import theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.avatar import Avatar
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.stepper import Phase, Stepper
from boutique.ui.widgets.tips import plain_tip

_ROOMY, _NARROWEST = 900, 560
_PLACE, _PLACE_LEAST = 110, 70  # a commune is read at a glance
_BESIDE, _UNDER = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_TONES: dict[str, Tone] = {"info": "info", "warning": "warning", "success": "success"}


class HeaderCard(Card):
    """`phase_chosen(code)` from the stepper; the buttons are pressed through their own signals."""

    phase_chosen = Signal(str)
    documents_pressed = Signal()
    interview_pressed = Signal()
    reopen_pressed = Signal()
    phone_pressed = Signal()
    email_pressed = Signal()
    others_pressed = Signal()
    more_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shown_header: FileHeader | None = None
        self.avatar = Avatar(size=44)
        self.name = ElidedLabel(role="title")
        self.badges = QHBoxLayout()
        self.badges.setSpacing(8)
        self._told: list[Badge] = []
        self._place: Badge | None = None
        self._first, self._second = QBoxLayout(_BESIDE), QBoxLayout(_BESIDE)
        self._about = ""
        self.project = ElidedLabel(role="small", tone="muted")
        self.about = ElidedLabel(role="small", tone="muted")
        self.phone = Label(role="small", tone="muted")
        self.copy_phone = GhostButton(icon="copy", accessible="Copier le téléphone", size="small")
        self.copy_email = GhostButton(icon="mail", accessible="Copier l’adresse e-mail", size="small")
        self.others = GhostButton(icon="folders", size="small")
        self.meeting_title = Label("Prochain rendez-vous", role="small", tone="muted")
        self.meeting = Label(role="figure_strong")
        self.documents = Button("Documents", icon="printer", size="large", accessible="Documents à imprimer")
        self.interview = PrimaryButton("Nouvel entretien", icon="message-square-plus")
        self.reopen = Button("Rouvrir", icon="rotate-ccw", size="large")
        self.more = Button(icon="ellipsis-vertical", size="large", accessible="Autres actions sur le dossier")
        self.stepper = Stepper([Phase(code, code.label) for code in choices.Phase])  # in their place for Tab
        self._lay_out()
        self._name_and_connect()

    def show_header(self, header: FileHeader) -> None:
        self._shown_header = header
        self.avatar.set_person(header.initials, header.name)
        self.name.setText(header.name)
        self._show_badges(header)
        referee = "suivie par" if header.feminine else "suivi par"
        self.project.setText(header.project)
        self.project.setVisible(bool(header.project))
        about = [f"dossier {header.reference}", header.counsellor and f"{referee} {header.counsellor}"]
        self._about = " · ".join(part for part in about if part)
        self.phone.setText(header.phone and f"· {header.phone}")
        self.phone.setVisible(bool(header.phone))
        self.copy_phone.setVisible(bool(header.phone))
        self.copy_email.setVisible(bool(header.email))
        self.copy_email.setToolTip(plain_tip(f"{header.email} (copier)"))
        others = len(header.other_projects)
        self.others.set_label(french.plural(others, "autre projet", "autres projets"))
        self.others.setVisible(bool(others))
        self.others.setMinimumWidth(self.others.sizeHint().width())  # the sentence of the project gives way
        closed = header.closed_on is not None
        self.reopen.setVisible(closed)
        self.interview.setVisible(not closed)
        self._show_meeting(header)
        current = next((bar.code for bar in header.phases if bar.current), "")
        self.stepper.write([Phase(bar.code, bar.label, bar.fill) for bar in header.phases], current)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._shown_header is not None:
            self._show_meeting(self._shown_header)
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What asks for more than there is gives way: see `_arrange`, `_show_meeting` and the texts that shorten."""
        return QSize(theme().px(_NARROWEST), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        """Badges beside the name and references beside the project; or under them, rather than shorten them."""
        # Of the parts themselves: a layout counts none before they are shown, and its own sum is that of before.
        badges = sum(badge.sizeHint().width() + self.badges.spacing() for badge in self._told)
        self._stack(self._first, beside=self._fits(self.name.sizeHint().width() + badges), gap=(8, 4))
        beside = bool(self.project.text()) and self._fits(self._second_line())
        references = f"· {self._about}" if beside else self._about
        if self.about.text() != references:
            self.about.setText(references)
        self._stack(self._second, beside=beside, gap=(4, 1))

    def _second_line(self) -> int:
        """What the project and the references take side by side."""
        parts = [part for part in self._contact_parts if part is not self.about and not part.isHidden()]
        references = self.about.fontMetrics().horizontalAdvance(f"· {self._about}") + 2
        others = sum(part.sizeHint().width() + self._contact.spacing() for part in parts)
        return self.project.sizeHint().width() + self._contact.spacing() + references + others

    def _fits(self, width: int) -> bool:
        return width <= self._texts.geometry().width()

    def _stack(self, row: QBoxLayout, *, beside: bool, gap: tuple[int, int]) -> None:
        towards = _BESIDE if beside else _UNDER
        if row.direction() != towards:
            row.setDirection(towards)
            row.setSpacing(gap[0] if beside else gap[1])
            self.updateGeometry()

    def _show_badges(self, header: FileHeader) -> None:
        empty(self.badges)
        self._told, self._place = [], None
        if header.closed_on is not None:
            self._told.append(Badge(f"clos le {french.show_date(header.closed_on)} · {header.exit_reason}", "accent"))
        if header.age is not None:
            self._told.append(Badge(french.plural(header.age, "an")))
        for badge in header.badges:
            tone = _TONES.get(badge.tone, "neutral")
            self._told.append(Badge(badge.text, tone, shortens=tone == "info"))  # the place may be very long
            if tone == "info" and self._place is None:
                self._place = self._told[-1]
        if header.programme:
            self._told.append(Badge(header.programme, "neutral", icon="landmark", shortens=True))
        for made in self._told:
            self.badges.addWidget(made)
        self.badges.addStretch(1)

    def _show_meeting(self, header: FileHeader) -> None:
        """Beside the buttons where there is room; in the tooltip of the file's line otherwise."""
        roomy = self.width() >= theme().px(_ROOMY)
        when = header.next_appointment
        self.meeting.setText(spoken_instant(when) if when is not None else "")
        for label in (self.meeting, self.meeting_title):
            label.setVisible(roomy and when is not None and header.closed_on is None)
        self.documents.set_label("Documents" if roomy else "")
        if self._place is not None:  # where there is room the programme gives way first
            self._place.set_shortest(_PLACE if roomy else _PLACE_LEAST)

    def _lay_out(self) -> None:
        self._contact, texts = QHBoxLayout(), QVBoxLayout()
        self._texts = texts
        self._first.setSpacing(8)
        self._first.addWidget(self.name)
        self._first.addLayout(self.badges, 1)
        self._contact.setSpacing(4)
        self._contact_parts = (self.about, self.phone, self.copy_phone, self.copy_email, self.others)
        for widget in self._contact_parts:
            self._contact.addWidget(widget)
        self._contact.addStretch(1)
        self._second.setSpacing(4)
        self._second.addWidget(self.project)
        self._second.addLayout(self._contact, 1)
        texts.setSpacing(3)
        texts.addLayout(self._first)
        texts.addLayout(self._second)
        meeting = QVBoxLayout()
        meeting.setSpacing(2)
        meeting.addStretch(1)
        for label in (self.meeting_title, self.meeting):
            label.setAlignment(label.alignment() | label.alignment().AlignRight)
            meeting.addWidget(label)
        meeting.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.avatar)
        top.addLayout(texts, 1)
        top.addLayout(meeting)
        for button in (self.documents, self.more, self.reopen, self.interview):
            top.addWidget(button)
        self.body.setSpacing(12)
        self.add(top, self.stepper)

    def _name_and_connect(self) -> None:
        self.documents.setToolTip("Documents à imprimer")
        self.interview.setToolTip("Nouvel entretien (Ctrl E)")
        names = {"file-documents": self.documents, "file-interview": self.interview, "file-reopen": self.reopen,
                 "copy-phone": self.copy_phone, "copy-email": self.copy_email, "file-name": self.name,
                 "file-others": self.others, "file-more": self.more}  # fmt: skip
        for name, widget in names.items():
            widget.setObjectName(name)
        self.stepper.chosen.connect(self.phase_chosen)
        self.documents.clicked.connect(self.documents_pressed)
        self.interview.clicked.connect(self.interview_pressed)
        self.reopen.clicked.connect(self.reopen_pressed)
        self.copy_phone.clicked.connect(self.phone_pressed)
        self.copy_email.clicked.connect(self.email_pressed)
        self.others.clicked.connect(self.others_pressed)
        self.more.clicked.connect(self.more_pressed)


def spoken_instant(instant: datetime) -> str:
    """« jeu. 3 déc. 10:00 »."""
    here = local(instant)
    return f"{french.DAYS[here.weekday()][:3]}. {french.day_month(here.date())} {here:%H:%M}"
