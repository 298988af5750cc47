"""Facts of the events, of the people and of the files that figures are counted from. For `ledger_reading`."""

import json
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from boutique.rules.figure_facts import OF_EVERYBODY, PROFILE
from boutique.rules.figure_rules import FactAsked, Kind
from boutique.rules.ledger_rows import Column, Rows, day_of
from boutique.services.holders import rural_communes
from boutique.services.ledger_columns import FROM_PROFILE, decoder, expression
from boutique.services.ledger_sources import FILES, HOLDER, SOURCES
from boutique.services.ledger_statements import Statement, Statements

_APART, _NULL = "\x1f", "\x1e"
_OF_FILES = frozenset({"project", "accompaniment"})
_AGE = "holder.age"
OWNERS = Statement(
    "SELECT json_group_array(c.rowid), json_group_array(p.rowid) "
    "FROM accompaniment c JOIN person p ON p.id = c.person_id"
)
_PEOPLE, _PERSON = "person h", "h.rowid"


_Placed = tuple[Column, list[Any]]  # values, and where that of each row stands


@dataclass(slots=True)
class Facts:
    """What is read of events until a day, of people and of files, once each; what is `expected` comes together."""

    statements: Statements
    until: date
    expected: set[tuple[Kind, str]] = field(default_factory=set)
    cohorts: dict[Kind, int] = field(default_factory=dict)  # how many months before, of what is asked of cohorts
    _people: Column | None = None
    _shared: dict[str, Sequence[Any]] = field(default_factory=dict)
    _of_events: dict[tuple[str, str, int], dict[str, _Placed]] = field(default_factory=dict)

    def expect(self, asked: FactAsked) -> None:
        """A fact that will be asked for: it is read with the others of its events."""
        self.expected.add((asked.kind, asked.name))
        self.cohorts[asked.kind] = max(asked.months_before, self.cohorts.get(asked.kind, 0))

    def values(self, kind: Kind, rows: Rows, fact: str, first: int) -> Iterable[Any]:
        """One fact of each event of a kind from a place on."""
        if fact.partition(".")[0] in _OF_FILES:
            return map(self._of_files(fact).__getitem__, rows.cases[first:])
        source = SOURCES[kind]
        key = source.table, source.where, rows.days[first] if 0 < first < len(rows.days) else 0
        known = self._of_events.setdefault(key, {})
        if fact not in known:
            known |= self._read(kind, fact, key[-1], known.keys())
        places, values = known[fact]
        return map(values.__getitem__, map(places.__getitem__, rows.ids[first:]))

    def _read(self, kind: Kind, fact: str, since: int, known: Collection[str]) -> dict[str, _Placed]:
        """A fact of the events of a source since a day, and what else is expected of them."""
        source, named = SOURCES[kind], {"site", "counsellor", "label"}
        like = {other for other, one in SOURCES.items() if (one.table, one.where) == (source.table, source.where)}
        wanted = {fact} | {name for other, name in self.expected if other in like and name not in OF_EVERYBODY}
        columns = {}
        for name in sorted(wanted.difference(known)):
            entity, _, what = name.partition(".")
            if entity not in _OF_FILES and name != _AGE:
                columns[name] = getattr(source, what) if entity == "act" and what in named else expression(kind, name)
        table = source.whole
        if " person h " not in table and any(name.startswith("holder.") for name in columns):
            table += f" LEFT JOIN person h ON h.rowid = {source.person}" if source.person else f" {HOLDER}"
        days = f"{source.day} BETWEEN '{day_of(since) if since else date.min}' AND '{self.until}'"
        rows, values = self.columns(table, source.row, columns, f"{source.where} AND {days}")
        places = places_of(rows)  # no order is asked for: what is read another time may stand in another one
        return {name: (places, found) for name, found in values.items()}

    def people_of(self, cases: Iterable[int]) -> Column:
        """The person of each file."""
        if self._people is None:
            files, people = (json.loads(column) for column in self.statements.row(OWNERS))
            self._people = array("i", placed(places_of(files), people, 0))
        return array("i", map(self._people.__getitem__, cases))

    def of_people(self, fact: str) -> Sequence[Any]:
        """A fact of everybody, by the number of the person; nobody is 0."""
        if fact not in self._shared:
            if fact in FROM_PROFILE:
                rule = FROM_PROFILE[fact]
                _nobody, *told = zip(*(map(rule.read, self.of_people(name)) for name in rule.names), strict=True)
                settled = {answers: rule.how(*answers) for answers in set(told)}
                self._shared[fact] = [None, *map(settled.__getitem__, told)]
            elif fact == "holder.rural":
                self._shared[fact] = self._rural()
            else:
                together = PROFILE if fact in PROFILE else (fact,)
                columns = {name: expression(Kind.FILE, name) for name in together}
                people, answers = self.columns(_PEOPLE, _PERSON, columns)
                places = places_of(people)
                self._shared |= {name: placed(places, values) for name, values in answers.items()}
        return self._shared[fact]

    def _of_files(self, fact: str) -> Sequence[Any]:
        if fact not in self._shared:
            expected = {name for _kind, name in self.expected if name.partition(".")[0] in _OF_FILES}
            together = {fact} | (expected - self._shared.keys())
            table = FILES + (
                " JOIN project j ON j.id = c.project_id" if any("project." in name for name in together) else ""
            )
            files, known = self.columns(table, "c.rowid", {name: expression(Kind.FILE, name) for name in together})
            places = places_of(files)
            self._shared |= {name: placed(places, values) for name, values in known.items()}
        return self._shared[fact]

    def _rural(self) -> Sequence[Any]:
        homes = self.of_people("holder.commune_code")
        rural = rural_communes(self.statements.session, {code for code in homes if code})
        return [None if rural is None or not code else code in rural for code in homes]

    def columns(
        self, table: str, row: str, columns: Mapping[str, str], where: str = "1"
    ) -> tuple[list[int], dict[str, list[Any]]]:
        """The numbers of the rows of a table, and some facts of each; None where one is not known."""
        answer = self.statements.row(columns_of(table, row, columns, where))
        rows = json.loads(answer[0])
        found: dict[str, list[Any]] = {name: [] for name in columns}
        for name, stored in zip(columns, answer[1:] if rows else (), strict=bool(rows)):
            values, read = str(stored).split(_APART), decoder(name)
            known = {value: None if value == _NULL else read(value) for value in set(values)}
            found[name] = list(map(known.__getitem__, values))
        return rows, found


