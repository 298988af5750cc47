"""Official zoning lists are read as they are published, and anything else is refused in plain words."""

import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
import time_machine
from openpyxl import Workbook

from boutique.core.errors import UserError
from boutique.models.choices import ZoningState
from boutique.storage.zoning_files import ZoningList, ZoningRow, read_zoning

PUBLISHED = Path(__file__).parents[2].parent / "shared" / "data"
FRR = """Code_insee;Departement;Commune;Classement FRR et FRR+ au 10 juillet 2025;
62361;62;Frévent;FRR socle;
02004;02;Agnicourt-et-Séchelles;FRR+;
01060;01;Brénod;FRR bénéficiaire;
01187;01;Haut Valromey;FRR bénéficiaire partiellement;
62041;62;Arras;Non classée;
"""
QPV = """code_qp,lib_qp,insee_com,lib_com
QN00201M,Europe,"02571, 02691","Omissy, Saint-Quentin"
QN06201M,Ouest,62041,Arras
"""


def written(folder: Path, content: str | bytes, name: str = "liste.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes, name: str = "liste.csv") -> ZoningList:
    return read_zoning(written(folder, content, name))


def states(zoning: ZoningList) -> dict[str, ZoningState]:
    return {row.commune_code: row.state for row in zoning.rows}


# The two lists


def test_the_published_frr_list_is_read(tmp_path: Path) -> None:
    zoning = read(tmp_path, FRR)
    assert (zoning.kind, zoning.vintage, zoning.refused) == ("FRR", "10 juillet 2025", ())
    assert zoning.rows[0] == ZoningRow("62361", "FRR", "FRR socle", classified=True)
    assert [row.zone_code for row in zoning.rows] == ["FRR", "FRR+", "FRR-B", "FRR-BP", "NC"]


def test_a_commune_partly_in_the_zone_has_to_be_checked(tmp_path: Path) -> None:
    assert states(read(tmp_path, FRR)) == {
        "62361": ZoningState.YES,
        "02004": ZoningState.YES,
        "01060": ZoningState.YES,
        "01187": ZoningState.TO_CHECK,
        "62041": ZoningState.NO,
    }


def test_a_district_gives_one_row_for_each_of_its_communes_to_be_checked_at_the_address(tmp_path: Path) -> None:
    zoning = read(tmp_path, QPV)
    assert (zoning.kind, zoning.vintage) == ("QPV", "2024")
    assert [(row.commune_code, row.zone_code, row.label) for row in zoning.rows] == [
        ("02571", "QN00201M", "Europe"),
        ("02691", "QN00201M", "Europe"),
        ("62041", "QN06201M", "Ouest"),
    ]
    assert set(states(zoning).values()) == {ZoningState.TO_CHECK}


def test_the_districts_of_before_2024_say_so(tmp_path: Path) -> None:
    assert read(tmp_path, "code_qp;insee_com\nQP062001;62041\n").vintage == "2015"


# Variants


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separator_and_encoding_do_not_matter(tmp_path: Path, separator: str, encoding: str) -> None:
    zoning = read(tmp_path, FRR.replace(";", separator).encode(encoding))
    assert len(zoning.rows) == 5
    assert zoning.rows[2].label == "FRR bénéficiaire"


@pytest.mark.parametrize(
    "header", ["CODGEO;LIBGEO;FRR", "code insee;Commune;Zonage FRR", "INSEE_COM;NOM;Classement France ruralités"]
)
def test_titles_of_columns_vary(tmp_path: Path, header: str) -> None:
    assert states(read(tmp_path, f"{header}\n62361;Frévent;FRR\n")) == {"62361": ZoningState.YES}


@pytest.mark.parametrize(
    ("cell", "zone", "label"),
    [
        ("oui", "FRR", "FRR"),
        ("Classée", "FRR", "Classée"),
        ("ZFRR+", "FRR+", "ZFRR+"),
        ("FRR-BP", "FRR-BP", "FRR bénéficiaire, une partie de la commune"),
        ("Classée FRR partiellement", "FRR-P", "Classée FRR partiellement"),
        ("NC", "NC", "Non classée"),
        ("0", "NC", "Non classée"),
        ("bénéficiaire", "FRR-B", "bénéficiaire"),
    ],
)
def test_classes_are_told_in_several_ways(tmp_path: Path, cell: str, zone: str, label: str) -> None:
    (row,) = read(tmp_path, f"CODGEO;FRR\n62361;{cell}\n").rows
    assert (row.zone_code, row.label) == (zone, label)


def test_lines_of_presentation_may_come_first(tmp_path: Path) -> None:
    zoning = read(tmp_path, "Liste des communes FRR au 1er juillet 2024\n\nCODGEO;LIBGEO;FRR\n62361;Frévent;FRR\n")
    assert zoning.vintage == "1er juillet 2024"
    assert len(zoning.rows) == 1


def test_the_year_may_come_from_the_name_of_the_file(tmp_path: Path) -> None:
    assert read(tmp_path, "CODGEO;FRR\n62361;FRR\n", "communes-FRR-juillet2025.csv").vintage == "2025"
    assert read(tmp_path, "CODGEO;FRR\n62361;FRR\n").vintage == ""


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Lisez-moi"])
    sheet = book.create_sheet("Liste")
    for row in (
        ["Zonage 2025"],
        ["CODGEO", "LIBGEO", "FRR"],
        [1060, "Brénod", "FRR bénéficiaire"],
        ["2A004", "Ajaccio", "NC"],
    ):
        sheet.append(row)
    path = tmp_path / "liste.xlsx"
    book.save(path)
    zoning = read_zoning(path)
    assert zoning.vintage == "2025"
    assert states(zoning) == {"01060": ZoningState.YES, "2A004": ZoningState.NO}


def test_true_and_false_cells_of_a_workbook_are_a_yes_and_a_no(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["CODGEO", "FRR"], ["62361", True], ["62041", False]):
        sheet.append(row)
    path = tmp_path / "liste.xlsx"
    book.save(path)
    assert states(read_zoning(path)) == {"62361": ZoningState.YES, "62041": ZoningState.NO}


@time_machine.travel("2026-11-22", tick=False)  # the same bytes every time
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_workbook_is_read_or_refused_never_a_crash(tmp_path: Path, seed: int) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["CODGEO", "FRR"], ["62361", "FRR"]):
        sheet.append(row)
    path = tmp_path / "liste.xlsx"
    book.save(path)
    damaged, chance = bytearray(path.read_bytes()), Random(seed)
    for _ in range(8):
        damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
    path.write_bytes(damaged)
    with suppress(UserError):
        assert len(read_zoning(path).rows) == 1


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    book = Workbook()
    hidden = book.create_sheet("Cachée")
    hidden.append(["CODGEO", "FRR"])
    hidden.append(["62361", "FRR"])
    hidden.sheet_state = "veryHidden"
    path = tmp_path / "liste.xlsx"
    book.save(path)
    with pytest.raises(UserError, match="n’est pas une liste FRR ou QPV"):
        read_zoning(path)


