"""Feuille de secours. For the first start, Réglages and the command line."""

from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.exports.pdf import recovery_sheet as recovery_pdf
from boutique.services.documents import Document, letterhead


def recovery_sheet(session: Session, code: str) -> Document:
    """The sheet that opens the base when everything else is lost."""
    name = letterhead(session).name
    content = recovery_pdf.render(recovery_pdf.RecoverySheet(structure=name, code=code, made_on=today()))
    return Document("feuille-de-secours.pdf", "Feuille de secours", content)
