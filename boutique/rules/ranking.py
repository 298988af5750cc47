"""In which order structures are proposed, and why: one list of criteria, read from the first to the last.

A criterion decides only when all those before it are equal. What comes of few observations is drawn towards what is
usual before it is compared, and compared by steps: two answers out of two do not pass before eighteen out of twenty.
Nothing is drawn at random and nothing depends on the order of the rows: the same file gives the same list.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

# Weight of what is usual, in answers. The mean of a beta-binomial posterior: (accepted + w × usual) / (answers + w),
# see Gelman et al., Bayesian Data Analysis, 3rd ed., § 2.4. A Wilson lower bound (E. B. Wilson, J. Am. Stat. Assoc.
# 22, 1927) would put a structure that nobody tried yet behind one that refuses half the time: it is not used.
PRIOR_ANSWERS = 6
USUAL_ACCEPTANCE = 0.5  # of a base where nobody answered yet
_STEPS = 10  # acceptance is compared by tenths
_WEEK = 7  # delays are compared by weeks


class Support(IntEnum):
    """What speaks for a structure, the most first."""

    RULE_AND_NEED = 0
    RULE_OR_NEED = 1
    THEME = 2  # its sheet says the theme of a need, its type does not serve the subject
    TO_COMPLETE = 3


class Sheet(IntEnum):
    """Freshness of a sheet: three steps, not days (a sheet of 40 days is no better than one of 60)."""

    FRESH = 0
    DUE = 1
    NEVER = 2


@dataclass(frozen=True, slots=True)
class Habits:
    """How a structure answered: `accepted` out of `answers`, median days to answer out of `timed` answers."""

    answers: int = 0
    accepted: int = 0
    median_days: int | None = None
    timed: int = 0


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual: the share accepted over the whole base, the days that a type of structure takes to answer."""

    acceptance: float
    days: int


class Standing(NamedTuple):
    """The criteria in the order in which they decide; the smaller comes first."""

    set_aside: bool
    away: bool  # nobody answers there for now
    after_the_urgent: bool  # a rule that blocks the step comes first
    support: Support
    need: int  # the order in which the needs were raised, then from the closest type to the most general
    priority: int  # of the rule
    doubts: int  # of another public, already referred to, scheme no longer in force
    public: bool  # False when the person is of a public that it receives
    nearness: int  # from the commune to the whole country
    sheet: Sheet
    acceptance: int  # in tenths refused
    delay: int  # in weeks
    name: str
    key: uuid.UUID


def refusal_steps(habits: Habits, usual: Usual) -> int:
    """Share refused in tenths, after shrinkage: 0 for a structure that always accepts."""
    return round((1 - shrunk_acceptance(habits, usual.acceptance)) * _STEPS)


def shrunk_acceptance(habits: Habits, usual: float) -> float:
    """Share accepted, drawn towards the usual one as much as `PRIOR_ANSWERS` answers would."""
    return (habits.accepted + PRIOR_ANSWERS * usual) / (habits.answers + PRIOR_ANSWERS)


def delay_weeks(habits: Habits, usual: Usual) -> int:
    """Days to answer in weeks, drawn in the same way towards what the type of structure takes."""
    days = 0 if habits.median_days is None else habits.timed * habits.median_days
    timed = 0 if habits.median_days is None else habits.timed
    return round((days + PRIOR_ANSWERS * usual.days) / (timed + PRIOR_ANSWERS) / _WEEK)


def sheet_step(verified_on: date | None, *, due: bool) -> Sheet:
    """The step of a sheet that is due or not, by its own delay."""
    if verified_on is None:
        return Sheet.NEVER
    return Sheet.DUE if due else Sheet.FRESH
