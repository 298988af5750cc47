"""Which counts of a table may be published so that no small one is found again, by subtraction or by bounds.

The leaves of a table (communes) are put in groups; only sums over whole groups are shown, and a group is one leaf that
is large enough, or several leaves. A shown total is a union of groups, however territories nest or overlap. Whatever is
added or subtracted, a hidden leaf keeps its neighbours of the group: one unit moved from one to the other changes
nothing that is shown, so that its value is never determined. The whole argument is in docs/SECRET.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

DEFAULT_THRESHOLD = 5  # usual for people in a report; 11 for small communes or sensitive data (privacy_rules.csv)
STRICT_THRESHOLD = 11
_DEAR = 3  # a total that somebody asked for is worth four of the others

Vector = tuple[int, ...]  # a count with its parts: (of which QPV, the others); a plain count has one


@dataclass(frozen=True, slots=True)
class Shield:
    """What may be shown: leaves that stand alone, and the totals that are sums of whole groups."""

    alone: frozenset[str]
    groups: tuple[frozenset[str], ...]
    totals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    """One column: how many in each leaf. `part` when it counts some of those of the first column (of which QPV)."""

    key: str
    by_leaf: Mapping[str, int]
    part: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A table that may leave the house. `blocks` are its finest rows: a leaf that stands alone, or a group of leaves.

    `shown[key]` has a value for each block and each total that may be shown for this column; what is missing is masked.
    """

    blocks: Mapping[str, frozenset[str]]
    shown: Mapping[str, Mapping[str, int]]


@dataclass(slots=True)
class _Group:
    """Leaves that are only known together, the zones they come from, and the leaves of these that still stand alone."""

    zones: frozenset[frozenset[str]]
    hidden: list[str]
    alone: list[str]  # the smallest last


class _Table:
    """The leaves being put in groups."""

    def __init__(
        self,
        leaves: Mapping[str, Vector],
        totals: Mapping[str, frozenset[str]],
        threshold: int,
        *,
        zeros_shown: bool,
        dear: Collection[str],
    ) -> None:
        self.leaves, self.totals, self.threshold = leaves, totals, threshold
        self.zeros_shown, self.dear = zeros_shown, frozenset(dear)
        zones: dict[frozenset[str], list[str]] = {}
        containing = _containing(leaves, totals)
        for leaf in sorted(leaves, key=self.size):
            zones.setdefault(containing[leaf], []).append(leaf)
        self.groups = [self._zone(zone, inside) for zone, inside in sorted(zones.items(), key=_by_names)]

    def size(self, leaf: str) -> tuple[int, str]:
        return sum(self.leaves[leaf]), leaf

    def stands_alone(self, leaf: str) -> bool:
        """Large enough to be shown; nobody is no secret where zeros are shown."""
        counts = self.leaves[leaf]
        return all(not 0 < count < self.threshold for count in counts) and (self.zeros_shown or any(counts))

    def sums(self, group: _Group) -> Vector:
        return tuple(map(sum, zip(*(self.leaves[leaf] for leaf in group.hidden), strict=True)))

    def safe(self, group: _Group) -> bool:
        """Enough units (hence several leaves: each was too small), and more than one way to share them, even for
        somebody who knows the threshold: five leaves of one unit each, or two of four, would all be told by their sum.
        """
        sums = self.sums(group)
        if not any(sums):
            return True
        members = len(group.hidden)
        least = members if self.zeros_shown else 0
        most = members * (self.threshold - 1)
        return all(not part or (part >= self.threshold and least < part != most) for part in sums)

    def take(self, group: _Group) -> bool:
        """Hide one more leaf of the same zones, the smallest that counts; False when there is none left."""
        at = next((rank for rank in reversed(range(len(group.alone))) if any(self.leaves[group.alone[rank]])), None)
        if at is not None:
            group.hidden.append(group.alone.pop(at))
        return at is not None

    def merge(self, group: _Group) -> bool:
        """Join the neighbour that costs the fewest totals; False when there is none."""
        others = [other for other in self.groups if other is not group and (any(self.sums(other)) or other.alone)]
        if not others:
            return False
        lost = self._lost()
        partner = min(others, key=lambda other: self._cost(group, other, lost))
        self.groups.remove(partner)
        group.zones |= partner.zones
        group.hidden += partner.hidden
        group.alone = sorted([*group.alone, *partner.alone], key=self.size, reverse=True)
        return True

    def shown_totals(self) -> Iterable[str]:
        """Totals that no group straddles, and that hold no group still unsafe."""
        lost = self._lost()
        unsafe = {name for group in self.groups if not self.safe(group) for zone in group.zones for name in zone}
        return (name for name in self.totals if name not in lost and name not in unsafe)

    def _zone(self, zone: frozenset[str], inside: list[str]) -> _Group:
        alone = [leaf for leaf in inside if self.stands_alone(leaf)]
        return _Group(frozenset({zone}), [leaf for leaf in inside if leaf not in set(alone)], alone[::-1])

    def _lost(self) -> set[str]:
        """Totals with a part of a group inside and a part outside."""
        return set().union(*(_straddling(group.zones) for group in self.groups))

    def _cost(self, group: _Group, other: _Group, lost: set[str]) -> tuple[int, bool, int, str]:
        cut = _straddling(group.zones | other.zones) - lost
        return (
            len(cut) + _DEAR * len(cut & self.dear),
            self.safe(other),
            sum(self.sums(other)),
            min([*other.hidden, *other.alone]),
        )


