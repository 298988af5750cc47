"""The Documents tab: ways in, warnings, preview, bin, copies for other programs, the checklist of pieces."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.models.attachment import Attachment, AttachmentContent, PieceProgress
from boutique.models.choices import PieceState
from boutique.models.trace import Access
from boutique.services import attachments, pieces
from boutique.services.attaching import Source
from boutique.services.workspace import Workspace
from boutique.ui import outside
from boutique.ui.drops import DropVeil, sources
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.pieces_tab import PiecesTab
from boutique.ui.views.file.view import FileView
from tests.scripted import ScriptedAsk
from tests.services import papers
from tests.ui.views.file.test_interviews import rows

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(view: FileView) -> PiecesTab:
    view.open_tab("pieces")
    found = view.page("pieces")
    assert isinstance(found, PiecesTab)
    return found


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to other programs."""
    found: list[Path] = []

    def show(path: Path) -> bool:
        found.append(path)
        return True

    monkeypatch.setattr(outside, "show", show)
    return found


def bring(page: PiecesTab, *paths: Path) -> None:
    page.bring([Source(path.name, path) for path in paths])


def attach(page: PiecesTab, *paths: Path) -> None:
    bring(page, *paths)
    page.adding.submit()


def notice(window: MainWindow) -> str:
    return window.notices.text()


def test_an_empty_tab_offers_to_add_and_the_chosen_files_are_kept(
    page: PiecesTab, workspace: Workspace, answers: ScriptedAsk, find: Callable[[str], Any], tmp_path: Path,
    window: MainWindow, view: FileView,
) -> None:  # fmt: skip
    one, two = (papers.file(tmp_path, f"{name}.pdf", papers.paper(1, name)) for name in ("Devis four", "CV"))
    answers.plan([one, two])
    find("pieces-first").click()
    assert page.adding.button.text() == "Joindre 2 documents"
    find("adding-0-name").setText("Devis du four à pain")
    find("adding-confirm").click()
    assert notice(window) == "2 documents joints."
    assert {(row.name, row.kind_code) for row in rows(workspace, Attachment)} == {
        ("Devis du four à pain.pdf", "DEVIS"), ("CV.pdf", "CV"),
    }  # fmt: skip
    assert "Documents · 2" in [view.tabs.tabText(rank) for rank in range(view.tabs.count())]
    view.desk.undo()
    assert rows(workspace, Attachment) == []


def test_files_dropped_anywhere_on_the_window_go_to_the_documents(
    view: FileView, window: MainWindow, tmp_path: Path
) -> None:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(papers.file(tmp_path, "Bail.pdf", papers.paper())))])
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    (veil,) = window.findChildren(DropVeil)
    assert veil.isVisible()
    assert veil.size() == window.size()
    QApplication.sendEvent(veil, enter)  # from here on the pointer is over it
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(veil, drop)
    assert not veil.isVisible()
    assert view.tabs.current() == "pieces"
    page = view.page("pieces")
    assert isinstance(page, PiecesTab)
    assert page.adding.isVisible()


def test_text_dragged_over_the_window_is_no_document(window: MainWindow, view: FileView) -> None:
    content = QMimeData()
    content.setText("bonjour")
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, enter)
    assert window.findChildren(DropVeil) == []


def test_a_pasted_picture_asks_for_its_name(
    qtbot: QtBot, page: PiecesTab, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_V, CTRL)
    name = find("adding-0-name")
    assert name.hasFocus()
    assert name.selectedText() == "Image collée le 24-11-2026"
    name.setText("Plan du local")
    qtbot.keyClick(name, KEY.Key_Return)
    (row,) = rows(workspace, Attachment)
    assert (row.name, row.media_type) == ("Plan du local.png", "image/png")


def test_a_pasted_pdf_keeps_its_bytes_and_text_is_no_document(
    page: PiecesTab, window: MainWindow, workspace: Workspace
) -> None:
    content = QMimeData()
    content.setData("application/pdf", QByteArray(papers.paper()))
    (found,) = sources(content)
    assert found.content == bytes(content.data("application/pdf").data())
    assert found.name.endswith(".pdf")
    QGuiApplication.clipboard().setText("rien à joindre")
    page._paste()
    assert not page.adding.isVisible()


def test_refusals_and_warnings_are_shown_and_a_doubtful_one_waits_for_its_box(
    page: PiecesTab, workspace: Workspace, find: Callable[[str], Any], tmp_path: Path
) -> None:
    bring(
        page,
        papers.file(tmp_path, "virus.exe", b"MZ" + bytes(300)),
        papers.file(tmp_path, "coupée.jpg", papers.picture()[:9000]),
        papers.file(tmp_path, "Passeport.pdf", papers.paper()),
    )
    assert not find("adding-1-wanted").isChecked()
    assert not find("adding-2-wanted").isChecked()
    find("adding-confirm").click()
    assert "Cochez" in page.adding.error.text()
    find("adding-1-wanted").click()
    find("adding-confirm").click()
    (row,) = rows(workspace, Attachment)
    assert row.name == "coupée.jpg"


