"""The follow-up list of the files: pseudonymous by default, with names and any declared field on request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added
from boutique.exports.excel.sheets import readme
from boutique.exports.pdf.answers import ShowValue
from boutique.forms import values
from boutique.forms.catalogue import FILE
from boutique.models.choices import EmploymentStatus, ExitReason, Phase, ZoningState
from boutique.models.fields import Field, Kind, Privacy

TITLE = "Liste"
_NAMED = ("holder.last_name", "holder.first_name", "holder.phone", "holder.email", "holder.commune_code")
_FORMATS = {Kind.DATE: Format.DATE, Kind.INTEGER: Format.COUNT, Kind.EUROS: Format.NUMBER}
_WIDTHS = {Kind.TEXT: 24.0, Kind.LONG_TEXT: 40.0, Kind.DATE: 12.0, Kind.INTEGER: 12.0, Kind.EUROS: 14.0,
           Kind.YES_NO: 12.0, Kind.EMAIL: 28.0}  # fmt: skip
_WIDTH = 18.0
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


@dataclass(frozen=True, slots=True)
class FollowUpData:
    """The list, who asked for it, and what it may show."""

    structure: str
    author: str
    version: str
    generated_at: datetime
    rows: tuple[FollowUpRow, ...]
    period: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    fields: tuple[Field, ...] = ()
    nominative: bool = False
    reason: str = ""  # why names were asked for
    name: str = ""  # of a list that is kept
    columns: tuple[str, ...] = ()  # its own, in their order; the usual ones without
    show_value: ShowValue = values.show


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
_LEGEND = (
    ("Référence", "Pseudonyme du dossier, le même dans tous les documents"),
    ("Dernier contact", "Dernier entretien ou passage ; la conservation des données se compte à partir de cette date"),
    ("Heures", "Durée des entretiens tenus, absences exclues"),
    ("Orientations", "Nombre d’orientations faites depuis l’ouverture du dossier"),
    ("QPV", "Oui, non, ou à vérifier : « à vérifier » n’est jamais compté comme un non"),
    ("Observation courte", "Des faits ; jamais transmise à un financeur"),
)


def available_fields() -> tuple[Field, ...]:
    """Declared fields that may be added as columns; the sensitive ones only for who asks for them by name."""
    return FILE.fields()


def render(data: FollowUpData) -> bytes:
    """The workbook as .xlsx bytes."""
    title = data.name or f"Liste de suivi{f' — {data.period}' if data.period else ''}"
    book = Book(title=title, author=data.structure, made_at=data.generated_at)
    chosen = _chosen(data)
    readme.write(book, title, _facts(data), [("Les colonnes", [*_LEGEND, *_explained(chosen)])])
    columns = _own(data) if data.columns else _around(data, chosen)
    book.table(TITLE, columns, data.rows)
    return book.to_bytes()


def _around(data: FollowUpData, chosen: Sequence[Field]) -> list[Column[FollowUpRow]]:
    """The usual columns, with the chosen answers after the reference."""
    return [*USUAL[:1], *(_column(one, data.show_value) for one in chosen), *USUAL[1:]]


def _own(data: FollowUpData) -> list[Column[FollowUpRow]]:
    """The columns of a kept list, in its order."""
    return [COMPUTED[key] if key in COMPUTED else _column(FILE.field(key), data.show_value) for key in data.columns]


def _chosen(data: FollowUpData) -> list[Field]:
    named = [FILE.field(key) for key in _NAMED] if data.nominative and not data.columns else []
    keys = {one.key for one in named}
    return [*named, *(one for one in data.fields if one.key not in keys)]


def _column(described: Field, show: ShowValue) -> Column[FollowUpRow]:
    format_ = _FORMATS.get(described.kind, Format.TEXT)
    width = _WIDTHS.get(described.kind, _WIDTH)
    return Column(described.label, partial(_value, described, show), width, format_)


def _value(described: Field, show: ShowValue, row: FollowUpRow) -> Any:
    value = row.answers.get(described.key)
    return value if value is None or described.kind in _FORMATS else show(described, value)


def _explained(chosen: list[Field]) -> list[readme.Pair]:
    return [(one.label, one.help) for one in chosen if one.help]


def _facts(data: FollowUpData) -> list[readme.Pair]:
    names = "Liste nominative : à ne transmettre qu’aux personnes habilitées, à effacer après usage"
    reason = [("Motif", data.reason)] if data.reason else []
    sensitive = any(one.privacy is Privacy.SENSITIVE for one in data.fields)
    return [
        ("Structure", data.structure),
        *([("Période", data.period)] if data.period else []),
        ("Établi par", data.author),
        ("Le", readme.moment(data.generated_at)),
        ("Logiciel", f"Boutique {data.version}"),
        *data.filters,
        ("Dossiers", len(data.rows)),
        *reason,
        ("Identité", names if data.nominative else "Aucun nom : les dossiers figurent par leur référence"),
        *(
            [("Attention", "Contient une donnée sensible : accord écrit de la personne nécessaire")]
            if sensitive
            else []
        ),
    ]


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
