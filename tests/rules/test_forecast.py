"""The forecast adds up, whatever is typed in it; amounts checked by hand; what cannot be read is said."""

from dataclasses import astuple, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boutique.core.errors import UserError
from boutique.models.choices import FundingKind
from boutique.rules import forecast_input
from boutique.rules.forecast import Forecast, compute, depreciation
from boutique.rules.forecast_terms import (
    Assumptions,
    Charge,
    ContributionBase,
    Need,
    NeedKind,
    OwnerPay,
    Sales,
    VatRegime,
)
from boutique.rules.loans import schedule
from tests.rules.forecasts import edges, empty, generated, resource

CENT = Decimal("0.01")
EDGES = edges()


def check(assumptions: Assumptions, made: Forecast) -> None:
    """The identities that any accountant checks first."""
    before = made.opening
    for month in made.months:
        assert month.start == before
        assert month.end == month.start + month.receipts - month.payments
        before = month.end
    moved = sum((one.receipts - one.payments for one in made.months), Decimal(0))
    assert made.months[-1].end == made.opening + moved
    for year in made.years:
        fixed = year.charges + year.contributions + year.wages + year.depreciation + year.interest
        assert year.result == year.turnover - year.variable - fixed
        assert year.left == year.result + year.depreciation - year.drawings - year.principal
        assert year.break_even is None or year.break_even >= 0
    assert made.years[0].turnover == sum(one.sales for one in made.months)
    assert made.plan.gap == made.plan.resources - made.plan.needs
    drawn = [*map(astuple, made.months), *map(astuple, made.years)]
    figures = [value for row in drawn for value in row if isinstance(value, Decimal)]
    assert all(one.is_finite() for one in figures)
    assert all(one == one.quantize(CENT) for one in figures)
    for loan, rows in zip((it for it in assumptions.resources if it.is_loan), made.loans, strict=True):
        long = schedule(loan, loan.month + loan.months)
        assert sum(row.principal for row in long) == loan.amount
        assert long[-1].closing == 0
        assert all(one.principal >= 0 and one.closing >= 0 for one in rows)


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_any_forecast_adds_up(seed: int) -> None:
    assumptions = generated(seed)
    check(assumptions, compute(assumptions))


@pytest.mark.parametrize("name", EDGES)
def test_edges_add_up_too(name: str) -> None:
    check(EDGES[name], compute(EDGES[name]))


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_what_is_kept_or_shown_reads_back_the_same(seed: int) -> None:
    assumptions = generated(seed)
    assert forecast_input.accept(forecast_input.stored(assumptions)) == assumptions
    assert forecast_input.accept(forecast_input.shown(assumptions)) == assumptions


def bakery() -> Assumptions:
    """A small forecast whose figures are worked out by hand below."""
    return replace(
        empty(), start_month=4, start_year=2027,
        needs=(Need(NeedKind.EQUIPMENT, "Four", Decimal(9000), 5), Need(NeedKind.CASH_RESERVE, "", Decimal(3000), 1)),
        resources=(resource(FundingKind.OWN, Decimal(4000)),
                   resource(FundingKind.BANK_LOAN, Decimal(8000), rate=Decimal(3), months=48)),
        sales=(Sales("Pains", Decimal(1000), Decimal("3.50"), None),), charges=(Charge("Loyer", Decimal(400)),),
        variable_rate=Decimal(30), contribution_rate=Decimal("12.3"), owner_1=Decimal(500),
    )  # fmt: skip


def test_a_small_forecast_is_what_one_finds_by_hand() -> None:
    made = compute(bakery())
    first, second, _ = made.years
    assert made.plan.balanced
    assert made.opening == Decimal(3000)
    assert (first.turnover, first.variable, first.margin) == (Decimal(42000), Decimal(12600), Decimal(29400))
    assert (first.charges, first.contributions, first.depreciation) == (Decimal(4800), Decimal(5166), Decimal(1800))
    # 8 000 € over 48 months at 3 %: 177,07 € a month; 213,87 € of interest in the first year.
    assert made.months[0].loans == Decimal("177.07")
    assert first.interest == Decimal("213.87")
    assert first.result == Decimal(29400 - 4800 - 5166 - 1800) - Decimal("213.87")
    assert second.depreciation == Decimal(1800)
    # (4 800 + 1 800 + 213,87) / (1 − 30 % − 12,3 %)
    assert first.break_even == Decimal("11809.13")
    assert first.sales_a_day == Decimal("14.7")
    assert made.months[0].end == 3000 + Decimal(3500 - 1050 - 400) - Decimal("430.50") - 500 - Decimal("177.07")


