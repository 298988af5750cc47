"""Permanences one by one on a real base: foreseen, confirmed, cancelled, added; who was received is counted."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.choices import Rhythm, ZoningState
from boutique.models.outreach_choices import CancelReason, OutreachState
from boutique.models.structure import Counsellor, Site
from boutique.rules.indicators import figure
from boutique.rules.period import Period
from boutique.services import (
    appointments,
    figures,
    intakes,
    outreach,
    outreach_days,
    outreach_prepare,
    outreach_summary,
    outreach_today,
    undo,
)
from boutique.services.intakes import Saved
from boutique.services.outreach import Ref
from boutique.services.outreach_days import About, DayLine
from boutique.services.papers import outreach as papers
from boutique.services.workspace import Workspace
from tests.services.filling import FREVENT, add_partner, interview, on, open_file, pdf

FIRST, THURSDAY = date(2026, 11, 5), date(2026, 11, 19)  # it is Tuesday the 24th


@pytest.fixture
def place(workspace: Workspace) -> uuid.UUID:
    """Where the permanences of these tests are held, with a rule: each Thursday morning since the 5th."""

    def add(session: Session) -> uuid.UUID:
        row = Site(name="Mairie de Frévent", commune_code=FREVENT, address="1 place de la Mairie", phone="+33321040506")
        session.add(row)
        return row.id

    made = workspace.write("Ajouter", add)
    assert isinstance(made, uuid.UUID)
    rule: dict[str, Any] = {
        "site_id": made, "counsellor_id": workspace.counsellor_id, "rhythm": Rhythm.WEEKLY, "starts_on": FIRST,
        "ends_on": None, "opens_at": 9 * 60, "closes_at": 12 * 60, "skipped": (),
    }  # fmt: skip
    workspace.write("Permanence", outreach.save, None, rule)
    return made


def days(workspace: Workspace, first: date = FIRST, last: date = THURSDAY) -> tuple[DayLine, ...]:
    return workspace.read(outreach_days.listing, first, last)


def line(workspace: Workspace, day: date = THURSDAY) -> DayLine:
    (found,) = days(workspace, day, day)
    return found


def note(workspace: Workspace, ref: Ref | None, day: date, place: uuid.UUID, **more: Any) -> Ref:
    """A permanence as its form saves it; `state="tenue"` stands for its field."""
    typed = {"outreach_day.held_on": day, "outreach_day.state": OutreachState.HELD}
    typed |= {f"outreach_day.{key}": value for key, value in more.items() if key not in ("hours", "counsellor")}
    about = About(place, more.get("counsellor", workspace.counsellor_id), *more.get("hours", (9 * 60, 12 * 60)))
    return workspace.write("Séance", outreach_days.save, ref, typed, about)


def receive(workspace: Workspace, place: uuid.UUID, moment: datetime, name: str = "Martin") -> Saved:
    """Somebody is received at this place, at this moment: a visit in their name, then an interview."""
    workspace.site_id = place
    with on(moment):
        saved = open_file(workspace, last=name)
        interview(workspace, saved, minutes=40)
    return saved


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour).astimezone()


def other(workspace: Workspace) -> uuid.UUID:
    def add(session: Session) -> uuid.UUID:
        row = Counsellor(first_name="Thomas", last_name="Delattre")
        session.add(row)
        return row.id

    made = workspace.write("Ajouter", add)
    assert isinstance(made, uuid.UUID)
    return made


def test_what_a_rule_foresees_waits_to_be_confirmed_until_it_is(workspace: Workspace, place: uuid.UUID) -> None:
    found = days(workspace)
    assert [one.held_on for one in found] == [FIRST, date(2026, 11, 12), THURSDAY]
    assert all(one.to_confirm and one.commune == "Frévent" and one.host == "Mairie de Frévent" for one in found)
    workspace.write("Tenue", outreach_days.confirm, found[2].ref)
    workspace.write("Annulée", outreach_days.cancel, found[1].ref, CancelReason.WEATHER)
    assert [one.state for one in days(workspace)] == ["prevue", "annulee", "tenue"]
    assert days(workspace)[1].reason == "Intempéries, route coupée"
    assert [one.held_on for one in workspace.read(outreach_days.to_confirm)] == [FIRST]
    # A cancelled one leaves the agenda; undo brings it back.
    assert [one.starts_at.date() for one in workspace.read(outreach.held, FIRST, THURSDAY)] == [FIRST, THURSDAY]
    workspace.write("Annulation", undo.undo)
    assert len(workspace.read(outreach.held, FIRST, THURSDAY)) == 3


def test_two_computers_that_confirm_the_same_one_write_the_same_row(workspace: Workspace, place: uuid.UUID) -> None:
    again = line(workspace).ref
    assert workspace.write("Tenue", outreach_days.confirm, line(workspace).ref).id == again.id
    workspace.write("Rien", outreach_days.remove, again)
    assert line(workspace).ref == again
    assert line(workspace).state is OutreachState.PLANNED


def test_a_permanence_moved_to_another_day_is_not_asked_about_on_its_first_one(
    workspace: Workspace, place: uuid.UUID
) -> None:
    note(workspace, line(workspace).ref, date(2026, 11, 20), place)
    assert [one.held_on for one in days(workspace, THURSDAY, date(2026, 11, 25))] == [date(2026, 11, 20)]


def test_who_was_received_is_counted_once_and_anonymous_visits_apart(workspace: Workspace, place: uuid.UUID) -> None:
    saved = receive(workspace, place, at(THURSDAY, 10))
    with on(at(THURSDAY, 11)):
        interview(workspace, saved, minutes=15)
        absent = open_file(workspace, last="Absente")
        workspace.write("Passage", intakes.save_anonymous, {"passage.happened_on": THURSDAY})
    with on(at(date(2026, 11, 18), 10)):
        interview(workspace, absent)  # another day: not this permanence
    ref = note(workspace, line(workspace).ref, THURSDAY, place, walk_ins=4)
    shown = line(workspace)
    assert shown.ref == ref
    assert (shown.reception.received, shown.reception.interviews, shown.reception.minutes) == (2, 2, 55)
    assert (shown.reception.anonymous, shown.walk_ins) == (1, 5)


def test_elsewhere_or_with_somebody_else_counts_elsewhere(workspace: Workspace, place: uuid.UUID) -> None:
    home, colleague = workspace.site_id, other(workspace)
    assert home is not None
    receive(workspace, home, at(THURSDAY, 10), "Boutique")
    mine = workspace.counsellor_id
    workspace.counsellor_id = colleague
    receive(workspace, place, at(THURSDAY, 10), "Collègue")
    workspace.counsellor_id = mine
    assert line(workspace).reception.received == 0
    note(workspace, line(workspace).ref, THURSDAY, place, counsellor=None)  # held by anybody
    assert line(workspace).reception.received == 1


def test_a_round_of_two_stops_counts_each_person_at_one_of_them(workspace: Workspace, place: uuid.UUID) -> None:
    day = date(2026, 11, 17)
    for hours, host in (((9 * 60, 12 * 60), "Bus, place A"), ((14 * 60, 17 * 60), "Bus, place B")):
        note(workspace, None, day, place, hours=hours, host=host)
    receive(workspace, place, at(day, 10), "Matin")
    receive(workspace, place, at(day, 15), "Après-midi")
    with on(at(day + timedelta(1), 9)):  # entered the day after, back from the round
        open_file(workspace, last="Lendemain", passage_happened_on=day)
    found = days(workspace, day, day)
    assert [(one.host, one.reception.received) for one in found] == [("Bus, place A", 2), ("Bus, place B", 1)]
    assert not found[0].reception.people & found[1].reception.people


def test_the_city_contract_counts_a_permanence_where_somebody_came(workspace: Workspace, place: uuid.UUID) -> None:
    """« Séances avec au moins une personne reçue ou une présence »; CitésLab counts every one that was held."""
    day, empty_day, noted_day = date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 20)
    for hours in ((9 * 60, 12 * 60), (14 * 60, 17 * 60)):
        note(workspace, None, day, place, hours=hours, located_in_qpv=ZoningState.YES)
    note(workspace, None, empty_day, place, located_in_qpv=ZoningState.YES)
    month = Period.month(day)

    def told(session: Session) -> tuple[float | None, ...]:
        book = figures.read(session, month.end)
        return tuple(book.value(figure(key), month) for key in ("bpi_outreach_sessions", "cdv_outreach"))

    assert workspace.read(told) == (3, 0)
    receive(workspace, place, at(day, 15))
    assert workspace.read(told) == (3, 1)  # at the afternoon one, as the sheet of the permanences says
    assert [one.reception.received for one in days(workspace, day, empty_day)] == [0, 1, 0]
    note(workspace, None, noted_day, place, located_in_qpv=ZoningState.YES, walk_ins=2)
    assert workspace.read(told) == (4, 2)


def test_what_cannot_be_is_refused_with_a_sentence(workspace: Workspace, place: uuid.UUID) -> None:
    with pytest.raises(UserError, match="à venir"):
        note(workspace, None, date(2026, 11, 26), place)
    with pytest.raises(UserError, match="quart d’heure"):
        note(workspace, None, THURSDAY, place, hours=(600, 590))
    with pytest.raises(UserError, match="Raison de l’annulation"):
        note(workspace, None, THURSDAY, place, state=OutreachState.CANCELLED)
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.read(outreach_days.line_of, Ref(uuid.uuid4()))


def test_the_next_permanence_of_a_place_starts_from_the_last_one(workspace: Workspace, place: uuid.UUID) -> None:
    note(workspace, line(workspace, FIRST).ref, FIRST, place, host="Centre social", commune_code=FREVENT,
         located_in_qpv=ZoningState.YES, qpv_code="QP062099")  # fmt: skip
    following = line(workspace)
    assert (following.host, following.qpv_code, following.located_in_qpv) == ("Centre social", "QP062099", "oui")
    workspace.write("Tenue", outreach_days.confirm, following.ref)
    assert line(workspace).qpv_code == "QP062099"


def test_a_deleted_rule_leaves_what_was_held(workspace: Workspace, place: uuid.UUID) -> None:
    ref = workspace.write("Tenue", outreach_days.confirm, line(workspace).ref)
    assert ref.rule_id is not None
    workspace.write("Permanence supprimée", outreach.delete, ref.rule_id)
    assert [one.held_on for one in days(workspace)] == [THURSDAY]
    workspace.write("Annulation", undo.undo)
    assert len(days(workspace)) == 3


def test_the_day_is_prepared_with_who_comes_what_they_need_and_whom_to_phone(
    workspace: Workspace, place: uuid.UUID
) -> None:
    coming = date(2026, 11, 26)
    saved = open_file(workspace, holder_phone="06 12 34 56 78", needs=("QUOTIDIEN_VEHICULE",))
    add_partner(workspace, "Adie du Ternois", "ADIE", phone="+33321000001")
    add_partner(workspace, "Sans téléphone", "ADIE")
    for hour, site in ((9, place), (10, workspace.site_id)):
        workspace.write(
            "Rendez-vous", appointments.save, None, at(coming, hour), 60, {"appointment.title": "Point"},
            case_id=saved.case_id, counsellor_id=workspace.counsellor_id, site_id=site,
        )  # fmt: skip
    (ready,) = [workspace.read(outreach_prepare.preparation, one.ref) for one in days(workspace, coming, coming)]
    (expected,) = ready.expected
    assert (expected.name, expected.reference, expected.phone) == ("Zoé Martin", saved.reference, "06 12 34 56 78")
    assert expected.needs
    assert ready.people == (saved.person_id,)
    first = ready.phones[0]
    assert first[2]  # the theme that somebody expected needs comes first
    assert {one.name for _, phones, _ in ready.phones for one in phones} == {"Adie du Ternois"}


def test_what_remains_to_enter_is_told_after_the_day(workspace: Workspace, place: uuid.UUID) -> None:
    saved = receive(workspace, place, at(THURSDAY, 10))
    for hour in (9, 11):
        with on(at(date(2026, 11, 18), 9)):
            workspace.write(
                "Rendez-vous", appointments.save, None, at(THURSDAY, hour), 60, {"appointment.title": "Point"},
                case_id=saved.case_id, counsellor_id=workspace.counsellor_id, site_id=place,
            )  # fmt: skip
    told = workspace.read(outreach_summary.summary, line(workspace).ref)
    assert (told.opened, told.line.reception.received) == (1, 1)
    assert told.remaining.appointments == 2
    assert told.remaining.total == 2


def test_today_asks_for_what_is_to_be_confirmed_and_prepared_in_few_words(
    workspace: Workspace, place: uuid.UUID
) -> None:
    def asked() -> list[tuple[str, str]]:
        return [(line.asks, line.title) for line in workspace.read(outreach_today.lines, today())]

    assert asked() == [("confirm", "3 permanences à confirmer")]
    with on(at(date(2026, 11, 25), 9)):
        assert asked()[0] == ("prepare", "Permanence demain")
    with on(at(date(2026, 11, 26), 8)):
        assert asked()[0] == ("prepare", "Permanence aujourd’hui")
    with on(at(date(2026, 11, 26), 13)):
        assert asked() == [("confirm", "4 permanences à confirmer")]
    for one in days(workspace):
        workspace.write("Tenue", outreach_days.confirm, one.ref)
    assert asked() == []
    workspace.counsellor_id = other(workspace)  # the permanences of somebody else do not concern them
    with on(at(date(2026, 11, 26), 13)):
        assert asked() == []


def test_the_sheet_to_leave_with_says_that_it_bears_names_and_the_summary_bears_none(
    workspace: Workspace, place: uuid.UUID
) -> None:
    saved = receive(workspace, place, at(THURSDAY, 10))
    coming = date(2026, 11, 26)
    workspace.write(
        "Rendez-vous", appointments.save, None, at(coming, 9), 60, {"appointment.title": "Point"},
        case_id=saved.case_id, counsellor_id=workspace.counsellor_id, site_id=place,
    )  # fmt: skip
    sheet = workspace.read(papers.day_sheet, line(workspace, coming).ref)
    assert sheet.people == (saved.person_id,)
    assert sheet.document.file_name == "feuille-permanence-2026-11-26.pdf"
    text = pdf(sheet.document)
    for shown in ("Document nominatif", "Zoé Martin", saved.reference, "1 place de la Mairie", "03 21 04 05 06"):
        assert shown in text
    made = workspace.read(papers.summary, line(workspace).ref)
    text = pdf(made)
    assert "Personnes reçues 1" in text
    assert "rendez-vous à conclure" not in text
    for hidden in ("Zoé", "Martin", saved.reference):
        assert hidden not in text
    assert made.file_name == "bilan-permanence-2026-11-19.pdf"
