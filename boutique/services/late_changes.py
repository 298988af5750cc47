"""Which changes of the journal touch what was counted, of any kind of event: worked out from `ledger_sources`.

A changed row is put back as it was before the change, then as it was after, in the place of its table in the very
statement that reads the events of its kind: the change touches the day that this statement gives. A new kind of event
is followed from its source alone. For `corrections`.
"""

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Date, Uuid, inspect, text
from sqlalchemy.orm import Session

from boutique.models.base import Record
from boutique.models.registry import BY_TABLE
from boutique.rules.figure_facts import vocabulary
from boutique.rules.figure_rules import FACTS_OF, Kind
from boutique.services.ledger_columns import expression
from boutique.services.ledger_sources import SOURCES, Source

# What the sheets of the workbook list beside what indicators count.
LISTED: Mapping[str, Source] = MappingProxyType(
    {
        "rencontre de partenaire": Source(
            "partner_meeting g JOIN partner y ON y.id = g.partner_id", "g.rowid", "g.met_on", case="0",
            site="g.site_id", counsellor="g.counsellor_id", programme="g.programme_id", file="NULL",
        ),
        "participants sans nom": Source(
            "anonymous_heads n JOIN workshop w ON w.id = n.workshop_id", "n.rowid", "w.starts_on", case="0",
            amount="coalesce(n.came, n.heads)", site="w.site_id", file="NULL",
        ),
        "permanence": Source(
            "outreach_day o", "o.rowid", "o.held_on", "o.state = 'tenue'", case="0", amount="o.walk_ins",
            site="o.site_id", file="NULL",
        ),
    }
)  # fmt: skip
# Who and what acts are about: what is learnt of them later corrects no month, unless it is what the act is dated by.
_ABOUT = frozenset({"person", "project", "accompaniment", "workshop_module", "programme", "partner"})
# What follows an act by nature, told by a day of its own: it corrects a month only when that day is not after it.
_AFTERWARDS: Mapping[tuple[str, str], str] = MappingProxyType(
    {("referral", "status"): "answered_on"}
    | {("participation", name): "reached_on" for name in ("improved", "status_after", "unreachable")}
)
_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "accompaniment": "dossier",
        "interview": "entretien",
        "exit": "sortie",
        "business": "entreprise",
        "workshop": "séance d’atelier",
        "attendance": "présence à un atelier",
        "enrolment": "inscription à un atelier",
        "workshop_half_day": "demi-journée d’atelier",
        "participation": "participation FSE+",
        "follow_up": "suivi après création",
    }
)
_ALIAS = re.compile(r"(?:^|JOIN )\s*(\w+) ([a-z])\b")
_OUTER = re.compile(r"LEFT JOIN (\w+) ([a-z])\b")
_BEFORE, _AFTER = 0, 1


@dataclass(frozen=True, slots=True)
class Watch:
    """One table that a source reads: what of its rows counts, and whether they are the events themselves."""

    source: Source
    table: str
    alias: str
    called: str
    main: bool
    read: frozenset[str]  # columns that the statement needs
    counted: frozenset[str]  # columns whose change may change a figure
    days: frozenset[str]  # those that date the event
    placing: frozenset[str]  # those that only say whether it counts, and on which day

    @property
    def model(self) -> type[Record]:
        return BY_TABLE[self.table]


@dataclass(frozen=True, slots=True)
class Touched:
    """One change, the day of what it touches, where that was, the file it belongs to (as they are stored)."""

    change: Any  # a row of the journal
    called: str
    on: date
    site: str | None
    case_id: uuid.UUID | None


@cache
def watches() -> tuple[Watch, ...]:
    """Every table to follow, the events themselves first."""
    named: dict[Source, list[Kind]] = {}
    for kind, source in SOURCES.items():
        named.setdefault(source, []).append(kind)
    found = [watch for source, kinds in named.items() for watch in _watches(source, kinds[0].value, kinds)]
    found += [watch for name, source in LISTED.items() for watch in _watches(source, name, ())]
    return tuple(sorted(found, key=_rank))


def _rank(watch: Watch) -> bool:
    return not watch.main


