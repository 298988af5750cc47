"""Workshops on a real base: places, waiting list, attendance, linking to files, what a period adds up to."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.forms.catalogue import ENROLMENT, HEADS, MODULE, WORKSHOP, WORKSHOP_AFTER
from boutique.forms.spec import Field, Form, Kind
from boutique.models.choices import Gender, ZoningState
from boutique.models.structure import Site
from boutique.models.trace import Change
from boutique.models.workshop import Attendance, Enrolment
from boutique.models.workshop_choices import WorkshopState
from boutique.rules.indicators import figure
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import counter, figures, undo
from boutique.services.intakes import Saved
from boutique.services.workshops import (
    attendance,
    counts,
    enrolments,
    followed,
    heads,
    linking,
    modules,
    planned,
    sessions,
    sheets,
)
from boutique.services.workshops.half_days import HalfDay
from boutique.services.workshops.sheets import SessionQuery, When
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, SAINT_POL, on, open_file, typed
from tests.services.workshops import AFTERNOON, MORNING, add_module, add_session, enrol, setting_of, sheet, who

TOMORROW, YESTERDAY = date(2026, 11, 25), date(2026, 11, 23)
NOVEMBER = Period.month(LAST_DAY)


@pytest.fixture
def small(workspace: Workspace) -> uuid.UUID:
    """A session of two places, tomorrow, with a waiting list."""
    return add_session(workspace, add_module(workspace, capacity=2, minimum=2), TOMORROW)


def mark(
    workspace: Workspace, workshop_id: uuid.UUID, name: str, half: int = 0, *, present: bool | None = True
) -> None:
    half_day = sheet(workspace, workshop_id).half_days[half].id
    assert half_day is not None
    workspace.write("Présence", attendance.mark, who(workspace, workshop_id)[name].id, half_day, present)


def add_heads(workspace: Workspace, workshop_id: uuid.UUID, number: int, **more: Any) -> tuple[str, ...]:
    answers = {"anonymous_heads.heads": number, **{f"anonymous_heads.{key}": value for key, value in more.items()}}
    return workspace.write("Personnes comptées", heads.save, workshop_id, None, answers)


def test_a_session_of_several_half_days_keeps_them_in_order(workspace: Workspace) -> None:
    module = add_module(workspace)
    days = [HalfDay(TOMORROW, 840, 1020), HalfDay(date(2026, 12, 1), 540, 720), HalfDay(TOMORROW, 540, 720)]
    setting = workspace.read(sessions.blank, module).setting
    answers = {"workshop.title": "Prix", "workshop.capacity": "12"}
    saved = workspace.write("Séance", sessions.save, None, answers, days, setting)
    told = [(one.held_on, one.times.replace("\u00a0", " ")) for one in sheet(workspace, saved.id).half_days]
    assert told == [
        (TOMORROW, "de 9 h 00 à 12 h 00"), (TOMORROW, "de 14 h 00 à 17 h 00"),
        (date(2026, 12, 1), "de 9 h 00 à 12 h 00"),
    ]  # fmt: skip
    (line,) = workspace.read(sheets.listing).rows
    assert (line.when, line.starts_on) == ("mer. 25 nov. 09:00 – 12:00 + 2", TOMORROW)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "au moins une demi-journée"),
        ([HalfDay(TOMORROW, 720, 540)], "demi-heure après son début"),
        ([HalfDay(TOMORROW, 540, 720), HalfDay(TOMORROW, 700, 900)], "se chevauchent le 25/11/2026"),
        ([HalfDay(TOMORROW, 480, 800), HalfDay(TOMORROW, 840, 1100)], "dépasse 8 h"),
        ([HalfDay(date(1926, 11, 25), 540, 720)], "L’année 1926"),
        ([HalfDay(TOMORROW, minute, minute + 30) for minute in range(0, 21 * 30, 30)], "20 demi-journées au plus"),
    ],
)
def test_half_days_that_cannot_be_held_are_refused(workspace: Workspace, days: list[HalfDay], sentence: str) -> None:
    setting = workspace.read(sessions.blank, add_module(workspace)).setting
    answers = {"workshop.title": "Prix", "workshop.capacity": 12}
    with pytest.raises(UserError, match=sentence):
        workspace.write("Séance", sessions.save, None, answers, days, setting)


def test_who_comes_after_the_last_place_waits_and_moves_up(workspace: Workspace, small: uuid.UUID) -> None:
    ranks = [enrol(workspace, small, name).waiting_rank for name in ("Zoé Un", "Léo Deux", "Ana Trois", "Eva Quatre")]
    assert ranks == [0, 0, 1, 2]
    moved = workspace.write("Désinscription", enrolments.withdraw, who(workspace, small)["Zoé Un"].id)
    assert moved == ("Ana Trois",)
    assert {name: one.waiting_rank for name, one in who(workspace, small).items()} == {
        "Léo Deux": 0, "Ana Trois": 0, "Eva Quatre": 1,
    }  # fmt: skip
    workspace.write("Annulation", undo.undo)
    assert {name: one.waiting_rank for name, one in who(workspace, small).items()} == {
        "Léo Deux": 0, "Zoé Un": 0, "Ana Trois": 1, "Eva Quatre": 2,
    }  # fmt: skip


def test_more_places_let_those_who_wait_in_fewer_are_refused(workspace: Workspace, small: uuid.UUID) -> None:
    for name in ("Zoé Un", "Léo Deux", "Ana Trois"):
        enrol(workspace, small, name)
    one = workspace.read(sessions.planned, small)
    saved = workspace.write(
        "Séance", sessions.save, small, {**one.answers, "workshop.capacity": 4}, one.half_days, one.setting
    )
    assert saved.moved_up == ("Ana Trois",)
    with pytest.raises(UserError, match="3 places sont déjà prises"):
        workspace.write("Séance", sessions.save, small, one.answers, one.half_days, one.setting)


def test_without_a_waiting_list_a_full_session_refuses_names_and_heads(workspace: Workspace) -> None:
    session = add_session(workspace, add_module(workspace, capacity=1, waiting_list=False), TOMORROW)
    enrol(workspace, session, "Zoé Un")
    with pytest.raises(UserError, match=r"Séance complète \(1 place\)"):
        enrol(workspace, session, "Léo Deux")
    with pytest.raises(UserError, match="Séance complète"):
        add_heads(workspace, session, 1)
    assert list(who(workspace, session)) == ["Zoé Un"]


def test_nobody_is_enrolled_twice(workspace: Workspace, small: uuid.UUID, saved: Saved) -> None:
    workspace.write("Inscription", enrolments.enrol_file, small, saved.case_id)
    with pytest.raises(UserError, match="Zoé Martin est déjà inscrit·e"):
        workspace.write("Inscription", enrolments.enrol_file, small, saved.case_id)
    with pytest.raises(UserError, match="Zoé Martin est déjà inscrit·e"):  # her name and phone: it is her
        enrol(workspace, small, "zoe MARTIN", phone="0612345678")
    enrol(workspace, small, "Léo Deux", phone="06 11 22 33 44")
    with pytest.raises(UserError, match="donnez son téléphone"):
        enrol(workspace, small, "Leo Deux")
    assert enrol(workspace, small, "Léo Deux", phone="06 99 88 77 66").waiting_rank == 1


def test_a_name_and_phone_that_are_those_of_a_file_are_recognised(
    workspace: Workspace, small: uuid.UUID, saved: Saved
) -> None:
    enrolled = enrol(workspace, small, "Zoé MARTIN", phone="06.12.34.56.78")
    assert enrolled.reference == saved.reference
    (one,) = sheet(workspace, small).people
    assert (one.case_id, one.name, one.commune) == (saved.case_id, "Zoé Martin", "Frévent")
    assert workspace.read(_owners, [one.id]) == {saved.person_id}  # and leaves with her


def test_attendance_is_marked_by_half_day_from_its_day_on(workspace: Workspace, saved: Saved) -> None:
    session = add_session(workspace, add_module(workspace), LAST_DAY, TOMORROW, halves=(MORNING, AFTERNOON))
    workspace.write("Inscription", enrolments.enrol_file, session, saved.case_id)
    enrol(workspace, session, "Léo Deux")
    with pytest.raises(UserError, match="n’a lieu que le 25/11/2026"):
        mark(workspace, session, "Léo Deux", 2)
    mark(workspace, session, "Zoé Martin")
    mark(workspace, session, "Zoé Martin", 1, present=False)
    half = sheet(workspace, session).half_days[0].id
    assert half is not None
    assert workspace.write("Présents", attendance.mark_all, half) == 1  # of Zoé something was said already
    found = sheet(workspace, session)
    assert (found.state, found.numbers.came) == (WorkshopState.HELD, 2)
    (line,) = workspace.read(followed.of_case, saved.case_id)
    assert (line.presence, line.minutes) == ("Présent·e (1 sur 4)", 180)
    mark(workspace, session, "Zoé Martin", present=None)
    assert who(workspace, session)["Zoé Martin"].came is False


def test_marks_make_the_file_fresh_and_are_undone(workspace: Workspace, saved: Saved) -> None:
    session = add_session(workspace, add_module(workspace), LAST_DAY)
    with on(date(2026, 10, 1)):
        older = open_file(workspace, "Léa", "Petit", passage_happened_on="01/10/2026")
    workspace.write("Inscription", enrolments.enrol_file, session, older.case_id)
    mark(workspace, session, "Léa Petit")
    assert workspace.read(lambda s: s.scalars(select(Attendance.present)).all()) == [True]
    workspace.write("Annulation", undo.undo)
    assert sheet(workspace, session).state is WorkshopState.PLANNED
    assert workspace.read(lambda s: s.scalars(select(Attendance)).all()) == []


def test_a_cancelled_session_takes_nobody_and_keeps_its_list(workspace: Workspace, small: uuid.UUID) -> None:
    enrol(workspace, small, "Zoé Un", phone="06 11 22 33 44")
    workspace.write("Annuler", sessions.cancel, small, "Intervenant malade")
    for refused in (lambda: enrol(workspace, small, "Léo Deux"), lambda: add_heads(workspace, small, 1)):
        with pytest.raises(UserError, match="séance est annulée"):
            refused()
    with on(TOMORROW), pytest.raises(UserError, match="personne n’a pu y venir"):
        mark(workspace, small, "Zoé Un")
    found = sheet(workspace, small)
    assert (found.cancel_reason, [one.phone for one in found.people]) == ("Intervenant malade", ["06 11 22 33 44"])
    assert workspace.read(planned.between, TOMORROW, TOMORROW) == ()
    workspace.write("Remettre", sessions.plan_again, small)
    assert len(workspace.read(planned.between, TOMORROW, TOMORROW)) == 1


def test_what_was_held_is_neither_cancelled_nor_deleted(workspace: Workspace) -> None:
    session = add_session(workspace, add_module(workspace), YESTERDAY)
    enrol(workspace, session, "Zoé Un")
    mark(workspace, session, "Zoé Un")
    for refused in (sessions.plan_again, sessions.delete):
        with pytest.raises(UserError):
            workspace.write("Non", refused, session)
    with pytest.raises(UserError, match="Retirez leurs présences"):
        workspace.write("Non", sessions.cancel, session, "")
    one = workspace.read(sessions.planned, session)
    moved = [HalfDay(TOMORROW, 540, 720, one.half_days[0].id)]
    with pytest.raises(UserError, match="dans le futur"):
        workspace.write("Non", sessions.save, session, one.answers, moved, one.setting)


def test_a_session_to_come_is_not_said_to_be_held(workspace: Workspace, small: uuid.UUID) -> None:
    with pytest.raises(UserError, match="n’a lieu que le 25/11/2026"):
        workspace.write("Tenue", sessions.hold, small)
    with pytest.raises(UserError, match="pas encore eu lieu"):
        add_heads(workspace, small, 1, came=1)


def test_once_it_has_begun_whoever_is_there_is_there(workspace: Workspace) -> None:
    session = add_session(workspace, add_module(workspace, capacity=1, waiting_list=False), LAST_DAY)
    enrol(workspace, session, "Zoé Un")
    assert enrol(workspace, session, "Léo Imprévu").waiting_rank == 0
    add_heads(workspace, session, 3, gender=Gender.FEMALE, commune_code=FREVENT)
    found = sheet(workspace, session)
    assert (found.numbers.taken, found.heads[0].came, found.heads[0].about) == (5, 3, "Femme · Frévent")


def test_removing_a_half_day_takes_its_attendance_along_and_undo_brings_it_back(workspace: Workspace) -> None:
    session = add_session(workspace, add_module(workspace), LAST_DAY, halves=(MORNING, AFTERNOON))
    enrol(workspace, session, "Zoé Un")
    mark(workspace, session, "Zoé Un", 1)
    one = workspace.read(sessions.planned, session)
    workspace.write("Séance", sessions.save, session, one.answers, one.half_days[:1], setting_of(workspace, session))
    assert not who(workspace, session)["Zoé Un"].came
    workspace.write("Annulation", undo.undo)
    assert who(workspace, session)["Zoé Un"].came


def test_an_attendee_becomes_a_file_through_the_intake(workspace: Workspace) -> None:
    module = add_module(workspace)
    first, second = add_session(workspace, module, YESTERDAY), add_session(workspace, module, TOMORROW)
    for session in (first, second):
        enrol(workspace, session, "Inès Nouvelle", phone="06 11 22 33 44", commune_code=FREVENT)
    mark(workspace, first, "Inès Nouvelle")
    enrolment = who(workspace, first)["Inès Nouvelle"].id
    opening = workspace.read(counter.opening, enrolment_id=enrolment)
    assert (opening.answers["holder.first_name"], opening.answers["holder.phone"]) == ("Inès", "06 11 22 33 44")
    made = workspace.write(
        "Création du dossier", counter.save, {**typed(), **opening.answers}, needs=(), notice=True, passage_id=None,
        draft_id=uuid.uuid4(), enrolment_id=enrolment,
    )  # fmt: skip
    assert [line.presence for line in workspace.read(followed.of_case, made.case_id)] == ["Inscrit·e", "Présent·e"]
    kept = workspace.read(lambda s: s.scalars(select(Enrolment)).all())
    assert {(row.first_name, row.last_name, row.phone) for row in kept} == {(None, None, None)}
    # All the journal says of these rows belongs to the person now.
    owners = workspace.read(_owners, [row.id for row in kept])
    assert owners == {made.person_id}
    workspace.write("Annulation", undo.undo)
    assert {one.case_id for one in sheet(workspace, first).people} == {None}
    assert "Inès Nouvelle" in who(workspace, first)


def _owners(session: Session, rows: list[uuid.UUID]) -> set[uuid.UUID | None]:
    marks = session.scalars(select(Attendance.id).where(Attendance.enrolment_id.in_(rows)))
    return set(session.scalars(select(Change.person_id).where(Change.row_id.in_([*rows, *marks]))))


def test_an_attendee_is_linked_to_a_known_file_once(workspace: Workspace, small: uuid.UUID, saved: Saved) -> None:
    enrolled = enrol(workspace, small, "Zoé Martin")
    workspace.write("Relier", linking.link, enrolled.id, saved.case_id)
    assert sheet(workspace, small).people[0].reference == saved.reference
    with pytest.raises(UserError, match="déjà celle d’un dossier"):
        workspace.write("Relier", linking.link, enrolled.id, saved.case_id)
    other = enrol(workspace, small, "Z. Martin")
    with pytest.raises(UserError, match="déjà inscrit"):
        workspace.write("Relier", linking.link, other.id, saved.case_id)


def test_distinct_people_are_counted_once_and_heads_apart(workspace: Workspace, saved: Saved) -> None:
    prices, market = add_module(workspace), add_module(workspace, "Étude de marché")
    held = [add_session(workspace, prices, date(2026, 11, day)) for day in (3, 10)]
    held.append(add_session(workspace, market, date(2026, 11, 17), in_qpv=ZoningState.YES, commune_code=SAINT_POL))
    for session in held:
        workspace.write("Inscription", enrolments.enrol_file, session, saved.case_id)
        enrol(workspace, session, "Léo Deux", phone="06 11 22 33 44")
        add_heads(workspace, session, 4)
        for name in ("Zoé Martin", "Léo Deux"):
            mark(workspace, session, name)
    enrol(workspace, held[0], "Ana Absente")
    found = workspace.read(counts.balance, NOVEMBER)
    everything = found.everything
    assert (everything.sessions, everything.people, everything.presences, everything.heads) == (3, 2, 6, 12)
    assert everything.with_file == 1
    assert {(one.label, one.sessions, one.people) for one in found.by_module} == {
        ("Construire son prix", 2, 2), ("Étude de marché", 1, 2),
    }  # fmt: skip
    assert [(one.label, one.people) for one in found.by_funder] == [("Sans programme", 2)]
    here = workspace.read(counts.held, NOVEMBER, Scope(communes=frozenset({SAINT_POL})))
    assert [one.in_qpv for one in here] == [None, None, True]  # the boutique is in Saint-Pol too
    assert workspace.read(counts.held, NOVEMBER, Scope(communes=frozenset({FREVENT}))) == ()


def test_the_usual_modules_are_added_once(workspace: Workspace) -> None:
    add_module(workspace, "Choisir son statut")
    assert workspace.write("Modules", modules.add_usual) == 11
    assert workspace.write("Modules", modules.add_usual) == 0
    origins = {line.origin for line in workspace.read(modules.catalogue)}
    assert origins == {"", "Boutic (Pays du Ternois)"}


def test_an_archived_module_is_no_longer_offered_and_keeps_its_sessions(workspace: Workspace) -> None:
    module = add_module(workspace)
    add_session(workspace, module, TOMORROW)
    workspace.write("Archiver", modules.archive, module)
    assert workspace.read(modules.offered) == ()
    assert workspace.read(modules.catalogue) == ()
    assert workspace.read(modules.catalogue, archived=True)[0].planned == 1
    assert workspace.read(sheets.listing).total == 1


def test_the_list_knows_what_waits_for_somebody(workspace: Workspace, small: uuid.UUID) -> None:
    past = add_session(workspace, add_module(workspace, "Vendre"), YESTERDAY, speaker="Mme Leroy, CMA")
    (coming,) = workspace.read(sheets.listing).rows
    assert (coming.id, coming.too_few, coming.to_conclude) == (small, True, False)
    (over,) = workspace.read(sheets.listing, SessionQuery(When.PAST, "leroy")).rows
    assert (over.id, over.to_conclude) == (past, True)
    workspace.write("Tenue", sessions.hold, past)
    (over,) = workspace.read(sheets.listing, SessionQuery(When.PAST)).rows
    assert (over.to_conclude, over.summary_due) == (False, True)
    after = {"workshop.summary": "Bien", "workshop.summary_sent_on": "24/11/2026"}
    workspace.write("Synthèse", sessions.save_after, past, after, (0, 0, 1, 2, 3))
    found = sheet(workspace, past)
    assert found.rating == pytest.approx(26 / 6)
    assert found.summary_sent_on == LAST_DAY
    workspace.write("Synthèse", sessions.save_after, past, after, (), 425)
    assert sheet(workspace, past).rating == 4.25
    with pytest.raises(UserError, match="de 1 à 5"):
        workspace.write("Synthèse", sessions.save_after, past, after, (), 600)


def _value(field: Field, rank: int) -> Any:
    """One of the kind of a field, different for each."""
    if field.choices is not None:
        return list(field.choices)[rank % len(field.choices)]
    return {
        Kind.TEXT: f"Texte {rank} d’Éloïse & cie",
        Kind.LONG_TEXT: f"Point {rank}\n\nsuite",
        Kind.PHONE: "+33612345678",
        Kind.DATE: date(2026, 11, 1 + rank % 20),
        Kind.INTEGER: field.minimum + 30 - rank % 3,
        Kind.YES_NO: bool(rank % 2),
        Kind.COMMUNE: FREVENT,
    }[field.kind]


def _filled(form: Form) -> dict[str, Any]:
    return {field.key: _value(field, rank) for rank, field in enumerate(form.fields())}


def test_every_field_comes_back_from_the_base(workspace: Workspace) -> None:
    typed_module = {**_filled(MODULE), "module.minimum": 2}
    module = workspace.write("Module", modules.save, None, typed_module)
    assert workspace.read(modules.answers, module)[0] == typed_module
    typed_session = {**_filled(WORKSHOP), "workshop.in_qpv": ZoningState.YES}
    setting = workspace.read(sessions.blank, module).setting
    days = [HalfDay(YESTERDAY, 540, 720)]
    session = workspace.write("Séance", sessions.save, None, typed_session, days, setting).id
    assert workspace.read(sessions.planned, session).answers == typed_session
    after = _filled(WORKSHOP_AFTER)
    workspace.write("Synthèse", sessions.save_after, session, after)
    assert workspace.read(sessions.after, session) == after
    person = _filled(ENROLMENT)
    enrolled = workspace.write("Inscription", enrolments.enrol_name, session, person)
    assert workspace.read(enrolments.answers, enrolled.id) == person
    crowd = {**_filled(HEADS), "anonymous_heads.came": 2}
    workspace.write("Compter", heads.save, session, None, crowd)
    assert workspace.read(heads.answers, sheet(workspace, session).heads[0].id) == crowd


def test_the_commune_of_a_session_follows_its_place(workspace: Workspace) -> None:
    def other(session: Session) -> uuid.UUID:
        row = Site(name="Permanence de Frévent", commune_code=FREVENT)
        session.add(row)
        return row.id

    made = add_session(workspace, add_module(workspace), TOMORROW)
    one = workspace.read(sessions.planned, made)
    assert one.answers["workshop.commune_code"] == SAINT_POL
    moved = replace(one.setting, site_id=workspace.write("Lieu", other))
    workspace.write("Séance", sessions.save, made, one.answers, one.half_days, moved)
    one = workspace.read(sessions.planned, made)
    assert one.answers["workshop.commune_code"] == FREVENT
    outside = {**one.answers, "workshop.place": "Salle des fêtes", "workshop.commune_code": None}
    workspace.write("Séance", sessions.save, made, outside, one.half_days, moved)
    assert "workshop.commune_code" not in workspace.read(sessions.planned, made).answers


def test_the_balance_and_the_figures_agree_on_the_fictitious_base(demo_workspace: Workspace) -> None:
    year = Period.year(LAST_DAY)
    total = demo_workspace.read(counts.balance, year).everything

    def told(session: Session) -> tuple[float | None, float | None]:
        book = figures.read(session, year.end)
        return tuple(book.value(figure(key), year) for key in ("epci_workshops", "epci_workshop_people"))  # type: ignore[return-value]

    held, people = demo_workspace.read(told)
    assert (held, people) == (total.sessions, total.people)
    assert total.people > total.with_file
