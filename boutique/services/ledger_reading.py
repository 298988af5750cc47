"""Reads what happened from the base into columns, as `rules.ledger` counts it. Used by `figures`.

The engine joins numbers into one JSON list a day: it works outside the interpreter, which a row at a time would hold
for seconds at 100,000 files while the window waits.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from boutique.rules.figure_rules import Kind
from boutique.rules.firsts import days_between, entries, new_people, part
from boutique.rules.indicators import interview_types
from boutique.rules.ledger import NO_AMOUNT, Ledger, Rows
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services.holders import rural_communes
from boutique.services.ledger_columns import FROM_PROFILE, PROFILE, decoder, expression
from boutique.services.ledger_sources import FILES, INTERVIEWS, ODD_DELAY, REFERRALS, SOURCES, Source

_HELD, _MISSED, _GREETED = 1, 2, 3
_CLASS = """CASE WHEN i.type IS NULL OR i.type IN :types THEN CASE WHEN i.attended = 0 THEN 2 ELSE 1 END
    WHEN i.attended = 0 THEN 0 ELSE 3 END"""
_APART, _NULL = "\x1f", "\x1e"
_JSON = json.JSONDecoder()
_NEVER = 99_999_999
_NOTHING = "0"  # what a kind of event does not have
_AT_ONCE = 5000  # engines bound the number of values of one query
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

    `since` leaves out what happened before, but for what the first interviews since follow from.
    """

    session: Session
    until: date
    scope: Scope = EVERYWHERE
    since: date = date.min
    _people: list[int] | None = None
    _raw: dict[str, Any] = field(default_factory=dict)
    _shared: dict[str, Sequence[Any]] = field(default_factory=dict)
    _ledger: Ledger | None = None

    @property
    def ledger(self) -> Ledger:
        """What counts the figures of this reading."""
        if self._ledger is None:
            self._ledger = Ledger(self.rows, self.values, self._of_people, self.since)
        return self._ledger

    def rows(self, kind: Kind) -> Rows:
        """The events of a kind, in the order of their days."""
        if kind in _SORTED:
            found = self._interviews()[kind]
        elif kind in (Kind.REFERRAL, Kind.ANSWER):
            found = self._referrals()[kind]
        else:
            found = self._plain(SOURCES[kind])
        found.here = self._here(kind, found)
        return found

    def values(self, kind: Kind, fact: str) -> Sequence[Any]:
        """One fact of each event of a kind."""
        rows, entity = self.ledger.of(kind), fact.partition(".")[0]
        if entity in ("project", "accompaniment"):
            return list(map(self._of_files(fact).__getitem__, rows.cases))
        source = SOURCES[kind]
        sql = {"act.site": source.site, "act.counsellor": source.counsellor, "act.label": source.label or "NULL"}
        ids, known = self._columns(
            source.table, source.row, {fact: sql.get(fact) or expression(kind, fact)}, source.where
        )
        return list(map(dict(zip(ids, known[fact], strict=True)).get, rows.ids))

    # Events

    def _plain(self, source: Source) -> Rows:
        columns = [source.row, source.case, source.amount, source.person or _NOTHING]
        if source.until:
            columns.append(f"CAST(coalesce(replace({source.until}, '-', ''), {_NEVER}) AS INTEGER)")
        days, ids, cases, amounts, people, *until = self._by_day(source, columns)
        found = Rows(days, ids, people if source.person else self._people_of(cases), cases, amounts)
        found.until = until[0] if until else None
        return found

    def _by_day(self, source: Source, columns: Sequence[str]) -> "list[array[int]]":
        """Days, then each column as whole numbers."""
        wanted = [column for column in columns if column != _NOTHING]
        found: list[array[int]] = [array("i") for _ in range(len(wanted) + 1)]
        if self.since == date.min or source.table == FILES:
            self._add(found, source, wanted, "1")
        else:
            past = _PAST.get(source.table.partition(" ")[0])
            if past:
                self._add(found, source, wanted, f"{source.day} < :since AND {past}")
            self._add(found, source, wanted, f"{source.day} >= :since")
        days, *others = found
        nothing, left = array("i", bytes(days.itemsize * len(days))), iter(others)
        return [days, *(nothing if column == _NOTHING else next(left) for column in columns)]

    def _add(self, found: "list[array[int]]", source: Source, columns: Sequence[str], when: str) -> None:
        """The events of some days, after those that are there."""
        joined = ", ".join(f"json_group_array({column})" for column in columns)
        rows = self.session.execute(
            text(
                f"SELECT {source.day}, {joined} FROM {source.table} "  # noqa: S608 - texts of `ledger_sources`
                f"WHERE {source.where} AND {source.day} <= :until AND {when} GROUP BY {source.day} "
                f"ORDER BY {source.day}"
            ).bindparams(*([bindparam("types", expanding=True)] if any(":types" in item for item in columns) else [])),
            self._bound(columns, when),
        )
        for day, *texts in rows:
            for column, joined_text in zip(found[1:], texts, strict=True):
                column.fromlist(_numbers(joined_text))
            found[0].fromlist([int(str(day)[:10].replace("-", ""))] * (len(found[1]) - len(found[0])))

    def _bound(self, columns: Sequence[str], when: str) -> dict[str, Any]:
        bound: dict[str, Any] = {"until": self.until.isoformat()}
        if ":since" in when:
            bound["since"] = self.since.isoformat()
        if any(":types" in column for column in columns):
            bound["types"] = sorted(interview_types())
        return bound

    def _interviews(self) -> dict[Kind, Rows]:
        """Interviews held, missed and mere greetings; the first ones of a file and of a person among those held."""
        if "interviews" not in self._raw:
            columns = self._by_day(INTERVIEWS, ["i.rowid", "c.rowid", "coalesce(i.minutes, 0)", _CLASS])
            days, ids, cases, minutes, classes = columns
            whole = Rows(days, ids, self._people_of(cases), cases, minutes)
            sorts = bytes(iter(classes))  # one byte each: an array is taken for its own bytes
            found = {
                kind: part(whole, sorts.translate(bytes(sort == wanted for sort in range(256))))
                for kind, wanted in ((Kind.INTERVIEW, _HELD), (Kind.ABSENCE, _MISSED), (Kind.WALK_IN, _GREETED))
            }
            held, files = found[Kind.INTERVIEW], self.ledger.of(Kind.FILE)
            found[Kind.ENTRY] = entries(held)
            opened = dict(zip(files.cases, files.days, strict=True))
            found[Kind.FIRST_INTERVIEW] = new_people(held, self.ledger.of(Kind.VISIT), opened)
            self._raw["interviews"] = found
        result: dict[Kind, Rows] = self._raw["interviews"]
        return result

    def _referrals(self) -> dict[Kind, Rows]:
        """Referrals made, with the days since the first interview of the file; those answered, with the days taken."""
        if "referrals" not in self._raw:
            days, ids, cases, took = self._by_day(REFERRALS, ["r.rowid", "c.rowid", REFERRALS.amount])
            people, began = self._people_of(cases), self.ledger.of(Kind.ENTRY)
            since = days_between(dict(zip(began.cases, began.days, strict=True)), cases, days)
            answered = bytes(item != NO_AMOUNT for item in took)
            known = array("i", (NO_AMOUNT if item == ODD_DELAY else item for item in took))
            self._raw["referrals"] = {
                Kind.REFERRAL: Rows(days, ids, people, cases, since),
                Kind.ANSWER: part(Rows(days, ids, people, cases, known), answered),
            }
        result: dict[Kind, Rows] = self._raw["referrals"]
        return result

    def _people_of(self, cases: Iterable[int]) -> "array[int]":
        """The person of each file."""
        if self._people is None:
            answer = self.session.execute(
                text(
                    "SELECT json_group_array(c.rowid), json_group_array(p.rowid) "
                    "FROM accompaniment c JOIN person p ON p.id = c.person_id"
                )
            ).one()
            files, people = (_numbers(column) for column in answer)
            self._people = _placed(_places(files), people, 0)
        return array("i", map(self._people.__getitem__, cases))

    def identifiers(self) -> Sequence[str]:
        """The identifier of each person, as it is stored, by the number of the person."""
        return self._of_people("holder.id")

    def files_of(self, kind: Kind, rows: Sequence[int]) -> dict[int, tuple[Any, Any]]:
        """The file and the label of some events of a kind, by their row."""
        source, found = SOURCES[kind], {}
        for start in range(0, len(rows), _AT_ONCE):
            answer = self.session.execute(
                text(
                    f"SELECT {source.row}, {source.file}, {source.label or 'NULL'} "  # noqa: S608 - as above
                    f"FROM {source.table} WHERE {source.row} IN :rows"
                ).bindparams(bindparam("rows", expanding=True)),
                {"rows": list(rows[start : start + _AT_ONCE])},
            )
            found.update({row: (file, label) for row, file, label in answer})
        return found

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
            homes = self._of_people("holder.commune_code")
            own: Mapping[int, Any] = {}
            if source.commune:
                ids, known = self._columns(source.table, source.row, {"commune": source.commune}, source.where)
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
        key = f"{source.table}|{column}"
        if key not in self._raw:
            joined = self.session.execute(
                text(
                    f"SELECT json_group_array({source.row}) FROM {source.table} "  # noqa: S608 - as above
                    f"WHERE {source.where} AND {column} = :wanted"
                ),
                {"wanted": wanted},
            ).scalar_one()
            self._raw[key] = frozenset(_numbers(joined))
        found: frozenset[int] = self._raw[key]
        return found

    # Facts

    def _of_people(self, fact: str) -> Sequence[Any]:
        """A fact of everybody, by the number of the person; nobody is 0."""
        if fact not in self._shared:
            if fact in FROM_PROFILE:
                _nobody, *known = map(FROM_PROFILE[fact], *map(self._of_people, PROFILE))
                self._shared[fact] = [None, *known]
            elif fact == "holder.rural":
                self._shared[fact] = self._rural()
            else:
                together = PROFILE if fact in PROFILE else (fact,)
                columns = {name: expression(Kind.FILE, name) for name in together}
                people, answers = self._columns("person h", "h.rowid", columns)
                places = _places(people)
                self._shared |= {name: _placed(places, values) for name, values in answers.items()}
        return self._shared[fact]

    def _of_files(self, fact: str) -> Sequence[Any]:
        if fact not in self._shared:
            table = "accompaniment c" + (" JOIN project j ON j.id = c.project_id" if "project." in fact else "")
            files, known = self._columns(table, "c.rowid", {fact: expression(Kind.FILE, fact)})
            self._shared[fact] = _placed(_places(files), known[fact])
        return self._shared[fact]

    def _rural(self) -> Sequence[Any]:
        homes = self._of_people("holder.commune_code")
        rural = rural_communes(self.session, {code for code in homes if code})
        return [None if rural is None or not code else code in rural for code in homes]

    def _columns(
        self, table: str, row: str, columns: Mapping[str, str], where: str = "1"
    ) -> tuple[list[int], dict[str, list[Any]]]:
        """The numbers of the rows of a table, and some facts of each; None where one is not known."""
        joined = ", ".join(
            f"group_concat(coalesce({sql}, char({ord(_NULL)})), char({ord(_APART)}))" for sql in columns.values()
        )
        answer = self.session.execute(
            text(f"SELECT json_group_array({row}), {joined} FROM {table} WHERE {where}")  # noqa: S608 - as above
        ).one()
        rows = _numbers(answer[0])
        found: dict[str, list[Any]] = {name: [] for name in columns}
        for name, stored in zip(columns, answer[1:] if rows else (), strict=bool(rows)):
            values, read = str(stored).split(_APART), decoder(name)
            known = {value: None if value == _NULL else read(value) for value in set(values)}
            found[name] = list(map(known.__getitem__, values))
        return rows, found


def _numbers(joined: str) -> list[int]:
    """Three times faster than a split and as many calls of int."""
    found: list[int] = _JSON.raw_decode(joined)[0]
    return found


def _places(rows: Sequence[int]) -> list[int]:
    """Where each row stands, by its number; after the last one when there is no such row, as nobody is."""
    found = [len(rows)] * (max(rows, default=0) + 1)
    for at, row in enumerate(rows):
        found[row] = at
    return found


def _placed(places: Sequence[int], values: Iterable[Any], nobody: Any = None) -> list[Any]:
    """Values by the number of their row."""
    return list(map([*values, nobody].__getitem__, places))


def _and(one: bytes | None, other: bytes) -> bytes:
    return other if one is None else bytes(map(min, one, other))
