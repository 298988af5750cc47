"""Imports: directories of partners and official zoning lists. One action, undoable; nothing is left out in silence."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.core.text import clip, fold, words
from boutique.forms import values
from boutique.forms.catalogue import PARTNER
from boutique.models.referral import Partner, PartnerTerritory
from boutique.rules.import_types import ImportType, load_import_types
from boutique.services import import_territories, partners, territories, zoning
from boutique.services.context import context
from boutique.services.territories import Area
from boutique.storage.partner_files import PartnerLine, read_partners
from boutique.storage.reference import Reference
from boutique.storage.zoning_files import read_zoning

_NAMED = 3  # refusals told in one line
_STEP = 50  # lines between two signs of progress
_FIELDS = ("name", "phone", "email", "website", "contact_name", "contact_role", "opening", "source", "verified_on")


class Progress(Protocol):
    """What tells how far a long work is; raises Cancelled once the user gave up."""

    def step(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of the file, and what is wrong with it in French."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. `warnings` are lines taken with a value left out."""

    created: int
    updated: int
    unchanged: int
    refused: tuple[Remark, ...]
    warnings: tuple[Remark, ...]

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why lines were refused, the most frequent first."""
        return tuple(Counter(remark.reason for remark in self.refused).most_common())

    @property
    def sentence(self) -> str:
        """What was done, in one line; the first refusals are named."""
        return f"{self.summary}{_refusals(self.refused)}"

    @property
    def summary(self) -> str:
        """How many were added, updated, left as they were."""
        parts = [
            f"{french.plural(self.created, 'partenaire ajouté', 'partenaires ajoutés')}",
            f"{french.plural(self.updated, 'mis à jour', 'mis à jour')}",
            f"{french.plural(self.unchanged, 'inchangé')}",
        ]
        return f"{', '.join(parts)}."


@dataclass(frozen=True, slots=True)
class ZoningReport:
    """Which list was read, of which vintage."""

    kind: str
    vintage: str
    rows: int
    refused: tuple[Remark, ...]

    @property
    def sentence(self) -> str:
        """What was done, in one line."""
        vintage = f" ({self.vintage})" if self.vintage else ""
        return f"Liste {self.kind}{vintage} : {french.plural(self.rows, 'ligne')}.{_refusals(self.refused)}"


def _refusals(refused: tuple[Remark, ...]) -> str:
    if not refused:
        return ""
    first = " ; ".join(f"ligne {remark.line} : {remark.reason}" for remark in refused[:_NAMED])
    more = " ; …" if len(refused) > _NAMED else ""
    return f" {french.plural(len(refused), 'ligne refusée', 'lignes refusées')} ({first}{more})."


@dataclass(slots=True)
class _Work:
    """What an import carries from line to line."""

    reference: Reference
    by_id: dict[str, Partner]
    by_name: dict[tuple[str, str, str], Partner]
    areas: dict[uuid.UUID, set[Area]]
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # identifier → the line that had it


class _RefusedError(Exception):
    """str(error) is the reason shown beside the line number."""


def import_partners(session: Session, path: Path, *, progress: Progress | None = None) -> Report:
    """Add the partners of a list, update those it already brought; a sheet verified here since then wins."""
    lines = read_partners(path)
    work = _work(session)
    for number, line in enumerate(lines):
        if progress is not None and number % _STEP == 0:
            progress.step(number, len(lines))
        try:
            _take(session, work, line)
        except _RefusedError as refusal:
            work.refused.append(Remark(line.number, str(refusal)))
    session.flush()
    if progress is not None:
        progress.step(len(lines), len(lines))
    counts = work.counts
    return Report(counts["created"], counts["updated"], counts["unchanged"], tuple(work.refused), tuple(work.warnings))


def import_zoning(session: Session, path: Path) -> ZoningReport:
    """Replace an official list (FRR or QPV) by the one of this file."""
    content = read_zoning(path)
    rows = zoning.store(session, content)
    refused = tuple(Remark(item.line, item.reason) for item in content.refused)
    return ZoningReport(content.kind, content.vintage, rows, refused)


def _work(session: Session) -> _Work:
    known = session.scalars(select(Partner)).all()
    areas: dict[uuid.UUID, set[Area]] = {}
    rows = session.execute(select(PartnerTerritory.partner_id, PartnerTerritory.level, PartnerTerritory.code))
    for partner_id, level, code in rows:
        areas.setdefault(partner_id, set()).add((level, code))
    return _Work(
        reference=context(session).reference,
        by_id={row.external_id: row for row in known if row.external_id},
        by_name={_identity(row.name_key, row.type_code, row.commune_code): row for row in known},
        areas=areas,
    )


def _identity(name_key: str, type_code: str | None, commune_code: str | None) -> tuple[str, str, str]:
    return name_key, type_code or "", commune_code or ""


def _take(session: Session, work: _Work, line: PartnerLine) -> None:
    kind = _kind(line)
    external_id = _identifier(work, line)
    read = _read(work, line)
    if "name" not in read:
        raise _RefusedError("le nom manque ou ne peut pas être gardé")
    read["type_code"] = kind.partner_type
    try:
        areas = import_territories.areas(work.reference, line, kind.level, read.get("commune_code"))
    except UserError as error:
        raise _RefusedError(str(error)) from error
    identity = _identity(clip(" ".join(words(read["name"])), 200), kind.partner_type, read.get("commune_code"))
    partner = work.by_id.get(external_id) if external_id else work.by_name.get(identity)
    if partner is None:
        read["territory_level"] = territories.widest(areas)
        partner = Partner(external_id=external_id or None, **read)
        session.add(partner)
        session.add_all(PartnerTerritory(partner_id=partner.id, level=level, code=code) for level, code in areas)
        work.by_name[identity] = partner
        work.areas[partner.id] = set(areas)
        work.counts["created"] += 1
    else:
        work.counts["updated" if _update(session, work, partner, read, areas) else "unchanged"] += 1
    if external_id:
        work.by_id[external_id] = partner


def _kind(line: PartnerLine) -> ImportType:
    if not line["type"]:
        raise _RefusedError("le type manque")
    kind = load_import_types().get(fold(line["type"]))
    if kind is None:
        raise _RefusedError(f"type « {clip(line['type'], 40)} » inconnu")
    if not kind.partner_type:
        raise _RefusedError(f"type « {clip(line['type'], 40)} » : {kind.reason}")
    return kind


def _identifier(work: _Work, line: PartnerLine) -> str:
    identifier = line["id"]
    if len(identifier) > 80:
        raise _RefusedError("l’identifiant a plus de 80 caractères")
    if identifier:
        if identifier in work.lines:
            raise _RefusedError(f"même identifiant que la ligne {work.lines[identifier]}")
        work.lines[identifier] = line.number
    return identifier


def _read(work: _Work, line: PartnerLine) -> dict[str, Any]:
    """Typed values of the cells; what cannot be kept is left out and told."""
    found: dict[str, Any] = {}
    cells = {name: line[name] for name in _FIELDS} | {"address": import_territories.address(line)}
    for name, text in cells.items():
        try:
            value = values.read(PARTNER.field(f"partner.{name}"), text)
        except UserError as error:
            if name != "name":
                work.warnings.append(Remark(line.number, f"{PARTNER.field(f'partner.{name}').label} : {error}"))
            continue
        if value is not None:
            found[name] = value
    commune = import_territories.commune(work.reference, line)
    if commune is not None:
        found["commune_code"] = commune.code
    elif line["commune_code"] or line["town"]:
        work.warnings.append(Remark(line.number, "Commune : non reconnue, laissée vide."))
    return found


def _update(
    session: Session, work: _Work, partner: Partner, read: dict[str, Any], areas: tuple[Area, ...]
) -> bool:  # fmt: skip
    """Bring a sheet up to date; what was verified here after the list was made is only completed."""
    listed_on: date | None = read.get("verified_on")
    ours = partner.verified_on is not None and (listed_on is None or listed_on < partner.verified_on)
    changed = False
    for name, value in read.items():
        known = getattr(partner, name)
        if known != value and (known is None or not ours):
            setattr(partner, name, value)
            changed = True
    if not ours and work.areas.get(partner.id, set()) != set(areas):
        partner.territory_level = territories.widest(areas)
        partners.set_territories(session, partner.id, areas)
        work.areas[partner.id] = set(areas)
        changed = True
    return changed
