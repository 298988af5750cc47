"""What a forecast is made of: its lines and assumptions, each with its label and limits. Used by form and computing.

Money is in euros to the cent (Decimal, never float), rates in percent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from boutique.models.choices import Choice, FundingKind

LOANS = (FundingKind.HONOUR_LOAN, FundingKind.MICROCREDIT, FundingKind.BANK_LOAN, FundingKind.FAMILY_LOAN)
RESOURCES = (
    FundingKind.OWN,
    FundingKind.PARTNER_ACCOUNT,
    *LOANS,
    FundingKind.GRANT,
    FundingKind.ARCE,
    FundingKind.CROWDFUNDING,
    FundingKind.OTHER,
)


class NeedKind(Choice):
    """What the money is for."""

    EQUIPMENT = "materiel", "Matériel, équipement"
    VEHICLE = "vehicule", "Véhicule"
    WORKS = "travaux", "Travaux, aménagement"
    INTANGIBLE = "incorporel", "Fonds, logiciel, site"
    STARTING_COSTS = "frais", "Frais de démarrage"
    STOCK = "stock", "Stock de départ"
    DEPOSIT = "depot", "Dépôt de garantie"
    WORKING_CAPITAL = "bfr", "Besoin en fonds de roulement"
    CASH_RESERVE = "reserve", "Réserve de trésorerie"


DEPRECIABLE = (
    NeedKind.EQUIPMENT,
    NeedKind.VEHICLE,
    NeedKind.WORKS,
    NeedKind.INTANGIBLE,
    NeedKind.STARTING_COSTS,
)
KEPT_AS_CASH = (NeedKind.WORKING_CAPITAL, NeedKind.CASH_RESERVE)
TAXED = (*DEPRECIABLE, NeedKind.STOCK)


class VatRegime(Choice):
    """How VAT is dealt with."""

    FRANCHISE = "franchise", "Franchise de TVA"
    VAT = "tva", "TVA facturée"


class ContributionBase(Choice):
    """What the rate of social contributions applies to."""

    TURNOVER = "ca", "le chiffre d’affaires (micro)"
    OWNER_PAY = "remuneration", "la rémunération du dirigeant"


class OwnerPay(Choice):
    """Whether what the owner takes is a charge."""

    DRAWING = "prelevement", "Prélèvement (entreprise individuelle)"
    WAGE = "salaire", "Salaire ou rémunération (société)"


class Kind(Enum):
    """How a term is read and shown."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    RATE = "rate"
    COUNT = "count"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Term:
    """One input: `default` stands for a blank."""

    label: str
    kind: Kind
    default: Any
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    choices: tuple[Choice, ...] = ()
    limit: int = 80


def _money(label: str, most: int = 10_000_000, *, default: Decimal | None = Decimal(0)) -> Term:
    return Term(label, Kind.MONEY, default, most=Decimal(most))


def _rate(label: str, default: str = "0", *, least: int = 0, most: int = 100) -> Term:
    return Term(label, Kind.RATE, Decimal(default), Decimal(least), Decimal(most))


def _count(label: str, default: int, least: int, most: int) -> Term:
    return Term(label, Kind.COUNT, default, Decimal(least), Decimal(most))


def _choice(label: str, choices: tuple[Choice, ...]) -> Term:
    return Term(label, Kind.CHOICE, choices[0], choices=choices)