def columns_of(table: str, row: str, columns: Mapping[str, str], where: str = "1") -> Statement:
    """The numbers of the rows of a table as a JSON list, then each column as values between separators."""
    joined = ", ".join(
        f"group_concat(coalesce({sql}, char({ord(_NULL)})), char({ord(_APART)}))" for sql in columns.values()
    )
    return Statement(f"SELECT json_group_array({row}), {joined} FROM {table} WHERE {where}")  # noqa: S608 - our texts


def profile() -> Statement:
    """What everybody is described by."""
    return columns_of(_PEOPLE, _PERSON, {name: expression(Kind.FILE, name) for name in PROFILE})


def places_of(rows: Sequence[int]) -> Column:
    """Where each row stands, by its number; after the last one when there is no such row, as nobody is."""
    found = array("i", [len(rows)]) * (max(rows, default=0) + 1)
    for at, row in enumerate(rows):
        found[row] = at
    return found


def by_number(owners: Column, values: Column) -> Column:
    """Values by the numbers that they belong to; 0 for the others."""
    found = array("i", bytes(4 * (max(owners, default=0) + 1)))
    for number, value in zip(owners, values, strict=True):
        found[number] = value
    return found


def placed(places: Column, values: Iterable[Any], nobody: Any = None) -> list[Any]:
    """Values by the number of their row."""
    return list(map([*values, nobody].__getitem__, places))
