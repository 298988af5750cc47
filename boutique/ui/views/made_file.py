"""A file that was made is saved where one says, and told. For Couverture and the Observatoire."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from boutique.core.files import ending_with, write_atomically
from boutique.services.documents import Document
from boutique.ui.desk import Desk

_KINDS = {".xlsx": "Classeur (*.xlsx)", ".csv": "Liste (*.csv)"}


class MadeFile(QObject):
    """`offer(document)` asks where, writes on the worker, and says that it is written."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    def offer(self, made: Document) -> None:
        suffix = Path(made.file_name).suffix
        target = self._desk.ask.save_file(made.title, made.file_name, _KINDS[suffix])
        if target is not None:
            path = ending_with(target, suffix)
            self._desk.tasks.run(partial(_write, path, made.content), partial(self._saved, made.title))

    def _saved(self, title: str, name: str) -> None:
        self._desk.shell.notify(f"{title} : « {name} » est écrit.", "success")


def _write(path: Path, content: bytes) -> str:
    write_atomically(path, content)
    return path.name