def test_a_photo_loses_its_place_unless_told_otherwise(
    page: PiecesTab, workspace: Workspace, find: Callable[[str], Any], tmp_path: Path
) -> None:
    photo = papers.file(tmp_path, "IMG_1.jpg", papers.photo_with_place())
    bring(page, photo)
    assert find("adding-0-bare").isChecked()
    find("adding-0-bare").click()
    page.adding.submit()
    (row,) = rows(workspace, Attachment)
    assert workspace.read(attachments.content, row.id) == photo.read_bytes()


def test_a_document_is_shown_beside_the_list_and_its_opening_noted(
    qtbot: QtBot, page: PiecesTab, workspace: Workspace, find: Callable[[str], Any], tmp_path: Path
) -> None:
    attach(page, papers.file(tmp_path, "Devis.pdf", papers.paper(3)))
    find("piece-0").activated.emit()
    qtbot.waitUntil(lambda: bool(page.side.pages))
    assert len(page.side.pages) == 3
    assert page.side.pages[0].accessibleName() == "Devis.pdf, page 1 sur 3"
    assert [row.what for row in rows(workspace, Access) if row.verb == "view"] == ["Devis.pdf"]
    assert page.go_back()
    assert not page.side.isVisible()


def test_a_text_is_shown_as_text_and_a_broken_picture_as_a_sentence(
    qtbot: QtBot, page: PiecesTab, find: Callable[[str], Any], tmp_path: Path
) -> None:
    attach(page, papers.file(tmp_path, "notes.txt", "Loyer : 380 €\n<b>non gras</b>".encode()))
    find("piece-0").activated.emit()
    assert page.side.text.text() == "Loyer : 380 €\n<b>non gras</b>"
    bring(page, papers.file(tmp_path, "coupée.png", papers.picture("PNG")[:5000]))
    find("adding-0-wanted").click()
    page.adding.submit()
    broken = next(row for row in page.documents.rows if row.title.text() == "coupée.png")
    broken.activated.emit()
    qtbot.waitUntil(lambda: "abîmé" in page.side.state.text())
    assert page.side.pages == []


def test_a_flood_of_pixels_is_told_and_the_window_answers(qtbot: QtBot, page: PiecesTab, tmp_path: Path) -> None:
    bring(page, papers.file(tmp_path, "énorme.png", papers.flood()))
    assert "trop grande" in page.adding._lines[0].warning.text()


def test_a_paper_without_end_shows_its_first_pages(
    qtbot: QtBot, page: PiecesTab, find: Callable[[str], Any], tmp_path: Path
) -> None:
    attach(page, papers.file(tmp_path, "sans fin.pdf", papers.endless()))
    find("piece-0").activated.emit()
    qtbot.waitUntil(lambda: bool(page.side.pages), timeout=20_000)
    assert len(page.side.pages) == 8
    assert page.side.state.text().startswith("8 pages sur 100")


def test_a_process_that_dies_is_told(qtbot: QtBot, page: PiecesTab, find: Callable[[str], Any], tmp_path: Path) -> None:
    attach(page, papers.file(tmp_path, "a.pdf", papers.paper()))
    find("piece-0").activated.emit()
    process = page.drawing._process
    assert process is not None
    process.kill()
    qtbot.waitUntil(lambda: "programme habituel" in page.side.state.text(), timeout=20_000)


def test_name_kind_and_links_are_changed_and_the_extension_stays(
    page: PiecesTab, workspace: Workspace, find: Callable[[str], Any], tmp_path: Path
) -> None:
    attach(page, papers.file(tmp_path, "scan.pdf", papers.paper()))
    find("piece-0").activated.emit()
    find("side-edit").click()
    find("describe-name").setText("Devis signé.exe")
    find("describe-kind").write("DEVIS")
    find("describe-step").write("IMM2")
    find("describe-piece").write("DEVIS")
    find("describe-save").click()
    (row,) = rows(workspace, Attachment)
    assert (row.name, row.kind_code, row.step_code, row.piece_code) == ("Devis signé.pdf", "DEVIS", "IMM2", "DEVIS")