def publish(
    people: Count,
    others: Iterable[Count],
    totals: Mapping[str, frozenset[str]],
    threshold: int = DEFAULT_THRESHOLD,
    *,
    dear: Collection[str] = (),
) -> Published:
    """A table of several columns: the blocks are those of the first, so that a person hidden in one column is hidden
    in all; a column may then hide more. Blocks are named by their leaf, or by the smallest code of their group.
    """
    shield = protect({leaf: (count,) for leaf, count in people.by_leaf.items()}, totals, threshold, dear=dear)
    groups = [*(frozenset({leaf}) for leaf in shield.alone), *shield.groups]
    blocks = {min(group): group for group in groups}
    inside = {name: frozenset(block for block, group in blocks.items() if group <= totals[name])
              for name in shield.totals}  # fmt: skip
    sums = {block: sum(people.by_leaf[leaf] for leaf in group) for block, group in blocks.items()}
    if any(0 < count < threshold for count in sums.values()):  # everybody together is too few
        return Published(blocks, {count.key: {} for count in (people, *others)})
    shown = {people.key: _values(sums, sums, inside)}
    for count in others:
        values = {block: sum(count.by_leaf.get(leaf, 0) for leaf in group) for block, group in blocks.items()}
        vectors = {
            block: (value, max(sums[block] - value, 0)) if count.part else (value,) for block, value in values.items()
        }
        kept = protect(vectors, inside, threshold, zeros_shown=True, dear=dear)
        shown[count.key] = _values(values, kept.alone, {name: inside[name] for name in kept.totals})
    return Published(blocks, shown)


def _values(values: Mapping[str, int], alone: Iterable[str], totals: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """What is shown of a column; a group that counts nobody is no secret."""
    found = {block: values[block] for block in alone}
    return found | {name: sum(values[block] for block in inside) for name, inside in totals.items()}


def protect(
    leaves: Mapping[str, Vector],
    totals: Mapping[str, frozenset[str]],
    threshold: int = DEFAULT_THRESHOLD,
    *,
    zeros_shown: bool = False,
    dear: Collection[str] = (),
) -> Shield:
    """Groups of leaves for which every count that can be worked out is nought or reaches the threshold.

    `leaves` have one count, or (part, rest) when what is shown is a part of a count already protected. `totals` name
    the leaves they add up; they may nest and overlap. `zeros_shown`: a leaf of nought is shown as such, otherwise it
    is hidden with the small ones and makes them harder to tell. `dear`: totals to hide last, where there is a choice.
    """
    table = _Table(leaves, totals, threshold, zeros_shown=zeros_shown, dear=dear)
    while (group := _first_unsafe(table)) is not None:
        if not table.take(group) and not table.merge(group):
            break  # everybody together is too few
    alone = frozenset(leaf for group in table.groups for leaf in group.alone)
    groups = tuple(frozenset(group.hidden) for group in table.groups if group.hidden)
    return Shield(alone, groups, frozenset(table.shown_totals()))


def _straddling(zones: frozenset[frozenset[str]]) -> frozenset[str]:
    """Totals that hold some of these zones and not the others."""
    return frozenset().union(*zones) - frozenset.intersection(*zones)


def _first_unsafe(table: _Table) -> _Group | None:
    unsafe = (group for group in table.groups if not table.safe(group))
    return min(unsafe, key=lambda group: (sum(table.sums(group)), min(group.hidden)), default=None)


def _containing(leaves: Mapping[str, Vector], totals: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The totals that each leaf is part of."""
    found: dict[str, list[str]] = {leaf: [] for leaf in leaves}
    for name, inside in totals.items():
        for leaf in inside & leaves.keys():
            found[leaf].append(name)
    return {leaf: frozenset(names) for leaf, names in found.items()}


def _by_names(item: tuple[frozenset[str], list[str]]) -> list[str]:
    return sorted(item[0])
