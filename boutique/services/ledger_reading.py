"""Reads what happened from the base into columns, as `rules.ledger` counts it. Used by `figures`.

The engine joins numbers into one JSON list a day: it works outside the interpreter, which a row at a time would hold
for seconds at 100,000 files while the window waits.
"""

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from boutique.rules.figure_rules import Kind
from boutique.rules.firsts import days_between, firsts
from boutique.rules.indicators import interview_types
from boutique.rules.ledger import Ledger
from boutique.rules.ledger_rows import NO_AMOUNT, Column, Rows
from boutique.rules.period import same_day
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services.ledger_facts import OWNERS, Facts, by_number, profile
from boutique.services.ledger_sources import FILES, INTERVIEWS, ODD_DELAY, REFERRALS, SOURCES, Source
from boutique.services.ledger_statements import BIG, Statement, Statements

_HELD, _MISSED, _GREETED = 1, 2, 3
_CLASS = """CASE WHEN i.type IS NULL OR i.type IN :types THEN CASE WHEN i.attended = 0 THEN 2 ELSE 1 END
    WHEN i.attended = 0 THEN 0 ELSE 3 END"""
_NEVER = 99_999_999
_NOTHING = ("", "0")  # what a kind of event does not have
_COLUMNS = ("ids", "people", "cases", "amounts")
_AMONG = "(SELECT value FROM json_each(:wanted))"  # however many: engines bound the values of one query
# Whose past says what is a first interview of theirs, and how long they waited: those met or sent since a day.
_MET = """SELECT c.person_id FROM accompaniment c WHERE c.id IN (SELECT case_id FROM interview WHERE held_on >= :since
    UNION ALL SELECT case_id FROM referral WHERE made_on >= :since)"""
_PAST = {
    "interview": f"i.case_id IN (SELECT id FROM accompaniment WHERE person_id IN ({_MET}))",  # noqa: S608 - as above
    "passage": f"v.person_id IN ({_MET})",
}
_BY_SCOPE = ("site", "counsellor", "programme")
_SORTED = frozenset({Kind.INTERVIEW, Kind.ABSENCE, Kind.WALK_IN, Kind.FIRST_INTERVIEW, Kind.ENTRY})


