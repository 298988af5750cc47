"""An .ics file cut into the events and time zones it holds, before anything is understood of them.

Only what says *when* is kept: titles, guests and descriptions are never read. For `calendar_files`.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from boutique.core import files, french
from boutique.core.errors import UserError

MOST_BYTES, MOST_EVENTS = 20_000_000, 20_000
_LARGEST_EVENT = 100_000  # characters that say when: a list of dates without end
_MEGABYTE = 1_000_000
_BREAKS = re.compile("\r\n|\n|\r")
_PROPERTY = re.compile(r"[A-Za-z0-9-]{1,60}(?=[;:])")
_KEPT = frozenset(
    {"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "TRANSP", "STATUS"}
    | {"FREEBUSY", "DTSTAMP", "SEQUENCE", "X-MICROSOFT-CDO-BUSYSTATUS"}
)
_OF_ZONES = frozenset({"TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "BEGIN", "END"})
_EVENTS, _ZONE = ("VEVENT", "VFREEBUSY"), "VTIMEZONE"
NOT_ONE = (
    "Ce fichier n’est pas un agenda : il ne contient pas de calendrier (VCALENDAR). Dans l’autre logiciel, "
    "choisissez « exporter » ou « publier » l’agenda au format .ics."
)


@dataclass(slots=True)
class Block:
    """One event or zone: the line where it begins, what says when, and what is wrong with it already."""

    kind: str
    number: int
    lines: list[str] = field(default_factory=list)
    wrong: str = ""

    def value(self, name: str) -> str:
        """What a property says, without its parameters; nothing when it is not there."""
        for line in self.lines:
            if re.match(rf"{name}[;:]", line, re.IGNORECASE):
                return line.partition(":")[2].strip()
        return ""

    def has(self, *names: str) -> bool:
        return any(self.value(name) for name in names)

    @property
    def text(self) -> str:
        return "\r\n".join((f"BEGIN:{self.kind}", *self.lines, f"END:{self.kind}", ""))


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a file holds. `zone` is the one that its calendar is written in, where it says so."""

    events: tuple[Block, ...]
    zones: tuple[Block, ...]
    zone: str


def read_blocks(path: Path) -> Blocks:
    """Cut a file up; UserError when it is no calendar, or more than one could be."""
    lines = list(_logical_lines(_text(path)))
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for _, line in lines):
        raise UserError(NOT_ONE)
    events: list[Block] = []
    zones: list[Block] = []
    zone = ""
    for block in _blocks(lines):
        if block.kind == "":
            zone = block.lines[0]
        else:
            (zones if block.kind == _ZONE else events).append(block)
        if len(events) > MOST_EVENTS:
            raise UserError(
                f"Cet agenda a plus de {french.show_number(MOST_EVENTS)} événements : exportez une période plus "
                "courte, puis recommencez. Rien n’a été modifié."
            )
    return Blocks(tuple(events), tuple(zones), zone)


def _text(path: Path) -> str:
    """The dates are plain ASCII in every encoding but UTF-16, and nothing else is read."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UserError(
                f"Ce fichier pèse {french.show_number(size / _MEGABYTE, 1)} Mo, plus que les "
                f"{MOST_BYTES // _MEGABYTE} Mo d’un agenda : exportez une période plus courte. Rien n’a été modifié."
            )
        content = path.read_bytes()
    except OSError as error:
        raise UserError(_unreadable(error, path)) from error
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise UserError(NOT_ONE)
    return content.decode("utf-8-sig", errors="replace")


def _unreadable(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError):
        return f"« {path.name} » ne peut pas être lu : fichier déplacé, dossier, ou accès refusé. Choisissez-le encore."
    return files.refusal(error, path)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with what was folded put back behind them, and the number of the first."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(_BREAKS.split(text), 1):
        if parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts = number, [line]
    yield begun, "".join(parts)


def _blocks(lines: list[tuple[int, str]]) -> Iterator[Block]:
    """Events and zones in order; a block without kind carries the zone of the calendar."""
    here: Block | None = None
    inside = 0  # depth of what is nested in an event: alarms, whose times are not its own
    for number, line in lines:
        name = _PROPERTY.match(line)
        word, value = name.group().upper() if name else "", line.partition(":")[2].strip()
        if word == "BEGIN" and value.upper() in (*_EVENTS, _ZONE):
            if here is not None:
                here.wrong = "il n’est pas terminé"
                yield here
            here, inside = Block(value.upper(), number), 0
        elif here is None:
            if word == "X-WR-TIMEZONE":
                yield Block("", number, [value])
        elif word == "END" and value.upper() == here.kind:
            yield here
            here = None
        else:
            inside = _take(here, line, word, inside)
    if here is not None:
        here.wrong = "il n’est pas terminé : le fichier est coupé"
        yield here


def _take(block: Block, line: str, word: str, inside: int) -> int:
    """One more line of a block; returns how deep the next one is."""
    if block.kind == _ZONE:
        if word in _OF_ZONES:
            block.lines.append(line)
    elif word in ("BEGIN", "END"):
        return inside + (1 if word == "BEGIN" else -1)
    elif inside <= 0:
        _keep(block, line, word)
    return inside


def _keep(block: Block, line: str, word: str) -> None:
    if word in _KEPT:
        block.lines.append(line)
        if sum(map(len, block.lines)) > _LARGEST_EVENT:
            block.wrong, block.lines = "sa liste de dates est trop longue", []
    elif not word and any(line.upper().startswith(kept) for kept in ("DTSTART", "DTEND", "RRULE")):
        block.wrong = "une ligne de dates est illisible"
