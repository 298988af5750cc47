"""The fictitious files: always the same ones, varied as in real life, and nobody who exists."""

import hashlib
import re
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.forms.catalogue import FILE, INTERVIEW, PARTNER
from boutique.models.case import Action, Appointment, Case, Interview, Passage
from boutique.models.choices import AppointmentStatus, ReferralStatus
from boutique.models.person import Person
from boutique.models.project import Business, ProjectMember
from boutique.models.referral import Partner, PartnerTerritory, Referral, ReferralEvent
from boutique.models.registry import ENTITIES
from boutique.models.structure import Site
from boutique.models.trace import Draft
from boutique.rules.partners import load_partner_types
from boutique.services import answers, demo, schedule, undo
from boutique.services.demo_people import phone_numbers
from boutique.services.workspace import Workspace
from tests.services.conftest import DEMO_PEOPLE, LAST_DAY, new_workspace

_IDENTIFIERS = ("id", "created_at", "updated_at")


def digest(session: Session) -> str:
    """Everything stored but identifiers and instants of writing, in an order that does not depend on them."""
    lines = []
    for model in ENTITIES:
        names = [c.key for c in model.__table__.columns if c.key not in _IDENTIFIERS and not c.key.endswith("_id")]
        rows = session.execute(select(*(getattr(model, name) for name in names)))
        lines += sorted(f"{model.__tablename__} {tuple(row)!r}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_the_same_seed_gives_the_same_content(tmp_path: Path) -> None:
    digests = []
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        workspace = new_workspace(tmp_path / name)
        demo.populate(workspace, people=12, seed=seed, until=LAST_DAY)
        digests.append(workspace.read(digest))
        workspace.close()
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


def test_counts_are_those_of_the_base(workspace: Workspace) -> None:
    steps: list[tuple[int, int]] = []

    def show(done: int, total: int) -> None:
        steps.append((done, total))

    counts = demo.populate(workspace, people=10, seed=1, until=LAST_DAY, progress=show)
    assert counts.people == counts.files == 10
    assert counts.partners >= 40
    assert steps[-1] == (10, 10)


@pytest.mark.parametrize("people", [0, 1, 2])
def test_a_handful_of_people_is_enough(workspace: Workspace, people: int) -> None:
    assert demo.populate(workspace, people=people, seed=1, until=LAST_DAY).files == people


def test_the_last_day_may_be_a_sunday(workspace: Workspace) -> None:
    assert demo.populate(workspace, people=5, seed=1, until=date(2026, 11, 22)).files == 5


def test_there_are_always_more_fictitious_numbers() -> None:
    numbers = list(islice(phone_numbers(Random(1)), 60_001))
    assert len(set(numbers)) == 60_000


def test_nothing_lies_after_the_last_day_but_appointments(demo_workspace: Workspace) -> None:
    def latest(session: Session) -> list[date]:
        columns = (
            Case.opened_on, Case.closed_on, Case.last_contact_on, Passage.happened_on, Interview.held_on,
            Referral.made_on, Referral.answered_on, ReferralEvent.happened_on, Action.done_on, Business.registered_on,
        )  # fmt: skip
        return [day for column in columns if (day := session.scalar(select(func.max(column)))) is not None]

    assert max(demo_workspace.read(latest)) <= LAST_DAY


def test_references_follow_the_dates_within_each_year(demo_workspace: Workspace) -> None:
    def rows(session: Session) -> list[tuple[str, date]]:
        found = session.execute(select(Referral.reference, Referral.made_on).order_by(Referral.reference))
        return [(reference, made_on) for reference, made_on in found]

    found = demo_workspace.read(rows)
    assert [made for _, made in found] == sorted(made for _, made in found)
    assert all(reference.startswith(f"O-{made.year}-") for reference, made in found)


def test_a_second_filling_goes_on_after_the_references_of_the_base(demo_workspace: Workspace) -> None:
    demo.populate(demo_workspace, people=5, seed=9, until=LAST_DAY)

    def references(session: Session) -> list[str]:
        return list(session.scalars(select(Case.reference)))

    def places(session: Session) -> list[str]:
        return list(session.scalars(select(Site.name)))

    found, known = demo_workspace.read(references), demo_workspace.read(places)
    assert len(found) == len(set(found)) == DEMO_PEOPLE + 5
    assert len(known) == len(set(known))


def test_files_are_as_varied_as_in_real_life(demo_workspace: Workspace) -> None:
    def facts(session: Session) -> dict[str, int]:
        shared = select(Person.phone).group_by(Person.phone).having(func.count() > 1)
        counts = {
            "anonymous": select(func.count()).where(Passage.person_id.is_(None)),
            "came again": select(func.count(distinct(Passage.person_id))).where(Passage.person_id.is_not(None)),
            "without birth date": select(func.count()).where(Person.birth_date.is_(None)),
            "shared phone": select(func.count()).where(Person.phone.in_(shared)),
            "closed": select(func.count()).where(Case.exit_reason.is_not(None)),
            "private notes": select(func.count()).where(Interview.private_note.is_not(None)),
            "absent": select(func.count()).where(Interview.attended.is_(False)),
            "refused": select(func.count()).where(ReferralEvent.refusal_code.is_not(None)),
            "late actions": select(func.count()).where(Action.due_on < LAST_DAY, Action.done_on.is_(None)),
            "drafts": select(func.count()).select_from(Draft),
            "businesses": select(func.count()).where(Business.registered.is_(True)),
        }
        return {name: session.scalar(query) or 0 for name, query in counts.items()}

    assert {name for name, count in demo_workspace.read(facts).items() if not count} == set()


def test_the_last_day_has_appointments(demo_workspace: Workspace) -> None:
    def planned(session: Session) -> list[date]:
        rows = session.scalars(select(Appointment.starts_at).where(Appointment.status == AppointmentStatus.PLANNED))
        return [starts.astimezone().date() for starts in rows]

    found = demo_workspace.read(planned)
    assert found.count(LAST_DAY) == 3
    assert any(day > LAST_DAY for day in found)
    assert all(day <= LAST_DAY + timedelta(35) for day in found)
    assert 1 <= len([day for day in found if day < LAST_DAY]) <= 2  # left to be concluded
    assert all(day >= LAST_DAY - timedelta(7) for day in found)


def test_the_agenda_is_filled_two_weeks_behind_and_ahead_with_a_permanence_on_thursdays(
    demo_workspace: Workspace,
) -> None:
    before, after = (
        demo_workspace.read(schedule.schedule, LAST_DAY + timedelta(days), 14) for days in (-14, 1)
    )  # fmt: skip
    assert len(before.slots) > 10
    assert len(after.slots) > 10
    assert {one.starts_at.weekday() for one in (*before.sessions, *after.sessions)} == {3}
    assert len(after.sessions) == 2


@pytest.mark.parametrize("model", [Person, Partner])
def test_phones_and_mails_belong_to_nobody(demo_workspace: Workspace, model: type[Person] | type[Partner]) -> None:
    def contacts(session: Session) -> list[tuple[str | None, str | None]]:
        return [(phone, email) for phone, email in session.execute(select(model.phone, model.email))]

    for phone, email in demo_workspace.read(contacts):
        if phone:
            assert re.match(r"\+33(19900|26191|35301|46571|53649|63998)\d{4}$", phone), phone
            assert french.parse_phone(phone) == phone
        assert email is None or re.fullmatch(r"[a-z0-9.-]+@exemple\.fr", email), email


def test_every_file_would_be_accepted_by_its_form(demo_workspace: Workspace) -> None:
    """What is stored can be opened, changed and saved again by a counsellor."""

    def typed(session: Session) -> list[dict[str, object]]:
        return [answers.of_case(session, case) for case in session.scalars(select(Case.id))]

    for file in demo_workspace.read(typed):
        assert FILE.read(file)[1] == {}


def test_interviews_and_partners_would_be_accepted_by_their_forms(demo_workspace: Workspace) -> None:
    def typed(session: Session) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
        interviews = [answers.read_row("interview", row) for row in session.scalars(select(Interview))]
        return interviews, [answers.read_row("partner", row) for row in session.scalars(select(Partner))]

    interviews, partners = demo_workspace.read(typed)
    assert not [errors for errors in (INTERVIEW.read(row)[1] for row in interviews) if errors]
    assert not [errors for errors in (PARTNER.read(row)[1] for row in partners) if errors]


def test_partners_are_of_known_types_and_cover_known_places(demo_workspace: Workspace) -> None:
    def types(session: Session) -> set[str | None]:
        return set(session.scalars(select(Partner.type_code)))

    def covered(session: Session) -> set[tuple[str, str]]:
        rows = session.execute(select(PartnerTerritory.level, PartnerTerritory.code))
        return {(level.value, code) for level, code in rows}

    reference = demo_workspace.reference
    lookups = {"commune": reference.commune, "epci": reference.epci}
    assert demo_workspace.read(types) <= set(load_partner_types())
    assert all(lookups[level](code) for level, code in demo_workspace.read(covered) if level in lookups)


def test_couples_may_share_a_project_and_every_status_of_referral_occurs(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "bigger")
    demo.populate(workspace, people=300, seed=2, until=LAST_DAY)

    def facts(session: Session) -> tuple[int, set[ReferralStatus]]:
        held = select(ProjectMember.project_id).group_by(ProjectMember.project_id).having(func.count() > 1)
        return len(session.scalars(held).all()), set(session.scalars(select(Referral.status)))

    shared, statuses = workspace.read(facts)
    workspace.close()
    assert shared > 0
    assert statuses == set(ReferralStatus)


def test_the_demonstration_is_not_something_to_undo(demo_workspace: Workspace) -> None:
    label = demo_workspace.read(undo.undoable)
    assert label != "Données fictives"
