"""`boutique play` leaves pictures, documents and the workbook of a whole appointment, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QImage

from tests.exports.reading import text_of

SCREENS = (
    "aujourdhui", "recherche", "accueil", "dossier-parcours", "entretien", "orientations", "apercu", "dossiers",
    "partenaires", "activite", "reglages", "aide",
)  # fmt: skip
BOTH_THEMES = ("aujourdhui", "accueil", "dossier-parcours", "entretien", "orientations", "dossiers", "activite")
DOCUMENTS = {
    "fiche-accueil": "Vandenbrouke",
    "notice-information": "données",
    "compte-rendu": "boulangerie",
    "orientation": "Vandenbrouke",
    "feuille-de-secours": "secours",
}
SHEETS = {"Lisez-moi", "Synthèse", "Entretiens", "Nouveaux porteurs", "Orientations", "Profil du public", "Contrôles"}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where the demonstration left everything, and its temporary folder."""
    output, left = tmp_path_factory.mktemp("play"), tmp_path_factory.mktemp("left")
    home = tmp_path_factory.mktemp("home")
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "boutique", "play", "--output", str(output)],
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(left)},
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return output, left


def test_one_picture_a_screen_light_and_dark(played: tuple[Path, Path]) -> None:
    found = {path.stem.split("-", 1)[1]: QImage(str(path)) for path in played[0].glob("*.png")}
    assert {*SCREENS, *(f"{name}-sombre" for name in BOTH_THEMES)} <= set(found)
    for name in BOTH_THEMES:
        corner = (found[name].pixelColor(3, 3), found[f"{name}-sombre"].pixelColor(3, 3))
        assert corner[0].lightness() > 128 > corner[1].lightness(), name
    assert all(picture.width() > 600 and picture.height() > 400 for picture in found.values())


@pytest.mark.parametrize(("name", "word"), DOCUMENTS.items())
def test_each_document_can_be_read(played: tuple[Path, Path], name: str, word: str) -> None:
    (path,) = played[0].glob(f"{name}*.pdf")
    assert word.lower() in text_of(path.read_bytes()).lower()


def test_the_workbook_of_the_month_opens(played: tuple[Path, Path]) -> None:
    (path,) = played[0].glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    assert set(book.sheetnames) >= SHEETS
    assert book["Entretiens"].max_row > 1


def test_nothing_stays_in_the_temporary_folder(played: tuple[Path, Path]) -> None:
    assert list(played[1].iterdir()) == []
