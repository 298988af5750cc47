"""Rows of the observatory: communes, EPCI or territories of ours, in a territory or everywhere. Counts nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from boutique.core import french
from boutique.core.text import fold
from boutique.models.choices import Choice
from boutique.services.observatory import TOTAL, Grid
from boutique.services.observatory_counts import MEASURES, UNKNOWN

BESIDE = "beside"  # the column of a partner’s figures
_THOUSAND = 1000
_NAMED = 2  # territories named on a line that groups what is left of several


class Shape(Choice):
    """What a row is."""

    COMMUNE = "commune", "Commune"
    GROUP = "group", "Communes regroupées"
    EPCI = "epci", "Intercommunalité"
    OWN = "own", "Territoire"
    TOTAL = "total", "Ensemble"


@dataclass(frozen=True, slots=True)
class Row:
    """`values` by measure; None is masked. `rates` for a thousand inhabitants, of what is shown only."""

    shape: Shape
    code: str
    label: str
    leaves: frozenset[str]
    population: int
    values: dict[str, int | None]

    def rate(self, measure: str) -> float | None:
        """For a thousand inhabitants; None when masked, or when nobody lives there that we know of."""
        value = self.values[measure]
        return None if value is None or not self.population else value * _THOUSAND / self.population


def rows(grid: Grid, level: Shape, inside: frozenset[str] | None = None) -> tuple[Row, ...]:
    """Rows of a level (communes, EPCI or territories of ours), the most people first; then everybody, or the territory.

    `inside` keeps what lies within these communes.
    """
    found = [row for row in _of_level(grid, level) if inside is None or (row.leaves < inside and _any(row))]
    found.sort(key=_order)
    return (*found, *_whole(grid, inside))


def _of_level(grid: Grid, level: Shape) -> Iterator[Row]:
    if level is Shape.COMMUNE:
        for name, leaves in grid.published.blocks.items():
            row = _block(grid, name, leaves)
            if _any(row):
                yield row
        return
    for name, leaves in grid.totals.items():
        if name != TOTAL and (name in grid.own) == (level is Shape.OWN):
            row = _row(grid, level, name, grid.names[name], leaves)
            if level is Shape.OWN or _any(row):
                yield row


def _block(grid: Grid, name: str, leaves: frozenset[str]) -> Row:
    if len(leaves) > 1:
        return _row(grid, Shape.GROUP, name, _group_label(grid, leaves), leaves)
    commune = grid.communes.get(name)
    return _row(grid, Shape.COMMUNE, name, commune.name if commune else "Commune non renseignée", leaves)


def _group_label(grid: Grid, leaves: frozenset[str]) -> str:
    """« CC du Ternois : 88 autres communes »."""
    epcis = sorted({grid.communes[code].epci or "" for code in leaves if code in grid.communes} - {""}, key=fold)
    count = french.plural(len(leaves - {UNKNOWN}), "autre commune", "autres communes")
    unknown = ", non renseignée comprise" if UNKNOWN in leaves else ""
    where = ", ".join(epcis[:_NAMED]) + ("…" if len(epcis) > _NAMED else "")
    return f"{where} : {count}{unknown}" if where else f"{count}{unknown}"


def _row(grid: Grid, shape: Shape, name: str, label: str, leaves: frozenset[str]) -> Row:
    values: dict[str, int | None] = {}
    for measure in MEASURES:
        if measure.people:
            values[measure.key] = grid.published.shown[measure.key].get(name)
        else:
            values[measure.key] = sum(grid.plain[measure.key][code] for code in leaves)
    if grid.beside is not None:
        values[BESIDE] = grid.beside.shown.get(name)
    # Everybody comes from anywhere: there is no population to compare with.
    return Row(shape, name, label, leaves, 0 if name == TOTAL else grid.population(leaves), values)


def _whole(grid: Grid, inside: frozenset[str] | None) -> Iterator[Row]:
    """The territory looked at, when its total may be told; everybody otherwise."""
    for name, leaves in grid.totals.items():
        if leaves == inside or (inside is None and name == TOTAL):
            yield _row(grid, Shape.TOTAL, name, grid.names[name], leaves)
            return


def _any(row: Row) -> bool:
    return any(value is None or value for value in row.values.values())


def _order(row: Row) -> tuple[bool, int, str]:
    return row.shape is Shape.GROUP, -(row.values[MEASURES[0].key] or 0), fold(row.label)


def shown(rows: Iterable[Row], measure: str) -> list[tuple[str, int]]:
    """(label, value) of the rows whose value is shown, for a chart."""
    return [(row.label, value) for row in rows if row.shape is not Shape.TOTAL and (value := row.values[measure])]
