"""Imports: directories of partners and official zoning lists. One action, undoable; nothing is left out in silence.

A dry run is the same work that keeps nothing: what it says is what the import will do.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.core.text import clip, words
from boutique.forms.catalogue import PARTNER
from boutique.models.choices import Choice
from boutique.models.referral import Partner, PartnerTerritory
from boutique.services import import_lines, import_territories, partners, territories, zoning
from boutique.services.context import context
from boutique.services.import_duplicates import Known, Twin
from boutique.services.import_lines import RefusedError, Remark
from boutique.services.territories import Area
from boutique.storage.partner_files import PartnerLine, read_partners
from boutique.storage.reference import Reference
from boutique.storage.zoning_files import read_zoning

_NAMED = 3  # refusals told in one line
_STEP = 50  # lines between two signs of progress


class Progress(Protocol):
    """What tells how far a long work is; raises Cancelled once the user gave up."""

    def step(self, done: int, total: int) -> None: ...


class Fate(Choice):
    """What becomes of a line."""

    CREATED = "created", "Ajouté"
    UPDATED = "updated", "Mis à jour"
    UNCHANGED = "unchanged", "Inchangé"
    SKIPPED = "skipped", "Laissé de côté"
    REFUSED = "refused", "Refusé"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the file: what becomes of it, the labels that change, the sheets it may already be."""

    line: int
    name: str
    fate: Fate
    changes: tuple[str, ...] = ()
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. `warnings` are lines taken with a value left out."""

    created: int
    updated: int
    unchanged: int
    refused: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    outcomes: tuple[Outcome, ...] = field(default=(), compare=False)

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why lines were refused, the most frequent first."""
        return tuple(Counter(remark.reason for remark in self.refused).most_common())

    @property
    def twins(self) -> tuple[Outcome, ...]:
        """Lines that may be sheets of the directory."""
        return tuple(outcome for outcome in self.outcomes if outcome.twins)

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


Decision = uuid.UUID | None  # the sheet to update; None leaves the line aside


@dataclass(slots=True)
class _Work:
    """What an import carries from line to line."""

    reference: Reference
    by_id: dict[str, Partner]
    by_name: dict[tuple[str, str, str], Partner]
    by_key: dict[uuid.UUID, Partner]
    areas: dict[uuid.UUID, set[Area]]
    known: Known
    decisions: Mapping[int, Decision]
    fallback: str
    dry: bool
    refused: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # identifier → the line that had it


def import_partners(session: Session, path: Path, *, progress: Progress | None = None) -> Report:
    """Add the partners of a list, update those it already brought; a sheet verified here since then wins."""
    return take(session, read_partners(path), progress=progress)


def take(
    session: Session, lines: Collection[PartnerLine], *, decisions: Mapping[int, Decision] | None = None,
    fallback: str = "", dry: bool = False, progress: Progress | None = None,
) -> Report:  # fmt: skip
    """`decisions` (line → sheet to update, or None) for lines that may be doubles; `dry` changes nothing."""
    work = _work(session, decisions or {}, fallback, dry=dry)
    for number, line in enumerate(lines):
        if progress is not None and number % _STEP == 0:
            progress.step(number, len(lines))
        try:
            work.outcomes.append(_take(session, work, line))
        except RefusedError as refusal:
            work.refused.append(Remark(line.number, str(refusal), refusal.column, refusal.value))
            work.outcomes.append(Outcome(line.number, clip(line["name"], 80), Fate.REFUSED))
    if not dry:
        session.flush()
    if progress is not None:
        progress.step(len(lines), len(lines))
    counts = Counter(outcome.fate for outcome in work.outcomes)
    return Report(
        counts[Fate.CREATED], counts[Fate.UPDATED], counts[Fate.UNCHANGED], tuple(work.refused), tuple(work.warnings),
        tuple(work.outcomes),
    )  # fmt: skip


def import_zoning(session: Session, path: Path) -> ZoningReport:
    """Replace an official list (FRR or QPV) by the one of this file."""
    content = read_zoning(path)
    rows = zoning.store(session, content)
    refused = tuple(Remark(item.line, item.reason) for item in content.refused)
    return ZoningReport(content.kind, content.vintage, rows, refused)


