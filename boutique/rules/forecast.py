"""A forecast from its assumptions: financing plan, three years, treasury of the first, break-even. Nothing but Decimal.

Rounding, stated once: each figure of each month and of each year is rounded to the cent where it is made
(`loans.cents`), and totals add rounded figures, so that a column on paper always adds up. No tax on income here.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from boutique.rules.forecast_terms import (
    KEPT_AS_CASH,
    TAXED,
    Assumptions,
    ContributionBase,
    OwnerPay,
    Sales,
    VatRegime,
)
from boutique.rules.loans import ZERO, Repayment, cents, schedule

YEARS, MONTHS = 3, 12
_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Plan:
    """Needs and resources; `gap` is what is missing when negative, what is left when positive."""

    needs: Decimal
    resources: Decimal

    @property
    def gap(self) -> Decimal:
        return self.resources - self.needs

    @property
    def balanced(self) -> bool:
        return not self.gap


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the profit and loss account; `break_even` None when no turnover would be enough."""

    number: int
    turnover: Decimal
    variable: Decimal
    charges: Decimal
    contributions: Decimal
    wages: Decimal
    depreciation: Decimal
    interest: Decimal
    drawings: Decimal
    principal: Decimal
    break_even: Decimal | None
    break_even_owner: Decimal | None
    sales_a_day: Decimal | None

    @property
    def margin(self) -> Decimal:
        return self.turnover - self.variable

    @property
    def costs(self) -> Decimal:
        """Every charge of the year."""
        return self.variable + self.charges + self.contributions + self.wages + self.depreciation + self.interest

    @property
    def result(self) -> Decimal:
        return self.turnover - self.costs

    @property
    def cash_flow(self) -> Decimal:
        """What the activity leaves before drawings and repayments."""
        return self.result + self.depreciation

    @property
    def left(self) -> Decimal:
        """What remains once the owner has drawn and the loans are repaid."""
        return self.cash_flow - self.drawings - self.principal


