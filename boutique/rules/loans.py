"""Repayment of a loan month by month, to the cent. Used by the forecast, its workbook and its PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from boutique.rules.forecast_terms import Resource

HORIZON = 36  # months of the forecast
_CENT = Decimal("0.01")
_PRECISION = 40
ZERO = Decimal(0)


def cents(value: Decimal) -> Decimal:
    """The one rounding of the product's money: to the nearest cent, halves away from zero."""
    return value.quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Repayment:
    """One month of a loan; nothing before it is received nor after its end."""

    month: int
    opening: Decimal
    interest: Decimal
    principal: Decimal

    @property
    def payment(self) -> Decimal:
        return self.interest + self.principal

    @property
    def closing(self) -> Decimal:
        return self.opening - self.principal


def instalment(loan: Resource) -> Decimal:
    """The constant payment, once the deferral is over."""
    count = loan.months - loan.deferral
    with localcontext() as context:
        context.prec = _PRECISION
        rate = loan.rate / 1200
        if not rate:
            return cents(loan.amount / count)
        return cents(loan.amount * rate / (1 - (1 + rate) ** -count))


def schedule(loan: Resource, horizon: int = HORIZON) -> tuple[Repayment, ...]:
    """The months 1 to `horizon`: interest alone during the deferral, then the instalment; the last one settles."""
    return tuple(_months(loan, horizon))


def _months(loan: Resource, horizon: int) -> Iterator[Repayment]:
    balance, constant = loan.amount, instalment(loan)
    for month in range(1, horizon + 1):
        rank = month - loan.month
        if rank < 1:
            yield Repayment(month, ZERO, ZERO, ZERO)
            continue
        interest = cents(balance * loan.rate / 1200)
        principal = ZERO
        if rank >= loan.months:
            principal = balance
        elif rank > loan.deferral:
            principal = min(balance, constant - interest)
        yield Repayment(month, balance, interest, principal)
        balance -= principal
