"""One document for many files, in one PDF: made beside the window, put in place whole, or not at all."""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import files, french
from boutique.core.clock import today
from boutique.core.errors import Cancelled, UserError
from boutique.core.turns import short_turns
from boutique.exports import pdf
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.structure import Counsellor, Site
from boutique.services import accesses
from boutique.services.documents import letterhead
from boutique.services.papers import catalogue
from boutique.services.papers.catalogue import Paper
from boutique.services.workspace import Workspace

Step = Callable[[int, int], None]
_BREATH = 0.001  # seconds between two documents: the window draws, whoever types is answered
_READ_TOGETHER = 20  # files read in one go: enough to be quick, few enough to leave the base to others


@dataclass(frozen=True, slots=True)
class Printed:
    """What was made; `left_out` files went away while it was."""

    name: str
    documents: int
    left_out: int

    @property
    def sentence(self) -> str:
        made = f"{french.plural(self.documents, 'document')} dans « {self.name} »"
        gone = french.plural(self.left_out, "dossier effacé", "dossiers effacés")
        return f"{made}, {gone} entre-temps" if self.left_out else made


@dataclass(slots=True)
class _Batch:
    """One run: what it reads, what it has printed so far."""

    workspace: Workspace
    paper: Paper
    cases: Sequence[uuid.UUID]
    step: Step
    people: list[uuid.UUID] = field(default_factory=list)

    def parts(self) -> "Iterator[pdf.page.Pages]":
        """The documents one after the other; the base is free while each is laid out."""
        for start in range(0, len(self.cases), _READ_TOGETHER):
            self._look_up(start)
            for rank, (person_id, pages) in enumerate(self._read(start)):
                self._look_up(start + rank)
                yield pages
                self.people.append(person_id)
        self._look_up(len(self.cases))

    def _read(self, start: int) -> "list[tuple[uuid.UUID, pdf.page.Pages]]":
        return self.workspace.read(_pages, self.paper, self.cases[start : start + _READ_TOGETHER])

    def _look_up(self, done: int) -> None:
        if self.workspace.closed:
            raise Cancelled
        self.step(done, len(self.cases))
        time.sleep(_BREATH)


def file_name(key: str) -> str:
    """Proposed for the file: what and when, never who."""
    return f"{catalogue.paper(key).file_name}-{today():%Y-%m-%d}.pdf"


def print_many(workspace: Workspace, key: str, cases: Sequence[uuid.UUID], target: Path, step: Step) -> Printed:
    """Make it, note it in the history of each person, then put it in place; `step` may raise Cancelled."""
    paper = catalogue.paper(key)
    if not cases:
        raise UserError("Il n’y a aucun dossier à imprimer. Changez le filtre ou choisissez des dossiers.")
    head = pdf.page.Masthead(workspace.read(letterhead), paper.title)
    batch = _Batch(workspace, paper, cases, step)
    with short_turns(), files.explained(target), files.replacement(target) as temporary:
        pdf.page.build_many(temporary, head, batch.parts())
        if not batch.people:
            raise UserError("Ces dossiers n’existent plus. Revenez à la liste des dossiers.")
        if not workspace.database.read_only:
            workspace.write("Export", accesses.note_each, "export", paper.title, batch.people)
    return Printed(target.name, len(batch.people), len(cases) - len(batch.people))


def _pages(session: Session, paper: Paper, cases: Sequence[uuid.UUID]) -> "list[tuple[uuid.UUID, pdf.page.Pages]]":
    assert paper.pages is not None
    found = select(Case, Person).join(Person, Person.id == Case.person_id).where(Case.id.in_(cases))
    rows, sites = session.execute(found).all(), session.scalars(select(Site)).all()
    # Read together and kept in hand: each document finds them there instead of asking again.
    session.info["boutique.batch"] = (rows, sites, session.scalars(select(Counsellor)).all())
    known = {case.id: person.id for case, person in rows}
    return [(known[one], paper.pages(session, one)) for one in cases if one in known]
