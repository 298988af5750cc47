"""Full-text search over the files: every keystroke, accents and typing errors tolerated. Used by the search service.

The rowid of the index is the recency rank, so the newest fifty hits are read without ranking the others; names come
first, then everything else (measured: 0.6 ms a keystroke at 100,000 files).
"""

import importlib
import re
import uuid
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.text import fold, words
from boutique.models.base import Record
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.project import Project, ProjectMember

_SHORT_WORD, _MOST_GUESSES, _MOST_WORDS = 6, 6, 8
_REFERENCE = re.compile(r"20[0-9]{2}-[0-9]{0,6}")  # of a file, as it is printed: not a phone
_DELETE = text("DELETE FROM search WHERE rowid IN (SELECT rank FROM search_rank WHERE case_id = :case_id)")
_FORGET = text("DELETE FROM search_rank WHERE case_id = :case_id")
_RANK = text("INSERT INTO search_rank(case_id) VALUES (:case_id) RETURNING rank")
_INSERT = text(
    "INSERT INTO search(rowid, name, contact, place, project) VALUES (:rank, :name, :contact, :place, :project)"
)
_FIND = text(
    "SELECT r.case_id FROM search s JOIN search_rank r ON r.rank = s.rowid "
    "WHERE search MATCH :query ORDER BY s.rowid DESC LIMIT :limit"
)


class SearchIndex:
    """Keeps the index in step with the rows, and answers. One per open base."""

    def __init__(self, place_names: Callable[[str], str]) -> None:
        """`place_names` gives the words of a commune (its names and postal codes) from its code."""
        self._place_names = place_names
        self._known: set[str] | None = None

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
            self._drop(session, gone)
        self._index(session, found)

    def rebuild(self, session: Session) -> int:
        """Index everything again; returns the number of files."""
        session.execute(text("DELETE FROM search"))
        session.execute(text("DELETE FROM search_rank"))
        cases = list(session.scalars(select(Case.id).order_by(Case.last_contact_on, Case.reference)))
        self._index(session, cases)
        self._known = None
        return len(cases)

    def find(self, session: Session, typed: str, limit: int = 50) -> list[uuid.UUID]:
        """Identifiers of the files, newest first, names before the rest; close words when nothing else is found."""
        asked = query_words(typed)
        if not asked:
            return []
        exact = " AND ".join(_term(word) for word in asked)
        found = self._match(session, f"name : ({exact})", limit)
        if len(found) < limit:
            found += [case for case in self._match(session, exact, limit) if case not in set(found)]
        if not found and (guessed := self._guess(session, asked)):
            found = self._match(session, guessed, limit)
        return found[:limit]

    def _match(self, session: Session, query: str, limit: int) -> list[uuid.UUID]:
        rows = session.execute(_FIND, {"query": query, "limit": limit})
        return [uuid.UUID(row[0]) for row in rows]

    def _guess(self, session: Session, asked: Sequence[str]) -> str:
        """The same query with each unknown word replaced by the close ones; empty when none is close."""
        if self._known is None:
            self._known = {word for key in session.scalars(select(Person.name_key)) for word in key.split()}
        groups = []
        for word in asked:
            sure = word in self._known or word.isdigit() or self._match(session, _term(word), 1)
            close = [word] if sure else self._close(word)
            if not close:
                return ""
            groups.append("(" + " OR ".join(_term(item) for item in close) + ")")
        return " AND ".join(groups)

    def _close(self, word: str) -> list[str]:
        distance = 1 if len(word) < _SHORT_WORD else 2
        known = list(self._known or ())
        # By name: at the start, a search must not wait for what only a word that is not found needs.
        near = importlib.import_module("boutique.core.close_words").near(word, known, distance, _MOST_GUESSES)
        return [known[index] for index, _ in near]

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
                self._drop(session, case)
                rank = session.execute(_RANK, {"case_id": case.hex}).scalar_one()
                name = " ".join(words(" ".join((first, last, *together.get(case, ())))))
                session.execute(
                    _INSERT,
                    {
                        "rank": rank,
                        "name": name,
                        "contact": f"{phone_digits(phone)} {fold(email or '')} {fold(reference)}",
                        "place": fold(self._place_names(commune)) if commune else "",
                        "project": " ".join(words(summary or "")),
                    },
                )
                if self._known is not None:
                    self._known.update(name.split())

    def _drop(self, session: Session, case: uuid.UUID) -> None:
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


def phone_digits(phone: str | None) -> str:
    """Digits as they are typed at home: 0612345678 for +33612345678."""
    return re.sub(r"\D", "", french.show_phone(phone))


def query_words(typed: str) -> list[str]:
    """Words to look for; a phone typed with spaces, dots or +33 becomes one word of digits."""
    shortened = typed[:200]
    if _REFERENCE.fullmatch(shortened.strip()):
        return fold(shortened).split()
    compact = re.sub(r"\(0\)|[\s.()/-]", "", shortened)
    if re.fullmatch(r"\+?[0-9]{4,}", compact):
        abroad = re.sub(r"^(\+|00)", "", compact)
        return ["0" + abroad[2:] if abroad != compact and abroad.startswith("33") else abroad]
    return [bare for word in fold(shortened).split() if (bare := word.strip(".@"))][:_MOST_WORDS]


def _term(word: str) -> str:
    """A word in the language of the index: the beginning of a word, or of each part (« j.dupont »)."""
    parts = [part for part in word.split(".") if part]
    whole, each = f'"{word}"*', " AND ".join(f'"{part}"*' for part in parts)
    return whole if len(parts) < 2 else f"({whole} OR ({each}))"


def _batches(items: list[uuid.UUID], size: int) -> Iterable[list[uuid.UUID]]:
    return (items[start : start + size] for start in range(0, len(items), size))
