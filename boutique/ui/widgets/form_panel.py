"""How a panel that edits one thing is laid out: its card scrolls, what is wrong and the buttons stay in sight."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.ui.widgets.scroll_column import ScrollColumn


def lay_out_form(panel: QWidget, card: QWidget, trouble: QWidget, *buttons: QWidget) -> None:
    """The card, then the sentence of what is wrong, then the buttons from the left."""
    scroll, foot = ScrollColumn(), QHBoxLayout()
    scroll.add(card)
    foot.setSpacing(8)
    for button in buttons:
        foot.addWidget(button)
    foot.addStretch(1)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(scroll, 1)
    column.addWidget(trouble)
    column.addLayout(foot)
