"""What changed in declared months since they were: figure by figure, and act by act with who, when and why.

Read from the journal: an act is part of a declared month by its date before or after the change. Texts that nothing
counts (the summary of an interview) are no correction. An action that was undone is none either, nor its undoing.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.after import Exit
from boutique.models.base import Record
from boutique.models.case import Case, Interview, Passage
from boutique.models.outreach import BusinessVisit, OutreachDay, PartnerMeeting
from boutique.models.own_figure import OwnFigure
from boutique.models.programme import CorrectionReason, LockedMonth
from boutique.models.project import Business
from boutique.models.referral import Referral
from boutique.models.structure import Counsellor
from boutique.models.trace import Change
from boutique.models.workshop import WorkshopHalfDay
from boutique.rules.indicators import Figure, Unit
from boutique.rules.own_figures import FUNDER as OURS
from boutique.rules.period import Period
from boutique.services import declared_figures, locked_months
from boutique.services.context import context

_LONGEST = 300
_DRAWN = frozenset({"counted", "event", "criteria"})  # what an indicator of one's own counts
_LATELY = 200


@dataclass(frozen=True, slots=True)
class _Act:
    """An entity whose rows are dated: the date that places it in a month, what the figures count of it."""

    model: type[Record]
    dated: str
    label: str  # « Entretien »
    agrees: str  # what « ajouté » takes: « e » for « Orientation »
    counted: frozenset[str]


_PLACE = ("site_id", "counsellor_id", "programme_id", "case_id")
_ACTS: Mapping[str, _Act] = MappingProxyType(
    {
        act.model.__tablename__: act
        for act in (
            _Act(Interview, "held_on", "Entretien", "",
                 frozenset({"type", "minutes", "attended", "mode", "phase", *_PLACE})),
            _Act(Passage, "happened_on", "Passage", "",
                 frozenset({"channel", "prescriber", "person_id", "commune_code", *_PLACE})),
            _Act(Referral, "made_on", "Orientation", "e", frozenset({"partner_id", "consent_on", *_PLACE})),
            _Act(Business, "registered_on", "Création", "e", frozenset({"registered", "jobs", "project_id"})),
            _Act(Exit, "ended_on", "Sortie", "e", frozenset({"reason", "reopened_on"})),
            _Act(WorkshopHalfDay, "held_on", "Séance d’atelier", "e", frozenset()),
            _Act(OutreachDay, "held_on", "Permanence", "e", frozenset({"state", *_PLACE})),
            _Act(BusinessVisit, "visited_on", "Visite d’entreprise", "e", frozenset(_PLACE)),
            _Act(PartnerMeeting, "met_on", "Rencontre de partenaire", "e", frozenset(_PLACE)),
        )
    }
)  # fmt: skip
_VERBS = {"insert": "ajouté", "delete": "supprimé", "update": "modifié"}


@dataclass(frozen=True, slots=True)
class Late:
    """One act of a declared month that was added, changed or removed since. Never a name: the reference of the file."""

    action_id: uuid.UUID
    month: date
    on: date
    what: str
    reference: str
    case_id: uuid.UUID | None
    changed_at: datetime
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure of a declared month that is no longer what was declared; `lates` are the acts since."""

    month: date
    key: str
    label: str
    declared: float | None
    now: float | None
    share: bool = False  # from 0 to 1


@dataclass(frozen=True, slots=True)
class Corrections:
    """What one declaration has become."""

    lock_id: uuid.UUID
    month: date
    moved: tuple[Moved, ...]
    lates: tuple[Late, ...]

    @property
    def unexplained(self) -> int:
        return len({late.action_id for late in self.lates if not late.reason})


@dataclass(frozen=True, slots=True)
class ToExplain:
    """The last action, when it changed something dated in a declared month and nobody said why yet."""

    action_id: uuid.UUID
    label: str
    months: tuple[date, ...]

    @property
    def sentence(self) -> str:
        names = french.listing([french.month_name(month) for month in self.months])
        many = "sont déclarés" if len(self.months) > 1 else "est déclaré"
        return f"{names[:1].upper()}{names[1:]} {many} : « {self.label} » y sera une correction."


