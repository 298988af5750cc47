"""Compte de résultat and Seuil: live formulas that follow the inputs, one rounding to the cent a cell."""

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format, Formula
from boutique.exports.excel.forecast import inputs
from boutique.exports.excel.forecast.pen import PERCENT, Names, Pen
from boutique.rules.forecast import YEARS

RESULT, EVEN = "Compte de résultat", "Seuil de rentabilité"
RESULT_NOTE = "Hors TVA. Ni impôt sur le revenu ni impôt sur les sociétés ; le stock de départ est supposé constant."
EVEN_NOTE = "Le chiffre d’affaires qui paie toutes les charges : au-dessous, l’entreprise perd de l’argent."
NEVER = "jamais atteint"


def write_result(book: Book, names: Names) -> None:
    """Three years, one column each."""
    pen = Pen(book, RESULT, (44, *(16,) * YEARS))
    pen.title("Compte de résultat prévisionnel", RESULT_NOTE)
    pen.head("", *(f"Année {year}" for year in range(1, YEARS + 1)))
    grow = "ROUND({}{}*(100+{})/100,2)"
    row = pen.row + 1
    names["result.turnover"] = str(row)
    _years(pen, "Chiffre d’affaires", [names["cash.sales"], grow.format("B", row, names["growth_2"]),
                                       grow.format("C", row, names["growth_3"])])  # fmt: skip
    _years(pen, "Charges variables", [names["cash.variable"],
                                      *(f"ROUND({c}{row}*{names['variable']}/100,2)" for c in "CD")])  # fmt: skip
    _years(pen, "Marge", [f"ROUND({c}{row}-{c}{row + 1},2)" for c in "BCD"], total=True)
    fixed = pen.row + 1
    _years(pen, "Charges fixes", [names["cash.charges"], grow.format("B", fixed, names["charges_growth"]),
                                  grow.format("C", fixed, names["charges_growth"])])  # fmt: skip
    pay = [f"ROUND(12*{names[f'owner_{year}']},2)" for year in range(1, YEARS + 1)]
    _years(pen, "Cotisations sociales", [names["cash.contributions"], *(
        f"ROUND(IF({names['on_sales']}=1,{c}{row},{one})*{names['contributions']}/100,2)"
        for c, one in zip("CD", pay[1:], strict=True))])  # fmt: skip
    _years(pen, "Rémunération du dirigeant", [f"IF({names['wage']}=1,{one},0)" for one in pay])
    _years(pen, "Amortissements", [_worn(names, year) for year in range(1, YEARS + 1)])
    _years(pen, "Intérêts des prêts", [names[f"loans.interest.{year}"] for year in range(1, YEARS + 1)])
    _years(pen, "Résultat", [f"ROUND({c}{row + 2}-SUM({c}{fixed}:{c}{fixed + 4}),2)" for c in "BCD"], total=True)
    result = pen.row
    pen.line()
    _years(pen, "Capacité d’autofinancement", [f"ROUND({c}{result}+{c}{fixed + 3},2)" for c in "BCD"])
    _years(pen, "Prélèvements du dirigeant", [f"IF({names['wage']}=1,0,{one})" for one in pay])
    _years(pen, "Remboursement du capital des prêts", [names[f"loans.principal.{y}"] for y in range(1, YEARS + 1)])
    left = pen.row + 1
    _years(pen, "Reste dans l’entreprise", [f"ROUND({c}{left - 3}-{c}{left - 2}-{c}{left - 1},2)" for c in "BCD"],
           total=True)  # fmt: skip
    names |= {"result.fixed": str(fixed), "result.result": str(result), "result.cash_flow": str(result + 2)}


def _years(pen: Pen, label: str, cells: list[str], *, total: bool = False) -> None:
    style, words = ("total-number", "total") if total else ("money", "text")
    pen.line((label, words), *((Formula(one), style) for one in cells))


def _worn(names: Names, year: int) -> str:
    """Straight line of every need; the last year takes what the roundings left."""
    parts = []
    for row in range(int(names["needs.first"]), int(names["needs.last"]) + 1):
        amount, years = f"'{inputs.TITLE}'!$C${row}", f"'{inputs.TITLE}'!$E${row}"
        each = f"ROUND({amount}/{years},2)"
        parts.append(
            f"'{inputs.TITLE}'!$D${row}*IF({year}<{years},{each},IF({year}={years},{amount}-{each}*({years}-1),0))"
        )
    return f"ROUND({'+'.join(parts)},2)"


def write_even(book: Book, names: Names) -> None:
    """The turnover that pays everything, and what it means a day."""
    pen = Pen(book, EVEN, (52, *(18,) * YEARS))
    pen.title(EVEN, EVEN_NOTE)
    pen.head("", *(f"Année {year}" for year in range(1, YEARS + 1)))
    fixed = int(names["result.fixed"])
    at = f"'{RESULT}'!"
    with_social = f"IF({names['on_sales']}=1,0,{at}{{0}}{fixed + 1})"
    to_pay = [f"ROUND({at}{c}{fixed}+{with_social.format(c)}+SUM({at}{c}{fixed + 2}:{c}{fixed + 4}),2)" for c in "BCD"]
    _years(pen, "Charges qui ne suivent pas les ventes", to_pay)
    base = pen.row
    left = Formula(f"100-{names['variable']}-IF({names['on_sales']}=1,{names['contributions']},0)")
    pen.line(("Part des ventes qui reste pour les payer", "text"), *(((left, "count", PERCENT),) * YEARS))
    enough = f'IF({{0}}{base + 1}>0,ROUND(({{0}}{base}+{{1}})*100/{{0}}{base + 1},2),"{NEVER}")'
    _years(pen, "Seuil de rentabilité", [enough.format(c, 0) for c in "BCD"], total=True)
    names["even.row"] = str(pen.row)
    drawn = f"{at}{{}}{int(names['result.cash_flow']) + 1}"
    _years(
        pen, "Seuil, rémunération du dirigeant comprise", [enough.format(c, drawn.format(c)) for c in "BCD"], total=True
    )
    units, price = f"SUM({names['sales.units']})", f"SUM({names['sales.full']})"
    counted = f"AND(COUNT({names['sales.amount']})=0,{units}>0,{price}>0)"
    a_day = (
        f'IF(AND({counted},ISNUMBER({{0}}{base + 2})),ROUND({{0}}{base + 2}*{units}/{price}/{names["open_days"]},1),"")'
    )
    pen.line(("Ventes par jour travaillé pour l’atteindre", "text"),
             *((Formula(a_day.format(c)), "decimal", Format.DECIMAL.value) for c in "BCD"))  # fmt: skip
    gap = f'IF(ISNUMBER({{0}}{base + 2}),ROUND({at}{{0}}{names["result.turnover"]}-{{0}}{base + 2},2),"")'
    _years(pen, "Chiffre d’affaires au-dessus du seuil", [gap.format(c) for c in "BCD"])
