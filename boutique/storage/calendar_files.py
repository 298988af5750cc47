"""Busy time read from the .ics of another calendar: instants only, over a bounded period. For the agenda."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events
from icalendar.timezone import tzp

from boutique.storage.calendar_lines import Block, Blocks, read_blocks

_MOST_REPEATS = 100_000  # occurrences of all events together: beyond, the file is a trap
_STEP = 10  # events between two signs of progress
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_MOST_HOURS = 24
# What the libraries raise on dates and rules that make no sense.
_NONSENSE = (ValueError, TypeError, KeyError, AttributeError, IndexError, ArithmeticError, OSError, RecursionError)
Period = tuple[int, int, int]  # start and end in minutes since 1970, and 1 for whole days
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that was left out: where it begins in the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class BusyFile:
    """`free` events do not take time (available, cancelled); `outside` ones are not in the period read."""

    periods: tuple[Period, ...]
    events: int
    free: int
    outside: int
    refused: tuple[Refused, ...]


@dataclass(slots=True)
class _Reading:
    first: date
    last: date
    found: list[Period] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    outside: int = 0
    repeats: int = 0

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time()).astimezone()

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last + timedelta(1), time()).astimezone()


def read_busy(path: Path, first: date, last: date, told: Told | None = None) -> BusyFile:
    """When somebody is busy between two days, both counted. `told(done, total)` may raise to give up."""
    blocks = read_blocks(path)
    reading = _Reading(first, last)
    tzp.use_default()  # forget the zones that another file described under the same names
    _know_zones(blocks, reading)
    taking = [block for block in blocks.events if _takes_time(block)]
    for done, series in enumerate(_series(taking, reading)):
        if told is not None and done % _STEP == 0:
            told(done, len(taking))
        _read_series(series, blocks.zone, reading)
    if told is not None:
        told(len(taking), len(taking))
    return BusyFile(
        merged(reading.found),
        len(blocks.events),
        len(blocks.events) - len(taking),
        reading.outside,
        tuple(sorted(reading.refused, key=_line)),
    )


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same time, said once: periods that touch become one; whole days stay apart from hours."""
    made: list[Period] = []
    for all_day in (0, 1):
        own: list[Period] = []
        for start, end, _ in sorted(period for period in periods if period[2] == all_day):
            if own and start <= own[-1][1]:
                own[-1] = (own[-1][0], max(own[-1][1], end), all_day)
            else:
                own.append((start, end, all_day))
        made += own
    return tuple(sorted(made))


