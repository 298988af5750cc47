"""The workbook of the year: months and distinct persons, cohorts, communes of which no small number can be found."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from time_machine import travel

from boutique.exports.excel.annual_rows import AnnualData
from boutique.exports.excel.formats import Form
from boutique.models.after import FollowUp
from boutique.models.after_choices import FollowUpOutcome, FollowUpState
from boutique.models.case import Case
from boutique.models.project import Business
from boutique.services import activity, activity_files
from boutique.services.annual_book import annual_book
from boutique.services.workspace import Workspace

YEAR = 2026
LAYOUT = {
    "Synthèse annuelle": ("Indicateur", "Janvier", "Total annuel", "Objectif", "Écart", "N-1"),
    "Cohortes": ("Année de création", "Créations", "Actives à 12 mois", "Taux 12 mois", "Actives à 24 mois",
                 "Actives à 36 mois", "Taux 36 mois"),
    "Territoire": ("Commune", "Personnes reçues", "dont QPV", "Permanences", "Créations", "Orientations"),
}  # fmt: skip


@pytest.fixture
def data(demo_workspace: Workspace) -> AnnualData:
    return demo_workspace.read(annual_book, YEAR)


def sheets(workspace: Workspace) -> Iterator[Any]:
    content = workspace.read(activity_files.year_file, YEAR).content
    yield from load_workbook(io.BytesIO(content))


def test_sheets_and_columns_are_those_of_the_layout(demo_workspace: Workspace) -> None:
    made = {sheet.title: [cell.value for cell in sheet[1]] for sheet in sheets(demo_workspace)}
    for title, columns in LAYOUT.items():
        assert [name for name in made[title] if name in columns] == list(columns)
    assert made["Synthèse annuelle"][1:13] == [
        "Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre", "Octobre", "Novembre",
        "Décembre",
    ]  # fmt: skip


def test_each_month_is_that_of_its_own_workbook(demo_workspace: Workspace, data: AnnualData) -> None:
    for month in (1, 6, 10):
        shown = {
            line.label: line.month for line in demo_workspace.read(activity.month_view, date(YEAR, month, 1)).indicators
        }
        found = {row.label: row.months[month - 1] for row in data.indicators if row.label in shown}
        assert found == pytest.approx(shown)


def test_acts_add_up_and_persons_do_not(data: AnnualData) -> None:
    for row in data.indicators:
        months = sum(value or 0 for value in row.months)
        if row.additive and row.total is not None:
            assert row.total == pytest.approx(months), row.label
    received = data.indicators[0]
    assert 0 < (received.total or 0) < sum(value or 0 for value in received.months)
    assert received.months[11] is None  # December is still to come


def test_cohorts_count_businesses_and_those_alive(demo_workspace: Workspace) -> None:
    def age(session: Session) -> None:
        session.execute(update(Case).values(opened_on=date(2024, 1, 1)))
        session.execute(update(Business).where(Business.registered.is_(True)).values(registered_on=date(2024, 5, 2)))
        session.execute(
            update(FollowUp).where(FollowUp.months == 12)
            .values(state=FollowUpState.DONE, outcome=FollowUpOutcome.ACTIVE, done_on=date(2025, 5, 3))
        )  # fmt: skip

    def businesses(session: Session) -> int:
        return session.scalar(select(func.count()).where(Business.registered.is_(True))) or 0

    demo_workspace.write("Vieillir", age)
    (cohort,) = demo_workspace.read(annual_book, YEAR).cohorts
    assert (cohort.year, cohort.creations) == (2024, demo_workspace.read(businesses))
    assert 0 < (cohort.active_12 or 0) <= cohort.creations
    assert cohort.active_24 is None  # the year is not over
    assert cohort.active_36 is None


def test_no_commune_shows_a_small_number_and_only_a_finished_year_is_told(demo_workspace: Workspace) -> None:
    assert demo_workspace.read(annual_book, YEAR).territory == ()
    with travel(date(2027, 1, 2), tick=False):
        data = demo_workspace.read(annual_book, YEAR)
    *communes, everybody = data.territory
    assert everybody.total
    assert communes
    for row in communes:
        for count in (row.people, row.in_qpv, row.creations, row.referrals):
            assert count is None or count == 0 or count >= data.threshold, row


def test_the_year_leaves_as_csv_too(demo_workspace: Workspace) -> None:
    made = demo_workspace.read(activity_files.year_file, YEAR, Form.CSV)
    assert made.file_name == "activite-2026.zip"
