"""What a free text should not hold (health, opinions, NIR…): a reminder while typing, never a refusal. For forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from boutique.core.text import words
from boutique.rules.resources import build, label_of, only, read, tables, unique

FILE = "lists/sensitive_words.toml"
_NIR = re.compile(r"(?<!\d)[12][\s.\-]?\d{2}[\s.\-]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.\-]?(?:\d{2}|2[AB])[\s.\-]?\d{3}"
                  r"[\s.\-]?\d{3}(?:[\s.\-]?\d{2})?(?!\d)", re.IGNORECASE)  # fmt: skip
_NIR_ADVICE = "Le numéro de sécurité sociale ne doit pas être noté : effacez-le."


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject that does not belong in a file, with the words that betray it."""

    code: str
    label: str
    advice: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What was noticed in a text: `word` as the list writes it, the subject it belongs to, what to do instead."""

    word: str
    subject: str
    advice: str


@cache
def load_sensitive(folder: Path | None = None) -> tuple[Subject, ...]:
    """The subjects of `lists/sensitive_words.toml`."""
    content = read(FILE, folder)
    only(content, ("version", "subject"), FILE)
    subjects = tuple(_subject(entry) for entry in tables(content, "subject", FILE))
    unique((subject.code for subject in subjects), FILE)
    return subjects


def _subject(entry: Mapping[str, Any]) -> Subject:
    return build(Subject, entry, label_of(entry, FILE))


def remarks(text: str, folder: Path | None = None) -> tuple[Remark, ...]:
    """One remark a subject met in the text, in the order of the list; a NIR comes first."""
    found = [Remark("numéro de sécurité sociale", "NIR", _NIR_ADVICE)] if _NIR.search(text) else []
    spoken = f" {' '.join(words(text))} "
    for subject, wanted in _patterns(folder):
        if met := next((word for word, pattern in wanted if pattern.search(spoken)), None):
            found.append(Remark(met, subject.label, subject.advice))
    return tuple(found)


@cache
def _patterns(folder: Path | None) -> tuple[tuple[Subject, tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    return tuple(
        (subject, tuple((word, _pattern(word)) for word in subject.words)) for subject in load_sensitive(folder)
    )


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(" " + " ".join(re.escape(part) for part in words(word)) + "s? ")
