"""What any typed or imported text goes through before it is stored, and the folded form used to compare."""

import re
import unicodedata

# Invisible characters that change how a text reads without being seen: bidi controls, zero-width spaces, BOM.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_BLANK = re.compile(r"[\s\u00a0\u2800\u3164\u115f\u1160]+")
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ß": "ss",
        "ı": "i",
        "ł": "l",
        "Ł": "l",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
    }
)
_NOT_WORD = re.compile(r"[^\w@.]+", re.UNICODE)
_TOO_MANY_MARKS = 10


def clean(text: str, *, lines: bool = False) -> str:
    """Storable text: NFC, no control, bidi or surrogate character, blanks collapsed; `lines` keeps line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = [c for c in text.translate(_INVISIBLE) if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")]
    text = unicodedata.normalize("NFC", "".join(kept))
    if not lines:
        return _BLANK.sub(" ", text).strip()
    stripped = "\n".join(_BLANK.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", stripped).strip()


def stacked_marks(text: str) -> bool:
    """True when more than ten combining marks pile up on one letter: no writing does that."""
    run = 0
    for character in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.combining(character) else 0
        if run > _TOO_MANY_MARKS:
            return True
    return False


def fold(text: str) -> str:
    """Form for comparing and searching: lower case, no accents, hyphens and apostrophes as spaces."""
    text = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower().replace("_", " ")
    return _NOT_WORD.sub(" ", text).strip()


def words(text: str) -> list[str]:
    """Folded words of a text, in order."""
    return fold(text).replace(".", " ").split()


def clip(text: str, length: int) -> str:
    """At most `length` characters, an ellipsis showing that something was cut; never inside an accent."""
    if len(text) <= length:
        return text
    cut = length - 1
    while cut > 0 and (unicodedata.combining(text[cut]) or text[cut] == "\u200d"):
        cut -= 1
    return text[:cut].rstrip() + "…"