@dataclass(frozen=True, slots=True)
class Month:
    """One month of treasury, everything with VAT when it applies."""

    rank: int
    sales: Decimal  # invoiced, before VAT
    start: Decimal
    received: Decimal  # from clients
    funds: Decimal  # resources that arrive this month
    purchases: Decimal
    charges: Decimal
    contributions: Decimal
    owner: Decimal
    loans: Decimal
    vat: Decimal

    @property
    def receipts(self) -> Decimal:
        return self.received + self.funds

    @property
    def payments(self) -> Decimal:
        return self.purchases + self.charges + self.contributions + self.owner + self.loans + self.vat

    @property
    def end(self) -> Decimal:
        return self.start + self.receipts - self.payments


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the assumptions give."""

    plan: Plan
    years: tuple[Year, ...]
    opening: Decimal
    months: tuple[Month, ...]
    loans: tuple[tuple[Repayment, ...], ...]

    @property
    def lowest(self) -> Month:
        return min(self.months, key=lambda month: month.end)

    @property
    def first_negative(self) -> int | None:
        """Rank of the first month that ends below zero; 0 when the start itself does."""
        if self.opening < 0:
            return 0
        return next((month.rank for month in self.months if month.end < 0), None)


def compute(given: Assumptions) -> Forecast:
    """The whole forecast."""
    loans = tuple(schedule(one) for one in given.resources if one.is_loan)
    months = _treasury(given, loans)
    years = _years(given, loans)
    plan = Plan(sum((n.amount for n in given.needs), ZERO), sum((r.amount for r in given.resources), ZERO))
    return Forecast(plan, years, months[0].start, months, loans)


def share(value: Decimal, percent: Decimal) -> Decimal:
    """A percentage of an amount, to the cent."""
    return cents(value * percent / _HUNDRED)


def full_speed(line: Sales) -> Decimal:
    """What a line brings in an average month at full speed."""
    if line.amount is not None:
        return line.amount
    return cents((line.units or ZERO) * (line.price or ZERO))


def ramp(given: Assumptions, rank: int) -> Decimal:
    """Percent of full speed reached in a month of the first year: a straight rise, in whole percents."""
    reached = min(_HUNDRED, _HUNDRED * rank / given.full_speed)
    return reached.quantize(Decimal(1), ROUND_HALF_UP)


def monthly_sales(given: Assumptions, rank: int) -> tuple[Decimal, ...]:
    """What each line of sales brings in a month of the first year, before VAT."""
    weight = ramp(given, rank) * given.season[given.month(rank).month - 1]
    return tuple(cents(full_speed(line) * weight / 10_000) for line in given.sales)


def contributions_of(given: Assumptions, turnover: Decimal, pay: Decimal) -> Decimal:
    """Social contributions on a turnover or on what the owner takes."""
    base = turnover if given.contribution_base is ContributionBase.TURNOVER else pay
    return share(base, given.contribution_rate)


def depreciation(amount: Decimal, years: int, year: int) -> Decimal:
    """Straight line; the last year takes what roundings left."""
    if year > years:
        return ZERO
    each = cents(amount / years)
    return each if year < years else amount - each * (years - 1)


def average_price(given: Assumptions) -> Decimal | None:
    """Mean price of a sale when everything is sold by the unit; None when it makes no sense."""
    units = sum((line.units or ZERO for line in given.sales), ZERO)
    total = sum((full_speed(line) for line in given.sales), ZERO)
    if not units or not total or not all(line.in_units for line in given.sales):
        return None
    return total / units


def variable_share(given: Assumptions) -> Decimal:
    """Percent of the turnover that goes with each sale."""
    on_sales = given.contribution_base is ContributionBase.TURNOVER
    return given.variable_rate + (given.contribution_rate if on_sales else ZERO)


def _years(given: Assumptions, loans: tuple[tuple[Repayment, ...], ...]) -> tuple[Year, ...]:
    sales = [sum(monthly_sales(given, rank), ZERO) for rank in range(1, MONTHS + 1)]
    first = sum(sales, ZERO)
    second = cents(first * (_HUNDRED + given.growth_2) / _HUNDRED)
    third = cents(second * (_HUNDRED + given.growth_3) / _HUNDRED)
    charges = MONTHS * sum((one.amount for one in given.charges), ZERO)
    made = []
    for number, turnover in enumerate((first, second, third), 1):
        pay = MONTHS * (given.owner_1, given.owner_2, given.owner_3)[number - 1]
        if number == 1:  # month by month, as in the treasury
            variable = sum((share(one, given.variable_rate) for one in sales), ZERO)
            contributions = sum((contributions_of(given, one, given.owner_1) for one in sales), ZERO)
        else:
            variable = share(turnover, given.variable_rate)
            contributions = contributions_of(given, turnover, pay)
            charges = cents(charges * (_HUNDRED + given.charges_growth) / _HUNDRED)
        made.append(_year(given, loans, number, (turnover, variable, charges, contributions, pay)))
    return tuple(made)


def _year(
    given: Assumptions,
    loans: tuple[tuple[Repayment, ...], ...],
    number: int,
    figures: tuple[Decimal, Decimal, Decimal, Decimal, Decimal],
) -> Year:
    turnover, variable, charges, contributions, pay = figures
    wage = given.owner_kind is OwnerPay.WAGE
    worn = (depreciation(need.amount, need.years, number) for need in given.needs if need.depreciable)
    repaid = [month for loan in loans for month in loan if (month.month - 1) // MONTHS == number - 1]
    interest = sum((month.interest for month in repaid), ZERO)
    wages, drawings = (pay, ZERO) if wage else (ZERO, pay)
    worn_out = sum(worn, ZERO)
    on_sales = given.contribution_base is ContributionBase.TURNOVER
    fixed = charges + wages + worn_out + interest + (ZERO if on_sales else contributions)
    enough = _break_even(given, fixed)
    price = average_price(given)
    a_day = None
    if enough is not None and price is not None:
        a_day = (enough / price / given.open_days).quantize(_TENTH, ROUND_HALF_UP)
    return Year(
        number, turnover, variable, charges, contributions, wages, worn_out, interest, drawings,
        sum((month.principal for month in repaid), ZERO), enough, _break_even(given, fixed + drawings), a_day,
    )  # fmt: skip


def _break_even(given: Assumptions, fixed: Decimal) -> Decimal | None:
    """The turnover that pays the charges that do not follow the sales."""
    left = _HUNDRED - variable_share(given)
    return cents(fixed * _HUNDRED / left) if left > 0 else None


@dataclass(frozen=True, slots=True)
class _Flow:
    """What a month invoices, with its VAT; money moves with the delays."""

    sales: Decimal
    purchases: Decimal
    charges: Decimal
    vat_sales: Decimal
    vat_purchases: Decimal
    vat_charges: Decimal

    @property
    def vat_due(self) -> Decimal:
        return self.vat_sales - self.vat_purchases - self.vat_charges


def _flows(given: Assumptions) -> list[_Flow]:
    taxed = given.vat is VatRegime.VAT
    out, back = (given.vat_sales, given.vat_purchases) if taxed else (ZERO, ZERO)
    charges = sum((one.amount for one in given.charges), ZERO)
    flows = []
    for rank in range(1, MONTHS + 1):
        sales = sum(monthly_sales(given, rank), ZERO)
        bought = share(sales, given.variable_rate)
        flows.append(_Flow(sales, bought, charges, share(sales, out), share(bought, back), share(charges, back)))
    return flows


def start_vat(given: Assumptions) -> Decimal:
    """VAT paid with what is bought at the start, which comes back on what will be due."""
    if given.vat is not VatRegime.VAT:
        return ZERO
    bought = sum((need.amount for need in given.needs if need.kind in TAXED), ZERO)
    return share(bought, given.vat_purchases)


def spent_at_start(given: Assumptions) -> Decimal:
    """What the needs take out of the bank before the first month, before VAT."""
    return sum((need.amount for need in given.needs if need.kind not in KEPT_AS_CASH), ZERO)


def funds(given: Assumptions, rank: int) -> Decimal:
    """Resources that arrive in a month; 0 is the start."""
    return sum((one.amount for one in given.resources if one.month == rank), ZERO)


def _treasury(given: Assumptions, loans: tuple[tuple[Repayment, ...], ...]) -> tuple[Month, ...]:
    flows, credit = _flows(given), start_vat(given)
    bank = funds(given, 0) - spent_at_start(given) - credit
    due = ZERO
    months = []
    for rank, flow in enumerate(flows, 1):
        sold, bought = rank - given.client_delay, rank - given.supplier_delay
        month = Month(
            rank=rank,
            sales=flow.sales,
            start=bank,
            received=flows[sold - 1].sales + flows[sold - 1].vat_sales if sold >= 1 else ZERO,
            funds=funds(given, rank),
            purchases=flows[bought - 1].purchases + flows[bought - 1].vat_purchases if bought >= 1 else ZERO,
            charges=flow.charges + flow.vat_charges,
            contributions=contributions_of(given, flow.sales, given.owner_1),
            owner=given.owner_1,
            loans=sum((loan[rank - 1].payment for loan in loans), ZERO),
            vat=due,
        )
        months.append(month)
        bank = month.end
        balance = flow.vat_due - credit
        due, credit = max(balance, ZERO), max(-balance, ZERO)
    return tuple(months)
