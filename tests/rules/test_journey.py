"""The journey of the reference, its progress and the step proposed next."""

import pytest

from boutique.rules.criteria import load_vocabulary
from boutique.rules.journey import load_journey, next_step, progress

JOURNEY = load_journey()
PHASES = {
    "ACCUEIL": ("ACC", 5), "PRE_ACCUEIL": ("PRE", 5), "ADEQUATION": ("ADE", 5), "MARCHE": ("MAR", 5),
    "PREVISIONNEL": ("FIN", 6), "STATUT": ("JUR", 5), "FINANCEMENT": ("FNC", 5),
    "IMMATRICULATION": ("IMM", 5), "POST_CREATION": ("POS", 5), "SUIVI_1_3": ("SUI", 4),
}  # fmt: skip


def test_the_ten_phases_and_fifty_steps_of_the_reference_are_there() -> None:
    found = {phase.code: [step.code for step in phase.steps] for phase in JOURNEY.phases}
    assert found == {
        code: [f"{prefix}{number}" for number in range(1, count + 1)] for code, (prefix, count) in PHASES.items()
    }
    assert len(JOURNEY.steps) == 50
    assert JOURNEY.version == "2026-1"


def test_phases_are_the_very_values_the_rules_know() -> None:
    assert list(load_vocabulary().fields["project.phase"].values) == [p.code for p in JOURNEY.phases]


def test_every_step_has_what_is_shown_beside_the_work() -> None:
    for step in JOURNEY.steps:
        assert step.questions
        assert step.vigilance
        assert step.deliverable
        assert step.exit_criterion
        assert step.minutes > 0
        assert "Mêmes questions" not in step.questions
    assert JOURNEY.step("ACC1").questions == (
        "Qui vous envoie\u00a0?",
        "Qu’attendez-vous de nous\u00a0?",
        "Quel délai avez-vous en tête\u00a0?",
    )
    assert JOURNEY.step("IMM3").schemes == ("ACRE", "ARCE")
    assert JOURNEY.step("FNC1").partner_types == ("INITIATIVE", "ADIE", "FRANCE_ACTIVE")


def test_stepper_has_short_labels() -> None:
    assert [phase.short for phase in JOURNEY.phases] == [
        "Accueil", "Pré-accueil", "Adéquation", "Marché", "Prévisionnel", "Statut", "Financement",
        "Immatriculation", "Post-création", "Suivi",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("phase", "done", "step", "reason"),
    [
        (None, set(), "ACC1", "Première étape de «\u00a0Accueil et émergence\u00a0»."),
        ("MARCHE", {"MAR1"}, "MAR2", "1 étape sur 5 de «\u00a0Étude de marché et offre\u00a0» déjà faite."),
        (
            "MARCHE",
            {"MAR1", "MAR3"},
            "MAR2",
            "2 étapes sur 5 de «\u00a0Étude de marché et offre\u00a0» déjà faites.",
        ),
    ],
)
def test_next_step_is_the_first_one_open_in_the_phase(
    phase: str | None, done: set[str], step: str, reason: str
) -> None:
    found = next_step(JOURNEY, phase, done)
    assert found is not None
    assert (found.step.code, found.reason, found.opens_phase) == (step, reason, False)


def test_finished_phase_proposes_the_next_one_even_over_a_phase_already_done() -> None:
    done = {step.code for code in ("MARCHE", "PREVISIONNEL") for step in JOURNEY.phase(code).steps}
    found = next_step(JOURNEY, "MARCHE", done)
    assert found is not None
    assert (found.step.code, found.phase.code, found.opens_phase) == ("JUR1", "STATUT", True)
    assert found.reason.startswith("Phase «\u00a0Étude de marché et offre\u00a0» terminée")


def test_nothing_is_proposed_at_the_end() -> None:
    assert next_step(JOURNEY, "SUIVI_1_3", {"SUI1", "SUI2", "SUI3", "SUI4"}) is None


def test_progress_counts_what_is_done_of_each_phase() -> None:
    found = progress(JOURNEY, "PRE_ACCUEIL", {"ACC1", "ACC2", "ACC3", "ACC4", "ACC5", "PRE1"})
    assert [(phase.done, phase.total) for phase in found[:3]] == [(5, 5), (1, 5), (0, 5)]
    assert [phase.complete for phase in found[:3]] == [True, False, False]
    assert [phase.code for phase in found if phase.current] == ["PRE_ACCUEIL"]
