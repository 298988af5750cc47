"""Lists an institution may edit: interviews, coded reasons, parameters, grid, forms, sectors."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from boutique.rules.resources import build, label_of, only, read, refuse, tables, unique


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=_Coded)
_GRID, _LEVELS = "lists/diagnosis.toml", 5


@dataclass(frozen=True, slots=True)
class InterviewType:
    code: str
    label: str
    minutes: int
    counts_as: str
    confidence: str
    source: tuple[str, ...]
    mode: str = ""
    document: str = ""
    minutes_range: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusalReason:
    """`by`: who says no, partner or person; `archived` ones are read but no longer offered."""

    code: str
    label: str
    by: str
    archived: bool = False


@dataclass(frozen=True, slots=True)
class ExitReason:
    code: str
    label: str
    positive: bool
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Prescriber:
    code: str
    label: str
    group: str
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    code: str
    label: str
    value: float
    unit: str
    confidence: str
    source: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the diagnosis grid; `levels` from 1 to 5."""

    code: str
    label: str
    question: str
    levels: tuple[str, ...]
    weight: int
    source: tuple[str, ...]
    blocking_level: int | None = None
    evidence: str = ""
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    code: str
    label: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    version: str
    axes: tuple[Axis, ...]


@dataclass(frozen=True, slots=True)
class LegalForm:
    code: str
    label: str
    partners_min: int
    liability: str
    social_regime: str
    formalities: str
    cost: str
    suitable_when: str
    caution: str
    confidence: str
    source: tuple[str, ...]
    insee: str = ""
    partners_max: int | None = None
    capital_min: float | None = None
    tax: str = ""
    tax_options: str = ""
    micro: str = ""


@dataclass(frozen=True, slots=True)
class Sector:
    code: str
    label: str
    rule: str
    social_fund: str
    confidence: str
    source: tuple[str, ...]
    consular: str = ""


@dataclass(frozen=True, slots=True)
class RegulatedCraft:
    code: str
    label: str
    rule: str
    confidence: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """One version of the NAF: letters change meaning from J onwards, so a letter goes with its version."""

    code: str
    label: str
    rule: str
    confidence: str
    source: tuple[str, ...]
    sections: Mapping[str, str]
    valid_from: date | None = None
    valid_to: date | None = None


def _by_code(record: type[C], key: str, name: str, folder: Path | None) -> dict[str, C]:
    content = read(name, folder)
    only(content, ("version", key), name)
    return _records(record, content, key, name)


def _records(record: type[C], content: Mapping[str, Any], key: str, name: str) -> dict[str, C]:
    entries = tables(content, key, name)
    unique((entry.get("code", "") for entry in entries), name)
    found = [build(record, entry, label_of(entry, name)) for entry in entries]
    return {item.code: item for item in found}


@cache
def load_interview_types(folder: Path | None = None) -> Mapping[str, InterviewType]:
    return _by_code(InterviewType, "interview_type", "lists/interview_types.toml", folder)


@cache
def load_refusal_reasons(folder: Path | None = None) -> Mapping[str, RefusalReason]:
    return _by_code(RefusalReason, "refusal_reason", "lists/refusal_reasons.toml", folder)


@cache
def load_exit_reasons(folder: Path | None = None) -> Mapping[str, ExitReason]:
    return _by_code(ExitReason, "exit_reason", "lists/exit_reasons.toml", folder)


@cache
def load_prescribers(folder: Path | None = None) -> Mapping[str, Prescriber]:
    return _by_code(Prescriber, "prescriber", "lists/prescribers.toml", folder)


@cache
def load_legal_forms(folder: Path | None = None) -> Mapping[str, LegalForm]:
    return _by_code(LegalForm, "legal_form", "lists/legal_forms.toml", folder)


@cache
def load_parameters(folder: Path | None = None) -> tuple[Parameter, ...]:
    """Every value of every parameter: a code may come back with other dates."""
    name = "lists/parameters.toml"
    content = read(name, folder)
    only(content, ("version", "parameter"), name)
    return tuple(build(Parameter, entry, label_of(entry, name)) for entry in tables(content, "parameter", name))


def parameter(code: str, on: date, folder: Path | None = None) -> Parameter | None:
    """The value in force that day, or None when it is unknown or out of date."""
    return next((p for p in load_parameters(folder) if p.code == code and p.in_force(on)), None)


@cache
def load_grid(folder: Path | None = None) -> Grid:
    """The diagnosis grid."""
    return grid_of(read(_GRID, folder))


def grid_of(content: Mapping[str, Any], name: str = _GRID) -> Grid:
    """The grid that a file holds, or a version of it that was kept."""
    only(content, ("version", "axis"), name)
    axes = []
    for entry in tables(content, "axis", name):
        criteria = _records(Criterion, entry, "criterion", name)
        for criterion in criteria.values():
            _check(criterion, f"resources/{name}, {criterion.code}")
        own = {key: value for key, value in entry.items() if key != "criterion"}
        axes.append(build(Axis, own, label_of(entry, name), criteria=tuple(criteria.values())))
    unique((axis.code for axis in axes), name)
    unique((criterion.code for axis in axes for criterion in axis.criteria), name)
    return Grid(str(content.get("version", "")), tuple(axes))


def _check(criterion: Criterion, where: str) -> None:
    if len(criterion.levels) != _LEVELS:
        raise refuse(where, "cinq niveaux sont attendus")
    if criterion.weight < 1:
        raise refuse(where, "« weight » vaut au moins 1")
    if criterion.blocking_level is not None and not 1 <= criterion.blocking_level < _LEVELS:
        raise refuse(where, "« blocking_level » va de 1 à 4")


def grid_content(grid: Grid) -> dict[str, Any]:
    """A grid as its file holds it, to be kept; `grid_of` reads it again."""
    return {
        "version": grid.version,
        "axis": [
            {
                "code": axis.code,
                "label": axis.label,
                "criterion": [
                    {key: _listed(value) for key, value in asdict(criterion).items() if value is not None}
                    for criterion in axis.criteria
                ],
            }
            for axis in grid.axes
        ],
    }


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


_SECTORS = "lists/sectors.toml"
_SECTOR_BLOCKS = ("sector", "regulated_craft", "nomenclature")


@cache
def load_sectors(folder: Path | None = None) -> Mapping[str, Sector]:
    return _records(Sector, _sector_file(folder), "sector", _SECTORS)


@cache
def load_regulated_crafts(folder: Path | None = None) -> Mapping[str, RegulatedCraft]:
    return _records(RegulatedCraft, _sector_file(folder), "regulated_craft", _SECTORS)


@cache
def load_nomenclatures(folder: Path | None = None) -> Mapping[str, Nomenclature]:
    entries = tables(_sector_file(folder), "nomenclature", _SECTORS)
    return {
        entry["code"]: build(Nomenclature, entry, label_of(entry, _SECTORS), sections=entry.get("sections", {}))
        for entry in entries
    }


@cache
def _sector_file(folder: Path | None) -> dict[str, Any]:
    content = read(_SECTORS, folder)
    only(content, _SECTOR_BLOCKS, _SECTORS)
    return content
