"""What changed in declared months since they were: figure by figure, and act by act with who, when and why.

Read from the journal: an act is part of a declared month by its date before or after the change. Texts that nothing
counts (the summary of an interview) are no correction. An action that was undone is none either, nor its undoing.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.case import Case
from boutique.models.fields import fields_of
from boutique.models.own_figure import OwnFigure
from boutique.models.programme import CorrectionReason, LockedMonth
from boutique.models.registry import BY_TABLE
from boutique.models.structure import Counsellor
from boutique.models.trace import Change
from boutique.rules.indicators import Figure, Unit
from boutique.rules.own_figures import FUNDER as OURS
from boutique.rules.period import Period
from boutique.services import declared_figures, late_changes, locked_months
from boutique.services.context import context
from boutique.services.late_changes import Touched

_LONGEST = 300
_DRAWN = frozenset({"counted", "event", "criteria"})  # what an indicator of one's own counts
_LATELY = 200


_VERBS = {"insert": "ajout", "delete": "suppression", "update": "modification"}


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
    after, month = max(row.stamp, since), Period.month(row.month)
    found = late_changes.touched(session, _since(session, after), (month.start, month.end), after)
    here = sorted((one for one in found if _is_at(one, row)), key=_stamp, reverse=True)
    names: dict[uuid.UUID | None, str] = {one.id: one.short_name for one in session.scalars(select(Counsellor))}
    reasons = _reasons(session, {one.change.action_id for one in here})
    references = _references(session, {one.case_id for one in here if one.case_id})
    return tuple(
        Late(
            action_id=one.change.action_id,
            month=row.month,
            on=one.on,
            what=_words(one),
            reference=references.get(one.case_id, ""),
            case_id=one.case_id if one.case_id in references else None,
            changed_at=_instant(one.change.stamp),
            author=names.get(one.change.author_id, ""),
            reason=reasons.get(one.change.action_id, ""),
        )
        for one in here
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
    done = [change for change in lately if change.action_id == last.action_id]
    locks = session.scalars(select(LockedMonth).where(LockedMonth.unlocked_at.is_(None))).all()
    found = tuple(late_changes.touched(session, done, since=min(row.stamp for row in locks)))
    months = {row.month for row in locks if last.stamp > row.stamp and any(_is_in(one, row) for one in found)}
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


def _since(session: Session, since: str) -> Sequence[Any]:
    """What the journal says of what is counted since a stamp, but for what was undone, and undoing itself."""
    # Undone since: an undoing is later than what it undoes, which keeps the whole journal out of the question.
    undone = select(Change.undoes).where(Change.stamp > since, Change.undoes.is_not(None))
    followed = or_(
        *(
            # Not a plain equality: the engine would rather read the whole journal than what came since.
            (func.coalesce(Change.entity, "") == table) & or_(Change.operation != "update", *map(_changed, columns))
            for table, columns in late_changes.counted().items()
        )
    )
    return session.execute(
        select(
            Change.id, Change.stamp, Change.entity, Change.row_id, Change.operation, Change.fields, Change.action_id,
            Change.author_id,
        ).where(Change.stamp > since, Change.undoes.is_(None), Change.action_id.not_in(undone), followed)
    ).all()  # fmt: skip


def _changed(column: str) -> ColumnElement[bool]:
    return func.json_type(Change.fields, f"$.{column}").is_not(None)


def _is_in(one: Touched, row: LockedMonth) -> bool:
    return one.on.replace(day=1) == row.month and _is_at(one, row)


def _is_at(one: Touched, row: LockedMonth) -> bool:
    """Whether the act belongs to the place of the declaration, as the figures have it."""
    return row.site_id is None or one.site == row.site_id.hex


def _words(one: Touched) -> str:
    """« Entretien du 20/03/2027 : modification de « Durée » »: what was touched, never a value."""
    change, labels = one.change, {field.name: field.label for field in fields_of(BY_TABLE[one.change.entity])}
    counted = late_changes.counted()[change.entity].intersection(change.fields)
    told = sorted(f"«\u00a0{labels[name]}\u00a0»" for name in counted if name in labels)
    which = f" de {french.listing(told)}" if told and change.operation == "update" else ""
    called = f"{one.called[0].upper()}{one.called[1:]}"
    return f"{called} du {french.show_date(one.on)} : {_VERBS[change.operation]}{which}"


def _references(session: Session, cases: set[uuid.UUID]) -> dict[uuid.UUID | None, str]:
    rows = session.execute(select(Case.id, Case.reference).where(Case.id.in_(cases)))
    return {row.id: row.reference for row in rows}


def _reasons(session: Session, actions: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = session.execute(
        select(CorrectionReason.action_id, CorrectionReason.reason).where(CorrectionReason.action_id.in_(actions))
    )
    return {row.action_id: row.reason for row in rows}


def _instant(stamp: str) -> datetime:
    return datetime.fromtimestamp(int(stamp.split("-")[0]) / 1000, UTC)


def _stamp(found: Touched) -> str:
    stamp: str = found.change.stamp
    return stamp
