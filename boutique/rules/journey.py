"""The journey of a project: phases and steps, what is done of each, and which step comes next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from boutique.rules.lists import load_interview_types
from boutique.rules.partners import load_partner_types
from boutique.rules.resources import build, known, label_of, only, read, tables, unique
from boutique.rules.schemes import load_schemes

FILE = "journey/journey.toml"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `schemes` and `partner_types` are those of its phase, then its own."""

    code: str
    phase: str
    number: int
    label: str
    questions: tuple[str, ...]
    deliverable: str
    exit_criterion: str
    vigilance: tuple[str, ...]
    minutes: int
    interview_type: str
    confidence: str
    source: tuple[str, ...]
    schemes: tuple[str, ...] = ()
    partner_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    code: str
    number: int
    label: str
    short: str
    objective: str
    deliverables: str
    exit_criterion: str
    vigilance: tuple[str, ...]
    steps: tuple[Step, ...]
    schemes: tuple[str, ...] = ()
    partner_types: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """A version of the journey; files keep the version they started with."""

    version: str
    phases: tuple[Phase, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)

    def phase(self, code: str) -> Phase:
        return next(phase for phase in self.phases if phase.code == code)

    def step(self, code: str) -> Step:
        return next(step for step in self.steps if step.code == code)


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step to propose and why; `opens_phase` when taking it means entering another phase."""

    step: Step
    phase: Phase
    reason: str
    opens_phase: bool


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    code: str
    label: str
    short: str
    done: int
    total: int
    current: bool

    @property
    def complete(self) -> bool:
        return self.done == self.total


@cache
def load_journey(folder: Path | None = None) -> Journey:
    """The journey of `journey/journey.toml`, checked against schemes, partner types and interview types."""
    content = read(FILE, folder)
    only(content, ("version", "phase"), FILE)
    entries = tables(content, "phase", FILE)
    phases = tuple(_phase(entry, number, folder) for number, entry in enumerate(entries, start=1))
    journey = Journey(str(content.get("version", "")), phases)
    unique((phase.code for phase in phases), FILE)
    unique((step.code for step in journey.steps), FILE)
    return journey


def _phase(entry: Mapping[str, Any], number: int, folder: Path | None) -> Phase:
    where = label_of(entry, FILE)
    own = {key: value for key, value in entry.items() if key != "step"}
    phase = build(Phase, own, where, number=number, steps=())
    steps = tuple(
        _step(step, phase, position, folder)
        for position, step in enumerate(tables(entry, "step", f"{FILE}, {phase.code}"), start=1)
    )
    return build(Phase, own, where, number=number, steps=steps)


def _step(entry: Mapping[str, Any], phase: Phase, number: int, folder: Path | None) -> Step:
    where = label_of(entry, FILE)
    schemes = tuple(dict.fromkeys((*phase.schemes, *entry.get("schemes", ()))))
    partner_types = tuple(dict.fromkeys((*phase.partner_types, *entry.get("partner_types", ()))))
    step = build(Step, entry, where, phase=phase.code, number=number, schemes=schemes, partner_types=partner_types)
    known(step.interview_type, load_interview_types(folder), where, "le type d’entretien")
    for code in schemes:
        known(code, load_schemes(folder), where, "le dispositif")
    for code in partner_types:
        known(code, load_partner_types(folder), where, "le type de partenaire")
    return step


def next_step(journey: Journey, phase_code: str | None, done: Collection[str]) -> NextStep | None:
    """First step not done of the current phase, else of the next ones; `done` also holds the skipped ones."""
    codes = [phase.code for phase in journey.phases]
    start = codes.index(phase_code) if phase_code in codes else 0
    for phase in journey.phases[start:]:
        step = next((step for step in phase.steps if step.code not in done), None)
        if step is not None:
            return NextStep(step, phase, _why(journey.phases[start], phase, done), phase.code != codes[start])
    return None


def _why(current: Phase, phase: Phase, done: Collection[str]) -> str:
    here = f"«\u00a0{phase.label}\u00a0»"
    if phase.code != current.code:
        return f"Phase «\u00a0{current.label}\u00a0» terminée\u00a0: passer à {here}."
    made = _made(phase, done)
    if made == 0:
        return f"Première étape de {here}."
    plural = "s" if made > 1 else ""
    return f"{made} étape{plural} sur {len(phase.steps)} de {here} déjà faite{plural}."


def _made(phase: Phase, done: Collection[str]) -> int:
    return sum(step.code in done for step in phase.steps)


def progress(journey: Journey, phase_code: str | None, done: Collection[str]) -> tuple[PhaseProgress, ...]:
    """What is done of each phase, for the stepper."""
    return tuple(
        PhaseProgress(p.code, p.label, p.short, _made(p, done), len(p.steps), p.code == phase_code)
        for p in journey.phases
    )
