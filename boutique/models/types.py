"""Column types that keep what SQLite would let slip: aware instants, closed lists. Used by the entities."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

from boutique.models.choices import Choice


class Instant(TypeDecorator[datetime]):
    """An instant, stored in UTC; a naive one is refused rather than guessed."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive instant")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class ChoiceList(TypeDecorator[tuple[Choice, ...]]):
    """Several choices of one vocabulary, stored as their codes in vocabulary order; NULL means not known."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[Choice]) -> None:
        super().__init__(length=400)
        self.choices = choices
        self._read: dict[str, tuple[Choice, ...]] = {}  # few different answers, read thousands of times

    @property
    def python_type(self) -> type[tuple[Any, ...]]:
        return tuple

    def process_bind_param(self, value: Iterable[Choice] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        chosen = {self.choices(item) for item in value}
        return "|".join(item.value for item in self.choices if item in chosen)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Choice, ...] | None:
        if value is None:
            return None
        if value not in self._read:
            self._read[value] = tuple(self.choices(code) for code in value.split("|") if code)
        return self._read[value]


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several codes of an editable resource list (needs, themes, rules), stored in order."""

    impl = String
    cache_ok = True

    @property
    def python_type(self) -> type[tuple[Any, ...]]:
        return tuple

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else "|".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(code for code in value.split("|") if code)
