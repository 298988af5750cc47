"""One legal form in the ranking: its place, why, what it means, and the button that retains it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from boutique.rules.legal_form import Ranked, place, why
from boutique.rules.lists import LegalForm
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label

_FACTS = (
    ("Responsabilité", "liability"),
    ("Social", "social_regime"),
    ("Impôt", "tax"),
    ("Coût de création", "cost"),
    ("Attention", "caution"),
)


class FormCard(Card):
    """`retained(code)` when its button is pressed."""

    retained = Signal(str)

    def __init__(
        self, ranked: Ranked, sheet: LegalForm, *, detailed: bool, retained: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.form = ranked.form
        self.setAccessibleName(f"{sheet.label}, {place(ranked)}")
        self.retain = Button("Retenir cette forme", icon="check", size="small", accessible=f"Retenir {sheet.label}")
        self.retain.setObjectName(f"retain-{ranked.form}")
        head = QHBoxLayout()
        head.setSpacing(8)
        title = Label(sheet.label, role="strong", wrap=True)
        head.addWidget(title, 1)
        if retained:
            head.addWidget(Badge("retenue", "success", icon="check"))
            self.retain.setEnabled(False)
        if ranked.exclusions:
            head.addWidget(Badge("exclue", "danger", icon="ban"))
        else:
            head.addWidget(Badge(place(ranked), "info" if ranked.rank == 1 else "neutral"))
        head.addWidget(self.retain)
        self.body.setSpacing(4)
        self.add(head, Label(why(ranked), role="small", tone="muted", wrap=True))
        if detailed:
            self.add(_facts(sheet))
        self.retain.clicked.connect(self._press)

    def _press(self) -> None:
        self.retained.emit(self.form)


def _facts(sheet: LegalForm) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    rows: Sequence[tuple[str, str]] = [(words, getattr(sheet, name)) for words, name in _FACTS]
    for number, (words, text) in enumerate(row for row in rows if row[1]):
        grid.addWidget(Label(words, role="small", tone="muted"), number, 0)
        grid.addWidget(Label(text, role="small", wrap=True), number, 1)
    grid.setColumnStretch(1, 1)
    return grid