def _work(session: Session, decisions: Mapping[int, Decision], fallback: str, *, dry: bool) -> _Work:
    known = session.scalars(select(Partner)).all()
    areas: dict[uuid.UUID, set[Area]] = {}
    rows = session.execute(select(PartnerTerritory.partner_id, PartnerTerritory.level, PartnerTerritory.code))
    for partner_id, level, code in rows:
        areas.setdefault(partner_id, set()).add((level, code))
    return _Work(
        reference=context(session).reference,
        # A sheet typed here leaves under its own key: it comes back to itself.
        by_id={str(row.id): row for row in known} | {row.external_id: row for row in known if row.external_id},
        by_name={_identity(row.name_key, row.type_code, row.commune_code): row for row in known},
        by_key={row.id: row for row in known},
        areas=areas,
        known=Known(known),
        decisions=decisions,
        fallback=fallback,
        dry=dry,
    )


def _identity(name_key: str, type_code: str | None, commune_code: str | None) -> tuple[str, str, str]:
    return name_key, type_code or "", commune_code or ""


def _take(session: Session, work: _Work, line: PartnerLine) -> Outcome:
    kind = import_lines.kind_of(line, work.fallback)
    external_id = _identifier(work, line)
    read, remarks = import_lines.read(work.reference, line)
    work.warnings.extend(remarks)
    if "name" not in read:
        raise RefusedError("le nom manque ou ne peut pas être gardé", "name", clip(line["name"], 60))
    read["type_code"] = kind.partner_type
    try:
        areas = import_territories.areas(work.reference, line, kind.level, read.get("commune_code"))
    except UserError as error:
        raise RefusedError(str(error), "territory", clip(line["territory"], 60)) from error
    identity = _identity(clip(" ".join(words(read["name"])), 200), kind.partner_type, read.get("commune_code"))
    partner = work.by_id.get(external_id) if external_id else work.by_name.get(identity)
    twins = work.known.twins(read) if partner is None else ()
    if twins and line.number in work.decisions:
        partner = work.by_key.get(work.decisions[line.number] or uuid.UUID(int=0))
        if partner is None:
            return Outcome(line.number, read["name"], Fate.SKIPPED, twins=twins)
    if partner is None:
        work.by_name[identity] = partner = _add(session, work, read, external_id, areas)
        fate, changes = Fate.CREATED, tuple[str, ...]()
    else:
        changes = _update(session, work, partner, read, areas)
        fate = Fate.UPDATED if changes else Fate.UNCHANGED
    if external_id:
        work.by_id[external_id] = partner
    return Outcome(line.number, read["name"], fate, changes, twins)


def _identifier(work: _Work, line: PartnerLine) -> str:
    identifier = line["id"]
    if len(identifier) > 80:
        raise RefusedError("l’identifiant a plus de 80 caractères", "id", clip(identifier, 60))
    if identifier:
        if identifier in work.lines:
            raise RefusedError(f"même identifiant que la ligne {work.lines[identifier]}", "id", identifier)
        work.lines[identifier] = line.number
    return identifier


def _add(
    session: Session, work: _Work, read: dict[str, Any], external_id: str, areas: tuple[Area, ...]
) -> Partner:  # fmt: skip
    partner = Partner(external_id=external_id or None, territory_level=territories.widest(areas), **read)
    if not work.dry:
        session.add(partner)
        session.add_all(PartnerTerritory(partner_id=partner.id, level=level, code=code) for level, code in areas)
    work.areas[partner.id] = set(areas)
    return partner


def _update(
    session: Session, work: _Work, partner: Partner, read: dict[str, Any], areas: tuple[Area, ...]
) -> tuple[str, ...]:  # fmt: skip
    """Bring a sheet up to date; what was verified here after the list was made is only completed."""
    listed_on: date | None = read.get("verified_on")
    ours = partner.verified_on is not None and (listed_on is None or listed_on < partner.verified_on)
    changes: list[str] = []
    for name, value in read.items():
        known = getattr(partner, name)
        if known != value and (known is None or not ours):
            changes.append(PARTNER.field(f"partner.{name}").label)
            if not work.dry:
                setattr(partner, name, value)
    if not ours and work.areas.get(partner.id, set()) != set(areas):
        changes.append(PARTNER.field("partner.territory_level").label)
        if not work.dry:
            partner.territory_level = territories.widest(areas)
            partners.set_territories(session, partner.id, areas)
            work.areas[partner.id] = set(areas)
    return tuple(changes)
