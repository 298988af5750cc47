"""Every document of a file, declared once: its menu, the palette and the command line are made from it.

To add one: one line in PAPERS.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.exports import pdf
from boutique.models.case import Case
from boutique.services.documents import Document
from boutique.services.papers import (
    certificate,
    diagnosis,
    forecast,
    intake,
    interview,
    legal,
    pathway,
    plan,
    referral,
    workshop,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a file. `make` says in a UserError what is missing; `available` greys it out meanwhile.

    With `pages` it may also be printed for many files at once.
    """

    key: str
    title: str
    make: Callable[[Session, uuid.UUID], Document]
    icon: str = "printer"
    available: Callable[[Session, uuid.UUID], bool] | None = None
    keywords: tuple[str, ...] = ()
    pages: "Callable[[Session, uuid.UUID], pdf.page.Pages] | None" = None  # the same, to be one of many in a batch
    file_name: str = ""  # of a batch


PAPERS: tuple[Paper, ...] = (
    Paper("intake", "Fiche d’accueil", intake.intake_sheet, pages=intake.sheet_pages, file_name="fiches-accueil"),
    Paper("notice", "Notice d’information", intake.notice, keywords=("rgpd", "données personnelles")),
    Paper("plan", "Plan d’action", plan.action_plan, pages=plan.pages, file_name="plans-action"),
    Paper("pathway", "Synthèse de parcours", pathway.pathway, pages=pathway.pages, file_name="syntheses-parcours"),
    Paper("support", "Attestation d’accompagnement", certificate.support,
          pages=certificate.support_story, file_name="attestations-accompagnement"),
    Paper("presence", "Attestation de présence", certificate.last_presence, available=certificate.has_presence),
    Paper("workshop", "Attestation du dernier atelier", workshop.last_certificate, available=workshop.has_certificate,
          keywords=("présence", "collectif")),
    Paper("legal", "Comparaison des statuts", legal.comparison, keywords=("forme juridique", "statut")),
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
)  # fmt: skip


def available(session: Session, case_id: uuid.UUID) -> frozenset[str]:
    """Keys of the documents that may be printed for this file now."""
    return frozenset(paper.key for paper in PAPERS if paper.available is None or paper.available(session, case_id))


def batches() -> tuple[Paper, ...]:
    """Documents that may be printed for many files at once."""
    return tuple(one for one in PAPERS if one.pages is not None)


def make(session: Session, key: str, case_id: uuid.UUID) -> Document:
    """One document of one file."""
    return paper(key).make(session, case_id)


def of_reference(session: Session, key: str, reference: str) -> tuple[uuid.UUID, Document]:
    """(person, document) of the file with this number, for scripts."""
    found = session.execute(
        select(Case.id, Case.person_id).where(Case.reference == reference.strip().upper())
    ).one_or_none()
    if found is None:
        raise UserError(f"Il n’y a pas de dossier « {reference} ». Son numéro ressemble à 2026-0042.")
    return found.person_id, make(session, key, found.id)


def paper(key: str) -> Paper:
    """The declaration of a document."""
    for one in PAPERS:
        if one.key == key:
            return one
    known = ", ".join(one.key for one in PAPERS)
    raise UserError(f"« {key} » n’est pas un document de dossier. Choisissez parmi : {known}.")
