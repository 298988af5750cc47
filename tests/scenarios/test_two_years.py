"""Two years of one project in the real window: idea, interviews, diagnoses, plan, money, creation, anniversary."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.app import Start
from boutique.core.paths import DataFolder
from boutique.models.after import FollowUp
from boutique.models.after_choices import FollowUpOutcome
from boutique.models.case import Action, Case, Interview, PhaseChange
from boutique.models.choices import ExitReason
from boutique.models.diagnosis import Diagnosis, DiagnosisMark
from boutique.models.money import SchemeRequest
from boutique.models.project import Business
from boutique.services import base_key, search
from boutique.services.papers import catalogue
from boutique.services.workspace import create
from tests.exports.reading import text_of
from tests.scenarios.driver import ALT, CTRL, KEY, Driver
from tests.services.conftest import SETUP, MemoryKeychain

SIREN = "000123455"  # right by its key, never given
DIGITS = [KEY.Key_0, KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5, KEY.Key_6, KEY.Key_7, KEY.Key_8, KEY.Key_9]
NAME = "Maëlys Vandenbrouke-Zéphirin"
# (day, what was said): the eight interviews on the way to the business, one a phase
INTERVIEWS = (
    (date(2025, 1, 20), "Une boulangerie bio sur les marchés ; huit ans de fournil. Revenu du foyer sûr six mois."),
    (date(2025, 2, 3), "Motivations et temps disponible vus ensemble ; CAP vu. Gestion à apprendre."),
    (date(2025, 3, 10), "Dix clients rencontrés sur deux marchés ; prix du pain fixé à 3,20 €."),
    (date(2025, 4, 14), "Prévisionnel commencé : fourgon 6 000 €, four 4 500 €, stock 800 €."),
    (date(2025, 5, 19), "Prévisionnel fini : équilibre dès la première année."),
    (date(2025, 6, 16), "Micro-entreprise ou EURL : la micro-entreprise suffit pour commencer."),
    (date(2025, 9, 8), "Dossier Adie relu, oral blanc fait."),
    (date(2025, 10, 13), "Prêt accordé. Dernier contrôle avant dépôt au guichet unique."),
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is the first morning of the story."""
    with time_machine.travel(datetime(2025, 1, 6, 9, 30).astimezone()) as traveller:
        yield traveller


@pytest.fixture
def driver(
    qapp: QApplication, clock: time_machine.Traveller, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Driver]:
    """A hand on the real window, on a new base with one place and one counsellor."""
    keychain, folder = MemoryKeychain(), DataFolder(tmp_path / "base")
    monkeypatch.setattr(base_key, "system_keychain", lambda: keychain)
    made, _code = create(folder, SETUP, keychain=keychain)
    made.close()
    start = Start(qapp, folder, None)
    start.frame.resize(1366, 768)
    start.frame.present()
    hand = Driver(qapp, start, output)
    hand.begin()
    yield hand
    hand.close()


def _go(clock: time_machine.Traveller, day: date) -> None:
    clock.move_to(datetime(day.year, day.month, day.day, 9, 30).astimezone())


def _idea(driver: Driver) -> uuid.UUID:
    """The first visit: the person, the idea, a need."""
    driver.write(NAME)
    driver.settle()
    driver.key(KEY.Key_Return)
    driver.type_in("holder.birth_date", "12/03/1991")
    driver.type_in("holder.commune_code", "frévent")
    driver.settle()
    driver.key(KEY.Key_Return)
    driver.type_in("holder.employment_status", "Demandeur d’emploi i")
    driver.type_in("project.summary", "Boulangerie bio itinérante sur les marchés du Ternois")
    driver.key(KEY.Key_1, ALT)
    driver.picture("accueil")
    driver.key(KEY.Key_Return, CTRL)
    (hit,) = driver.workspace.read(search.find, driver.workspace.index, "vandenbrouke")
    return hit.case_id


