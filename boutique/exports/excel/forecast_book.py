"""The forecast of a project as a workbook of live formulas: one changes an assumption, everything follows.

Each formula carries what it gives, for what shows a workbook without computing it; the first sheet has the
application's own figures as values, and « Contrôles » compares them with what the formulas find.
"""

from collections.abc import Sequence
from decimal import Decimal

from boutique.core.french import month_name, show_date
from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format, Formatted, Formula
from boutique.exports.excel.forecast import accounts, cash, inputs, plan, results
from boutique.exports.excel.forecast.pen import ForecastData, Names, Pen, letter
from boutique.exports.excel.sheets import readme

CHECKS = "Contrôles"
_CHECKS_NOTE = (
    "Écart entre les formules et les chiffres de l’application au moment de l’export : zéro tant que les hypothèses "
    "n’ont pas été changées."
)


def render(data: ForecastData) -> bytes:
    """The workbook as .xlsx bytes."""
    title = f"Prévisionnel {data.reference}"
    book = Book(title=title, author=data.structure, made_at=data.generated_at)
    readme.write(book, title, _facts(data), _parts(data))
    names = inputs.write(book, data.given)
    plan.write(book, data.given, names)
    plan.write_loans(book, data.given, names)
    cash.write(book, data.given, names)
    accounts.write_result(book, names)
    accounts.write_even(book, names)
    _checks(book, data, names)
    results.fill(book)
    return book.to_bytes()


def _facts(data: ForecastData) -> list[readme.Pair]:
    return [
        ("Structure", data.structure),
        ("Dossier", data.reference),
        ("Scénario", data.scenario),
        ("Démarrage", month_name(data.given.start)),
        ("Établi par", data.author),
        ("Le", readme.moment(data.generated_at)),
        ("Logiciel", f"Boutique {data.version}"),
        (
            "Ce que c’est",
            "Un outil de préparation, à relire avec la personne : ni un engagement, ni une étude comptable",
        ),
    ]


def _parts(data: ForecastData) -> list[tuple[str, Sequence[readme.Pair]]]:
    sheets: list[readme.Pair] = [
        (inputs.TITLE, inputs.NOTE),
        (plan.TITLE, plan.NOTE),
        (plan.LOANS, plan.LOANS_NOTE),
        (cash.TITLE, cash.NOTE),
        (accounts.RESULT, accounts.RESULT_NOTE),
        (accounts.EVEN, accounts.EVEN_NOTE),
        (CHECKS, _CHECKS_NOTE),
    ]
    figures: list[readme.Pair] = [(f"{label}, {when}" if when else label, _money(value))
                                  for label, when, value, _ in _figures(data)]  # fmt: skip
    rounding = "Chaque montant est arrondi au centime là où il est calculé ; les totaux ajoutent des montants arrondis."
    exported = f"Les chiffres de l’application, le {show_date(data.generated_at.date())}"
    return [("Les feuilles", sheets), ("Arrondis", [("Règle", rounding)]), (exported, figures)]


def _money(value: Decimal | None) -> object:
    return accounts.NEVER if value is None else Formatted(value, Format.MONEY)


def _figures(data: ForecastData) -> list[tuple[str, str, Decimal | None, str]]:
    """(figure, when, what the application found, the cell that finds it again)."""
    made = data.made
    found: list[tuple[str, str, Decimal | None, str]] = [
        ("Total des besoins", "", made.plan.needs, "plan.needs"),
        ("Total des ressources", "", made.plan.resources, "plan.resources"),
    ]
    for year in made.years:
        when, column = f"année {year.number}", letter(year.number + 1)
        found += [
            ("Chiffre d’affaires", when, year.turnover, f"result.turnover|{column}"),
            ("Résultat", when, year.result, f"result.result|{column}"),
            ("Seuil de rentabilité", when, year.break_even, f"even.row|{column}"),
        ]
    found.append(("Trésorerie", "départ", made.opening, "cash.opening"))
    found += [
        ("Trésorerie", month_name(data.given.month(month.rank)), month.end, f"cash.end|{letter(month.rank + 2)}")
        for month in made.months
    ]
    return found


_SHEETS = {"result": accounts.RESULT, "even": accounts.EVEN, "cash": cash.TITLE}


def _checks(book: Book, data: ForecastData, names: Names) -> None:
    pen = Pen(book, CHECKS, (36, 22, 18, 18, 14))
    pen.title(CHECKS, _CHECKS_NOTE)
    pen.head("Figure", "Quand", "Application", "Formules", "Écart")
    first = pen.row + 1
    for label, when, value, place in _figures(data):
        name, _, column = place.partition("|")
        cell = f"'{_SHEETS[name.partition('.')[0]]}'!{column}{names[name]}" if column else names[name]
        row = pen.row + 1
        same = f"IF(ISNUMBER(D{row}),ROUND(D{row}-C{row},2),IF(C{row}=D{row},0,1))"
        pen.line((label, "text"), (when, "text"), (accounts.NEVER if value is None else value, "money"),
                 (Formula(cell), "money"), (Formula(same), "money"))  # fmt: skip
    pen.line()
    said = f'IF(SUMPRODUCT(ABS(E{first}:E{pen.row - 1}))=0,"oui","non")'
    pen.line(("Les formules retrouvent les chiffres de l’application", "total"), (Formula(said), "total"))
