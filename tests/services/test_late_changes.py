"""Every kind of event that an indicator counts, and those that the workbook lists, is followed in declared months."""

import io
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Date, inspect, text
from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.models.choices import ReferralStatus
from boutique.models.programme import LockedMonth
from boutique.models.structure import Site
from boutique.rules.figure_rules import Kind
from boutique.services import attachment_store, corrections, late_changes, locked_months
from boutique.services.late_changes import LISTED, Watch
from boutique.services.ledger_sources import SOURCES
from boutique.services.workshops import enrolments
from boutique.services.workspace import Workspace
from boutique.storage import journal

pytestmark = pytest.mark.usefixtures("own_stamps")

MAIN = [watch for watch in late_changes.watches() if watch.main]
# What fictitious files have too rarely: each kind happens at least once.
SPICE = """
UPDATE participation SET reached_on = date(entered_on, '+20 days');
UPDATE follow_up SET state = 'fait', done_on = '2026-10-12';
UPDATE scheme_request SET status = 'accordee', decided_on = coalesce(decided_on, '2026-10-12');
INSERT INTO co_financing (id, programme_id, financer, amount_eur, common_law, year, created_at, updated_at, version)
    SELECT lower(hex(randomblob(16))), id, 'Région', 1000, 0, 2026, created_at, created_at, 1 FROM programme LIMIT 1
"""


@pytest.fixture
def base(demo_workspace: Workspace) -> Workspace:
    def spice(session: Session) -> None:
        for statement in SPICE.split(";"):
            session.execute(text(statement))

    demo_workspace.write("Suites", spice)
    return demo_workspace


def test_each_kind_of_event_is_followed_from_its_source_alone() -> None:
    followed = {watch.source for watch in MAIN}
    assert set(SOURCES) == set(Kind)
    assert followed == {*SOURCES.values(), *LISTED.values()}
    assert all(watch.counted for watch in MAIN)


def test_a_late_change_of_any_of_them_is_a_correction_and_is_explained(base: Workspace) -> None:
    for watch in MAIN:
        row_id, on = base.read(one_event, watch)
        lock = base.write("Mois déclaré", lock_month, on)
        assert told(base, lock) == [], watch.table
        base.write("Saisie tardive", alter, watch, row_id)
        found = told(base, lock)
        assert any(late.on.replace(day=1) == on.replace(day=1) for late in found), (watch.table, on)
        assert {late.author for late in found} == {"Nadia B."}
        asked = base.read(corrections.to_explain)
        assert asked is not None, watch.table
        assert on.replace(day=1) in asked.months, watch.table
        base.write("Motif", corrections.explain, asked.action_id, "Feuille retrouvée")
        assert {late.reason for late in told(base, lock)} == {"Feuille retrouvée"}
        base.write("Déverrouiller", unlock, lock)


def test_presences_are_told_with_their_file_even_when_the_enrolment_goes_with_them(base: Workspace) -> None:
    enrolment_id, reference, on = base.read(present_person)
    lock = base.write("Mois déclaré", lock_month, on)
    base.write("Désinscription", enrolments.withdraw, enrolment_id)
    lates = told(base, lock)
    assert {late.reference for late in lates} == {reference}
    assert {late.what.partition(" du ")[0] for late in lates} == {"Présence à un atelier"}
    assert all(late.what.endswith(": suppression") for late in lates)


def test_what_comes_after_by_nature_is_no_correction(base: Workspace) -> None:
    """An answer of April to a referral of March; one received in March and typed late is one."""
    row_id, on = base.read(
        one_event, next(watch for watch in MAIN if watch.table == "referral"), "r.answered_on IS NULL"
    )
    lock = base.write("Mois déclaré", lock_month, on)
    answered = {"status": ReferralStatus("prise_en_charge"), "answered_on": clock.today()}
    base.write("Retour", set_values, "referral", row_id, answered)
    assert told(base, lock) == []
    base.write("Retour", set_values, "referral", row_id, {"answered_on": on})
    assert [late.what.partition(" du ")[0] for late in told(base, lock)] == ["Orientation"]


def test_where_it_was_says_whose_correction_it_is(base: Workspace) -> None:
    watch = next(watch for watch in MAIN if watch.table == "business_visit")
    row_id, on = base.read(one_event, watch)
    here = base.site_id
    base.write("Lieu", set_values, "business_visit", row_id, {"site_id": here})
    there = base.write("Mois déclaré ailleurs", lock_month, on, other_site(base))
    lock = base.write("Mois déclaré", lock_month, on, here)
    base.write("Visite", alter, watch, row_id)
    assert told(base, there) == []
    assert len(told(base, lock)) == 1


def told(workspace: Workspace, lock: uuid.UUID) -> tuple[Any, ...] | list[Any]:
    return list(workspace.read(corrections.of_lock, lock).lates)


def one_event(session: Session, watch: Watch, more: str = "1") -> tuple[uuid.UUID, date]:
    source = watch.source
    found = session.execute(
        text(
            f"SELECT {watch.alias}.id, {source.day} FROM {source.table} WHERE {source.where} AND {more} "
            f"AND {source.day} < '2026-11-01' ORDER BY {source.day} DESC LIMIT 1"
        )
    ).first()
    assert found is not None, watch.table
    return uuid.UUID(found[0]), date.fromisoformat(found[1])


def lock_month(session: Session, on: date, site_id: uuid.UUID | None = None) -> uuid.UUID:
    row = LockedMonth(
        month=on.replace(day=1), site_id=site_id, locked_at=clock.now(), figures={},
        content_id=attachment_store.put(session, io.BytesIO(b"classeur")), stamp=journal.CLOCK.stamp("local"),
    )  # fmt: skip
    session.add(row)
    return row.id


def unlock(session: Session, lock: uuid.UUID) -> None:
    locked_months.known(session, lock).unlocked_at = clock.now()


def set_values(session: Session, table: str, row_id: uuid.UUID, values: dict[str, Any]) -> None:
    row = session.get_one(next(watch.model for watch in MAIN if watch.table == table), row_id)
    for name, value in values.items():
        setattr(row, name, value)


def alter(session: Session, watch: Watch, row_id: uuid.UUID) -> None:
    """Another day when the row is dated, else another amount, or the contrary."""
    row, columns = session.get_one(watch.model, row_id), inspect(watch.model).columns
    dated = [name for name in watch.days if isinstance(columns[name].type, Date) and getattr(row, name)]
    for name in dated:
        setattr(row, name, getattr(row, name) - timedelta(days=400))
    if not dated:
        name = next(name for name in sorted(watch.counted) if isinstance(getattr(row, name), int))
        value = getattr(row, name)
        setattr(row, name, not value if isinstance(value, bool) else value + 1)


def present_person(session: Session) -> tuple[uuid.UUID, str, date]:
    found = session.execute(
        text(
            "SELECT e.id, c.reference, max(d.held_on) FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id "
            "JOIN workshop_half_day d ON d.id = a.half_day_id JOIN workshop w ON w.id = e.workshop_id "
            "JOIN accompaniment c ON c.id = e.case_id WHERE a.present = 1 AND w.state = 'tenue' GROUP BY e.id LIMIT 1"
        )
    ).one()
    return uuid.UUID(found[0]), found[1], date.fromisoformat(found[2])


def other_site(workspace: Workspace) -> uuid.UUID:
    def add(session: Session) -> uuid.UUID:
        site = Site(name="Ailleurs")
        session.add(site)
        return site.id

    return workspace.write("Lieu", add)
