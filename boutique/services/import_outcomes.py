"""What an import did, or would do: fate of each line, counts, refusals in words. For the import and its windows."""

from collections import Counter
from dataclasses import dataclass, field

from boutique.core import french
from boutique.models.choices import Choice
from boutique.services.import_duplicates import Twin
from boutique.services.import_lines import Remark

_NAMED = 3  # refusals told in one line


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
