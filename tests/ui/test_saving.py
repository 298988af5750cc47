"""Files that leave, one way for all: where, under which name, what is told, and how one gets to them."""

from pathlib import Path

import pytest

import boutique
from boutique.services.documents import Document
from boutique.ui import outside
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.saving import ERASE_AFTER, FileSaving, at_once
from boutique.ui.widgets.button import Button
from tests.scripted import ScriptedAsk

_SHEET = Document("O-2026-0391.pdf", "Fiche d’orientation", b"%PDF")


def _press(window: MainWindow, words: str) -> None:
    next(one for one in window.notices.findChildren(Button) if one.label() == words and one.isVisible()).click()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    opened: list[Path] = []

    def show(path: Path) -> bool:
        opened.append(path)
        return path.suffix != ".xlsx"

    monkeypatch.setattr(outside, "show", show)
    return opened


def test_a_finished_document_is_written_and_leads_to_itself(
    desk: Desk, window: MainWindow, answers: ScriptedAsk, shown: list[Path], tmp_path: Path
) -> None:
    window.show()
    noted: list[str] = []
    answers.plan(tmp_path / "fiche")
    FileSaving(desk, window).offer(_SHEET, written=lambda: noted.append("export"))
    assert answers.asked == ["Fiche d’orientation | O-2026-0391.pdf"]
    assert (tmp_path / "fiche.pdf").read_bytes() == b"%PDF"
    assert noted == ["export"]
    assert window.notices.text() == "Enregistré : fiche.pdf"
    _press(window, "Ouvrir")
    assert shown == [tmp_path / "fiche.pdf"]


def test_the_folder_opens_and_a_file_nobody_reads_says_so(
    desk: Desk, window: MainWindow, answers: ScriptedAsk, shown: list[Path], tmp_path: Path
) -> None:
    window.show()
    saving = FileSaving(desk, window)
    answers.plan(tmp_path / "liste.xlsx")
    saving.save("Liste", 'liste: "juin"/2026.xlsx', at_once(lambda: b"PK"), advice=ERASE_AFTER)
    assert answers.asked == ["Liste | 2026.xlsx"]  # no name can lead elsewhere than where one looks
    assert window.notices.text() == f"Enregistré : liste.xlsx. {ERASE_AFTER}"
    _press(window, "Ouvrir le dossier")
    assert shown == [tmp_path]
    saving.tell(tmp_path / "liste.xlsx")
    _press(window, "Ouvrir")
    assert "ouvrez-le depuis son dossier" in window.notices.text()


def test_giving_up_writes_nothing(desk: Desk, window: MainWindow, answers: ScriptedAsk, tmp_path: Path) -> None:
    answers.plan(None, None)
    saving = FileSaving(desk, window)
    saving.offer(_SHEET)
    saving.save("Liste", "liste.xlsx", at_once(lambda: pytest.fail("made for nobody")))
    assert window.notices.text() == ""
    assert not list(tmp_path.glob("*.pdf"))


def test_there_is_no_other_way() -> None:
    """Only what is shown before a base is open asks by itself."""
    root = Path(boutique.__file__).parent / "ui"
    asking = {path.name for path in root.rglob("*.py") if ".save_file(" in path.read_text("utf-8")}
    assert asking == {"saving.py", "welcome.py"}
