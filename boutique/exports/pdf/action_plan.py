"""Plan d’action: the goal of the period, who does what by when, and two signatures. What the person takes home."""

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, Spacer

from boutique.core.french import show_date
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.answers import pairs
from boutique.exports.pdf.page import TEXT_WIDTH, Masthead, Pages, Span, build, para
from boutique.exports.pdf.tables import PADDING, signatures, table

_HEADS = ("Action", "Qui", "Pour le", "État", "Résultat")
_SHARES = (0.43, 0.14, 0.12, 0.12, 0.19)
_BLANK_ROWS, _BLANK_HEIGHT = 6, 24


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One row; `first`, `watch` and `partner` stand under its words."""

    label: str
    owner: str = ""
    due_on: date | None = None
    status: str = ""
    result: str = ""
    first: str = ""
    watch: str = ""
    partner: str = ""


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The plan of one file."""

    letterhead: Letterhead
    printed_on: date
    reference: str
    person: str
    counsellor: str = ""
    next_appointment: str = ""
    goal: str = ""
    goal_due_on: date | None = None
    target_phase: str = ""
    actions: tuple[PlannedAction, ...] = ()


def render(data: ActionPlan) -> bytes:
    """The plan as a PDF."""
    return build(*story(data))


def story(data: ActionPlan) -> Pages:
    """What the pages are made of, alone or among many."""
    rows = [_row(action) for action in data.actions]
    blank = [Spacer(0, _BLANK_HEIGHT)]
    return Masthead(data.letterhead, "Plan d’action", data.reference, data.printed_on), [
        *para("Plan d’action", "title"),
        *pairs([("Personne accompagnée", data.person), ("Conseiller·ère", data.counsellor),
                ("Prochain rendez-vous", data.next_appointment), ("Phase visée", data.target_phase)]),
        *para("Objectif de la période", "section"),
        *(para(data.goal, "strong") if data.goal else [Spacer(0, 30)]),
        *para([Span("Échéance : ", strong=True), Span(show_date(data.goal_due_on) if data.goal_due_on else "…" * 12)]),
        *table("Actions", _HEADS, rows or [[blank] * len(_HEADS)] * _BLANK_ROWS, _SHARES, style="dense"),
        *signatures("Engagement", [("La personne", "Date et signature"),
                                   (data.counsellor or "Le conseiller, la conseillère", "Date et signature")]),
    ]  # fmt: skip


def _row(action: PlannedAction) -> list[str | list[Flowable]]:
    width = _SHARES[0] * TEXT_WIDTH - 2 * PADDING
    what: list[Flowable] = [*para(action.label, "dense", width=width)]
    for words, text in (("D’abord : ", action.first), ("Attention : ", action.watch), ("Avec : ", action.partner)):
        if text:
            what += para(f"{words}{text}", "small", width=width)
    due = show_date(action.due_on) if action.due_on else ""
    return [what, action.owner, due, action.status, action.result]
