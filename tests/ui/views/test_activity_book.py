"""The page « Classeur »: what is said of a month, its controls, the files, names only behind a reason that is noted."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from PySide6.QtWidgets import QMenu
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.trace import Access
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.tasks import InlineTasks
from boutique.ui.views.activity_book import ActivityBookView
from tests.scripted import ScriptedAsk
from tests.ui.views.test_activity import clock, filled, filled_base  # noqa: F401 - fixtures

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def page(
    filled: Workspace, window: MainWindow, tasks: InlineTasks, answers: ScriptedAsk  # noqa: F811 - a fixture
) -> ActivityBookView:  # fmt: skip
    desk = Desk(filled, window, tasks, answers, window)
    window.register("activity_book", lambda: ActivityBookView(desk))
    window.show()
    window.start("activity_book", month=OCTOBER)
    made = window.stack.view("activity_book")
    assert isinstance(made, ActivityBookView)
    return made


def accesses(session: Session) -> list[tuple[str, int]]:
    return [(row.what, row.people) for row in session.scalars(select(Access).where(Access.verb == "export"))]


def test_what_is_said_of_the_month_is_kept_and_written(
    page: ActivityBookView, answers: ScriptedAsk, tmp_path: Path
) -> None:
    page.comment.text.write("Un mois court : deux jours de salon.")
    page.comment.about.setCurrentIndex(1)
    page.comment.about.activated.emit(1)
    page.comment.text.write("Salon de l’emploi")
    page.comment.keep.click()
    answers.plan(tmp_path / "octobre.xlsx")
    page.month.buttons[".xlsx"].click()
    rows = list(openpyxl.load_workbook(tmp_path / "octobre.xlsx")["Synthèse"].iter_rows(values_only=True))
    assert rows[1][12] == "Salon de l’emploi"
    assert rows[-1][0] == "Le mois en quelques mots"
    assert rows[-1][12] == "Un mois court : deux jours de salon."
    page.period.go_before()
    assert page.comment.text.read() == ""
    page.comment.text.write("Rentrée")
    page.period.go_after()
    assert page.comment.text.read() == "Salon de l’emploi"
    page.period.go_before()
    assert page.comment.text.read() == "Rentrée"  # kept without being asked


def test_each_format_is_saved_under_its_name(page: ActivityBookView, answers: ScriptedAsk, tmp_path: Path) -> None:
    answers.plan(tmp_path / "mois", tmp_path / "annee.ods")
    page.month.buttons[".zip"].click()
    page.year.buttons[".ods"].click()
    assert "02 Synthèse.csv" in ZipFile(tmp_path / "mois.zip").namelist()
    assert (tmp_path / "annee.ods").exists()
    assert [asked.rpartition("| ")[2] for asked in answers.asked] == ["activite-2026-10.zip", "activite-2026.ods"]


def test_names_leave_only_with_a_reason_and_it_is_noted(
    page: ActivityBookView, filled: Workspace, answers: ScriptedAsk, tmp_path: Path  # noqa: F811 - a fixture
) -> None:  # fmt: skip
    page.names.save.click()
    assert page.names.field.error()
    assert answers.asked == []
    page.names.reason.setText("Contrôle de service fait")
    answers.plan(tmp_path / "noms.xlsx")
    page.names.save.click()
    sheet = openpyxl.load_workbook(tmp_path / "noms.xlsx")["Entretiens"]
    assert [cell.value for cell in sheet[1]][:3] == ["Date", "Référence", "Nom"]
    assert sheet["C2"].value
    ((what, people),) = filled.read(accesses)
    assert what == "Classeur nominatif, octobre 2026 : Contrôle de service fait"
    assert people > 0
    assert page.names.reason.text() == ""


def test_controls_say_what_to_look_at(page: ActivityBookView) -> None:
    assert page.controls.verdict.text() == "Classeur prêt"
    assert page.controls.body.count() > 0


def test_the_books_are_narrowed_as_the_figures_are(
    page: ActivityBookView, answers: ScriptedAsk, tmp_path: Path
) -> None:
    counsellors = page.scope.more_menu().actions()[0].menu()
    assert isinstance(counsellors, QMenu)
    name = counsellors.actions()[0].text()
    counsellors.actions()[0].trigger()
    assert [chip.accessibleName() for chip in page.scope.chips] == [f"Conseiller : {name}"]
    assert "s’en passe" in page.comment.where.text()
    answers.plan(tmp_path / "mois.xlsx", tmp_path / "annee.xlsx")
    page.month.buttons[".xlsx"].click()
    page.year.buttons[".xlsx"].click()
    assert [asked.rpartition("| ")[2] for asked in answers.asked] == [
        "activite-2026-10-filtre.xlsx", "activite-2026-filtre.xlsx",
    ]  # fmt: skip
    for made in ("mois.xlsx", "annee.xlsx"):
        facts = [tuple(row[:2]) for row in openpyxl.load_workbook(tmp_path / made)["Lisez-moi"].values]
        assert ("Conseiller", name) in facts
    page.scope.clear()
    assert "Synthèse" in page.comment.where.text()
