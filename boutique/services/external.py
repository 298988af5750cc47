"""Figures of partners kept apart: imported, shown beside ours with their source, removed in one step."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.forms.catalogue import EXTERNAL
from boutique.models.external import ExternalSource
from boutique.rules.secrecy import protect
from boutique.services import answers, external_reading
from boutique.services.context import context
from boutique.services.external_reading import EVERYTHING, Look, Progress
from boutique.services.observatory import Beside, Grid
from boutique.services.rows import existing

LEAST_BUSINESSES = 3  # no cell of fewer units in statistics of businesses (Insee, privacy_rules.csv « secret »)
_GONE = "Ces données ne sont plus là. Revenez à la liste."


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source: what it says, from whom, of when, by what right."""

    id: uuid.UUID
    name: str
    origin: str
    dated_on: date
    legal_basis: str
    imported_on: date
    measures: tuple[str, ...]
    communes: int

    @property
    def told(self) -> str:
        """« CMA Hauts-de-France, données au 31/12/2025 · convention du 3 mars · 92 communes »."""
        communes = french.plural(self.communes, "commune")
        return f"{self.origin}, données au {french.show_date(self.dated_on)} · {self.legal_basis} · {communes}"


def look(
    session: Session, path: Path, names: Mapping[int, str] | None = None, *, progress: Progress | None = None
) -> Look:  # fmt: skip
    """What a file would bring; nothing is changed."""
    return external_reading.look(context(session), path, names, progress=progress)


def save(session: Session, found: Look, typed: Mapping[str, Any]) -> uuid.UUID:
    """Keep the counts of a file with where they come from."""
    if not found.counts or not found.counts[EVERYTHING]:
        raise UserError(found.missing or "Aucune ligne de ce fichier n’a de commune connue : rien à reprendre.")
    accepted = EXTERNAL.accept(typed)
    row = ExternalSource(imported_on=today(), lines=found.lines, counts=found.counts)
    answers.write_row(row, "external_source", accepted)
    session.add(row)
    session.flush()
    return row.id


def remove(session: Session, source_id: uuid.UUID) -> None:
    """Take a source away, whole."""
    session.delete(_row(session, source_id))


def listing(session: Session) -> tuple[SourceLine, ...]:
    """Every source, the latest data first."""
    rows = session.scalars(select(ExternalSource).order_by(ExternalSource.dated_on.desc(), ExternalSource.name))
    return tuple(_line(row) for row in rows)


def compare(session: Session, grid: Grid, source_id: uuid.UUID, measure: str) -> Grid:
    """The grid with a measure of a source beside ours, for the same blocks and totals.

    Protected as statistics of businesses are: no cell under three units can be worked out.
    """
    row = _row(session, source_id)
    counts = row.counts.get(measure, {})
    blocks = grid.published.blocks
    values = {name: sum(counts.get(code, 0) for code in leaves) for name, leaves in blocks.items()}
    inside = {name: frozenset(block for block, leaves in blocks.items() if leaves <= total)
              for name, total in grid.totals.items()
              if sum(len(leaves) for leaves in blocks.values() if leaves <= total) == len(total)}  # fmt: skip
    shield = protect({name: (value,) for name, value in values.items()}, inside, LEAST_BUSINESSES, zeros_shown=True)
    shown = {name: values[name] for name in shield.alone}
    shown |= {name: sum(values[block] for block in inside[name]) for name in shield.totals}
    title = row.name if measure == EVERYTHING else f"{row.name} : {measure}"
    return replace(grid, beside=Beside(title, _line(row).told, shown))


def _line(row: ExternalSource) -> SourceLine:
    measures = sorted(row.counts, key=lambda name: (name != EVERYTHING, -sum(row.counts[name].values()), name))
    return SourceLine(
        row.id,
        row.name,
        row.origin,
        row.dated_on,
        row.legal_basis,
        row.imported_on,
        tuple(measures),
        len(row.counts.get(EVERYTHING, {})),
    )


def _row(session: Session, source_id: uuid.UUID) -> ExternalSource:
    return existing(session, ExternalSource, source_id, _GONE)
