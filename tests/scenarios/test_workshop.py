"""A workshop in the real window: module, session, people, waiting list, presence, a file, attestations; pictured."""

from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.person import Person
from boutique.models.workshop import Workshop
from boutique.models.workshop_choices import WorkshopState
from boutique.rules.period import Period
from boutique.services.workshops import counts, sheets
from boutique.services.workshops.sheets import SessionSheet
from tests.exports.reading import text_of
from tests.scenarios.driver import ALT, CTRL, KEY, SHIFT, Driver

TITLE = "Fixer ses prix sur un marché"
DAY = date(2026, 12, 1)


def _press(driver: Driver, words: str) -> None:
    button = next(one for one in driver.buttons(words) if one.label().startswith(words))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()


def _sheet(driver: Driver) -> SessionSheet:
    def read(session: Session) -> SessionSheet:
        return sheets.sheet(session, session.scalars(select(Workshop.id).where(Workshop.title == TITLE)).one())

    return driver.workspace.read(read)


def _places(driver: Driver) -> dict[str, int]:
    """Rank in the waiting list by name, 0 for a place."""
    return {one.name: one.waiting_rank for one in _sheet(driver).people}


def _module(driver: Driver) -> None:
    """A module of one's own, then a session of it: a whole day for three."""
    driver.key(KEY.Key_F6)
    driver.picture("ateliers")
    _tab(driver, 1)
    driver.picture("catalogue")
    driver.key(KEY.Key_N, CTRL | SHIFT)
    driver.type_in("module.title", TITLE)
    driver.type_in("module.theme", "Gestion")
    _retype(driver, "module.capacity", "3")
    driver.type_in("module.minimum", "2")
    driver.picture("module")
    driver.key(KEY.Key_Return, CTRL)
    next(one for one in driver.application.allWidgets() if one.accessibleName().startswith(TITLE)).setFocus()
    driver.key(KEY.Key_Return)
    driver.hit("module-plan")
    _retype(driver, "half-day-0-day", f"{DAY:%d/%m/%Y}")
    driver.hit("half-day-add")
    driver.type_in("workshop.speaker", "Mme Leroy, Chambre de métiers")
    driver.picture("nouvelle-seance")
    driver.key(KEY.Key_Return, CTRL)


def _people(driver: Driver, known: str) -> None:
    """One from a file, three by name of whom the last waits; one leaves, who waited has the place."""
    driver.press(KEY.Key_I, ALT)
    driver.write(known)
    driver.settle()
    driver.key(KEY.Key_Return)
    for name, phone in (("Inès Nouvelle", "06 39 98 11 22"), ("Hugo Petit", ""), ("Ana Reis", "")):
        driver.press(KEY.Key_I, ALT)
        driver.write(name)
        driver.settle()
        driver.press(KEY.Key_Return)
        if phone:
            driver.type_in("enrolment.phone", phone)
        driver.key(KEY.Key_Return, CTRL)
    driver.picture("liste-d-attente")
    assert _places(driver) == {known: 0, "Inès Nouvelle": 0, "Hugo Petit": 0, "Ana Reis": 1}
    _go_to(driver, "Hugo Petit")
    driver.key(KEY.Key_Delete)
    assert "Ana Reis" in driver.notice
    driver.picture("place-liberee")
    assert _places(driver) == {known: 0, "Inès Nouvelle": 0, "Ana Reis": 0}


def _paper(driver: Driver) -> None:
    driver.key(KEY.Key_P, CTRL)
    driver.until("l’aperçu ne s’ouvre pas", lambda: driver.top() is not None)
    driver.picture("feuille-emargement")
    driver.hit("preview-close")


