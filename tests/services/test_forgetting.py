"""Names noted at workshops without a file: kept twelve months, then gone for good, journal included; counts stay."""

import uuid
from datetime import date, datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from boutique.models.structure import Structure
from boutique.models.workshop import Enrolment
from boutique.rules.indicators import figure
from boutique.rules.period import Period
from boutique.services import figures, undo
from boutique.services.checks import checks
from boutique.services.month import read
from boutique.services.workshops import attendance, counts, enrolments, forgetting, sessions
from boutique.services.workspace import Workspace
from tests.services.filling import on
from tests.services.workshops import add_module, add_session

pytestmark = pytest.mark.usefixtures("own_stamps")

SPRING, SUMMER, NEXT_YEAR = date(2026, 3, 10), date(2026, 7, 7), datetime(2027, 4, 2, 9).astimezone()
CANARY = "Zebulonne"


def come(workspace: Workspace, day: date, *people: dict[str, str]) -> uuid.UUID:
    """A session held with these people, all present."""
    with on(day):
        made = add_session(workspace, add_module(workspace, title=f"Module du {day:%d/%m}"), day)
        for person in people:
            typed = {f"enrolment.{key}": value for key, value in person.items()}
            workspace.write("Inscription", enrolments.enrol_name, made, typed)
        for half_day in workspace.read(sessions.planned, made).half_days:
            assert half_day.id is not None
            workspace.write("Présences", attendance.mark_all, half_day.id)
        workspace.write("Tenue", sessions.hold, made)
    return made


@pytest.fixture
def base(workspace: Workspace) -> Workspace:
    """In March two people, one of whom came back in July; in March too, somebody who has had a file since."""
    once = {"first_name": CANARY, "last_name": "Untel", "phone": "06 12 34 56 78"}
    twice = {"first_name": "Paul", "last_name": "Revenu", "phone": "06 22 22 22 22"}
    come(workspace, SPRING, once, twice)
    come(workspace, SUMMER, twice)
    return workspace


def kept(session: Session) -> str:
    """Everything that the tables hold of enrolments and of their journal."""
    rows = session.execute(text("SELECT group_concat(coalesce(first_name,'') || last_name || coalesce(phone,'')) "
                                "FROM enrolment")).scalar_one()  # fmt: skip
    journal = session.execute(text("SELECT group_concat(fields || action_label) FROM change")).scalar_one()
    return f"{rows} {journal}"


def counted(session: Session) -> list[float | None]:
    book, item = figures.read(session, SUMMER), figure("epci_workshop_people")
    periods = [Period.month(SPRING), Period.month(SUMMER), Period.year(SPRING)]
    return [book.value(item, period) for period in periods]


def test_a_name_goes_a_year_after_the_last_session_and_what_was_counted_stays(base: Workspace) -> None:
    assert base.read(counted) == [2, 1, 2]
    assert all(part in base.read(kept) for part in (CANARY, "+33612345678", "Paul"))
    with on(date(2027, 3, 9)):
        assert base.read(forgetting.due) == ()
    with on(NEXT_YEAR):
        (one,) = found = base.read(forgetting.due)
        assert (one.last_on, one.title) == (SPRING, "Module du 10/03")
        assert CANARY not in repr(found)
        listed = next(one for one in base.read(lambda s: checks(s, read(s, SPRING))) if one.key == "names")
        assert listed.references == ("Module du 10/03, 10/03/2026",)
        before = base.read(counts.balance, Period.year(SPRING)).everything
        assert base.write("Effacement", forgetting.erase, found) == 1
        assert base.read(forgetting.due) == ()
        assert CANARY not in base.read(kept)
        assert "12 34 56 78" not in base.read(kept)
        assert "+33612345678" not in base.read(kept)
        assert "Paul" in base.read(kept)  # who came in July is still within the year
        assert base.read(counted) == [2, 1, 2]
        assert base.read(counts.balance, Period.year(SPRING)).everything == before


def test_nothing_brings_the_name_back(base: Workspace) -> None:
    with on(NEXT_YEAR):
        base.write("Effacement", forgetting.erase, base.read(forgetting.due))
        base.write("Annulation", undo.undo)
        assert CANARY not in base.read(kept)


def test_who_was_taken_out_long_ago_goes_from_the_journal_too(base: Workspace) -> None:
    with on(SPRING):
        row = base.read(lambda s: s.scalars(select(Enrolment.id).where(Enrolment.first_name == CANARY)).one())
        base.write("Désinscription", enrolments.withdraw, row)
    with on(datetime(2027, 12, 15, 9).astimezone()):  # a year after the journal wrote it
        base.write("Effacement", forgetting.erase, base.read(forgetting.due))
        assert CANARY not in base.read(kept)


def test_how_long_is_for_the_structure_to_say(base: Workspace) -> None:
    def say(session: Session) -> None:
        session.scalars(select(Structure)).one().contact_months = 3

    base.write("Structure", say)
    with on(date(2026, 11, 2)):
        assert len(base.read(forgetting.due)) == 2
        assert base.read(lambda s: s.scalar(select(func.count()).select_from(Enrolment))) == 3
