"""First interviews and what was asked before them, counted again by loops: who is new, how long each waited."""

from datetime import date
from functools import cache

from dateutil.relativedelta import relativedelta

from tests.services.recount.look import Look
from tests.services.recount.rows import Act, Base

_SILENCE = relativedelta(months=24)


def first_interviews(look: Look) -> list[Act]:
    """« Premier entretien de la personne, jamais reçue avant ou dernier contact de plus de 24 mois »."""
    return [act for act, _before in _firsts(look.base) if look.start <= act.day <= look.end and look.counts(act)]


def waited(look: Look) -> list[int]:
    """Days from what each new person asked (a visit, else the opening of the file) to the first interview.

    Whoever is back after a long silence asked since the interview before, not years ago.
    """
    found, wanted = [], set(first_interviews(look))
    for act, before in _firsts(look.base):
        if act in wanted:
            visits = look.base.visits_of[(act.person or {})["id"]]
            days = [day for day in (*visits, (act.file or {})["opened_on"]) if day <= act.day]
            asked = [day for day in days if before is None or day > before]
            found.append((act.day - min([*asked, act.day])).days)
    return found


@cache
def _firsts(base: Base) -> list[tuple[Act, date | None]]:
    """First interviews with the day of the one before, if there is one."""
    found: list[tuple[Act, date | None]] = []
    last: dict[str, date] = {}
    for act in sorted(base.held, key=_day):  # of two on a day, the one that was written first
        who = (act.person or {})["id"]
        before = last.get(who)
        if before is None or before + _SILENCE < act.day:
            found.append((act, before))
        last[who] = act.day
    return found


def _day(act: Act) -> date:
    return act.day
