"""The journey edited in Réglages: old files keep their version, new ones follow it, the workbook counts both."""

import uuid
from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtWidgets import QComboBox, QLineEdit
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Case
from boutique.models.choices import Phase
from boutique.rules.indicators import figure
from boutique.services import journeys
from tests.scenarios.driver import ALT, CTRL, KEY, SHIFT, Driver

NAME, OWN = "Zéphirine Vandenbrouke", "Atelier collectif"


def _old(session: Session) -> tuple[Any, str]:
    """A file opened before: (id, reference)."""
    case = session.scalars(select(Case).where(Case.closed_on.is_(None)).order_by(Case.reference)).first()
    assert case is not None
    return case.id, case.reference


def _newest(session: Session) -> Case:
    return session.scalars(select(Case).order_by(Case.created_at.desc(), Case.id.desc())).all()[0]


def _by_id(session: Session, case_id: uuid.UUID) -> Case:
    return session.get_one(Case, case_id)


def _edit_the_journey(driver: Driver) -> None:
    driver.key(KEY.Key_F9)
    driver.start.window.stack.current_view().tabs.open("journey")
    driver.settle()
    driver.hit("journey-add-phase")
    driver.write(OWN)
    driver.find("phase-short", QLineEdit).setFocus()
    driver.key(KEY.Key_A, CTRL)
    driver.write("Atelier")
    driver.find("phase-counts_as", QComboBox).setFocus()
    driver.key(KEY.Key_Down)  # from « Accueil » to « Pré-accueil »
    driver.hit("journey-to-publish")
    driver.write("Parcours 2027")
    driver.key(KEY.Key_Return, CTRL)
    assert driver.notice == "Nouvelle version du parcours publiée"


def _bars(driver: Driver) -> list[str]:
    """The phases above the file on screen."""
    stepper = driver.start.window.stack.current_view().header.stepper
    return [bar.phase.label for bar in stepper._bars]


def _workbook(driver: Driver, path: Path) -> tuple[int, list[tuple[Any, ...]]]:
    """(interviews of the month, one row an interview) as the workbook saved from Activité says."""
    driver.key(KEY.Key_F8)
    driver.answers.plan(path)
    driver.key(KEY.Key_E, CTRL | SHIFT)
    driver.until("the workbook is not written", path.exists)
    driver.settle()
    book = openpyxl.load_workbook(path, data_only=True)
    figures: dict[Any, Any] = {row[0]: row[2] for row in book["Synthèse"].iter_rows(values_only=True)}
    rows = [row for row in book["Entretiens"].iter_rows(values_only=True) if str(row[1]).startswith("20")]
    return int(figures[figure("interviews").title]), rows


def test_old_and_new_files_follow_their_own_journey_and_count_together(driver: Driver, tmp_path: Path) -> None:
    before, rows_before = _workbook(driver, tmp_path / "avant.xlsx")
    old_id, old_reference = driver.workspace.read(_old)
    old_phase = driver.workspace.read(_by_id, old_id).phase
    _edit_the_journey(driver)

    driver.key(KEY.Key_F, CTRL)
    driver.write(NAME)
    driver.settle()
    driver.key(KEY.Key_Return)
    driver.key(KEY.Key_1, ALT)
    driver.key(KEY.Key_Return, CTRL)
    assert _bars(driver)[:3] == ["Accueil", "Atelier", "Pré-accueil"]
    driver.write("Venue à l’atelier.")
    driver.find("interview-form-phase", QComboBox).setFocus()
    driver.key(KEY.Key_Down)
    driver.key(KEY.Key_Return, CTRL)
    new = driver.workspace.read(_newest)
    assert (new.phase, new.journey_phase) == (Phase.INTAKE_AND_AGREEMENT, _own_code(driver))

    driver.key(KEY.Key_F, CTRL)
    driver.write(old_reference)
    driver.settle()
    driver.key(KEY.Key_Return)
    assert len(_bars(driver)) == 10
    assert driver.says("modèle Boutique 2026-1")
    driver.key(KEY.Key_E, CTRL)
    driver.write("Point sur le projet.")
    driver.key(KEY.Key_Return, CTRL)
    old = driver.workspace.read(_by_id, old_id)
    assert (old.journey_version, old.phase) == ("2026-1", old_phase)

    after, rows = _workbook(driver, tmp_path / "apres.xlsx")
    assert after == before + 2
    added = {row[1]: row[7] for row in rows if row not in rows_before}
    assert added == {new.reference: Phase.INTAKE_AND_AGREEMENT.label, old_reference: old_phase.label}


def _own_code(driver: Driver) -> str:
    new = driver.workspace.read(_newest)
    journey = driver.workspace.read(journeys.of_file, new.id)
    return next(phase.code for phase in journey.phases if phase.label == OWN)
