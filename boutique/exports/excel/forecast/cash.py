"""Trésorerie: twelve months of live formulas, what is invoiced, VAT, then what moves in the bank."""

from collections.abc import Sequence
from dataclasses import dataclass

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Formula
from boutique.exports.excel.forecast import inputs
from boutique.exports.excel.forecast.pen import MONTH, PERCENT, Names, Pen, letter
from boutique.rules.forecast import MONTHS
from boutique.rules.forecast_terms import Assumptions

TITLE = "Trésorerie"
NOTE = "Encaissements et paiements TVA comprise. La TVA due d’un mois est payée le mois suivant ; un crédit se reporte."
_ALERT = "La trésorerie passe sous zéro : à corriger avant de démarrer"
_FIRST = 3  # column of the first month
_LAST = _FIRST + MONTHS - 1
_COLUMNS = tuple(range(_FIRST, _LAST + 1))
_BANK_ROWS = 11  # from the start of the month to its end


@dataclass(frozen=True, slots=True)
class _Rows:
    """Numbers of the rows that others refer to."""

    sales: int
    variable: int
    charges: int
    contributions: int


@dataclass(frozen=True, slots=True)
class _Vat:
    out: int
    variable: int
    charges: int
    due: int
    credit: int


def write(book: Book, given: Assumptions, names: Names) -> None:
    """The sheet; the totals of the year feed the first year of the result."""
    pen = Pen(book, TITLE, (40, 13, *(12,) * MONTHS, 14))
    pen.title("Trésorerie de la première année", NOTE)
    rows = _invoiced(pen, given, names, _rhythm(pen, names))
    for name in ("sales", "variable", "charges", "contributions"):
        names[f"cash.{name}"] = pen.at(_LAST + 1, getattr(rows, name))
    _bank(pen, names, rows, _vat(pen, names, rows))


def _rhythm(pen: Pen, names: Names) -> int:
    """Months, and the share of an average month that each sells; the number of that row."""
    pen.head("", "Départ", *(f"mois {rank}" for rank in range(1, MONTHS + 1)), "Année")
    months = [(Formula(f"EDATE({names['start']},{rank})"), "count", MONTH) for rank in range(MONTHS)]
    dates = pen.line(("Mois", "label"), ("", "label"), *months)
    ramp = names["ramp.row"]
    weights = [
        f"'{inputs.TITLE}'!{letter(rank + 1)}${ramp}"
        f"*INDEX({names['season']},1,MONTH({letter(_FIRST + rank - 1)}{dates}))/100"
        for rank in range(1, MONTHS + 1)
    ]
    shares = [(Formula(one), "count", PERCENT) for one in weights]
    return pen.line(("Activité, en % d’un mois moyen", "label"), ("", "label"), *shares)


def _invoiced(pen: Pen, given: Assumptions, names: Names, weight: int) -> _Rows:
    pen.heading("Facturé, hors TVA")
    first = pen.row + 1
    for rank in range(max(len(given.sales), 1)):
        source = int(names["sales.first"]) + rank
        label = Formula(f"IF('{inputs.TITLE}'!A{source}=\"\",\"Ventes\",'{inputs.TITLE}'!A{source})")
        _months(pen, label, [f"ROUND('{inputs.TITLE}'!$F${source}*{letter(c)}${weight}/100,2)" for c in _COLUMNS])
    last = pen.row
    sums = [f"ROUND(SUM({letter(c)}{first}:{letter(c)}{last}),2)" for c in _COLUMNS]
    sales = _months(pen, "Ventes", sums, total=True)
    variable = [f"ROUND({letter(c)}{sales}*{names['variable']}/100,2)" for c in _COLUMNS]
    base = [f"IF({names['on_sales']}=1,{letter(c)}{sales},{names['owner_1']})" for c in _COLUMNS]
    return _Rows(
        sales,
        _months(pen, "Charges variables", variable),
        _months(pen, "Charges fixes", [f"ROUND(SUM({names['charges.amount']}),2)"] * MONTHS),
        _months(pen, "Cotisations sociales", [f"ROUND({one}*{names['contributions']}/100,2)" for one in base]),
    )


