"""A program that saves without pause and says each time what is saved, to be killed at any moment."""

import sys
from itertools import count
from pathlib import Path

from sqlalchemy import text

from boutique.core.paths import DataFolder
from boutique.storage import backup
from boutique.storage.base import open_base


def main(root: str, key: str, verb: str) -> None:
    folder = DataFolder(Path(root))
    base = open_base(folder, bytes.fromhex(key))
    with base.reader() as session:
        start = session.scalar(text("SELECT count(*) FROM setting")) or 0
    for number in count(start):
        if verb == "backup":
            backup.make(base, folder, "essai")
        with base.session() as session:
            # Two rows in one action: half of it must never be found.
            for table, column in (("setting", "name, content"), ("novelty", "name, content")):
                session.execute(text(f"INSERT INTO {table}({column}) VALUES (:name, 'é')"), {"name": f"{number:06d}"})
        sys.stdout.write(f"{number:06d}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
