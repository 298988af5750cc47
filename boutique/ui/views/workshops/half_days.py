"""The half-days of a session being planned: a day and two hours a line. For the form of a session."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.services.outreach import show_hour
from boutique.services.workshops.half_days import MOST, HalfDay
from boutique.ui.forms.tab_order import follow
from boutique.ui.forms.text_editors import DateEditor, LineEditor
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.field import Field

_AFTERNOON, _NOON = 14 * 60, 13 * 60


class HalfDayLine(QWidget):
    """One line; `removed` by its cross."""

    removed = Signal()
    changed = Signal()

    def __init__(self, half: HalfDay, rank: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id: uuid.UUID | None = half.id
        self.day, self.start, self.end = DateEditor("Date"), LineEditor("De"), LineEditor("À")
        self.fields = {name: Field(label, editor) for name, label, editor in (
            ("day", "Date", self.day), ("start", "De", self.start), ("end", "À", self.end),
        )}  # fmt: skip
        for name, field in self.fields.items():
            field.editor.setObjectName(f"half-day-{rank}-{name}")
            field.editor.setAccessibleName(f"{field.label.text()}, demi-journée {rank + 1}")
        self.cross = GhostButton(icon="x", accessible=f"Retirer la demi-journée {rank + 1}", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, share in zip(self.fields.values(), (5, 3, 3), strict=True):
            row.addWidget(field, share)
        row.addWidget(self.cross)
        self.day.write(half.held_on)
        self.start.write(show_hour(half.starts_at))
        self.end.write(show_hour(half.ends_at))
        for editor in (self.day, self.start, self.end):
            editor.changed.connect(self.changed)
        self.cross.clicked.connect(self.removed)

    def typed(self) -> tuple[str, ...]:
        """As typed, and which half-day of the base it is."""
        return self.day.text(), self.start.text(), self.end.text(), str(self.id or "")

    def write_typed(self, day: str, start: str, end: str) -> None:
        self.day.write(day)
        self.start.write(start)
        self.end.write(end)

    def read(self) -> HalfDay | None:
        """What is typed; what cannot be read is said beside its field."""
        readers: dict[str, Callable[[], Any]] = {
            "day": partial(french.parse_date, self.day.text(), today=clock.today()),
            "start": partial(french.parse_time, self.start.text()),
            "end": partial(french.parse_time, self.end.text()),
        }
        found: dict[str, Any] = {}
        for name, reader in readers.items():
            try:
                found[name] = reader()
                self.fields[name].set_error("")
            except UserError as error:
                self.fields[name].set_error(str(error))
        if len(found) < len(readers):
            return None
        start, end = _minutes(found["start"]), _minutes(found["end"])
        if end <= start:
            self.fields["end"].set_error("La fin vient après le début.")
            return None
        return HalfDay(found["day"], start, end, self.id)


class HalfDays(QWidget):
    """`read()` gives the half-days, or None when one of them cannot be read."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[HalfDayLine] = []
        self.comes_after: QWidget | None = None  # what Tab leaves to come here: lines are made anew
        self.add_button = Button("Ajouter une demi-journée", icon="plus", size="small")
        self.add_button.setObjectName("half-day-add")
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self._column)
        whole.addWidget(self.add_button)
        self.add_button.clicked.connect(self.add)

    def write(self, halves: Sequence[HalfDay]) -> None:
        for line in self.lines:
            self._drop(line)
        self.lines = []
        for half in halves:
            self._append(half)
        self._arrange()

    def read(self) -> tuple[HalfDay, ...] | None:
        found = [line.read() for line in self.lines]
        return None if any(one is None for one in found) else tuple(one for one in found if one is not None)

    def typed(self) -> tuple[tuple[str, ...], ...]:
        return tuple(line.typed() for line in self.lines)

    def write_typed(self, typed: Sequence[Sequence[str]]) -> None:
        """What was typed and never saved."""
        self.write([HalfDay(clock.today(), 0, 0, uuid.UUID(known) if known else None) for *_, known in typed])
        for line, (day, start, end, _) in zip(self.lines, typed, strict=True):
            line.write_typed(day, start, end)

    def add(self) -> None:
        """The afternoon of a morning, or the same hours the day after."""
        last = self.lines[-1].read() if self.lines else None
        if last is None and self.lines:
            return
        self._append(_next(last))
        self._arrange()
        self.lines[-1].day.setFocus()
        self.changed.emit()

    def set_length(self, minutes: int) -> None:
        """Another module lasts otherwise: the only half-day of a new session ends accordingly."""
        if len(self.lines) == 1 and (first := self.lines[0].read()) is not None:
            self.lines[0].end.write(show_hour(min(first.starts_at + minutes, 24 * 60 - 1)))

    def take_focus(self) -> None:
        """The first line in which something is wrong."""
        wrong = (field for line in self.lines for field in line.fields.values() if field.error())
        first = next(wrong, None)
        (first.editor if first else self.lines[0].day if self.lines else self.add_button).setFocus()

    def _append(self, half: HalfDay) -> None:
        line = HalfDayLine(half, len(self.lines), self)
        line.removed.connect(partial(self._remove, line))
        line.changed.connect(self.changed)
        self.lines.append(line)
        self._column.addWidget(line)

    def _remove(self, line: HalfDayLine) -> None:
        self.lines.remove(line)
        self._drop(line)
        self._arrange()
        self.take_focus()
        self.changed.emit()

    def _drop(self, line: HalfDayLine) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _arrange(self) -> None:
        for line in self.lines:
            line.cross.setVisible(len(self.lines) > 1)
        self.add_button.setEnabled(len(self.lines) < MOST)
        if self.comes_after is not None:
            follow(self.comes_after, [*self.lines, self.add_button])


def _next(last: HalfDay | None) -> HalfDay:
    if last is None:
        return HalfDay(clock.today(), 9 * 60, 12 * 60)
    if last.starts_at < _NOON and last.ends_at <= _AFTERNOON:
        return HalfDay(last.held_on, _AFTERNOON, min(_AFTERNOON + last.minutes, 24 * 60 - 1))
    return HalfDay(_day_after(last.held_on), 9 * 60, 12 * 60)


def _day_after(day: date) -> date:
    return day + timedelta(1)


def _minutes(typed: time) -> int:
    return typed.hour * 60 + typed.minute
