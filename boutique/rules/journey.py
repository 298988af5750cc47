"""The journey of a project: phases and steps, what is done of each, and which step comes next."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from boutique.models.choices import Phase as StandardPhase
from boutique.rules.lists import load_interview_types
from boutique.rules.partners import load_partner_types
from boutique.rules.resources import build, known, label_of, only, read, refuse, tables, unique
from boutique.rules.schemes import load_schemes

FILE = "journey/journey.toml"
LONGEST_STEP_CODE, LONGEST_PHASE_CODE = 12, 20
LONGEST_LABEL, LONGEST_SHORT, LONGEST_TEXT, MOST_LINES, MOST_MINUTES = 160, 24, 600, 20, 480
_STANDARD = tuple(phase.value for phase in StandardPhase)


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
    confidence: str = ""
    source: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    partner_types: tuple[str, ...] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase; `counts_as` is the standard phase that figures, rules and filters know it by."""

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
    counts_as: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """A version of the journey, without what it archived; files keep the version they started with."""

    version: str
    phases: tuple[Phase, ...]
    archived: tuple[Step, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)

    def phase(self, code: str) -> Phase:
        return next(phase for phase in self.phases if phase.code == code)

    def step(self, code: str) -> Step:
        return next(step for step in self.steps if step.code == code)

    def find(self, code: str) -> Step | None:
        """A step in use, or one that this version archived."""
        return next((step for step in (*self.steps, *self.archived) if step.code == code), None)

    def place(self, standard: str, own: str | None = None) -> Phase:
        """Where a file stands: its own phase when it still counts as its standard one, else the nearest before it."""
        same = [phase for phase in self.phases if phase.counts_as == standard]
        if same:
            return next((phase for wanted in (own, standard) for phase in same if phase.code == wanted), same[0])
        rank = _STANDARD.index(standard)
        before = [phase for phase in self.phases if _STANDARD.index(phase.counts_as) < rank]
        return max(before, key=lambda phase: _STANDARD.index(phase.counts_as), default=self.phases[0])


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
    return journey_from(shipped_content(folder), FILE, folder)


@cache
def shipped_content(folder: Path | None = None) -> dict[str, Any]:
    """What the file of the application says, as a structure copies, edits and keeps it."""
    return read(FILE, folder)


def journey_from(content: Mapping[str, Any], name: str, folder: Path | None = None) -> Journey:
    """The journey that a content describes; whatever is wrong names the file and the entry."""
    only(content, ("version", "phase"), name)
    entries = tables(content, "phase", name)
    phases = tuple(_phase(entry, number, name, folder) for number, entry in enumerate(entries, start=1))
    unique((phase.code for phase in phases), name)
    unique((step.code for phase in phases for step in phase.steps), name)
    used = [replace(phase, steps=tuple(_used(phase))) for phase in phases if not phase.archived]
    if not used:
        raise refuse(f"resources/{name}", "toutes les phases sont archivées : gardez-en au moins une")
    for phase in used:
        if not phase.steps:
            where = f"resources/{name}, {phase.code}"
            raise refuse(where, "cette phase n’a plus d’étape : ajoutez-en une, ou archivez la phase")
    kept = {step.code for phase in used for step in phase.steps}
    archived = tuple(step for phase in phases for step in phase.steps if step.code not in kept)
    return Journey(str(content.get("version", "")), tuple(used), archived)


def _used(phase: Phase) -> Iterator[Step]:
    return (step for step in phase.steps if not step.archived)


def _phase(entry: Mapping[str, Any], number: int, name: str, folder: Path | None) -> Phase:
    where = label_of(entry, name)
    own = {key: value for key, value in entry.items() if key != "step"}
    phase = build(Phase, own, where, number=number, steps=())
    phase = replace(phase, counts_as=phase.counts_as or phase.code)
    known(phase.counts_as, _STANDARD, where, "la phase de référence")
    _check_code(phase.code, LONGEST_PHASE_CODE, where)
    _check_texts((phase.label, phase.short, phase.objective, phase.exit_criterion), phase.vigilance, where)
    if len(phase.short) > LONGEST_SHORT:
        raise refuse(where, f"« short » dépasse {LONGEST_SHORT} caractères")
    _check_names(phase, where, folder)
    steps = tuple(
        _step(step, phase, position, name, folder)
        for position, step in enumerate(tables(entry, "step", f"{name}, {phase.code}"), start=1)
    )
    return replace(phase, steps=steps)


def _step(entry: Mapping[str, Any], phase: Phase, number: int, name: str, folder: Path | None) -> Step:
    where = label_of(entry, name)
    own = build(Step, entry, where, phase=phase.code, number=number)
    known(own.interview_type, load_interview_types(folder), where, "le type d’entretien")
    _check_code(own.code, LONGEST_STEP_CODE, where)
    _check_texts((own.label, own.deliverable, own.exit_criterion), (*own.questions, *own.vigilance), where)
    if max(len(own.questions), len(own.vigilance)) > MOST_LINES:
        raise refuse(where, f"plus de {MOST_LINES} questions ou points de vigilance")
    if not 0 <= own.minutes <= MOST_MINUTES:
        raise refuse(where, f"« minutes » va de 0 à {MOST_MINUTES}")
    _check_names(own, where, folder)
    return replace(
        own,
        schemes=tuple(dict.fromkeys((*phase.schemes, *own.schemes))),
        partner_types=tuple(dict.fromkeys((*phase.partner_types, *own.partner_types))),
    )


def _check_code(code: str, longest: int, where: str) -> None:
    if not code or len(code) > longest or not code.replace("_", "").replace("-", "").isalnum() or not code.isascii():
        raise refuse(where, f"le code s’écrit en {longest} lettres ou chiffres au plus, sans accent ni espace")


def _check_texts(titles: tuple[str, ...], lines: tuple[str, ...], where: str) -> None:
    if not titles[0].strip():
        raise refuse(where, "« label » est vide")
    if len(titles[0]) > LONGEST_LABEL:
        raise refuse(where, f"« label » dépasse {LONGEST_LABEL} caractères")
    for text in (*titles, *lines):
        if len(text) > LONGEST_TEXT:
            raise refuse(where, f"un texte dépasse {LONGEST_TEXT} caractères")
        if not all(sign.isprintable() or sign in "\n\u00a0\u202f" for sign in text):
            raise refuse(where, "un texte contient des caractères qui ne s’affichent pas")


def _check_names(entry: Phase | Step, where: str, folder: Path | None) -> None:
    for code in entry.schemes:
        known(code, load_schemes(folder), where, "le dispositif")
    for code in entry.partner_types:
        known(code, load_partner_types(folder), where, "le type de partenaire")


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
