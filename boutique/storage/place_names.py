"""How the name of a place is compared: the script that builds the reference data and the search share it."""

import re
from collections.abc import Iterator
from enum import IntEnum

from boutique.core.text import words

_UNDER = re.compile(r"\bs/s\b\.?|\bss/", re.IGNORECASE)
_ON = re.compile(r"\bs/", re.IGNORECASE)
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "lez": "les"}
_BETWEEN_WORDS = {"s": "sur", "ss": "sous"}
_ARTICLES = frozenset({"le", "la", "les", "l", "aux"})
# A name is never looked up from one of these words on.
_LINKS = _ARTICLES | {"de", "du", "des", "d", "en", "et", "sur", "sous", "au", "a"}


class Position(IntEnum):
    """Where in the name a key starts: the nearer the beginning, the better the match."""

    WHOLE = 0
    AFTER_ARTICLE = 1
    INSIDE = 2


def place_words(text: str) -> list[str]:
    """Folded words, the usual abbreviations written out: « St Pol s/ Ternoise » → saint pol sur ternoise."""
    found = words(_ON.sub(" sur ", _UNDER.sub(" sous ", text)))
    last = len(found) - 1
    return [_written_out(word, between=0 < index < last) for index, word in enumerate(found)]


def _written_out(word: str, *, between: bool) -> str:
    if between and word in _BETWEEN_WORDS:
        return _BETWEEN_WORDS[word]
    return _ABBREVIATIONS.get(word, word)


def place_key(text: str) -> str:
    """The words run together, so that « l Abergement », « L'Abergement » and « labergement » are the same."""
    return "".join(place_words(text))


def place_keys(name: str) -> Iterator[tuple[str, Position]]:
    """Keys under which a name is found: the whole of it, then what starts at each of its meaningful words."""
    found = place_words(name)
    yield "".join(found), Position.WHOLE
    for index in range(1, len(found)):
        if not _is_meaningful(found[index]):
            continue
        after_article = index == 1 and found[0] in _ARTICLES
        yield "".join(found[index:]), Position.AFTER_ARTICLE if after_article else Position.INSIDE


def _is_meaningful(word: str) -> bool:
    return word not in _LINKS and len(word) > 1


def meaningful_words(text: str) -> list[str]:
    """The words a name is looked up from, the rarest first: one commune in eight is a saint's."""
    return sorted(filter(_is_meaningful, place_words(text)), key=_rarest_first)


def _rarest_first(word: str) -> tuple[bool, int]:
    return word in {"saint", "sainte"}, -len(word)


def keys_asked(name: str) -> list[str]:
    """What the text may be the beginning of; its last word may be unfinished (« ste » → Steenvoorde)."""
    typed = words(name)
    keys = [place_key(name), "".join([*place_words(name)[:-1], *typed[-1:]])]
    return [key for key in dict.fromkeys(keys) if key]


def all_start(asked: list[str], found: list[str]) -> bool:
    """True when each word typed begins a word of the name."""
    return all(any(word.startswith(start) for word in found) for start in asked)
