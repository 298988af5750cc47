"""One structure that may be referred to: why, what is still to be known, and whether it is chosen."""

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.forms.catalogue import FILE
from boutique.rules.criteria import Missing
from boutique.services.proposals import ASKED_BY, Proposal
from boutique.ui.desk import Desk
from boutique.ui.forms.editors import make_editor
from boutique.ui.theme.tokens import Tokens
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button, Colours, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.field import Field

_INDENT = 34


class ProposalCard(Card):
    """`toggled(partner_id, chosen)`; `answered(key, label, value)` when a missing answer is given."""

    toggled = Signal(object, bool)
    answered = Signal(str, str, object)

    def __init__(self, desk: Desk, proposal: Proposal, *, chosen: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self.proposal = desk, proposal
        self.setObjectName(f"proposal-{proposal.rank}")
        self.setAccessibleName(f"{proposal.rank}. {proposal.name}, {proposal.type_label}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        about = " · ".join(part for part in (proposal.type_label, proposal.place) if part)
        self.box = CheckBox(checked=chosen, accessible=f"Orienter vers {proposal.name}")
        self.box.setObjectName(f"proposal-box-{proposal.rank}")
        self.box.toggled.connect(self._toggled)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.box)
        head.addWidget(ElidedLabel(proposal.name, role="strong"))
        head.addWidget(ElidedLabel(about, role="small", tone="muted"), 1)
        if proposal.blocking:
            head.addWidget(Badge("à faire d’abord", "accent"))
        if proposal.missing:
            head.addWidget(self._asking(proposal.missing[0]))
        if proposal.rank:
            head.addWidget(Badge(str(proposal.rank), "success", minimum=24))
        self.body.setSpacing(4)
        self._answers = QVBoxLayout()
        self.add(head, Bullets(proposal.reasons, role="small", tone="muted", indent=_INDENT), self._answers)
        self.set_selected(chosen)

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
