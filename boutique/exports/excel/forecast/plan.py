"""Plan de financement and Emprunts: needs, resources, what is missing, and each loan month by month."""

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format, Formula
from boutique.exports.excel.forecast import inputs
from boutique.exports.excel.forecast.pen import Names, Pen, letter
from boutique.rules.forecast_terms import Assumptions
from boutique.rules.loans import HORIZON

TITLE, LOANS = "Plan de financement", "Emprunts"
NOTE = "Il est équilibré quand l’écart vaut zéro."
LOANS_NOTE = (
    "Intérêts seuls pendant le différé, puis échéances constantes ; la dernière solde le prêt. Chaque montant est "
    "arrondi au centime."
)
_COUNT = Format.COUNT.value


def write(book: Book, given: Assumptions, names: Names) -> None:
    """Both sides, and their difference."""
    pen = Pen(book, TITLE, (34, 34, 16))
    pen.title(TITLE, NOTE)
    totals = []
    for name, title, count in (
        ("needs", "Besoins", len(given.needs)),
        ("resources", "Ressources", len(given.resources)),
    ):
        pen.head(title, "", "Montant")
        first = int(names[f"{name}.first"])
        for row in range(first, first + max(count, 1)):
            cells = [Formula(f"IF('{inputs.TITLE}'!{column}{row}=\"\",\"\",'{inputs.TITLE}'!{column}{row})")
                     for column in "AB"]  # fmt: skip
            pen.line((cells[0], "text"), (cells[1], "text"), (Formula(f"'{inputs.TITLE}'!C{row}"), "money"))
        total = Formula(f"ROUND(SUM({names[f'{name}.amount']}),2)")
        pen.line((f"Total des {title.lower()}", "total"), (None, "total"), (total, "total-number"))
        names[f"plan.{name}"] = pen.at(3)
        totals.append(pen.at(3))
        pen.line()
    pen.line(("Écart (ressources moins besoins)", "total"), (None, "total"),
             (Formula(f"ROUND({totals[1]}-{totals[0]},2)"), "total-number"))  # fmt: skip
    names["plan.gap"] = pen.at(3)
    word = Formula(f'IF({pen.at(3)}=0,"Plan équilibré",IF({pen.at(3)}<0,"Il manque des ressources",'
                   f'"Les ressources dépassent les besoins"))')  # fmt: skip
    pen.line((word, "aside"))


def write_loans(book: Book, given: Assumptions, names: Names) -> None:
    """Five columns a loan: what is owed, interest, principal, payment, what is still owed."""
    first_line = int(names["resources.first"])
    loans = [first_line + rank for rank, one in enumerate(given.resources) if one.is_loan]
    pen = Pen(book, LOANS, (10, *(13,) * max(5, 5 * len(loans))))
    pen.title(LOANS, LOANS_NOTE)
    pen.line(("", "label"), *_spread([(Formula(f"'{inputs.TITLE}'!A{row}"), "label") for row in loans]))
    pen.line(("", "label"), *_spread([("Échéance", "label") for _ in loans]))
    amounts = pen.row
    pen.line(("", "label"), *_spread([(Formula(_instalment(row)), "money") for row in loans]))
    pen.head("Mois", *(("Reste dû", "Intérêts", "Capital", "Échéance", "Solde") * len(loans)))
    first = pen.row + 1
    for month in range(1, HORIZON + 1):
        cells = []
        for rank, row in enumerate(loans):
            cells += [(Formula(text), "money") for text in _month(2 + 5 * rank, pen.row + 1, row, amounts + 1,
                                                                 first=month == 1)]  # fmt: skip
        pen.line((month, "count"), *cells)
    names["loans.first"] = str(first)
    for name, offset in (("interest", 1), ("principal", 2), ("payment", 3)):
        for year in range(3):
            parts = [
                pen.range(2 + 5 * rank + offset, first + 12 * year, first + 12 * year + 11)
                for rank in range(len(loans))
            ]
            names[f"loans.{name}.{year + 1}"] = f"ROUND(SUM({','.join(parts)}),2)" if parts else "0"
    for month in range(1, 13):
        parts = [pen.at(2 + 5 * rank + 3, first + month - 1) for rank in range(len(loans))]
        names[f"loans.month.{month}"] = f"ROUND({'+'.join(parts)},2)" if parts else "0"


def _spread(cells: list[tuple[object, str]]) -> list[tuple[object, str]]:
    return [one for cell in cells for one in (cell, *((None, "label"),) * 4)]


def _instalment(row: int) -> str:
    at = f"'{inputs.TITLE}'!"
    amount, rate, count = f"{at}$C${row}", f"{at}$F${row}", f"({at}$G${row}-{at}$H${row})"
    return f"IF({rate}=0,ROUND({amount}/{count},2),ROUND({amount}*{rate}/1200/(1-(1+{rate}/1200)^-{count}),2))"


def _month(column: int, line: int, row: int, constant: int, *, first: bool) -> tuple[str, ...]:
    """Formulas of the five cells of one loan in one month."""
    at = f"'{inputs.TITLE}'!"
    amount, start = f"{at}$C${row}", f"{at}$D${row}"
    rank = f"($A{line}-{start})"
    owed, interest, principal = (f"{letter(column + step)}{line}" for step in range(3))
    before = "0" if first else f"{letter(column + 4)}{line - 1}"
    last, free = f"{at}$G${row}", f"{at}$H${row}"
    regular = f"MIN({owed},ROUND({letter(column)}${constant}-{interest},2))"
    return (
        f"IF({rank}<1,0,IF({rank}=1,{amount},{before}))",
        f"ROUND({owed}*{at}$F${row}/1200,2)",
        f"IF({rank}<1,0,IF({rank}>={last},{owed},IF({rank}>{free},{regular},0)))",
        f"ROUND({interest}+{principal},2)",
        f"ROUND({owed}-{principal},2)",
    )
