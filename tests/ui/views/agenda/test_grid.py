"""The grid of hours under the hand: with the mouse, with the keyboard only, with what a screen reader says."""

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from boutique.models.choices import AppointmentStatus
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.agenda import AgendaView
from boutique.ui.views.agenda.geometry import Frame, Piece, in_lanes, pieces
from tests.ui.views.agenda.conftest import MONDAY, TODAY, Books, at, slots

CTRL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton


def keys(view: AgendaView, *pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in pressed:
        QTest.keyClick(view.hours, key, held)


def point(view: AgendaView, day: int, hour: float) -> QPoint:
    """The middle of a column, at an hour."""
    frame = view.hours.frame()
    return QPoint(round(frame.left(day) + frame.column / 2), round(frame.top(round(hour * 60))) + 2)


def drag(view: AgendaView, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view.hours, LEFT, pos=start)
    steps = 4
    for step in range(1, steps + 1):
        QTest.mouseMove(view.hours, start + (end - start) * step / steps)
        QApplication.processEvents()
    QTest.mouseRelease(view.hours, LEFT, pos=end)


def test_an_appointment_is_made_with_the_keyboard_alone(view: AgendaView, workspace: Workspace) -> None:
    view.hours.setFocus()
    assert view.hours.moment() == at(9)  # today, in the morning
    keys(view, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert view.panel.isVisible()
    assert (view.panel.day.text(), view.panel.hour.text()) == ("25/11/2026", "10:00")
    view.panel.title.setText("Point avec la mairie")
    QTest.keyClick(view.panel.title, Qt.Key.Key_Return, CTRL)
    (slot,) = slots(workspace)
    assert (slot.title, slot.starts_at, slot.minutes) == ("Point avec la mairie", at(10, day=date(2026, 11, 25)), 60)
    assert view.hours.hasFocus()
    assert view.hours.slot() is not None


def test_the_file_is_found_as_the_universal_search_finds_it(
    view: AgendaView, workspace: Workspace, saved: object
) -> None:
    view.new()
    QTest.keyClicks(view.panel.file, "marti")
    proposals = view.panel.file.proposals.popup()
    assert proposals is not None
    QTest.keyClick(proposals, Qt.Key.Key_Return)
    assert view.panel.file.text().startswith("Zoé Martin · 2026-")
    view.save()
    (slot,) = slots(workspace)
    assert slot.name == "Zoé Martin"


def test_keys_move_stretch_and_cancel_and_undo_puts_back(view: AgendaView, workspace: Workspace, book: Books) -> None:
    made = book(9)
    view.enter()
    view.hours.setFocus()
    view.hours.go(TODAY, 9 * 60)
    keys(view, Qt.Key.Key_Right, Qt.Key.Key_Down, held=CTRL)
    (slot,) = slots(workspace)
    assert slot.starts_at == at(9, 15, date(2026, 11, 25))
    assert view.hours.selected == made  # still in hand
    QTest.keyClicks(view.hours, "++-")
    assert slots(workspace)[0].minutes == 75
    keys(view, Qt.Key.Key_Delete)
    assert slots(workspace)[0].status is AppointmentStatus.CANCELLED
    for _ in range(6):
        view.desk.undo()
        if slots(workspace)[0].starts_at == at(9):
            break
    assert (slots(workspace)[0].starts_at, slots(workspace)[0].minutes) == (at(9), 60)
    assert slots(workspace)[0].status is AppointmentStatus.PLANNED


def test_arrows_over_the_edge_turn_the_page(view: AgendaView) -> None:
    view.hours.setFocus()
    view.hours.go(MONDAY)
    keys(view, Qt.Key.Key_Left)
    assert view.bar.first == MONDAY - timedelta(7)
    assert view.hours.moment().date() == MONDAY - timedelta(1)
    keys(view, Qt.Key.Key_Right)
    assert view.hours.moment().date() == MONDAY
    keys(view, Qt.Key.Key_PageDown)
    assert view.bar.first == MONDAY + timedelta(7)


def test_a_screen_reader_is_told_where_one_is(view: AgendaView, book: Books) -> None:
    book(10, title="Bilan")
    view.enter()
    view.hours.setFocus()
    view.hours.go(TODAY, 9 * 60)
    assert view.hours.accessibleName() == "Agenda : mardi 24 novembre 2026, 09:00, libre"
    keys(view, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert view.hours.accessibleName().startswith("Agenda : mardi 24 novembre 2026, 10:00 – 11:00, Bilan")


def test_a_drawn_slot_becomes_an_appointment_of_that_length(view: AgendaView, workspace: Workspace) -> None:
    drag(view, point(view, 3, 14), point(view, 3, 15.25))
    assert (view.panel.day.text(), view.panel.hour.text()) == ("26/11/2026", "14:00")
    assert view.panel.minutes.read() == 90
    view.panel.title.setText("Visite")
    view.panel.save_button.click()
    (slot,) = slots(workspace)
    assert (slot.starts_at, slot.minutes) == (at(14, day=date(2026, 11, 26)), 90)


def test_a_press_on_a_free_slot_and_on_an_appointment(view: AgendaView, book: Books) -> None:
    QTest.mouseClick(view.hours, LEFT, pos=point(view, 2, 11.4))
    assert (view.panel.hour.text(), view.panel.minutes.read()) == ("11:00", 60)
    made = book(15, title="Bilan")
    view.refresh()
    QTest.mouseClick(view.hours, LEFT, pos=view.hours.rect_of(made).center())
    assert (view.panel.appointment_id, view.panel.title.text()) == (made, "Bilan")


def test_an_appointment_is_dragged_to_another_day_and_stretched(
    view: AgendaView, workspace: Workspace, book: Books, window: MainWindow
) -> None:
    made = book(9)
    view.enter()
    box = view.hours.rect_of(made)
    drag(view, box.center(), box.center() + (point(view, 4, 14) - point(view, 1, 9)))
    assert slots(workspace)[0].starts_at == at(14, day=date(2026, 11, 27))
    assert "ven. 27 nov. 14:00" in window.notices.text()
    box = view.hours.rect_of(made)
    edge = QPoint(box.center().x(), box.bottom() - 1)
    drag(view, edge, edge + QPoint(0, round(view.hours.frame().hour)))
    assert slots(workspace)[0].minutes == 120
    view.desk.undo()
    view.desk.undo()
    assert (slots(workspace)[0].starts_at, slots(workspace)[0].minutes) == (at(9), 60)


def test_escape_gives_a_drag_up(view: AgendaView, workspace: Workspace, book: Books) -> None:
    made = book(9)
    view.enter()
    box = view.hours.rect_of(made)
    QTest.mousePress(view.hours, LEFT, pos=box.center())
    QTest.mouseMove(view.hours, box.center() + QPoint(200, 90))
    keys(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.hours, LEFT, pos=box.center() + QPoint(200, 90))
    assert slots(workspace)[0].starts_at == at(9)


def test_space_goes_round_those_at_the_same_time(view: AgendaView, book: Books) -> None:
    made = {book(9), book(9, 15), book(9)}
    view.enter()
    view.hours.setFocus()
    view.hours.go(TODAY, 9 * 60)
    seen: set[uuid.UUID | None] = set()
    for _ in range(3):
        seen.add(view.hours.selected)
        keys(view, Qt.Key.Key_Space)
    assert seen == made


@pytest.mark.parametrize(("monday", "change"), [(date(2027, 3, 22), "summer"), (date(2026, 10, 19), "winter")])
def test_a_week_where_the_clocks_change_is_drawn_by_the_wall(
    view: AgendaView, book: Books, monday: date, change: str
) -> None:
    """Seven columns from Monday to Sunday, each hour at its place, on both sides of the change."""
    before, after = book(9, day=monday + timedelta(5)), book(9, day=monday + timedelta(6))
    view.enter(day=monday)
    assert view.board.heads.notes(6) == []
    tops = {view.hours.rect_of(one).top() for one in (before, after)}
    assert len(tops) == 1
    lefts = [view.hours.rect_of(one).left() for one in (before, after)]
    assert lefts[1] - lefts[0] == pytest.approx(view.hours.frame().column, abs=1)


def test_night_hours_are_shown_when_something_stands_there(view: AgendaView, book: Books) -> None:
    assert view.hours.frame().first_hour == 7
    book(5, 30)
    book(21, minutes=90)
    view.enter()
    assert (view.hours.frame().first_hour, view.hours.frame().last_hour) == (5, 23)


_intervals = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 24)), max_size=14)