def _interview(driver: Driver, rank: int, said: str) -> None:
    """One a phase: the next one is chosen in the form, which moves the file."""
    driver.key(KEY.Key_E, CTRL)
    if rank:
        driver.find("interview-form-phase", QWidget).setFocus()
        driver.press(KEY.Key_Down)
    driver.find("interview-form-summary", QWidget).setFocus()
    driver.write(said)
    if rank == 1:
        driver.picture("entretien")
    driver.key(KEY.Key_Return, CTRL)


def _diagnosis(driver: Driver, levels: str) -> None:
    """Every criterion of the five axes, by the keys 1 to 5."""
    driver.key(KEY.Key_5, CTRL)
    driver.settle()
    if driver.shows("diagnosis-new"):
        driver.hit("diagnosis-new")
    else:
        driver.key(KEY.Key_Return)  # the first one: the empty tab offers it
    driver.picture("diagnostic-saisie")
    for level in levels:
        driver.press(DIGITS[int(level)])
        driver.press(KEY.Key_Down)
    driver.key(KEY.Key_Return, CTRL)


def _plan(driver: Driver) -> None:
    driver.key(KEY.Key_3, CTRL)
    driver.hit("goal-change")
    driver.type_in("action_plan.goal", "Savoir si la boulangerie peut nourrir la famille")
    driver.type_in("action_plan.due_on", "30/06/2025")
    driver.key(KEY.Key_S, CTRL)
    for label, due in (
        ("Suivre l’atelier « tenir ses comptes »", "15/03/2025"),
        ("Interroger dix clients", "10/03/2025"),
    ):
        driver.type_in("action-label", label)
        driver.type_in("action-due", due)
        driver.key(KEY.Key_Return)


def _money(driver: Driver) -> None:
    """The plan balances, the forecast is computed as it is typed, a loan is asked."""
    driver.key(KEY.Key_6, CTRL)
    driver.picture("dispositifs")
    _press(driver, "Plan de financement")
    _press(driver, "Commencer le prévisionnel")
    for rank, (label, amount) in enumerate((("Fourgon", "6000"), ("Four", "4500"))):
        driver.hit("needs-add")
        driver.type_in(f"needs-{rank}-label", label)
        driver.type_in(f"needs-{rank}-amount", amount)
    for rank, (label, amount) in enumerate((("Apport", "4500"), ("Adie", "6000"))):
        driver.hit("resources-add")
        driver.type_in(f"resources-{rank}-label", label)
        driver.type_in(f"resources-{rank}-amount", amount)
    driver.picture("plan-de-financement", dark=True)
    _press(driver, "Prévisionnel")
    driver.hit("sales-add")
    for key, value in (("label", "Pain"), ("units", "1500"), ("price", "3,20")):
        driver.type_in(f"sales-0-{key}", value)
    driver.hit("charges-add")
    driver.type_in("charges-0-label", "Assurance")
    driver.type_in("charges-0-amount", "95")
    driver.key(KEY.Key_S, CTRL)
    driver.picture("previsionnel", dark=True)
    _press(driver, "Demandes")
    _press(driver, "Noter une demande")
    driver.type_in("scheme_request.status", "Demand")
    driver.type_in("scheme_request.financer", "Adie")
    driver.type_in("scheme_request.asked_eur", "6000")
    driver.type_in("scheme_request.asked_on", "19/05/2025")
    driver.key(KEY.Key_S, CTRL)
    driver.picture("demandes")


def _creation(driver: Driver) -> None:
    driver.key(KEY.Key_8, CTRL)
    driver.hit("creation-start")
    for key, value in (
        ("name", "Le Fournil de Maëlys"), ("registered_on", "03/11/2025"), ("siren", SIREN),
        ("legal_form", "Micro"), ("jobs", "1"),
    ):  # fmt: skip
        driver.type_in(f"business.{key}", value)
    driver.type_in("business.naf_code", "1071C")
    driver.type_in("business.commune_code", "frévent")
    driver.settle()
    driver.key(KEY.Key_Return)
    driver.key(KEY.Key_S, CTRL)
    driver.picture("creation", dark=True)


