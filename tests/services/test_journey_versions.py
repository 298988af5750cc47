"""Versions of the journey: what a file started with stays, what is published is for the files to come."""

import tomllib
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.models.case import Case, StepProgress
from boutique.models.choices import ExitReason, Phase, StepStatus
from boutique.models.journey import JourneyVersion
from boutique.models.trace import Change
from boutique.rules import journey as journey_rules
from boutique.services import (
    dashboard,
    interviews,
    journey_marks,
    journey_publishing,
    journey_versions,
    journeys,
    people,
    undo,
)
from boutique.services.intakes import Saved
from boutique.services.journeys import JourneyView, StepView
from boutique.services.workspace import Workspace, open_workspace
from tests.services.conftest import MemoryKeychain
from tests.services.filling import interview, open_file

OWN = {
    "code": "ATELIER",
    "label": "Atelier collectif",
    "short": "Atelier",
    "objective": "Se situer parmi d’autres projets",
    "deliverables": "Fiche d’atelier",
    "exit_criterion": "Atelier suivi",
    "vigilance": ["Places limitées"],
    "counts_as": "PRE_ACCUEIL",
    "step": [
        {
            "code": "ATE1",
            "label": "Suivre l’atelier",
            "questions": ["Qu’en retenez-vous ?"],
            "deliverable": "Fiche d’atelier",
            "exit_criterion": "Présence à l’atelier",
            "vigilance": [],
            "minutes": 120,
            "interview_type": "INFO_COLLECTIVE",
        }
    ],
}


def edited(workspace: Workspace) -> dict[str, Any]:
    """The journey in force with a phase of the structure's own, a step renamed and asked otherwise, one archived."""
    content = workspace.read(journey_publishing.content)
    content["phase"].insert(1, deepcopy(OWN))
    first = content["phase"][0]["step"]
    first[0]["label"] = "Ouvrir la porte"
    first[0]["questions"] = ["Qu’attendez-vous de nous ?", "Qui vous a parlé de nous ?"]
    first[1]["archived"] = True
    return tomllib.loads(tomli_w.dumps(content).replace(" ?", "\u00a0?"))


def publish(workspace: Workspace, content: dict[str, Any], label: str = "Parcours 2027") -> str:
    return workspace.write("Publier", journey_publishing.publish, content, label)


def view(workspace: Workspace, saved: Saved) -> JourneyView:
    return workspace.read(journeys.view, saved.case_id)


def step(workspace: Workspace, saved: Saved, code: str) -> StepView:
    return next(s for phase in view(workspace, saved).phases for s in phase.steps if s.code == code)


def row(workspace: Workspace, model: Any, *where: Any) -> Any:
    return workspace.read(lambda session: session.scalars(select(model).where(*where)).one())


def test_an_old_file_keeps_its_version_and_a_new_one_follows_the_new(workspace: Workspace, saved: Saved) -> None:
    code = publish(workspace, edited(workspace))
    new = open_file(workspace, "Ana", "Durand")
    assert row(workspace, Case, Case.id == saved.case_id).journey_version == "2026-1"
    assert row(workspace, Case, Case.id == new.case_id).journey_version == code
    assert [phase.label for phase in view(workspace, saved).phases][:2] == ["Accueil", "Pré-accueil"]
    assert [phase.label for phase in view(workspace, new).phases][:2] == ["Accueil", "Atelier"]
    assert step(workspace, saved, "ACC1").title == "Accueillir la demande"
    assert step(workspace, new, "ACC1").title == "Ouvrir la porte"
    assert [bar.label for bar in workspace.read(people.header, new.case_id).phases][:2] == ["Accueil", "Atelier"]
    assert (view(workspace, saved).newer, view(workspace, new).newer) == ((code, "Parcours 2027"), None)


