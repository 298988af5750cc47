"""Plan de financement et prévisionnel: two pages that a person takes to a bank or a financer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from boutique.core.french import MONTHS, SHORT_MONTHS, month_name, show_money, show_number
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf import fonts
from boutique.exports.pdf.answers import pairs
from boutique.exports.pdf.column_chart import ColumnChart, Columns
from boutique.exports.pdf.page import CANVAS, HAIRLINE, TEXT_WIDTH, Masthead, build, para, styles
from boutique.rules.forecast import Forecast, Plan, Year
from boutique.rules.forecast_terms import Assumptions, ContributionBase, Resource, VatRegime
from boutique.rules.loans import instalment

TITLE = "Plan de financement et prévisionnel"
_NOTE = (
    "Document de préparation, établi avec la personne d’après ses hypothèses ; ni étude comptable, ni engagement. "
    "Avant impôt. Chaque montant est arrondi au centime là où il est calculé."
)
_AVERAGE = 100  # percent: a month like the others
_GAP = 16.0
_NOTHING = ("Rien de noté", "")
_HALF = (TEXT_WIDTH - _GAP) / 2


@dataclass(frozen=True, slots=True)
class FinancingPlan:
    """One scenario with what identifies it."""

    letterhead: Letterhead
    reference: str
    printed_on: date
    person: str
    project: str
    scenario: str
    given: Assumptions
    made: Forecast
    counsellor: str = ""


def render(data: FinancingPlan) -> bytes:
    """The document as a PDF."""
    head = Masthead(data.letterhead, TITLE, data.reference, data.printed_on)
    story: list[Flowable] = [
        *para(TITLE, "title"),
        *pairs([("Porteur de projet", data.person), ("Projet", data.project), ("Scénario", data.scenario),
                ("Démarrage", month_name(data.given.start)), ("Accompagné par", data.counsellor)]),
        *_plan(data.given, data.made.plan),
        *_result(data.made.years),
        *_even(data.made.years),
        *_cash(data.given, data.made),
        *_assumptions(data.given),
        Spacer(0, 8),
        *para(_NOTE, "small"),
    ]  # fmt: skip
    return build(head, story)


def _plan(given: Assumptions, plan: Plan) -> list[Flowable]:
    """Both sides in one table, so that a long plan goes on over the page."""
    needs = [(_named(one.kind.label, one.label), show_number(one.amount, 2)) for one in given.needs]
    resources = [(_named(one.kind.label, _terms(one)), show_number(one.amount, 2)) for one in given.resources]
    needs, resources = needs or [_NOTHING], resources or [_NOTHING]
    lines = [(*left, "", *right) for left, right in zip_longest(needs, resources, fillvalue=("", ""))]
    total = ("Total", show_number(plan.needs, 2), "", "Total", show_number(plan.resources, 2))
    both = _table(
        ("Besoins", "€", "", "Ressources", "€"), [*lines, total], (0.34, 0.145, 0.03, 0.34, 0.145), strong=(-1,),
        words=(0, 3),
    )  # fmt: skip
    if plan.balanced:
        said = f"Plan équilibré à {show_money(plan.needs)}."
    elif plan.gap < 0:
        said = f"Il manque {show_money(-plan.gap)} de ressources."
    else:
        said = f"Les ressources dépassent les besoins de {show_money(plan.gap)}."
    return [*para("Plan de financement", "section"), both, *para(said, "strong")]


def _terms(one: Resource) -> str:
    """What a lender asks of a resource, in a line."""
    said = [one.label] if one.label else []
    if one.is_loan:
        rate = show_number(one.rate, 2).rstrip("0").rstrip(",")
        late = f", différé {one.deferral} mois" if one.deferral else ""
        said.append(f"{rate} % sur {one.months} mois{late}, échéance {show_number(instalment(one), 2)} €")
    if one.month:
        said.append(f"reçu au mois {one.month}")
    return " ; ".join(said)


def _named(kind: str, label: str) -> str:
    return f"{kind} : {label}" if label else kind


def _result(years: Sequence[Year]) -> list[Flowable]:
    rows: list[tuple[str, Sequence[Decimal]]] = [
        ("Chiffre d’affaires", [one.turnover for one in years]),
        ("Charges variables", [one.variable for one in years]),
        ("Charges fixes", [one.charges for one in years]),
        ("Cotisations sociales", [one.contributions for one in years]),
        ("Rémunération du dirigeant (société)", [one.wages for one in years]),
        ("Amortissements", [one.depreciation for one in years]),
        ("Intérêts des prêts", [one.interest for one in years]),
        ("Résultat", [one.result for one in years]),
        ("Prélèvements du dirigeant", [one.drawings for one in years]),
        ("Remboursement du capital des prêts", [one.principal for one in years]),
        ("Reste dans l’entreprise", [one.left for one in years]),
    ]
    told = [(label, *(show_number(value, 2) for value in values)) for label, values in rows]
    heads = ("Hors TVA, en euros", "Année 1", "Année 2", "Année 3")
    chart = ColumnChart(
        heads[1:],
        [Columns("Chiffre d’affaires", [float(one.turnover) for one in years]),
         Columns("Charges", [float(one.costs) for one in years]),
         Columns("Résultat", [float(one.result) for one in years])],
    )  # fmt: skip
    table = _table(heads, told, (0.46, 0.18, 0.18, 0.18), strong=(0, 7, 10))
    return [KeepTogether([*para("Résultat sur trois ans", "section"), table, Spacer(0, 4), chart])]


def _even(years: Sequence[Year]) -> list[Flowable]:
    told = []
    for one in years:
        if one.break_even is None:
            told.append((f"Année {one.number}", "jamais atteint", "", ""))
            continue
        a_day = show_number(one.sales_a_day, 1) if one.sales_a_day is not None else ""
        owner = show_number(one.break_even_owner, 2) if one.break_even_owner is not None else ""
        told.append((f"Année {one.number}", show_number(one.break_even, 2), owner, a_day))
    heads = ("Le chiffre d’affaires qui paie toutes les charges", "Seuil", "Rémunération comprise", "Ventes par jour")
    return [KeepTogether([*para("Seuil de rentabilité", "section"), _table(heads, told, (0.4, 0.2, 0.22, 0.18))])]


def _cash(given: Assumptions, made: Forecast) -> list[Flowable]:
    names = [given.month(one.rank) for one in made.months]
    chart = ColumnChart(
        [SHORT_MONTHS[one.month - 1] for one in names],
        [Columns("Fin de mois", [float(one.end) for one in made.months])],
    )
    rows = [
        (
            f"{MONTHS[day.month - 1]} {day.year}",
            *(show_number(value, 2) for value in (one.receipts, one.payments, one.end)),
        )
        for day, one in zip(names, made.months, strict=True)
    ]
    shares = (0.3, 0.23, 0.23, 0.24)
    heads = ("Mois", "Reçu", "Payé", "En banque")
    halves = Table(
        [[_table(heads, rows[:6], shares, width=_HALF), "", _table(heads, rows[6:], shares, width=_HALF)]],
        colWidths=[_HALF, _GAP, _HALF],
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                          ("RIGHTPADDING", (0, 0), (-1, -1), 0)]),
    )  # fmt: skip
    return [KeepTogether([
        *para("Trésorerie de la première année", "section"),
        *para(_cash_words(given, made), "strong"),
        chart, Spacer(0, 4), halves,
    ])]  # fmt: skip


def _cash_words(given: Assumptions, made: Forecast) -> str:
    start = f"Au départ : {show_money(made.opening)}."
    if made.first_negative == 0:
        return f"{start} Les ressources reçues ne paient pas les besoins : à corriger avant de démarrer."
    if made.first_negative is not None:
        return f"{start} Négative à partir de {month_name(given.month(made.first_negative))} : à corriger."
    lowest = made.lowest
    return f"{start} Jamais négative, au plus bas {show_money(lowest.end)} fin {month_name(given.month(lowest.rank))}."


def _assumptions(given: Assumptions) -> list[Flowable]:
    sales = ", ".join(
        f"{one.label or 'ventes'} {show_number(one.amount, 2)} € par mois" if one.amount is not None
        else f"{one.label or 'ventes'} {_short(one.units)} × {show_number(one.price or 0, 2)} € par mois"
        for one in given.sales
    )  # fmt: skip
    charges = ", ".join(f"{one.label or 'charge'} {show_number(one.amount, 2)} €" for one in given.charges)
    turnover = given.contribution_base is ContributionBase.TURNOVER
    vat = (
        f"TVA facturée à {_short(given.vat_sales)} %, déduite à {_short(given.vat_purchases)} %, payée le mois suivant"
        if given.vat is VatRegime.VAT
        else "Franchise de TVA"
    )
    rhythm = f"Plein régime au mois {given.full_speed} ; {_short(given.growth_2)} % la 2e année, "
    rhythm += f"{_short(given.growth_3)} % la 3e ; saison : {_season(given)}"
    base = "du chiffre d’affaires" if turnover else "de la rémunération"
    told = [
        ("Ventes d’un mois moyen à plein régime", sales),
        ("Rythme", rhythm),
        ("Charges fixes par mois", charges),
        ("Charges variables", f"{_short(given.variable_rate)} % du chiffre d’affaires"),
        ("Cotisations", f"{_short(given.contribution_rate)} % {base}"),
        ("Délais et TVA", f"Clients à {given.client_delay} mois, fournisseurs à {given.supplier_delay} mois. {vat}."),
    ]
    rows = [[para(label, "label", width=TEXT_WIDTH * 0.27), para(text or "—", "dense", width=TEXT_WIDTH * 0.73)]
            for label, text in told]  # fmt: skip
    table = Table(rows, colWidths=[TEXT_WIDTH * 0.27, TEXT_WIDTH * 0.73], splitInRow=1, style=_style(()))
    return [*para("Hypothèses", "section"), table]


def _season(given: Assumptions) -> str:
    apart = [
        f"{SHORT_MONTHS[rank]} {_short(weight)} %" for rank, weight in enumerate(given.season) if weight != _AVERAGE
    ]
    return ", ".join(apart) or "régulière"


def _short(value: Decimal | None) -> str:
    whole = value is None or value == value.to_integral_value()
    return show_number(int(value or 0)) if whole else show_number(value or 0, 2)


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], *, width: float = TEXT_WIDTH,
    strong: Sequence[int] = (), words: Sequence[int] = (0,),
) -> Table:  # fmt: skip
    """Words on the left, figures on the right; it may go on over the page."""
    widths = [share * width for share in shares]
    bold = {rank % len(rows) for rank in strong}
    right = styles()["right"]
    cells: list[list[object]] = [
        [para(text, "label" if rank in words else right.clone("head", fontSize=8, leading=10.5), width=one)
         for rank, (text, one) in enumerate(zip(heads, widths, strict=True))]
    ]  # fmt: skip
    for line, row in enumerate(rows):
        face = fonts.STRONG if line in bold else fonts.TEXT
        look = styles()["dense"].clone("words", fontName=face)
        figure = look.clone("figure", alignment=right.alignment)
        cells.append([para(text, look if rank in words else figure, width=one - 2)
                      for rank, (text, one) in enumerate(zip(row, widths, strict=True))])  # fmt: skip
    return Table(cells, colWidths=widths, repeatRows=1, splitInRow=1, style=_style([rank + 1 for rank in bold]))


def _style(bold: Sequence[int]) -> TableStyle:
    return TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIRLINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        *(("BACKGROUND", (0, rank), (-1, rank), CANVAS) for rank in bold),
    ])  # fmt: skip
