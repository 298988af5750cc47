"""Full-text search over the files: every keystroke, accents and typing errors tolerated. Used by the search service.

The rowid of the index is the recency rank, so the newest fifty hits are read without ranking the others; names come
first, then everything else (measured: 0.6 ms a keystroke at 100,000 files). Needs the driver's connection alone, so
that a search is answered while all the rest is still being imported; `search_index` writes what is read here.
"""

import importlib
import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from boutique.core import french
from boutique.core.names import Name
from boutique.core.text import fold
from boutique.storage import holders

_SHORT_WORD, _MOST_GUESSES, _MOST_WORDS = 6, 6, 8
_REFERENCE = re.compile(r"20[0-9]{2}-[0-9]{0,6}")  # of a file, as it is printed: not a phone
_FIND = """
SELECT r.case_id FROM search s JOIN search_rank r ON r.rank = s.rowid
WHERE search MATCH ? ORDER BY s.rowid DESC LIMIT ?
"""
_FILES = """
SELECT a.id, a.person_id, a.reference, h.first_name, h.last_name, h.phone, h.email, h.commune_code, p.summary,
       a.last_contact_on, a.closed_on, a.project_id
FROM accompaniment a JOIN person h ON h.id = a.person_id JOIN project p ON p.id = a.project_id
WHERE a.id IN ({})
"""


class FoundFile(NamedTuple):
    """What is stored of a file that was found."""

    case_id: uuid.UUID
    person_id: uuid.UUID
    reference: str
    first_name: str
    last_name: str
    phone: str | None
    email: str | None
    commune_code: str | None
    summary: str | None
    last_contact_on: date
    closed: bool
    project_id: uuid.UUID
    holders: tuple[Name, ...] = ()  # all of them, when several carry the project


class Search:
    """Answers by a connection of the driver; remembers the words of all names once a word was not found."""

    def __init__(self) -> None:
        self._known: set[str] | None = None

    def files(self, connection: Any, typed: str, limit: int) -> list[FoundFile]:
        """The files that match every word typed, in the order of `find`."""
        found = self.find(connection, typed, limit)
        marks = ",".join("?" * len(found))
        rows = connection.execute(_FILES.format(marks), [case.hex for case in found]) if found else ()
        files = {file.case_id: file for file in map(_file, rows)}
        held = holders.others(connection, [(file.case_id, file.project_id, file.person_id) for file in files.values()])
        return [files[case]._replace(holders=tuple(held.get(case, ()))) for case in found if case in files]

    def find(self, connection: Any, typed: str, limit: int) -> list[uuid.UUID]:
        """Identifiers of the files, newest first, names before the rest; close words when nothing else is found."""
        asked = query_words(typed)
        if not asked:
            return []
        exact = " AND ".join(_term(word) for word in asked)
        found = _match(connection, f"name : ({exact})", limit)
        if len(found) < limit:
            found += [case for case in _match(connection, exact, limit) if case not in set(found)]
        if not found and (guessed := self._guess(connection, asked)):
            found = _match(connection, guessed, limit)
        return found[:limit]

    def learn(self, names: Iterable[str]) -> None:
        """Words of a name that has just been written."""
        if self._known is not None:
            self._known.update(names)

    def forget(self) -> None:
        """The names are read again when they are needed."""
        self._known = None

    def _guess(self, connection: Any, asked: Sequence[str]) -> str:
        """The same query with each unknown word replaced by the close ones; empty when none is close."""
        if self._known is None:
            keys = connection.execute("SELECT name_key FROM person")
            self._known = {word for (key,) in keys for word in key.split()}
        known, groups = self._known, []
        for word in asked:
            sure = word in known or word.isdigit() or _match(connection, _term(word), 1)
            close = [word] if sure else _close(word, list(known))
            if not close:
                return ""
            groups.append("(" + " OR ".join(_term(item) for item in close) + ")")
        return " AND ".join(groups)


def _match(connection: Any, query: str, limit: int) -> list[uuid.UUID]:
    return [uuid.UUID(case) for (case,) in connection.execute(_FIND, (query, limit))]


def _file(row: Sequence[Any]) -> FoundFile:
    case, person, reference, first, last, phone, email, commune, summary, contact, closed, project = row
    return FoundFile(
        uuid.UUID(case),
        uuid.UUID(person),
        reference,
        first,
        last,
        phone,
        email,
        commune,
        summary,
        date.fromisoformat(contact),
        closed is not None,
        uuid.UUID(project),
    )


def _close(word: str, known: list[str]) -> list[str]:
    distance = 1 if len(word) < _SHORT_WORD else 2
    # By name: at the start, a search must not wait for what only a word that is not found needs.
    near = importlib.import_module("boutique.core.close_words").near(word, known, distance, _MOST_GUESSES)
    return [known[index] for index, _ in near]


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
