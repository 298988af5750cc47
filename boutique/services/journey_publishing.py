"""Editing the journey: what changed, publication, earlier versions, a file that moves to another one. For Réglages."""

import uuid
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import clock, files
from boutique.core.errors import UserError
from boutique.core.text import clean, fold
from boutique.models.case import Case, StepProgress
from boutique.models.journey import JourneyVersion
from boutique.rules.journey import Journey, journey_from
from boutique.rules.resources import parse
from boutique.services import answers as answers_service
from boutique.services import journey_changes
from boutique.services import journey_versions as versions

_LONGEST_LABEL, _MOST_BYTES = 80, 1_000_000
_PARTS = {"label": "Nom", "short": "Nom court", "minutes": "Minutes usuelles"}
_HEAD = """\
# Le parcours de la structure : des phases, et dans chacune ses étapes, dans l’ordre où elles s’affichent.
# À relire dans Réglages › Parcours › Importer : chaque erreur y est dite avec l’entrée où elle se trouve.
# counts_as : la phase de référence que comptent les bilans, les règles et les filtres.

"""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list; `files` follow it."""

    code: str
    label: str
    published_on: date | None
    in_force: bool
    files: int


@dataclass(frozen=True, slots=True)
class Move:
    """What moving a file to another version would show and hide; `kept` steps hold work and stay readable."""

    code: str
    label: str
    appears: tuple[str, ...]
    disappears: tuple[str, ...]
    kept: tuple[str, ...]
    phase: str


def listing(session: Session) -> tuple[VersionLine, ...]:
    """Every version, the one in force first, then the latest; the shipped one even before a file used it."""
    counts: dict[str, int] = dict(
        session.execute(select(Case.journey_version, func.count()).group_by(Case.journey_version)).all()
    )
    force, shipped = versions.code_in_force(session), versions.shipped_code(session)
    rows = session.scalars(select(JourneyVersion).order_by(JourneyVersion.created_at.desc(), JourneyVersion.id.desc()))
    lines = [
        VersionLine(row.code, row.label, row.published_on, row.code == force, counts.get(row.code, 0)) for row in rows
    ]
    if shipped not in {line.code for line in lines}:
        lines.append(VersionLine(shipped, f"Boutique {shipped}", None, shipped == force, counts.get(shipped, 0)))
    return tuple(sorted(lines, key=lambda line: not line.in_force))


def content(session: Session, code: str | None = None) -> dict[str, Any]:
    """A copy, free to be edited, of a version (the one in force by default)."""
    return deepcopy(versions.content_of(session, code or versions.code_in_force(session)))


def check(content: Mapping[str, Any], name: str = versions.NAME) -> Journey:
    """The journey that an edited content makes, or the sentence that says which entry is wrong."""
    try:
        return journey_from(content, name)
    except ValueError as error:
        raise UserError(f"{str(error).removeprefix('resources/')}.") from error


def changes(session: Session, edited: Mapping[str, Any]) -> tuple[str, ...]:
    """What new files will see that those of the version in force do not, one sentence a change."""
    try:
        return journey_changes.between(versions.in_force(session), check(_typeset(edited)))
    except UserError as error:
        raise UserError(_in_words(edited, str(error))) from error


def publish(session: Session, edited: Mapping[str, Any], label: str) -> str:
    """Put an edited journey in force for the files to come; earlier versions and their files stay as they are."""
    called = clean(label)
    if not called:
        raise UserError("Donnez un nom à cette version, par exemple « Parcours 2027 ».")
    if len(called) > _LONGEST_LABEL:
        raise UserError(f"Ce nom compte {len(called)} caractères. Raccourcissez-le à {_LONGEST_LABEL}.")
    if fold(called) in {fold(line.label) for line in listing(session)}:
        raise UserError(f"Une version s’appelle déjà « {called} ». Donnez-lui un autre nom.")
    if not changes(session, edited):
        raise UserError("Ce parcours est celui qui est en vigueur : il n’y a rien à publier.")
    code = versions.new_code(session)
    session.add(
        JourneyVersion(
            code=code,
            label=called,
            content={**_typeset(edited), "version": code},
            published_on=clock.today(),
            chosen_at=clock.now(),
        )
    )
    session.flush()
    return code


def _in_words(edited: Mapping[str, Any], sentence: str) -> str:
    """« ACC1 » is called by its label, to whom edits on screen."""
    told = sentence.removeprefix(f"{versions.NAME}, ").removeprefix(f"{versions.NAME} : ")
    for phase in edited["phase"]:
        for entry in (phase, *phase["step"]):
            if told.startswith(f"{entry['code']} : "):
                told = told.removeprefix(entry["code"])
                for part, words in _PARTS.items():
                    told = told.replace(f"« {part} »", f"« {words} »")
                return f"« {entry['label'] or 'sans nom'} »{told}"
    return told


def _typeset(edited: Mapping[str, Any]) -> dict[str, Any]:
    """The same texts with the no-break spaces that the shipped journey has: an ordinary space is no change."""
    return parse(tomli_w.dumps(edited), versions.NAME)


def choose(session: Session, code: str) -> None:
    """Put a version back in force: new files start with it. The shipped one follows the application's releases."""
    if code == versions.shipped_code(session):
        for row in session.scalars(select(JourneyVersion).where(JourneyVersion.chosen_at.is_not(None))):
            row.chosen_at = None
        return
    wanted = session.scalars(select(JourneyVersion).where(JourneyVersion.code == code)).first()
    if wanted is None:
        raise UserError("Cette version n’existe plus. Revenez à Réglages › Parcours.")
    wanted.chosen_at = clock.now()


