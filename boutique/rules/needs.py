"""What a person asks for: themes, subjects, types of partners that serve each. For intake and referral."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from boutique.rules.partners import load_partner_types
from boutique.rules.resources import build, known, label_of, only, read, tables, unique

FILE = "lists/needs.toml"


@dataclass(frozen=True, slots=True)
class Subject:
    """`partner_types`: from the closest to the need to the most general."""

    code: str
    theme: str
    label: str
    partner_types: tuple[str, ...]
    data_inclusion: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    code: str
    label: str
    subjects: tuple[Subject, ...]


@cache
def load_needs(folder: Path | None = None) -> tuple[Theme, ...]:
    """The themes of `lists/needs.toml` with their subjects, in the order of the file."""
    content = read(FILE, folder)
    only(content, ("version", "theme"), FILE)
    themes = tuple(_theme(entry, folder) for entry in tables(content, "theme", FILE))
    unique((theme.code for theme in themes), FILE)
    unique((subject.code for theme in themes for subject in theme.subjects), FILE)
    return themes


def _theme(entry: Mapping[str, Any], folder: Path | None) -> Theme:
    code = str(entry.get("code", ""))
    subjects = tuple(_subject(item, code, folder) for item in tables(entry, "subject", f"{FILE}, {code}"))
    own = {key: value for key, value in entry.items() if key != "subject"}
    return build(Theme, own, label_of(entry, FILE), subjects=subjects)


def _subject(entry: Mapping[str, Any], theme: str, folder: Path | None) -> Subject:
    where = label_of(entry, FILE)
    subject = build(Subject, entry, where, theme=theme)
    for code in subject.partner_types:
        known(code, load_partner_types(folder), where, "le type de partenaire")
    return subject


def subject(code: str, folder: Path | None = None) -> Subject:
    """A subject by its code; KeyError when the list no longer has it."""
    for theme in load_needs(folder):
        for found in theme.subjects:
            if found.code == code:
                return found
    raise KeyError(code)


def serves(theme: Theme, themes: Iterable[str] | None, type_code: str | None) -> bool:
    """Whether a partner answers to a theme: what its sheet says, else what its type is for."""
    if themes:
        return theme.code in themes
    return any(type_code in one.partner_types for one in theme.subjects)


def partner_types_for(subjects: Iterable[str], folder: Path | None = None) -> tuple[str, ...]:
    """Types of partners that serve these subjects, the closest of each first, without repeats."""
    ranked = [subject(code, folder).partner_types for code in subjects]
    longest = max((len(types) for types in ranked), default=0)
    by_rank = (types[rank] for rank in range(longest) for types in ranked if rank < len(types))
    return tuple(dict.fromkeys(by_rank))
