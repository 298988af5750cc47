"""Every indicator equals two recounts, by SQL and by loops, each month and place; its parts make it."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from boutique.rules.dimensions import DIMENSIONS
from boutique.rules.indicators import MAIN, figure
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import activity, figures
from boutique.services.workspace import Workspace
from tests.services.conftest import new_workspace
from tests.services.recount import bases
from tests.services.recount.agreement import (
    COMPUTED,
    busiest_places,
    compare,
    compare_answers,
    compare_places,
    cumulated,
    is_share,
    ours,
)
from tests.services.recount.bases import MONTHS, YEARS
from tests.services.recount.by_loops import LOOPS
from tests.services.recount.by_sql import COHORTS, COUNTS, DELAYS, SHARES

PEOPLE, FILLINGS = 260, 2
YEAR = YEARS[-1]
EVER = Period(date(2018, 1, 1), date(2027, 12, 31))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Three years of fictitious files."""
    workspace = new_workspace(tmp_path_factory.mktemp("figures") / "base")
    bases.fill(workspace, PEOPLE, FILLINGS)
    yield workspace
    workspace.close()


def test_every_computed_figure_is_recounted() -> None:
    assert {item.code for item in COMPUTED} == {*COUNTS, *SHARES, *COHORTS, *DELAYS} == set(LOOPS)


def test_every_figure_counts_something_here(base: Workspace) -> None:
    """Without that, equal to its recount would mean nothing."""

    def counted(session: Session) -> set[str]:
        book = figures.read(session, EVER.end)
        wide = {item.code for item in COMPUTED if not any(_numbers(ours(book, item, EVER))) and item.code not in DELAYS}
        return {code for code in wide if not any(_numbers(ours(book, figure(code), YEAR)))}

    assert base.read(counted) == set()


def _numbers(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


@pytest.mark.parametrize("place", range(4), ids=["everywhere", "first", "second", "third"])
def test_each_figure_equals_both_recounts_in_24_months(base: Workspace, place: int) -> None:
    site = [None, *busiest_places(base)][place]
    found = list(compare(base, MONTHS, [site]))
    assert len(found) == 24 * len(COMPUTED)
    assert not [one for one in found if not one.agrees]


def test_a_year_equals_both_recounts_and_is_no_sum_of_months(base: Workspace) -> None:
    assert not [one for one in compare(base, [*YEARS, EVER], [None]) if not one.agrees]
    for item in COMPUTED:
        year, months = cumulated(base, item, YEAR)
        if not item.distinct:
            assert year == pytest.approx(months), item.code
    for code in ("INT_FILE_ACTIVE", "PERSONNES_RECUES", "BPI_ORIENTES"):
        year, months = cumulated(base, figure(code), YEAR)
        assert year < months, code


def test_women_men_and_those_who_did_not_say_are_counted_alike(base: Workspace) -> None:
    found = list(compare_answers(base, YEAR))
    assert {"gender = F", "gender = M", "gender = NSP", "lives_in_qpv = None"} <= {
        one.of.split(", ")[1] for one in found
    }
    assert not [one for one in found if not one.agrees]


def test_the_places_add_up_to_everywhere(base: Workspace) -> None:
    assert not [one for one in compare_places(base, YEAR) if not one.agrees]


def test_the_parts_of_a_breakdown_make_the_whole(base: Workspace) -> None:
    """Both counts of a share too, in euros where it is a share of euros."""

    def loose(session: Session) -> list[tuple[str, str]]:
        book = figures.read(session, YEAR.end)
        wrong = []
        for item in COMPUTED:
            whole = book.fraction(item, YEAR)
            for name in item.breakdowns:
                pieces = book.breakdown(item, name, YEAR)
                parts, wholes = sum(one.part for one in pieces), sum(one.whole for one in pieces)
                both = (whole.part, whole.whole if is_share(item) else whole.part)
                if DIMENSIONS[name].exclusive and (parts, wholes) != pytest.approx(both):
                    wrong.append((item.code, name))
        return wrong

    assert base.read(loose) == []


def test_a_part_of_a_breakdown_opens_too(base: Workspace) -> None:
    def counted(session: Session) -> dict[Any, float]:
        book = figures.read(session, YEAR.end)
        return {piece.key: piece.part for piece in book.breakdown(figure("caseload"), "employment", YEAR)}

    for key, part in base.read(counted).items():
        rows = base.read(activity.people_behind, "caseload", YEAR, EVERYWHERE, "", "part", ("employment", key))
        assert len(rows) == part
        assert all(row.case_id and row.reference for row in rows)


def test_counsellors_and_territories_share_the_acts_out(base: Workspace) -> None:
    with base.database.raw() as connection:
        people = [uuid.UUID(row[0]) for row in connection.execute("SELECT id FROM counsellor")]
        communes = [row[0] for row in connection.execute("SELECT DISTINCT commune_code FROM person")]

    def interviews(session: Session, scope: Scope = EVERYWHERE) -> float:
        return figures.read(session, YEAR.end, scope).value(figure("interviews"), YEAR) or 0

    whole = base.read(interviews)
    assert sum(base.read(interviews, Scope(counsellor_id=who)) for who in people) == whole
    assert sum(base.read(interviews, Scope(communes=frozenset({home}))) for home in communes) == whole


@pytest.mark.parametrize("since", [MONTHS[3], MONTHS[-3], MONTHS[-2]], ids=str)
def test_a_look_at_the_last_months_alone_finds_the_same_or_refuses(base: Workspace, since: Period) -> None:
    periods = [month for month in MONTHS if month.start >= since.start]
    periods.append(Period(since.start, MONTHS[-1].end))
    refused = set()

    def compare(session: Session) -> None:
        whole = figures.read(session, MONTHS[-1].end)
        lately = figures.read(session, MONTHS[-1].end, since=since.start)
        for counted in COMPUTED:
            for period in periods:
                for part in ("", "women", "qpv"):
                    try:
                        found = lately.value(counted, period, part)
                    except ValueError:
                        refused.add(counted.key)
                        continue
                    assert found == whole.value(counted, period, part), (counted.key, period, part)

    base.read(compare)
    assert len(refused) < len(COMPUTED) / 3
    assert not refused & {item.key for item in MAIN}
