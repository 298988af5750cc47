"""The search field answers at the start, while the rest is still being imported. Made by the app."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from boutique.core.paths import DataFolder
from boutique.services.base_key import FirstTry
from boutique.services.early_search import EarlySearch
from boutique.ui.tasks import Tasks


class EarlySource:
    """Asks on a worker of its own: the other one is importing."""

    def __init__(self, folder: DataFolder, first_try: FirstTry, parent: QObject) -> None:
        self._search, self._tasks = EarlySearch(folder, first_try), Tasks(parent)

    def ask(self, text: str, limit: int, then: Callable[[Any], None]) -> None:
        self._tasks.run_latest("search", partial(self._search.find, text, limit), then)

    def close(self) -> None:
        self._tasks.leave()
        self._tasks.deleteLater()
        self._search.close()
