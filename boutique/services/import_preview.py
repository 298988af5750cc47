"""What an import would do, before it does it: columns, cells, possible doubles. For the window of the import.

The columns a file was read with are remembered by its titles: the next one with the same titles needs no work.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.forms.catalogue import PARTNER
from boutique.models.trace import Setting
from boutique.services import importing, inclusion_cells
from boutique.services.import_lines import Remark
from boutique.services.import_outcomes import Report
from boutique.services.importing import Decision, Progress
from boutique.storage.inclusion_files import read_inclusion
from boutique.storage.partner_files import TITLES, ListColumn, PartnerLine, PartnerTable, open_partners

_REMEMBERED = "import:"
_OTHERS = {
    "id": "Identifiant",
    "type": "Type",
    "complement": "Complément d’adresse",
    "postal_code": "Code postal",
    "town": "Ville",
    "commune_code": "Code INSEE de la commune",
    "department": "Département",
    "territory": "Territoire couvert",
    "level": "Niveau du territoire",
    "communes": "Communes couvertes",
    "epcis": "EPCI couverts",
    "departments": "Départements couverts",
    "regions": "Régions couvertes",
    "own_areas": "Territoires à nous couverts, par leur nom",
    "institution": "Antenne de (nom ou identifiant)",
    "contact_name": "Contact : nom",
    "contact_role": "Contact : fonction",
    "contact_phone": "Contact : téléphone",
    "contact_email": "Contact : e-mail",
    "contact_themes": "Contact : pour quels thèmes",
    "contact_verified_on": "Contact : vérifié le",
    "contacts": "Autres contacts",
}
FIELDS: tuple[tuple[str, str], ...] = tuple(
    (name, _OTHERS.get(name) or PARTNER.field(f"partner.{name}").label) for name in TITLES
)
LABELS: Mapping[str, str] = dict(FIELDS)


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file: field of each column (None: as its titles say), type of lines that say none, doubles."""

    names: Mapping[int, str] | None = None
    fallback: str = ""
    decisions: Mapping[int, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """`report` is what the import would do; None while `missing` says which columns must be named first."""

    columns: tuple[ListColumn, ...]
    names: Mapping[int, str]
    fallback: str
    report: Report | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class _Content:
    lines: tuple[PartnerLine, ...]
    refused: tuple[Remark, ...] = ()
    table: PartnerTable | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    fallback: str = ""
    missing: str = ""


def preview(session: Session, path: Path, reading: Reading, *, progress: Progress | None = None) -> Preview:
    """A dry run: nothing is changed."""
    content = _content(session, path, reading)
    columns = content.table.columns if content.table else ()
    if content.missing:
        return Preview(columns, content.names, content.fallback, None, content.missing)
    report = _take(session, content, reading, dry=True, progress=progress)
    return Preview(columns, content.names, content.fallback, report)


def run(session: Session, path: Path, reading: Reading, *, progress: Progress | None = None) -> Report:
    """The import itself."""
    content = _content(session, path, reading)
    if content.missing:
        raise UserError(content.missing)
    if content.table is not None:
        _remember(session, content.table, content)
    return _take(session, content, reading, dry=False, progress=progress)


def _take(
    session: Session, content: _Content, reading: Reading, *, dry: bool, progress: Progress | None
) -> Report:  # fmt: skip
    report = importing.take(
        session, content.lines, decisions=reading.decisions, fallback=content.fallback, dry=dry, progress=progress
    )
    if not content.refused:
        return report
    refused = tuple(sorted((*content.refused, *report.refused), key=_by_line))
    return Report(report.created, report.updated, report.unchanged, refused, report.warnings, report.outcomes)


def _by_line(remark: Remark) -> int:
    return remark.line


def _content(session: Session, path: Path, reading: Reading) -> _Content:
    if path.suffix.lower() == ".json":
        lines, refused = inclusion_lines(path)
        return _Content(lines, refused, fallback=reading.fallback)
    table = open_partners(path)
    names, fallback = _names(session, table, reading)
    chosen = {name for name in names.values() if name}
    missing = ""
    if "name" not in chosen:
        missing = "Dites quelle colonne porte le nom des structures."
    elif "type" not in chosen and not fallback:
        missing = "Dites quelle colonne porte le type, ou choisissez un même type pour toutes les lignes."
    return _Content(() if missing else table.read(names), (), table, names, fallback, missing)


def _names(session: Session, table: PartnerTable, reading: Reading) -> tuple[Mapping[int, str], str]:
    """As chosen, else as last time, else as the titles say."""
    if reading.names is not None:
        return reading.names, reading.fallback
    said = {rank: column.name for rank, column in enumerate(table.columns)}
    kept = session.get(Setting, _REMEMBERED + table.fingerprint)
    if kept is None:
        return said, reading.fallback
    known = json.loads(kept.content)
    return {int(rank): name for rank, name in known["names"].items()}, reading.fallback or known["fallback"]


def _remember(session: Session, table: PartnerTable, content: _Content) -> None:
    said = {rank: column.name for rank, column in enumerate(table.columns)}
    key = _REMEMBERED + table.fingerprint
    kept = session.get(Setting, key)
    if kept is None and dict(content.names) == said and not content.fallback:
        return
    text = json.dumps({"names": content.names, "fallback": content.fallback})
    if kept is None:
        session.add(Setting(name=key, content=text))
    else:
        kept.content = text


def inclusion_lines(path: Path) -> tuple[tuple[PartnerLine, ...], tuple[Remark, ...]]:
    """The structures of a data·inclusion file, each with its services; what belongs to nothing is told."""
    structures, services = read_inclusion(path)
    refused: list[Remark] = []
    around: dict[str, list[Mapping[str, object]]] = {}
    for rank, service in enumerate(services, 1):
        if isinstance(service, dict) and isinstance(service.get("structure_id"), str):
            around.setdefault(service["structure_id"], []).append(service)
        else:
            refused.append(Remark(rank, "ce service ne dit pas à quelle structure il appartient", "structure_id"))
    lines: list[PartnerLine] = []
    for rank, structure in enumerate(structures, 1):
        if isinstance(structure, dict):
            own = around.pop(str(structure.get("id")), [])
            lines.append(PartnerLine(rank, inclusion_cells.cells(structure, own)))
        else:
            refused.append(Remark(rank, "ce n’est pas une structure"))
    refused += [Remark(0, "services d’une structure absente du fichier", "structure_id", key[:60]) for key in around]
    return tuple(lines), tuple(refused)