def touched(
    session: Session, changes: Iterable[Any], month: tuple[date, date] | None = None, since: str = ""
) -> Iterator[Touched]:
    """What some changes touch, once each (once a day without `month`): rows of the journal.

    `month`: only what lies between two days. `since`: a stamp after which rows may have gone with those they are of.
    """
    by_table: dict[str, list[Any]] = {}
    for change in changes:
        by_table.setdefault(change.entity, []).append(change)
    seen: set[tuple[uuid.UUID, date | None]] = set()
    for watch in watches():
        wanted = [change for change in by_table.get(watch.table, ()) if _may_count(watch, change)]
        for one in _placed(session, watch, wanted, month, since) if wanted else ():
            key = one.change.id, (None if month else one.on)
            if key not in seen:
                seen.add(key)
                yield one


@cache
def counted() -> Mapping[str, frozenset[str]]:
    """What is followed: the columns that count, by table."""
    found: dict[str, frozenset[str]] = {}
    for watch in watches():
        found[watch.table] = found.get(watch.table, frozenset()) | watch.counted
    return MappingProxyType(found)


def _watches(source: Source, name: str, kinds: Iterable[Kind]) -> Iterator[Watch]:
    facts = [expression(kind, fact) for kind in kinds for fact in _facts(kind)]
    outer = {alias for _table, alias in _OUTER.findall(source.whole)}
    for table, alias in _ALIAS.findall(source.whole):
        main, dates = source.row == f"{alias}.rowid", bool(_columns(alias, [source.day]))
        told = bool(_columns(alias, facts))
        if table in BY_TABLE and (main or dates or (table not in _ABOUT and (told or alias not in outer))):
            days, weighed = _columns(alias, [source.day]), _columns(alias, [*_statement(source), *facts])
            counted = days | _columns(alias, [source.until]) if table in _ABOUT else weighed | _placing(alias, source)
            yield Watch(
                source, table, alias, _CALLED.get(table, name), main,
                read=_columns(alias, _statement(source)) | _placing(alias, source),
                counted=counted & set(_stored(table)),
                days=days,
                placing=_placing(alias, source) - weighed,
            )  # fmt: skip


def _facts(kind: Kind) -> Iterator[str]:
    own = FACTS_OF.get(kind, frozenset())
    return (name for name in vocabulary().fields if name.partition(".")[0] in own)


def _statement(source: Source) -> list[str]:
    return [
        source.whole, source.until, source.amount, source.case, source.person, source.site,
        source.counsellor, source.programme, source.commune, source.file,
    ]  # fmt: skip


def _placing(alias: str, source: Source) -> frozenset[str]:
    return _columns(alias, [source.day, source.where])


def _columns(alias: str, sql: Iterable[str]) -> frozenset[str]:
    found = {name for part in sql for name in re.findall(rf"\b{alias}\.(\w+)", part)}
    return frozenset(found - {"rowid", "id"})


@cache
def _stored(table: str) -> Mapping[str, Any]:
    """The columns of a table, with their types."""
    return {column.key: column.type for column in inspect(BY_TABLE[table]).columns}


def _may_count(watch: Watch, change: Any) -> bool:
    """Whether a change is of something counted: rows that come and go count when they are the events themselves."""
    if change.operation != "update":
        return watch.main or (change.operation == "delete" and bool(watch.days))
    return not watch.counted.isdisjoint(change.fields)


def _placed(
    session: Session, watch: Watch, changes: list[Any], month: tuple[date, date] | None, since: str
) -> Iterator[Touched]:
    """The changes that the statement of the source finds, on the day it gives."""
    known = {change.id.hex: change for change in changes}
    found: tuple[dict[tuple[str, date], tuple[Any, Any]], ...] = ({}, {})
    for side in (_BEFORE, _AFTER):
        gone = side == _BEFORE and any(change.operation == "delete" for change in changes)
        rows = session.execute(
            text(_sql(watch, side, gone=gone, bounded=month is not None)),
            {"ids": json.dumps(list(known)), "since": since}
            | ({"first": month[0].isoformat(), "last": month[1].isoformat()} if month else {}),
        )
        found[side].update({(row[0], date.fromisoformat(str(row[1])[:10])): (row[2], row[3]) for row in rows})
    own = watch.main or "case_id" in _stored(watch.table)
    for (change_id, on), (site, case) in {**found[_BEFORE], **found[_AFTER]}.items():
        change, moved = known[change_id], ((change_id, on) in found[_BEFORE]) != ((change_id, on) in found[_AFTER])
        if change.operation != "update" or _counts(watch, change, on, moved=moved):
            yield Touched(change, watch.called, on, site, uuid.UUID(case) if case and own else None)


