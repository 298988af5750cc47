"""Diagnostic with its radar. For the Documents menu of a file and its Diagnostic tab."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.exports import pdf
from boutique.models.case import Case
from boutique.models.diagnosis import Diagnosis
from boutique.rules.diagnosis import AxisMark, change
from boutique.services import answers as answers_service
from boutique.services import diagnoses, grids
from boutique.services.diagnoses import DiagnosisLine
from boutique.services.documents import Document, letterhead
from boutique.services.people import header


def diagnosis_sheet(
    session: Session, case_id: uuid.UUID, diagnosis_id: uuid.UUID, against: uuid.UUID | None = None
) -> Document:
    """One diagnosis of a file, compared with another one of it or not."""
    lines = {line.id: line for line in diagnoses.listing(session, case_id)}
    if diagnosis_id not in lines:
        raise UserError("Ce diagnostic n’existe plus. Revenez à la liste des diagnostics.")
    shown, before = lines[diagnosis_id], lines.get(against) if against is not None else None
    case = answers_service.case_of(session, case_id)
    earlier = {axis.code: axis for axis in before.axes} if before is not None else {}
    content = pdf.diagnosis_sheet.render(
        pdf.diagnosis_sheet.DiagnosisSheet(
            letterhead=letterhead(session),
            reference=case.reference,
            person=header(session, case_id).name,
            counsellor=shown.counsellor,
            made_on=shown.made_on,
            name=shown.name,
            before_name=before.name if before is not None else "",
            grid=shown.grid_version or "non précisée",
            axes=tuple(_axis(axis, earlier.get(axis.code)) for axis in shown.axes),
            strengths=tuple(f"{one.label} : {one.wording}" for one in shown.strengths),
            aims=tuple(one.aim for one in shown.points),
            criteria=tuple(
                pdf.diagnosis_sheet.CriterionLine(one.axis, one.label, one.level, one.wording, one.fact, one.blocking)
                for one in shown.remarks
            ),
            comment=shown.comment,
        )
    )
    name = f"diagnostic-{case.reference}-{shown.made_on:%Y%m%d}.pdf"
    return Document(name, f"Diagnostic du {shown.name}", content)


def _axis(axis: AxisMark, before: AxisMark | None) -> "pdf.diagnosis_sheet.AxisLine":
    moved = change(before, axis)
    return pdf.diagnosis_sheet.AxisLine(
        label=axis.label,
        mark=_mark(axis),
        before=_mark(before),
        change="" if moved is None else french.show_change(moved),
        state="estimation" if axis.estimated else axis.state.value,
        half=None if axis.half is None else float(axis.half),
        before_half=None if before is None or before.half is None else float(before.half),
        blocking=axis.blocking,
    )


def _mark(axis: AxisMark | None) -> str:
    return "—" if axis is None or axis.mark is None else french.show_number(float(axis.mark), 1)


def latest(session: Session, case_id: uuid.UUID) -> Document:
    """The diagnosis made last, compared with the first."""
    lines = diagnoses.listing(session, case_id)
    if not lines:
        raise UserError("Ce dossier n’a pas encore de diagnostic. Faites-en un, puis imprimez-le.")
    return diagnosis_sheet(session, case_id, lines[0].id, _first(lines))


def _first(lines: tuple[DiagnosisLine, ...]) -> uuid.UUID | None:
    return lines[-1].id if len(lines) > 1 else None


def has_diagnosis(session: Session, case_id: uuid.UUID) -> bool:
    """Whether there is a diagnosis to print."""
    case = session.get(Case, case_id)
    if case is None:
        return False
    return session.scalar(select(Diagnosis.id).where(grids.of_case(case)).limit(1)) is not None