def preview_move(session: Session, case_id: uuid.UUID, code: str) -> Move:
    """What moving a file would change on its Parcours."""
    case = answers_service.case_of(session, case_id)
    before, after = versions.of_case(session, case), versions.of_code(session, code)
    had, has = {step.code for step in before.steps}, {step.code for step in after.steps}
    worked = set(session.scalars(select(StepProgress.step_code).where(StepProgress.case_id == case_id)))
    gone = [step for step in before.steps if step.code not in has]
    return Move(
        code,
        versions.label(session, code),
        tuple(step.label for step in after.steps if step.code not in had),
        tuple(step.label for step in gone),
        tuple(step.label for step in gone if step.code in worked),
        after.place(case.phase.value, case.journey_phase).label,
    )


def move(session: Session, case_id: uuid.UUID, code: str) -> None:
    """The file follows another version. Its standard phase stays, and every answer stays with its question."""
    case = answers_service.case_of(session, case_id)
    if case.closed_on is not None:
        raise UserError("Ce dossier est clos : il garde le parcours qu’il a suivi. Rouvrez-le d’abord.")
    if code == versions.shipped_code(session):
        versions.keep_shipped(session)
    before, after = versions.of_case(session, case), versions.of_code(session, code)
    for row in session.scalars(select(StepProgress).where(StepProgress.case_id == case_id)):
        old, new = (next((step for step in one.steps if step.code == row.step_code), None) for one in (before, after))
        if row.answers:
            row.answers = _moved(row.answers, old.questions if old else (), new.questions if new else ())
    case.journey_version = code
    case.journey_phase = after.place(case.phase.value, case.journey_phase).code


def _moved(answers: Mapping[str, str], asked: tuple[str, ...], now: tuple[str, ...]) -> dict[str, str]:
    """Answers under the questions asked now; one that is not asked any more is called by its words."""
    words = {f"q{rank}": question for rank, question in enumerate(asked, 1)}
    places: dict[str, list[str]] = {}
    for rank, question in enumerate(now, 1):
        places.setdefault(_words(question), []).append(f"q{rank}")
    found: dict[str, str] = {}
    for key, text in answers.items():
        question = words.get(key, key)
        free = [place for place in places.get(_words(question), ()) if place not in found]
        target = free[0] if free else question
        found[target] = f"{found[target]}\n{text}" if found.get(target) else text
    return found


def _words(question: str) -> str:
    return " ".join(question.split())


def export_file(session: Session, edited: Mapping[str, Any] | None, path: Path) -> None:
    """Write a journey as a file that another boutique can read again."""
    written = dict(edited) if edited is not None else content(session)
    check(written)
    text = _HEAD + tomli_w.dumps(written, multiline_strings=False)
    with files.explained(path), files.replacement(path) as copy:
        copy.write_text(text, "utf-8")


def import_file(path: Path) -> dict[str, Any]:
    """The journey of a file, checked as the shipped one is; it is only proposed, never published by itself."""
    with files.explained(path):
        if path.stat().st_size > _MOST_BYTES:
            raise UserError(
                f"« {path.name} » est trop gros pour un parcours (1 Mo au plus). Choisissez un autre fichier."
            )
        raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UserError(
            f"« {path.name} » n’est pas un fichier texte en UTF-8. Enregistrez-le ainsi, puis recommencez."
        ) from None
    try:
        read = parse(text, path.name)
    except ValueError as error:
        raise UserError(f"{str(error).removeprefix('resources/')}.") from error
    check(read, path.name)
    return read
