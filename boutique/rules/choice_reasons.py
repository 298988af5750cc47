"""Why a structure is chosen that nothing proposed, and why a proposed one is set aside. For referrals and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from boutique.rules.resources import build, label_of, only, read, tables, unique

FILE = "lists/choice_reasons.toml"


@dataclass(frozen=True, slots=True)
class ChoiceReason:
    """`words`: a few words are asked besides the code; `archived` ones are read but no longer offered."""

    code: str
    label: str
    words: bool = False
    archived: bool = False


@cache
def load_override_reasons(folder: Path | None = None) -> Mapping[str, ChoiceReason]:
    """Why somebody refers to a structure that was not proposed."""
    return _block("override", folder)


@cache
def load_set_aside_reasons(folder: Path | None = None) -> Mapping[str, ChoiceReason]:
    """Why somebody sets a proposal aside."""
    return _block("set_aside", folder)


def _block(key: str, folder: Path | None) -> Mapping[str, ChoiceReason]:
    content = read(FILE, folder)
    only(content, ("override", "set_aside"), FILE)
    entries = tables(content, key, FILE)
    unique((entry.get("code", "") for entry in entries), FILE)
    return {entry["code"]: build(ChoiceReason, entry, label_of(entry, FILE)) for entry in entries}
