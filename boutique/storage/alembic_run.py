"""Alembic, driven from code: loaded only when a schema has to change, because importing it is slow."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

import boutique.migrations


def upgrade(connection: Connection, target: str = "head") -> None:
    """Bring the schema to `target`, inside the caller's transaction."""
    command.upgrade(_config(connection), target)


def downgrade(connection: Connection, target: str) -> None:
    """Bring the schema back to `target`, inside the caller's transaction."""
    command.downgrade(_config(connection), target)


def check(connection: Connection) -> None:
    """Raise when the entities say something the versions do not."""
    command.check(_config(connection))


def _config(connection: Connection) -> Config:
    config = Config()
    folder = Path(boutique.migrations.__path__[0])
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