@given(_intervals)
def test_lanes_never_let_two_that_meet_lie_on_each_other(found: list[tuple[int, int]]) -> None:
    given_pieces = [Piece(n, 0, start * 15, (start + length) * 15) for n, (start, length) in enumerate(found)]
    laid = in_lanes(given_pieces)
    frame = Frame(7, 0, 24, 1000, 50, 40)
    assert sorted(piece.item for piece in laid) == [piece.item for piece in given_pieces]
    for rank, one in enumerate(laid):
        assert one.lane < one.lanes
        for other in laid[rank + 1 :]:
            if one.start < other.end and other.start < one.end:
                assert not frame.box(one, 1).intersects(frame.box(other, 1))


@given(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 2880))
def test_pieces_add_up_to_what_lies_in_the_week(day: int, start: int, length: int) -> None:
    begins = at(0, day=MONDAY + timedelta(day)) + timedelta(minutes=start)
    ends = begins + timedelta(minutes=length)
    cut = pieces("x", begins, ends, MONDAY, 7)
    week_end = at(0, day=MONDAY + timedelta(7))
    assert sum(one.end - one.start for one in cut) == (min(ends, week_end) - begins).total_seconds() // 60
    assert all(0 <= one.day < 7 and 0 <= one.start < one.end <= 1440 for one in cut)
