"""Goals of the action plans of fictitious files, and what some of their actions wait for. Used by `demo_files`."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from boutique.models.case import Action, Case
from boutique.models.choices import ActionStatus, Phase
from boutique.models.plan import ActionPlan

_GOALS = (
    "Sécuriser le revenu pendant le lancement et fixer un rythme de rendez-vous",
    "Savoir qui achète, à quel prix et combien de fois par mois",
    "Avoir un prévisionnel qui tient et deux devis pour chaque achat important",
    "Choisir le statut et savoir ce qu’il change pour la protection sociale",
    "Déposer une demande complète auprès de deux financeurs",
    "Réunir les pièces de l’immatriculation et prendre rendez-vous avec l’assureur",
)
_WATCH = (
    "Ne rien signer avant l’accord du financement",
    "Comparer au moins deux devis",
    "Garder une copie de chaque courrier",
)
_RESULTS = ("Fait en une demi-journée", "Deux réponses sur trois", "Chiffres reportés dans le prévisionnel")


def goal(case: Case, rank: int, last_on: date) -> ActionPlan | None:
    """For two open files out of three; drawn from the reference, so that nothing else of the base moves."""
    rng = Random(f"objectif {case.reference}")  # noqa: S311 - fictitious data
    phases = tuple(Phase)
    if case.closed_on is not None or rng.random() > 0.66:
        return None
    target = phases[min(rank + 1, len(phases) - 1)]
    return ActionPlan(
        case_id=case.id,
        goal=_GOALS[min(rank, len(_GOALS) - 1)],
        due_on=last_on + timedelta(rng.randint(20, 90)),
        target_phase=target,
    )


def enrich(actions: Sequence[Action], reference: str) -> None:
    """Some wait for the one before, some have a point of vigilance, some of the done ones a result."""
    rng = Random(f"actions {reference}")  # noqa: S311 - fictitious data
    for before, action in zip((None, *actions), actions, strict=False):
        if before is not None and before.label != action.label and rng.random() < 0.3:
            action.prerequisite = before.label
        if rng.random() < 0.25:
            action.vigilance = rng.choice(_WATCH)
        if action.status is ActionStatus.DONE and rng.random() < 0.4:
            action.result = rng.choice(_RESULTS)
