"""Answers of a form on paper: every visible field with its label, and room to write what is not known yet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, HRFlowable, Spacer, Table, TableStyle

from boutique.exports.pdf import fonts
from boutique.exports.pdf.page import HAIRLINE, RULE, TEXT_WIDTH, para
from boutique.forms.spec import Form
from boutique.models.fields import Field, Kind

ShowValue = Callable[[Field, Any], str]

_GAP = 18.0
_HALF = (TEXT_WIDTH - _GAP) / 2
_LONG, _MANY_LINES = 160, 3
_BOXES = 4  # choices that fit as boxes to tick on one line
_YES_NO = ("Oui", "Non")
_GRID = TableStyle(
    [
        ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (0, -1), 0.5, HAIRLINE),
        ("LINEBELOW", (2, 0), (2, -1), 0.5, HAIRLINE),
    ]
)


def answered_form(
    form: Form, answers: Mapping[str, Any], show: ShowValue, *, without: frozenset[str] = frozenset()
) -> list[Flowable]:
    """Sections of a form: heading, then its visible fields; `without` names keys that must not be printed."""
    visible = form.visible(answers) - without
    story: list[Flowable] = []
    for section in form.sections:
        fields = [field for field in section.fields if field.key in visible]
        if fields:
            story += para(section.title, "section")
            story += _section(fields, answers, show)
    return story


def pairs(facts: Sequence[tuple[str, str]]) -> list[Flowable]:
    """Label and value pairs outside any form (the head of a document), empty ones as lines to write on."""
    return grid([_cell(label, value, ()) for label, value in facts])


def grid(cells: Sequence[list[Flowable]]) -> list[Flowable]:
    """Cells in two columns, in reading order."""
    if not cells:
        return []
    filled = [*cells, []] if len(cells) % 2 else list(cells)
    rows = [[filled[rank], "", filled[rank + 1]] for rank in range(0, len(filled), 2)]
    return [Table(rows, colWidths=[_HALF, _GAP, _HALF], style=_GRID)]


def _section(fields: Sequence[Field], answers: Mapping[str, Any], show: ShowValue) -> list[Flowable]:
    story: list[Flowable] = []
    waiting: list[list[Flowable]] = []
    for field in fields:
        value = answers.get(field.key)
        text = "" if value is None else show(field, value)
        if field.kind is Kind.LONG_TEXT or len(text) > _LONG or text.count("\n") > _MANY_LINES:
            story += [*grid(waiting), *_wide(field.label, text)]
            waiting = []
        else:
            waiting.append(_cell(field.label, text, _boxes(field)))
    return [*story, *grid(waiting)]


def _boxes(field: Field) -> tuple[str, ...]:
    if field.kind is Kind.YES_NO:
        return _YES_NO
    if field.choices is not None and len(field.choices) <= _BOXES:
        return tuple(choice.label for choice in field.choices)
    return ()


def _cell(label: str, text: str, boxes: Sequence[str]) -> list[Flowable]:
    head: list[Flowable] = [*para(label, "label", width=_HALF)]
    if text:
        return [*head, *para(text, width=_HALF)]
    if boxes:
        return [*head, *para("   ".join(f"☐\u00a0{box}".replace(" ", "\u00a0") for box in boxes), width=_HALF)]
    return [*head, Spacer(0, 15)]


def _wide(label: str, text: str) -> list[Flowable]:
    """A text of any length over the whole width; three lines to write on when there is none."""
    space = Spacer(0, 3)
    space.keepWithNext = True  # or the title of the section may stay alone at the foot of the page before
    head: list[Flowable] = [space, *para(label, "heading")]
    if text:
        return [*head, *para(text)]
    return [*head, *(HRFlowable(width="100%", thickness=0.5, color=RULE, spaceBefore=18, spaceAfter=0) for _ in "123")]
