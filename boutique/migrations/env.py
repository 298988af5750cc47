"""Alembic environment. The application hands over its connection; a developer gets a scratch base in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Enum, StaticPool, create_engine
from sqlalchemy.types import TypeDecorator
from sqlcipher3 import dbapi2

from boutique.models.registry import Base


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Versions name plain SQL types only: a version must still run when the application's types have changed."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def engine_tables(connection: Connection) -> set[str]:
    """Full-text tables and the hidden ones behind them: they belong to the search, not to the entities."""
    rows = connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')")
    return {name for (name,) in rows}


def run(connection: Connection) -> None:
    hidden = engine_tables(connection)

    def include_name(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name not in hidden

    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,  # SQLite can undo a schema change; alembic assumes it cannot
        render_item=render_item,
        include_name=include_name,
    )
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def scratch() -> Iterator[Connection]:
    """An empty base brought to the last version, so that only what the entities changed since is generated."""
    # The engine of the application, without its storage layer, which imports this package.
    engine = create_engine("sqlite://", module=dbapi2, poolclass=StaticPool)
    with engine.begin() as connection:
        migration = MigrationContext.configure(connection)
        with Operations.context(migration):
            for version in reversed(list(context.script.iterate_revisions("heads", "base"))):
                version.module.upgrade()
        migration.stamp(context.script, "heads")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with scratch() as made:
        run(made)
