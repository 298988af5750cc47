"""The observatory of a year: what it counts, what it hides, what leaves in a file, and that no person is in it."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.case import Case, Interview, Passage
from boutique.models.choices import TerritoryLevel
from boutique.models.person import Person
from boutique.services import observatory, observatory_book, observatory_table, own_territories
from boutique.services.observatory import TOTAL, Grid
from boutique.services.observatory_counts import MEASURES
from boutique.services.observatory_table import Row, Shape
from boutique.services.workspace import Workspace

TERNOIS, FREVENT, SAINT_POL = "200069672", "62361", "62767"
PROTECTED = [one.key for one in MEASURES if one.people]


@pytest.fixture(autouse=True)
def new_year() -> Iterator[None]:
    """The year of the fictitious files is over."""
    with time_machine.travel(datetime(2027, 1, 4, 9, 30).astimezone()):
        yield


@pytest.fixture
def drawn(demo_workspace: Workspace) -> Workspace:
    """Two pays that overlap, one of which cuts across an EPCI."""
    parts = [(TerritoryLevel.EPCI, TERNOIS)]
    demo_workspace.write("Pays", own_territories.save, None, "Pays entier", parts)
    demo_workspace.write("Pays", own_territories.save, None, "Pays sans Frévent", parts, [FREVENT])
    return demo_workspace


def grid(workspace: Workspace, year: int = 2026) -> Grid:
    return workspace.read(observatory.grid, year)


def received(session: Session) -> Counter[str]:
    """People who came in 2026, by commune, counted another way."""
    visits = select(Passage.person_id).where(Passage.happened_on.between("2026-01-01", "2026-12-31"))
    came = Interview.attended.is_(None) | Interview.attended.is_(True)
    held = select(Case.person_id).join(Interview, Interview.case_id == Case.id)
    held = held.where(Interview.held_on.between("2026-01-01", "2026-12-31"), came)
    people = {one for one in (*session.scalars(visits), *session.scalars(held)) if one is not None}
    homes = session.execute(select(Person.id, Person.commune_code)).all()
    return Counter(commune or "?" for person, commune in homes if person in people)


def test_every_number_shown_is_the_sum_of_its_communes_and_none_is_small(drawn: Workspace) -> None:
    made, counted = grid(drawn), drawn.read(received)
    everything = [
        row for level in (Shape.COMMUNE, Shape.EPCI, Shape.OWN) for row in observatory_table.rows(made, level)
    ]
    seen = 0
    for row in everything:
        value = row.values["received"]
        if value is not None:
            seen += 1
            assert value == sum(counted[code] for code in row.leaves), row.label
        for key in PROTECTED:
            assert not 0 < (row.values[key] or 0) < made.threshold, (row.label, key)
    assert seen > 3
    assert {row.shape for row in everything} == set(Shape)
    total = next(row for row in everything if row.shape is Shape.TOTAL)
    assert total.values["received"] == sum(counted.values())


def test_a_pays_and_the_same_without_one_commune_do_not_give_it_away(drawn: Workspace) -> None:
    made, counted = grid(drawn), drawn.read(received)
    rows = {row.label: row.values["received"] for row in observatory_table.rows(made, Shape.OWN)}
    whole, without = rows["Pays entier"], rows["Pays sans Frévent"]
    if whole is not None and without is not None:
        assert whole - without == counted[FREVENT] >= made.threshold
    else:
        assert counted[FREVENT] < made.threshold


def test_an_extract_of_a_territory_says_no_more_than_the_grid(drawn: Workspace) -> None:
    made = grid(drawn)
    members = made.totals[TERNOIS]
    whole = {(row.code, row.shape): row for row in observatory_table.rows(made, Shape.COMMUNE)}
    inside = observatory_table.rows(made, Shape.COMMUNE, members)
    assert inside[-1].shape is Shape.TOTAL
    assert all(whole[row.code, row.shape] == row for row in inside[:-1])
    assert inside[-1].values == next(
        row.values for row in observatory_table.rows(made, Shape.EPCI) if row.code == TERNOIS
    )


def test_a_higher_threshold_hides_more(drawn: Workspace) -> None:
    def masked(rows: tuple[Row, ...]) -> int:
        return sum(row.values["received"] is None or row.shape is Shape.GROUP for row in rows)

    usual = grid(drawn)
    drawn.write("Seuil", observatory.set_threshold, 11)
    strict = grid(drawn)
    assert (usual.threshold, strict.threshold) == (5, 11)
    alone = [
        sum(row.shape is Shape.COMMUNE for row in observatory_table.rows(one, Shape.COMMUNE)) for one in (usual, strict)
    ]
    assert alone[1] < alone[0]
    with pytest.raises(UserError, match="seuil"):
        drawn.write("Seuil", observatory.set_threshold, 1)


def test_rates_are_those_of_the_numbers_shown(drawn: Workspace) -> None:
    made = grid(drawn)
    commune = drawn.reference.commune(SAINT_POL)
    assert commune is not None
    for row in observatory_table.rows(made, Shape.COMMUNE):
        value = row.values["received"]
        assert (row.rate("received") is None) == (value is None or not row.population)
        if row.code == SAINT_POL and value is not None:
            assert row.rate("received") == pytest.approx(value * 1000 / commune.population)


def test_the_workbook_and_the_list_say_the_same_and_name_nobody(drawn: Workspace) -> None:
    made = grid(drawn)
    workbook = drawn.read(observatory_book.workbook, made).content
    book = load_workbook(io.BytesIO(workbook))
    assert book.sheetnames == ["Lisez-moi", "Communes", "Intercommunalités", "Nos territoires"]
    listed = observatory_book.listing(made).content.decode("utf-8-sig")
    lines = [line.split(";") for line in listed.splitlines()]
    told = {(line[0], line[2]): line[4] for line in lines[1:]}
    for row in observatory_table.rows(made, Shape.COMMUNE):
        value = row.values["received"]
        assert told[row.shape.label, row.label] == ("masqué" if value is None else str(value))
    text = listed + "".join(str(cell.value) for sheet in book for cells in sheet.iter_rows() for cell in cells)
    known = select(Person.last_name, Case.reference).join(Case, Case.person_id == Person.id)
    for last_name, reference in drawn.read(lambda session: session.execute(known).all()):
        assert reference not in text
        assert f" {last_name}" not in text


def test_a_year_that_is_not_over_does_not_leave(drawn: Workspace) -> None:
    unfinished = grid(drawn, 2027)
    assert not unfinished.finished
    for make in (
        lambda: drawn.read(observatory_book.workbook, unfinished),
        lambda: observatory_book.listing(unfinished),
    ):
        with pytest.raises(UserError, match="n’est pas finie"):
            make()
    assert drawn.read(observatory.years)[0] == 2027


def test_an_empty_year_shows_nothing(workspace: Workspace) -> None:
    made = grid(workspace)
    (total,) = observatory_table.rows(made, Shape.COMMUNE)
    assert total.code == TOTAL
    assert not any(total.values.values())


def test_a_long_count_tells_how_far_it_is(demo_workspace: Workspace) -> None:
    told: list[tuple[int, int]] = []
    demo_workspace.read(observatory.grid, 2026, step=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(len(told)))
    assert all(done < total for done, total in told)
    assert len(told) > len(MEASURES)