def test_a_file_keeps_its_steps_when_the_application_ships_another_journey(
    workspace: Workspace, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = deepcopy(journey_rules.shipped_content())
    shipped["version"] = "2027-1"
    shipped["phase"][0]["step"] = shipped["phase"][0]["step"][:1]
    later = journey_rules.journey_from(shipped, "journey/journey.toml")
    monkeypatch.setattr(journey_versions, "shipped_content", lambda: shipped)
    monkeypatch.setattr(journey_versions, "load_journey", lambda: later)
    new = open_file(workspace, "Ana", "Durand")
    assert len(view(workspace, saved).phases[0].steps) == 5
    assert len(view(workspace, new).phases[0].steps) == 1
    assert view(workspace, new).version == "Boutique 2027-1"


def test_a_resource_edited_in_place_does_not_change_the_files_that_follow_it(
    workspace: Workspace, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = deepcopy(journey_rules.shipped_content())
    shipped["phase"][0]["step"][0]["label"] = "Corrigé sans changer de version"
    monkeypatch.setattr(journey_versions, "shipped_content", lambda: shipped)
    new = open_file(workspace, "Ana", "Durand")
    assert step(workspace, saved, "ACC1").title == "Accueillir la demande"
    assert step(workspace, new, "ACC1").title == "Corrigé sans changer de version"
    assert row(workspace, Case, Case.id == new.case_id).journey_version == "2026-1.2"


def test_undoing_the_first_file_leaves_the_version_that_others_follow(workspace: Workspace, saved: Saved) -> None:
    kept = select(JourneyVersion.code)
    assert workspace.read(lambda session: session.scalars(kept).all()) == ["2026-1"]
    workspace.write("Annulation", undo.undo)
    assert workspace.read(lambda session: session.scalars(kept).all()) == ["2026-1"]


def test_a_publication_is_undone_until_a_file_follows_it(workspace: Workspace) -> None:
    publish(workspace, edited(workspace))
    workspace.write("Annulation", undo.undo)
    assert workspace.read(journey_versions.code_in_force) == "2026-1"
    publish(workspace, edited(workspace))
    label = "Publier"
    follower = open_file(workspace)

    def undo_publication(session: Session) -> None:
        from_journal = select(Change.action_id).where(Change.action_label == label)
        undo.undo(session, session.scalars(from_journal.order_by(Change.stamp.desc())).first())

    with pytest.raises(UserError, match="des dossiers la suivent"):
        workspace.write("Annulation", undo_publication)
    assert [phase.label for phase in view(workspace, follower).phases][1] == "Atelier"


def test_a_file_in_a_phase_of_its_own_counts_in_the_standard_one(workspace: Workspace) -> None:
    publish(workspace, edited(workspace))
    saved = open_file(workspace)
    workspace.write("Entrer", journeys.enter, saved.case_id, "ATELIER")
    case = row(workspace, Case, Case.id == saved.case_id)
    assert (case.phase, case.journey_phase) == (Phase.INTAKE_AND_AGREEMENT, "ATELIER")
    assert workspace.read(people.header, saved.case_id).phase_label == "Atelier collectif"
    workspace.write("Entrer", journeys.enter, saved.case_id, "PRE_ACCUEIL")  # the same one for the figures
    shown = view(workspace, saved)
    assert shown.current == "PRE_ACCUEIL"
    assert [line.split(" · ")[1] for line in shown.history] == [
        "Pré-accueil et contractualisation", "Atelier collectif", "Accueil et émergence",
    ]  # fmt: skip


def test_an_interview_is_of_the_phase_of_the_file_and_of_the_standard_one(workspace: Workspace) -> None:
    publish(workspace, edited(workspace))
    saved = open_file(workspace)
    start = {**workspace.read(interviews.blank, saved.case_id), "interview.steps": ("ATE1",)}
    typed = {**start, "interview.phase": Phase.INTAKE_AND_AGREEMENT, "own_phase": "ATELIER"}
    made = workspace.write("Entretien", interviews.save, saved.case_id, typed)
    assert workspace.read(interviews.listing, saved.case_id)[0].phase == "Atelier collectif"
    assert workspace.read(interviews.listing, saved.case_id)[0].steps == ("Suivre l’atelier",)
    assert view(workspace, saved).current == "ATELIER"
    assert workspace.read(interviews.answers, made)["own_phase"] == "ATELIER"
    workspace.write("Entretien", interviews.save, saved.case_id, start, interview_id=made)
    assert workspace.read(interviews.listing, saved.case_id)[0].phase == "Accueil et émergence"


def test_moving_a_file_says_what_appears_and_disappears_and_loses_no_answer(workspace: Workspace, saved: Saved) -> None:
    keep = journeys.keep_answers
    workspace.write("R", keep, saved.case_id, "ACC1", {"q1": "Une amie", "q2": "Des conseils", "q3": "Au printemps"})
    workspace.write("R", keep, saved.case_id, "ACC2", {"q1": "Du pain"})
    code = publish(workspace, edited(workspace))
    told = workspace.read(journey_publishing.preview_move, saved.case_id, code)
    assert told.appears == ("Suivre l’atelier",)
    assert told.disappears == told.kept == ("Faire raconter l’idée",)
    before = {s.code: s.questions for phase in view(workspace, saved).phases for s in phase.steps}
    workspace.write("Passer", journey_publishing.move, saved.case_id, code)
    assert step(workspace, saved, "ACC1").questions == (
        ("q1", "Qu’attendez-vous de nous\u00a0?", "Des conseils"),
        ("q2", "Qui vous a parlé de nous\u00a0?", ""),
        ("Qui vous envoie\u00a0?", "Qui vous envoie\u00a0?", "Une amie"),
        ("Quel délai avez-vous en tête\u00a0?", "Quel délai avez-vous en tête\u00a0?", "Au printemps"),
    )
    left = step(workspace, saved, "ACC2")
    assert left.left_out
    assert left.questions == (("Quelle activité\u00a0?", "Quelle activité\u00a0?", "Du pain"),)
    workspace.write("Revenir", journey_publishing.move, saved.case_id, "2026-1")
    assert {s.code: s.questions for phase in view(workspace, saved).phases for s in phase.steps} == before
    assert row(workspace, Case, Case.id == saved.case_id).phase is Phase.RECEPTION_AND_EMERGENCE


def test_a_closed_file_keeps_the_journey_it_followed(workspace: Workspace, saved: Saved) -> None:
    code = publish(workspace, edited(workspace))
    workspace.write("Clore", people.close_file, saved.case_id, ExitReason.CREATION, date(2026, 11, 24))
    assert view(workspace, saved).newer is None
    with pytest.raises(UserError, match="clos"):
        workspace.write("Passer", journey_publishing.move, saved.case_id, code)


def test_the_shipped_version_can_be_put_back_in_force_and_then_another(workspace: Workspace) -> None:
    code = publish(workspace, edited(workspace))
    workspace.write("Fournie", journey_publishing.choose, "2026-1")
    assert workspace.read(journey_versions.code_in_force) == "2026-1"
    workspace.write("La nôtre", journey_publishing.choose, code)
    lines = workspace.read(journey_publishing.listing)
    assert [(line.code, line.in_force, line.files) for line in lines] == [(code, True, 0), ("2026-1", False, 0)]


def test_what_changes_is_said_before_it_is_published(workspace: Workspace) -> None:
    content = edited(workspace)
    content["phase"][2]["step"].reverse()
    content["phase"][3]["step"][0]["minutes"] = 5
    assert workspace.read(journey_publishing.changes, content) == (
        "Phase ajoutée : « Atelier collectif »",
        "Étape renommée : « Accueillir la demande » devient « Ouvrir la porte »",
        "Étape « Ouvrir la porte » : questions",
        "Étape ajoutée : « Suivre l’atelier », dans « Atelier collectif »",
        f"Étape « {content['phase'][3]['step'][0]['label']} » : durée usuelle",
        "Étape archivée : « Faire raconter l’idée »",
        "Ordre des étapes de « Pré-accueil et contractualisation »",
    )


def test_nothing_is_published_without_a_change_or_a_name_of_its_own(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="rien à publier"):
        publish(workspace, workspace.read(journey_publishing.content))
    with pytest.raises(UserError, match="Donnez un nom"):
        publish(workspace, edited(workspace), " ")
    with pytest.raises(UserError, match="Raccourcissez-le à 80"):
        publish(workspace, edited(workspace), "x" * 81)
    publish(workspace, edited(workspace))
    with pytest.raises(UserError, match="s’appelle déjà"):
        publish(workspace, workspace.read(journey_publishing.content), "parcours 2027")


def test_a_journey_written_as_a_file_is_read_back_the_same(workspace: Workspace, tmp_path: Path) -> None:
    content = edited(workspace)
    workspace.read(journey_publishing.export_file, content, tmp_path / "parcours.toml")
    assert journey_publishing.import_file(tmp_path / "parcours.toml") == content


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('interview_type = "ACCUEIL"', 'interview_type = "SURPRISE"', "p.toml, ACC1 : le type d’entretien"),
        ('code = "ACC2"', 'code = "ACC1"', "p.toml, ACC1 : ce code est utilisé deux fois"),
        ('code = "ACC2"', 'code = "avec espace"', "p.toml, avec espace : le code s’écrit"),
        ('counts_as = "PRE_ACCUEIL"', 'counts_as = "AILLEURS"', "p.toml, ATELIER : la phase de référence « AILLEURS »"),
        ('label = "Ouvrir la porte"', 'label = " "', "p.toml, ACC1 : « label » est vide"),
        ('label = "Ouvrir la porte"', 'label = "a\\u202eb"', "p.toml, ACC1 : un texte contient des caractères"),
        ("minutes = 120", "minutes = -5", "p.toml, ATE1 : « minutes » va de 0 à 480"),
        ("minutes = 120", 'minutes = "deux heures"', "p.toml, ATE1 : « minutes » n’a pas la forme attendue"),
        ("minutes = 120", "minutes = 120\nsurprise = 1", "p.toml, ATE1 : clé inconnue « surprise »"),
        ("minutes = 120", "minutes =", "p.toml : fichier mal écrit"),
        ('code = "ATELIER"', 'code = ["ATELIER"]', "p.toml, .*« code » n’a pas la forme attendue"),
        ('schemes = [', 'schemes = [[1], ', "« schemes » n’a pas la forme attendue"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_its_entry(
    workspace: Workspace, tmp_path: Path, before: str, after: str, told: str
) -> None:
    path = tmp_path / "p.toml"
    workspace.read(journey_publishing.export_file, edited(workspace), path)
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(UserError, match=told):
        journey_publishing.import_file(path)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"", b"version = 1", b"[" * 20_000, b"x" * 1_000_001])
def test_a_file_that_is_no_journey_is_refused_in_words(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "p.toml").write_bytes(raw)
    with pytest.raises(UserError, match=r"p\.toml"):
        journey_publishing.import_file(tmp_path / "p.toml")


def test_a_phase_keeps_a_step_and_a_journey_a_phase(workspace: Workspace) -> None:
    content = edited(workspace)
    content["phase"][1]["step"][0]["archived"] = True
    with pytest.raises(UserError, match="ATELIER : cette phase n’a plus d’étape"):
        journey_publishing.check(content)
    for phase in content["phase"]:
        phase["archived"] = True
    with pytest.raises(UserError, match="gardez-en au moins une"):
        journey_publishing.check(content)


def test_time_is_counted_once(workspace: Workspace, saved: Saved) -> None:
    interview(workspace, saved, minutes=50, steps=("ACC1", "ACC2", "PRE1"))
    interview(workspace, saved, minutes=30, phase=Phase.RECEPTION_AND_EMERGENCE)
    workspace.write("Temps", journey_marks.spend, saved.case_id, "ACC1", 15)
    workspace.write("Temps", journey_marks.spend, saved.case_id, "ACC1", 20)
    shares = [step(workspace, saved, code).interview_minutes for code in ("ACC1", "ACC2", "PRE1")]
    assert shares == [17, 17, 16]
    assert step(workspace, saved, "ACC1").other_minutes == 20
    phases = {phase.code: phase.subtitle for phase in view(workspace, saved).phases}
    assert phases["ACCUEIL"].endswith("1 h 24 passées")
    assert phases["PRE_ACCUEIL"].endswith("16 min passées")
    with pytest.raises(UserError, match="va de 0 à"):
        workspace.write("Temps", journey_marks.spend, saved.case_id, "ACC1", -1)


def test_deliverable_and_criterion_are_dated_and_taken_back(workspace: Workspace, saved: Saved) -> None:
    day = date(2026, 11, 20)
    for mark in (journey_marks.deliver, journey_marks.meet):
        workspace.write("Coché", mark, saved.case_id, "ACC1", day)
        with pytest.raises(UserError, match="à venir"):
            workspace.write("Coché", mark, saved.case_id, "ACC1", date(2026, 11, 25))
    shown = step(workspace, saved, "ACC1")
    assert (shown.deliverable_on, shown.criterion_on) == (day, day)
    workspace.write("Décoché", journey_marks.deliver, saved.case_id, "ACC1", None)
    assert step(workspace, saved, "ACC1").deliverable_on is None


def test_a_step_is_late_from_the_day_after_its_date_until_it_is_passed(workspace: Workspace, saved: Saved) -> None:
    today = date(2026, 11, 24)
    workspace.write("Pour le", journey_marks.plan, saved.case_id, "ACC1", today)
    assert step(workspace, saved, "ACC1").late_days == 0
    workspace.write("Pour le", journey_marks.plan, saved.case_id, "ACC1", today - timedelta(3))
    assert step(workspace, saved, "ACC1").late_days == 3
    workspace.write("Franchie", journeys.finish, saved.case_id, "ACC1")
    assert step(workspace, saved, "ACC1").late_days == 0


def test_a_reason_too_long_is_refused_and_not_cut(workspace: Workspace, saved: Saved) -> None:
    with pytest.raises(UserError, match="compte 301 caractères"):
        workspace.write("Passer", journeys.skip, saved.case_id, "ACC1", "x" * 301)
    workspace.write("Passer", journeys.skip, saved.case_id, "ACC1", "x" * 300)
    kept = row(workspace, StepProgress)
    assert (kept.status, kept.skip_reason) == (StepStatus.SKIPPED, "x" * 300)


def test_a_step_of_no_version_is_refused_in_words(workspace: Workspace, saved: Saved) -> None:
    with pytest.raises(UserError, match="n’est pas dans le parcours"):
        workspace.write("R", journeys.keep_answers, saved.case_id, "ZZZ", {"q1": "x"})


def test_going_back_to_a_phase_is_dated(workspace: Workspace, saved: Saved) -> None:
    for code in ("PRE_ACCUEIL", "ACCUEIL"):
        workspace.write("Entrer", journeys.enter, saved.case_id, code)
    shown = view(workspace, saved)
    assert shown.phases[0].history == "entrée le 24/11, retour le 24/11"
    assert shown.history[0] == "24/11 · Accueil et émergence (retour)"


def test_a_base_made_before_versions_were_kept_keeps_what_its_files_follow(
    workspace: Workspace, saved: Saved, tmp_path: Path, empty_base: tuple[Path, MemoryKeychain]
) -> None:
    workspace.write("Avant", lambda session: session.execute(delete(JourneyVersion)))
    assert len(view(workspace, saved).phases) == 10
    workspace.close()
    again = open_workspace(DataFolder(tmp_path / "base"), keychain=empty_base[1])
    try:
        assert again.read(lambda session: session.scalars(select(JourneyVersion.code)).all()) == ["2026-1"]
        again.write("Annulation", undo.undo)  # what the counsellor did, never that
        assert again.read(lambda session: session.scalars(select(JourneyVersion.code)).all()) == ["2026-1"]
    finally:
        again.close()


def test_a_late_step_is_told_on_the_first_screen(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Pour le", journey_marks.plan, saved.case_id, "ACC1", date(2026, 11, 21))
    (late,) = workspace.read(dashboard.today, date(2026, 11, 24)).late_steps
    assert (late.label, late.person, late.days) == ("Accueillir la demande", "Zoé Martin", 3)
    workspace.write("Clore", people.close_file, saved.case_id, ExitReason.CREATION, date(2026, 11, 24))
    assert workspace.read(dashboard.today, date(2026, 11, 24)).late_steps == ()
    assert step(workspace, saved, "ACC1").late_days == 0
