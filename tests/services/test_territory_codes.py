"""A list of communes from a file: any separator, any sheet, the right column, nothing hostile."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from boutique.core.errors import UserError
from boutique.models.choices import TerritoryLevel
from boutique.services import territory_codes
from boutique.storage.reference import reference

COMMUNE = TerritoryLevel.COMMUNE


def codes(path: Path) -> set[tuple[TerritoryLevel, str]]:
    return {one.area for one in territory_codes.read(reference(), path).territories}


@pytest.mark.parametrize(
    "text",
    [
        "62361\n62767\n1001\n",
        "Commune;Code INSEE\nFrévent;62361\nSaint-Pol;62767\nL’Abergement;1001\n",
        # Postal codes look like INSEE codes: 62270 is no commune, 62130 is another one.
        "cp,code,nom\n62270,62361,Frévent\n62130,62767,Saint-Pol\n01400,01001,L’Abergement\n",
    ],
)
def test_the_column_of_codes_is_found(tmp_path: Path, text: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(text, "utf-8")
    assert codes(path) == {(COMMUNE, "62361"), (COMMUNE, "62767"), (COMMUNE, "01001")}


def test_a_workbook_of_epci_and_codes_of_before(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Membres")
    for row in (["SIREN"], [200069672], [200069672], ["000000000"]):
        sheet.append(row)
    book.save(tmp_path / "liste.xlsx")
    found = territory_codes.read(reference(), tmp_path / "liste.xlsx")
    assert [one.area for one in found.territories] == [(TerritoryLevel.EPCI, "200069672")]
    assert found.told == "Codes inconnus, laissés de côté : 000000000"


@pytest.mark.parametrize("content", [b"", b"nom;ville\nX;Y\n", b"PK\x03\x04broken", b"\x00\x01\x02" * 9])
def test_a_file_without_codes_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(UserError):
        territory_codes.read(reference(), path)
