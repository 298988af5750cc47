"""The journal: each flush writes, in the same transaction, one Change per touched row. History, undo, audit and sync.

Installed once on the session factory by the database; services only name their action with `begin_action`.
"""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.core.errors import UserError
from boutique.models.base import Record, new_id
from boutique.models.case import Case
from boutique.models.choices import Choice
from boutique.models.diagnosis import Diagnosis
from boutique.models.outreach import BusinessVisit
from boutique.models.person import Person
from boutique.models.project import Business
from boutique.models.referral import Referral
from boutique.models.registry import BY_TABLE, Base
from boutique.models.trace import Change
from boutique.models.workshop import Enrolment

_ACTION = "boutique.action"
_MOST_STAMPS = 99_999
_HOUSEKEEPING = frozenset(
    {"id", "created_at", "updated_at", "version", "name_key", "phone_key", "email_key", "sound_key"}
)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user did; all the rows it touches are undone together."""

    id: uuid.UUID
    label: str
    author_id: uuid.UUID | None
    device: str
    undoes: uuid.UUID | None = None


class LogicalClock:
    """Hybrid logical clock: never goes back, even when the computer's clock does. Sorts as text."""

    def __init__(self) -> None:
        self._last = (0, 0)
        self._lock = Lock()

    def stamp(self, device: str) -> str:
        with self._lock:
            millis, counter = int(clock.now().timestamp() * 1000), 0
            if millis <= self._last[0]:
                millis, counter = self._last[0], self._last[1] + 1
            if counter > _MOST_STAMPS:  # five digits sort as text, six would not
                millis, counter = millis + 1, 0
            self._last = (millis, counter)
        return f"{millis:013d}-{counter:05d}-{device[:8]}"

    def witness(self, stamp: str) -> None:
        """Never stamp before what is already in the base."""
        millis, counter = stamp.split("-")[:2]
        with self._lock:
            self._last = max(self._last, (int(millis), int(counter)))


CLOCK = LogicalClock()
# Rows that belong to a file through another: in this order, one after the other.
_PARENTS: tuple[tuple[str, type[Record]], ...] = (
    ("referral_id", Referral),
    ("diagnosis_id", Diagnosis),
    ("visit_id", BusinessVisit),
    ("business_id", Business),
)
_SERVED = (
    "Cette action ne peut plus être annulée seule : la suite du dossier s’appuie dessus. "
    "Annulez d’abord ce qui a été fait après."
)
_TAKEN = "Cette action ne peut plus être annulée : son numéro a servi à un autre dossier. Rien n’a été modifié."


def begin_action(
    session: Session,
    label: str,
    *,
    author_id: uuid.UUID | None = None,
    device: str = "local",
    undoes: uuid.UUID | None = None,
) -> Action:
    """Everything flushed from now on belongs to one action, shown as `label` in history and undo."""
    action = Action(new_id(), label, author_id, device, undoes)
    session.info[_ACTION] = action
    return action


def current_action(session: Session) -> Action:
    """The action in progress; a write that nobody named still is one."""
    found = session.info.get(_ACTION)
    return found if isinstance(found, Action) else begin_action(session, "Modification")


@contextmanager
def aside(session: Session, label: str) -> Iterator[None]:
    """What is written here belongs to nobody's action: undoing the action in progress leaves it in place."""
    session.flush()
    meanwhile = current_action(session)
    begin_action(session, label, device=meanwhile.device)
    yield
    session.flush()
    session.info[_ACTION] = meanwhile


def install(session_class: Any, *, after: Callable[[Session, Iterable[Record]], None] | None = None) -> None:
    """Watch every flush of a session factory; `after` is told which rows changed (search index)."""

    @event.listens_for(session_class, "before_flush")
    def _write(session: Session, _context: Any, _instances: Any) -> None:
        touched = [*session.new, *(row for row in session.dirty if session.is_modified(row)), *session.deleted]
        records = [row for row in touched if isinstance(row, Record)]
        if not records:
            return
        action = current_action(session)
        for row in records:
            if change := _change(session, row, action):
                session.add(change)
        session.info.setdefault("boutique.touched", []).extend(records)

    @event.listens_for(session_class, "after_flush_postexec")
    def _tell(session: Session, _context: Any) -> None:
        touched = session.info.pop("boutique.touched", [])
        if touched and after is not None:
            after(session, touched)

    @event.listens_for(session_class, "after_transaction_end")
    def _forget(session: Session, transaction: Any) -> None:
        if transaction.parent is None:
            session.info.pop(_ACTION, None)
            session.info.pop("boutique.touched", None)


def _change(session: Session, row: Record, action: Action) -> Change | None:
    operation = "insert" if row in session.new else "delete" if row in session.deleted else "update"
    fields = _differences(row, operation)
    if not fields and operation == "update":
        return None
    return Change(
        stamp=CLOCK.stamp(action.device),
        device=action.device,
        author_id=action.author_id,
        action_id=action.id,
        action_label=action.label,
        undoes=action.undoes,
        entity=type(row).__tablename__,
        row_id=row.id,
        person_id=owner_of(session, row),
        operation=operation,
        fields=fields,
    )


def _differences(row: Record, operation: str) -> dict[str, list[Any]]:
    state = inspect(row)
    fields: dict[str, list[Any]] = {}
    for attribute in state.mapper.column_attrs:
        name = attribute.key
        if name in _HOUSEKEEPING:
            continue
        if operation == "update":
            history = state.attrs[name].history
            if history.has_changes():
                before = history.deleted[0] if history.deleted else None
                after = history.added[0] if history.added else None
                if before != after:
                    fields[name] = [as_json(before), as_json(after)]
            continue
        value = getattr(row, name)
        if value is not None:
            fields[name] = [None, as_json(value)] if operation == "insert" else [as_json(value), None]
    return fields


