"""What the reference data answers: places and activities, as frozen records that any layer may hold."""

from dataclasses import dataclass, field

EPCI_KINDS = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "MET69": "métropole de Lyon",
}
_TOO_MANY = 9


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    name: str
    region_code: str
    region: str


@dataclass(frozen=True, slots=True)
class Epci:
    siren: str
    name: str
    kind: str
    population: int

    @property
    def kind_label(self) -> str:
        return EPCI_KINDS.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today; `former` and `postal_code` only say how a search reached it."""

    code: str
    name: str
    postal_codes: tuple[str, ...]
    department_code: str
    department: str
    region_code: str
    region: str
    epci_code: str | None
    epci: str | None
    population: int
    homonym: bool
    former: str | None = field(default=None, compare=False)
    postal_code: str | None = field(default=None, compare=False)

    @property
    def label(self) -> str:
        """« Frévent (62270) »; the département is added where several communes bear the name."""
        if self.former is None:
            return self._present_label
        if self.former.endswith("Arrondissement"):
            return f"{self.former} → {self._present_label}"
        return f"ancienne commune {self.former} → {self._present_label}"

    @property
    def _present_label(self) -> str:
        details = [self._shown_postal_code, self.department if self.homonym else ""]
        shown = ", ".join(detail for detail in details if detail)
        return f"{self.name} ({shown})" if shown else self.name

    @property
    def _shown_postal_code(self) -> str:
        if self.postal_code or not self.postal_codes:
            return self.postal_code or ""
        # Paris, Marseille, Lyon: no postal code stands for the whole town.
        return self.department_code if len(self.postal_codes) >= _TOO_MANY else self.postal_codes[0]


@dataclass(frozen=True, slots=True)
class Naf:
    """One entry of the NAF rév. 2; level 1 is the section, level 5 the sub-class (the APE code)."""

    code: str
    level: int
    label: str
    short_label: str
    parent: str | None
    section: str
