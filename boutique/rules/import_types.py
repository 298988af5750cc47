"""Words that imported directories use for types of partners, and the type each stands for. For the import."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from boutique.core.text import fold
from boutique.models.choices import TerritoryLevel
from boutique.rules.partners import load_partner_types
from boutique.rules.resources import build, known, label_of, only, read, refuse, tables, unique

FILE = "partners/import_types.toml"


@dataclass(frozen=True, slots=True)
class ImportType:
    """`partner_type` is empty for what nobody is referred to; `reason` then says why."""

    names: tuple[str, ...]
    partner_type: str = ""
    territory: str = "departement"
    reason: str = ""

    @property
    def level(self) -> TerritoryLevel:
        return TerritoryLevel(self.territory)


@cache
def load_import_types(folder: Path | None = None) -> Mapping[str, ImportType]:
    """Every known word, folded, and what it stands for; codes and labels of our own types included."""
    types = load_partner_types(folder)
    content = read(FILE, folder)
    only(content, ("import_type",), FILE)
    entries = tuple(build(ImportType, entry, label_of(entry, FILE)) for entry in tables(content, "import_type", FILE))
    unique((fold(name) for entry in entries for name in entry.names), FILE)
    for entry in entries:
        where = f"{FILE}, {entry.names[0]}"
        if entry.territory not in set(TerritoryLevel) - {TerritoryLevel.OWN}:
            raise refuse(where, f"territoire « {entry.territory} » inconnu")
        if entry.partner_type:
            known(entry.partner_type, types, where, "le type de partenaire")
        elif not entry.reason:
            raise refuse(where, "ni type de partenaire, ni motif")
    own = {fold(word): ImportType((), item.code) for item in types.values() for word in (item.code, item.label)}
    return own | {fold(name): entry for entry in entries for name in entry.names}
