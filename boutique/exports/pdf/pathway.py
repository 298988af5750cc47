"""Synthèse de parcours: what happened from the first day to the last, in tables; a part with nothing does not show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.answers import pairs
from boutique.exports.pdf.page import Masthead, Pages, build, para
from boutique.exports.pdf.tables import table

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pathway:
    """Every value is text, as it is to be read."""

    letterhead: Letterhead
    printed_on: date
    reference: str
    person: str
    counsellor: str = ""
    project: str = ""
    period: str = ""
    phases: Rows = ()  # phase, since
    interviews: Rows = ()  # kind, how many, hours; the last one is the total
    workshops: Rows = ()  # title, when, hours
    diagnosis: Rows = ()  # axis, first, latest, change
    diagnosis_days: tuple[str, str] = ("Premier", "Dernier")
    referrals: Rows = ()  # partner, made on, state, answered on
    outcome: Rows = ()  # label, value
    business: Rows = ()  # label, value
    funding: Rows = ()  # financer, kind, band, decided on
    follow_ups: Rows = ()  # term, due, result, jobs


def render(data: Pathway) -> bytes:
    """The summary as a PDF."""
    return build(*story(data))


def story(data: Pathway) -> Pages:
    """What the pages are made of, alone or among many."""
    first, latest = data.diagnosis_days
    parts: list[Flowable] = [
        *para("Synthèse de parcours", "title"),
        *pairs([("Personne accompagnée", data.person), ("Conseiller·ère", data.counsellor),
                ("Période", data.period), ("Projet", data.project)]),
        *table("Phases franchies", ("Phase", "Depuis le"), data.phases, (0.75, 0.25)),
        *table("Entretiens", ("Type", "Nombre", "Durée"), data.interviews, (0.6, 0.2, 0.2)),
        *table("Ateliers suivis", ("Atelier", "Le", "Durée"), data.workshops, (0.6, 0.2, 0.2)),
        *table("Diagnostic", ("Axe (notes de 1 à 5)", first, latest, "Évolution"), data.diagnosis,
               (0.46, 0.18, 0.18, 0.18)),
        *table("Orientations", ("Structure", "Le", "État", "Réponse le"), data.referrals, (0.46, 0.17, 0.2, 0.17)),
        *_facts("Situation de sortie", data.outcome),
        *_facts("Entreprise créée ou reprise", data.business),
        *table("Financements obtenus", ("Financeur", "Nature", "Montant", "Le"), data.funding, (0.4, 0.2, 0.23, 0.17)),
        *table("Suivi après la création", ("Échéance", "Prévu le", "Résultat", "Emplois"), data.follow_ups,
               (0.22, 0.2, 0.4, 0.18)),
    ]  # fmt: skip
    return Masthead(data.letterhead, "Synthèse de parcours", data.reference, data.printed_on), parts


def _facts(title: str, facts: Rows) -> list[Flowable]:
    known = [(label, value) for label, value in facts if value]
    return [*para(title, "section"), *pairs(known)] if known else []
