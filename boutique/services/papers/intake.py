"""Fiche d'accueil and notice d'information. For the Documents menu of a file and the intake."""

import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.exports import pdf
from boutique.forms.catalogue import FILE
from boutique.models.fields import Field
from boutique.models.person import Person
from boutique.models.structure import Structure
from boutique.services import answers as answers_service
from boutique.services.documents import Document, letterhead, moment, notice_date, shown_value, site_name
from boutique.services.people import header


def intake_sheet(session: Session, case_id: uuid.UUID) -> Document:
    """Fiche d'accueil: every answer of the file, blanks to be completed by hand."""
    data = _sheet(session, case_id)
    title = f"Fiche d’accueil {data.reference}"
    return Document(f"fiche-accueil-{data.reference}.pdf", title, pdf.intake_sheet.render(data))


def sheet_pages(session: Session, case_id: uuid.UUID) -> "pdf.page.Pages":
    """The same among many."""
    return pdf.intake_sheet.story(_sheet(session, case_id))


def _sheet(session: Session, case_id: uuid.UUID) -> "pdf.intake_sheet.IntakeSheet":
    case = answers_service.case_of(session, case_id)
    top = header(session, case_id)

    def show(field: Field, value: Any) -> str:
        return shown_value(session, field, value)

    return pdf.intake_sheet.IntakeSheet(
        letterhead=letterhead(session),
        form=FILE,
        answers=answers_service.of_case(session, case_id),
        printed_on=today(),
        reference=case.reference,
        opened_on=case.opened_on,
        place=site_name(session, case.site_id),
        counsellor=top.counsellor,
        next_appointment=moment(top.next_appointment),
        notice_given_on=notice_date(session, case.person_id),
        show_value=show,
    )


def notice(session: Session, case_id: uuid.UUID | None = None) -> Document:
    """Notice d'information, for a person or to be displayed."""
    structure = session.scalars(select(Structure)).first()
    version = str(structure.notice_version or 1) if structure else "1"
    case = answers_service.case_of(session, case_id) if case_id else None
    person = session.get(Person, case.person_id) if case else None
    content = pdf.notice.render(
        pdf.notice.Notice(
            letterhead=letterhead(session),
            version=version,
            dated=structure.notice_date if structure else None,
            person=person.full_name if person else "",
            reference=case.reference if case else "",
            given_on=notice_date(session, case.person_id) if case else None,
        )
    )
    suffix = f"-{case.reference}" if case else ""
    return Document(f"notice-information{suffix}.pdf", f"Notice d’information, version {version}", content)
