"""« Notice d’information remise »: ticked when the paper was handed over, with the version in force."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.label import Label


class NoticeCard(Card):
    changed = Signal()
    print_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.box = CheckBox(accessible="Notice d’information remise")
        self.box.setObjectName("notice")
        self._version = Label(role="small", tone="muted")
        self.print = Button("Imprimer", icon="printer", accessible="Imprimer la notice d’information")
        texts = QVBoxLayout()
        texts.setSpacing(1)
        title = Label("Notice d’information remise", role="strong")
        title.setBuddy(self.box)
        texts.addWidget(title)
        texts.addWidget(self._version)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.box)
        line.addLayout(texts, 1)
        line.addWidget(self.print)
        self.add(line)
        self.box.toggled.connect(self._toggled)
        self.print.clicked.connect(self.print_pressed)

    def tell(self, version: int, dated: date | None) -> None:
        when = f" du {french.show_date(dated)}" if dated else ""
        self._version.setText(f"version {version}{when}")
        self.box.setAccessibleName(f"Notice d’information remise, version {version}{when}")

    def _toggled(self) -> None:
        self.changed.emit()
