"""Every indicator equals its recount by SQL written apart, month by month and place by place; it opens what it says."""

import uuid
from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy.orm import Session

from boutique.rules.dimensions import DIMENSIONS
from boutique.rules.figure_rules import Count
from boutique.rules.indicators import FIGURES, MAIN, Figure, Unit, figure
from boutique.rules.ledger import Fraction
from boutique.rules.period import Period, first_of
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import activity, demo, figures
from boutique.services.figures import Book
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY, new_workspace
from tests.services.recounts import COHORTS, COUNTS, CREATED, DELAYS, SHARES

PEOPLE, EARLIER = 130, date(2025, 5, 24)
COMPUTED = [item for item in FIGURES if item.rule is not None]
MONTHS = [Period.month(first_of(2024, 12 + rank)) for rank in range(24)]
YEAR = Period.year(date(2026, 1, 1))


# What fictitious files have too rarely for every figure to count something.
SPICE = """
UPDATE participation SET reached_on = date(entered_on, '+250 days'), improved = 'oui', status_after = 'INDEPENDANT'
    WHERE rowid % 2 = 0;
UPDATE participation SET employment_status = 'ETUDIANT' WHERE rowid % 5 = 0;
UPDATE participation SET employment_status = 'DIRIGEANT_SOCIETE' WHERE rowid % 4 = 0;
UPDATE exit SET qualification_obtained = rowid % 2, training_entered = rowid % 3 = 0, business_created = 0;
UPDATE exit SET employment_status = 'DE_INDEMNISE' WHERE rowid % 2 = 0;
UPDATE scheme_request SET scheme_code = 'PH_QUARTIER' WHERE rowid % 4 = 0;
UPDATE project SET legal_form = 'CAPE_HEBERGE' WHERE rowid % 7 = 0;
UPDATE person SET birth_date = '2009-06-01' WHERE rowid % 5 = 0;
UPDATE business SET registered_on = date(registered_on, '-36 months') WHERE rowid % 5 = 0;
UPDATE accompaniment SET opened_on = date(opened_on, '-40 months') WHERE rowid % 9 = 0;
UPDATE follow_up SET months = CASE rowid % 3 WHEN 0 THEN 12 WHEN 1 THEN 24 ELSE 36 END, state = 'fait',
    done_on = '2026-0' || (rowid % 9 + 1) || '-12', jobs = rowid % 4,
    outcome = CASE rowid % 4 WHEN 0 THEN 'injoignable' WHEN 1 THEN 'cessee' ELSE 'active' END;
INSERT INTO zoning_list (id, kind, vintage, imported_at, rows)
    VALUES (lower(hex(randomblob(16))), 'FRR', '2026', '2026-01-01 00:00:00.000000', 2);
INSERT INTO zoning (kind, commune_code, zone_code, label, classified)
    SELECT DISTINCT 'FRR', commune_code, 'FRR', '', 1 FROM person WHERE commune_code > '62400'
"""
EVER = Period(date(2018, 1, 1), date(2027, 12, 31))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Three years of fictitious files."""
    workspace = new_workspace(tmp_path_factory.mktemp("figures") / "base")
    demo.populate(workspace, people=PEOPLE, seed=21, until=EARLIER)
    demo.populate(workspace, people=PEOPLE, seed=22, until=LAST_DAY)
    with workspace.database.raw() as connection:
        for statement in SPICE.split(";"):
            connection.execute(statement)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def places(base: Workspace) -> list[uuid.UUID]:
    """The three places with most interviews."""
    with base.database.raw() as connection:
        rows = connection.execute("SELECT site_id FROM interview GROUP BY site_id ORDER BY count(*) DESC LIMIT 3")
        return [uuid.UUID(row[0]) for row in rows]


class Recount:
    """The same figures by SQL alone."""

    def __init__(self, connection: Any, period: Period, site: uuid.UUID | None) -> None:
        self.connection, self.period = connection, period
        self.bound: dict[str, str | None] = {
            f"months_{months}": str(period.end - relativedelta(months=months)) for months in (6, 24)
        }
        self.bound |= {"first": str(period.start), "last": str(period.end), "site": site.hex if site else None}

    def one(self, events: str, condition: str, count: str) -> Any:
        query = f"""SELECT {count} FROM ({events}) e LEFT JOIN person w ON w.id = e.p
            WHERE e.d BETWEEN :first AND :last AND (:site IS NULL OR e.s = :site) AND ({condition})"""
        return self.connection.execute(query, self.bound).fetchone()[0] or 0

    def value(self, code: str) -> Any:
        if code in COUNTS:
            return self.one(*COUNTS[code])
        if code in SHARES:
            return tuple(self.one(*side) for side in SHARES[code])
        if code in DELAYS:
            query = f"""SELECT q FROM ({DELAYS[code]}) e
                WHERE e.d BETWEEN :first AND :last AND (:site IS NULL OR e.s = :site)"""
            days = [row[0] for row in self.connection.execute(query, self.bound)]
            return median(days) if days else None
        months, alive, kept = COHORTS[code]
        earlier = self.period.earlier(months)
        bound = {**self.bound, "first": str(earlier.start), "last": str(earlier.end)}
        return tuple(
            self.connection.execute(
                f"SELECT count(*) FROM ({CREATED}) e WHERE e.d BETWEEN :first AND :last AND ({condition}) "
                "AND (:site IS NULL OR e.s = :site)", bound,
            ).fetchone()[0]
            for condition in (f"{alive} AND {kept}", kept)
        )  # fmt: skip


def ours(book: Book, item: Figure, period: Period) -> Any:
    if item.rule is not None and item.rule.count is Count.SHARE:
        found = book.fraction(item, period)
        return found.part, found.whole
    return book.value(item, period)


def test_every_computed_figure_is_recounted() -> None:
    assert {item.code for item in COMPUTED} == {*COUNTS, *SHARES, *COHORTS, *DELAYS}


def test_every_figure_counts_something_here(base: Workspace) -> None:
    """Without that, equal to its recount would mean nothing."""

    def counted(session: Session) -> set[str]:
        book = figures.read(session, EVER.end)
        wide = {item.code for item in COMPUTED if not any(_numbers(ours(book, item, EVER))) and item.code not in DELAYS}
        return {code for code in wide if not any(_numbers(ours(book, figure(code), YEAR)))}

    assert base.read(counted) == set()


def _numbers(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


@pytest.mark.parametrize("place", [None, 0, 1, 2], ids=["everywhere", "first", "second", "third"])
def test_each_figure_equals_its_recount(base: Workspace, places: list[uuid.UUID], place: int | None) -> None:
    site = None if place is None else places[place]

    def counted(session: Session) -> dict[tuple[str, int], Any]:
        book = figures.read(session, MONTHS[-1].end, Scope(site))
        return {(item.code, rank): ours(book, item, month) for rank, month in enumerate(MONTHS) for item in COMPUTED}

    found = base.read(counted)
    wrong = {}
    with base.database.raw() as connection:
        for rank, month in enumerate(MONTHS):
            recount = Recount(connection, month, site)
            for item in COMPUTED:
                value = recount.value(item.code)
                if found[item.code, rank] != (pytest.approx(value) if value is not None else None):
                    wrong[item.code, month.words] = (found[item.code, rank], value)
    assert not wrong


def test_a_year_equals_its_recount_and_is_no_sum_of_months(base: Workspace) -> None:
    def counted(session: Session) -> tuple[dict[str, Any], dict[str, Any], list[tuple[str, str]]]:
        book = figures.read(session, YEAR.end)
        months = [Period.month(date(2026, month, 1)) for month in range(1, 13)]
        sums = {item.code: sum(book.value(item, month) or 0 for month in months) for item in COMPUTED}
        loose = [
            (item.code, name) for item in COMPUTED for name in item.breakdowns
            if item.unit is not Unit.SHARE and DIMENSIONS[name].exclusive
            and sum(piece.part for piece in book.breakdown(item, name, YEAR))
            != pytest.approx(book.value(item, YEAR))
        ]  # fmt: skip
        return {item.code: ours(book, item, YEAR) for item in COMPUTED}, sums, loose

    year, sums, loose = base.read(counted)
    with base.database.raw() as connection:
        recount = Recount(connection, YEAR, None)
        recounted = {item.code: recount.value(item.code) for item in COMPUTED}
    wrong = {code: (year[code], value) for code, value in recounted.items() if year[code] != pytest.approx(value)}
    assert not wrong
    assert not loose  # the parts of a breakdown make the whole
    for item in COMPUTED:
        if not item.distinct:
            assert year[item.code] == pytest.approx(sums[item.code]), item.code
    assert year["INT_FILE_ACTIVE"] < sums["INT_FILE_ACTIVE"]
    assert year["PERSONNES_RECUES"] < sums["PERSONNES_RECUES"]


@pytest.mark.parametrize("item", COMPUTED, ids=[item.code for item in COMPUTED])
def test_each_figure_opens_as_many_lines_as_it_says(base: Workspace, item: Figure) -> None:
    def counted(session: Session) -> tuple[Fraction, float | None]:
        book = figures.read(session, YEAR.end)
        return book.fraction(item, YEAR), book.value(item, YEAR)

    both, value = base.read(counted)
    assert item.rule is not None
    adds_up = item.rule.count in (Count.SUM, Count.MEDIAN) or item.rule.of is Count.SUM
    if adds_up or item.code == "INT_COMPLETUDE":
        return
    opened = base.read(activity.people_behind, item.code, YEAR)
    assert len(opened) == (both.part if item.unit is Unit.SHARE else value)
    assert all(YEAR.earlier(item.rule.months_before).start <= row.on <= YEAR.end for row in opened) or item.rule.events
    if item.unit is Unit.SHARE:
        assert len(base.read(activity.people_behind, item.code, YEAR, EVERYWHERE, "", "whole")) == both.whole


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
