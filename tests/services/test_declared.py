"""Declared months: the same bytes again, what changed since as corrections, who may declare and unlock."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import time_machine
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.exports.excel.formats import Form
from boutique.models.choices import Role
from boutique.models.programme import LockedMonth
from boutique.models.structure import Counsellor, Site
from boutique.rules.figure_rules import Count, Kind
from boutique.rules.indicators import Figure
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE
from boutique.services import (
    activity,
    activity_files,
    activity_page,
    attachment_store,
    corrections,
    declared_figures,
    declaring,
    figure_table,
    interviews,
    locked_months,
    own_figures,
    undo,
)
from boutique.services.activity_page import AskedBehind
from boutique.services.month import IndicatorLine
from boutique.services.workspace import Workspace
from tests.services.filling import open_file

pytestmark = pytest.mark.usefixtures("own_stamps")

MARCH = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2027, 4, 3, 9).astimezone(), tick=True) as travel:
        yield travel


def interview(workspace: Workspace, case: Any, on: date, **more: Any) -> Any:
    typed = {**workspace.read(interviews.blank, case), "interview.held_on": on, **more}
    return workspace.write(f"Entretien du {on:%d/%m}", interviews.save, case, typed)


@pytest.fixture
def case(workspace: Workspace) -> Any:
    """A file of February with two interviews of March, one of them about to change."""
    made = open_file(workspace, passage_happened_on=date(2027, 2, 3)).case_id
    interview(workspace, made, date(2027, 3, 10))
    return made


def declare(workspace: Workspace, month: date = MARCH, site_id: Any = None) -> Any:
    return workspace.write("Mois déclaré", declaring.declare, month, site_id)


def changed(workspace: Workspace, lock: Any) -> corrections.Corrections:
    return workspace.read(corrections.of_lock, lock)


def test_a_declared_month_is_exported_again_to_the_byte(
    workspace: Workspace, case: Any, clock: time_machine.Traveller
) -> None:
    assert workspace.read(locked_months.frozen, MARCH) is None
    declare(workspace)
    first = workspace.read(locked_months.frozen, MARCH)
    assert first is not None
    made = {form: workspace.read(activity_files.month_file, MARCH, form).content for form in Form}
    assert [content[:4] for content in made.values()] == [b"PK\3\4"] * 3
    interview(workspace, case, date(2027, 3, 20))
    clock.move_to(datetime(2027, 5, 2, 18).astimezone())
    assert workspace.read(locked_months.frozen, date(2027, 3, 31)) == first
    for form, content in made.items():
        assert workspace.read(activity_files.month_file, MARCH, form).content == content
    assert len(set(made.values())) == 3
    assert workspace.read(activity.workbook, MARCH) == first
    live = workspace.read(activity_files.month_file, MARCH, reason="Contrôle du financeur").content
    assert live != first
    (line,) = workspace.read(locked_months.listing, 2027)
    assert (line.month, line.place, line.locked_by, line.size) == (MARCH, "Tous les lieux", "Nadia B.", len(first))
    assert workspace.read(locked_months.frozen, MARCH, workspace.site_id) is None  # declared for all places only


def test_the_copy_is_not_swept_away_with_documents_nobody_uses(
    workspace: Workspace, clock: time_machine.Traveller
) -> None:
    declare(workspace)
    for day in range(1, 20):
        clock.move_to(datetime(2028, 1, day, 9).astimezone())
        workspace.write("Corbeille", attachment_store.sweep)
    assert all(workspace.read(locked_months.frozen, MARCH, None, form) for form in Form)


def test_a_declaration_says_how_far_it_is_and_may_be_given_up(workspace: Workspace, case: Any) -> None:
    told: list[int] = []

    def step(done: int, total: int) -> None:
        assert total == 100
        told.append(done)
        if done >= 60:
            raise UserError("Annulé")

    with pytest.raises(UserError, match="Annulé"):
        workspace.write("Mois déclaré", declaring.declare, MARCH, step=step)
    assert told == sorted(told)
    assert len(told) > 5
    assert workspace.read(locked_months.frozen, MARCH) is None
    assert workspace.read(attachment_store.total_size) == 0


def test_a_month_declared_when_one_format_was_kept_says_so(workspace: Workspace) -> None:
    lock = declare(workspace)

    def forget(session: Session) -> None:
        session.get_one(LockedMonth, lock).ods_id = None

    workspace.write("Ancienne déclaration", forget)
    with pytest.raises(UserError, match=r"Mars 2027 a été déclaré quand .*enregistrez-le en \.xlsx"):
        workspace.read(activity_files.month_file, MARCH, Form.ODS)


def test_every_counted_figure_is_frozen_for_screen_and_command_line(workspace: Workspace, case: Any) -> None:
    def draw_up(session: Session) -> Any:
        return own_figures.save(session, replace(own_figures.blank(), name="Entretiens longs", counted=Count.ACTS))

    ours = workspace.write("Indicateur", draw_up)
    counted = workspace.read(declared_figures.counted)
    before = screen(workspace, counted)
    lock = declare(workspace)
    kept = workspace.read(lambda session: session.get_one(LockedMonth, lock).figures)
    assert {figure.key for figure in counted} == set(declared_figures.wholes(kept))
    assert len(counted) == 90  # the structure's own beside the 89
    interview(workspace, case, date(2027, 3, 20), **{"interview.minutes": 30})
    after = screen(workspace, counted)
    assert {key: line.month for key, line in after.items()} == {key: line.month for key, line in before.items()}
    assert (after["interviews"].month, after["interviews"].now, after["interviews"].corrected) == (1, 2, True)
    assert after["nous_1"].corrected
    told = workspace.read(figure_table.lines, counted, Period.month(MARCH), figure_table.ScopeNames())
    assert [(line.value, line.now) for line in told] == [(line.month, line.now) for line in after.values()]
    assert all(line.declared for line in told)
    april = screen(workspace, counted, date(2027, 4, 1))["interviews"]
    assert (april.previous, april.year) == (1, 2)  # what was declared of March; a year so far is never a sum of months
    asked = AskedBehind("interviews", Period.month(MARCH))
    assert workspace.read(activity_page.behind, asked).note.startswith("Déclaré : 1. La liste est celle d’aujourd’hui")
    typed = replace(workspace.read(own_figures.sheet, ours), counted=Count.PEOPLE)
    workspace.write("Indicateur", own_figures.save, typed)
    moved = {one.key: one.label for one in changed(workspace, lock).moved}
    assert moved == {**moved, "interviews": "Entretiens"}
    workspace.write("Indicateur", own_figures.save, replace(typed, event=Kind.ABSENCE))
    moved = {one.key: one.label for one in changed(workspace, lock).moved}
    assert moved["nous_1"] == "Entretiens longs (critères changés depuis)"


def screen(workspace: Workspace, wanted: tuple[Figure, ...], month: date = MARCH) -> dict[str, IndicatorLine]:
    view = workspace.read(activity.month_view, month, EVERYWHERE, wanted)
    return {line.key: line for line in view.indicators}


def test_a_late_act_is_a_correction_with_what_was_what_is_who_when_and_why(workspace: Workspace, case: Any) -> None:
    lock = declare(workspace)
    assert changed(workspace, lock) == corrections.Corrections(lock, MARCH, (), ())
    interview(workspace, case, date(2027, 3, 20), **{"interview.minutes": 30})
    interview(workspace, case, date(2027, 4, 2))  # of another month
    found = changed(workspace, lock)
    assert [(one.key, one.declared, one.now) for one in found.moved] == [
        ("interviews", 1, 2), ("interview_hours", 1.0, 1.5), ("bpi_supported", 0, 1),
        ("bpi_creation_rate", None, 0),
    ]  # fmt: skip
    (late,) = found.lates
    assert (late.what, late.on, late.author) == ("Entretien du 20/03/2027 : ajout", date(2027, 3, 20), "Nadia B.")
    assert (late.case_id, late.reference) == (case, "2027-0001")
    assert late.changed_at.date() == date(2027, 4, 3)
    assert found.unexplained == 1
    workspace.write("Motif", corrections.explain, late.action_id, " Compte-rendu retrouvé ")
    found = changed(workspace, lock)
    assert (found.lates[0].reason, found.unexplained) == ("Compte-rendu retrouvé", 0)
    workspace.write("Motif", corrections.explain, late.action_id, "")
    assert changed(workspace, lock).unexplained == 1


def test_changing_moving_and_removing_are_corrections_and_a_text_is_none(workspace: Workspace, case: Any) -> None:
    text, minutes, moved, removed = (interview(workspace, case, date(2027, 3, day)) for day in (11, 12, 13, 14))
    lock = declare(workspace)
    for row, change in (
        (text, {"interview.summary": "Relu et corrigé"}),
        (minutes, {"interview.minutes": 90}),
        (moved, {"interview.held_on": date(2027, 4, 1)}),
    ):
        typed = {**workspace.read(interviews.answers, row), **change}
        workspace.write("Entretien modifié", interviews.save, case, typed, interview_id=row)
    workspace.write("Entretien supprimé", interviews.delete, removed)
    found = changed(workspace, lock)
    assert [late.what for late in found.lates] == [
        "Entretien du 14/03/2027 : suppression", "Entretien du 13/03/2027 : modification de « Date »",
        "Entretien du 12/03/2027 : modification de « Durée (minutes) »",
    ]  # fmt: skip
    assert ("interviews", 5, 3) in [(one.key, one.declared, one.now) for one in found.moved]


def test_what_was_undone_is_no_correction(workspace: Workspace, case: Any) -> None:
    lock = declare(workspace)
    interview(workspace, case, date(2027, 3, 20))
    workspace.write("Annulation", undo.undo)
    found = changed(workspace, lock)
    assert (found.moved, found.lates) == ((), ())


def test_why_is_asked_once_for_what_was_just_saved(workspace: Workspace, case: Any) -> None:
    interview(workspace, case, date(2027, 3, 18))
    assert workspace.read(corrections.to_explain) is None  # nothing is declared yet
    declare(workspace)
    assert workspace.read(corrections.to_explain) is None
    interview(workspace, case, date(2027, 4, 1))
    assert workspace.read(corrections.to_explain) is None
    interview(workspace, case, date(2027, 3, 20))
    asked = workspace.read(corrections.to_explain)
    assert asked is not None
    assert asked.sentence == "Mars 2027 est déclaré : « Entretien du 20/03 » y sera une correction."
    workspace.write("Motif", corrections.explain, asked.action_id, "Oubli")
    assert workspace.read(corrections.to_explain) is None


def test_a_place_is_declared_apart(workspace: Workspace, case: Any) -> None:
    here = workspace.site_id
    assert here is not None

    def add(session: Session) -> Any:
        other = Site(name="Permanence")
        session.add(other)
        return other.id

    there = workspace.write("Lieu", add)
    lock = declare(workspace, site_id=there)
    interview(workspace, case, date(2027, 3, 20))
    assert changed(workspace, lock).lates == ()
    workspace.site_id = there
    interview(workspace, case, date(2027, 3, 21))
    (late,) = changed(workspace, lock).lates
    assert late.on == date(2027, 3, 21)
    assert [one.key for one in changed(workspace, lock).moved if one.key == "interviews"] == ["interviews"]


def test_only_a_month_that_is_over_is_declared_and_only_once(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Avril 2027 n’est pas terminé"):
        declare(workspace, date(2027, 4, 12))
    declare(workspace)
    with pytest.raises(UserError, match="Mars 2027 est déjà déclaré"):
        declare(workspace, date(2027, 3, 31))
    assert workspace.read(declaring.state, MARCH).refusal
    assert not workspace.read(declaring.state, date(2027, 2, 1)).refusal


def test_unlocking_keeps_the_copy_and_the_reason_and_lets_the_month_be_declared_again(
    workspace: Workspace, case: Any
) -> None:
    lock = declare(workspace)
    first = workspace.read(locked_months.frozen, MARCH)
    interview(workspace, case, date(2027, 3, 20))
    with pytest.raises(UserError, match="Dites pourquoi"):
        workspace.write("Déverrouiller", declaring.unlock, lock, "  ")
    workspace.write("Déverrouiller", declaring.unlock, lock, "Le financeur demande une version corrigée")
    assert workspace.read(locked_months.frozen, MARCH) is None
    assert workspace.read(locked_months.kept, lock) == first
    assert workspace.read(corrections.to_explain) is None
    again = declare(workspace)
    assert changed(workspace, again).moved == ()
    new, old = workspace.read(locked_months.listing)
    assert (new.id, new.in_force) == (again, True)
    assert (old.unlocked_by, old.unlock_reason) == ("Nadia B.", "Le financeur demande une version corrigée")


def test_declaring_is_the_task_of_the_coordination_where_somebody_coordinates(workspace: Workspace) -> None:
    def hire(session: Session) -> Any:
        thomas = Counsellor(first_name="Thomas", last_name="Delattre", role=Role.COUNSELLOR)
        session.add(thomas)
        return thomas.id

    nadia, thomas = workspace.counsellor_id, workspace.write("Équipe", hire)
    lock = declare(workspace)
    workspace.counsellor_id = thomas
    with pytest.raises(UserError, match="revient à la coordination"):
        declare(workspace, date(2027, 2, 1))
    with pytest.raises(UserError, match="revient à la coordination"):
        workspace.write("Déverrouiller", declaring.unlock, lock, "Pour voir")

    def leave(session: Session) -> None:
        session.get_one(Counsellor, nadia).role = Role.COUNSELLOR

    workspace.write("Rôle", leave)
    declare(workspace, date(2027, 2, 1))  # nobody coordinates: the work goes on


def test_a_late_act_is_in_the_next_workbook_once(
    workspace: Workspace, case: Any, clock: time_machine.Traveller
) -> None:
    declare(workspace)
    interview(workspace, case, date(2027, 3, 20), **{"interview.minutes": 30})
    asked = workspace.read(corrections.to_explain)
    assert asked is not None
    workspace.write("Motif", corrections.explain, asked.action_id, "Compte-rendu retrouvé")
    clock.move_to(datetime(2027, 5, 3, 9).astimezone())
    declare(workspace, date(2027, 4, 1))
    april = sheet(workspace, date(2027, 4, 1))
    assert april == [
        ["mars 2027", "Entretiens", 1, 2, 1, "03/04/2027", "Nadia B.", None, None, "Compte-rendu retrouvé"],
        ["mars 2027", "Heures d’entretien", 1, 1.5, 0.5, "03/04/2027", "Nadia B.", None, None, "Compte-rendu retrouvé"],
        ["mars 2027", "Personnes accompagnées en amorçage", 0, 1, 1, "03/04/2027", "Nadia B.", None, None,
         "Compte-rendu retrouvé"],
        ["mars 2027", "Taux de concrétisation", None, 0, None, "03/04/2027", "Nadia B.", None, None,
         "Compte-rendu retrouvé"],
        ["mars 2027", None, None, None, None, "03/04/2027", "Nadia B.", "2027-0001",
         "Entretien du 20/03/2027 : ajout", "Compte-rendu retrouvé"],
    ]  # fmt: skip
    clock.move_to(datetime(2027, 6, 3, 9).astimezone())
    assert sheet(workspace, date(2027, 5, 1)) == []


def sheet(workspace: Workspace, month: date) -> list[list[Any]]:
    """What the sheet « Corrections » of a workbook says, without its header."""
    book = openpyxl.load_workbook(io.BytesIO(workspace.read(activity.workbook, month)))
    if "Corrections" not in book.sheetnames:
        return []
    lines = [[cell.value for cell in row] for row in book["Corrections"].iter_rows(min_row=2)]
    return [[f"{v:%d/%m/%Y}" if isinstance(v, datetime) else v for v in line] for line in lines if any(line)]
