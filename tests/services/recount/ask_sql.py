"""Asks a base for the indicators by the statements of `by_sql`."""

import uuid
from datetime import date
from statistics import median
from typing import Any

from dateutil.relativedelta import relativedelta

from tests.services.recount.by_sql import COHORTS, COUNTS, CREATED, DELAYS, SHARES


class Recount:
    """The same figures by SQL alone, of the days from `first` to `last`; of a cohort, of whole months."""

    def __init__(self, connection: Any, first: date, last: date, site: uuid.UUID | None) -> None:
        self.connection, self.first, self.last = connection, first, last
        self.bound: dict[str, str | None] = {
            f"months_{months}": str(last - relativedelta(months=months)) for months in (6, 24)
        }
        self.bound |= {"first": str(first), "last": str(last), "site": site.hex if site else None}

    def one(self, events: str, condition: str, count: str) -> Any:
        query = f"""SELECT {count} FROM ({events}) e LEFT JOIN person w ON w.id = e.p
            WHERE e.d BETWEEN :first AND :last AND (:site IS NULL OR e.s = :site) AND ({condition})"""
        return self.connection.execute(query, self.bound).fetchone()[0] or 0

    def value(self, code: str) -> Any:
        """A number, both counts of a share, or None for the median of nothing."""
        if code in COUNTS:
            return self.one(*COUNTS[code])
        if code in SHARES:
            return tuple(self.one(*side) for side in SHARES[code])
        if code in DELAYS:
            query = f"""SELECT q FROM ({DELAYS[code]}) e
                WHERE e.d BETWEEN :first AND :last AND (:site IS NULL OR e.s = :site)"""
            days = [row[0] for row in self.connection.execute(query, self.bound)]
            return median(days) if days else None
        months, alive, kept = COHORTS[code]
        end = self.last + relativedelta(days=1) - relativedelta(months=months) - relativedelta(days=1)
        bound = {**self.bound, "first": str(self.first - relativedelta(months=months)), "last": str(end)}
        return tuple(
            self.connection.execute(
                f"SELECT count(*) FROM ({CREATED}) e WHERE e.d BETWEEN :first AND :last AND ({condition}) "
                "AND (:site IS NULL OR e.s = :site)", bound,
            ).fetchone()[0]
            for condition in (f"{alive} AND {kept}", kept)
        )  # fmt: skip
