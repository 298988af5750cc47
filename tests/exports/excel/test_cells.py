"""A text in a cell is text, a date a date, and nothing breaks the file."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import CUT_MARK, LIMIT, Format, Formatted, Formula, as_text, plain
from boutique.exports.excel.columns import Column
from boutique.models.choices import Allowance, Gender
from tests.exports.excel.samples import MADE_AT

HOSTILE = (
    "=cmd|'/C calc'!A0",
    "=1+1",
    "+33612345678",
    "-2",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "#N/A",
    "#REF!",
    '=HYPERLINK("http://exemple.fr")',
    "＝1",
    "{=1}",
    "<b>&amp;",
    "10000000000000000000001",
    "_x0041_",
    " espace ",
)


def written(values: tuple[Any, ...]) -> Workbook:
    """A one-column workbook of values, read back."""
    book = Book(title="Essai", author="Boutique", made_at=MADE_AT)
    columns: tuple[Column[Any], ...] = (Column("Valeur", lambda value: value, 20),)
    book.table("Essai", columns, values)
    return load_workbook(io.BytesIO(book.to_bytes()))


def test_hostile_texts_stay_texts() -> None:
    sheet = written(HOSTILE)["Essai"]
    cells = [sheet.cell(rank, 1) for rank in range(2, len(HOSTILE) + 2)]
    assert {one.data_type for one in cells} == {"s"}
    assert [str(one.value).strip() for one in cells] == [text.replace("\r", "\n").strip() for text in HOSTILE]
    assert all(one.quotePrefix for one in cells if str(one.value)[0] in "=+-@#＝")


def test_only_our_own_formulas_are_formulas() -> None:
    sheet = written((Formula("1+1"), "=1+1"))["Essai"]
    assert [sheet.cell(rank, 1).data_type for rank in (2, 3)] == ["f", "s"]


def test_controls_and_surrogates_are_dropped() -> None:
    assert as_text("Du\x00rand\x07\ud800\ufffe\x1b") == "Durand"
    assert written(("Du\x00rand\ud83d",))["Essai"]["A2"].value == "Durand"


@pytest.mark.parametrize("text", ["x" * 40_000, "👩" * 20_000])
def test_a_long_text_is_cut_with_a_visible_mark(text: str) -> None:
    cut = as_text(text)
    assert cut.endswith(CUT_MARK)
    assert len(cut.encode("utf-16-le")) <= 2 * LIMIT
    assert written((text,))["Essai"]["A2"].value == cut
    assert as_text("y" * LIMIT) == "y" * LIMIT


def test_values_become_what_a_reader_expects() -> None:
    assert plain(Gender.FEMALE) == "Femme"
    assert plain((Allowance.UNEMPLOYMENT_BENEFIT, Allowance.ACTIVITY_BONUS)) == "ARE, Prime d’activité"
    assert (plain(True), plain(False), plain(""), plain(None), plain(())) == ("oui", "non", None, None, None)
    assert plain(date(1900, 2, 28)) == "28/02/1900"
    assert plain(date(1900, 3, 1)) == date(1900, 3, 1)
    assert plain(datetime(1850, 1, 1, tzinfo=UTC)) == "01/01/1850"
    assert plain(datetime(2026, 1, 1, 9, tzinfo=UTC)).tzinfo is None  # type: ignore[union-attr]
    assert plain(73282932000074) == 73282932000074
    assert plain(10**18 + 1) == "1000000000000000001"
    assert plain(float("nan")) is None
    assert plain(float("inf")) is None


def test_a_value_nobody_planned_is_a_bug_not_a_cell() -> None:
    with pytest.raises(TypeError):
        plain(object())


def test_dates_are_true_dates() -> None:
    cell = written((Formatted(date(2026, 11, 24), Format.DATE),))["Essai"]["A2"]
    assert cell.is_date
    assert cell.value == datetime(2026, 11, 24)  # noqa: DTZ001
