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

from boutique.core.errors import UserError
from boutique.core.text import clip, fold, words
from boutique.forms.catalogue import PARTNER
from boutique.models.choices import TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory
from boutique.services import (
    import_contacts,
    import_lines,
    import_territories,
    own_territories,
    partners,
    territories,
    zoning,
)
from boutique.services.context import context
from boutique.services.import_duplicates import Known
from boutique.services.import_lines import RefusedError, Remark
from boutique.services.import_outcomes import Fate, Outcome, Report, ZoningReport
from boutique.services.territories import Area
from boutique.storage.partner_files import PartnerLine, read_partners
from boutique.storage.reference import Reference
from boutique.storage.zoning_files import read_zoning

_ANTENNE = "Antenne de"
_STEP = 50  # lines between two signs of progress


class Progress(Protocol):
    """What tells how far a long work is; raises Cancelled once the user gave up."""

    def step(self, done: int, total: int) -> None: ...


Decision = uuid.UUID | None  # the sheet to update; None leaves the line aside


@dataclass(slots=True)
class _Work:
    """What an import carries from line to line."""

    reference: Reference
    by_id: dict[str, Partner]
    by_name: dict[tuple[str, str, str], list[Partner]]
    by_key: dict[uuid.UUID, Partner]
    institutions: dict[str, list[Partner]]  # by the folded name of those that may have antennes
    parents: set[uuid.UUID]  # those that have some
    people: import_contacts.People
    own: Mapping[str, str]  # folded name → code of the territories drawn here
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
    # Institutions before their antennes, wherever they stand in the file.
    for number, line in enumerate(sorted(lines, key=_is_antenne)):
        if progress is not None and number % _STEP == 0:
            progress.step(number, len(lines))
        try:
            work.outcomes.append(_take(session, work, line))
        except RefusedError as refusal:
            work.refused.append(Remark(line.number, str(refusal), refusal.column, refusal.value))
            work.outcomes.append(Outcome(line.number, clip(line["name"], 80), Fate.REFUSED))
    if not dry:
        session.flush()
    work.refused.sort(key=_line_number)
    work.warnings.sort(key=_line_number)
    work.outcomes.sort(key=_line_number_of_outcome)
    if progress is not None:
        progress.step(len(lines), len(lines))
    counts = Counter(outcome.fate for outcome in work.outcomes)
    return Report(
        counts[Fate.CREATED], counts[Fate.UPDATED], counts[Fate.UNCHANGED], tuple(work.refused), tuple(work.warnings),
        tuple(work.outcomes),
    )  # fmt: skip


def _is_antenne(line: PartnerLine) -> bool:
    return bool(line["institution"])


def _line_number(remark: Remark) -> int:
    return remark.line


def _line_number_of_outcome(outcome: Outcome) -> int:
    return outcome.line


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
    by_name: dict[tuple[str, str, str], list[Partner]] = {}
    institutions: dict[str, list[Partner]] = {}
    for row in known:
        by_name.setdefault(_identity(row.name_key, row.type_code, row.commune_code), []).append(row)
        if row.parent_id is None:
            institutions.setdefault(row.name_key, []).append(row)
    return _Work(
        reference=context(session).reference,
        # A sheet typed here leaves under its own key: it comes back to itself.
        by_id={str(row.id): row for row in known} | {row.external_id: row for row in known if row.external_id},
        by_name=by_name,
        by_key={row.id: row for row in known},
        institutions=institutions,
        parents={row.parent_id for row in known if row.parent_id is not None},
        people=import_contacts.People(session, dry=dry),
        own={fold(name): code for code, name in own_territories.names(session).items()},
        areas=areas,
        known=Known(known),
        decisions=decisions,
        fallback=fallback,
        dry=dry,
    )


def _identity(name_key: str, type_code: str | None, commune_code: str | None) -> tuple[str, str, str]:
    return name_key, type_code or "", commune_code or ""


