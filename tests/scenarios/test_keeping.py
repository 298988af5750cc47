"""What is typed is never lost, what was just done can be taken back, and the window goes back to where it was."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from sqlalchemy import func, select

from boutique.models.case import Case, Interview
from boutique.models.referral import Partner, Referral
from boutique.services import drafts
from tests.scenarios.driver import ALT, CTRL, KEY, SHIFT, Driver

NAME = "Zéphirine Vandenbrouke"


def _count(driver: Driver, model: Any) -> int:
    return int(driver.workspace.read(lambda session: session.scalar(select(func.count()).select_from(model)) or 0))


def _intake(driver: Driver) -> None:
    driver.write(NAME)
    driver.settle()
    driver.key(KEY.Key_Return)
    driver.type_in("project.summary", "Boulangerie itinérante")
    driver.key(KEY.Key_1, ALT)


def _drafts(driver: Driver) -> list[str]:
    return [line.summary for line in driver.workspace.read(drafts.pending)]


def test_taking_back_a_new_file_shows_the_intake_again_as_it_was_typed(driver: Driver) -> None:
    before = _count(driver, Case)
    _intake(driver)
    driver.key(KEY.Key_Return, CTRL)
    assert (driver.view, driver.notice) == ("file", "Dossier créé")
    driver.hit("notice-0")
    assert driver.notice == "Annulé : création du dossier"
    assert driver.view == "intake"
    assert driver.find("holder.last_name", QLineEdit).text() == "Vandenbrouke"
    assert driver.find("project.summary", QLineEdit).text() == "Boulangerie itinérante"
    assert _count(driver, Case) == before
    driver.key(KEY.Key_Return, CTRL)
    assert driver.view == "file"
    assert _count(driver, Case) == before + 1


def test_taking_back_a_new_file_from_elsewhere_leaves_its_draft_to_finish(driver: Driver) -> None:
    _intake(driver)
    driver.key(KEY.Key_Return, CTRL)
    driver.key(KEY.Key_F3)
    driver.key(KEY.Key_Z, CTRL)
    assert driver.view == "files"
    assert any(NAME in line for line in _drafts(driver))


def test_an_interview_and_a_referral_are_taken_back_one_after_the_other(driver: Driver) -> None:
    referred, met = _count(driver, Referral), _count(driver, Interview)
    _intake(driver)
    driver.key(KEY.Key_Return, CTRL)
    driver.write("Reçue ce matin.")
    driver.key(KEY.Key_Return, CTRL)
    driver.key(KEY.Key_Space)
    driver.key(KEY.Key_A, ALT)
    driver.key(KEY.Key_P, CTRL)
    driver.key(KEY.Key_Escape)
    assert _count(driver, Referral) == referred + 1
    driver.key(KEY.Key_Z, CTRL)
    assert _count(driver, Referral) == referred
    assert driver.view == "file"
    driver.key(KEY.Key_Z, CTRL)
    assert driver.notice.startswith("Annulé : entretien du")
    assert _count(driver, Interview) == met
    driver.key(KEY.Key_Z, CTRL)
    assert (driver.notice, driver.view) == ("Annulé : création du dossier", "intake")


def test_a_new_partner_is_taken_back_while_its_sheet_shows(driver: Driver) -> None:
    before = _count(driver, Partner)
    driver.key(KEY.Key_F7)
    driver.key(KEY.Key_N, CTRL | SHIFT)
    driver.type_in("partner.name", "Couveuse du Ternois")
    driver.type_in("partner.type_code", "Couv")
    driver.key(KEY.Key_Return, CTRL)
    trouble = driver.start.window.stack.view("partners").panel.trouble
    assert "territoire" in trouble.text()
    assert not trouble.visibleRegion().isEmpty()  # said where it is seen
    driver.type_in("partner.commune_code", "frévent")
    driver.settle()
    driver.press(KEY.Key_Return)
    driver.key(KEY.Key_Return, CTRL)
    assert _count(driver, Partner) == before + 1
    driver.hit("notice-0")
    assert driver.notice.startswith("Annulé")
    assert driver.view == "partners"
    assert _count(driver, Partner) == before


def test_locking_keeps_what_is_being_typed_and_unlocking_gives_it_back(driver: Driver) -> None:
    _intake(driver)
    driver.key(KEY.Key_L, CTRL)
    assert driver.view == "unlock"
    for button in driver.buttons("Ouvrir")[:1]:
        button.click()
    driver.until("la base ne se rouvre pas", driver._is_open)
    driver.settle()
    assert driver.view == "today"
    assert any(NAME in line for line in _drafts(driver))
    assert driver.says("Vandenbrouke")


def test_escape_never_loses_what_was_typed(driver: Driver) -> None:
    _intake(driver)
    driver.key(KEY.Key_Escape)
    driver.key(KEY.Key_Escape)
    assert driver.view == "today"
    assert any(NAME in line for line in _drafts(driver))
    driver.hit("notice-0")
    assert driver.view == "intake"
    assert driver.find("project.summary", QLineEdit).text() == "Boulangerie itinérante"
    driver.key(KEY.Key_Return, CTRL)
    driver.write("Reçue ce matin.")
    driver.key(KEY.Key_Escape)
    driver.key(KEY.Key_E, CTRL)
    assert driver.find("interview-form-summary", QPlainTextEdit).toPlainText() == "Reçue ce matin."


def test_closing_the_window_while_typing_keeps_the_draft(open_window: Callable[[], Driver]) -> None:
    driver = open_window()
    driver.write(NAME)
    driver.settle()
    driver.key(KEY.Key_Return)
    driver.type_in("project.summary", "Boulangerie itinérante")
    driver.close()
    again = open_window()
    assert any(NAME in line and "itinérante" in line for line in _drafts(again))
    assert again.says("Vandenbrouke")
