"""Words a few typing errors away, among many. For the search and the communes; loaded when a word is not found."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA


def near(word: str, among: Sequence[str], errors: int, limit: int | None = None) -> list[tuple[int, int]]:
    """(position, typing errors) of the words at most `errors` away (swaps count once), the closest first."""
    found = process.extract(word, among, scorer=OSA.distance, score_cutoff=errors, limit=limit)
    return [(index, int(counted)) for _, counted, index in found]
