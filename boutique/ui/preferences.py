"""What this computer remembers of the window (size, rail, appearance, columns); never personal data."""

import json
import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)
Value = str | int | float | bool | list[str] | list[int] | None


class Preferences:
    """Values by name in a JSON file. An unreadable file is as good as none: these are only habits."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Value] = _read(path) if path is not None else {}

    def text(self, name: str, default: str = "") -> str:
        value = self._values.get(name)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: float) -> float:
        value = self._values.get(name)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self._values.get(name)
        return value if isinstance(value, bool) else default

    def texts(self, name: str) -> list[str]:
        value = self._values.get(name)
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

    def numbers(self, name: str) -> list[int]:
        value = self._values.get(name)
        return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []

    def put(self, name: str, value: Value) -> None:
        """Remember a value at once; a folder that cannot be written only means it is forgotten at the end."""
        if self._values.get(name) == value and name in self._values:
            return
        self._values[name] = value
        if self._path is None:
            return
        try:
            _write(self._path, self._values)
        except OSError as error:
            log.info("preferences not written: %s", type(error).__name__)


def _read(path: Path) -> dict[str, Value]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _write(path: Path, values: dict[str, Value]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(values, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
