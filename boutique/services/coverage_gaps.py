"""The map of coverage as a table: how many partners serve each commune of a territory, theme by theme."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from boutique.models.choices import Choice, TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory
from boutique.rules import needs
from boutique.services import areas, coverage, own_territories
from boutique.services.areas import Place
from boutique.services.ledger import raw
from boutique.storage.reference_records import Commune

_ORDER = list(TerritoryLevel)  # declared from the nearest to the widest


class Reach(Choice):
    """How wide a partner may be and still count: somebody for the whole country is nobody next door."""

    ALL = "pays", "Tous les partenaires"
    REGION = "region", "Sans les nationaux"
    DEPARTMENT = "departement", "Département ou plus près"
    EPCI = "epci", "Intercommunalité ou plus près"


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """A commune, and how many partners serve it for the theme looked at."""

    commune: Commune
    partners: int


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme, and how many communes (and inhabitants) have nobody for it."""

    code: str
    label: str
    uncovered: int
    inhabitants: int


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """`counts[commune][theme]`: partners that cover it, in the order of `place.communes` and of `themes`."""

    place: Place
    reach: Reach
    themes: tuple[tuple[str, str], ...]
    counts: tuple[tuple[int, ...], ...]

    def by_theme(self) -> tuple[ThemeLine, ...]:
        """Each theme, those with the most communes without anybody first."""
        lines = []
        for rank, (code, label) in enumerate(self.themes):
            bare = [
                commune for commune, counts in zip(self.place.communes, self.counts, strict=True) if not counts[rank]
            ]
            lines.append(ThemeLine(code, label, len(bare), sum(commune.population for commune in bare)))
        return tuple(sorted(lines, key=_most_uncovered))

    def communes(self, theme: str, *, bare: bool) -> tuple[CommuneLine, ...]:
        """Communes for a theme, the largest first; `bare`: only those without anybody."""
        rank = [code for code, _ in self.themes].index(theme)
        lines = (
            CommuneLine(commune, counts[rank]) for commune, counts in zip(self.place.communes, self.counts, strict=True)
        )
        return tuple(sorted((line for line in lines if not (bare and line.partners)), key=_largest))


def table(session: Session, key: str, reach: Reach = Reach.ALL) -> CoverageTable:
    """Partners by commune and theme over a territory; those that are archived serve nobody."""
    place = areas.place(session, key)
    served = _served(session)
    covered = _covered(session, served.keys(), reach)
    known: dict[tuple[frozenset[Any], ...], tuple[int, ...]] = {}  # most communes of an EPCI have the same partners
    ranks = range(len(needs.load_needs()))
    counts = []
    for commune in place.communes:
        found = tuple(covered[area] for area in _around(commune) if area in covered)
        if found not in known:
            partners = frozenset().union(*found)
            known[found] = tuple(sum(rank in served[partner] for partner in partners) for rank in ranks)
        counts.append(known[found])
    return CoverageTable(place, reach, tuple((theme.code, theme.label) for theme in needs.load_needs()), tuple(counts))


def _served(session: Session) -> dict[Any, frozenset[int]]:
    """Ranks of the themes that each partner serves, as the filter of the directory says."""
    found: dict[Any, set[int]] = {}
    for rank, theme in enumerate(needs.load_needs()):
        types = needs.partner_types_for(subject.code for subject in theme.subjects)
        serves = or_(Partner.type_code.in_(types), coverage.says_theme(theme.code))
        for (partner,) in session.execute(select(raw(Partner.id)).where(Partner.archived_on.is_(None), serves)):
            found.setdefault(partner, set()).add(rank)
    return {partner: frozenset(ranks) for partner, ranks in found.items()}


def _covered(session: Session, partners: Collection[Any], reach: Reach) -> dict[tuple[str, str], frozenset[Any]]:
    """Partners of each territory; a territory of our own counts for each of its communes."""
    widest = _ORDER.index(TerritoryLevel(reach.value))
    levels = [level for level in TerritoryLevel if _ORDER.index(level) <= widest]
    query = select(PartnerTerritory.level, PartnerTerritory.code, raw(PartnerTerritory.partner_id)).where(
        PartnerTerritory.level.in_(levels)
    )
    found: dict[tuple[str, str], set[Any]] = {}
    own = {code: one.communes for code, one in own_territories.own(session).items()}
    for level, code, partner in session.execute(query):
        if partner in partners:
            for area in _areas(level, code, own):
                found.setdefault(area, set()).add(partner)
    return {area: frozenset(inside) for area, inside in found.items()}


def _areas(level: TerritoryLevel, code: str, own: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    if code in own:
        return [(TerritoryLevel.COMMUNE.value, commune) for commune in own[code]]
    return [(level.value, code)]


def _around(commune: Commune) -> tuple[tuple[str, str], ...]:
    level = TerritoryLevel
    return (
        (level.COMMUNE.value, commune.code),
        (level.EPCI.value, commune.epci_code or ""),
        (level.DEPARTMENT.value, commune.department_code),
        (level.REGION.value, commune.region_code),
        (level.NATIONAL.value, ""),
    )


def _most_uncovered(line: ThemeLine) -> tuple[int, str]:
    return -line.uncovered, line.label


def _largest(line: CommuneLine) -> tuple[int, str]:
    return -line.commune.population, line.commune.name
