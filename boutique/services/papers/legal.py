"""Comparaison des statuts of a file. For the Documents menu and the screen of the same name."""

import uuid

from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.exports import pdf
from boutique.rules.legal_form import NO, USUAL, Ranked, place, why
from boutique.services import legal_forms
from boutique.services.documents import Document, letterhead
from boutique.services.legal_forms import Comparison

_OPEN = "à compléter"
_WEIGHTS = ("sans effet", "normal", "important", "décisif")


def comparison(session: Session, case_id: uuid.UUID) -> Document:
    """The comparison as it stands, open questions included."""
    found = legal_forms.of_case(session, case_id)
    content = pdf.legal_form.render(
        pdf.legal_form.FormComparison(
            letterhead=letterhead(session),
            printed_on=today(),
            reference=found.reference,
            person=found.name,
            retained=found.sheets[found.retained].label if found.retained else "",
            answers=tuple(_answers(found)),
            forms=tuple(_form(found, one) for one in found.ranked if not one.exclusions),
            excluded=tuple((found.sheets[one.form].label, why(one)) for one in found.ranked if one.exclusions),
            changes=tuple(legal_forms.words(change, found.sheets) for change in found.changes),
        )
    )
    name = f"comparaison-statuts-{found.reference}.pdf"
    return Document(name, f"Comparaison des statuts {found.reference}", content)


def _answers(found: Comparison) -> list[tuple[str, str, str]]:
    rows = []
    for criterion in found.criteria:
        code = found.answers.get(criterion.code, "")
        given = criterion.answer(code)
        said = given.label if given is not None else NO if code == NO else _OPEN
        rows.append((criterion.question, said, _WEIGHTS[found.importance.get(criterion.code, USUAL)]))
    return rows


def _form(found: Comparison, one: Ranked) -> "pdf.legal_form.ComparedForm":
    sheet = found.sheets[one.form]
    return pdf.legal_form.ComparedForm(
        sheet.label, place(one), why(one), sheet.liability, sheet.social_regime, sheet.tax, sheet.cost, sheet.caution,
        found.retained == one.form,
    )  # fmt: skip
