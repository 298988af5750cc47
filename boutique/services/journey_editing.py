"""What Réglages › Parcours does to a copy of the journey: add, rename, order, archive. Nothing is saved here."""

from collections.abc import Iterator, Sequence
from typing import Any

from boutique.core.errors import UserError
from boutique.models.base import new_id

Content = dict[str, Any]


def phases(content: Content) -> list[Content]:
    """Phases in their order, archived ones included."""
    found: list[Content] = content["phase"]
    return found


def steps(content: Content, phase_code: str) -> list[Content]:
    """Steps of a phase in their order, archived ones included."""
    found: list[Content] = entry(content, phase_code)["step"]
    return found


def entry(content: Content, code: str) -> Content:
    """A phase or a step by its code."""
    return next(one for one in _entries(content) if one["code"] == code)


def phase_of(content: Content, step_code: str) -> str:
    """The phase that holds a step."""
    return next(str(phase["code"]) for phase in phases(content) if any(s["code"] == step_code for s in phase["step"]))


def add_phase(content: Content, after: str) -> str:
    """A new phase with one step, after another; it counts as that one until said otherwise."""
    model = entry(content, after)
    code = f"PH{new_id().hex[-8:].upper()}"
    made = {
        "code": code,
        "label": "Nouvelle phase",
        "short": "Nouvelle",
        "objective": "",
        "deliverables": "",
        "exit_criterion": "",
        "vigilance": [],
        "counts_as": model.get("counts_as") or model["code"],
        "step": [_new_step(model["step"][0]["interview_type"])],
    }
    phases(content).insert(phases(content).index(model) + 1, made)
    return code


def add_step(content: Content, phase_code: str) -> str:
    """A new step at the end of a phase."""
    own = steps(content, phase_code)
    made = _new_step(own[-1]["interview_type"])
    own.append(made)
    return str(made["code"])


def order_phases(content: Content, codes: Sequence[str]) -> None:
    """Put the phases in this order."""
    phases(content).sort(key=lambda one: codes.index(one["code"]))


def order_steps(content: Content, phase_code: str, codes: Sequence[str]) -> None:
    """Put the steps of a phase in this order."""
    steps(content, phase_code).sort(key=lambda one: codes.index(one["code"]))


def move_step(content: Content, step_code: str, phase_code: str) -> None:
    """Put a step at the end of another phase."""
    own = steps(content, phase_of(content, step_code))
    if len(own) == 1:
        raise UserError("C’est la seule étape de sa phase : ajoutez-en une autre avant de la déplacer.")
    moved = entry(content, step_code)
    own.remove(moved)
    steps(content, phase_code).append(moved)


def archive(content: Content, code: str, *, archived: bool) -> None:
    """Take a phase or a step out of the files to come, or put it back; nothing is erased."""
    found = entry(content, code)
    found.pop("archived", None)
    if archived:
        found["archived"] = True


def write(content: Content, code: str, key: str, value: str | int | list[str]) -> None:
    """Change one part of a phase or a step."""
    entry(content, code)[key] = value


def _new_step(interview_type: str) -> Content:
    return {
        "code": f"E{new_id().hex[-8:].upper()}",
        "label": "Nouvelle étape",
        "questions": [],
        "deliverable": "",
        "exit_criterion": "",
        "vigilance": [],
        "minutes": 30,
        "interview_type": interview_type,
    }


def _entries(content: Content) -> Iterator[Content]:
    for phase in phases(content):
        yield phase
        yield from phase["step"]
