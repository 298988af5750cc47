"""The figures of the activity equal a recount written apart, in SQL, on several bases and months."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Case, Interview, Passage
from boutique.models.choices import Gender, InterviewType, ReferralStatus, ZoningState
from boutique.models.person import Person
from boutique.models.project import Business, Project, ProjectMember
from boutique.models.referral import Partner, Referral
from boutique.models.structure import Site
from boutique.rules.indicators import MAIN, Unit
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import activity, demo
from boutique.services.month import IndicatorLine
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY, new_workspace

MONTHS = (date(2025, 9, 1), date(2026, 1, 1), date(2026, 8, 1), date(2026, 11, 1))
HELD = (
    "coalesce(i.attended, 1) = 1 AND coalesce(i.type, 'SUIVI') IN "
    "('PRE_ACCUEIL','DIAGNOSTIC','SUIVI','EXPERT','TELEPHONE','FINANCEMENT','SUIVI_ENTREPRISE','VISITE')"
)
# What each figure counts, as (person, day, quantity) rows: written without looking at the services.
ROWS = {
    "received": """
        SELECT c.person_id p, i.held_on d, 1 q, i.site_id s FROM interview i, accompaniment c
        WHERE i.case_id = c.id AND coalesce(i.attended, 1) = 1
        UNION SELECT person_id, happened_on, 1, site_id FROM passage WHERE person_id IS NOT NULL""",
    "caseload": f"""
        SELECT c.person_id p, i.held_on d, 1 q, i.site_id s FROM interview i, accompaniment c
        WHERE i.case_id = c.id AND {HELD}""",
    "new_holders": f"""
        SELECT p, d, 1 q, s FROM (
            SELECT c.person_id p, i.held_on d, i.site_id s,
                   lag(i.held_on) OVER (PARTITION BY c.person_id ORDER BY i.held_on) before
            FROM interview i, accompaniment c WHERE i.case_id = c.id AND {HELD})
        WHERE before IS NULL OR date(before, '+24 months') < d""",
    "visits": "SELECT person_id p, happened_on d, 1 q, site_id s FROM passage",
    "interviews": f"""
        SELECT c.person_id p, i.held_on d, 1 q, i.site_id s FROM accompaniment c
        JOIN interview i ON i.case_id = c.id WHERE {HELD}""",
    "interview_hours": f"""
        SELECT c.person_id p, i.held_on d, i.minutes / 60.0 q, i.site_id s FROM accompaniment c
        JOIN interview i ON i.case_id = c.id WHERE {HELD}""",
    "absences": f"""
        SELECT c.person_id p, i.held_on d, 1 q, i.site_id s FROM accompaniment c
        JOIN interview i ON i.case_id = c.id WHERE i.attended = 0 AND {HELD.split(" AND ", 1)[1]}""",
    "referrals": """
        SELECT c.person_id p, r.made_on d, 1 q, r.site_id s FROM referral r
        JOIN accompaniment c ON c.id = r.case_id WHERE r.status <> 'annulee'""",
    "answers": """
        SELECT c.person_id p, r.made_on d, 1 q, r.site_id s FROM referral r
        JOIN accompaniment c ON c.id = r.case_id WHERE r.status <> 'annulee' AND r.answered_on IS NOT NULL""",
    "creations": """
        SELECT c.person_id p, b.registered_on d, 1 q, c.site_id s FROM business b
        JOIN accompaniment c ON c.project_id = b.project_id WHERE b.registered = 1 AND b.registered_on >= c.opened_on
        GROUP BY b.id HAVING c.opened_on = min(c.opened_on)""",
}
PEOPLE = {"received", "caseload", "new_holders"}


def recount(workspace: Workspace, key: str, first: str, last: str, site: str | None = None) -> dict[str, float]:
    """All, women, QPV and qualified addresses of one figure between two days."""
    total = "count(DISTINCT p)" if key in PEOPLE else "coalesce(sum(q), 0)"
    place = "AND s = :site" if site else ""
    counts = {}
    for name, who in (
        ("month", "1"),
        ("women", "w.gender = 'F'"),
        ("qpv", "w.lives_in_qpv = 'oui'"),
        ("qualified", "w.lives_in_qpv IN ('oui', 'non')"),
    ):
        query = f"""SELECT {total} FROM ({ROWS[key]}) e LEFT JOIN person w ON w.id = e.p
                    WHERE d BETWEEN :first AND :last AND {who} {place}"""
        with workspace.database.raw() as connection:
            counts[name] = connection.execute(query, {"first": first, "last": last, "site": site}).fetchone()[0]
    return counts


@pytest.fixture(scope="module", params=[(11, 90), (12, 140)], ids=["seed 11", "seed 12"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    seed, people = request.param
    workspace = new_workspace(tmp_path_factory.mktemp("figures") / "base")
    demo.populate(workspace, people=people, seed=seed, until=LAST_DAY)
    yield workspace
    workspace.close()


@pytest.mark.parametrize("month", MONTHS)
def test_figures_equal_an_independent_recount(base: Workspace, month: date) -> None:
    lines = {line.key: line for line in base.read(activity.month_view, month).indicators}
    assert set(lines) == set(ROWS)
    for key, line in lines.items():
        period = Period.month(month)
        counted = recount(base, key, str(period.start), str(period.end))
        assert line.month == pytest.approx(counted["month"]), key
        if line.women is not None:
            parts = {"month": line.month, "women": line.women, "qpv": line.qpv, "qualified": line.qualified}
            assert parts == pytest.approx(counted), key
        others = (
            (line.previous, period.previous),
            (line.year, Period.year_to(month)),
            (line.last_year, period.last_year),
        )
        for value, other in others:
            assert value == pytest.approx(recount(base, key, str(other.start), str(other.end))["month"]), key


def test_figures_of_one_place_equal_their_recount(base: Workspace) -> None:
    def sites(session: Session) -> list[uuid.UUID]:
        return list(session.scalars(select(Site.id)))

    month = Period.month(date(2026, 10, 1))
    for site in base.read(sites):
        for line in base.read(activity.month_view, month.start, Scope(site)).indicators:
            counted = recount(base, line.key, str(month.start), str(month.end), site.hex)
            assert line.month == pytest.approx(counted["month"]), line.key


@pytest.mark.parametrize("figure", MAIN, ids=[figure.key for figure in MAIN])
def test_a_figure_opens_as_many_lines_as_it_says(base: Workspace, figure: Any) -> None:
    view = base.read(activity.month_view, date(2026, 10, 1))
    line = next(line for line in view.indicators if line.key == figure.key)
    month = Period.month(view.month)
    opened = base.read(activity.people_behind, figure.key, month)
    women = base.read(activity.people_behind, figure.key, month, EVERYWHERE, "women")
    if figure.unit is Unit.HOURS:
        return
    assert len(opened) == line.month
    assert line.women is None or len(women) == line.women
    year = base.read(activity.people_behind, figure.key, Period.year_to(view.month))
    assert len(year) == line.year


def test_the_lines_behind_the_hours_are_the_interviews(base: Workspace) -> None:
    month = Period.month(date(2026, 10, 1))
    hours = base.read(activity.people_behind, "interview_hours", month)
    assert len(hours) == len(base.read(activity.people_behind, "interviews", month))
    assert all(row.detail for row in hours)


def test_bars_and_funnel_are_the_same_figures(base: Workspace) -> None:
    view = base.read(activity.month_view, date(2026, 11, 1))
    lines = {line.key: line for line in view.indicators}
    assert [bar.month for bar in view.bars] == list(range(1, 13))
    assert view.bars[10].this_year == lines["received"].month
    assert view.bars[9].this_year == lines["received"].previous
    assert view.bars[10].last_year == lines["received"].last_year
    assert view.bars[11].this_year is None
    assert [step.count for step in view.funnel][:3] == [
        lines["visits"].year, lines["received"].year, lines["caseload"].year,
    ]  # fmt: skip
    referred = {row.case_id for row in base.read(activity.people_behind, "referrals", Period.year_to(view.month))}
    assert 0 < view.funnel[3].count <= len(referred)
    assert view.funnel[4].count == lines["creations"].year


# Small cases, told one by one.


@dataclass(frozen=True)
class Somebody:
    person_id: uuid.UUID
    case_id: uuid.UUID
    project_id: uuid.UUID


def add_person(session: Session, reference: str, **answers: Any) -> Somebody:
    person, project = Person(**{"first_name": "Inès", "last_name": f"Lépine {reference}", **answers}), Project()
    case = Case(
        reference=reference, person_id=person.id, project_id=project.id, opened_on=date(2023, 1, 2),
        last_contact_on=date(2026, 3, 3),
    )  # fmt: skip
    session.add_all([person, project, case, ProjectMember(project_id=project.id, person_id=person.id)])
    return Somebody(person.id, case.id, project.id)


def meet(session: Session, somebody: Somebody, *days: date, **answers: Any) -> None:
    for day in days:
        values = {"minutes": 60, "attended": True, "type": InterviewType.COACHING_INTERVIEW, **answers}
        session.add(Interview(case_id=somebody.case_id, held_on=day, **values))


def march(workspace: Workspace) -> dict[str, IndicatorLine]:
    return {line.key: line for line in workspace.read(activity.month_view, date(2026, 3, 1)).indicators}


def test_a_person_seen_twice_counts_once(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        somebody = add_person(session, "2026-0001", gender=Gender.FEMALE, lives_in_qpv=ZoningState.YES)
        meet(session, somebody, date(2026, 1, 8), date(2026, 3, 3), date(2026, 3, 17))
        session.add(Passage(happened_on=date(2026, 3, 5), person_id=somebody.person_id, case_id=somebody.case_id))

    workspace.write("Histoire", story)
    found = march(workspace)
    assert (found["received"].month, found["received"].year) == (1, 1)
    assert (found["caseload"].month, found["interviews"].month, found["interviews"].year) == (1, 2, 3)
    assert (found["received"].women, found["received"].qpv, found["received"].qualified) == (1, 1, 1)
    assert (found["new_holders"].month, found["new_holders"].year) == (0, 1)
    assert found["interview_hours"].month == 2


def test_a_person_with_two_files_is_one_person(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        somebody, project = add_person(session, "2026-0001"), Project()
        second = Case(
            reference="2026-0002", person_id=somebody.person_id, project_id=project.id, opened_on=date(2026, 3, 1),
            last_contact_on=date(2026, 3, 1),
        )  # fmt: skip
        session.add_all([project, second])
        meet(session, somebody, date(2026, 3, 3))
        meet(session, Somebody(somebody.person_id, second.id, project.id), date(2026, 3, 4))

    workspace.write("Histoire", story)
    found = march(workspace)
    assert (found["received"].month, found["new_holders"].month, found["interviews"].month) == (1, 1, 2)
    assert len(workspace.read(activity.people_behind, "received", Period.month(date(2026, 3, 1)))) == 1


@pytest.mark.parametrize(
    ("before", "new"),
    [(date(2024, 3, 9), True), (date(2024, 3, 10), False), (date(2024, 4, 1), False), (date(2023, 1, 5), True)],
)
def test_somebody_back_after_more_than_24_months_is_new_again(workspace: Workspace, before: date, *, new: bool) -> None:
    def story(session: Session) -> None:
        meet(session, add_person(session, "2026-0001"), before, date(2026, 3, 10))

    workspace.write("Histoire", story)
    assert march(workspace)["new_holders"].month == new


def test_absences_walk_ins_and_anonymous_visits_are_told_apart(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        somebody = add_person(session, "2026-0001")
        meet(session, somebody, date(2026, 3, 3), attended=False, minutes=0)
        meet(session, somebody, date(2026, 3, 4), type=InterviewType.WALK_IN)
        meet(session, somebody, date(2026, 3, 5), attended=None)
        session.add(Passage(happened_on=date(2026, 3, 5)))

    workspace.write("Histoire", story)
    found = march(workspace)
    counts = {key: found[key].month for key in ("received", "interviews", "absences", "visits", "interview_hours")}
    assert counts == {"received": 1, "interviews": 1, "absences": 1, "visits": 1, "interview_hours": 1}
    assert found["visits"].women is None
    rows = workspace.read(activity.people_behind, "visits", Period.month(date(2026, 3, 1)))
    assert [(row.name, row.case_id) for row in rows] == [("Passage anonyme", None)]


def test_the_business_of_a_couple_is_created_once_and_an_old_one_is_no_creation(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        together, older = add_person(session, "2026-0001"), add_person(session, "2026-0002")
        other = Person(first_name="Bruno", last_name="Lépine")
        second = Case(
            reference="2026-0003", person_id=other.id, project_id=together.project_id, opened_on=date(2024, 1, 2),
            last_contact_on=date(2026, 3, 3),
        )  # fmt: skip
        session.add_all([other, second])
        session.add(Business(project_id=together.project_id, registered=True, registered_on=date(2026, 3, 3)))
        session.add(Business(project_id=older.project_id, registered=True, registered_on=date(2019, 3, 3)))

    workspace.write("Histoire", story)
    assert (march(workspace)["creations"].month, march(workspace)["creations"].year) == (1, 1)


def test_unknown_answers_are_in_neither_part_of_a_share(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        states = (ZoningState.YES, ZoningState.NO, ZoningState.TO_CHECK, None)
        for rank, state in enumerate(states):
            meet(session, add_person(session, f"2026-000{rank}", lives_in_qpv=state), date(2026, 3, 3))

    workspace.write("Histoire", story)
    line = march(workspace)["received"]
    assert (line.month, line.qpv, line.qualified) == (4, 1, 2)
    shares = {share.label: share for share in workspace.read(activity.month_view, date(2026, 3, 1)).public}
    assert shares["QPV (2 connues)"].share == 0.5
    assert shares["Femmes"].share is None
    assert shares["Zone rurale FRR"].known == 0


def test_controls_find_what_to_look_at_and_name_nobody(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        one, twin = (
            add_person(session, f"2026-000{n}", last_name="Lépine", birth_date=date(1990, 5, 6)) for n in (1, 2)
        )
        partner = Partner(name="Adie", type_code="ADIE")
        session.add(partner)
        session.add(
            Referral(
                reference="O-2026-0001", case_id=one.case_id, partner_id=partner.id, made_on=date(2026, 3, 3),
                reason="Microcrédit", shared=(), status=ReferralStatus.PREPARED,
            )
        )  # fmt: skip
        meet(session, one, date(2026, 3, 3))
        meet(session, twin, date(2026, 3, 4))
        closed = session.get(Case, twin.case_id)
        assert closed is not None
        closed.closed_on = date(2026, 3, 2)
        session.add(Passage(happened_on=date(2026, 3, 5)))
        session.add(Business(project_id=one.project_id, registered=True, registered_on=date(2026, 3, 9)))

    workspace.write("Histoire", story)
    found = {check.key: check for check in workspace.read(activity.month_view, date(2026, 3, 1)).checks}
    assert {key: check.count for key, check in found.items()} == {
        "agreement": 1, "complete": 2, "dates": 1, "commune": 1, "siren": 1, "duplicates": 2,
    }  # fmt: skip
    assert found["agreement"].label == "orientation sans accord daté"
    assert found["agreement"].references == ("O-2026-0001",)
    assert found["duplicates"].references == ("2026-0001", "2026-0002")
    assert not any("Lépine" in str(check) for check in found.values())


def test_files_kept_too_long_come_up(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        somebody = add_person(session, "2023-0001")
        case = session.get(Case, somebody.case_id)
        assert case is not None
        case.last_contact_on = date(2024, 2, 29)

    workspace.write("Histoire", story)
    found = {check.key: check.count for check in workspace.read(activity.month_view, date(2026, 3, 1)).checks}
    assert found == {"retention": 1}


def test_an_empty_base_has_figures_of_zero(workspace: Workspace) -> None:
    view = workspace.read(activity.month_view, date(2026, 3, 1))
    assert {line.month for line in view.indicators} == {0}
    assert view.checks == ()
    assert workspace.read(activity.people_behind, "received", Period.month(view.month)) == ()


def test_nothing_is_added_to_the_base_by_looking(demo_workspace: Workspace, tmp_path: Path) -> None:
    before = demo_workspace.database.path.read_bytes()
    demo_workspace.read(activity.month_view, date(2026, 11, 1))
    demo_workspace.read(activity.workbook, date(2026, 11, 1))
    assert demo_workspace.database.path.read_bytes() == before
    assert list(tmp_path.rglob("*.xlsx")) == []
