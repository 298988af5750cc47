"""Types of partners one may be referred to, for referral, needs, journey and the partner directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from boutique.rules.resources import build, label_of, only, read, tables, unique

FILE = "partners/types.toml"


@dataclass(frozen=True, slots=True)
class PartnerType:
    code: str
    label: str
    family: str
    mission: str
    public: str
    when_to_refer: str
    data_shared: str
    territory: str
    follow_up_days: int
    confidence: str
    source: tuple[str, ...]
    data_inclusion: str = ""

    @property
    def short(self) -> str:
        """The label without what it says in brackets."""
        return self.label.partition(" (")[0]


@cache
def load_partner_types(folder: Path | None = None) -> Mapping[str, PartnerType]:
    """Every type by its code, in the order of the file."""
    content = read(FILE, folder)
    only(content, ("partner_type",), FILE)
    entries = tables(content, "partner_type", FILE)
    unique((entry.get("code", "") for entry in entries), FILE)
    return {entry["code"]: build(PartnerType, entry, label_of(entry, FILE)) for entry in entries}
