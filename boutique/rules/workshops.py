"""Workshops: the usual modules a catalogue may start from, and who counts as one person. For services.workshops."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from boutique.core.text import words
from boutique.models.workshop import MOST_PLACES
from boutique.models.workshop_choices import WorkshopLevel, WorkshopTheme
from boutique.rules.resources import build, known, label_of, only, read, refuse, tables, unique

FILE = "lists/workshop_modules.toml"


@dataclass(frozen=True, slots=True)
class UsualModule:
    """A module as its file holds it; `minutes` of a half-day, `minimum` 0 when there is none."""

    code: str
    label: str
    theme: str
    level: str
    minutes: int
    capacity: int
    confidence: str
    source: tuple[str, ...]
    minimum: int = 0
    waiting_list: bool = False
    audience: str = ""
    prerequisites: str = ""
    objectives: str = ""
    origin: str = ""


@cache
def load_usual_modules(folder: Path | None = None) -> Mapping[str, UsualModule]:
    """The modules by their code, in the order of the file (DOMAIN § 7.2)."""
    content = read(FILE, folder)
    only(content, ("version", "module"), FILE)
    entries = tables(content, "module", FILE)
    unique((entry.get("code", "") for entry in entries), FILE)
    found = [build(UsualModule, entry, label_of(entry, FILE)) for entry in entries]
    for module in found:
        where = f"resources/{FILE}, {module.code}"
        known(module.theme, [one.value for one in WorkshopTheme], where, "le thème")
        known(module.level, [one.value for one in WorkshopLevel], where, "le niveau")
        if not 0 <= module.minimum <= module.capacity <= MOST_PLACES:
            raise refuse(where, "« minimum » et « capacity » ne vont pas ensemble")
    return {module.code: module for module in found}


def participant_key(person: str, first_name: str, last_name: str, phone: str, commune: str) -> str:
    """What two presences of one participant have in common: their file, else their name with phone or commune.

    Distinct participants are distinct keys. Two people of one name are told apart by their phone; without a phone, by
    their commune. `person` is the identifier of whoever has a file, empty otherwise.
    """
    if person:
        return person
    name = " ".join(words(f"{last_name} {first_name}"))
    return f"{name}|{phone or commune}"
