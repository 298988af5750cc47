"""Rows of the follow-up list of the files, and the columns worked out from one. For the service and the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added
from boutique.models.choices import EmploymentStatus, ExitReason, Phase, ZoningState

_MINUTES = 60


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One file; `answers` holds what the optional columns show."""

    reference: str
    opened_on: date
    counsellor: str = ""
    lives_in_qpv: ZoningState | None = None
    employment_status: EmploymentStatus | None = None
    phase: Phase | None = None
    last_contact_on: date | None = None
    next_appointment: date | datetime | None = None
    minutes: int = 0
    referrals: int = 0
    exit_reason: ExitReason | None = None
    note: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    programme: str = ""
    site: str = ""
    closed_on: date | None = None
    interviews: int = 0
    first_interview: date | None = None
    last_interview: date | None = None


# Columns worked out from the file, by the key that a kept list knows them by.
COMPUTED: Mapping[str, Column[FollowUpRow]] = MappingProxyType(
    {
        "list.reference": Column("Référence", lambda row: row.reference, 14),
        "list.opened_on": Column("Ouvert le", lambda row: row.opened_on, 12, Format.DATE),
        "list.counsellor": Column("Conseiller", lambda row: row.counsellor, 14),
        "list.qpv": Column("QPV", lambda row: row.lives_in_qpv, 12),
        "list.status": Column("Situation", lambda row: row.employment_status, 24),
        "list.phase": Column("Phase", lambda row: row.phase, 24),
        "list.last_contact": Column("Dernier contact", lambda row: row.last_contact_on, 14, Format.DATE),
        "list.next": Column("Prochain rendez-vous", lambda row: _day(row.next_appointment), 14, Format.DATE),
        "list.hours": Column("Heures", lambda row: row.minutes / _MINUTES, 10, Format.DECIMAL, total=added()),
        "list.referrals": Column("Orientations", lambda row: row.referrals, 12, Format.COUNT, total=added()),
        "list.exit": Column("Issue", lambda row: row.exit_reason, 14),
        "list.note": Column("Observation courte", lambda row: row.note, 40),
        "list.programme": Column("Programme", lambda row: row.programme, 24),
        "list.site": Column("Lieu", lambda row: row.site, 20),
        "list.closed_on": Column("Terminé le", lambda row: row.closed_on, 12, Format.DATE),
        "list.interviews": Column("Entretiens", lambda row: row.interviews, 12, Format.COUNT, total=added()),
        "list.first_interview": Column("Premier entretien", lambda row: row.first_interview, 14, Format.DATE),
        "list.last_interview": Column("Dernier entretien", lambda row: row.last_interview, 14, Format.DATE),
    }
)
USUAL: tuple[Column[FollowUpRow], ...] = tuple(COMPUTED.values())[:12]


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
