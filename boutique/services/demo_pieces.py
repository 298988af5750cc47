"""A few documents in the fictitious files: a plan drawn here and notes of a visit, of nobody (see `demo`)."""

import io
from datetime import date

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.attachment import Attachment, AttachmentContent, PieceProgress
from boutique.models.case import Case
from boutique.models.choices import PieceState
from boutique.services import attachment_store as store

_FILES = 3
_NOTES = """Visite du local, rue du Commerce

Surface : 42 m², vitrine sur rue, remise de 10 m².
Loyer demandé : 380 € hors charges, trois mois d’avance.
À vérifier : règlement de copropriété, puissance électrique (36 kVA pour le four), accès des personnes handicapées.
Travaux : sol, peinture, enseigne. Devis demandés à deux artisans.
"""
_ROOMS = (((40, 40, 560, 260), "Boutique 32 m²"), ((40, 260, 300, 400), "Remise 10 m²"), ((300, 260, 560, 400), "Cour"))


def add(session: Session, until: date) -> None:
    """Attach them to the last files that are open."""
    still_open = select(Case).where(Case.closed_on.is_(None)).order_by(Case.reference.desc()).limit(_FILES)
    for case in session.scalars(still_open).all():
        _attach(session, case, "Plan du local.png", "LOCAL", "image/png", _plan(), until)
        _attach(session, case, "Notes de la visite du local.txt", "LOCAL", "text/plain", _NOTES.encode(), until)
        session.add(
            PieceProgress(case_id=case.id, piece_code="IDENTITE_VUE", state=PieceState.SEEN, noted_on=case.opened_on)
        )


def _attach(session: Session, case: Case, name: str, kind: str, media: str, content: bytes, on: date) -> None:
    kept = session.get_one(AttachmentContent, store.put(session, io.BytesIO(content)))
    session.add(
        Attachment(
            case_id=case.id,
            content_id=kept.id,
            name=name,
            kind_code=kind,
            media_type=media,
            size=kept.size,
            sha256=kept.sha256,
            added_on=max(case.opened_on, min(case.last_contact_on, on)),
            added_by_id=case.counsellor_id,
        )
    )


def _plan() -> bytes:
    """A ground plan in a few lines; the same bytes each time."""
    sheet = Image.new("RGB", (600, 440), "white")
    pen = ImageDraw.Draw(sheet)
    for box, label in _ROOMS:
        pen.rectangle(box, outline="#0B5C6B", width=4)
        pen.text((box[0] + 14, box[1] + 14), label, fill="#1B1F2A", font_size=20)
    pen.line((250, 40, 350, 40), fill="white", width=6)
    pen.text((270, 12), "vitrine", fill="#545D6E", font_size=16)
    made = io.BytesIO()
    sheet.save(made, "PNG")
    return made.getvalue()