def _takes_time(block: Block) -> bool:
    if block.value("STATUS").upper() == "CANCELLED" and not block.has("RECURRENCE-ID"):
        return False
    free = block.value("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
    return block.value("TRANSP").upper() != "TRANSPARENT" and not free


def _series(blocks: list[Block], reading: _Reading) -> Iterator[list[Block]]:
    """Events that belong together: a repetition and the dates that were moved."""
    by_uid: dict[str, list[Block]] = defaultdict(list)
    for rank, block in enumerate(blocks):
        wrong = block.wrong or _hostile(block)
        if wrong:
            reading.refused.append(Refused(block.number, wrong))
        else:
            by_uid[block.value("UID") or f"#{rank}"].append(block)
    for together in by_uid.values():
        # An identifier used twice without any repetition is a slip of the other program, not a series.
        if any(block.has("RRULE", "RDATE", "RECURRENCE-ID") for block in together):
            yield together
        else:
            yield from ([block] for block in together)


def _hostile(block: Block) -> str:
    """Rules that would never end, which the library would follow for ever."""
    for rule in (line.partition(":")[2].upper() for line in block.lines if re.match("RRULE[;:]", line, re.IGNORECASE)):
        parts = dict(part.split("=", 1) for part in rule.strip().split(";") if "=" in part)
        if parts.get("FREQ", "") not in _FREQUENCIES:
            return "sa répétition est plus fine que la journée, ou illisible"
        if not re.fullmatch("0*[1-9][0-9]{0,3}", parts.get("INTERVAL", "1")):
            return "le pas de sa répétition est illisible"
        if "BYSECOND" in parts or "BYMINUTE" in parts or parts.get("BYHOUR", "").count(",") >= _MOST_HOURS:
            return "sa répétition est plus fine que la journée, ou illisible"
    return ""


def _know_zones(blocks: Blocks, reading: _Reading) -> None:
    """Zones that the file describes itself; one that makes no sense is told, and its events taken at local time."""
    for block in blocks.zones:
        wrong = block.wrong or ("sa règle est illisible" if _wild(block) else "")
        if not wrong:
            try:
                icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{block.text}END:VCALENDAR\r\n")
            except _NONSENSE:
                wrong = "sa description est illisible"
        if wrong:
            reading.refused.append(Refused(block.number, f"fuseau horaire : {wrong} ; heure d’ici retenue"))


def _wild(block: Block) -> bool:
    rules = (line.upper() for line in block.lines if line.upper().startswith("RRULE"))
    return any("FREQ=YEARLY" not in rule or "INTERVAL" in rule for rule in rules)


def _read_series(series: list[Block], zone: str, reading: _Reading) -> None:
    number, before = series[0].number, len(reading.found)
    try:
        if series[0].kind == "VFREEBUSY":
            found = list(_free_busy(series[0], reading))
        elif len(series) == 1 and not series[0].has("RRULE", "RDATE"):
            found = list(_single(series[0], reading))
        else:
            found = _repeated(series, zone, reading)
    except _UnreadableError as error:
        reading.refused.append(Refused(number, str(error)))
        return
    except _NONSENSE:
        reading.refused.append(Refused(number, "une date ou une règle n’a pas de sens"))
        return
    reading.found += found
    reading.outside += len(reading.found) == before


class _UnreadableError(Exception):
    """str(error) is the reason shown beside the line."""


def _single(block: Block, reading: _Reading) -> Iterator[Period]:
    event = icalendar.Event.from_ical(block.text)
    assert isinstance(event, icalendar.Event)
    _refuse_errors(event)
    yield from _period(event, reading)


def _repeated(series: list[Block], zone: str, reading: _Reading) -> list[Period]:
    if reading.repeats > _MOST_REPEATS:
        raise _UnreadableError("cet agenda a trop de répétitions : celle-ci n’a pas été lue")
    head = f"X-WR-TIMEZONE:{zone}\r\n" if zone else ""
    together = "".join(block.text for block in series)
    calendar = icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{head}{together}END:VCALENDAR\r\n")
    assert isinstance(calendar, icalendar.Calendar)
    for event in calendar.events:
        _refuse_errors(event)
    occurrences: list[Any] = recurring_ical_events.of(calendar).between(reading.start, reading.end)
    reading.repeats += len(occurrences)
    kept = (event for event in occurrences if str(event.get("STATUS", "")).upper() != "CANCELLED")
    return [period for event in kept for period in _period(event, reading)]


def _free_busy(block: Block, reading: _Reading) -> Iterator[Period]:
    """« FREEBUSY:start/end,start/duration »: time already said to be busy."""
    for line in block.lines:
        if not re.match("FREEBUSY[;:]", line, re.IGNORECASE) or "FBTYPE=FREE" in line.upper().split(":")[0]:
            continue
        for part in line.partition(":")[2].split(","):
            start, end = icalendar.vPeriod.from_ical(part.strip())  # type: ignore[no-untyped-call]
            yield from _clipped(start, start + end if isinstance(end, timedelta) else end, reading)


def _refuse_errors(event: icalendar.Event) -> None:
    if event.errors:
        name = event.errors[0][0]
        raise _UnreadableError(f"{name} est illisible" if name else "une ligne de dates est illisible")
    if event.get("DTSTART") is None:
        raise _UnreadableError("il n’a pas de date de début")


def _period(event: icalendar.Event, reading: _Reading) -> Iterator[Period]:
    start, end = event.start, event.end
    if isinstance(start, datetime) != isinstance(end, datetime):
        raise _UnreadableError("son début et sa fin ne se comparent pas")
    yield from _clipped(start, end, reading)


def _clipped(start: date, end: date, reading: _Reading) -> Iterator[Period]:
    """What lies in the period read; years far away are set aside before any arithmetic on them."""
    if end.year < reading.first.year - 1 or start.year > reading.last.year + 1:
        return
    begins, ends = (
        _local(max(_plain(moment), _plain(reading.first) - timedelta(2)), moment) for moment in (start, end)
    )
    if ends < begins:
        raise _UnreadableError("il finit avant de commencer")
    begins, ends = max(begins, reading.start), min(ends, reading.end)
    if begins < ends:
        whole_days = int(not isinstance(start, datetime))
        yield int(begins.timestamp() // 60), int(-(-ends.timestamp() // 60)), whole_days


def _plain(moment: date) -> datetime:
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else datetime.combine(moment, time())


def _local(plain: datetime, moment: date) -> datetime:
    """Without a zone of its own, an event is at that hour wherever one is."""
    zone = moment.tzinfo if isinstance(moment, datetime) else None
    return plain.replace(tzinfo=zone).astimezone() if zone else plain.astimezone()


def _line(refused: Refused) -> int:
    return refused.line
