"""How people who do something together are named. Used by the search, the lists and the documents."""

from collections.abc import Iterable

from boutique.core import french
from boutique.core.text import fold

Name = tuple[str, str]  # first, last


def joint_name(names: Iterable[Name], *, last_first: bool = False) -> str:
    """« Maryse et Bruno Lefèvre », « Maryse Lefèvre et Bruno Petit »; lists put the family name first."""
    known = list(names)
    if len({fold(last) for _, last in known}) == 1 and len(known) > 1:
        firsts, last = french.listing([first for first, _ in known]), known[0][1]
        return f"{last} {firsts}" if last_first else f"{firsts} {last}"
    return french.listing([f"{last} {first}" if last_first else f"{first} {last}" for first, last in known])
