"""Permanences where somebody came, counted again by loops: who was received is shared out between those of a day."""

from collections import defaultdict
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from tests.services.recount.rows import Act, Base, Row

_HOUR = 60


@cache
def with_somebody(base: Base) -> set[str]:
    """Permanences with a visit without a name, or to which a visit or an interview of that day and place belongs."""
    of_day: dict[tuple[date, Any], list[Row]] = defaultdict(list)
    for row in base.tables["outreach_day"]:
        if row["state"] != "annulee":
            of_day[row["held_on"], row["site_id"]].append(row)
    found = {row["id"] for row in base.tables["outreach_day"] if row["walk_ins"]}
    for act in base.received:
        sitting = _sitting(of_day.get((act.day, act.site), []), act)
        found |= {sitting["id"]} if sitting else set()
    return found


def _sitting(sittings: list[Row], act: Act) -> Row | None:
    """That of the counsellor, else one that names nobody; the last one begun when it was written on the day itself."""
    who = act.row["counsellor_id"]
    own = [one for one in sittings if who is not None and one["counsellor_id"] == who]
    kept = own or [one for one in sittings if who is None or one["counsellor_id"] is None]
    written = datetime.fromisoformat(act.row["created_at"]).replace(tzinfo=UTC).astimezone()
    minute = written.hour * _HOUR + written.minute
    begun = [one for one in kept if written.date() == act.day and one["opens_at"] <= minute]
    if begun:
        return max(begun, key=_opening)
    return min(kept, key=_opening) if kept else None


def _opening(sitting: Row) -> tuple[int, str]:
    return sitting["opens_at"], sitting["id"]