def _counts(watch: Watch, change: Any, on: date, *, moved: bool) -> bool:
    """Whether one of the columns changed counts that day; what came later by nature does not."""
    names = watch.counted.intersection(change.fields)
    return any(moved if name in watch.placing else not _came_later(watch, name, change, on) for name in names)


def _came_later(watch: Watch, name: str, change: Any, on: date) -> bool:
    dated = _AFTERWARDS.get((watch.table, name), name)
    if dated == name and not isinstance(_stored(watch.table)[name], Date):
        return False
    days = [date.fromisoformat(day) for day in change.fields.get(dated, ()) if day]
    return all((day.year, day.month) > (on.year, on.month) for day in days)


def _sql(watch: Watch, side: int, *, gone: bool, bounded: bool) -> str:
    """The statement of the source, with the changed rows in the place of their table."""
    source, alias = watch.source, watch.alias
    columns = "".join(f", {_told(watch.table, name, side)} AS {name}" for name in sorted(watch.read))
    changed = (
        f"(SELECT ch.id AS change_id, ch.row_id AS id{columns} FROM change ch "  # noqa: S608 - as below
        f"LEFT JOIN {watch.table} cur ON cur.id = ch.row_id WHERE ch.id IN (SELECT value FROM json_each(:ids))) {alias}"
    )
    alone = gone and not watch.main  # half-days go with the presences that they date: nothing is left to join
    tables = changed if alone else re.sub(rf"\b{watch.table} {alias}\b", changed, source.table, count=1)
    if gone and not alone:
        tables = _with_gone(watch, tables)
    where = f"{source.day} IS NOT NULL" if alone else f"{source.where} AND {source.day} IS NOT NULL"
    if bounded:
        where += f" AND {source.day} BETWEEN :first AND :last"
    site, case = ("NULL", "NULL") if alone else (source.site, source.file)
    return f"SELECT {alias}.change_id, {source.day}, {site}, {case} FROM {tables} WHERE {where} AND :since IS NOT NULL"  # noqa: S608 - texts of this module and of `ledger_sources`


def _told(table: str, name: str, side: int) -> str:
    """A column as the journal tells it of one side of the change; else as it is."""
    kept = f"json_extract(ch.fields, '$.{name}[{side}]')"
    if isinstance(_stored(table)[name], Uuid):
        kept = f"replace({kept}, '-', '')"
    return f"CASE WHEN json_type(ch.fields, '$.{name}') IS NULL THEN cur.{name} ELSE {kept} END"


def _with_gone(watch: Watch, tables: str) -> str:
    """Rows that an event hung on may have been deleted with it: those that the journal still tells are put back."""
    for other in watches():
        if other.source is watch.source and not other.main:
            columns = sorted(other.read)
            told = "".join(f", {_gone(other.table, name)}" for name in columns)
            tables = re.sub(
                rf"\b{other.table} {other.alias}\b",
                f"(SELECT {', '.join(('id', *columns))} FROM {other.table} UNION ALL "  # noqa: S608 - as above
                f"SELECT ch.row_id{told} FROM change ch WHERE ch.stamp > :since AND "
                f"ch.operation = 'delete' AND ch.entity = '{other.table}') {other.alias}",
                tables,
                count=1,
            )
    return tables


def _gone(table: str, name: str) -> str:
    kept = f"json_extract(ch.fields, '$.{name}[0]')"
    return f"replace({kept}, '-', '')" if isinstance(_stored(table)[name], Uuid) else kept
