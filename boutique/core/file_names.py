"""Names of documents that any system can write and nobody can be fooled by. Used when one is added or exported."""

import re

from boutique.core.text import clean, clip, stacked_marks

LONGEST = 100
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)", re.IGNORECASE)
_EXTENSION = re.compile(r"(.*)\.([A-Za-z0-9]{1,6})", re.DOTALL)
_NOTHING_LEFT = "document"


def safe_name(name: str, extension: str = "") -> str:
    """The name without path, control or direction signs, reserved words; `extension` replaces one that lies."""
    tail = re.split(r"[/\\]", name.strip())[-1]
    text = _FORBIDDEN.sub(" ", clean(tail))
    if stacked_marks(text):
        text = _NOTHING_LEFT
    found = _EXTENSION.fullmatch(text)
    stem, given = (found[1], found[2].lower()) if found else (text, "")
    stem = clip(stem.strip(" ."), LONGEST).rstrip(" .…") if len(stem) > LONGEST else stem.strip(" .")
    if not stem or _RESERVED.match(stem):
        stem = f"{_NOTHING_LEFT} {stem}".strip()
    last = extension or given
    return f"{stem}.{last}" if last else stem
