"""How partners answer: shares, delays, reasons, silence, and proposals that were not chosen. For Partenaires and books.

A referral counts on the day it is made, once it was told to its partner (handed or sent): one that is only prepared, or
cancelled, waits for nobody's answer. It is silent when it expired, or has had no answer since the first reminder day.
Shares come with what they are made of: three answers are three answers.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.text import fold
from boutique.models.choices import Choice, ReferralStatus
from boutique.models.proposal import ProposedPartner
from boutique.models.referral import Referral
from boutique.rules.choice_reasons import load_set_aside_reasons
from boutique.rules.lists import load_refusal_reasons
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services.coverage import ACCEPTED, ANSWERED
from boutique.services.partner_figure_rows import Group, Grouper, grouper, proposals, referrals
from boutique.services.reminders import SILENT, reminder_days
from boutique.services.scopes import ScopeKeys, resolve

_NONE = "—"
_ENOUGH = 10  # answers from which a percentage is told
_NO = (ReferralStatus.REFUSED, ReferralStatus.NO_FOLLOW_UP)


class Side(Choice):
    """What to list behind a line."""

    SENT = "sent", "Orientations"
    ANSWERED = "answered", "Réponses"
    ACCEPTED = "accepted", "Acceptées"
    REFUSED = "refused", "Refusées"
    SILENT = "silent", "Sans réponse"
    NOT_CHOSEN = "not_chosen", "Proposées, non choisies"


@dataclass(frozen=True, slots=True)
class Count:
    """A coded reason and how many times it was given."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One structure, type or territory. `median_days`: half of the `timed` answers came within them."""

    key: str
    label: str
    sent: int
    answered: int
    accepted: int
    refused: int
    silent: int
    timed: int
    median_days: float | None
    refusals: tuple[Count, ...]
    proposed: int
    not_chosen: int
    set_aside: tuple[Count, ...]

    @property
    def acceptance(self) -> str:
        """« 8 sur 10 (80 %) », « 2 sur 3 », nothing without an answer."""
        return _fraction(self.accepted, self.answered)

    @property
    def passed_over(self) -> str:
        """« 3 sur 7 (43 %) » of the times it was proposed."""
        return _fraction(self.not_chosen, self.proposed)

    @property
    def delay(self) -> str:
        """« 6 jours », nothing without a dated answer."""
        return "" if self.median_days is None else _days(self.median_days)

    @property
    def told(self) -> str:
        """« 12 orientations transmises · acceptées : 8 sur 10 (80 %) · réponse en 6 jours (médiane) »."""
        parts = [french.plural(self.sent, "orientation transmise", "orientations transmises")]
        if self.answered:
            parts.append(f"acceptées : {self.acceptance}")
        if self.delay:
            parts.append(f"réponse en {self.delay} (médiane)")
        if self.silent:
            parts.append(f"{french.show_number(self.silent)} sans réponse")
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table."""

    key: str
    title: str
    getter: Callable[[Line], str]
    width: int


# To add a column: one line here, and its value in Line when it is new.
COLUMNS: tuple[Column, ...] = (
    Column("label", "Pour", lambda line: line.label, 200),
    Column("sent", "Faites", lambda line: french.show_number(line.sent), 64),
    Column("acceptance", "Acceptées", lambda line: line.acceptance or _NONE, 104),
    Column("delay", "Délai", lambda line: line.delay or _NONE, 100),
    Column("refused", "Refusées", lambda line: french.show_number(line.refused), 76),
    Column("silent", "Silence", lambda line: french.show_number(line.silent), 74),
    Column("passed_over", "Non choisies", lambda line: line.passed_over or _NONE, 104),
)


@dataclass(frozen=True, slots=True)
class Table:
    """Every line, and all of them together."""

    lines: tuple[Line, ...]
    total: Line


@dataclass(frozen=True, slots=True)
class Made:
    """A referral behind a line, or a proposal that was not chosen (`status` says it)."""

    case_id: uuid.UUID
    case_reference: str
    partner: str
    on: date
    status: str
    reason: str
    answered_on: date | None


@dataclass(slots=True)
class _Tally:
    label: str
    sent: int = 0
    answered: int = 0
    accepted: int = 0
    refused: int = 0
    silent: int = 0
    days: list[int] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    proposed: int = 0
    not_chosen: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)


def table(session: Session, period: Period, scope: Scope = EVERYWHERE, by: Group = Group.PARTNER) -> Table:
    """The lines of a period, the busiest first; a territory of our own may share communes with another."""
    return tables(session, period, scope, (by,))[by]


def tables(session: Session, period: Period, scope: Scope, groupings: Iterable[Group]) -> dict[Group, Table]:
    """The same lines by several groupings, read once."""
    late, whole = _late(session), _Tally("Ensemble")
    known: dict[Group, tuple[Grouper, dict[str, _Tally]]] = {by: (grouper(session, by), {}) for by in groupings}
    for row in referrals(session, period, scope):
        sides = _sides(row, late)
        _count_referral(whole, row, sides)
        for groups, tallies in known.values():
            for tally in _tallies(tallies, groups(row)):
                _count_referral(tally, row, sides)
    for row in proposals(session, period, scope):
        _count_proposal(whole, row)
        for groups, tallies in known.values():
            for tally in _tallies(tallies, groups(row)):
                _count_proposal(tally, row)
    return {by: Table(_lines(tallies), _line("", whole)) for by, (_groups, tallies) in known.items()}


def _lines(tallies: dict[str, _Tally]) -> tuple[Line, ...]:
    lines = (_line(key, tally) for key, tally in tallies.items())
    return tuple(sorted(lines, key=lambda line: (-line.sent, -line.proposed, fold(line.label), line.key)))


def of_keys(session: Session, period: Period, keys: ScopeKeys, by: Group) -> Table:
    """As `table`, of what was chosen on screen: a place, a counsellor, a programme, a territory."""
    return table(session, period, resolve(session, keys), by)


def behind_keys(
    session: Session, period: Period, keys: ScopeKeys, by: Group, key: str, side: Side
) -> tuple[Made, ...]:  # fmt: skip
    """As `behind`, of what was chosen on screen."""
    return behind(session, period, resolve(session, keys), by, key, side)


def partner_of(line: Line) -> uuid.UUID:
    """The structure of a line, when lines are structures."""
    return uuid.UUID(line.key)


def of_partner(session: Session, partner_id: uuid.UUID) -> Line:
    """One structure since the base exists, for its sheet."""
    period = Period(date.min, date.max)
    late = _late(session)
    tally = _Tally("")
    for row in referrals(session, period, EVERYWHERE, Referral.partner_id == partner_id):
        _count_referral(tally, row, _sides(row, late))
    for row in proposals(session, period, EVERYWHERE, ProposedPartner.partner_id == partner_id):
        _count_proposal(tally, row)
    return _line(str(partner_id), tally)


def behind(
    session: Session, period: Period, scope: Scope, by: Group, key: str, side: Side
) -> tuple[Made, ...]:  # fmt: skip
    """What a figure is made of, the latest first; `key` "" for the whole."""
    groups, late = grouper(session, by), _late(session)
    if side is Side.NOT_CHOSEN:
        rows = (row for row in proposals(session, period, scope) if not row.chosen)
        found = [_not_chosen(row) for row in rows if _inside(groups, row, key)]
    else:
        among = (row for row in referrals(session, period, scope) if side in _sides(row, late))
        found = [_made(row) for row in among if _inside(groups, row, key)]
    return tuple(sorted(found, key=lambda made: (made.on, made.case_reference), reverse=True))


def _inside(groups: Grouper, row: Any, key: str) -> bool:
    return not key or any(found == key for found, _ in groups(row))


def _tallies(known: dict[str, _Tally], groups: Iterable[tuple[str, str]]) -> list[_Tally]:
    return [known.setdefault(key, _Tally(label)) for key, label in groups]


def _late(session: Session) -> date:
    """What was made until that day should have been answered."""
    return today() - timedelta(reminder_days(session)[0])


def _sides(row: Any, late: date) -> frozenset[Side]:
    """Where a referral stands."""
    silent = row.status is ReferralStatus.EXPIRED or (row.status in SILENT and row.on <= late)
    found = {
        Side.SENT: True,
        Side.ANSWERED: row.status in ANSWERED,
        Side.ACCEPTED: row.status in ACCEPTED,
        Side.REFUSED: row.status is ReferralStatus.REFUSED,
        Side.SILENT: silent,
    }
    return frozenset(side for side, there in found.items() if there)


def _count_referral(tally: _Tally, row: Any, sides: frozenset[Side]) -> None:
    tally.sent += 1
    tally.answered += Side.ANSWERED in sides
    tally.accepted += Side.ACCEPTED in sides
    tally.refused += Side.REFUSED in sides
    tally.silent += Side.SILENT in sides
    if row.answered_on is not None:
        tally.days.append((row.answered_on - row.on).days)
    if row.refusal and row.status in _NO:
        tally.refusals[row.refusal] += 1


def _count_proposal(tally: _Tally, row: Any) -> None:
    tally.proposed += 1
    tally.not_chosen += not row.chosen
    if row.set_aside and not row.chosen:
        tally.set_aside[row.set_aside] += 1


def _line(key: str, tally: _Tally) -> Line:
    reasons, aside = load_refusal_reasons(), load_set_aside_reasons()
    return Line(
        key=key,
        label=tally.label,
        sent=tally.sent,
        answered=tally.answered,
        accepted=tally.accepted,
        refused=tally.refused,
        silent=tally.silent,
        timed=len(tally.days),
        median_days=float(median(tally.days)) if tally.days else None,
        refusals=_counts(tally.refusals, {code: one.label for code, one in reasons.items()}),
        proposed=tally.proposed,
        not_chosen=tally.not_chosen,
        set_aside=_counts(tally.set_aside, {code: one.label for code, one in aside.items()}),
    )


def _counts(counted: Counter[str], labels: dict[str, str]) -> tuple[Count, ...]:
    named = [Count(labels.get(code, code), count) for code, count in counted.items()]
    return tuple(sorted(named, key=lambda one: (-one.count, fold(one.label))))


def _made(row: Any) -> Made:
    reason = load_refusal_reasons().get(row.refusal or "") if row.status in _NO else None
    return Made(
        row.case_id, row.case_reference, row.name, row.on, row.status.label, reason.label if reason else "",
        row.answered_on,
    )  # fmt: skip


def _not_chosen(row: Any) -> Made:
    aside = load_set_aside_reasons().get(row.set_aside or "")
    status = "Écartée" if row.set_aside else "Non choisie"
    return Made(row.case_id, row.case_reference, row.name, row.on, status, aside.label if aside else "", None)


def _fraction(part: int, whole: int) -> str:
    """Both numbers, so that nobody reads much into few; of few, no percentage at all."""
    if not whole:
        return ""
    told = f"{french.show_number(part)} sur {french.show_number(whole)}"
    return f"{told} ({french.show_percent(part / whole)})" if whole >= _ENOUGH else told


def _days(value: float) -> str:
    words = french.show_number(value) if value % 1 == 0 else french.show_number(value, 1)
    return f"{words} {'jour' if value < 2 else 'jours'}"
