"""Possible duplicates while typing, each with its reason; couples may share a phone. Used by the intake."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from boutique.core.text import fold, words
from boutique.forms.catalogue import INTAKE
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.services.context import place
from boutique.storage.fingerprints import sound_key
from boutique.storage.search import phone_digits

_MOST, _CANDIDATES, _ENOUGH = 4, 400, 60
_SAME_NAME, _CLOSE_NAME, _SAME_FIRST = 97, 82, 85


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody who may be the person being typed; `household` when it is rather somebody close to them."""

    person_id: uuid.UUID
    case_id: uuid.UUID
    name: str
    commune: str
    reference: str
    reasons: tuple[str, ...]
    household: bool
    score: int


def possible(session: Session, typed: Mapping[str, Any]) -> tuple[Duplicate, ...]:
    """Existing people close to what is being typed, the surest first; nothing until a name or a contact is there."""
    answers, _ = INTAKE.read(typed)
    first, last = answers.get("holder.first_name") or "", answers.get("holder.last_name") or ""
    phone, email = phone_digits(answers.get("holder.phone")), fold(answers.get("holder.email") or "")
    birth: date | None = answers.get("holder.birth_date")
    if len(last) < 2 and not phone and not email:
        return ()
    rows = _candidates(session, first, last, phone, email, birth)
    found = [_compare(session, row, first, last, phone, email, birth) for row in rows]
    kept = [item for item in found if item is not None]
    return tuple(sorted(kept, key=lambda item: (-item.score, item.reference))[:_MOST])


def _candidates(session: Session, first: str, last: str, phone: str, email: str, birth: date | None) -> list[Any]:
    blocks = []
    if phone:
        blocks.append(Person.phone_key == phone)
    if email:
        blocks.append(Person.email_key == email)
    if birth:
        blocks.append(Person.birth_date == birth)
        if birth.day <= 12:
            blocks.append(Person.birth_date == date(birth.year, birth.day, birth.month))
    if sound := sound_key(last):
        blocks.append(Person.sound_key == sound)
    if first and (swapped := sound_key(first)):
        blocks.append(Person.sound_key == swapped)
    if key := " ".join(words(last)):
        blocks.append(Person.name_key.startswith(key[:6], autoescape=True))
    return list(
        session.execute(
            select(
                Person.id,
                Person.first_name,
                Person.last_name,
                Person.phone_key,
                Person.email_key,
                Person.birth_date,
                Person.commune_code,
                Case.id.label("case_id"),
                Case.reference,
            )
            .join(Case, Case.person_id == Person.id)
            .where(or_(*blocks))
            .order_by(Case.last_contact_on.desc())
            .limit(_CANDIDATES)
        )
    )


def _compare(
    session: Session, row: Any, first: str, last: str, phone: str, email: str, birth: date | None
) -> Duplicate | None:
    reasons, score = _name_reasons(row, first, last)
    same_first = not first or fuzz.ratio(fold(first), fold(row.first_name)) >= _SAME_FIRST
    if birth and row.birth_date:
        if birth == row.birth_date:
            reasons, score = ["même naissance", *reasons], score + 40
        elif (birth.day, birth.month, birth.year) == (row.birth_date.month, row.birth_date.day, row.birth_date.year):
            reasons, score = [*reasons, "naissance au jour et mois inversés"], score + 30
        else:
            score -= 30
    contacts = (("même téléphone", phone, row.phone_key), ("même e-mail", email, row.email_key))
    shared = [label for label, mine, theirs in contacts if mine and mine == theirs]
    reasons, score = [*reasons, *shared], score + 35 * len(shared)
    household = bool(shared) and not same_first
    if household:
        reasons = [*shared, "autre prénom : même foyer ?"]
    if shared:  # the family name may not be typed yet, or have changed
        score = max(score, _ENOUGH)
    if score < _ENOUGH or not reasons:
        return None
    return Duplicate(
        row.id,
        row.case_id,
        f"{row.first_name} {row.last_name}",
        place(session, row.commune_code),
        row.reference,
        tuple(reasons),
        household,
        score,
    )


def _name_reasons(row: Any, first: str, last: str) -> tuple[list[str], int]:
    if not last:
        return [], 0
    typed, known = fold(f"{last} {first}"), fold(f"{row.last_name} {row.first_name}")
    if fuzz.token_sort_ratio(typed, known) >= _SAME_NAME:
        swapped = fold(last) == fold(row.first_name) and fold(first) == fold(row.last_name)
        return (["nom et prénom inversés"] if swapped else ["même nom"]), 65
    same_first = fuzz.ratio(fold(first), fold(row.first_name)) if first else 0
    distance = OSA.distance(fold(last), fold(row.last_name))
    if distance == 0 and not first:
        return ["même nom de famille"], 60
    if distance == 1 and (same_first >= _SAME_FIRST or not first):
        return ["nom à une lettre près"], 62
    if fuzz.token_sort_ratio(typed, known) >= _CLOSE_NAME and (same_first >= _CLOSE_NAME or not first):
        return ["nom très proche"], 60
    if distance == 0:
        return ["même nom de famille"], 25
    if same_first >= _SAME_NAME:
        return ["même prénom"], 22
    return [], 0