def test_the_bin_gives_back_and_erases_for_good(
    page: PiecesTab, workspace: Workspace, answers: ScriptedAsk, find: Callable[[str], Any], tmp_path: Path,
    window: MainWindow,
) -> None:  # fmt: skip
    attach(page, papers.file(tmp_path, "a.pdf", papers.paper()))
    find("piece-0").activated.emit()
    find("side-delete").click()
    assert "30 jours dans la corbeille" in notice(window)
    assert not page.side.isVisible()
    find("pieces-bin").click()
    find("thrown-0-restore").click()
    assert [line.name for line in page._shelf.lines] == ["a.pdf"]  # type: ignore[union-attr]
    page._do("delete", page._shelf.lines[0].id)  # type: ignore[union-attr]
    find("pieces-bin").click()
    answers.plan(False)
    find("thrown-0-erase").click()
    assert len(rows(workspace, AttachmentContent)) == 1
    answers.plan(True)
    find("thrown-0-erase").click()
    assert rows(workspace, AttachmentContent) == []


def test_a_copy_goes_to_the_usual_program_and_its_changes_come_back(
    page: PiecesTab, workspace: Workspace, find: Callable[[str], Any], tmp_path: Path, window: MainWindow,
    shown: list[Path],
) -> None:  # fmt: skip
    attach(page, papers.file(tmp_path, "CV de Zoé.pdf", papers.paper()))
    find("piece-0").activated.emit()
    find("side-open").click()
    (copy,) = shown
    assert "Zo" not in str(copy)
    assert "lecture seule" in notice(window)
    assert page.side.copy_told.isVisible()
    copy.chmod(0o600)
    copy.write_bytes(papers.paper(2))
    page._look_at_copies(Qt.ApplicationState.ApplicationActive)
    assert "modifié dans l’autre programme" in notice(window)
    find_notice = window.notices._buttons[0][0]
    find_notice.click()
    (row,) = rows(workspace, Attachment)
    assert len(PdfReader(io.BytesIO(workspace.read(attachments.content, row.id))).pages) == 2
    assert not copy.exists()
    find("side-open").click()
    find("side-forget").click()
    assert not shown[-1].exists()


def test_a_type_that_no_program_opens_is_told_and_leaves_no_copy(
    page: PiecesTab, workspace: Workspace, find: Callable[[str], Any], tmp_path: Path, window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def refuses(_path: Path) -> bool:
        return False

    monkeypatch.setattr(outside, "show", refuses)
    attach(page, papers.file(tmp_path, "a.pdf", papers.paper()))
    page._do("open", page._shelf.lines[0].id)  # type: ignore[union-attr]
    assert "Aucun programme" in notice(window)
    assert workspace.copies.count == 0


def test_macros_are_asked_about_before_opening(
    page: PiecesTab, answers: ScriptedAsk, tmp_path: Path, shown: list[Path]
) -> None:
    attach(page, papers.file(tmp_path, "a.docx", papers.word(macros=True)))
    answers.plan(False)
    page._do("open", page._shelf.lines[0].id)  # type: ignore[union-attr]
    assert shown == []


def test_a_copy_outside_is_proposed_under_a_name_of_nobody(
    page: PiecesTab, answers: ScriptedAsk, tmp_path: Path, window: MainWindow, workspace: Workspace
) -> None:
    attach(page, papers.file(tmp_path, "CV Éloïse Vandenbroucke.pdf", papers.paper()))
    answers.plan(tmp_path / "sortie.pdf")
    page._do("save", page._shelf.lines[0].id)  # type: ignore[union-attr]
    assert (tmp_path / "sortie.pdf").exists()
    assert "2026-0001-CV.pdf" in answers.asked[-1]
    assert "export" in {row.verb for row in rows(workspace, Access)}


def test_the_checklist_notes_what_was_seen_and_what_is_attached(
    page: PiecesTab, workspace: Workspace, answers: ScriptedAsk, find: Callable[[str], Any], tmp_path: Path,
    case_id: uuid.UUID,
) -> None:  # fmt: skip
    assert "0 sur" in page.checklist.count.text()
    line = next(one for one in _lines(page) if one.code == "IDENTITE_VUE")
    menu = page.checklist.menu(line)
    assert [entry.text() for entry in menu.actions()] == ["À demander", "Vue, non copiée", "Sans objet"]
    menu.actions()[1].trigger()
    menu.deleteLater()
    (row,) = rows(workspace, PieceProgress)
    assert (row.piece_code, row.state) == ("IDENTITE_VUE", PieceState.SEEN)
    answers.plan([papers.file(tmp_path, "x.pdf", papers.paper())])
    rank = [one.code for one in _lines(page)].index("CONTRAT")
    find(f"asked-{rank}-attach").click()
    page.adding.submit()
    assert rows(workspace, Attachment)[0].piece_code == "CONTRAT"
    assert page.checklist.count.text().startswith("2 sur")
    page.checklist.scope.write("all")
    assert len(page.checklist.rows) > 10
    page.checklist.scope.write("MICROCREDIT_ADIE")
    assert 2 <= len(page.checklist.rows) < 8


def _lines(page: PiecesTab) -> Any:
    return page.desk.workspace.read(pieces.checklist, page.case_id).lines