def of_lock(session: Session, lock_id: uuid.UUID) -> Corrections:
    """What a declaration has become."""
    row = locked_months.known(session, lock_id)
    return Corrections(row.id, row.month, tuple(moved(session, row)), lates(session, row))


def moved(session: Session, row: LockedMonth) -> Iterator[Moved]:
    """Figures that are no longer what was declared; what the software did not know then was not declared."""
    declared = declared_figures.wholes(row.figures)
    for key, (figure, now) in declared_figures.today(session, row.month, row.site_id, set(declared)).items():
        if declared[key] != now:
            redrawn = " (critères changés depuis)" if _is_redrawn(session, figure, row.stamp) else ""
            yield Moved(row.month, key, f"{figure.title}{redrawn}", declared[key], now, figure.unit is Unit.SHARE)


def _is_redrawn(session: Session, figure: Figure, since: str) -> bool:
    """Whether an indicator of the structure's own counts something else than when the month was declared."""
    if figure.funder != OURS:
        return False
    changed = (
        select(Change.fields)
        .join(OwnFigure, OwnFigure.id == Change.row_id)
        .where(OwnFigure.code == figure.code, Change.stamp > since, Change.operation == "update")
    )
    return any(not _DRAWN.isdisjoint(fields) for fields in session.scalars(changed))


def lates(session: Session, row: LockedMonth, *, since: str = "") -> tuple[Late, ...]:
    """The acts of a declared month that changed since (and since a stamp of the journal), the latest first."""
    changes = sorted(_changes(session, row, max(row.stamp, since)), key=_stamp, reverse=True)
    names: dict[uuid.UUID | None, str] = {one.id: one.short_name for one in session.scalars(select(Counsellor))}
    reasons = _reasons(session, {change.action_id for change, _on, _month in changes})
    cases = _cases(session, [change for change, _on, _month in changes])
    return tuple(
        Late(
            action_id=change.action_id,
            month=month,
            on=on,
            what=_words(change, on),
            reference=cases.get(change.id, (None, ""))[1],
            case_id=cases.get(change.id, (None, ""))[0],
            changed_at=_instant(change.stamp),
            author=names.get(change.author_id, ""),
            reason=reasons.get(change.action_id, ""),
        )
        for change, on, month in changes
    )


def to_explain(session: Session) -> ToExplain | None:
    """Whether what was just done must be explained: asked after each saved action."""
    if not locked_months.any_in_force(session):
        return None
    me = context(session).counsellor_id
    # What was just done is at the end of the journal: its last lines say enough, however long the journal is.
    lately = session.scalars(select(Change).order_by(Change.stamp.desc()).limit(_LATELY)).all()
    last = next((change for change in lately if change.author_id == me), None)
    if last is None or last.undoes is not None or _reasons(session, {last.action_id}):
        return None
    done = [change for change in lately if change.action_id == last.action_id and change.entity in _ACTS]
    if not done:
        return None
    locks = session.scalars(select(LockedMonth).where(LockedMonth.unlocked_at.is_(None)))
    months = {row.month for row in locks if any(_touches(session, change, row) for change in done)}
    return ToExplain(last.action_id, last.action_label, tuple(sorted(months))) if months else None


def explain(session: Session, action_id: uuid.UUID, reason: str) -> None:
    """Why an action changed a declared month; what was said before gives way, nothing said takes it away."""
    row = session.scalars(select(CorrectionReason).where(CorrectionReason.action_id == action_id)).first()
    words = reason.strip()[:_LONGEST]
    if not words:
        if row is not None:
            session.delete(row)
        return
    if session.scalar(select(Change.id).where(Change.action_id == action_id).limit(1)) is None:
        raise UserError("Cette modification n’est plus dans l’historique. Revenez à la liste des corrections.")
    if row is None:
        row = CorrectionReason(action_id=action_id, reason=words, given_on=clock.today())
        session.add(row)
    row.reason, row.given_on, row.given_by_id = words, clock.today(), context(session).counsellor_id


