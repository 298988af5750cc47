"""What was typed in the search field, put in the right place of a new visit."""

import re

from boutique.core import french
from boutique.core.errors import UserError
from boutique.core.text import clean

_PARTICLES = {"de", "du", "des", "la", "le", "van", "von", "den", "der", "el", "al", "ben"}
_LONGEST = 200  # a whole page pasted in the search field is no name
_PHONE = re.compile(r"[+\d(][\d\s().+\-/]{5,}")


def answers_from(text: str) -> dict[str, str]:
    """« Éloïse Vandenbrouke » → first and last name; « VANDENBROUKE Éloïse » too; a phone or an e-mail in its field."""
    text = clean(text)
    if not text or len(text) > _LONGEST:
        return {}
    if "@" in text and " " not in text:
        return {"holder.email": text}
    if _PHONE.fullmatch(text):
        return {"holder.phone": _shown_phone(text)}
    words = text.split()
    if len(words) == 1:
        return {"holder.last_name": _capital(words[0])}
    upper = [word for word in words if word.isupper() and len(word) > 1]
    if upper and len(upper) < len(words):
        first = [word for word in words if word not in upper]
        return {"holder.first_name": _name(first), "holder.last_name": _name(upper)}
    return {"holder.first_name": _name(words[:1]), "holder.last_name": _name(words[1:])}


def _name(words: list[str]) -> str:
    return " ".join(_capital(word) for word in words)


def _capital(word: str) -> str:
    """Names typed in small letters get their capitals; anything else is left as typed."""
    if not word.islower() or word in _PARTICLES:
        return word
    return re.sub(r"(^|[-’'])(\w)", lambda found: found[1] + found[2].upper(), word)


def _shown_phone(text: str) -> str:
    try:
        return french.show_phone(french.parse_phone(text))
    except UserError:
        return text