def as_json(value: Any) -> Any:
    """A stored value as the journal keeps it."""
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime):
        # In one zone, as the base gives it back: undo compares what is there with what was written.
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return json.loads(json.dumps(value))  # a copy: later edits of the row must not reach the journal
    return value


def from_json(model: type[Record], name: str, kept: Any) -> Any:
    """The typed value of a column from what the journal kept."""
    if kept is None:
        return None
    column_type = inspect(model).columns[name].type
    if choices := getattr(column_type, "enum_class", None) or getattr(column_type, "choices", None):
        return tuple(choices(item) for item in kept) if isinstance(kept, list) else choices(kept)
    python_type = column_type.python_type
    if python_type is uuid.UUID:
        return uuid.UUID(kept)
    if python_type in (date, datetime):
        return python_type.fromisoformat(kept)
    return tuple(kept) if python_type is tuple else kept


def owner_of(session: Session, row: Record) -> uuid.UUID | None:
    """The person whose file a row belongs to: their journal is erased with them."""
    if isinstance(row, Person):
        return row.id
    person_id = getattr(row, "person_id", None)
    if isinstance(person_id, uuid.UUID):
        return person_id
    if (enrolment_id := getattr(row, "enrolment_id", None)) is not None:
        enrolment = _parent(session, Enrolment, enrolment_id)
        return enrolment.person_id if isinstance(enrolment, Enrolment) else None
    for link, model in _PARENTS:
        if (parent_id := getattr(row, link, None)) is not None:
            row = _parent(session, model, parent_id) or row
    case_id = getattr(row, "case_id", None)
    if case_id is not None:
        case = _pending(session, lambda other: other.id == case_id) or session.get(Case, case_id)
        return case.person_id if case is not None else None
    project_id = row.id if BY_TABLE["project"] is type(row) else getattr(row, "project_id", None)
    if project_id is None:
        return None
    case = _pending(session, lambda other: other.project_id == project_id)
    if case is not None:
        return case.person_id
    with session.no_autoflush:
        return session.scalar(select(Case.person_id).where(Case.project_id == project_id).limit(1))


def _parent(session: Session, model: type[Record], row_id: uuid.UUID) -> Record | None:
    made = (row for row in session.new if isinstance(row, model) and row.id == row_id)
    return next(made, None) or session.get(model, row_id)


def _pending(session: Session, wanted: Callable[[Case], bool]) -> Case | None:
    cases = (row for row in session.new if isinstance(row, Case))
    return next((case for case in cases if wanted(case)), None)


def undoable(session: Session, *, author_id: uuid.UUID | None) -> tuple[uuid.UUID, str] | None:
    """(id, label) of the last action of this author that is not itself undone nor an undoing."""
    undone = select(Change.undoes).where(Change.undoes.is_not(None))
    row = session.execute(
        select(Change.action_id, Change.action_label)
        .where(Change.author_id == author_id, Change.undoes.is_(None), Change.action_id.not_in(undone))
        .order_by(Change.stamp.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def revert(session: Session, action_id: uuid.UUID) -> list[Change]:
    """Write the inverse of every change of an action; fields that changed again since then are left alone.

    Returns the changes that were reverted. The caller has begun the undoing action. UserError when what the action
    made has served since, or when what it needs is gone.
    """
    changes = session.scalars(select(Change).where(Change.action_id == action_id).order_by(Change.stamp.desc())).all()
    # One flush for all: while the file is still there, each row knows whose journal it belongs to.
    with session.no_autoflush:
        done = [(change, row) for change in changes if (row := _invert(session, change)) is not None]
    try:
        session.flush()
    except IntegrityError as error:
        raise UserError(_TAKEN) from error
    gone = [row for change, row in done if change.operation == "insert"]
    back = [row for change, row in done if change.operation == "delete"]
    if any(_is_needed(session, row) for row in gone) or not all(_has_its_owners(session, row) for row in back):
        raise UserError(_SERVED)
    return [change for change, _ in done]


def _invert(session: Session, change: Change) -> Record | None:
    """The row brought back to what it was; None when there is nothing left to invert."""
    model = BY_TABLE[change.entity]
    row = session.get(model, change.row_id)
    if change.operation == "delete":
        if row is not None:
            return None
        row = model(id=change.row_id, **{n: from_json(model, n, pair[0]) for n, pair in change.fields.items()})
        session.add(row)
    elif row is not None and change.operation == "insert":
        session.delete(row)
    elif row is not None:
        kept = {name: before for name, (before, after) in change.fields.items() if as_json(getattr(row, name)) == after}
        for name, before in kept.items():
            setattr(row, name, from_json(model, name, before))
        return row if kept else None
    return row


def _is_needed(session: Session, gone: Record) -> bool:
    """Whether other rows still refer to a row that was just deleted; the base would refuse the whole at the end."""
    referring = (
        key.parent
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table is type(gone).__table__
    )
    return any(session.scalar(select(column).where(column == gone.id).limit(1)) is not None for column in referring)


def _has_its_owners(session: Session, back: Record) -> bool:
    wanted = [(key.column, getattr(back, key.parent.key)) for key in type(back).__table__.foreign_keys]
    return all(
        owner is None or session.scalar(select(column).where(column == owner)) is not None for column, owner in wanted
    )
