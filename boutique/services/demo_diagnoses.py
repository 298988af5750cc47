"""Fictitious diagnoses: for some files marks by criterion at two dates, for the others axes estimated (see `demo`)."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from boutique.models.base import Record
from boutique.models.case import Case
from boutique.models.diagnosis import Diagnosis, DiagnosisMark, mark_id
from boutique.rules.diagnosis import evaluate
from boutique.rules.lists import load_grid

_AXES = ("person", "project", "market", "finance", "legal")
_DETAILED = 0.35
_FIRST_AFTER, _NEXT_AFTER = 20, 110
_FACTS = {
    "PER1": "Veut travailler à son compte depuis trois ans",
    "PER3": "CV et certificats vus",
    "PRO1": "Fiche offre remplie ensemble",
    "MAR1": "Huit personnes interrogées au marché",
    "MAR3": "Trois ventes tests au prix prévu",
    "FIN1": "Deux devis reçus",
    "JUR1": "Attestation de qualification demandée",
}
_COMMENTS = (
    "Le projet avance ; le prévisionnel reste à faire.",
    "L’offre est claire, la clientèle reste à rencontrer.",
    "Bonne connaissance du métier ; les prix sont à tester.",
)


def diagnoses(rng: Random, case: Case, last: date) -> Iterator[Record]:
    """What was marked of a file, from its opening to its end."""
    estimates = {axis: rng.choice((1, 2, 3, 3, 4, 4, 5, None)) for axis in _AXES}
    own = Random(f"{estimates} {case.opened_on}")  # noqa: S311 - the same again, and the file's own draws unchanged
    first = min(case.opened_on + timedelta(_FIRST_AFTER), last)
    if own.random() > _DETAILED:
        yield _diagnosis(case, first, **estimates)
        return
    levels = {
        criterion.code: own.choice((1, 2, 2, 3, 3, 4)) for axis in load_grid().axes for criterion in axis.criteria
    }
    for code in own.sample(sorted(levels), 9):
        del levels[code]
    yield from _marked(own, case, first, levels)
    later = first + timedelta(_NEXT_AFTER)
    if later <= last:
        better = {
            criterion.code: min(5, levels.get(criterion.code, 2) + own.choice((0, 0, 1, 1, 2)))
            for axis in load_grid().axes
            for criterion in axis.criteria
        }
        yield from _marked(own, case, later, better)


def _marked(rng: Random, case: Case, day: date, levels: dict[str, int]) -> Iterator[Record]:
    grid = load_grid()
    axes = {axis.code: axis.level for axis in evaluate(grid, levels)}
    row = _diagnosis(case, day, comment=rng.choice(_COMMENTS), grid_version=grid.version, **axes)
    yield row
    for code, level in levels.items():
        fact = _FACTS.get(code) if level >= 3 else None
        yield DiagnosisMark(id=mark_id(row.id, code), diagnosis_id=row.id, criterion=code, level=level, fact=fact)


def _diagnosis(case: Case, day: date, **values: str | int | uuid.UUID | None) -> Diagnosis:
    return Diagnosis(
        project_id=case.project_id, case_id=case.id, counsellor_id=case.counsellor_id, made_on=day, **values
    )
