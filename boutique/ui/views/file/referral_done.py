"""Referrals already made: their state, what became of them, and the menu that records it."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.core.text import clip
from boutique.models.choices import ConsentMode, ReferralStatus
from boutique.rules.lists import load_refusal_reasons
from boutique.services.referrals import ANSWERS, ReferralLine
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.theme.manager import theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.views.file.action_editor import DateEdit
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.tips import plain_tip

_TONES: dict[str, Tone] = {"info": "info", "success": "success", "danger": "danger", "warning": "warning"}
_OTHERS = (ReferralStatus.HANDED, ReferralStatus.SENT, ReferralStatus.RECEIVED, ReferralStatus.EXPIRED,
           ReferralStatus.CANCELLED)  # fmt: skip
_EXCERPT = 60
_ROOMY = 300  # under this width a state stands under its line, not beside it


class Outcome(QWidget):
    """What became of a referral: when, why when it was refused, a note. `recorded(id, status, on, code, note)`."""

    recorded = Signal(object, object, object, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._referral: uuid.UUID | None = None
        self._status = ReferralStatus.TAKEN_UP
        reasons = [(r.code, r.label) for r in load_refusal_reasons().values() if not r.archived]
        self.title = Label(role="label", wrap=True)
        self.reason = ComboBox(reasons, empty="Motif du refus…", accessible="Motif du refus")
        self.note = LineEditor("Note")
        self.note.setPlaceholderText("Note (facultative)")
        self.note.setAccessibleName("Note")
        self.day = DateEdit("Date de la réponse")
        self.save = Button("Enregistrer", icon="check")
        self.cross = GhostButton(icon="x", accessible="Fermer")
        self.error = Label(role="small", tone="danger", wrap=True)
        for name, widget in {"reason": self.reason, "note": self.note, "day": self.day, "save": self.save}.items():
            widget.setObjectName(f"outcome-{name}")
        line = QHBoxLayout()
        line.setSpacing(6)
        for widget in (self.day, self.save, self.cross):
            line.addWidget(widget)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(6)
        for widget in (self.title, self.reason, self.note):
            column.addWidget(widget)
        column.addLayout(line)
        column.addWidget(self.error)
        self.save.clicked.connect(self._record)
        self.note.returnPressed.connect(self._record)
        self.cross.clicked.connect(self.hide)
        self.note.refused.connect(self.error.setText)

    def ask(self, line: ReferralLine, status: ReferralStatus) -> None:
        self._referral, self._status = line.id, status
        self.title.setText(f"{line.partner} : {status.label.lower()}")
        self.reason.setVisible(status is ReferralStatus.REFUSED)
        self.reason.write(None)
        self.note.clear()
        self.day.setText(french.show_date(clock.today()))
        self.tell("")
        self.show()
        (self.reason if status is ReferralStatus.REFUSED else self.note).setFocus()

    def tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _record(self) -> None:
        try:
            on = french.parse_date(self.day.text(), today=clock.today(), past=True)
        except UserError as error:
            self.tell(str(error))
            return
        self.recorded.emit(self._referral, self._status, on, self.reason.read(), self.note.text())


class DoneCard(Card):
    """`print_asked(id)`, `mail_asked(id)`, `reminded(id, how)`, `agreed(id, mode)`, `moved(id, status)`, `slip_asked`.

    Outcomes go through `outcome`.
    """

    print_asked = Signal(object)
    mail_asked = Signal(object)
    reminded = Signal(object, str)
    agreed = Signal(object, object)
    moved = Signal(object, object)
    slip_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Déjà faites", parent=parent)
        self._lines: dict[uuid.UUID, ReferralLine] = {}
        self._opened: set[uuid.UUID] = set()
        self._roomy = True
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.outcome = Outcome(self)
        self.outcome.hide()
        self.slip = Button("Enregistrer un coupon-réponse…", icon="mail-open", size="small")
        self.slip.setObjectName("referral-slip")
        self.slip.setToolTip("Le PDF rempli par la structure peut aussi être déposé n’importe où sur la fenêtre")
        self.slip.clicked.connect(self.slip_asked)
        self.add(self.rows, self.outcome, self.slip)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        roomy = self.width() >= theme().px(_ROOMY)
        if roomy != self._roomy:
            self._roomy = roomy
            QTimer.singleShot(0, self, self._show_again)  # not while the layout is at work

    def _show_again(self) -> None:
        self.show_lines(tuple(self._lines.values()))

    def show_lines(self, lines: Sequence[ReferralLine]) -> None:
        self._lines = {line.id: line for line in lines}
        self.slip.setVisible(bool(lines))
        empty(self.rows)
        for rank, line in enumerate(lines):
            row = self._row(rank, line)
            row.set_last(rank == len(lines) - 1)
            self.rows.addWidget(row)
            if line.id in self._opened:
                self.rows.addWidget(Bullets(line.events, role="small", tone="muted"))
        if not lines:
            self.rows.addWidget(Label("Aucune orientation pour l’instant.", role="small", tone="muted", wrap=True))

    def menu(self, line: ReferralLine) -> QMenu:
        """What may be recorded about a referral."""
        made = QMenu(self)
        if line.consent_on is None:
            part = made.addMenu("Accord recueilli")
            for mode in ConsentMode:
                part.addAction(mode.label).setData(("agreed", line.id, mode.value))
        else:
            made.addAction("Imprimer la fiche").setData(("print", line.id, ""))
            made.addAction("Envoyer par e-mail").setData(("mail", line.id, ""))
            made.addSeparator()
            made.addAction("Relancée par téléphone").setData(("remind", line.id, "relancé par téléphone"))
            made.addAction("Relancée par e-mail").setData(("remind", line.id, "relancé par e-mail"))
        made.addSeparator()
        for status in ANSWERS:
            made.addAction(f"{status.label}…").setData(("answer", line.id, status.value))
        made.addSeparator()
        for status in _OTHERS:
            made.addAction(status.label).setData(("move", line.id, status.value))
        made.triggered.connect(self._chosen)
        return made

    def _row(self, rank: int, line: ReferralLine) -> ListRow:
        more = GhostButton(
            icon="ellipsis-vertical", accessible=f"Suites de l’orientation vers {line.partner}", size="small"
        )
        more.setObjectName(f"referral-more-{rank}")
        more.setProperty("referral", line.id)
        more.clicked.connect(self._open_menu)
        badge = Badge(line.status.label.lower(), _TONES.get(line.tone, "neutral"))
        about = f"{line.made_on:%d/%m} · {(line.subject or clip(line.reason, _EXCERPT)).lower()}"
        row = (
            ListRow(line.partner, about, trailing=[badge, more], clickable=True, wrap=False)
            if self._roomy
            else ListRow(line.partner, about, trailing=[more], under=badge, clickable=True, wrap=False)
        )
        row.setObjectName(f"referral-{rank}")
        row.setProperty("referral", line.id)
        whom = (f"À l’attention de {line.contact}",) if line.contact else ()
        row.setToolTip(plain_tip("\n".join((line.reference, line.partner, *whom, *line.events))))
        row.activated.connect(self._fold)
        return row

    def _fold(self) -> None:
        row = self.sender()
        if isinstance(row, QWidget):
            self._opened ^= {row.property("referral")}
            self._show_again()

    def _open_menu(self) -> None:
        button = self.sender()
        if isinstance(button, QWidget):
            menu = self.menu(self._lines[button.property("referral")])
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _chosen(self, action: object) -> None:
        what, referral_id, value = getattr(action, "data", tuple)()
        if what == "agreed":
            self.agreed.emit(referral_id, ConsentMode(value))
        elif what == "print":
            self.print_asked.emit(referral_id)
        elif what == "remind":
            self.reminded.emit(referral_id, value)
        elif what == "mail":
            self.mail_asked.emit(referral_id)
        elif what == "move":
            self.moved.emit(referral_id, ReferralStatus(value))
        else:
            self.outcome.ask(self._lines[referral_id], ReferralStatus(value))
