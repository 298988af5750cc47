"""Answers prepared for the questions that stop everything; an unplanned question fails the test."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class ScriptedAsk:
    """Takes the place of boutique.ui.ask.QtAsk: `plan(...)` the answers in order, read `asked` afterwards."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._answers: deque[Any] = deque()

    def plan(self, *answers: Any) -> None:
        self._answers.extend(answers)

    def left(self) -> list[Any]:
        return list(self._answers)

    def confirm(self, title: str, text: str, *, yes: str, no: str = "Annuler", danger: bool = False) -> bool:
        return bool(self._answer(f"{title} | {text} | {yes}"))

    def choose(self, title: str, text: str, options: Sequence[str], *, no: str = "Annuler") -> int | None:
        answer = self._answer(f"{title} | {text} | {', '.join(options)}")
        return None if answer is None else int(answer)

    def tell(self, title: str, text: str) -> None:
        self.asked.append(f"{title} | {text}")

    def reason(self, title: str, text: str, *, yes: str) -> str | None:
        answer = self._answer(f"{title} | {text} | {yes}")
        return None if answer is None else str(answer)

    def open_file(self, title: str, filters: str = "") -> Path | None:
        return self._path(title)

    def open_files(self, title: str, filters: str = "") -> list[Path]:
        return [Path(one) for one in self._answer(title) or ()]

    def save_file(self, title: str, name: str, filters: str = "") -> Path | None:
        return self._path(f"{title} | {name}")

    def folder(self, title: str) -> Path | None:
        return self._path(title)

    def _path(self, question: str) -> Path | None:
        answer = self._answer(question)
        return None if answer is None else Path(answer)

    def _answer(self, question: str) -> Any:
        self.asked.append(question)
        assert self._answers, f"unplanned question: {question}"
        return self._answers.popleft()
