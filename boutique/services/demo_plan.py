"""When things happen in the fictitious files: openings, meetings, visits, referrals, ends (see `demo`).

Dates are drawn first, for everybody, so that references follow them as they do in a real base.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

MONTHS_BACK = 18
# How busy each month is; people stay away in August and at the end of the year.
SEASON = (1.1, 1.0, 1.1, 0.95, 0.85, 1.05, 0.6, 0.22, 1.3, 1.2, 1.15, 0.6)
_DEPTHS = {0: 15, 1: 24, 2: 17, 3: 12, 4: 9, 5: 8, 6: 6, 7: 4, 8: 3, 10: 2}
_SILENT_DAYS = 90
AUGUST, SATURDAY = 8, 5


@dataclass(frozen=True, slots=True)
class Meeting:
    held_on: date
    attended: bool


@dataclass(slots=True)
class Sending:
    """One referral to come, made at a meeting."""

    made_on: date
    reference: str = ""


@dataclass(slots=True)
class Plan:
    """The dates of one file; `number` seeds what it contains."""

    number: int
    opened_on: date
    meetings: list[Meeting]
    visits: list[date]
    sendings: list[Sending]
    closed_on: date | None = None
    next_on: date | None = None
    today_at: int | None = None  # hour of an appointment on the last day
    reference: str = ""
    couple_with: int | None = None
    copy_of: int | None = None
    last_on: date = field(init=False)

    def __post_init__(self) -> None:
        self.last_on = max([self.opened_on, *self.visits, *(meeting.held_on for meeting in self.meetings)])


def plans(rng: Random, *, people: int, until: date) -> list[Plan]:
    """The dates of all the files, in order of opening."""
    openings = sorted(rng.choices(*calendar(until), k=people))
    found = [_plan(rng, number, opened, until) for number, opened in enumerate(openings)]
    for plan in found[1:]:
        # Couples come together; a duplicate is a person received again under a slightly different name.
        chance = rng.random()
        if chance < 0.05 and found[plan.number - 1].couple_with is None:
            plan.couple_with = plan.number - 1
        elif chance < 0.058:
            plan.copy_of = rng.randrange(plan.number)
    _fill_last_day(rng, found, until)
    return found


def number_in_order(prefix: str, dates: Iterable[date], taken: dict[int, int]) -> list[str]:
    """One reference per date (already in order), numbered per year after those already taken."""
    references = []
    for day in dates:
        taken[day.year] = taken.get(day.year, 0) + 1
        references.append(f"{prefix}{day.year}-{taken[day.year]:04d}")
    return references


def working_day(day: date, until: date) -> date:
    """The day itself, or the Monday after a week-end; never after the last day."""
    if day.weekday() >= SATURDAY:
        day += timedelta(7 - day.weekday())
    return min(day, until)


def calendar(until: date) -> tuple[list[date], list[float]]:
    """Working days of the eighteen months before a day, with how busy each is."""
    first = until - timedelta(days=round(MONTHS_BACK * 30.44))
    days = [first + timedelta(number) for number in range((until - first).days + 1)]
    days = [day for day in days if day.weekday() < SATURDAY] or [until]
    return days, [SEASON[day.month - 1] for day in days]


def _plan(rng: Random, number: int, opened: date, until: date) -> Plan:
    meetings, next_on = _meetings(rng, opened, until)
    visits = [opened]
    while rng.random() < 0.28:
        again = working_day(visits[-1] + timedelta(rng.randint(3, 120)), until)
        if again >= until:
            break
        visits.append(again)
    came = [meeting.held_on for meeting in meetings if meeting.attended]
    sendings = [Sending(rng.choice(came)) for _ in range(rng.choices((0, 1, 2, 3), (48, 32, 14, 6))[0])] if came else []
    plan = Plan(number, opened, meetings, visits, sorted(sendings, key=made_on), next_on=next_on)
    if next_on is None and (until - plan.last_on).days > _SILENT_DAYS and rng.random() < 0.94:
        plan.closed_on = working_day(plan.last_on + timedelta(rng.randint(60, _SILENT_DAYS)), until)
    return plan


def made_on(sending: Sending) -> date:
    """Sort key."""
    return sending.made_on


def _meetings(rng: Random, opened: date, until: date) -> tuple[list[Meeting], date | None]:
    """The interviews up to the last day, and the next one when it is already agreed."""
    depth = rng.choices(list(_DEPTHS), list(_DEPTHS.values()))[0]
    day = opened if rng.random() < 0.4 else opened + timedelta(rng.randint(1, 21))
    meetings: list[Meeting] = []
    for _ in range(depth):
        if day.month == AUGUST and rng.random() < 0.7:
            day += timedelta(31)
        if day.weekday() >= SATURDAY:
            day += timedelta(7 - day.weekday())
        if day > until:
            return meetings, day if (day - until).days <= 35 else None
        meetings.append(Meeting(day, attended=rng.random() > 0.08))
        day += timedelta(rng.randint(9, 45))
    return meetings, None


def _fill_last_day(rng: Random, found: list[Plan], until: date) -> None:
    """Three appointments on the last day (more in a big boutique), for people known for some time."""
    lately = [plan for plan in found if plan.closed_on is None and (until - plan.last_on).days <= 60 and plan.meetings]
    hours = (9, 10, 14, 15, 16, 17)[: max(3, min(6, len(found) // 400))]
    for hour, plan in zip(hours, rng.sample(lately, min(len(hours), len(lately))), strict=False):
        plan.today_at, plan.next_on = hour, None
