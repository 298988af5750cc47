"""The action plan on paper: everything decided, room to write, any length."""

import io
from datetime import date

from pypdf import PdfReader

from boutique.exports.pdf.action_plan import ActionPlan, PlannedAction, render
from tests.exports.reading import HOSTILE, LETTERHEAD, flat, text_of
from tests.extreme import LAST_NAME

ACTION = PlannedAction(
    "Écrire le plan de financement", "La personne", date(2026, 12, 15), "En cours", "Deux devis reçus",
    "Demander deux devis", "Ne pas oublier la TVA", "Adie, agence d’Arras",
)  # fmt: skip
PLAN = ActionPlan(
    LETTERHEAD, date(2026, 11, 24), "2026-0042", "Éloïse Vandenbroucke", "Nadia B.", "jeudi 3 décembre, 10 h",
    "Avoir un prévisionnel qui tient", date(2027, 1, 31), "Prévisionnel financier", (ACTION,),
)  # fmt: skip


def test_the_plan_says_everything_that_was_decided() -> None:
    printed = flat(text_of(render(PLAN)))
    for expected in (
        "Éloïse Vandenbroucke", "Nadia B.", "jeudi 3 décembre, 10 h", "Avoir un prévisionnel qui tient", "31/01/2027",
        "Prévisionnel financier", "Écrire le plan de financement", "La personne", "15/12/2026", "En cours",
        "Deux devis reçus", "D’abord : Demander deux devis", "Attention : Ne pas oublier la TVA",
        "Avec : Adie, agence d’Arras", "Date et signature",
    ):  # fmt: skip
        assert flat(expected) in printed, expected


def test_a_plan_with_nothing_in_it_leaves_room_to_write_on_one_page() -> None:
    content = render(ActionPlan(LETTERHEAD, date(2026, 11, 24), "2026-0042", "Y O"))
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    assert "Résultat" in text_of(content)


def test_a_plan_of_any_length_begins_on_its_first_page_and_ends_with_both_signatures() -> None:
    long = PlannedAction("Boulangerie " * 16, "Un partenaire", date(2026, 12, 1), "Abandonnée", HOSTILE[1] * 3,
                         "mot" * 60, "x" * 200, LAST_NAME * 3)  # fmt: skip
    content = render(ActionPlan(LETTERHEAD, date(2026, 11, 24), "1", f"Marie {LAST_NAME}", actions=(long,) * 30))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert len(pages) > 4
    assert "Boulangerie" in pages[0]
    assert pages[-1].count("Date et signature") == 2
