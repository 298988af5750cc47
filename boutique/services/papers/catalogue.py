"""Every document of a file, declared once: its menu, the palette and the command line are made from it.

To add one: one line in PAPERS.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.case import Case
from boutique.services.documents import Document
from boutique.services.papers import diagnosis, forecast, intake, interview, plan, referral


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a file. `make` says in a UserError what is missing; `available` greys it out meanwhile."""

    key: str
    title: str
    make: Callable[[Session, uuid.UUID], Document]
    icon: str = "printer"
    available: Callable[[Session, uuid.UUID], bool] | None = None
    keywords: tuple[str, ...] = ()


PAPERS: tuple[Paper, ...] = (
    Paper("intake", "Fiche d’accueil", intake.intake_sheet),
    Paper("notice", "Notice d’information", intake.notice, keywords=("rgpd", "données personnelles")),
    Paper("plan", "Plan d’action", plan.action_plan, keywords=("objectif", "actions")),
    Paper("report", "Compte-rendu du dernier entretien", interview.last_report, available=interview.has_interview),
    Paper("diagnosis", "Diagnostic", diagnosis.latest, available=diagnosis.has_diagnosis, keywords=("radar", "grille")),
    Paper("referral", "Fiche de la dernière orientation", referral.last_sheet, available=referral.has_referral),
    Paper(
        "forecast",
        "Plan de financement et prévisionnel",
        forecast.plan,
        available=forecast.has_forecast,
        keywords=("budget", "trésorerie", "banque"),
    ),
)


def available(session: Session, case_id: uuid.UUID) -> frozenset[str]:
    """Keys of the documents that may be printed for this file now."""
    return frozenset(paper.key for paper in PAPERS if paper.available is None or paper.available(session, case_id))


def make(session: Session, key: str, case_id: uuid.UUID) -> Document:
    """One document of one file."""
    return _paper(key).make(session, case_id)


def of_reference(session: Session, key: str, reference: str) -> tuple[uuid.UUID, Document]:
    """(person, document) of the file with this number, for scripts."""
    found = session.execute(
        select(Case.id, Case.person_id).where(Case.reference == reference.strip().upper())
    ).one_or_none()
    if found is None:
        raise UserError(f"Il n’y a pas de dossier « {reference} ». Son numéro ressemble à 2026-0042.")
    return found.person_id, make(session, key, found.id)


def _paper(key: str) -> Paper:
    for paper in PAPERS:
        if paper.key == key:
            return paper
    known = ", ".join(paper.key for paper in PAPERS)
    raise UserError(f"« {key} » n’est pas un document de dossier. Choisissez parmi : {known}.")
