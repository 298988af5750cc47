"""A file on a real base, shown in the real window."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from boutique.models.choices import Channel, TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory
from boutique.services import intakes
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.view import FileView

TODAY = date(2026, 11, 24)
ELOISE = {
    "passage.happened_on": TODAY,
    "passage.channel": Channel.WALK_IN,
    "holder.first_name": "Éloïse",
    "holder.last_name": "Vandenbroucke",
    "holder.birth_date": "12/03/1991",
    "holder.phone": "06 12 34 56 78",
    "holder.email": "eloise@exemple.fr",
    "holder.commune_code": "62361",
    "project.summary": "Boulangerie bio itinérante",
}
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture
def case_id(workspace: Workspace) -> uuid.UUID:
    saved = workspace.write("Accueil", intakes.save, ELOISE, needs=("FINANCER_VEHICULE",), notice=True)
    return saved.case_id


@pytest.fixture
def partners(workspace: Workspace) -> dict[str, uuid.UUID]:
    """Three structures that cover the whole country."""

    def add(session: Any) -> dict[str, uuid.UUID]:
        made = {}
        for name, kind in (
            ("Adie, agence d’Arras", "ADIE"),
            ("CMA Hauts-de-France", "CMA"),
            ("Mobil’Ternois", "MOBILITE"),
        ):
            partner = Partner(
                name=name, type_code=kind, territory_level=TerritoryLevel.NATIONAL, verified_on=date(2026, 10, 15)
            )
            session.add(partner)
            session.flush()
            session.add(PartnerTerritory(partner_id=partner.id, level=TerritoryLevel.NATIONAL, code=""))
            made[kind] = partner.id
        return made

    return workspace.write("Répertoire", add)


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk, case_id: uuid.UUID) -> FileView:
    """The file of Éloïse, open on its journey, in a window of the design size."""

    def make() -> FileView:
        return FileView(desk)

    window.register("file", make)
    window.resize(1366, 768)
    window.start("file", case_id=case_id)
    window.show()
    qtbot.waitActive(window)
    shown = window.stack.view("file")
    assert isinstance(shown, FileView)
    return shown


@pytest.fixture
def find(view: FileView) -> Callable[[str], Any]:
    """A visible control of the file by its name."""

    def found(name: str) -> QWidget:
        QApplication.processEvents()  # what was just made is shown
        matches = [one for one in view.findChildren(QWidget, name) if one.isVisibleTo(view)]
        assert len(matches) == 1, f"{name}: {len(matches)} visible"
        return matches[0]

    return found


def typed(text: str) -> None:
    """Type where the focus is, accents included."""
    focused = QApplication.focusWidget()
    assert focused is not None
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focused, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
