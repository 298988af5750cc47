"""Files of partners and of zoning that no spreadsheet would own: a sentence, nothing changed, the window lives on."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.models.referral import Partner
from boutique.services import base_key, zoning
from boutique.ui.views.partner_import import PartnerImportView
from boutique.ui.widgets.button import Button
from tests.scenarios.situations import Desktop, MadeBase, launcher, make_base
from tests.scripted import ScriptedAsk


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> MadeBase:
    return make_base(tmp_path_factory.mktemp("kept") / "base")


@pytest.fixture
def desktop(
    qtbot: QtBot, qapp: QApplication, kept: MadeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desktop]:
    monkeypatch.setattr(base_key, "system_keychain", lambda: kept.keychain)
    with launcher(qtbot, qapp) as launch:
        made = launch(kept.copy(tmp_path / "base"))
        made.until(lambda: made.name == "today")
        made.settle()
        yield made


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 4000)


def empty(path: Path) -> None:
    path.touch()


def bomb(path: Path) -> None:
    """300 MB of zeros in a small file that calls itself a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b"\x00" * 1_000_000)


def wide(path: Path) -> None:
    path.write_text(";".join(["nom"] * 1_000_000) + "\n", "utf-8")


def wrong_bytes(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00\xd8" * 500)


def false_workbook(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 500)


def markup(path: Path) -> None:
    path.write_text("<html><body><script>alert(1)</script></body></html>", "utf-8")


def a_folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    """Gone between the dialog and the reading."""


FILES: list[Callable[[Path], None]] = [
    binary, empty, bomb, wide, wrong_bytes, false_workbook, markup, a_folder, nothing,
]  # fmt: skip


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Partner)) or 0


def import_button(desktop: Desktop, words: str) -> Button:
    found = [one for one in desktop.view.findChildren(Button) if words in one.label() and one.isVisible()]
    assert found, desktop.words()
    return found[0]


def told_by(desktop: Desktop) -> str:
    """What is said of a file: beside the list that was to be imported, or in the strip."""
    view = desktop.view
    said = view.trouble if isinstance(view, PartnerImportView) else desktop.window.notices
    return said.text() if said.isVisible() else ""


def test_files_that_are_no_lists_are_refused_in_a_sentence(desktop: Desktop, tmp_path: Path) -> None:
    desk = desktop.start.session.workday.desk
    workspace = desk.workspace
    before = workspace.read(count), workspace.read(zoning.imported)
    for key, words in ((Qt.Key.Key_F7, "Importer"), (Qt.Key.Key_F9, "Importer une liste")):
        for make in FILES:
            desktop.press(key)
            if key is Qt.Key.Key_F9:
                desktop.window.commands.run("settings.reference")
                desktop.settle()
            path = tmp_path / f"{make.__name__}-{key.name}.xlsx"
            make(path)
            desk.ask = ScriptedAsk()
            desk.ask.plan(path)
            desktop.window.notices.dismiss()
            desktop.click(import_button(desktop, words))
            told = told_by(desktop)
            assert told.endswith("."), (make.__name__, told)
            assert "défaut du logiciel" not in told, make.__name__
            assert (workspace.read(count), workspace.read(zoning.imported)) == before
    desktop.press(Qt.Key.Key_F3)
    assert desktop.name == "files"
