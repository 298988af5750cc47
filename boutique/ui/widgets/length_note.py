"""Under a line whose length counts: how much is typed once it nears what is kept, and that it is too long."""

from PySide6.QtWidgets import QLineEdit, QWidget

from boutique.core import french
from boutique.ui.theme.manager import set_look
from boutique.ui.widgets.label import Label

_NEAR = 0.8


class LengthNote(Label):
    """Nothing is cut: what is pasted stays whole, and `too_long` until it is shortened to `longest` characters."""

    def __init__(self, line: QLineEdit, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(role="small", tone="muted", wrap=True, parent=parent)
        self._line, self._longest = line, longest
        self.hide()
        line.textChanged.connect(self._count)

    @property
    def too_long(self) -> bool:
        return len(self._line.text()) > self._longest

    def _count(self, text: str) -> None:
        typed, longest = french.show_number(len(text)), french.show_number(self._longest)
        over = f" : raccourcissez de {french.plural(len(text) - self._longest, 'caractère')}" if self.too_long else ""
        self.setText(f"{typed} caractères sur {longest}{over}")
        self.set_tone("danger" if self.too_long else "muted")
        self.setVisible(len(text) >= _NEAR * self._longest)
        set_look(self._line, invalid=self.too_long)