def _text(label: str, limit: int = 80) -> Term:
    return Term(label, Kind.TEXT, "", limit=limit)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to pay for; `years` is its straight-line depreciation."""

    kind: NeedKind
    label: str
    amount: Decimal
    years: int

    @property
    def depreciable(self) -> bool:
        return self.kind in DEPRECIABLE


@dataclass(frozen=True, slots=True)
class Resource:
    """Where money comes from; `month` is when it arrives (0 at the start), the rest is for loans."""

    kind: FundingKind
    label: str
    amount: Decimal
    month: int
    rate: Decimal
    months: int
    deferral: int
    request: str  # id of the granted request it comes from

    @property
    def is_loan(self) -> bool:
        return self.kind in LOANS


@dataclass(frozen=True, slots=True)
class Sales:
    """What is sold in a month at full speed: so many units at a price, or an amount."""

    label: str
    units: Decimal | None
    price: Decimal | None
    amount: Decimal | None

    @property
    def in_units(self) -> bool:
        return self.amount is None


@dataclass(frozen=True, slots=True)
class Charge:
    """A fixed charge of each month."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Everything a forecast is computed from."""

    start_month: int
    start_year: int
    needs: tuple[Need, ...]
    resources: tuple[Resource, ...]
    sales: tuple[Sales, ...]
    charges: tuple[Charge, ...]
    season: tuple[Decimal, ...]  # percent of an average month, January first
    full_speed: int
    growth_2: Decimal
    growth_3: Decimal
    variable_rate: Decimal
    charges_growth: Decimal
    contribution_rate: Decimal
    contribution_base: ContributionBase
    owner_kind: OwnerPay
    owner_1: Decimal
    owner_2: Decimal
    owner_3: Decimal
    vat: VatRegime
    vat_sales: Decimal
    vat_purchases: Decimal
    client_delay: int
    supplier_delay: int
    open_days: int

    @property
    def start(self) -> date:
        return date(self.start_year, self.start_month, 1)

    def month(self, rank: int) -> date:
        """First day of the month of that rank, 1 being the first of activity."""
        ahead = self.start_month - 1 + rank - 1
        return date(self.start_year + ahead // 12, ahead % 12 + 1, 1)


NEED: Mapping[str, Term] = {
    "kind": _choice("Nature", tuple(NeedKind)),
    "label": _text("Précision"),
    "amount": _money("Montant"),
    "years": _count("Amorti sur (ans)", 3, 1, 20),
}
RESOURCE: Mapping[str, Term] = {
    "kind": _choice("Nature", RESOURCES),
    "label": _text("Précision"),
    "amount": _money("Montant"),
    "month": _count("Reçu au mois", 0, 0, 12),
    "rate": _rate("Taux (%)", most=30),
    "months": _count("Durée (mois)", 36, 1, 180),
    "deferral": _count("Différé (mois)", 0, 0, 36),
    "request": _text("Demande", 36),
}
SALES: Mapping[str, Term] = {
    "label": _text("Ce qui est vendu"),
    "units": Term("Ventes par mois", Kind.NUMBER, None, most=Decimal(1_000_000)),
    "price": _money("Prix unitaire", 1_000_000, default=None),
    "amount": _money("ou montant par mois", default=None),
}
CHARGE: Mapping[str, Term] = {
    "label": _text("Charge fixe"),
    "amount": _money("Par mois"),
}
LINES: Mapping[str, tuple[type, Mapping[str, Term]]] = {
    "needs": (Need, NEED),
    "resources": (Resource, RESOURCE),
    "sales": (Sales, SALES),
    "charges": (Charge, CHARGE),
}
MOST_LINES = 40
SEASON = _rate("Saison", "100", most=500)
GENERAL: Mapping[str, Term] = {
    "start_month": _count("Mois de démarrage", 1, 1, 12),
    "start_year": _count("Année de démarrage", 2027, 2015, 2060),
    "full_speed": _count("Plein régime au mois n°", 1, 1, 12),
    "growth_2": _rate("Évolution du chiffre d’affaires, année 2", least=-100, most=500),
    "growth_3": _rate("Évolution du chiffre d’affaires, année 3", least=-100, most=500),
    "variable_rate": _rate("Charges variables, en % du chiffre d’affaires"),
    "charges_growth": _rate("Évolution des charges fixes par an", least=-100, most=100),
    "contribution_rate": _rate("Cotisations sociales"),
    "contribution_base": _choice("calculées sur", tuple(ContributionBase)),
    "owner_kind": _choice("Rémunération du dirigeant", tuple(OwnerPay)),
    "owner_1": _money("Par mois, année 1", 100_000),
    "owner_2": _money("Par mois, année 2", 100_000),
    "owner_3": _money("Par mois, année 3", 100_000),
    "vat": _choice("TVA", tuple(VatRegime)),
    "vat_sales": _rate("TVA sur les ventes", "20", most=30),
    "vat_purchases": _rate("TVA sur les achats et charges", "20", most=30),
    "client_delay": _count("Les clients paient après (mois)", 0, 0, 3),
    "supplier_delay": _count("Les fournisseurs sont payés après (mois)", 0, 0, 3),
    "open_days": _count("Jours travaillés par an", 230, 1, 366),
}
assert {field.name for field in fields(Assumptions)} == {*GENERAL, *LINES, "season"}
