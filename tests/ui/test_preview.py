"""The preview: pages drawn as the PDF is, printed at the printer's fineness, closed by Escape."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from boutique.services.papers import intake as intake_papers
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.pdf_pages import draw_all, draw_pages
from boutique.ui.preview import Preview
from tests.exports.reading import reader
from tests.scripted import ScriptedAsk


@pytest.fixture
def shown(desk: Desk, workspace: Workspace) -> Preview:
    notice = workspace.read(intake_papers.notice)
    return Preview.open_documents(desk, notice, notice)


def test_every_page_of_every_document_shows(shown: Preview) -> None:
    pages = sum(len(reader(document.content).pages) for document in shown.documents)
    assert len(shown.pages) == pages
    assert shown.windowTitle() == "2 documents"
    assert shown.count.text() == f"{pages} pages"


def test_pages_are_drawn_sharp_and_on_white(shown: Preview) -> None:
    (first, *_) = draw_pages(shown.documents[0].content, 2.0)
    assert (first.width(), first.height()) == (1191, 1684)
    assert first.pixelColor(2, 2).name() == "#ffffff"
    inks = {first.pixelColor(x, y).lightness() for x in range(100, 700, 3) for y in range(100, 400, 3)}
    assert min(inks) < 100


def test_printing_sends_one_sheet_a_page(shown: Preview, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "imprimé.pdf"))
    images = draw_all(tuple(document.content for document in shown.documents), 1.0)
    shown._print_on(printer, images)
    assert len(reader((tmp_path / "imprimé.pdf").read_bytes()).pages) == len(images)


def test_saving_writes_each_document_where_asked(shown: Preview, answers: ScriptedAsk, tmp_path: Path) -> None:
    answers.plan(tmp_path / "un.pdf", None)
    shown.save_document()
    assert (tmp_path / "un.pdf").read_bytes() == shown.documents[0].content
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["un.pdf"]


def test_escape_closes(qtbot: QtBot, shown: Preview) -> None:
    with qtbot.waitSignal(shown.finished):
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