def _vat(pen: Pen, names: Names, rows: _Rows) -> _Vat:
    """VAT of each month: on sales, on purchases, on charges, what is due, what is carried over."""
    pen.heading("TVA")
    taxed = names["taxed"]

    def on(row: int, rate: str) -> list[str]:
        return [f"IF({taxed}=1,ROUND({letter(c)}{row}*{names[rate]}/100,2),0)" for c in _COLUMNS]

    out = _months(pen, "Sur les ventes", on(rows.sales, "vat_sales"))
    variable = _months(pen, "Sur les charges variables", on(rows.variable, "vat_purchases"))
    charges = _months(pen, "Sur les charges fixes", on(rows.charges, "vat_purchases"))
    due, credit = charges + 1, charges + 2
    balance = [
        f"ROUND({letter(c)}{out}-{letter(c)}{variable}-{letter(c)}{charges}-{letter(c - 1)}{credit},2)"
        for c in _COLUMNS
    ]
    _months(pen, "Due, payée le mois suivant", [f"MAX(0,{one})" for one in balance])
    bought = f"SUMPRODUCT({names['needs.amount']},{names['needs.taxed']})"
    start = f"IF({taxed}=1,ROUND({bought}*{names['vat_purchases']}/100,2),0)"
    carried = [(Formula(f"MAX(0,-{one})"), "money") for one in balance]
    pen.line(("Crédit reporté", "text"), (Formula(start), "money"), *carried)
    return _Vat(out, variable, charges, due, credit)


def _bank(pen: Pen, names: Names, rows: _Rows, vat: _Vat) -> None:
    pen.heading("En banque, TVA comprise")
    start = pen.row + 1
    end = start + _BANK_ROWS - 1
    funds = f"ROUND(SUMIFS({names['resources.amount']},{names['resources.month']},{{}}),2)"
    spent = f"SUMPRODUCT({names['needs.amount']},{names['needs.spent']})"
    opening = f"ROUND({funds.format(0)}-{spent}-B{vat.credit},2)"
    _months(pen, "Au début du mois", [opening, *(f"{letter(c - 1)}{end}" for c in _COLUMNS[1:])], sums=False)
    received = _months(pen, "Encaissements des clients", _delayed(names["client_delay"], rows.sales, vat.out))
    _months(pen, "Financements reçus", [funds.format(rank) for rank in range(1, MONTHS + 1)])
    paid = _months(pen, "Achats, charges variables", _delayed(names["supplier_delay"], rows.variable, vat.variable))
    fixed = [f"ROUND({letter(c)}{rows.charges}+{letter(c)}{vat.charges},2)" for c in _COLUMNS]
    _months(pen, "Charges fixes", fixed)
    _months(pen, "Cotisations sociales", [f"{letter(c)}{rows.contributions}" for c in _COLUMNS])
    _months(pen, "Rémunération du dirigeant", [names["owner_1"]] * MONTHS)
    _months(pen, "Échéances des prêts", [names[f"loans.month.{rank}"] for rank in range(1, MONTHS + 1)])
    taxes = _months(pen, "TVA payée", ["0", *(f"{letter(c - 1)}{vat.due}" for c in _COLUMNS[1:])])
    change = [
        f"ROUND(SUM({letter(c)}{received}:{letter(c)}{received + 1})-SUM({letter(c)}{paid}:{letter(c)}{taxes}),2)"
        for c in _COLUMNS
    ]
    moved = _months(pen, "Variation du mois", change, total=True)
    closing = [f"ROUND({letter(c)}{start}+{letter(c)}{moved},2)" for c in _COLUMNS]
    assert _months(pen, "À la fin du mois", closing, total=True, sums=False) == end
    names["cash.opening"], names["cash.end"] = pen.at(_FIRST, start), str(end)
    pen.line()
    pen.line(("Au plus bas", "label"), (Formula(f"MIN({letter(_FIRST)}{end}:{letter(_LAST)}{end})"), "money"))
    pen.line((Formula(f'IF({pen.at(2)}<0,"{_ALERT}","Jamais négative")'), "aside"))


def _months(pen: Pen, label: object, cells: Sequence[str], *, total: bool = False, sums: bool = True) -> int:
    """One row of twelve months, with the total of the year; its number."""
    style, words = ("total-number", "total") if total else ("money", "text")
    row = pen.row + 1
    year = Formula(f"ROUND(SUM({letter(_FIRST)}{row}:{letter(_LAST)}{row}),2)") if sums else None
    return pen.line((label, words), (None, style), *((Formula(one), style) for one in cells), (year, style))


def _delayed(delay: str, row: int, vat: int) -> list[str]:
    """What was invoiced so many months before, with its VAT; nothing before the first month."""
    cells = []
    for rank in range(1, MONTHS + 1):
        whole = "+".join(
            f"INDEX(${letter(_FIRST)}{one}:${letter(_LAST)}{one},1,MAX(1,{rank}-{delay}))" for one in (row, vat)
        )
        cells.append(f"IF({rank}-{delay}<1,0,ROUND({whole},2))")
    return cells
