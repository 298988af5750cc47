"""The whole way with the real worker: the base answers later, the focus is where one goes on."""

import uuid
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from boutique.models.case import Interview
from boutique.models.diagnosis import DiagnosisMark
from boutique.models.referral import Referral
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.tasks import Tasks
from boutique.ui.views.file.diagnosis_tab import DiagnosisTab
from boutique.ui.views.file.view import _TABS, FileView
from tests.scripted import ScriptedAsk
from tests.ui.views.file.conftest import typed
from tests.ui.views.file.test_interviews import rows

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def worker() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


class Windows(QObject):
    """Notes every window that opens: a widget shown before it has a parent would flash as one."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    spy = Windows()
    qapp.installEventFilter(spy)
    yield spy
    qapp.removeEventFilter(spy)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_interview_and_referral_by_keyboard_while_the_base_answers_later(
    qtbot: QtBot, worker: Tasks, workspace: Workspace, case_id: uuid.UUID, partners: dict[str, uuid.UUID],
    windows: Windows,
) -> None:  # fmt: skip
    window = MainWindow(worker, Preferences())
    qtbot.addWidget(window)
    desk = Desk(workspace, window, worker, ScriptedAsk(), window)
    crashes: list[str] = []
    worker.crashed.connect(crashes.append)

    def make() -> FileView:
        return FileView(desk)

    def focus_on(name: str) -> None:
        def there() -> None:
            assert worker.idle
            assert focused().objectName() == name

        qtbot.waitUntil(there)

    window.register("file", make)
    window.show()
    qtbot.waitActive(window)
    window.start("file", case_id=case_id)
    view = window.stack.view("file")
    assert isinstance(view, FileView)
    focus_on("answer-q1")

    qtbot.keyClick(focused(), KEY.Key_E, CTRL)
    focus_on("interview-form-summary")
    typed("Le four est trouvé.")
    qtbot.keyClick(focused(), KEY.Key_Return, CTRL)
    focus_on("proposal-box-1")  # the need of the day is what comes next
    qtbot.keyClick(focused(), KEY.Key_Space)
    qtbot.keyClick(focused(), KEY.Key_P, CTRL)
    focus_on("referral-agreement")
    qtbot.keyClick(focused(), KEY.Key_Space)
    qtbot.keyClick(focused(), KEY.Key_P, CTRL)
    qtbot.waitUntil(lambda: view.documents.shown is not None and bool(view.documents.shown.pages))

    preview = view.documents.shown
    assert preview is not None
    qtbot.keyClick(preview, KEY.Key_Escape)
    qtbot.waitUntil(lambda: worker.idle)
    assert [row.summary for row in rows(workspace, Interview)] == ["Le four est trouvé."]
    assert len(rows(workspace, Referral)) == 1
    assert crashes == []
    assert windows.opened == ["MainWindow", "Preview"], " ".join(windows.opened)


def test_a_diagnosis_by_keyboard_while_the_base_answers_later(
    qtbot: QtBot, worker: Tasks, workspace: Workspace, case_id: uuid.UUID, windows: Windows
) -> None:
    window = MainWindow(worker, Preferences())
    qtbot.addWidget(window)
    desk = Desk(workspace, window, worker, ScriptedAsk(), window)

    def make() -> FileView:
        return FileView(desk)

    def focus_in(name: str) -> None:
        def there() -> None:
            assert worker.idle
            here, around = focused(), focused().parentWidget()
            assert name in (here.objectName(), around.objectName() if around is not None else "")

        qtbot.waitUntil(there)

    window.register("file", make)
    window.show()
    qtbot.waitActive(window)
    window.start("file", case_id=case_id, tab="diagnosis")
    view = window.stack.view("file")
    assert isinstance(view, FileView)
    page = view.page("diagnosis")
    assert isinstance(page, DiagnosisTab)
    qtbot.waitUntil(lambda: worker.idle and focused() is page.empty.button)

    qtbot.keyClick(focused(), KEY.Key_Return)
    focus_in("level-PER1")
    typed("4")
    qtbot.keyClick(focused(), KEY.Key_Down)
    typed("2")
    qtbot.keyClick(focused(), KEY.Key_Return, CTRL)
    focus_in("diagnosis-new")
    assert sorted(row.level for row in rows(workspace, DiagnosisMark)) == [2, 4]
    assert not page.empty.isVisible()
    assert windows.opened == ["MainWindow"]


def test_no_part_of_the_file_flashes_as_a_window(view: FileView, windows: Windows) -> None:
    for key, *_ in _TABS:
        view.open_tab(key)
    view._new_interview()
    view._new_diagnosis()
    assert windows.opened == []
