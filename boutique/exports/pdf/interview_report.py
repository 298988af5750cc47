"""Compte-rendu d’entretien: what the person may take away. The private note has no way in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import Flowable

from boutique.core.french import show_date
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.answers import ShowValue, answered_form, pairs
from boutique.exports.pdf.page import Masthead, build, para
from boutique.exports.pdf.tables import table
from boutique.forms import values
from boutique.forms.spec import Form

PRIVATE = frozenset({"interview.private_note"})


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What was decided: who does what, by when."""

    label: str
    owner: str = ""
    due_on: date | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A partner proposed during the interview."""

    partner: str
    reason: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class InterviewReport:
    """One interview with its actions, its referrals and what comes next."""

    letterhead: Letterhead
    form: Form
    answers: Mapping[str, Any]
    printed_on: date
    reference: str
    person: str
    counsellor: str = ""
    place: str = ""
    actions: tuple[ActionLine, ...] = ()
    referrals: tuple[ReferralLine, ...] = ()
    next_appointment: str = ""
    copy_given: bool = False
    show_value: ShowValue = values.show


def render(data: InterviewReport) -> bytes:
    """The report as a PDF."""
    head = Masthead(data.letterhead, "Compte rendu d’entretien", data.reference, data.printed_on)
    answers = {key: value for key, value in data.answers.items() if key not in PRIVATE}
    story: list[Flowable] = [
        *para("Compte rendu d’entretien", "title"),
        *pairs([("Personne reçue", data.person), ("Référence du dossier", data.reference),
                ("Conseiller·ère", data.counsellor), ("Lieu", data.place)]),
        *answered_form(data.form, answers, data.show_value, without=PRIVATE),
        *_actions(data.actions),
        *_referrals(data.referrals),
        *para("Suite", "section"),
        *pairs([("Prochain rendez-vous", data.next_appointment),
                ("Copie remise à la personne", "Oui" if data.copy_given else "Non")]),
    ]  # fmt: skip
    return build(head, story)


def _actions(actions: tuple[ActionLine, ...]) -> list[Flowable]:
    rows = [
        (action.label, action.owner, show_date(action.due_on) if action.due_on else "", action.status)
        for action in actions
    ]
    return table("Actions d’ici le prochain rendez-vous", ("Action", "Qui", "Pour le", "État"), rows,
                  (0.52, 0.18, 0.15, 0.15))  # fmt: skip


def _referrals(referrals: tuple[ReferralLine, ...]) -> list[Flowable]:
    rows = [(one.partner, one.reason, one.status) for one in referrals]
    return table("Orientations proposées", ("Structure", "Pourquoi", "État"), rows, (0.34, 0.48, 0.18))
