"""Whatever is typed or pasted comes back as text: on screen, in the history, on paper, in the workbooks."""

import io
import uuid
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as TextQt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.text import clean
from boutique.models.person import Person
from boutique.services import activity, base_key, history
from boutique.services.papers import intake as intake_papers
from boutique.ui.widgets.tips import plain_tip
from tests.scenarios.situations import Desktop, Launch, MadeBase, launcher, make_base
from tests.scripted import ScriptedAsk
from tests.services.filling import pdf

FORMULA, MARKUP = "=cmd|'/C calc'!A0", "<img src=x onerror=alert(1)>"
NAMES = [
    (FORMULA, "+SUM(1+1)"),
    (MARKUP, "<b>Gras</b> & fils"),
    ("שלום עולם", "\u202erenversé\u202c"),
    ("👩‍👩‍👧‍👦 Zoé", "🇫🇷 É\u0301tienne"),
    ("Nul\x00caché\x07", "Tab\tet\nligne"),
    ("Ab" * 100, "@" + "É" * 199),
]
MEGABYTE = "Zorglub " * 131_072


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> MadeBase:
    return make_base(tmp_path_factory.mktemp("kept") / "base")


@pytest.fixture
def desktop(
    qtbot: QtBot, qapp: QApplication, kept: MadeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desktop]:
    monkeypatch.setattr(base_key, "system_keychain", lambda: kept.keychain)
    with launcher(qtbot, qapp) as launch:
        yield _opened(launch, kept, tmp_path)


def _opened(launch: Launch, kept: MadeBase, tmp_path: Path) -> Desktop:
    made = launch(kept.copy(tmp_path / "base"))
    made.until(lambda: made.name == "today")
    made.settle()
    return made


def last_person(session: Session) -> tuple[str, str, uuid.UUID]:
    row = session.scalars(select(Person).order_by(Person.created_at.desc()).limit(1)).one()
    return row.first_name, row.last_name, row.id


def texts_of(content: bytes) -> tuple[set[str], set[str]]:
    """Texts of a workbook, and the types of the cells that hold them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    return {str(cell.value) for cell in cells}, {str(cell.value) for cell in cells if cell.data_type == "f"}


def nothing_reads_as_markup(root: QWidget) -> None:
    """Labels are plain text; a tooltip that carries data shows it as it is."""
    for label in root.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not TextQt.mightBeRichText(label.text()), label.text()
    for widget in root.findChildren(QWidget):
        tip = widget.toolTip()
        assert not TextQt.mightBeRichText(tip) or tip.startswith("<qt>"), tip
        assert "<img" not in tip


@pytest.mark.parametrize(("first", "last"), NAMES, ids=["formula", "markup", "rtl", "emoji", "control", "long"])
def test_names_come_back_as_text_from_everywhere(first: str, last: str, desktop: Desktop) -> None:
    desktop.control(Qt.Key.Key_N)
    desktop.paste("holder.first_name", first)
    desktop.paste("holder.last_name", last)
    desktop.paste("project.summary", f"{MARKUP} {FORMULA}")
    desktop.control(Qt.Key.Key_Return)
    desktop.until(lambda: desktop.name == "file")
    desktop.settle()
    workspace = desktop.start.session.workday.desk.workspace
    stored_first, stored_last, _person = workspace.read(last_person)
    assert (stored_first, stored_last) == (clean(first), clean(last))
    assert stored_first in desktop.words()
    case = desktop.view.case_id  # type: ignore[attr-defined]
    for tab in range(1, 8):
        desktop.control(Qt.Key(Qt.Key.Key_0.value + tab))
        nothing_reads_as_markup(desktop.start.frame)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F8):
        desktop.press(key)
        nothing_reads_as_markup(desktop.start.frame)
    told = pdf(workspace.read(intake_papers.intake_sheet, case))
    if stored_first.isascii():
        assert "".join(stored_first.split()) in "".join(told.split())
    assert workspace.read(history.of_case, case)
    follow_up, formulas = texts_of(workspace.read(activity.follow_up, nominative=True))
    assert any(stored_last in text for text in follow_up)
    assert not [text for text in formulas if stored_first in text or stored_last in text]
    _texts, formulas = texts_of(workspace.read(activity.workbook, today()))
    assert not [text for text in formulas if stored_first in text or "calc" in text]


def test_tooltips_show_data_as_it_is(qapp: QApplication) -> None:
    assert plain_tip("L’atelier d'Anne & fils") == "L’atelier d'Anne & fils"
    assert plain_tip("<b>x</b>\ny") == "<qt>&lt;b&gt;x&lt;/b&gt;<br>y</qt>"
    assert len(plain_tip("x" * 1_000_000)) < 2_000


def editors(root: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    lines: list[QLineEdit] = root.findChildren(QLineEdit)
    texts: list[QPlainTextEdit] = root.findChildren(QPlainTextEdit)
    found: list[QLineEdit | QPlainTextEdit] = [*lines, *texts]
    return [one for one in found if one.isVisible() and one.isEnabled() and not one.isReadOnly()]


def content(editor: QLineEdit | QPlainTextEdit) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def paste_everywhere(desktop: Desktop, screen: str) -> None:
    """A megabyte in each field: taken whole, refused, or (a search) visibly short; the window lives on."""
    for editor in editors(desktop.view):
        before = content(editor)
        QApplication.clipboard().setText(MEGABYTE)
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        desktop.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        after = content(editor)
        name = f"{screen}: {editor.objectName() or editor.accessibleName() or editor.placeholderText()}"
        assert after == before or len(after) >= len(MEGABYTE) - 1 or len(after) <= 500, name
        editor.clear()
    QApplication.clipboard().clear()
    desktop.settle()


def test_a_megabyte_pasted_in_any_field_is_never_cut_in_silence(desktop: Desktop) -> None:
    asked = ScriptedAsk()
    desktop.start.session.workday.desk.ask = asked
    desktop.control(Qt.Key.Key_N)
    paste_everywhere(desktop, "intake")
    desktop.paste("holder.first_name", "Zoé")
    desktop.paste("holder.last_name", "Fictive")
    desktop.control(Qt.Key.Key_Return)
    desktop.until(lambda: desktop.name == "file")
    for tab in range(1, 8):
        desktop.control(Qt.Key(Qt.Key.Key_0.value + tab))
        paste_everywhere(desktop, f"file {tab}")
    desktop.control(Qt.Key.Key_E)
    paste_everywhere(desktop, "interview")
    desktop.control(Qt.Key.Key_F)
    desktop.window.top.search.write(MEGABYTE)
    desktop.settle()
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F9):
        desktop.press(key)
        paste_everywhere(desktop, key.name)
