"""What a view shows when it has nothing yet: a sentence that explains and the first action to take."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label


class EmptyState(QWidget):
    """`acted` when the first action is pressed."""

    acted = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str = "",
        action: str = "",
        *,
        action_icon: str = "plus",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(Icon(icon, size=36), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = Label(title, role="heading", wrap=True)
        self.sentence = Label(sentence, tone="muted", wrap=True)
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            if not label.text():
                label.hide()
            column.addWidget(label)
        self.button = PrimaryButton(action, icon=action_icon, hint=hint)
        if not action:
            self.button.hide()
        self.button.clicked.connect(self.acted)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
