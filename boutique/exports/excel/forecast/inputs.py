"""Hypothèses: every input in a cell that one may change; all other sheets follow."""

from collections.abc import Sequence

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format, Formula
from boutique.exports.excel.forecast.pen import MONTH, PERCENT, Names, Pen, Written
from boutique.rules.forecast import MONTHS, ramp
from boutique.rules.forecast_terms import KEPT_AS_CASH, TAXED, Assumptions, ContributionBase, OwnerPay, VatRegime

TITLE = "Hypothèses"
NOTE = "Les cellules jaunes se changent : tout le classeur se recalcule. Montants en euros, taux en pour cent."
_WIDTHS = (52, 30, *(13,) * 11)
_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_COUNT = Format.COUNT.value


def write(book: Book, given: Assumptions) -> Names:
    """The sheet; where each input is."""
    pen, names = Pen(book, TITLE, _WIDTHS), Names()
    pen.title("Hypothèses", NOTE)
    _one(pen, names, "start", "Premier mois d’activité", (given.start, "input", MONTH))
    _needs(pen, names, given)
    _resources(pen, names, given)
    _sales(pen, names, given)
    _rhythm(pen, names, given)
    _charges(pen, names, given)
    _general(pen, names, given)
    return names


def _one(pen: Pen, names: Names, name: str, label: str, cell: Written, note: str = "") -> None:
    pen.line((label, "label"), cell, (note, "aside"))
    names[name] = pen.at(2)


def _table(pen: Pen, names: Names, name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Written]],
           blank: Sequence[Written]) -> None:  # fmt: skip
    """Lines under their heads; one empty line where there is none, so that formulas still read something."""
    pen.head(*(title for _, title in columns))
    first = pen.row + 1
    for row in rows or [blank]:
        pen.line(*row)
    for column, (key, _) in enumerate(columns, 1):
        names[f"{name}.{key}"] = pen.range(column, first, pen.row)
    names[f"{name}.first"], names[f"{name}.last"] = str(first), str(pen.row)


def _needs(pen: Pen, names: Names, given: Assumptions) -> None:
    pen.heading("Besoins (1 = oui, 0 = non)")
    columns = (("kind", "Nature"), ("label", "Précision"), ("amount", "Montant"), ("worn", "S’amortit"),
               ("years", "Ans"), ("spent", "Payé au départ"), ("taxed", "Avec TVA"))  # fmt: skip
    rows: list[Sequence[Written]] = [
        ((one.kind.label, "input-text"), (one.label, "input-text"), (one.amount, "input"),
         (int(one.depreciable), "input", _COUNT), (one.years, "input", _COUNT),
         (int(one.kind not in KEPT_AS_CASH), "input", _COUNT), (int(one.kind in TAXED), "input", _COUNT))
        for one in given.needs
    ]  # fmt: skip
    blank: Sequence[Written] = (("", "input-text"), ("", "input-text"), (0, "input"), (0, "input", _COUNT),
                                (1, "input", _COUNT), (0, "input", _COUNT), (0, "input", _COUNT))  # fmt: skip
    _table(pen, names, "needs", columns, rows, blank)


def _resources(pen: Pen, names: Names, given: Assumptions) -> None:
    pen.heading("Ressources (mois 0 = au départ)")
    columns = (("kind", "Nature"), ("label", "Précision"), ("amount", "Montant"), ("month", "Reçu au mois"),
               ("loan", "Prêt"), ("rate", "Taux"), ("months", "Durée (mois)"),
               ("deferral", "Différé (mois)"))  # fmt: skip
    rows: list[Sequence[Written]] = [
        ((one.kind.label, "input-text"), (one.label, "input-text"), (one.amount, "input"),
         (one.month, "input", _COUNT), (int(one.is_loan), "input", _COUNT), (one.rate, "input", PERCENT),
         (one.months, "input", _COUNT), (one.deferral, "input", _COUNT))
        for one in given.resources
    ]  # fmt: skip
    blank: Sequence[Written] = (("", "input-text"), ("", "input-text"), (0, "input"), (0, "input", _COUNT),
                                (0, "input", _COUNT), (0, "input", PERCENT), (1, "input", _COUNT),
                                (0, "input", _COUNT))  # fmt: skip
    _table(pen, names, "resources", columns, rows, blank)


