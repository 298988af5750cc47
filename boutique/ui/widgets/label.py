"""Text on screen; every view uses it so that data is never read as markup."""

import re
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from boutique.ui.theme.fonts import Role
from boutique.ui.theme.manager import set_look, set_role
from boutique.ui.theme.tokens import Tone

_LONG_WORD = re.compile(r"\S{25,}")
_EACH = re.compile(r".{24}(?=.)")
LabelTone = Tone | Literal["muted", "ink"]


class Label(QLabel):
    """Plain text in a role and a tone; `wrap` lets it take several lines, `selectable` lets it be copied."""

    def __init__(
        self,
        text: str = "",
        *,
        role: Role = "body",
        tone: LabelTone = "ink",
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        set_role(self, role)
        self.set_tone(tone)
        self.setText(text)

    def set_tone(self, tone: LabelTone) -> None:
        set_look(self, tone=tone)


def breakable(text: str) -> str:
    """For labels that wrap: a word without end (a web address) may be broken, where it would stick out of its card."""
    return _LONG_WORD.sub(_broken, text)


def _broken(word: re.Match[str]) -> str:
    return _EACH.sub("\\g<0>\u200b", word.group())