def _ending(driver: Driver) -> None:
    driver.hit("after-end")
    driver.picture("cloture")
    driver.hit("ending-confirm")


def _call(driver: Driver) -> None:
    """The follow-up that is due, from the list of those to make."""
    driver.key(KEY.Key_F2)
    driver.picture("aujourdhui-suivis")
    _press(driver, "Appeler")
    driver.key(KEY.Key_1, ALT)
    driver.type_in("follow_up.jobs", "2")
    driver.picture("suivi", dark=True)
    driver.key(KEY.Key_Return, CTRL)


def _press(driver: Driver, words: str) -> None:
    button = next(one for one in driver.buttons(words) if one.label().startswith(words))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()


@pytest.mark.timeout(900)  # a hundred screens, with the patience of a slow machine
def test_two_years_of_one_project(driver: Driver, clock: time_machine.Traveller, output: Path) -> None:
    case = _idea(driver)
    driver.key(KEY.Key_Escape)
    for rank, (day, said) in enumerate(INTERVIEWS):
        _go(clock, day)
        _interview(driver, rank, said)
        if rank == 1:
            _diagnosis(driver, "332324" + "22222" + "22211" + "22121" + "32222")
            _plan(driver)
        if rank == 4:
            _money(driver)
    _diagnosis(driver, "444435" + "54444" + "44433" + "44434" + "44444")
    _go(clock, date(2025, 11, 12))
    _creation(driver)
    _ending(driver)
    for day in (date(2025, 12, 4), date(2026, 2, 4), date(2026, 5, 4), date(2026, 11, 5)):
        _go(clock, day)
        _call(driver)
    driver.key(KEY.Key_F, CTRL)
    driver.write("vandenbrouke")
    driver.settle()
    driver.key(KEY.Key_Return)
    for rank in range(1, 10):
        driver.key(DIGITS[rank], CTRL)
        driver.picture(f"onglet-{rank}")
    assert driver.workspace.read(_left, case) == {
        "phases": 9,
        "interviews": len(INTERVIEWS),
        "diagnoses": [(date(2025, 2, 3), 26), (date(2025, 10, 13), 26)],
        "actions": 2,
        "asked": 6000,
        "business": (SIREN, date(2025, 11, 3), 1),
        "ended": (date(2025, 11, 12), ExitReason.CREATION),
        "calls": [(months, FollowUpOutcome.ACTIVE, 2) for months in (1, 3, 6, 12)],
    }
    for paper in catalogue.PAPERS:
        if paper.key in driver.workspace.read(catalogue.available, case):
            document = driver.workspace.read(paper.make, case)
            (output / f"{paper.key}.pdf").write_bytes(document.content)
            assert "ZÉPHIRIN" in text_of(document.content).upper(), paper.title


def _left(session: Session, case_id: uuid.UUID) -> dict[str, Any]:
    """What the base holds of it at the end."""
    case = session.get_one(Case, case_id)
    business = session.scalars(select(Business).where(Business.project_id == case.project_id)).one()
    diagnoses = session.execute(
        select(Diagnosis.made_on, func.count(DiagnosisMark.id)).join(DiagnosisMark).group_by(Diagnosis.id)
        .order_by(Diagnosis.made_on)
    )  # fmt: skip
    calls = session.scalars(select(FollowUp).where(FollowUp.done_on.is_not(None)).order_by(FollowUp.due_on))
    return {
        "phases": len(set(session.scalars(select(PhaseChange.phase)))),
        "interviews": session.scalar(select(func.count(Interview.id))),
        "diagnoses": [tuple(row) for row in diagnoses],
        "actions": session.scalar(select(func.count(Action.id))),
        "asked": session.scalars(select(SchemeRequest.asked_eur)).one(),
        "business": (business.siren, business.registered_on, business.jobs),
        "ended": (case.closed_on, case.exit_reason),
        "calls": [(row.months, row.outcome, row.jobs) for row in calls],
    }