def _sales(pen: Pen, names: Names, given: Assumptions) -> None:
    pen.heading("Ventes d’un mois moyen à plein régime, hors TVA")
    columns = (("label", "Ce qui est vendu"), ("note", ""), ("units", "Ventes par mois"), ("price", "Prix unitaire"),
               ("amount", "ou montant"), ("full", "Par mois"))  # fmt: skip
    first = pen.row + 2
    rows: list[Sequence[Written]] = []
    for rank, one in enumerate(given.sales, first):
        full = Formula(f'IF(E{rank}="",ROUND(C{rank}*D{rank},2),E{rank})')
        rows.append(((one.label, "input-text"), ("", "input-text"), (one.units, "input"), (one.price, "input"),
                     (one.amount, "input"), (full, "money")))  # fmt: skip
    blank: Sequence[Written] = (("", "input-text"), ("", "input-text"), (0, "input"), (0, "input"), (None, "input"),
                                (Formula(f"ROUND(C{first}*D{first},2)"), "money"))  # fmt: skip
    _table(pen, names, "sales", columns, rows, blank)


def _rhythm(pen: Pen, names: Names, given: Assumptions) -> None:
    pen.heading("Rythme, en % d’un mois moyen à plein régime")
    pen.head("Montée en charge, par mois d’activité", *(f"mois {rank}" for rank in range(1, MONTHS + 1)))
    pen.line(("Part du plein régime", "label"),
             *((ramp(given, rank), "input", PERCENT) for rank in range(1, MONTHS + 1)))  # fmt: skip
    names["ramp.row"] = str(pen.row)
    pen.head("Saison, par mois du calendrier", *_MONTHS)
    pen.line(("Poids du mois", "label"), *((one, "input", PERCENT) for one in given.season))
    names["season"] = f"{pen.at(2)}:{pen.at(13).rpartition('!')[2]}"


def _charges(pen: Pen, names: Names, given: Assumptions) -> None:
    pen.heading("Charges fixes, hors TVA")
    columns = (("label", "Charge"), ("note", ""), ("amount", "Par mois"))
    rows: list[Sequence[Written]] = [
        ((one.label, "input-text"), ("", "input-text"), (one.amount, "input")) for one in given.charges
    ]
    _table(pen, names, "charges", columns, rows, (("", "input-text"), ("", "input-text"), (0, "input")))


def _general(pen: Pen, names: Names, given: Assumptions) -> None:
    pen.heading("Taux, délais et rémunération")
    rate, count = PERCENT, _COUNT
    taxed, on_sales = given.vat is VatRegime.VAT, given.contribution_base is ContributionBase.TURNOVER
    wage = given.owner_kind is OwnerPay.WAGE
    for name, label, value, format_, note in (
        ("variable", "Charges variables, en % du chiffre d’affaires", given.variable_rate, rate, ""),
        ("growth_2", "Évolution du chiffre d’affaires, année 2", given.growth_2, rate, ""),
        ("growth_3", "Évolution du chiffre d’affaires, année 3", given.growth_3, rate, ""),
        ("charges_growth", "Évolution des charges fixes par an", given.charges_growth, rate, ""),
        ("contributions", "Cotisations sociales", given.contribution_rate, rate, ""),
        ("on_sales", "… calculées sur le chiffre d’affaires", int(on_sales), count, "1 oui, 0 sur la rémunération"),
        ("owner_1", "Rémunération du dirigeant par mois, année 1", given.owner_1, Format.MONEY.value, ""),
        ("owner_2", "Rémunération du dirigeant par mois, année 2", given.owner_2, Format.MONEY.value, ""),
        ("owner_3", "Rémunération du dirigeant par mois, année 3", given.owner_3, Format.MONEY.value, ""),
        ("wage", "… est une charge (société)", int(wage), count, "1 oui, 0 c’est un prélèvement"),
        ("taxed", "TVA facturée", int(taxed), count, "1 oui, 0 franchise"),
        ("vat_sales", "TVA sur les ventes", given.vat_sales, rate, ""),
        ("vat_purchases", "TVA sur les achats, charges et investissements", given.vat_purchases, rate, ""),
        ("client_delay", "Les clients paient après (mois)", given.client_delay, count, "de 0 à 3"),
        ("supplier_delay", "Les fournisseurs sont payés après (mois)", given.supplier_delay, count, "de 0 à 3"),
        ("open_days", "Jours travaillés par an", given.open_days, count, ""),
    ):
        _one(pen, names, name, label, (value, "input", format_), note)
