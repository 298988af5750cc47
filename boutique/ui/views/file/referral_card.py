"""One structure that may be referred to: why, what is still to be known, and whether it is chosen."""

import uuid

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from boutique.forms.catalogue import FILE
from boutique.rules.choice_reasons import load_set_aside_reasons
from boutique.rules.criteria import Missing
from boutique.services.outside import Override
from boutique.services.proposals import ASKED_BY, Proposal
from boutique.ui.desk import Desk
from boutique.ui.forms.editors import make_editor
from boutique.ui.theme.tokens import Tokens
from boutique.ui.views.file.override_editor import OverrideEditor
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button, Colours, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.tips import plain_tip

_INDENT = 34


class ProposalCard(Card):
    """`toggled(partner_id, chosen)`; `answered(key, label, value)` when a missing answer is given.

    `put_aside(partner_id, code)`: not for this person, None to take it back. A structure that nothing proposed, or that
    was set aside, asks why it is chosen: `override` once it is said.
    """

    toggled = Signal(object, bool)
    answered = Signal(str, str, object)
    put_aside = Signal(object, object)

    def __init__(self, desk: Desk, proposal: Proposal, *, chosen: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self.proposal = desk, proposal
        self.setObjectName(f"proposal-{proposal.rank}")
        self.setAccessibleName(f"{proposal.rank}. {proposal.name}, {proposal.type_label}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.box = CheckBox(checked=chosen, accessible=f"Orienter vers {proposal.name}")
        self.box.setObjectName(f"proposal-box-{proposal.rank}")
        self.box.toggled.connect(self._toggled)
        self.why = OverrideEditor(proposal.name)
        self.body.setSpacing(4)
        self._answers = QVBoxLayout()
        points = Bullets(proposal.reasons, role="small", tone="muted", indent=_INDENT)
        points.setToolTip(plain_tip("\n".join(proposal.details)))
        self.add(self._head())
        if proposal.before:
            self.add(Bullets([_capital(proposal.before)], role="small", tone="warning", indent=_INDENT))
        self.add(points, self._answers, self.why)
        if not (chosen and self.asks_why):
            self.why.hide()
        self.set_selected(chosen)

    def _head(self) -> QHBoxLayout:
        proposal = self.proposal
        about = " · ".join(part for part in (proposal.type_label, proposal.place) if part)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.box)
        head.addWidget(ElidedLabel(proposal.name, role="strong"))
        head.addWidget(ElidedLabel(about, role="small", tone="muted"), 1)
        if proposal.blocking:
            head.addWidget(Badge("à faire d’abord", "accent"))
        if proposal.missing:
            head.addWidget(self._asking(proposal.missing[0]))
        if proposal.aside:
            reason = load_set_aside_reasons().get(proposal.aside)
            head.addWidget(Badge(f"écartée : {_lower(reason.label)}" if reason else "écartée", "neutral"))
        if proposal.rank:
            head.addWidget(self._aside_button())
            head.addWidget(Badge(str(proposal.rank), "success", minimum=24))
        return head

    def _aside_button(self) -> Button:
        back = bool(self.proposal.aside)
        words = f"{'Remettre' if back else 'Écarter'} {self.proposal.name}"
        button = GhostButton(icon="undo-2" if back else "ban", accessible=words, size="small")
        button.setObjectName(f"proposal-aside-{self.proposal.rank}")
        button.setToolTip("Remettre dans la liste" if back else "Écarter : pas pour cette personne…")
        button.clicked.connect(self._take_back if back else self._open_reasons)
        return button

    def reasons_menu(self) -> QMenu:
        """Why this structure is not for this person."""
        menu = QMenu(self)
        for reason in load_set_aside_reasons().values():
            if not reason.archived:
                menu.addAction(reason.label).setData(reason.code)
        menu.triggered.connect(self._set_aside)
        return menu

    def _open_reasons(self) -> None:
        button = self.sender()
        if isinstance(button, QWidget):
            menu = self.reasons_menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _set_aside(self, action: object) -> None:
        self.put_aside.emit(self.partner_id, getattr(action, "data", str)())

    def _take_back(self) -> None:
        self.put_aside.emit(self.partner_id, None)

    @property
    def asks_why(self) -> bool:
        """Nothing proposed it, or it had been set aside."""
        return not self.proposal.rank or bool(self.proposal.aside)

    def override(self) -> Override | None:
        """Why it is chosen all the same, when that has to be said and is."""
        return self.why.read() if self.asks_why else None

    @property
    def partner_id(self) -> uuid.UUID:
        return self.proposal.partner_id

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.toggle()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        event.accept()

    def ask(self) -> None:
        """The missing question, right here."""
        if self._answers.count():
            return
        missing = self.proposal.missing[0]
        asked = MissingAnswer(self._desk, missing, self)
        asked.given.connect(self.answered)
        self._answers.addWidget(asked)
        asked.take_focus()

    def _asking(self, missing: Missing) -> Button:
        button = _WarningButton(f"à compléter : {_lower(missing.label)}")
        button.setObjectName(f"proposal-missing-{self.proposal.rank}")
        button.setToolTip(f"Demandé dans : {missing.place}. Répondre ici.")
        button.clicked.connect(self.ask)
        return button

    def _toggled(self, chosen: bool) -> None:  # noqa: FBT001 - slot
        self.set_selected(chosen)
        self.why.setVisible(chosen and self.asks_why)
        self.toggled.emit(self.partner_id, chosen)


class MissingAnswer(QWidget):
    """The editor of one question of the file; `given(key, label, value)`."""

    given = Signal(str, str, object)

    def __init__(self, desk: Desk, missing: Missing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = FILE.field(ASKED_BY.get(missing.field, missing.field))
        self.editor = make_editor(self._field, desk)
        self.row = Field(self._field.label, self.editor, explanation=self._field.help)
        self.save = Button("Enregistrer la réponse", icon="check")
        self.save.setObjectName("missing-save")
        self.cancel = GhostButton(icon="x", accessible="Ne pas répondre maintenant")
        line = QHBoxLayout(self)
        line.setContentsMargins(_INDENT, 6, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.row, 1)
        line.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignBottom)
        self.save.clicked.connect(self._give)
        self.cancel.clicked.connect(self._close)

    def take_focus(self) -> None:
        self.editor.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pressing beside the question is not choosing the structure."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        event.accept()

    def _give(self) -> None:
        value = self.editor.read()
        if value in (None, "", ()):
            self.row.set_error("Donnez une réponse, ou fermez cette ligne.")
            return
        self.given.emit(self._field.key, self._field.label, value)

    def _close(self) -> None:
        self.hide()
        self.deleteLater()


class _WarningButton(Button):
    """Looks like a badge of the warning tone, and is pressed."""

    def __init__(self, text: str) -> None:
        super().__init__(text, size="small")

    def colours(self, tokens: Tokens) -> Colours:
        tint = tokens.tint("warning")
        border = tokens.tone("warning") if self.underMouse() else tint
        return Colours(tint, border, tokens.tone("warning"), tokens.line)


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
