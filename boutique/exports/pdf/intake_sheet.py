"""Fiche d’accueil: what was said at the counter, or the blank sheet to fill in by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import Flowable

from boutique.core.french import show_date
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.answers import ShowValue, answered_form, pairs
from boutique.exports.pdf.page import Masthead, Pages, build, para
from boutique.forms import values
from boutique.forms.spec import Form


@dataclass(frozen=True, slots=True)
class IntakeSheet:
    """A form with its answers, and what stands at its head; no answers make a blank sheet."""

    letterhead: Letterhead
    form: Form
    answers: Mapping[str, Any]
    printed_on: date
    reference: str = ""
    opened_on: date | None = None
    place: str = ""
    counsellor: str = ""
    next_appointment: str = ""
    notice_given_on: date | None = None
    show_value: ShowValue = values.show


def render(data: IntakeSheet) -> bytes:
    """The sheet as a PDF."""
    return build(*story(data))


def story(data: IntakeSheet) -> Pages:
    """What the pages are made of, alone or among many."""
    head = Masthead(data.letterhead, "Fiche d’accueil", data.reference, data.printed_on)
    parts: list[Flowable] = [
        *para("Fiche d’accueil", "title"),
        *pairs(
            [
                ("Référence du dossier", data.reference),
                ("Ouvert le", show_date(data.opened_on) if data.opened_on else ""),
                ("Lieu ou permanence", data.place),
                ("Conseiller·ère", data.counsellor),
            ]
        ),
        *answered_form(data.form, data.answers, data.show_value),
        *para("Décision", "section"),
        *pairs(
            [
                ("Prochain rendez-vous", data.next_appointment),
                ("Notice d’information remise le", show_date(data.notice_given_on) if data.notice_given_on else ""),
            ]
        ),
    ]
    return head, parts
