"""Attestations of everybody who came to a workshop, in one PDF. For Ateliers."""

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from boutique.core import files
from boutique.core.errors import UserError
from boutique.core.turns import short_turns
from boutique.exports import pdf
from boutique.services import accesses
from boutique.services.documents import letterhead
from boutique.services.papers import workshop
from boutique.services.papers.batch import Printed, Step
from boutique.services.workshops import sheets
from boutique.services.workshops.sheets import Attendee, SessionSheet
from boutique.services.workspace import Workspace

_TITLE, _EACH = "Attestations de présence", "Attestation de présence à un atelier"


def file_name(shown: SessionSheet) -> str:
    """Proposed for the file: which day, never who."""
    return f"attestations-{shown.half_days[0].held_on:%Y-%m-%d}.pdf"


def print_all(workspace: Workspace, workshop_id: uuid.UUID, target: Path, step: Step) -> Printed:
    """Make them, note them in the history of each person, then put the file in place; `step` may raise Cancelled."""
    shown = workspace.read(sheets.sheet, workshop_id)
    came = [one for one in shown.people if one.came]
    if not came:
        raise UserError("Personne n’est noté présent à cette séance. Notez d’abord les présences.")
    made = workspace.read(_pages, shown, came)
    head = pdf.page.Masthead(workspace.read(letterhead), _TITLE)
    with short_turns(), files.explained(target), files.replacement(target) as temporary:
        pdf.page.build_many(temporary, head, _stepped(made, step))
        if not workspace.database.read_only:
            people = [one.person_id for one in came if one.person_id is not None]
            workspace.write("Export", accesses.note_each, "export", _EACH, people)
    return Printed(target.name, len(made), 0)


def _pages(session: Session, shown: SessionSheet, came: Sequence[Attendee]) -> "list[pdf.page.Pages]":
    return [workshop.certificate_pages(session, shown, one) for one in came]


def _stepped(made: "Sequence[pdf.page.Pages]", step: Step) -> "Iterator[pdf.page.Pages]":
    for rank, pages in enumerate(made):
        step(rank, len(made))
        yield pages
    step(len(made), len(made))
