"""A scan of twenty megabytes in the real window: attached, shown, opened elsewhere, locked; nothing of it remains."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from boutique.core.paths import DataFolder
from boutique.models.attachment import Attachment
from boutique.models.case import Case
from boutique.services import attachments
from boutique.storage import backup, restore
from boutique.ui import outside
from boutique.ui.drops import DropVeil
from boutique.ui.views.unlock import UnlockView
from tests.conftest import _FOLDERS
from tests.scenarios.driver import KEY, Driver
from tests.services import papers
from tests.services.test_attachments import spelled


@pytest.fixture
def places(tmp_path: Path, folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every folder that the program or its toolkit may write in, the temporary one last."""
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return [folder.root, *(Path(os.environ[name]) for name in _FOLDERS), scratch]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to other programs."""
    found: list[Path] = []

    def show(path: Path) -> bool:
        found.append(path)
        return True

    monkeypatch.setattr(outside, "show", show)
    return found


def holding(roots: list[Path]) -> list[str]:
    needles = spelled(papers.MARK)
    files = [path for root in roots for path in root.rglob("*") if path.is_file()]
    return [path.name for path in files if any(needle in path.read_bytes() + bytes(path) for needle in needles)]


def drop(driver: Driver, path: Path) -> None:
    """Let a file go over the window."""
    window = driver.start.window
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, content, button, none)
    QApplication.sendEvent(window, enter)
    veil = window.findChild(DropVeil)
    QApplication.sendEvent(veil, enter)
    QApplication.sendEvent(veil, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, content, button, none))
    driver.settle()


def unlock(driver: Driver) -> Any:
    return driver.start.window.stack.current_view()


def test_a_scan_of_twenty_megabytes_lives_and_leaves_no_trace(
    tmp_path: Path, places: list[Path], shown: list[Path], open_window: Callable[[], Driver]
) -> None:
    content = papers.scan(20)
    outside_folder = tmp_path / "clé USB"
    outside_folder.mkdir()
    source = papers.file(outside_folder, "scan.pdf", content)
    driver = open_window()
    case = driver.workspace.read(lambda base: base.scalar(select(Case.id).where(Case.closed_on.is_(None)).limit(1)))
    driver.start.window.show_view("file", case_id=case)
    driver.settle()
    drop(driver, source)
    driver.until("rien à ajouter", lambda: driver.shows("adding-confirm"))  # once it is known not to be a slip
    driver.hit("adding-confirm")
    driver.until("rien n’est joint", lambda: "Document joint" in driver.notice)
    page = driver.start.window.stack.current_view().page("pieces")
    driver.hit("piece-0")
    page.documents.rows[0].activated.emit()
    driver.until("rien ne s’affiche", lambda: bool(page.side.pages))
    assert holding(places) == []

    driver.hit("side-open")
    driver.until("rien ne s’ouvre", lambda: bool(shown))
    (copy,) = shown
    assert copy.read_bytes() == content
    assert holding(places[:-1]) == []
    assert holding(places[-1:]) == [copy.name]
    workspace = driver.workspace
    made: list[backup.Backup] = []
    driver.start.tasks.run(lambda: backup.make(workspace.database, workspace.folder, "essai"), made.append)
    driver.until("la sauvegarde ne se fait pas", lambda: bool(made))

    driver.control(KEY.Key_L)
    driver.until("la base ne se verrouille pas", lambda: isinstance(unlock(driver), UnlockView))
    driver.until("la copie reste", lambda: not copy.exists())
    driver.settle()
    assert holding(places) == []
    unlock(driver).open_button.click()
    driver.until("la base ne se rouvre pas", lambda: driver.view == "today")
    driver.settle()
    driver.close()
    assert holding(places) == []
    assert list(places[-1].iterdir()) == []

    source.unlink()
    restore.restore(workspace.folder, workspace.database.key, made[0])
    again = open_window()
    mine = select(Attachment.id).where(Attachment.name == "scan.pdf", Attachment.case_id == case)
    found = again.workspace.read(lambda base: base.scalars(mine).one())
    assert again.workspace.read(attachments.content, found) == content


def test_what_another_program_changed_is_kept_when_the_base_locks(
    tmp_path: Path, places: list[Path], shown: list[Path], open_window: Callable[[], Driver]
) -> None:
    driver = open_window()
    case = driver.workspace.read(lambda base: base.scalar(select(Case.id).where(Case.closed_on.is_(None)).limit(1)))
    driver.start.window.show_view("file", case_id=case)
    driver.settle()
    drop(driver, papers.file(tmp_path, "devis.pdf", papers.paper()))
    driver.until("rien à ajouter", lambda: driver.shows("adding-confirm"))  # once it is known not to be a slip
    driver.hit("adding-confirm")
    page = driver.start.window.stack.current_view().page("pieces")
    row = next(one for one in page.documents.rows if one.title.text() == "devis.pdf")
    row.activated.emit()
    driver.settle()
    driver.hit("side-open")
    changed = papers.paper(4)
    shown[0].chmod(0o600)
    shown[0].write_bytes(changed)
    driver.control(KEY.Key_L)
    driver.until("la copie reste", lambda: not shown[0].exists())
    driver.close()
    again = open_window()
    mine = select(Attachment.id).where(Attachment.name == "devis.pdf", Attachment.case_id == case)
    kept = again.workspace.read(lambda base: base.scalars(mine).one())
    assert again.workspace.read(attachments.content, kept) == changed


def test_closing_the_window_while_a_document_is_drawn_leaves_no_process(
    tmp_path: Path, places: list[Path], open_window: Callable[[], Driver]
) -> None:
    driver = open_window()
    case = driver.workspace.read(lambda base: base.scalar(select(Case.id).where(Case.closed_on.is_(None)).limit(1)))
    driver.start.window.show_view("file", case_id=case)
    driver.settle()
    drop(driver, papers.file(tmp_path, "long.pdf", papers.paper(2000)))
    driver.until("rien à ajouter", lambda: driver.shows("adding-confirm"))  # once it is known not to be a slip
    driver.hit("adding-confirm")
    page = driver.start.window.stack.current_view().page("pieces")
    page.documents.rows[0].activated.emit()
    driver.until("rien ne se dessine", lambda: page.drawing.busy or bool(page.side.pages))
    driver.close()
