"""What a visit, its interview, a referral and its sheet cost in the real window, counted as they are done."""

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog
from sqlalchemy import func, select

from boutique.core.clock import today
from boutique.models.case import Case, Interview, Passage
from boutique.models.choices import InterviewType, ReferralStatus
from boutique.models.person import Person
from boutique.models.referral import Need, Referral
from boutique.models.trace import Access
from tests.exports.reading import text_of
from tests.scenarios.driver import ALT, CTRL, KEY, Driver

FIRST, LAST = "Éloïse", "Vandenbrouke-Zéphirin"
SAID = "Huit ans de boulangerie. Besoin d’un fourgon."
SCREENS, INPUTS, TYPED, ACTIONS, ANONYMOUS = ["intake", "file", "preview"], 6, 2, 8, 3


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The printer: the system's own dialog is answered, and the sheet falls in a file."""
    sheet = tmp_path / "imprimante.pdf"

    def answer(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(sheet))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    return sheet


def _made(session: Any) -> dict[str, Any]:
    person = session.scalars(select(Person).where(Person.last_name == LAST)).one()
    case = session.scalars(select(Case).where(Case.person_id == person.id)).one()
    need = session.scalars(select(Need).where(Need.case_id == case.id)).one()
    interview = session.scalars(select(Interview).where(Interview.case_id == case.id)).one()
    referral = session.scalars(select(Referral).where(Referral.case_id == case.id)).one()
    visit = session.scalars(select(Passage).where(Passage.case_id == case.id)).one()
    accesses = session.scalars(select(Access.verb).where(Access.person_id == person.id)).all()
    return {
        "first": person.first_name,
        "visit": (visit.happened_on, tuple(visit.needs)),
        "need": need.subject_code,
        "interview": (interview.held_on, interview.summary, interview.type, interview.minutes > 0),
        "referral": (referral.status, referral.consent_on, referral.need_id == need.id),
        "printed": "print" in accesses,
    }


def _check(driver: Driver, need: str, paper: Path) -> None:
    """The cost, then what is left of it all in the base and on the paper."""
    typed = [name for name, how in driver.inputs.items() if how == "typed"]
    assert driver.screens == SCREENS
    assert len(driver.inputs) <= INPUTS, driver.inputs
    assert len(typed) <= TYPED
    assert len(driver.actions) <= ACTIONS, driver.actions
    assert driver.workspace.read(_made) == {
        "first": FIRST,
        "visit": (today(), (need,)),
        "need": need,
        "interview": (today(), SAID, InterviewType.INTAKE_INTERVIEW, True),
        "referral": (ReferralStatus.HANDED, today(), True),
        "printed": True,
    }
    assert paper.stat().st_size > 5_000


def _first_need(driver: Driver) -> str:
    view = driver.start.window.stack.current_view()
    return str(view.form.needs_bar._in_order[0].value)


def test_with_the_mouse(driver: Driver, paper: Path) -> None:
    driver.typed("prénom", f"{FIRST} ")
    driver.typed("nom", LAST)
    driver.hit("new-visit")
    need = _first_need(driver)
    driver.chosen("besoin")
    driver.hit(f"need-{need}")
    driver.hit("intake-create")
    driver.write(SAID)
    driver.hit("interview-form-save")
    driver.chosen("structure")
    driver.hit("proposal-box-1")
    driver.chosen("accord")
    driver.hit("referral-agreement")
    driver.hit("referral-print")
    driver.hit("preview-print")
    _check(driver, need, paper)


def test_by_keyboard_alone(driver: Driver, paper: Path) -> None:
    driver.typed("prénom", f"{FIRST} ")
    driver.typed("nom", LAST)
    driver.settle()
    driver.key(KEY.Key_Return)
    assert driver.view == "intake"
    need = _first_need(driver)
    driver.chosen("besoin")
    driver.key(KEY.Key_1, ALT)
    driver.key(KEY.Key_Return, CTRL)
    assert driver.focus() == "interview-form-summary"
    driver.write(SAID)
    driver.key(KEY.Key_Return, CTRL)
    assert driver.focus() == "proposal-box-1"
    driver.chosen("structure")
    driver.key(KEY.Key_Space)
    driver.chosen("accord")
    driver.key(KEY.Key_A, ALT)
    driver.key(KEY.Key_P, CTRL)
    assert driver.focus() == "preview-print"
    driver.key(KEY.Key_P, CTRL)
    _check(driver, need, paper)


def test_the_sheet_saved_from_the_preview_carries_the_slip(driver: Driver, tmp_path: Path) -> None:
    driver.write(f"{FIRST} {LAST}")
    driver.settle()
    driver.key(KEY.Key_Return)
    driver.key(KEY.Key_1, ALT)
    driver.key(KEY.Key_Return, CTRL)
    driver.key(KEY.Key_Return, CTRL)
    driver.key(KEY.Key_Space)
    driver.key(KEY.Key_A, ALT)
    driver.key(KEY.Key_P, CTRL)
    driver.answers.plan(tmp_path / "fiche.pdf")
    driver.key(KEY.Key_S, CTRL)
    content = (tmp_path / "fiche.pdf").read_bytes()
    assert LAST.upper() in text_of(content).upper()
    assert PdfReader(io.BytesIO(content)).get_fields()


@pytest.mark.parametrize("by_keyboard", [True, False])
def test_an_anonymous_passage(driver: Driver, by_keyboard: bool) -> None:
    before = driver.workspace.read(_anonymous)
    if by_keyboard:
        driver.key(KEY.Key_N, CTRL)
        driver.key(KEY.Key_1, ALT)
        driver.key(KEY.Key_A, ALT)
    else:
        driver.hit("new-visit")
        driver.hit(f"need-{_first_need(driver)}")
        driver.hit("intake-anonymous")
    assert len(driver.actions) <= ANONYMOUS
    assert driver.inputs == {}
    assert driver.view == "today"
    assert driver.workspace.read(_anonymous) == before + 1


def _anonymous(session: Any) -> int:
    return int(session.scalar(select(func.count()).where(Passage.case_id.is_(None), Passage.happened_on == today())))
