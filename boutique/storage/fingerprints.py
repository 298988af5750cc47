"""Comparable forms of people, partners and businesses, set at each flush: what duplicate detection blocks on."""

from typing import Any

import jellyfish
from sqlalchemy import event
from sqlalchemy.orm import Session

from boutique.core.text import clip, fold, words
from boutique.models.outreach import BusinessVisit
from boutique.models.person import Person
from boutique.models.referral import Partner
from boutique.storage.search import phone_digits


def sound_key(last_name: str) -> str:
    """How a family name sounds, particles left out: Vandenbrouke and Vandenbroucke agree."""
    return " ".join(filter(None, (jellyfish.metaphone(word) for word in words(last_name) if len(word) > 2)))[:80]


def install(session_class: Any) -> None:
    """Keep the comparable forms of people, partners and businesses up to date on a session factory."""

    @event.listens_for(session_class, "before_flush")
    def _fill(session: Session, _context: Any, _instances: Any) -> None:
        for row in (*session.new, *session.dirty):
            if isinstance(row, Person):
                row.name_key = clip(" ".join(words(f"{row.last_name} {row.first_name}")), 420)
                row.phone_key = phone_digits(row.phone)[:40]
                row.email_key = fold(row.email or "")[:254]
                row.sound_key = sound_key(row.last_name)
            elif isinstance(row, Partner | BusinessVisit):
                row.name_key = clip(" ".join(words(row.name)), 200)