@dataclass(slots=True)
class Reading:
    """One look at the base until a day, for one scope; everything is read when it is first asked for.

    `since` leaves out what happened before, but for what the first interviews since follow from. Facts of events are
    read from `floor` on.
    """

    session: Session
    until: date
    scope: Scope = EVERYWHERE
    since: date = date.min
    floor: date = date.min
    statements: Statements = field(init=False)
    facts: Facts = field(init=False)
    size: int = field(init=False)  # the number of the last person, and nobody
    _rows: dict[Kind, Rows] = field(default_factory=dict)
    _interviews: dict[Kind, Rows] = field(default_factory=dict)
    _referrals: dict[Kind, Rows] = field(default_factory=dict)
    _inside_of: dict[tuple[str, str, str], frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.statements = Statements(self.session)
        self.facts = Facts(self.statements, self.until)
        self.size = 1 + (self.session.execute(text("SELECT max(rowid) FROM person")).scalar_one() or 0)

    def ledger(self) -> Ledger:
        """What counts the figures. Nothing here knows it: a look of many megabytes is let go at once."""
        return Ledger(self.rows, self.values, self.facts.of_people, self.size, self.since, self._floor)

    def values(self, kind: Kind, fact: str, first: int) -> Iterable[Any]:
        """One fact of each event of a kind from a place on."""
        return self.facts.values(kind, self.rows(kind), fact, first)

    def rows(self, kind: Kind) -> Rows:
        """The events of a kind, in the order of their days."""
        if kind not in self._rows:
            if kind in _SORTED:
                found = self._met()[kind]
            elif kind in (Kind.REFERRAL, Kind.ANSWER):
                found = self._sent()[kind]
            else:
                found = self._by_day(SOURCES[kind])
            found.here = self._here(kind, found)
            self._rows[kind] = found
        return self._rows[kind]

    def _floor(self, kind: Kind) -> date:
        return self.floor if self.floor == date.min else same_day(self.floor, -self.facts.cohorts.get(kind, 0))

    # Events

    def _by_day(self, source: Source) -> Rows:
        """The events of a source, in columns; their people are those of the files when nothing else is said."""
        wanted = _wanted(source)
        found = {name: array("i") for name in ("days", *wanted)}
        if self.since == date.min or source.table == FILES:
            self._add(found, source, wanted, "1")
        else:
            past = _PAST.get(source.table.partition(" ")[0])
            if past:
                self._add(found, source, wanted, f"{source.day} < :since AND {past}")
            self._add(found, source, wanted, f"{source.day} >= :since")
        days, until = found.pop("days"), found.pop("until", None)
        nothing = partial(_nothing, days)
        given: dict[str, Column | Callable[[], Column]] = {name: found.get(name, nothing) for name in _COLUMNS}
        if not source.person:
            given["people"] = partial(self.facts.people_of, found["cases"]) if "cases" in found else nothing
        return Rows(days, given | {name: column for name, column in found.items() if name not in given}, until=until)

    def _add(self, found: "dict[str, array[int]]", source: Source, wanted: Mapping[str, str], when: str) -> None:
        """The events of some days, after those that are there."""
        days, *columns = self.statements.row(self._events(source, wanted, when))
        counts: list[int] = []
        for name, joined in zip(wanted, columns, strict=True):
            by_day: list[list[int]] = json.loads(f"[{joined or ''}]")
            counts = counts or list(map(len, by_day))
            for of_day in by_day:
                found[name].fromlist(of_day)
        for day, count in zip(json.loads(days), counts, strict=True):
            found["days"].fromlist([int(str(day)[:10].replace("-", ""))] * count)

    def _events(self, source: Source, wanted: Mapping[str, str], when: str) -> Statement:
        """The days as a JSON list, then each column as a JSON list a day."""
        columns = [f"json_group_array({column}) AS c{rank}" for rank, column in enumerate(wanted.values())]
        joined = [f"group_concat(c{rank} ORDER BY day)" for rank in range(len(columns))]
        sql = (
            f"SELECT json_group_array(day ORDER BY day), {', '.join(joined)} FROM ("  # noqa: S608 - our texts
            f"SELECT {source.day} AS day, {', '.join(columns)} FROM {source.table} "
            f"WHERE {source.where} AND {source.day} <= :until AND {when} GROUP BY {source.day})"
        )
        bound: dict[str, Any] = {
            "until": self.until.isoformat(), "since": self.since.isoformat(), "types": tuple(sorted(interview_types()))
        }  # fmt: skip
        return Statement(sql, tuple((name, value) for name, value in bound.items() if f":{name}" in sql))

    def ahead(self, kinds: Collection[Kind]) -> None:
        """On a big base, begin to read the events of some kinds, and the public, beside the interviews."""
        if self.since == date.min and self.size > BIG:
            sources = dict.fromkeys(SOURCES[kind] for kind in kinds if kind not in _SORTED)
            asked = [self._events(source, _wanted(source), "1") for source in sources]
            self.statements.ahead((OWNERS, *asked[:1], profile(), *asked[1:]))
            if not _SORTED.isdisjoint(kinds):
                self.rows(Kind.INTERVIEW)

    def _met(self) -> dict[Kind, Rows]:
        """Interviews held, missed and mere greetings; the first ones of a file and of a person among those held."""
        if not self._interviews:
            whole = self._by_day(INTERVIEWS)
            sorts = bytes(iter(whole.column("sort")))  # one byte each: an array is taken for its own bytes
            found = {}
            for kind, wanted in ((Kind.INTERVIEW, _HELD), (Kind.ABSENCE, _MISSED), (Kind.WALK_IN, _GREETED)):
                found[kind] = whole.part(sorts.translate(bytes(sort == wanted for sort in range(256))))
            held, files = found[Kind.INTERVIEW], self.rows(Kind.FILE)
            first = firsts(held, self.rows(Kind.VISIT), by_number(files.cases, files.days))
            self._interviews = {**found, Kind.ENTRY: first.of_files, Kind.FIRST_INTERVIEW: first.of_people}
        return self._interviews

    def _sent(self) -> dict[Kind, Rows]:
        """Referrals made, with the days since the first interview of the file; those answered, with the days taken."""
        if not self._referrals:
            found = self._by_day(REFERRALS)
            answered = found.part(bytes(map(NO_AMOUNT.__ne__, found.amounts)))
            self._referrals = {
                Kind.REFERRAL: found.having(amounts=partial(_since_entry, self.rows(Kind.ENTRY), found)),
                Kind.ANSWER: answered.having(amounts=partial(_time_taken, answered)),
            }
        return self._referrals

    def identifiers(self, people: Iterable[int]) -> dict[int, str]:
        """The identifiers of some people, as they are stored, by their number."""
        wanted = json.dumps(list(people))
        query = f"SELECT h.rowid, h.id FROM person h WHERE h.rowid IN {_AMONG}"  # noqa: S608 - our texts
        found: Any = self.session.execute(text(query), {"wanted": wanted}).all()
        return dict(found)

    def files_of(self, kind: Kind, rows: Iterable[int]) -> dict[int, tuple[Any, Any]]:
        """The file and the label of some events of a kind, by their row."""
        source = SOURCES[kind]
        query = (
            f"SELECT {source.row}, {source.file}, {source.label or 'NULL'} FROM {source.table} "  # noqa: S608 - our texts
            f"WHERE {source.row} IN {_AMONG}"
        )
        answer = self.session.execute(text(query), {"wanted": json.dumps(list(rows))})
        return {row: (file, label) for row, file, label in answer}

    # The scope

    def _here(self, kind: Kind, rows: Rows) -> bytes | None:
        """1 for the events of the scope."""
        source, found = SOURCES[kind], None
        for name in _BY_SCOPE:
            wanted = getattr(self.scope, f"{name}_id")
            if wanted is not None:
                inside = self._inside(source, getattr(source, name), wanted.hex)
                found = _and(found, bytes(map(inside.__contains__, rows.ids)))
        if self.scope.communes is not None:
            homes = self.facts.of_people("holder.commune_code")
            own: Mapping[int, Any] = {}
            if source.commune:
                ids, known = self.facts.columns(source.table, source.row, {"commune": source.commune}, source.where)
                own = dict(zip(ids, known["commune"], strict=True))
            territory = self.scope.communes
            found = _and(
                found,
                bytes(
                    (own.get(row) or homes[person]) in territory
                    for row, person in zip(rows.ids, rows.people, strict=True)
                ),
            )
        return found

    def _inside(self, source: Source, column: str, wanted: str) -> frozenset[int]:
        """The rows of a source that belong to one place, counsellor or programme."""
        key = source.table, source.where, column
        if key not in self._inside_of:
            joined = self.session.execute(
                text(
                    f"SELECT json_group_array({source.row}) FROM {source.table} "  # noqa: S608 - as above
                    f"WHERE {source.where} AND {column} = :wanted"
                ),
                {"wanted": wanted},
            ).scalar_one()
            self._inside_of[key] = frozenset(json.loads(joined))
        return self._inside_of[key]


def _wanted(source: Source) -> dict[str, str]:
    """The columns of whole numbers that a source has."""
    columns = {"ids": source.row, "cases": source.case, "amounts": source.amount, "people": source.person}
    if source is INTERVIEWS:
        columns["sort"] = _CLASS
    if source.until:
        columns["until"] = f"CAST(coalesce(replace({source.until}, '-', ''), {_NEVER}) AS INTEGER)"
    return {name: column for name, column in columns.items() if column not in _NOTHING}


def _since_entry(began: Rows, sent: Rows) -> Column:
    """Days since the first interview of the file."""
    return days_between(by_number(began.cases, began.days), sent.cases, sent.days)


def _time_taken(answered: Rows) -> Column:
    """The days that each answer took; a mistake in them tells nothing."""
    return array("i", (NO_AMOUNT if item == ODD_DELAY else item for item in answered.amounts))


def _nothing(days: Column) -> Column:
    """The column of what a kind of event does not have."""
    return array("i", bytes(4 * len(days)))


def _and(one: bytes | None, other: bytes) -> bytes:
    return other if one is None else bytes(map(min, one, other))
