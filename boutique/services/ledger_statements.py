"""Statements whose answer is one row of long lists; on a big base, some are run ahead. For `ledger_reading`.

An answer in one row is made outside the interpreter from end to end: while a second connection makes the next one, the
lists of the first are worked on. Both must look at the same moment: otherwise nothing is taken from the second.
"""

from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, event, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from boutique.models.trace import Change

BIG = 20_000  # people from which a second connection pays for itself


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and what is bound to it; a tuple stands for the values of an « in »."""

    sql: str
    bound: tuple[tuple[str, Any], ...] = ()

    def run(self, connection: Connection | Session) -> Any:
        """The only row of its answer; through a session, with what it has not yet sent to the base."""
        several: list[Any] = [bindparam(name, expanding=True) for name, value in self.bound if isinstance(value, tuple)]
        return connection.execute(text(self.sql).bindparams(*several), dict(self.bound)).one()


@dataclass(slots=True)
class Statements:
    """Runs statements on the connection of a session; those asked ahead are already under way."""

    session: Session
    _ahead: dict[Statement, "Future[Any]"] = field(default_factory=dict)
    _answered: set[Statement] = field(default_factory=set)

    def row(self, statement: Statement) -> Any:
        """The answer; when something went wrong ahead, asked again here, where the user is told of it."""
        self._answered.add(statement)
        answer = self._ahead.pop(statement, None)
        found = None if answer is None else answer.result()
        return statement.run(self.session) if found is None else found

    def ahead(self, statements: Iterable[Statement]) -> None:
        """Begin to run these, in their order, on a second connection; each once. It ends with the session."""
        asked = {one: Future[Any]() for one in statements if one not in self._ahead and one not in self._answered}
        if not asked:
            return
        self._ahead |= asked
        moment, engine, enough = _moment(self.session), self.session.get_bind(), Event()
        thread = Thread(target=_answer, args=(engine, moment, asked, enough), name="figures")

        def end(_session: Session, _transaction: object) -> None:
            enough.set()
            thread.join()

        event.listen(self.session, "after_transaction_end", end, once=True)
        thread.start()


def _answer(engine: Engine, moment: str | None, asked: dict[Statement, "Future[Any]"], enough: Event) -> None:
    try:
        # What fails here is asked again by `row`, on the connection whose errors the user is told.
        with suppress(SQLAlchemyError), engine.connect() as connection, connection.begin():
            same = _moment(connection) == moment
            for statement, answer in asked.items():
                answer.set_result(statement.run(connection) if same and not enough.is_set() else None)
    finally:
        for answer in asked.values():
            if not answer.done():
                answer.set_result(None)


def _moment(connection: Connection | Session) -> str | None:
    """The latest change that a connection sees: every row of people and acts is written with one."""
    return connection.scalar(select(Change.stamp).order_by(Change.stamp.desc()).limit(1))
