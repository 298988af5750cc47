"""Prévisionnel: the assumptions on one side, what they give on the other, at each keystroke."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.rules.forecast import Forecast
from boutique.rules.forecast_terms import CHARGE, SALES, Assumptions, VatRegime
from boutique.services.forecasts import Hint
from boutique.ui.views.file.money_fields import Assumed, Season
from boutique.ui.views.file.money_lines import LinesTable
from boutique.ui.views.file.money_results import Results
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label


class ForecastPart(QWidget):
    """`changed` at each edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sales = LinesTable(
            "sales", SALES, (("label", 0), ("units", 88), ("price", 88), ("amount", 108)), add="Ajouter une vente"
        )
        self.charges = LinesTable("charges", CHARGE, (("label", 0), ("amount", 114)), add="Ajouter une charge")
        self.season = Season()
        self.start = Assumed(("start_month", "start_year", "full_speed"), across=3)
        self.growth = Assumed(("growth_2", "growth_3"))
        self.costs = Assumed(("variable_rate", "charges_growth"))
        self.people = Assumed(("contribution_rate", "contribution_base"))
        self.owner = Assumed(("owner_kind",), across=1)
        self.pay = Assumed(("owner_1", "owner_2", "owner_3"), across=3)
        self.taxes = Assumed(("vat", "vat_sales", "vat_purchases"), across=3)
        self.delays = Assumed(("client_delay", "supplier_delay", "open_days"), across=3)
        self._groups = (self.start, self.growth, self.costs, self.people, self.owner, self.pay, self.taxes, self.delays)
        self._hints = QVBoxLayout()
        self._told: tuple[Hint, ...] = ()
        self.results = Results()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Columns(self._inputs(), self.results, shares=(1, 1)))
        for part in (*self._groups, self.sales, self.charges, self.season):
            part.changed.connect(self.changed)

    def typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {
            "sales": self.sales.typed(), "charges": self.charges.typed(), "season": self.season.typed()
        }  # fmt: skip
        for group in self._groups:
            typed |= group.typed()
        return typed

    def write(self, typed: Mapping[str, Any]) -> None:
        self.sales.write(typed.get("sales") or ())
        self.charges.write(typed.get("charges") or ())
        self.season.write(typed.get("season") or ())
        for group in self._groups:
            group.write(typed)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Rates in force, with their date and source: advice, never filled in by itself."""
        if tuple(hints) == self._told:
            return
        self._told = tuple(hints)
        empty(self._hints)
        told = [f"{one.label} : {one.value} ({one.source})" for one in hints]
        self._hints.addWidget(Bullets(told, role="small", tone="muted"))

    def show_results(self, given: Assumptions, made: Forecast, errors: Mapping[str, str]) -> None:
        for group in self._groups:
            group.set_errors(errors)
        for part in (self.sales, self.charges, self.season):
            part.set_errors(errors)
        taxed = given.vat is VatRegime.VAT
        self.taxes.ask(vat_sales=taxed, vat_purchases=taxed)
        self.results.write(given, made)

    def _inputs(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for title, parts in (
            ("Démarrage", (self.start,)),
            ("Ventes d’un mois moyen, à plein régime", (self.sales, self.growth)),
            ("Saison, en % d’un mois moyen", (self.season,)),
            ("Charges", (self.charges, self.costs)),
            ("Rémunération et cotisations", (self.owner, self.pay, self.people)),
            ("TVA, délais, jours", (self.taxes, self.delays)),
        ):
            card = Card(title)
            card.add(*parts)
            column.addWidget(card)
        about = Card("Repères", icon="info")
        about.add(Label("À vérifier avant usage ; rien n’est rempli d’office.", role="small", tone="muted", wrap=True),
                  self._hints)  # fmt: skip
        column.addWidget(about)
        column.addStretch(1)
        return side
