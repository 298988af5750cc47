"""Aide au choix du statut of a file: what is answered, who ranks where and why, the form retained."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.choices import LegalForm
from boutique.models.legal import FormComparison
from boutique.models.person import Person
from boutique.rules import legal_form as rule
from boutique.rules.legal_form import Change, Criterion, Ranked
from boutique.rules.lists import LegalForm as FormSheet
from boutique.rules.lists import load_legal_forms
from boutique.services import answers as answers_service
from boutique.services import facts as facts_service
from boutique.services import people


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the screen and the document show."""

    reference: str
    name: str
    criteria: tuple[Criterion, ...]
    answers: Mapping[str, str]
    from_file: frozenset[str]  # criteria that the file has answered
    importance: Mapping[str, int]
    ranked: tuple[Ranked, ...]
    changes: tuple[Change, ...]
    sheets: Mapping[str, FormSheet]
    retained: str  # code, empty when none

    @property
    def open_questions(self) -> int:
        return sum(criterion.code not in self.answers for criterion in self.criteria)


def of_case(session: Session, case_id: uuid.UUID) -> Comparison:
    """The comparison as it stands; what was answered here goes before what the file says."""
    case = answers_service.case_of(session, case_id)
    known = answers_service.of_case(session, case_id)
    criteria = rule.load_criteria()
    row = _row(session, case_id)
    typed = dict(row.answers) if row is not None else {}
    given = rule.prefilled(criteria, facts_service.from_answers(session, known, phase=case.phase))
    answers = {key: value for key, value in {**given, **typed}.items() if value}
    importance = dict(row.importance) if row is not None else {}
    retained = known.get("project.legal_form")
    return Comparison(
        case.reference,
        session.get_one(Person, case.person_id).full_name,
        criteria,
        answers,
        frozenset(given) - frozenset(typed),
        importance,
        tuple(rule.compare(criteria, answers, importance)),
        tuple(rule.changes(criteria, answers, importance)),
        load_legal_forms(),
        str(retained.value) if retained else "",
    )


def answer(session: Session, case_id: uuid.UUID, criterion: str, given: str | None) -> None:
    """Answer a criterion; None: not known, whatever the file says."""
    found = next((one for one in rule.load_criteria() if one.code == criterion), None)
    if found is None or (given and given != rule.NO and found.answer(given) is None):
        raise UserError("Cette question a changé dans le fichier des critères. Rouvrez l’aide au choix du statut.")
    row = _made(session, case_id)
    row.answers = {**row.answers, criterion: given or ""}


def weigh(session: Session, case_id: uuid.UUID, criterion: str, importance: int) -> None:
    """How much a criterion counts for this person."""
    if importance not in rule.IMPORTANCES:
        raise UserError("L’importance va de 0 (aucune) à 3 (décisive).")
    row = _made(session, case_id)
    row.importance = {**row.importance, criterion: importance}


def retain(session: Session, case_id: uuid.UUID, form: str) -> None:
    """The form that the person chose, whatever its rank: the counsellor decides."""
    people.answer_one(session, case_id, "project.legal_form", LegalForm(form))


def _row(session: Session, case_id: uuid.UUID) -> FormComparison | None:
    latest = select(FormComparison).where(FormComparison.case_id == case_id).order_by(FormComparison.created_at)
    return session.scalars(latest.limit(1)).first()


def _made(session: Session, case_id: uuid.UUID) -> FormComparison:
    row = _row(session, answers_service.case_of(session, case_id).id)
    if row is None:
        row = FormComparison(case_id=case_id, answers={}, importance={})
        session.add(row)
    return row


def words(change: Change, sheets: Mapping[str, FormSheet]) -> str:
    """« Tester avant d’immatriculer ? — oui : placerait Test en couveuse en tête »."""
    parts = []
    if change.first:
        parts.append(f"placerait en tête {_named(change.first, sheets)}")
    if change.excluded:
        parts.append(f"exclurait {_named(change.excluded, sheets)}")
    return f"{change.question} « {change.answer} » {' et '.join(parts)}."


def _named(codes: Any, sheets: Mapping[str, FormSheet]) -> str:
    return ", ".join(sheets[code].label for code in codes)
