"""Meetings with partners, in the window: noted from a sheet in a few keys, listed, ticked."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.models.outreach import PartnerMeeting
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.meetings import MeetingsView
from boutique.ui.views.partner import PartnerView
from boutique.ui.widgets.check_box import CheckBox
from tests.services.filling import add_partner
from tests.ui.views.file.test_interviews import rows

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow, desk: Desk) -> MainWindow:
    def sheet() -> PartnerView:
        return PartnerView(desk)

    def listing() -> MeetingsView:
        return MeetingsView(desk)

    window.register("partner", sheet)
    window.register("meetings", listing)
    window.resize(1366, 768)
    window.start("meetings")
    window.show()
    qtbot.waitActive(window)
    return window


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QApplication.processEvents()
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def test_a_meeting_is_noted_from_the_sheet_in_a_few_keys(qtbot: QtBot, shown: MainWindow, workspace: Workspace) -> None:
    partner = add_partner(workspace, "Adie du Ternois", "ADIE")
    shown.show_view("partner", partner_id=partner)
    press(qtbot, KEY.Key_R, ALT)
    qtbot.keyClicks(QApplication.focusWidget(), "Point trimestriel")
    press(qtbot, KEY.Key_Return, CTRL)
    (saved,) = rows(workspace, PartnerMeeting)
    assert (saved.partner_id, saved.topic, saved.met_on) == (partner, "Point trimestriel", date(2026, 11, 24))
    assert saved.counsellor_id == workspace.counsellor_id
    view = shown.stack.current_view()
    assert isinstance(view, PartnerView)
    assert "Point trimestriel" in view.panel.meetings.rows[0].title.text()
    assert not view.panel.meetings.editing


def test_a_meeting_begins_with_its_partner_and_what_follows_is_ticked_in_the_list(
    qtbot: QtBot, shown: MainWindow, workspace: Workspace
) -> None:
    view = shown.stack.current_view()
    assert isinstance(view, MeetingsView)
    assert view.nothing.isVisible()
    add_partner(workspace, "Adie du Ternois", "ADIE")
    press(qtbot, KEY.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "adie")
    press(qtbot, KEY.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert view.name.text() == "Adie du Ternois"
    press(qtbot, KEY.Key_Return, CTRL)
    assert view.form.form.field("partner_meeting.topic").error()
    view.form.form.write("partner_meeting.topic", "Convention")
    view.form.form.write("partner_meeting.follow_up", "Relire le projet")
    view.form.form.write("partner_meeting.follow_up_on", "20/11/2026")
    press(qtbot, KEY.Key_Return, CTRL)
    (row,) = view.rows
    assert "Adie du Ternois" in row.title.text()
    box = row.findChild(CheckBox)
    assert box is not None
    box.click()
    assert rows(workspace, PartnerMeeting)[0].follow_up_done_on == date(2026, 11, 24)
    view.to_follow.setChecked(True)
    assert view.rows == []
