"""What the sheets of outdoor work are made from: typed rows that services fill, one dataclass a sheet. No person."""

from dataclasses import dataclass
from datetime import date

from boutique.models.choices import ZoningState
from boutique.models.outreach_choices import BusinessSize, OutreachState, VisitPurpose


@dataclass(frozen=True, slots=True)
class OutreachDayRow:
    """One permanence of the period, planned ones left out. `walk_ins`: visits without a name or without a record."""

    held_on: date
    commune: str
    commune_code: str | None
    qpv: str
    located_in_qpv: ZoningState | None
    host: str
    opens: str  # « 09:00 »
    closes: str
    counsellor: str
    received: int
    walk_ins: int
    offline: bool | None
    cancelled: bool
    reason: str
    state: OutreachState
    programme: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting with a partner."""

    met_on: date
    partner: str
    type: str
    topic: str
    follow_up: str
    follow_up_on: date | None
    done: bool | None  # None when nothing follows
    counsellor: str
    programme: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit to a business."""

    visited_on: date
    name: str
    siren: str
    commune: str
    commune_code: str | None
    activity: str
    size: BusinessSize | None
    purpose: VisitPurpose | None
    needs: tuple[str, ...]
    to_do: str
    late: int
    next_on: date | None
    counsellor: str
    ours: bool
    programme: str
