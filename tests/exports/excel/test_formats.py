"""The same workbook as .ods and as .csv: values, live formulas, true dates, and nothing a spreadsheet would run."""

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import date, time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from boutique.core.errors import Cancelled
from boutique.exports.excel import formats, ods
from boutique.exports.excel.activity_book import make, render
from boutique.exports.excel.cells import Formatted, Formula
from boutique.exports.excel.csv_files import shown
from boutique.exports.excel.formats import Form
from tests.exports.excel.samples import ACTIVITY
from tests.exports.excel.test_cells import HOSTILE


def test_an_ods_holds_the_same_cells_as_the_xlsx() -> None:
    xlsx = load_workbook(io.BytesIO(render(ACTIVITY)))
    found = CalamineWorkbook.from_filelike(io.BytesIO(formats.write(make(ACTIVITY), Form.ODS)))
    assert found.sheet_names == xlsx.sheetnames
    interviews = found.get_sheet_by_name("Entretiens").to_python()
    assert interviews[1][:4] == [date(2026, 11, 3), "D-2026-0001", "Entretien de suivi de parcours", 60]
    assert interviews[-1][3] == 3.25  # a total carries its value
    outreach = found.get_sheet_by_name("Permanences").to_python()
    assert outreach[1][4:6] == [time(9), time(12, 30)]


def test_every_format_gives_the_same_bytes_for_the_same_data() -> None:
    for form in Form:
        assert formats.write(make(ACTIVITY), form) == formats.write(make(ACTIVITY), form), form


def test_formulas_are_said_in_the_words_of_open_document() -> None:
    said = ods.translated("IF(COUNTA('Profil du public'!$A$2:$A$9)=0,\"a,b\",SUM(B2:B4)/Synthèse!$C$2)")
    assert said == "IF(COUNTA([$'Profil du public'.$A$2:.$A$9])=0;\"a,b\";SUM([.B2:.B4])/[$Synthèse.$C$2])"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_recalculates_the_ods(tmp_path: Path) -> None:
    (tmp_path / "mois.ods").write_bytes(formats.write(make(ACTIVITY), Form.ODS))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--convert-to", "xlsx",
         "--outdir", str(tmp_path), str(tmp_path / "mois.ods")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    rows = list(load_workbook(tmp_path / "mois.xlsx", data_only=True)["Contrôles"].iter_rows(values_only=True))
    assert {row[3] for row in rows[1:-2]} == {"OK", "À regarder"}
    assert rows[-1][:2] == ("Classeur prêt", "oui")


def test_csv_files_open_in_a_french_spreadsheet() -> None:
    archive = zipfile.ZipFile(io.BytesIO(formats.write(make(ACTIVITY), Form.CSV)))
    assert archive.namelist()[2] == "03 Entretiens.csv"
    content = archive.read("03 Entretiens.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1][:4] == ["03/11/2026", "D-2026-0001", "Entretien de suivi de parcours", "60"]
    assert rows[-1][3] == "3,25"
    checks = archive.read(archive.namelist()[-1]).decode("utf-8-sig")
    assert "Classeur prêt;oui" in checks


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_in_a_csv(text: str) -> None:
    assert not shown(text).startswith(("=", "+", "-", "@", "\t", "\r", "#", "＝"))


def test_what_a_formula_gives_is_in_the_csv() -> None:
    assert shown(Formula("SUM(A1:A2)", 3.5)) == "3,5"
    assert shown(Formatted(Formula("1/3", 1 / 3), "0 %")) == "0,333333"
    assert shown(-2) == "-2"


def test_writing_can_be_given_up() -> None:
    def give_up(_done: int, _total: int) -> None:
        raise Cancelled

    for form in Form:
        with pytest.raises(Cancelled):
            formats.write(make(ACTIVITY), form, give_up)
