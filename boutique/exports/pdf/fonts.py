"""The text family of the documents, and the switch to another face wherever it lacks a glyph.

reportlab takes neither variable fonts nor CFF outlines, so static instances of Inter are made once and cached;
a missing glyph prints as nothing without a word, so every text is split by what each face covers.
"""

import importlib
import io
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import arabic_reshaper
import fontpkg_inter
import ziafont
from bidi import get_display
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from boutique.core.errors import UserError
from boutique.core.files import write_atomically
from boutique.core.paths import cache_folder

TEXT, STRONG, FALLBACK = "Boutique", "Boutique-Gras", "Boutique-Secours"
STAND_IN = "□"  # printed, visibly, for a sign that no carried face can draw
_MAKER = "boutique.exports.pdf.font_instances"
_WEIGHTS = {TEXT: 400, STRONG: 600}
_RECIPE = 3  # to raise when the way instances are made changes
_JOINER, _TONES = "\u200d", range(0x1F3FB, 0x1F400)
_RIGHT_TO_LEFT = {"R", "AL"}
_reshaper = arabic_reshaper.ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


@cache
def ready() -> dict[str, frozenset[int]]:
    """Register the faces with reportlab, once; the code points that each one covers."""
    covered = {name: _register(name, weight) for name, weight in _WEIGHTS.items()}
    dejavu = Path(ziafont.__file__).parent / "fonts" / "DejaVuSans.ttf"
    covered[FALLBACK] = _add(FALLBACK, dejavu.read_bytes())
    for name in (TEXT, STRONG, FALLBACK):
        pdfmetrics.registerFontFamily(name, name, STRONG if name == TEXT else name, name, name)
    rl_config.canvas_basefontname = TEXT  # else reportlab declares an unembedded Helvetica in each document
    return covered


def _register(name: str, weight: int) -> frozenset[int]:
    source = next((Path(fontpkg_inter.__file__).parent / "files").glob("Inter[[]*.ttf"))
    cached = cache_folder() / "fonts" / f"inter-{weight}-{source.stat().st_size}-{_RECIPE}.ttf"
    with suppress(OSError, TTFError):
        return _add(name, cached.read_bytes())
    # By name: making faces needs a library of 16 MiB, once in the life of an installation.
    data: bytes = importlib.import_module(_MAKER).instance(source, weight)
    with suppress(OSError, UserError):  # a cache that cannot be written costs time, nothing else
        cached.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(cached, data)
    return _add(name, data)


def _add(name: str, data: bytes) -> frozenset[int]:
    font = TTFont(name, io.BytesIO(data))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def is_right_to_left(text: str) -> bool:
    """True when a text holds Arabic or Hebrew letters."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)


def visual(line: str) -> str:
    """One line in the order and forms in which it is drawn."""
    if not is_right_to_left(line):
        return line
    drawn: str = get_display(_reshaper.reshape(line))
    return drawn


def runs(text: str, face: str = TEXT) -> Iterator[tuple[str, str]]:
    """(face, text) pieces such that each face draws all of its piece; a stand-in where none can."""
    covered = ready()
    if covered[face].issuperset(map(ord, text)):
        if text:
            yield face, text
        return
    current, piece = face, ""
    for name, sign in _faces(text, face, covered):
        if name != current and piece:
            yield current, piece
            piece = ""
        current = name
        piece += sign
    if piece:
        yield current, piece


def _faces(text: str, face: str, covered: dict[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    previous, joined = face, False
    for sign in text:
        code = ord(sign)
        if sign in (" ", "\u00a0"):
            yield previous, sign
        elif not _silent(sign):
            known = next((name for name in (face, FALLBACK) if code in covered[name]), None)
            if known or not joined:
                previous = known or next(name for name in (face, FALLBACK) if ord(STAND_IN) in covered[name])
                yield previous, sign if known else STAND_IN
        joined = sign == _JOINER


def _silent(sign: str) -> bool:
    """Signs that only change their neighbours: joiners, variation selectors, skin tones, controls."""
    category = unicodedata.category(sign)
    return category in ("Cc", "Cf", "Cs") or "\ufe00" <= sign <= "\ufe0f" or ord(sign) in _TONES


def missing(text: str) -> str:
    """The distinct signs of a text that no carried face draws, for a caller who wants to say so."""
    covered = ready()
    everything = covered[TEXT] | covered[FALLBACK]
    unknown = {sign for sign in text if ord(sign) not in everything and not _silent(sign)}
    return "".join(sorted(unknown))


def width(text: str, size: float, face: str = TEXT) -> float:
    """Width in points of a line as drawn."""
    return sum(float(pdfmetrics.stringWidth(piece, name, size)) for name, piece in runs(text, face))