def _presence(driver: Driver, known: str) -> None:
    """The morning name by name, the afternoon at once; two people who gave no name."""
    for name, letter in ((known, KEY.Key_P), ("Inès Nouvelle", KEY.Key_P), ("Ana Reis", KEY.Key_A)):
        _go_to(driver, name)
        driver.key(letter)
    driver.press(KEY.Key_End)
    driver.press(KEY.Key_Left)
    driver.hit("workshop-all-present")
    driver.hit("workshop-by-heads")
    driver.type_in("anonymous_heads.heads", "2")
    driver.key(KEY.Key_Return, CTRL)
    driver.picture("presences", dark=True)


def _file(driver: Driver) -> None:
    """Inès has no file: Enter, then what is known is there already."""
    _go_to(driver, "Inès Nouvelle")
    driver.key(KEY.Key_Return)
    assert driver.view == "intake"
    driver.picture("vers-le-dossier")
    driver.key(KEY.Key_Return, CTRL)
    assert driver.view == "file"
    driver.key(KEY.Key_2, CTRL)
    driver.picture("ateliers-du-dossier")


def _after(driver: Driver, output: Path) -> None:
    driver.key(KEY.Key_F6)
    driver.answers.plan(output / "attestations.pdf")
    driver.hit("workshop-certificates")
    driver.until("les attestations ne sont pas faites", (output / "attestations.pdf").exists)
    driver.type_in("workshop.summary", "Chacun repart avec un prix calculé.")
    driver.type_in("workshop-mark-5", "3")
    _press(driver, "Envoyée aujourd’hui")
    driver.picture("synthese")
    _tab(driver, 2)
    driver.picture("bilan", dark=True)
    driver.key(KEY.Key_F4)
    driver.picture("agenda")


def _tab(driver: Driver, steps: int) -> None:
    """The pages of Ateliers, by their strip."""
    for _ in range(steps):
        driver.start.window.stack.current_view().sections.setFocus()
        driver.key(KEY.Key_Right)


def _go_to(driver: Driver, name: str) -> None:
    """The keyboard goes to the table, then down to somebody; nothing is written on the way."""
    driver.press(KEY.Key_P, ALT)
    driver.press(KEY.Key_Home, CTRL)
    table = driver.find("workshop-people", QWidget)
    for _ in range(10):
        if table.current().name == name:  # type: ignore[attr-defined]
            return
        driver.press(KEY.Key_Down)
    raise AssertionError(name)


def _retype(driver: Driver, name: str, text: str) -> None:
    driver.find(name, QWidget).setFocus()
    driver.press(KEY.Key_A, CTRL)
    driver.type_in(name, text)


@pytest.mark.timeout(600)  # forty screens, with the patience of a slow machine
def test_a_workshop_from_the_catalogue_to_the_attestations(driver: Driver, output: Path) -> None:
    person = driver.workspace.read(lambda session: session.scalars(select(Person).order_by(Person.name_key)).first())
    assert person is not None
    known = person.full_name
    _module(driver)
    _people(driver, known)
    _paper(driver)
    with time_machine.travel(datetime(2026, 12, 1, 17, 30).astimezone()):
        driver.key(KEY.Key_F2)
        driver.key(KEY.Key_F6)
        _presence(driver, known)
        _file(driver)
        _after(driver, output)
        shown = _sheet(driver)
        total = driver.workspace.read(counts.balance, Period.month(DAY))
    assert shown.state is WorkshopState.HELD
    assert {one.name: list(one.presence.values()) for one in shown.people if one.presence} == {
        known: [True, True], "Inès Nouvelle": [True, True], "Ana Reis": [False, True],
    }  # fmt: skip
    assert next(one for one in shown.people if one.name == "Inès Nouvelle").case_id is not None
    assert (shown.summary_sent_on, shown.rating) == (DAY, 5.0)
    assert (total.everything.people, total.everything.heads) == (3, 2)
    told = text_of((output / "attestations.pdf").read_bytes())
    assert all(name in told for name in (known, "Inès Nouvelle", "Ana Reis", TITLE))
    assert "Hugo Petit" not in told
