"""The card of a file: what it says finds its place at any width, and stays there."""

import uuid
from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from boutique.services import people
from boutique.services.workspace import Workspace
from boutique.ui.views.file.header import HeaderCard


class Counting(HeaderCard):
    """Knows how often it was given another size."""

    resized = 0

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self.resized += 1
        super().resizeEvent(event)


def test_it_settles_at_every_width(qtbot: QtBot, qapp: QApplication, workspace: Workspace, case_id: uuid.UUID) -> None:
    header = workspace.read(people.header, case_id)
    header = replace(header, name="Ousmane Aït-Ouakli", project="Entretien de jardins et petits travaux", badges=())
    host, card = QWidget(), Counting()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    column.addWidget(card)
    column.addStretch(1)
    card.show_header(header)
    host.show()
    seen = set()
    for width in range(620, 1500, 4):
        host.resize(width, 400)
        for _ in range(4):
            qapp.processEvents()
        card.resized = 0
        for _ in range(6):
            qapp.processEvents()
        assert card.resized == 0, width
        seen.add(card.about.text().startswith("·"))
    assert seen == {True, False}
