"""Feuille de secours. For the first start, Réglages and the command line."""

from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.exports import pdf
from boutique.services.documents import Document, letterhead


def recovery_sheet(session: Session, code: str) -> Document:
    """The sheet that opens the base when everything else is lost."""
    name = letterhead(session).name
    content = pdf.recovery_sheet.render(pdf.recovery_sheet.RecoverySheet(structure=name, code=code, made_on=today()))
    return Document("feuille-de-secours.pdf", "Feuille de secours", content)
