"""How partners answer: counted on real referrals, by structure, type and territory, and every figure lists its own."""

import uuid
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from boutique.models.choices import ReferralStatus, TerritoryLevel
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import activity, partner_figures, proposals, referrals
from boutique.services.intakes import Saved
from boutique.services.partner_figure_rows import Group
from boutique.services.partner_figures import Side
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, PARIS, SAINT_POL, add_partner, on, open_file, refer

YEAR = Period.year(LAST_DAY)
S = ReferralStatus


def answer(workspace: Workspace, made: uuid.UUID, status: ReferralStatus, day: date, code: str | None = None) -> None:
    with on(day):
        workspace.write("Répondre", referrals.set_status, made, status, refusal_code=code)


@pytest.fixture
def story(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> uuid.UUID:
    """Ten days of answers: taken up after 2 and 6 days, refused after 10, one silent, one prepared, one cancelled."""
    start = LAST_DAY - timedelta(40)
    with on(start):
        made = [refer(workspace, saved, cma)[0] for _ in range(5)]
        refer(workspace, saved, cma, consent=None)
        other = open_file(workspace, "Léa", holder_commune_code=SAINT_POL)
        agency = add_partner(workspace, "Adie", "ADIE")
        waiting = refer(workspace, other, agency)
    answer(workspace, made[0], S.TAKEN_UP, start + timedelta(2))
    answer(workspace, made[1], S.TAKEN_UP, start + timedelta(6))
    answer(workspace, made[1], S.SUCCEEDED, start + timedelta(20))
    answer(workspace, made[2], S.REFUSED, start + timedelta(10), "HORS_PUBLIC")
    answer(workspace, made[4], S.CANCELLED, start)
    assert waiting
    return agency


def test_answers_are_counted_with_what_they_are_made_of(workspace: Workspace, story: uuid.UUID) -> None:
    found = workspace.read(partner_figures.table, YEAR)
    first = found.lines[0]
    assert (first.label, first.sent, first.answered, first.accepted, first.refused, first.silent) == (
        "CMA du Ternois", 4, 3, 2, 1, 1,
    )  # fmt: skip
    assert first.acceptance == "2 sur 3"
    assert (first.delay, first.timed) == ("6 jours", 3)
    assert [(one.label, one.count) for one in first.refusals] == [("Public non concerné", 1)]
    assert (found.total.sent, found.total.silent) == (5, 2)
    assert workspace.read(partner_figures.of_partner, uuid.UUID(first.key)).sent == 4
    before = Period(LAST_DAY - timedelta(400), LAST_DAY - timedelta(300))
    assert workspace.read(partner_figures.table, before).lines == ()


def test_a_referral_is_silent_from_the_first_reminder_day_on(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    refer(workspace, saved, cma)
    silent = []
    for days in (8, 9, 300):
        with on(LAST_DAY + timedelta(days)):
            silent.append(workspace.read(partner_figures.table, YEAR).total.silent)
    assert silent == [0, 1, 1]


def test_territories_are_those_where_people_live(workspace: Workspace, story: uuid.UUID) -> None:
    def lines(by: Group) -> list[tuple[str, int]]:
        return [(one.label, one.sent) for one in workspace.read(partner_figures.table, YEAR, EVERYWHERE, by).lines]

    assert lines(Group.COMMUNE) == [("Frévent", 4), ("Saint-Pol-sur-Ternoise", 1)]
    assert lines(Group.EPCI) == [("CC du Ternois", 5)]
    assert lines(Group.OWN) == []
    assert [label for label, _ in lines(Group.TYPE)] == ["Chambre de métiers et de l’artisanat", "Adie"]
    only = Scope(communes=frozenset({FREVENT, PARIS}))
    assert workspace.read(partner_figures.table, YEAR, only).total.sent == 4


@pytest.mark.parametrize("by", list(Group))
def test_every_figure_lists_exactly_what_it_counts(workspace: Workspace, story: uuid.UUID, by: Group) -> None:
    found = workspace.read(partner_figures.table, YEAR, EVERYWHERE, by)
    for line in (found.total, *found.lines):
        figures = {
            Side.SENT: line.sent, Side.ANSWERED: line.answered, Side.ACCEPTED: line.accepted,
            Side.REFUSED: line.refused, Side.SILENT: line.silent, Side.NOT_CHOSEN: line.not_chosen,
        }  # fmt: skip
        for side, count in figures.items():
            assert len(workspace.read(partner_figures.behind, YEAR, EVERYWHERE, by, line.key, side)) == count
    refused = workspace.read(partner_figures.behind, YEAR, EVERYWHERE, Group.PARTNER, "", Side.REFUSED)
    assert [(made.status, made.reason) for made in refused] == [("Refusée", "Public non concerné")]


def test_what_was_proposed_and_not_chosen_counts_once_a_day_with_its_reason(workspace: Workspace, saved: Saved) -> None:
    near, far = (
        add_partner(workspace, name, "BGE", level=level, code=code)
        for name, level, code in (
            ("Proche", TerritoryLevel.COMMUNE, FREVENT), ("Loin", TerritoryLevel.REGION, "32")
        )
    )  # fmt: skip
    workspace.write("Écarter", proposals.set_aside, saved.case_id, near, "TROP_LOIN")
    refer(workspace, saved, far)
    refer(workspace, saved, far)
    lines = {line.label: line for line in workspace.read(partner_figures.table, YEAR).lines}
    assert (lines["Proche"].passed_over, lines["Loin"].passed_over) == ("1 sur 1", "0 sur 1")
    assert [(one.label, one.count) for one in lines["Proche"].set_aside] == [("Trop loin ou difficile à rejoindre", 1)]
    (made,) = workspace.read(partner_figures.behind, YEAR, EVERYWHERE, Group.PARTNER, str(near), Side.NOT_CHOSEN)
    assert (made.status, made.reason) == ("Écartée", "Trop loin ou difficile à rejoindre")
    with on(LAST_DAY + timedelta(1)):
        refer(workspace, saved, near)
        lines = {line.label: line for line in workspace.read(partner_figures.table, YEAR).lines}
    assert lines["Proche"].passed_over == "1 sur 2"


def test_the_fictitious_year_has_something_to_show(demo_workspace: Workspace) -> None:
    total = demo_workspace.read(partner_figures.table, YEAR).total
    assert total.sent > 10
    assert 0 < total.accepted < total.answered < total.sent
    assert 0 < total.not_chosen < total.proposed


def test_the_workbook_of_a_month_says_how_partners_answered(workspace: Workspace, story: uuid.UUID) -> None:
    month = (LAST_DAY - timedelta(40)).replace(day=1)
    content = workspace.read(activity.workbook, month)
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    rows: list[tuple[Any, ...]] = [row[:9] for row in book["Réponses des partenaires"].iter_rows(values_only=True)]
    (cma,) = [row for row in rows if row[1] == "CMA du Ternois"]
    assert cma == ("Structure", "CMA du Ternois", 4, 3, 2, pytest.approx(2 / 3), 1, 1, 6)
    assert {row[0] for row in rows} >= {"Structure", "Type", "Commune", "Intercommunalité"}