def _take(session: Session, work: _Work, line: PartnerLine) -> Outcome:
    external_id = _identifier(work, line)
    above = _institution(work, line)
    kind = import_lines.kind_of(line, (above.type_code if above else None) or work.fallback)
    read, remarks = import_lines.read(work.reference, line)
    people, more = import_contacts.read(line)
    work.warnings.extend((*remarks, *more))
    if "name" not in read:
        raise RefusedError("le nom manque ou ne peut pas être gardé", "name", clip(line["name"], 60))
    read["type_code"] = kind.partner_type
    if above is not None:
        read["parent_id"] = above.id
    areas = _areas(work, line, kind.level, read.get("commune_code"), above)
    identity = _identity(_name_key(read["name"]), kind.partner_type, read.get("commune_code"))
    partner = work.by_id.get(external_id) if external_id else _same_name(work, identity, above)
    twins = work.known.twins(read) if partner is None else ()
    if twins and line.number in work.decisions:
        partner = work.by_key.get(work.decisions[line.number] or uuid.UUID(int=0))
        if partner is None:
            return Outcome(line.number, read["name"], Fate.SKIPPED, twins=twins)
    _check_antenne(work, partner, above)
    if partner is None:
        partner = _add(session, work, read, external_id, areas)
        work.by_name.setdefault(identity, []).append(partner)
        if above is None:
            work.institutions.setdefault(_name_key(partner.name), []).append(partner)
        work.people.take(partner.id, people, ours=False)
        fate, changes = Fate.CREATED, tuple[str, ...]()
    else:
        changes = _update(session, work, partner, read, areas)
        if work.people.take(partner.id, people, ours=_is_ours(partner, read)):
            changes = (*changes, import_contacts.LABEL)
        fate = Fate.UPDATED if changes else Fate.UNCHANGED
    if external_id:
        work.by_id[external_id] = partner
    return Outcome(line.number, read["name"], fate, changes, twins)


def _name_key(name: str) -> str:
    return clip(" ".join(words(name)), 200)


def _institution(work: _Work, line: PartnerLine) -> Partner | None:
    """By its identifier, else by its name when only one structure that may have antennes bears it."""
    said = line["institution"]
    if not said:
        return None
    named = work.institutions.get(_name_key(said), [])
    above = work.by_id.get(said) or (named[0] if len(named) == 1 else None)
    if above is None:
        why = "plusieurs portent ce nom, donnez l’identifiant" if named else "ni dans l’annuaire, ni dans la liste"
        work.warnings.append(Remark(line.number, f"Institution laissée vide : {why}.", "institution", clip(said, 60)))
    return above


def _check_antenne(work: _Work, partner: Partner | None, above: Partner | None) -> None:
    if above is None:
        return
    work.parents.add(above.id)
    if above.parent_id is not None or above is partner:
        raise RefusedError("son institution est elle-même une antenne", "institution", clip(above.name, 60))
    if partner is not None and partner.id in work.parents:
        raise RefusedError("elle a des antennes : elle ne peut pas en être une", "institution", clip(above.name, 60))


def _areas(
    work: _Work, line: PartnerLine, level: TerritoryLevel, home: str | None, above: Partner | None
) -> tuple[Area, ...]:
    """What the line covers; an antenne that is nowhere covers what its institution does."""
    around = work.areas.get(above.id, set()) if above is not None else set()
    try:
        return import_territories.areas(work.reference, line, level, home, work.own)
    except UserError as error:
        if around and not import_territories.says_something(line):
            return tuple(sorted(around))
        raise RefusedError(str(error), "territory", clip(line["territory"], 60)) from error


def _same_name(work: _Work, identity: tuple[str, str, str], above: Partner | None) -> Partner | None:
    """Antennes of two institutions may bear the same name; one that was attached here stays the same sheet."""
    for partner in work.by_name.get(identity, ()):
        if above is None or partner.parent_id in (None, above.id):
            return partner
    return None


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
    ours = _is_ours(partner, read)
    changes: list[str] = []
    for name, value in read.items():
        known = getattr(partner, name)
        if known != value and (known is None or not ours):
            changes.append(_ANTENNE if name == "parent_id" else PARTNER.field(f"partner.{name}").label)
            if not work.dry:
                setattr(partner, name, value)
    if not ours and work.areas.get(partner.id, set()) != set(areas):
        changes.append(PARTNER.field("partner.territory_level").label)
        if not work.dry:
            partner.territory_level = territories.widest(areas)
            partners.set_territories(session, partner.id, areas)
            work.areas[partner.id] = set(areas)
    return tuple(changes)


def _is_ours(partner: Partner, read: Mapping[str, Any]) -> bool:
    """It was verified here after the list was made."""
    listed_on: date | None = read.get("verified_on")
    return partner.verified_on is not None and (listed_on is None or listed_on < partner.verified_on)