def test_months_follow_the_calendar_the_season_and_the_rise() -> None:
    slow = replace(bakery(), start_month=12, full_speed=4, season=(Decimal(50), *(Decimal(100),) * 11))
    sales = [month.sales for month in compute(slow).months]
    assert slow.month(2) == date(2028, 1, 1)
    assert sales[:5] == [Decimal(875), Decimal(875), Decimal(2625), Decimal(3500), Decimal(3500)]


def test_clients_who_pay_late_and_vat_move_the_treasury_not_the_result() -> None:
    now = compute(bakery())
    late = compute(replace(bakery(), client_delay=2, vat=VatRegime.VAT))
    assert late.years == now.years
    assert [month.received for month in late.months[:3]] == [0, 0, Decimal(4200)]
    assert late.opening == now.opening - 1800
    # VAT of April: 700 on sales, 210 and 80 on what is bought, 1 800 to recover first.
    assert [month.vat for month in late.months[:5]] == [0, 0, 0, 0, 0]
    assert late.months[5].vat == 410 * 5 - 1800


def test_a_negative_treasury_names_its_first_month() -> None:
    fine, poor = compute(bakery()), compute(replace(bakery(), owner_1=Decimal(3000)))
    assert fine.first_negative is None
    assert poor.first_negative == 2
    assert poor.months[1].end < 0 <= poor.months[0].end
    assert compute(replace(bakery(), resources=())).first_negative == 0


def test_nothing_sold_is_a_forecast_like_another() -> None:
    made = compute(replace(bakery(), sales=()))
    assert made.years[0].turnover == 0
    assert made.years[0].result < 0
    assert made.years[0].sales_a_day is None
    assert made.years[0].break_even == Decimal("11809.13")


def test_a_sale_that_costs_more_than_it_brings_never_breaks_even() -> None:
    assert compute(replace(bakery(), variable_rate=Decimal(90))).years[0].break_even is None


def test_what_the_owner_takes_is_a_charge_in_a_company_only() -> None:
    company = replace(bakery(), owner_kind=OwnerPay.WAGE, contribution_base=ContributionBase.OWNER_PAY)
    alone, paid = compute(bakery()).years[0], compute(company).years[0]
    assert (alone.wages, alone.drawings) == (Decimal(0), Decimal(6000))
    assert (paid.wages, paid.drawings) == (Decimal(6000), Decimal(0))
    assert paid.contributions == Decimal("738.00")
    assert paid.break_even == paid.break_even_owner
    assert alone.break_even is not None
    assert alone.break_even_owner is not None
    assert alone.break_even < alone.break_even_owner


def test_the_last_year_of_depreciation_takes_the_cents_left() -> None:
    assert [depreciation(Decimal(100), 3, year) for year in (1, 2, 3, 4)] == [
        Decimal("33.33"), Decimal("33.33"), Decimal("33.34"), 0]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "path", "sentence"),
    [
        ({"needs": [{"amount": "-300"}]}, "needs.0.amount", "ne peut pas être négatif"),
        ({"charges": [{"label": "Loyer", "amount": "beaucoup"}]}, "charges.0.amount", "montant n’est pas lisible"),
        ({"variable_rate": "140"}, "variable_rate", "va de 0 à 100"),
        ({"resources": [{"kind": "pret_bancaire", "amount": "5000", "months": "12", "deferral": "12"}]},
         "resources.0.deferral", "plus court que la durée"),
        ({"sales": [{"units": "10", "price": "5", "amount": "400"}]}, "sales.0.amount", "pas les deux"),
        ({"client_delay": "1,5"}, "client_delay", "nombre entier"),
        ({"needs": [{"amount": "10", "kind": "yacht"}]}, "needs.0.kind", "n’est pas dans la liste"),
        ({"charges": [{"amount": "1"}] * 41}, "charges", "plus de 40 lignes"),
        ({"growth_2": "1,23456"}, "growth_2", "n’est pas lisible"),
        ({"season": ["-5"]}, "season.0", "ne peut pas être négatif"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_beside_it(typed: dict[str, object], path: str, sentence: str) -> None:
    blank = forecast_input.blank(date(2026, 11, 24))
    _, errors = forecast_input.read({**blank, **typed})
    assert list(errors) == [path]
    assert sentence in errors[path]
    with pytest.raises(UserError, match=errors[path][:20].replace("(", ".")):
        forecast_input.accept({**blank, **typed})


def test_a_blank_forecast_starts_next_month_and_computes() -> None:
    assert forecast_input.accept(forecast_input.blank(date(2026, 12, 3))).start == date(2027, 1, 1)
    assert compute(empty()).years[0].result == 0