def _changes(session: Session, row: LockedMonth, since: str) -> Iterator[tuple[Change, date, date]]:
    """(change, day of the act, declared month it is in) of the changes that touch what was declared."""
    # Undone since: an undoing is later than what it undoes, which keeps the whole journal out of the question.
    undone = set(session.scalars(select(Change.undoes).where(Change.stamp > since, Change.undoes.is_not(None))))
    month = Period.month(row.month)
    for table, act in _ACTS.items():
        for change, current in session.execute(_query(table, act, month, since)):
            on = _day(change, act, month) or current
            if change.action_id not in undone and _matters(change, act) and _is_at(change, act, row, session):
                yield change, on, row.month


def _touches(session: Session, change: Change, row: LockedMonth) -> bool:
    """Whether one change is a correction of a declared month."""
    act, month = _ACTS[change.entity], Period.month(row.month)
    if change.stamp <= row.stamp or not _matters(change, act) or not _is_at(change, act, row, session):
        return False
    if act.dated in change.fields:
        return _day(change, act, month) is not None
    on: date | None = getattr(session.get(act.model, change.row_id), act.dated, None)
    return on is not None and month.start <= on <= month.end


def _query(table: str, act: _Act, month: Period, since: str) -> Any:
    dated: Any = getattr(act.model, act.dated)
    before, after = (func.json_extract(Change.fields, f"$.{act.dated}[{side}]") for side in (0, 1))
    first, last = month.start.isoformat(), month.end.isoformat()
    return (
        select(Change, dated)
        .outerjoin(act.model, act.model.id == Change.row_id)
        .where(
            Change.stamp > since,
            Change.undoes.is_(None),
            # Not a plain equality: the engine would rather read the whole journal than what came since.
            func.coalesce(Change.entity, "") == table,
            or_(
                before.between(first, last),
                after.between(first, last),
                before.is_(None) & after.is_(None) & dated.between(month.start, month.end),
            ),
        )
    )


def _day(change: Change, act: _Act, month: Period) -> date | None:
    """The day that places a change in the month: the new one if it is there, else the one it had."""
    before, after = change.fields.get(act.dated, (None, None))
    days = [date.fromisoformat(kept) for kept in (after, before) if kept]
    return next((day for day in days if month.start <= day <= month.end), None)


def _matters(change: Change, act: _Act) -> bool:
    return change.operation != "update" or act.dated in change.fields or not act.counted.isdisjoint(change.fields)


def _is_at(change: Change, act: _Act, row: LockedMonth, session: Session) -> bool:
    """Whether the act belongs to the place of the declaration; an act that has no place belongs to all."""
    if row.site_id is None or not hasattr(act.model, "site_id"):
        return True
    told = change.fields.get("site_id", ())
    stored = session.get(act.model, change.row_id)
    places = {str(place) for place in (*told, getattr(stored, "site_id", None)) if place is not None}
    return not places or str(row.site_id) in places


def _words(change: Change, on: date) -> str:
    act = _ACTS[change.entity]
    return f"{act.label} du {french.show_date(on)} {_VERBS[change.operation]}{act.agrees}"


def _cases(session: Session, changes: list[Change]) -> dict[uuid.UUID, tuple[uuid.UUID | None, str]]:
    """The file of each change, by what the journal or the row says."""
    by_change: dict[uuid.UUID, uuid.UUID] = {}
    for change in changes:
        told = [kept for kept in change.fields.get("case_id", ()) if kept]
        stored = session.get(_ACTS[change.entity].model, change.row_id)
        found = told[-1] if told else getattr(stored, "case_id", None)
        if found is not None:
            by_change[change.id] = uuid.UUID(str(found))
    rows = session.execute(select(Case.id, Case.reference).where(Case.id.in_(set(by_change.values()))))
    references = {row.id: row.reference for row in rows}
    return {
        change: (case if case in references else None, references.get(case, "")) for change, case in by_change.items()
    }


def _reasons(session: Session, actions: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = session.execute(
        select(CorrectionReason.action_id, CorrectionReason.reason).where(CorrectionReason.action_id.in_(actions))
    )
    return {row.action_id: row.reason for row in rows}


def _instant(stamp: str) -> datetime:
    return datetime.fromtimestamp(int(stamp.split("-")[0]) / 1000, UTC)


def _stamp(found: tuple[Change, date, date]) -> str:
    return found[0].stamp
