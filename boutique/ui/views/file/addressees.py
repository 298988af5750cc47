"""To whom the referral is addressed at each structure that is chosen, and who is away; in the referral being made."""

import uuid
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core.text import clip
from boutique.services.addressees import Addressee
from boutique.services.partner_people import Contact
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label, breakable

_NOBODY = "La structure, sans nom"
_LONGEST = 60


class Addressees(QWidget):
    """`chosen()`: a contact, or None, for each structure that has some."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Addressee, ...] = ()
        self.choices: dict[uuid.UUID, ComboBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_addressees(self, found: Sequence[Addressee]) -> None:
        """What was chosen before stays chosen."""
        kept = self.chosen()
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        empty(self._column)
        self.choices = {}
        for one in found:
            if one.away:
                self._column.addWidget(_warning(f"{one.name} : structure {one.away}."))
            if one.contacts:
                self._column.addWidget(self._choice(one, kept, alone=len(found) == 1))
        self.setVisible(bool(self._column.count()))

    def chosen(self) -> dict[uuid.UUID, uuid.UUID | None]:
        said = {key: combo.read() for key, combo in self.choices.items()}
        return {key: uuid.UUID(value) if value else None for key, value in said.items()}

    def _choice(self, one: Addressee, kept: dict[uuid.UUID, uuid.UUID | None], *, alone: bool) -> Field:
        title = "À l’attention de" if alone else f"À l’attention de ({clip(one.name, _LONGEST)})"
        combo = ComboBox([(str(c.id), _line(c)) for c in one.contacts], empty=_NOBODY, accessible=title)
        wanted = kept.get(one.partner_id, one.likeliest)
        combo.write(str(wanted) if wanted else None)
        combo.setObjectName(f"addressee-{len(self.choices)}")
        self.choices[one.partner_id] = combo
        return Field(title, combo)


def _line(contact: Contact) -> str:
    return f"{contact.line} — {contact.away.told('absent·e')}" if contact.away else contact.line


def _warning(words: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Icon("calendar-off", tone="warning", size=16))
    row.addWidget(Label(breakable(words), role="small", tone="warning", wrap=True), 1)
    return line
