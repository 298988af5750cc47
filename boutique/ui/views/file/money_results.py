"""What a forecast gives, as one types: three years, break-even, treasury month by month, with charts and warnings."""

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.forecast import Forecast, Year
from boutique.rules.forecast_terms import Assumptions
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.column_chart import ColumnChart, Series
from boutique.ui.widgets.figures_table import FiguresTable
from boutique.ui.widgets.label import Label

_YEARS = ("", "Année 1", "Année 2", "Année 3")


class Results(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result, self.even, self.cash = ResultCard(), EvenCard(), CashCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.cash, self.result, self.even):
            column.addWidget(card)
        column.addStretch(1)

    def write(self, given: Assumptions, made: Forecast) -> None:
        self.result.write(made)
        self.even.write(made)
        self.cash.write(given, made)


class ResultCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Résultat sur trois ans", parent=parent)
        self.chart = ColumnChart("Chiffre d’affaires, charges et résultat de chaque année", unit="€")
        self.table = FiguresTable("Compte de résultat de chaque année")
        note = Label("Hors TVA et avant impôt.", role="small", tone="muted", wrap=True)
        self.add(self.chart, self.table, note)

    def write(self, made: Forecast) -> None:
        years = made.years
        self.chart.write(
            _YEARS[1:],
            [
                Series("Chiffre d’affaires", [float(one.turnover) for one in years]),
                Series("Charges", [float(one.costs) for one in years]),
                Series("Résultat", [float(one.result) for one in years]),
            ],
        )
        rows = [
            ("Chiffre d’affaires", [one.turnover for one in years]),
            ("Charges variables", [one.variable for one in years]),
            ("Charges fixes", [one.charges for one in years]),
            ("Cotisations sociales", [one.contributions for one in years]),
            ("Salaire du dirigeant", [one.wages for one in years]),
            ("Amortissements", [one.depreciation for one in years]),
            ("Intérêts", [one.interest for one in years]),
            ("Résultat", [one.result for one in years]),
            ("Prélèvements", [one.drawings for one in years]),
            ("Reste après prêts", [one.left for one in years]),
        ]
        self.table.write(
            _YEARS, [(label, *(whole(value) for value in values)) for label, values in rows], strong=(0, 7, 9)
        )


class EvenCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Seuil de rentabilité", parent=parent)
        self.words = Label(wrap=True)
        self.words.setObjectName("even-words")
        self.table = FiguresTable("Seuil de rentabilité de chaque année")
        self.add(self.words, self.table)

    def write(self, made: Forecast) -> None:
        first = made.years[0]
        self.words.setText(even_words(first))
        years = made.years
        rows = [
            ("Seuil", *(_or_never(one.break_even) for one in years)),
            ("… rémunération comprise", *(_or_never(one.break_even_owner) for one in years)),
        ]
        if first.sales_a_day is not None:
            rows.append(("Ventes par jour", *(french.show_number(one.sales_a_day or 0, 1) for one in years)))
        self.table.write(_YEARS, rows)


class CashCard(Card):
    """Twelve months; the first one below zero is named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Trésorerie de la première année", parent=parent)
        self.words = Label(role="strong", wrap=True)
        self.words.setObjectName("cash-words")
        self.chart = ColumnChart("Trésorerie à la fin de chaque mois", unit="€")
        self.table = FiguresTable("Trésorerie mois par mois")
        note = Label(
            "TVA comprise quand elle est facturée ; celle d’un mois est payée le mois suivant.",
            role="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.add(self.words, self.chart, self.table, note)

    def write(self, given: Assumptions, made: Forecast) -> None:
        words, tone = cash_words(given, made)
        self.words.setText(words)
        self.words.set_tone(tone)
        names = [french.SHORT_MONTHS[given.month(month.rank).month - 1] for month in made.months]
        self.chart.write(names, [Series("Fin de mois", [float(month.end) for month in made.months])])
        rows = [("Au départ", "", "", whole(made.opening))]
        rows += [
            (french.month_name(given.month(one.rank)), whole(one.receipts), whole(one.payments), whole(one.end))
            for one in made.months
        ]
        self.table.write(("", "Reçu", "Payé", "En banque"), rows)


def cash_words(given: Assumptions, made: Forecast) -> tuple[str, Tone]:
    """What the treasury says of the plan, in one sentence."""
    lowest = made.lowest
    when = french.month_name(given.month(lowest.rank))
    if made.first_negative is None:
        return f"Jamais négative : au plus bas {french.show_money(lowest.end)}, fin {when}.", "success"
    least = f"Au plus bas : {french.show_money(min(lowest.end, made.opening))}."
    if made.first_negative == 0:
        return f"Négative dès le démarrage : les ressources reçues ne paient pas les besoins. {least}", "danger"
    first = french.month_name(given.month(made.first_negative))
    return f"Négative à partir de {first} : il faut plus de ressources, ou moins de dépenses. {least}", "danger"


def even_words(year: Year) -> str:
    """The break-even of a year in a sentence."""
    if year.break_even is None:
        return "Jamais atteint : chaque vente coûte autant qu’elle rapporte, ou plus. Revoyez les prix ou les coûts."
    a_day = (
        f", soit {french.show_number(year.sales_a_day, 1)} ventes par jour travaillé"
        if year.sales_a_day is not None
        else ""
    )
    margin = year.turnover - year.break_even
    told = (
        f"dépassé de {french.show_money(margin)}"
        if margin >= 0
        else f"non atteint : il manque {french.show_money(-margin)}"
    )
    return f"Année 1 : {french.show_money(year.break_even)} de chiffre d’affaires{a_day} ; {told}."


def whole(value: Decimal) -> str:
    """An amount to the cent, without its sign of euros: the column says it."""
    return french.show_number(value, 2)


def _or_never(value: Decimal | None) -> str:
    return "jamais" if value is None else whole(value)
