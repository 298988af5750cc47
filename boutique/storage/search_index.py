"""The full-text index kept in step with the rows, in the same transaction. Used by the workspace."""

import uuid
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from boutique.core.text import fold, words
from boutique.models.base import Record
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.project import Project, ProjectMember
from boutique.storage.search import Search, phone_digits

_DELETE = text("DELETE FROM search WHERE rowid IN (SELECT rank FROM search_rank WHERE case_id = :case_id)")
_FORGET = text("DELETE FROM search_rank WHERE case_id = :case_id")
_RANK = text("INSERT INTO search_rank(case_id) VALUES (:case_id) RETURNING rank")
_INSERT = text(
    "INSERT INTO search(rowid, name, contact, place, project) VALUES (:rank, :name, :contact, :place, :project)"
)


class SearchIndex(Search):
    """Answers, and keeps the index in step. One per open base."""

    def __init__(self, place_names: Callable[[str], str]) -> None:
        """`place_names` gives the words of a commune (its names and postal codes) from its code."""
        super().__init__()
        self._place_names = place_names

    def refresh(self, session: Session, rows: Iterable[Record]) -> None:
        """Re-index the files that these rows belong to, in the same transaction."""
        people = {row.id for row in rows if isinstance(row, Person)}
        projects = {row.id for row in rows if isinstance(row, Project)}
        projects |= {row.project_id for row in rows if isinstance(row, ProjectMember)}
        cases = {row.id for row in rows if isinstance(row, Case)}
        if not (people or projects or cases):
            return
        if people:  # somebody may carry a project through the file of somebody else
            carried = select(ProjectMember.project_id).where(ProjectMember.person_id.in_(people))
            projects |= set(session.scalars(carried))
        wanted = Case.person_id.in_(people) | Case.project_id.in_(projects) | Case.id.in_(cases)
        found = set(session.scalars(select(Case.id).where(wanted)))
        for gone in cases - found:
            _drop(session, gone)
        self._index(session, found)

    def rebuild(self, session: Session) -> int:
        """Index everything again; returns the number of files."""
        session.execute(text("DELETE FROM search"))
        session.execute(text("DELETE FROM search_rank"))
        cases = list(session.scalars(select(Case.id).order_by(Case.last_contact_on, Case.reference)))
        self._index(session, cases)
        self.forget()
        return len(cases)

    def _index(self, session: Session, cases: Iterable[uuid.UUID]) -> None:
        for batch in _batches(list(cases), 400):
            rows = session.execute(
                select(
                    Case.id,
                    Case.reference,
                    Person.first_name,
                    Person.last_name,
                    Person.phone,
                    Person.email,
                    Person.commune_code,
                    Project.summary,
                )
                .join(Person, Person.id == Case.person_id)
                .join(Project, Project.id == Case.project_id)
                .where(Case.id.in_(batch))
                .order_by(Case.last_contact_on, Case.reference)
            )
            together = _held_together(session, batch)
            for case, reference, first, last, phone, email, commune, summary in rows.all():
                _drop(session, case)
                rank = session.execute(_RANK, {"case_id": case.hex}).scalar_one()
                name = words(" ".join((first, last, *together.get(case, ()))))
                session.execute(
                    _INSERT,
                    {
                        "rank": rank,
                        "name": " ".join(name),
                        "contact": f"{phone_digits(phone)} {fold(email or '')} {fold(reference)}",
                        "place": fold(self._place_names(commune)) if commune else "",
                        "project": " ".join(words(summary or "")),
                    },
                )
                self.learn(name)


def _drop(session: Session, case: uuid.UUID) -> None:
    session.execute(_DELETE, {"case_id": case.hex})
    session.execute(_FORGET, {"case_id": case.hex})


def _held_together(session: Session, cases: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Names of those who carry the project of a file with the person it was opened for."""
    rows = session.execute(
        select(Case.id, Person.first_name, Person.last_name)
        .join(
            ProjectMember, (ProjectMember.project_id == Case.project_id) & (ProjectMember.person_id != Case.person_id)
        )
        .join(Person, Person.id == ProjectMember.person_id)
        .where(Case.id.in_(cases))
    )
    found: dict[uuid.UUID, list[str]] = {}
    for case, first, last in rows:
        found.setdefault(case, []).append(f"{first} {last}")
    return found


def _batches(items: list[uuid.UUID], size: int) -> Iterable[list[uuid.UUID]]:
    return (items[start : start + size] for start in range(0, len(items), size))
