"""What happened to a file in French words, drafts kept as typed, consultations noted."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import now, today
from boutique.core.errors import UserError
from boutique.models.case import Appointment
from boutique.models.choices import (
    AppointmentStatus,
)
from boutique.models.structure import Counsellor, Site
from boutique.services import (
    accesses,
    drafts,
    history,
    members,
    people,
    reminders,
    undo,
)
from boutique.services.intakes import Saved
from boutique.services.interviews import Following
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import SAINT_POL, interview, on, refer


def test_the_history_tells_each_action_in_french_words(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    workspace.write("Modifier la fiche", people.answer_one, saved.case_id, "holder.commune_code", SAINT_POL)
    workspace.write("Modifier le besoin", people.answer_one, saved.case_id, "project.naf_code", "10.71C")
    (referral,) = refer(workspace, saved, cma)
    workspace.write("Relancer", reminders.remind, referral)
    workspace.write("Consulter", accesses.note, "open", "", person_id=saved.person_id)
    workspace.write("Imprimer", accesses.note, "print", "Fiche d’accueil", person_id=saved.person_id)
    lines = workspace.read(history.of_case, saved.case_id)
    told = {line.action: line for line in lines}
    assert "Commune : Frévent (62270) → Saint-Pol-sur-Ternoise (62130)" in told["Modifier la fiche"].lines
    assert any("Boulangerie" in text for text in told["Modifier le besoin"].lines)
    assert told["Relancer"].lines == ("Ajouté : le suivi d’une orientation",)
    assert "Ajouté : la personne" in told["Accueillir"].lines
    assert told["Imprimé"].lines == ("Fiche d’accueil",)
    assert (told["Dossier consulté"].lines, told["Dossier consulté"].undoable) == ((), False)
    assert told["Relancer"].author == told["Imprimé"].author == "Nadia B."
    assert told["Relancer"].undoable
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert len(workspace.read(history.of_case, saved.case_id, 2)) == 2


def test_what_was_undone_is_told_and_not_undone_twice(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Modifier", people.answer_one, saved.case_id, "project.summary", "Des vélos")
    workspace.write("Annulation", undo.undo)
    undone, done = workspace.read(history.of_case, saved.case_id)[:2]
    assert (undone.action, undone.undoable) == ("Annulation : Modifier", False)
    assert (done.action, done.undoable) == ("Modifier", False)
    assert undone.lines == ("Le projet en une phrase : Des vélos → Une boulangerie",)


def test_an_action_without_author_has_none(workspace: Workspace, saved: Saved) -> None:
    workspace.counsellor_id = None
    workspace.write("Modifier", people.answer_one, saved.case_id, "project.summary", None)
    workspace.write("Imprimer", accesses.note, "print", "Notice", person_id=saved.person_id)
    lines = {line.action: line for line in workspace.read(history.of_case, saved.case_id)}
    assert lines["Modifier"].author == lines["Imprimé"].author == ""
    assert lines["Modifier"].lines == ("Le projet en une phrase : Une boulangerie → —",)


def test_opening_a_file_is_noted_once_a_day_and_printing_each_time(workspace: Workspace, saved: Saved) -> None:
    for day in (LAST_DAY, LAST_DAY, LAST_DAY + timedelta(1)):
        with on(day):
            for verb in ("open", "print"):
                workspace.write("Noter", accesses.note, verb, "", person_id=saved.person_id)
    noted = [line.action for line in workspace.read(history.of_case, saved.case_id) if line.action_id is None]
    assert (noted.count("Dossier consulté"), noted.count("Imprimé")) == (2, 3)


def test_a_draft_is_kept_as_typed_until_it_is_dropped(workspace: Workspace, saved: Saved) -> None:
    typed = {"holder.first_name": "Zo", "holder.birth_date": "31/02", "holder.allowances": ["ARE"]}
    draft = workspace.write("Brouillon", drafts.keep, "intake", typed)
    again = workspace.write("Brouillon", drafts.keep, "intake", {**typed, "holder.first_name": "Zoé"}, draft_id=draft)
    assert again == draft
    assert workspace.read(drafts.load, draft) == {**typed, "holder.first_name": "Zoé"}
    chosen = uuid.uuid4()
    workspace.write("Brouillon", drafts.keep, "interview", {"interview.summary": "x" * 99}, draft_id=chosen,
                    subject_id=saved.case_id)  # fmt: skip
    summaries = {line.id: line.summary for line in workspace.read(drafts.pending)}
    assert summaries == {draft: "Zoé", chosen: "x" * 60}
    found = workspace.read(drafts.find, "interview", saved.case_id)
    assert found is not None
    assert found.id == chosen
    assert workspace.read(drafts.find, "intake", saved.case_id) is None
    workspace.write("Brouillon", drafts.drop, draft)
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.read(drafts.load, draft)
    nameless = workspace.write("Brouillon", drafts.keep, "intake", {})
    assert {line.id: line.summary for line in workspace.read(drafts.pending)}[nameless] == "sans nom"


def test_a_draft_is_no_action_of_the_user(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Brouillon", drafts.keep, "intake", {"holder.first_name": "Zoé"})
    assert workspace.read(undo.undoable) == "Accueillir"


def test_answers_that_no_text_can_hold_are_kept_in_a_draft_too(workspace: Workspace) -> None:
    typed = {"passage.happened_on": LAST_DAY, "interview.next": now()}
    draft = workspace.write("Brouillon", drafts.keep, "intake", typed)
    assert workspace.read(drafts.load, draft)["passage.happened_on"] in ("2026-11-24", "24/11/2026")


def test_a_person_who_left_is_not_proposed_to_work(workspace: Workspace) -> None:
    def leave(session: Session) -> None:
        session.scalars(select(Counsellor)).one().left_on = today()
        session.scalars(select(Site)).one().closed_on = today()

    workspace.write("Départ", leave)
    workspace._start()
    assert (workspace.counsellor_id, workspace.site_id) == (None, None)


def test_a_cancelled_appointment_is_not_the_next_one(workspace: Workspace, saved: Saved) -> None:
    interview(workspace, saved, Following(next_at=now() + timedelta(2)))

    def cancel(session: Session) -> None:
        session.scalars(select(Appointment)).one().status = AppointmentStatus.CANCELLED

    workspace.write("Annuler", cancel)
    assert workspace.read(people.header, saved.case_id).next_appointment is None


def test_who_joins_a_project_is_in_the_history_of_its_file(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Porteur ajouté", members.add_new, saved.case_id, "Bruno", "Petit")
    assert workspace.read(history.of_case, saved.case_id)[0].action == "Porteur ajouté"
