"""The forecast workbook: a spreadsheet recomputes it to the application's own figures, to the cent."""

import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Formula
from boutique.exports.excel.forecast import results
from boutique.exports.excel.forecast.pen import ForecastData
from boutique.exports.excel.forecast_book import render
from boutique.rules.forecast import Forecast, compute
from boutique.rules.forecast_terms import Assumptions, VatRegime
from tests.rules.forecasts import edges, generated, twenty
from tests.rules.test_forecast import bakery


def data(given: Assumptions, scenario: str = "Scénario prudent") -> ForecastData:
    return ForecastData(
        structure="Boutique de l’initiative du Ternois", author="Nadia B.", version="0.1.0",
        generated_at=datetime(2026, 11, 24, 9, 30).astimezone(), reference="2026-0042", scenario=scenario,
        given=given, made=compute(given),
    )  # fmt: skip


def exact(value: Any) -> Any:
    return Decimal(str(round(value, 2))) if isinstance(value, int | float) else value


class Read:
    """A recomputed workbook by the words of its first column."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    def row(self, sheet: str, label: str, nth: int = 0) -> list[Any]:
        rows = [row for row in self.book[sheet].iter_rows(values_only=True) if row[0] == label]
        return [exact(value) for value in rows[nth][1:]]


def recomputed(folder: Path, books: Sequence[bytes]) -> Iterator[Read]:
    """One start of LibreOffice for all."""
    for rank, content in enumerate(books):
        (folder / f"{rank}.xlsx").write_bytes(content)
    sources = [str(folder / f"{rank}.xlsx") for rank in range(len(books))]
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder / "out"), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for rank in range(len(books)):
        yield Read(load_workbook(folder / "out" / f"{rank}.xlsx", data_only=True))


def differences(read: Read, made: Forecast) -> list[str]:
    """Where the workbook does not say what the application found."""
    wrong = []
    for (sheet, label, nth), expected in figures(made).items():
        found = [None if one == "" else one for one in read.row(sheet, label, nth)[: len(expected)]]
        if found != expected:
            wrong.append(f"{sheet}, {label}: {found} instead of {expected}")
    return wrong


def figures(made: Forecast) -> dict[tuple[str, str, int], list[Any]]:
    """What the application found → where the workbook says it: (sheet, label, which of the rows of that label)."""
    years, months = made.years, made.months
    never = "jamais atteint"
    result, cash, even = "Compte de résultat", "Trésorerie", "Seuil de rentabilité"
    by_year: dict[tuple[str, str, int], list[Any]] = {
        (result, "Chiffre d’affaires", 0): [one.turnover for one in years],
        (result, "Charges variables", 0): [one.variable for one in years],
        (result, "Marge", 0): [one.margin for one in years],
        (result, "Charges fixes", 0): [one.charges for one in years],
        (result, "Cotisations sociales", 0): [one.contributions for one in years],
        (result, "Rémunération du dirigeant", 0): [one.wages for one in years],
        (result, "Amortissements", 0): [one.depreciation for one in years],
        (result, "Intérêts des prêts", 0): [one.interest for one in years],
        (result, "Résultat", 0): [one.result for one in years],
        (result, "Capacité d’autofinancement", 0): [one.cash_flow for one in years],
        (result, "Prélèvements du dirigeant", 0): [one.drawings for one in years],
        (result, "Remboursement du capital des prêts", 0): [one.principal for one in years],
        (result, "Reste dans l’entreprise", 0): [one.left for one in years],
        (even, "Seuil de rentabilité", 1): [never if one.break_even is None else one.break_even for one in years],
        (even, "Seuil, rémunération du dirigeant comprise", 0): [
            never if one.break_even_owner is None else one.break_even_owner for one in years
        ],
        (even, "Ventes par jour travaillé pour l’atteindre", 0): [one.sales_a_day for one in years],
    }
    by_month: dict[tuple[str, str, int], list[Any]] = {
        (cash, "Ventes", -1): [one.sales for one in months],
        (cash, "Au début du mois", 0): [one.start for one in months],
        (cash, "Encaissements des clients", 0): [one.received for one in months],
        (cash, "Financements reçus", 0): [one.funds for one in months],
        (cash, "Achats, charges variables", 0): [one.purchases for one in months],
        (cash, "Charges fixes", 1): [one.charges for one in months],
        (cash, "Cotisations sociales", 1): [one.contributions for one in months],
        (cash, "Rémunération du dirigeant", 0): [one.owner for one in months],
        (cash, "Échéances des prêts", 0): [one.loans for one in months],
        (cash, "TVA payée", 0): [one.vat for one in months],
        (cash, "À la fin du mois", 0): [one.end for one in months],
    }
    return {**by_year, **{key: [None, *values] for key, values in by_month.items()}}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent")
def test_twenty_forecasts_recomputed_by_a_spreadsheet_are_those_of_the_application_to_the_cent(tmp_path: Path) -> None:
    cases, wrong = twenty(), []
    assert len(cases) == 20
    books = [render(data(given)) for given in cases.values()]
    for (name, given), read in zip(cases.items(), recomputed(tmp_path, books), strict=True):
        made = compute(given)
        wrong += [f"{name}: {one}" for one in differences(read, made)]
        plan = "Plan de financement"
        assert read.row(plan, "Total des besoins")[1] == made.plan.needs, name
        assert read.row(plan, "Total des ressources")[1] == made.plan.resources, name
        assert read.row(plan, "Écart (ressources moins besoins)")[1] == made.plan.gap, name
        said = read.row("Contrôles", "Les formules retrouvent les chiffres de l’application")[0]
        if said != "oui":
            wrong.append(f"{name}: Contrôles says {said}")
    assert not wrong, "\n".join(wrong[:30])


def carried(content: bytes) -> dict[tuple[str, str], Any]:
    """What each formula says it gives, to the cent, without a spreadsheet."""
    written = load_workbook(io.BytesIO(content))
    shown = load_workbook(io.BytesIO(content), data_only=True)
    formulas = [(sheet.title, cell.coordinate) for sheet in written for row in sheet.iter_rows() for cell in row
                if cell.data_type == "f"]  # fmt: skip
    return {(sheet, at): exact(shown[sheet][at].value) or "" for sheet, at in formulas}


@pytest.mark.parametrize("given", [*twenty().values(), *edges().values()])
def test_without_a_spreadsheet_the_formulas_already_say_what_the_application_found(given: Assumptions) -> None:
    content = render(data(given))
    assert differences(Read(load_workbook(io.BytesIO(content), data_only=True)), compute(given)) == []
    assert carried(content)["Contrôles", _last_formula(content, "Contrôles")] == "oui"


def _last_formula(content: bytes, sheet: str) -> str:
    return [at for name, at in carried(content) if name == sheet][-1]


def test_what_cannot_be_worked_out_is_left_to_the_spreadsheet() -> None:
    book = Book(title="Essai", author="Essai", made_at=datetime(2026, 11, 24, 9, 30).astimezone())
    sheet = book.sheet("Essai", (10, 10, 10), frozen=False)
    sheet.row([(Formula("2/(1-1)"), "money"), (Formula("A1+1"), "money"), (Formula("ROUND(2.5,0)+C2"), "money")])
    results.fill(book)
    assert [value.value for value in sheet.rows[0].values] == [None, None, 3]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent")
def test_every_formula_carries_what_a_spreadsheet_finds(tmp_path: Path) -> None:
    cases = [render(data(given)) for given in (bakery(), generated(7))]
    for content, read in zip(cases, recomputed(tmp_path, cases), strict=True):
        found = carried(content)
        again = {(sheet, at): exact(read.book[sheet][at].value) or "" for sheet, at in found}
        assert {place: (found[place], again[place]) for place in found if found[place] != again[place]} == {}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent")
def test_a_cell_that_one_changes_moves_everything_as_in_the_application(tmp_path: Path) -> None:
    before = replace(bakery(), vat=VatRegime.VAT)
    loan = replace(before.resources[1], rate=Decimal("4.5"), months=24, deferral=3)
    after = replace(
        before, variable_rate=Decimal(42), client_delay=2, owner_1=Decimal(950), growth_2=Decimal("-12.5"),
        resources=(before.resources[0], loan), sales=(replace(before.sales[0], price=Decimal("4.20")),),
        needs=(replace(before.needs[0], amount=Decimal("12345.67"), years=3), before.needs[1]),
    )  # fmt: skip
    book = load_workbook(io.BytesIO(render(data(before))))
    sheet = book["Hypothèses"]
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    for label, column, value in (
        ("Charges variables, en % du chiffre d’affaires", "B", 42), ("Les clients paient après (mois)", "B", 2),
        ("Rémunération du dirigeant par mois, année 1", "B", 950), ("Pains", "D", 4.2),
        ("Évolution du chiffre d’affaires, année 2", "B", -12.5), ("Matériel, équipement", "C", 12345.67),
        ("Matériel, équipement", "E", 3), ("Prêt bancaire", "F", 4.5), ("Prêt bancaire", "G", 24),
        ("Prêt bancaire", "H", 3),
    ):  # fmt: skip
        sheet[f"{column}{rows[label]}"].value = value
    changed = io.BytesIO()
    book.save(changed)
    (read,) = recomputed(tmp_path, [changed.getvalue()])
    assert not differences(read, compute(after))
    assert read.row("Contrôles", "Les formules retrouvent les chiffres de l’application")[0] == "non"


def test_everything_computed_is_a_live_formula_and_every_assumption_a_cell() -> None:
    book = load_workbook(io.BytesIO(render(data(generated(5)))))
    assert book.sheetnames == ["Lisez-moi", "Hypothèses", "Plan de financement", "Emprunts", "Trésorerie",
                               "Compte de résultat", "Seuil de rentabilité", "Contrôles"]  # fmt: skip
    for name in ("Emprunts", "Trésorerie", "Compte de résultat", "Seuil de rentabilité"):
        typed = [
            cell.value
            for row in book[name].iter_rows(min_row=4, min_col=2)
            for cell in row
            if isinstance(cell.value, int | float)
        ]
        assert not typed, name
    formulas = [cell for cell in book["Hypothèses"]["B"] if cell.data_type == "f"]
    assert not formulas


def test_the_first_sheet_has_the_figures_as_values_for_those_who_preview_without_computing() -> None:
    given = generated(4)
    sheet = load_workbook(io.BytesIO(render(data(given))))["Lisez-moi"]
    said = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    made = compute(given)
    assert exact(said["Résultat, année 1"]) == made.years[0].result
    assert exact(said["Total des besoins"]) == made.plan.needs
    assert said["Scénario"] == "Scénario prudent"


def test_the_names_of_lines_never_become_formulas() -> None:
    given = edges()["no turnover"]
    hostile = type(given.sales[0])('=cmd|"/c calc"!A1', Decimal(1), Decimal(2), None)
    book = load_workbook(io.BytesIO(render(data(type(given)(**{
        **{name: getattr(given, name) for name in given.__slots__}, "sales": (hostile,)})))))  # fmt: skip
    cell = next(cell for cell in book["Hypothèses"]["A"] if cell.value == hostile.label)
    assert cell.data_type == "s"
