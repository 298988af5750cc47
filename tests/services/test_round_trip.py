"""Every field entered comes back: from the base, the fiche d'accueil, the report of an interview and the workbook."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from boutique.forms.catalogue import FILE, INTERVIEW
from boutique.forms.spec import Field, Kind
from boutique.services import activity, documents, interviews, people
from boutique.services.papers import intake as intake_papers
from boutique.services.papers import interview as interview_papers
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, PARIS, open_file, pdf

YES = {"holder.employment_status": "DE_INDEMNISE"}  # opens the questions on registration and allowances
SETS = ("all questions open", "other answers")


def flat(text: str) -> str:
    """Without any blank: where lines break does not matter."""
    return "".join(text.split())


def value(field: Field, rank: int, *, other: bool) -> Any:
    """A value of the kind of a field, different for each field where there is room for that."""
    if field.choices is not None:
        known = list(field.choices)
        picked = known[-1] if other else known[0]
        return (tuple(known[:-1][:3]) if not other else (known[-1],)) if field.kind is Kind.CHOICES else picked
    numbers = {Kind.INTEGER, Kind.EUROS}
    if field.kind in numbers:
        return field.maximum if other else min(field.minimum + 1 + rank % 4, field.maximum)
    return {
        Kind.TEXT: f"Texte {rank} d’Éloïse & <b>cie</b>" if not other else f"=Autre{rank}+1",
        Kind.LONG_TEXT: f"Point {rank}\n\nPoint suivant {rank}" if not other else f"Seul point {rank}",
        Kind.PHONE: "+32470123456" if other else "+33612345678",
        Kind.EMAIL: f"boite{rank}@exemple.fr",
        Kind.DATE: date(1980 + rank % 20, 2, 28) if other else date(2000, 1, 1 + rank % 28),
        Kind.CODES: ("ACC1", "PRE1") if not other else ("ACC2",),
        Kind.YES_NO: not other,
        Kind.COMMUNE: PARIS if other else FREVENT,
        Kind.NAF: "47.11F" if other else "10.71C",
        Kind.SIREN: "732829320",
    }[field.kind]


def filled(fields: tuple[Field, ...], *, other: bool) -> dict[str, Any]:
    answers = {field.key: value(field, rank, other=other) for rank, field in enumerate(fields)}
    return answers if other else {**answers, **YES}


@pytest.fixture(params=[False, True], ids=SETS)
def entered(request: pytest.FixtureRequest, workspace: Workspace) -> tuple[Any, dict[str, Any]]:
    """A file whose whole form was filled, and what was entered in it."""
    case = open_file(workspace, passage_happened_on="02/01/2026").case_id
    typed = FILE.accept(filled(FILE.fields(), other=request.param))
    workspace.write("Remplir la fiche", people.save_answers, case, typed)
    return case, {key: given for key, given in typed.items() if given is not None}


def shown(session: Session, answers: dict[str, Any]) -> dict[str, str]:
    return {key: documents.shown_value(session, FILE.field(key), given) for key, given in answers.items()}


def test_the_two_sets_fill_every_field_of_the_file() -> None:
    typed = {key for other in (False, True) for key in FILE.accept(filled(FILE.fields(), other=other))}
    assert typed == {field.key for field in FILE.fields()}
    assert set(FILE.accept(filled(FILE.fields(), other=False))) == typed  # the first set opens all conditional ones


def test_every_field_comes_back_from_the_base(workspace: Workspace, entered: tuple[Any, dict[str, Any]]) -> None:
    case, answers = entered
    assert workspace.read(people.answers, case) == answers


def test_every_field_is_on_the_fiche_d_accueil(workspace: Workspace, entered: tuple[Any, dict[str, Any]]) -> None:
    case, answers = entered
    told = flat(pdf(workspace.read(intake_papers.intake_sheet, case)))
    missing = [
        (key, label, text)
        for key, text in workspace.read(shown, answers).items()
        if flat(label := FILE.field(key).label) not in told or flat(text) not in told
    ]
    assert not missing


def test_every_field_is_in_the_follow_up_workbook(workspace: Workspace, entered: tuple[Any, dict[str, Any]]) -> None:
    _case, answers = entered
    fields = tuple(FILE.field(key) for key in answers)
    content = workspace.read(activity.follow_up, nominative=True, fields=fields)
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=False)["Liste"]
    cells = [[cell for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    head = next(row for row in cells if any(cell.value == "Référence" for cell in row))
    below = {cell.value: sheet.cell(cell.row + 1, cell.column) for cell in head}
    texts = workspace.read(shown, answers)
    missing = []
    for field in fields:
        cell = below.get(field.label)
        given = cell.value.date() if cell is not None and isinstance(cell.value, datetime) else cell and cell.value
        if given not in (answers[field.key], texts[field.key]) or (cell is not None and cell.data_type == "f"):
            missing.append((field.key, given, texts[field.key]))
    assert not missing


@pytest.mark.parametrize("other", [False, True], ids=SETS)
def test_every_field_of_an_interview_is_on_its_report_but_the_private_note(workspace: Workspace, other: bool) -> None:
    case = open_file(workspace, passage_happened_on="02/01/2026").case_id
    typed = filled(INTERVIEW.fields(), other=other) if other else {
        field.key: value(field, rank, other=False) for rank, field in enumerate(INTERVIEW.fields())
    }  # fmt: skip
    typed |= {"interview.held_on": LAST_DAY, "interview.attended": True, "interview.private_note": "Zorglub discret"}
    made = workspace.write("Entretien", interviews.save, case, typed)
    answers = workspace.read(interviews.answers, made)
    assert answers == INTERVIEW.accept(typed)
    told = flat(pdf(workspace.read(interview_papers.interview_report, made)))
    assert "Zorglub" not in told
    missing = []
    for field in INTERVIEW.fields():
        text = workspace.read(documents.shown_value, field, answers[field.key])
        if field.name != "private_note" and not all(flat(line) in told for line in text.split("\n")):
            missing.append((field.key, text))
    assert not missing
