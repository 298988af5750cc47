"""Comparaison des statuts: what was answered, the forms ranked with their reasons, what remains open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.answers import pairs
from boutique.exports.pdf.page import Masthead, build, para
from boutique.exports.pdf.tables import table

_ADVICE = (
    "Ce tableau aide à parler ; il ne remplace ni un juriste ni un expert-comptable. Les points sont une "
    "proposition de la boutique : la personne décide."
)


@dataclass(frozen=True, slots=True)
class ComparedForm:
    """One row: place in words, why in words, key facts."""

    label: str
    place: str
    why: str
    liability: str
    social: str
    tax: str
    cost: str
    caution: str
    retained: bool = False


@dataclass(frozen=True, slots=True)
class FormComparison:
    """The comparison of one file."""

    letterhead: Letterhead
    printed_on: date
    reference: str
    person: str
    retained: str
    answers: tuple[tuple[str, str, str], ...]  # question, answer, importance
    forms: tuple[ComparedForm, ...]
    excluded: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]


def render(data: FormComparison) -> bytes:
    """The comparison as a PDF."""
    head = Masthead(data.letterhead, "Comparaison des statuts", data.reference, data.printed_on)
    story: list[Flowable] = [
        *para("Comparaison des statuts", "title"),
        *pairs([("Personne accompagnée", data.person), ("Forme retenue", data.retained)]),
        *para(_ADVICE, "muted"),
        *table("Réponses", ("Question", "Réponse", "Importance"), data.answers, (0.6, 0.2, 0.2), style="dense"),
        *table("Formes, de la plus adaptée à la moins adaptée", ("Forme", "Pourquoi", "Ce qu’elle implique"),
               [_row(form) for form in data.forms], (0.24, 0.36, 0.4), style="dense"),
        *table("Formes exclues", ("Forme", "À cause de"), data.excluded, (0.34, 0.66), style="dense"),
        *_open(data.changes),
    ]  # fmt: skip
    return build(head, story)


def _row(form: ComparedForm) -> tuple[str, str, str]:
    facts = (("Responsabilité", form.liability), ("Social", form.social), ("Impôt", form.tax), ("Coût", form.cost),
             ("Attention", form.caution))  # fmt: skip
    name = "\n".join(part for part in (form.label, form.place, "retenue" if form.retained else "") if part)
    return name, form.why, "\n".join(f"{words} : {text}" for words, text in facts if text)


def _open(changes: Sequence[str]) -> list[Flowable]:
    if not changes:
        return []
    return [
        *para("À compléter : ce qui changerait le résultat", "section"),
        *(made for text in changes for made in para(text, "dense-bullet", bullet="•")),
    ]