# Lines that cannot be kept


def test_a_wrong_line_is_left_out_with_its_number_and_reason(tmp_path: Path) -> None:
    lines = ["CODGEO;FRR", "62361;FRR", "ABCDE;FRR", ";FRR", "62041;", "62042;peut-être", "62361;NC", "62361;FRR", ""]
    zoning = read(tmp_path, "\n".join(lines))
    assert [row.commune_code for row in zoning.rows] == ["62361"]
    assert [(refusal.line, refusal.reason) for refusal in zoning.refused] == [
        (3, "code de commune « ABCDE » non reconnu"),
        (4, "code de commune absent"),
        (5, "classement absent"),
        (6, "classement « peut-être » non reconnu"),
        (7, "la commune 62361 a déjà le classement « FRR »"),
    ]


def test_a_wrong_district_code_is_left_out(tmp_path: Path) -> None:
    zoning = read(tmp_path, "code_qp;insee_com\nQN06201M;62041\nZUS12;62041\nQN06202M;62\n")
    assert len(zoning.rows) == 1
    assert [refusal.line for refusal in zoning.refused] == [3, 4]


# Files that are not such a list


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b" \r\n \n", "est vide"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "n’est pas un tableau"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protégé par un mot de passe"),
        (b"PK\x03\x04 torn", "abîmé"),
        (b"\xff\xfe\x00", "ne se lisent pas"),
        (b"Bonjour", "n’est pas une liste FRR ou QPV"),
        (b"CODGEO;LIBGEO\n62361;Frevent\n", "Classement FRR"),
        (b"nom;FRR\nFrevent;FRR\n", "Code_insee"),
        (b"CODGEO;FRR\nxx;FRR\n", r"Aucune ligne .* \(ligne 2 : code de commune"),
        (b'CODGEO;FRR\n62361;"' + b"x" * 200_000, "ne se lit pas"),
    ],
)
def test_another_file_is_refused_in_plain_words(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read(tmp_path, content)


def test_an_absent_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(UserError, match="ne peut pas être lu"):
            read_zoning(path)


def test_a_file_beyond_any_list_is_refused_before_being_read(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(UserError, match="60 Mo"):
        read_zoning(path)


def test_a_list_of_too_many_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="plus de 200000 lignes"):
        read(tmp_path, "CODGEO;FRR\n" + "62361;FRR\n" * 200_001)


def test_a_workbook_with_a_cell_at_the_end_of_the_sheet_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["CODGEO", "FRR"])
    sheet["XFD1048576"] = "x"
    path = tmp_path / "liste.xlsx"
    book.save(path)
    with pytest.raises(UserError, match="très loin"):
        read_zoning(path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("liste.csv", FRR)
    with pytest.raises(UserError, match="pas un classeur"):
        read_zoning(path)


def test_a_workbook_that_swells_once_open_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 201_000_000)
    with pytest.raises(UserError, match="démesuré"):
        read_zoning(path)


# The real ones, where they are at hand


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published lists are not on this computer")
def test_the_whole_published_lists_are_read() -> None:
    frr = read_zoning(PUBLISHED / "zonage_rural.csv")
    assert (frr.kind, frr.vintage, len(frr.rows), frr.refused) == ("FRR", "2025", 34_875, ())
    assert Counter(row.zone_code for row in frr.rows) == {
        "NC": 14_941, "FRR": 13_313, "FRR+": 4_456, "FRR-B": 2_134, "FRR-P": 20, "FRR-BP": 11,
    }  # fmt: skip
    qpv = read_zoning(PUBLISHED / "qpv.csv")
    assert (qpv.kind, qpv.vintage, qpv.refused) == ("QPV", "2024", ())
    assert len({row.zone_code for row in qpv.rows}) == 1_584
