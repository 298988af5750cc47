"""What any typed or imported text goes through before it is stored, and the folded form used to compare."""

import re
import unicodedata

# Invisible characters that change how a text reads without being seen: bidi controls, zero-width spaces, BOM.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_BLANK = re.compile(r"[\s\u00a0\u2800\u3164\u115f\u1160]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ʼ": " "})
# Breaks other than \n: Word and web pages paste them between words, which must not run together.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOT_WORD = re.compile(r"[^\w@.]+", re.UNICODE)
_TOO_MANY_MARKS = 10
_JOINER, _SKIN_TONES, _FLAG_LETTERS = "\u200d", range(0x1F3FB, 0x1F400), range(0x1F1E6, 0x1F200)


def clean(text: str, *, lines: bool = False) -> str:
    """Storable text: NFC, no control, bidi or surrogate character, blanks collapsed; `lines` keeps line breaks."""
    text = _BREAKS.sub("\n", text)
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
    # Lower case may bring marks and ligatures back (İ, ẞ), so it comes before they are taken away.
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LIGATURES).replace("_", " ")
    return _NOT_WORD.sub(" ", text).strip()


def words(text: str) -> list[str]:
    """Folded words of a text, in order."""
    return fold(text).replace(".", " ").split()


def clip(text: str, length: int) -> str:
    """At most `length` characters, an ellipsis showing that something was cut; never inside what reads as one sign."""
    if len(text) <= length:
        return text
    cut = max(length - 1, 0)
    while cut > 0 and _one_sign(text, cut):
        cut -= 1
    return text[:cut].rstrip() + "…"


def _one_sign(text: str, cut: int) -> bool:
    """True when what stands before and after the cut reads as one: accent, family of emoji, flag of two letters."""
    after = text[cut]
    if unicodedata.category(after)[0] == "M" or after == _JOINER or text[cut - 1] == _JOINER:
        return True
    if ord(after) in _FLAG_LETTERS:
        letters = text[:cut]
        return (len(letters) - len(letters.rstrip("".join(map(chr, _FLAG_LETTERS))))) % 2 == 1
    return ord(after) in _SKIN_TONES
