"""Generated forecasts, for the tests of the computing, of the workbook and of the PDF."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from boutique.models.choices import FundingKind
from boutique.rules import forecast_input
from boutique.rules.forecast_terms import (
    LOANS,
    RESOURCES,
    Assumptions,
    Charge,
    ContributionBase,
    Need,
    NeedKind,
    OwnerPay,
    Resource,
    Sales,
    VatRegime,
)


def money(rng: Random, most: int) -> Decimal:
    """An amount, often with cents that make halves."""
    return (
        Decimal(rng.choice((rng.randint(0, most * 100), rng.randint(0, most) * 100, rng.randint(0, most) * 100 + 5)))
        / 100
    )


def rate(rng: Random, most: int) -> Decimal:
    return Decimal(rng.choice((0, rng.randint(0, most * 100), rng.randint(0, most) * 100))) / 100


def resource(kind: FundingKind, amount: Decimal, **changes: object) -> Resource:
    """A resource received at the start."""
    made = Resource(kind, "", amount, 0, Decimal(0), 36, 0, "")
    return replace(made, **changes)  # type: ignore[arg-type]


def generated(seed: int) -> Assumptions:
    """A forecast drawn at random, plausible or not."""
    rng = Random(seed)
    sales: list[Sales] = []
    for rank in range(rng.randint(1, 4)):
        if rng.random() < 0.6:
            sales.append(Sales(f"Produit {rank}", Decimal(rng.randint(0, 90000)) / 100, money(rng, 200), None))
        else:
            sales.append(Sales(f"Prestation {rank}", None, None, money(rng, 9000)))
    resources = []
    for kind in rng.sample(RESOURCES, rng.randint(0, 5)):
        months = rng.randint(1, 84)
        deferral = rng.randint(0, min(12, months - 1))
        resources.append(
            Resource(kind, f"Ligne de {kind.label}", money(rng, 40_000), rng.choice((0, 0, 0, 1, 6, 12)),
                     rate(rng, 8) if kind in LOANS else Decimal(0), months, deferral, "")
        )  # fmt: skip
    needs = [
        Need(kind, "", money(rng, 25_000), rng.randint(1, 10)) for kind in rng.sample(list(NeedKind), rng.randint(0, 7))
    ]
    return Assumptions(
        start_month=rng.randint(1, 12), start_year=rng.randint(2026, 2031), needs=tuple(needs),
        resources=tuple(resources), sales=tuple(sales),
        charges=tuple(Charge(f"Charge {rank}", money(rng, 1500)) for rank in range(rng.randint(0, 6))),
        season=tuple(Decimal(rng.choice((100, 100, 0, 80, 125, 60, 150))) for _ in range(12)),
        full_speed=rng.randint(1, 12), growth_2=rate(rng, 60) - rng.choice((0, 30)), growth_3=rate(rng, 40),
        variable_rate=rate(rng, 90), charges_growth=rate(rng, 5), contribution_rate=rate(rng, 45),
        contribution_base=rng.choice(list(ContributionBase)), owner_kind=rng.choice(list(OwnerPay)),
        owner_1=money(rng, 2500), owner_2=money(rng, 2500), owner_3=money(rng, 2500),
        vat=rng.choice(list(VatRegime)), vat_sales=rng.choice((Decimal(20), Decimal("5.5"), Decimal(10))),
        vat_purchases=rng.choice((Decimal(20), Decimal("5.5"))), client_delay=rng.randint(0, 3),
        supplier_delay=rng.randint(0, 3), open_days=rng.randint(1, 366),
    )  # fmt: skip


def empty(start: date = date(2026, 11, 24)) -> Assumptions:
    """A forecast that nobody has filled."""
    return forecast_input.accept(forecast_input.blank(start))


def edges() -> dict[str, Assumptions]:
    """The cases where spreadsheets and programs part."""
    plain = generated(3)
    loan = FundingKind.BANK_LOAN
    return {
        "nothing": empty(),
        "no turnover": replace(plain, sales=(Sales("Rien", Decimal(0), Decimal("12.50"), None),),
                               charges=(Charge("Loyer", Decimal("433.33")),)),
        "closed all year": replace(plain, season=(Decimal(0),) * 12),
        "negative treasury": replace(plain, resources=(), charges=(Charge("Loyer", Decimal("2999.99")),)),
        "loans at nothing": replace(plain, resources=(resource(loan, Decimal(1000), months=7),
                                                      resource(FundingKind.HONOUR_LOAN, Decimal("9999.99"), months=36),
                                                      resource(FundingKind.FAMILY_LOAN, Decimal("0.05"), months=10))),
        "starts in december": replace(plain, start_month=12, full_speed=3),
        "loans late, deferred, long": replace(plain, resources=(
            resource(loan, Decimal(25_000), rate=Decimal("4.35"), months=84, deferral=6),
            resource(loan, Decimal("8000.01"), rate=Decimal("30"), months=12, month=12, deferral=11),
            resource(FundingKind.MICROCREDIT, Decimal(12_000), rate=Decimal("8.65"), months=1, month=5))),
        "sold at a loss": replace(plain, variable_rate=Decimal(80), contribution_rate=Decimal("21.2"),
                                  contribution_base=ContributionBase.TURNOVER),
        "sells everything it earns": replace(plain, variable_rate=Decimal(100)),
        "vat credit all year": replace(plain, vat=VatRegime.VAT, vat_sales=Decimal("5.5"), vat_purchases=Decimal(20),
                                       variable_rate=Decimal(70), needs=(
                                           Need(NeedKind.VEHICLE, "", Decimal("30000.03"), 7),
                                           Need(NeedKind.STOCK, "", Decimal("1234.56"), 1),
                                           Need(NeedKind.CASH_RESERVE, "", Decimal(2000), 1))),
        "turnover falls to nothing": replace(plain, growth_2=Decimal(-100), growth_3=Decimal(500)),
    }  # fmt: skip


def twenty() -> dict[str, Assumptions]:
    """The edges, then cases drawn at random."""
    cases = edges()
    return {**cases, **{f"drawn {seed}": generated(seed) for seed in range(20 - len(cases))}}
