"""The notice under a free text: who may read it, and what it should not hold. Never a refusal."""

from PySide6.QtWidgets import QWidget

from boutique.rules.sensitive import remarks
from boutique.ui.widgets.label import Label

READABLE = "La personne peut lire ce texte : des faits, des décisions, des suites."
_MOST_TOLD = 2


def notice(text: str) -> str:
    """What to say about a text; nothing when there is nothing to say."""
    return " ".join(f"« {r.word} » ({r.subject}) : {r.advice}" for r in remarks(text)[:_MOST_TOLD])


class Reminder(Label):
    """Says who may read the text; turns into a remark, never a refusal, when a sensitive word is typed.

    A `quiet` one only shows for a remark.
    """

    def __init__(self, *, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(READABLE, role="small", tone="muted", wrap=True, parent=parent)
        self._quiet = quiet
        if quiet:
            self.hide()
        self.setObjectName("reminder")

    def look_at(self, text: str) -> None:
        found = notice(text)
        self.setText(found or READABLE)
        self.set_tone("warning" if found else "muted")
        if self._quiet:
            self.setVisible(bool(found))
