"""Plan de financement et prévisionnel on paper: its figures, its warnings, any text, in one to three pages."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.financing_plan import FinancingPlan, render
from boutique.models.choices import FundingKind
from boutique.rules.forecast import compute
from boutique.rules.forecast_terms import Assumptions, Charge, Need, NeedKind, Sales
from tests.rules.forecasts import edges, empty, generated, resource
from tests.rules.test_forecast import bakery

EDGES = edges()


def printed(given: Assumptions, person: str = "Éloïse Vandenbroucke", project: str = "Boulangerie") -> tuple[str, int]:
    """(text with single blanks, pages)."""
    content = render(
        FinancingPlan(
            letterhead=Letterhead("Boutique de l’initiative du Ternois"), reference="2026-0042",
            printed_on=date(2026, 11, 24), person=person, project=project, scenario="Scénario prudent", given=given,
            made=compute(given), counsellor="Nadia B.",
        )
    )  # fmt: skip
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()), len(pages)


def test_a_small_plan_takes_two_pages_and_says_its_figures() -> None:
    text, pages = printed(bakery())
    assert pages == 2
    for said in (
        "Plan équilibré à 12 000,00 €", "Matériel, équipement : Four", "3 % sur 48 mois, échéance 177,07 €",
        "11 809,13", "Jamais négative, au plus bas", "Pains 1 000 × 3,50 € par mois", "Franchise de TVA", "Nadia B.",
    ):  # fmt: skip
        assert said in text, said


def test_what_is_wrong_is_said_in_words() -> None:
    poor, _ = printed(replace(bakery(), owner_1=Decimal(3000)))
    assert "Négative à partir de mai 2027 : à corriger" in poor
    short, _ = printed(replace(bakery(), resources=()))
    assert "Il manque 12 000,00 € de ressources" in short
    assert "ne paient pas les besoins" in short
    loss, _ = printed(replace(bakery(), variable_rate=Decimal(95)))
    assert loss.count("jamais atteint") == 3


@pytest.mark.parametrize("name", EDGES)
def test_every_edge_is_printed(name: str) -> None:
    text, pages = printed(EDGES[name])
    assert "Trésorerie de la première année" in text
    assert pages <= 3


def test_any_text_is_printed_as_it_is() -> None:
    label = "<b>Four & cie</b> " + "anticonstitutionnellement" * 2
    given = replace(
        generated(2),
        needs=tuple(Need(kind, label[:80], Decimal("9999999.99"), 5) for kind in NeedKind),
        resources=tuple(resource(kind, Decimal("9999999.99"), label=label[:80]) for kind in FundingKind),
        sales=(
            Sales("عبد الرحمن", Decimal("999999.99"), Decimal("9.99"), None),
            Sales(label[:80], None, None, Decimal(1)),
        ),
    )
    text, pages = printed(given, person="عبد الرحمن الفهري", project="Boulangerie bio itinérante ; " * 20)
    assert "<b>Four & cie</b>" in text
    assert pages <= 4


def test_as_many_lines_as_one_may_type_go_on_over_the_pages() -> None:
    label = ("Très longue précision de la ligne " * 3)[:80]
    given = replace(
        bakery(),
        needs=tuple(Need(NeedKind.EQUIPMENT, label, Decimal(1000), 5) for _ in range(40)),
        resources=tuple(resource(FundingKind.BANK_LOAN, Decimal(1000), label=label) for _ in range(40)),
        sales=tuple(Sales(label, Decimal(100), Decimal("9.99"), None) for _ in range(40)),
        charges=tuple(Charge(label, Decimal(10)) for _ in range(40)),
    )
    text, pages = printed(given)
    assert pages > 3
    assert "Plan équilibré à 40 000,00 €" in text


def test_an_empty_forecast_says_so() -> None:
    text, _ = printed(empty())
    assert text.count("Rien de noté") == 2
