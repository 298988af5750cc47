"""The follow-up list of the files: pseudonymous by default, with names and any declared field on request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.follow_up_rows import COMPUTED, USUAL, FollowUpRow
from boutique.exports.excel.sheets import readme
from boutique.exports.pdf.answers import ShowValue
from boutique.forms import values
from boutique.forms.catalogue import FILE
from boutique.models.fields import Field, Kind, Privacy

TITLE = "Liste"
_NAMED = ("holder.last_name", "holder.first_name", "holder.phone", "holder.email", "holder.commune_code")
_FORMATS = {Kind.DATE: Format.DATE, Kind.INTEGER: Format.COUNT, Kind.EUROS: Format.NUMBER}
_WIDTHS = {Kind.TEXT: 24.0, Kind.LONG_TEXT: 40.0, Kind.DATE: 12.0, Kind.INTEGER: 12.0, Kind.EUROS: 14.0,
           Kind.YES_NO: 12.0, Kind.EMAIL: 28.0}  # fmt: skip
_WIDTH = 18.0


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
