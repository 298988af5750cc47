"""A workbook is made in memory, looks like ours, and is the same for the same data."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from boutique.exports.excel import activity_book
from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added
from tests.exports.excel.samples import ACTIVITY, MADE_AT

COLUMNS: tuple[Column[Any], ...] = (
    Column("Nom", lambda row: row[0], 20),
    Column("Somme", lambda row: row[1], 10, Format.NUMBER, total=added()),
)


def test_nothing_is_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a temporary file was opened")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", forbidden)
    for name in ("mkstemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, forbidden)
    assert activity_book.render(ACTIVITY).startswith(b"PK")
    assert list(tmp_path.iterdir()) == []


def test_the_same_data_gives_the_same_bytes() -> None:
    data = activity_book.render(ACTIVITY)
    assert activity_book.render(ACTIVITY) == data
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_fonts_are_written_in_the_order_of_the_schema() -> None:
    styles = zipfile.ZipFile(io.BytesIO(activity_book.render(ACTIVITY))).read("xl/styles.xml").decode()
    assert styles.index("<sz ") < styles.index("<color ") < styles.index("<name ")


def test_a_table_has_a_frozen_filtered_header_widths_totals_and_a_print_set_up() -> None:
    book = Book(title="Titre & essai", author="Boutique", made_at=MADE_AT)
    area = book.table("Une: feuille [longue] " * 3, COLUMNS, [("a", 1), ("b", 2)])
    sheet = load_workbook(io.BytesIO(book.to_bytes()))[area.sheet]
    assert len(area.sheet) <= 31
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.column_dimensions["A"].width == 20
    assert (sheet["A1"].font.b, sheet["A1"].font.color.rgb, sheet["A1"].fill.start_color.rgb) == (
        True, "FFFFFFFF", "FF0B5C6B",
    )  # fmt: skip
    assert (sheet["A4"].value, sheet["B4"].data_type) == ("Total", "f")
    assert sheet["B4"].value == f"=SUM('{area.sheet}'!$B$2:$B$3)"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        "landscape", 0, "$1:$1",
    )  # fmt: skip
    footer: Any = sheet.oddFooter
    assert footer.right.text == "Page &P sur &N"
    assert "&& essai" in footer.left.text


def test_an_empty_table_keeps_a_range_for_its_formulas() -> None:
    book = Book(title="Titre", author="Boutique", made_at=MADE_AT)
    area = book.table("Vide", COLUMNS, [])
    sheet = load_workbook(io.BytesIO(book.to_bytes()))["Vide"]
    assert area.range("Somme") == "'Vide'!$B$2:$B$2"
    assert sheet["B2"].value is None
    assert sheet["B3"].value == "=SUM('Vide'!$B$2:$B$2)"
