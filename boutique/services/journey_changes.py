"""What differs between two journeys, one French sentence a change. For the preview of Réglages › Parcours."""

from collections.abc import Iterator

from boutique.core import french
from boutique.rules.journey import Journey, Phase, Step

_STEP_PARTS = (
    ("questions", "questions"),
    ("deliverable", "livrable"),
    ("exit_criterion", "critère de sortie"),
    ("vigilance", "vigilance"),
    ("minutes", "durée usuelle"),
    ("interview_type", "type d’entretien"),
    ("schemes", "dispositifs"),
    ("partner_types", "partenaires"),
)
_INHERITED = ("dispositifs", "partenaires")  # in part those of the phase
_PHASE_PARTS = (
    ("short", "nom court"),
    ("objective", "objectif"),
    ("deliverables", "livrables"),
    ("exit_criterion", "critère de sortie"),
    ("vigilance", "vigilance"),
    ("counts_as", "phase de référence"),
)


def between(before: Journey, after: Journey) -> tuple[str, ...]:
    """Phases first, then steps, in the order of the new journey."""
    return (*_phases(before, after), *_steps(before, after))


def _phases(before: Journey, after: Journey) -> Iterator[str]:
    old = {phase.code: phase for phase in before.phases}
    new = {phase.code: phase for phase in after.phases}
    for phase in after.phases:
        was = old.get(phase.code)
        if was is None:
            yield f"Phase ajoutée : {_phase(phase)}"
            continue
        if was.label != phase.label:
            yield f"Phase renommée : « {was.label} » devient {_phase(phase)}"
        if parts := [words for name, words in _PHASE_PARTS if getattr(was, name) != getattr(phase, name)]:
            yield f"Phase {_phase(phase)} : {french.listing(parts)}"
    yield from (f"Phase archivée : {_phase(phase)}" for phase in before.phases if phase.code not in new)
    kept = [phase.code for phase in before.phases if phase.code in new]
    if kept != [phase.code for phase in after.phases if phase.code in old]:
        yield f"Ordre des phases : {' → '.join(phase.short for phase in after.phases)}"


def _steps(before: Journey, after: Journey) -> Iterator[str]:
    old = {step.code: step for step in before.steps}
    new = {step.code: step for step in after.steps}
    for step in after.steps:
        was = old.get(step.code)
        if was is None:
            yield f"Étape ajoutée : {_step(step)}, dans {_phase(after.phase(step.phase))}"
            continue
        if was.label != step.label:
            yield f"Étape renommée : « {was.label} » devient {_step(step)}"
        if was.phase != step.phase:
            yield f"Étape déplacée : {_step(step)} passe dans {_phase(after.phase(step.phase))}"
        moved = was.phase != step.phase
        parts = [words for name, words in _STEP_PARTS if getattr(was, name) != getattr(step, name)]
        if parts := [words for words in parts if not (moved and words in _INHERITED)]:
            yield f"Étape {_step(step)} : {french.listing(parts)}"
    yield from (f"Étape archivée : {_step(step)}" for step in before.steps if step.code not in new)
    for phase in after.phases:
        came = [code for code in old if code in new and old[code].phase == new[code].phase == phase.code]
        if came != [step.code for step in phase.steps if step.code in came]:
            yield f"Ordre des étapes de {_phase(phase)}"


def _phase(phase: Phase) -> str:
    return f"« {phase.label} »"


def _step(step: Step) -> str:
    return f"« {step.label} »"
