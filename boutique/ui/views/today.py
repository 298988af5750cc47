"""Aujourd’hui: the appointments, what is unfinished, who has not answered, three figures of the month."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock
from boutique.services import dashboard, intakes
from boutique.services.dashboard import Today
from boutique.services.intakes import PassageLine
from boutique.ui.desk import Desk
from boutique.ui.view import View
from boutique.ui.views.today_after import AfterCards
from boutique.ui.views.today_cards import AppointmentsCard, MonthCard, RemindersCard, UnfinishedCard
from boutique.ui.views.today_outreach import OutdoorsCard
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn

Passages = tuple[PassageLine, ...]
_LOOK_AT_CLOCK_MS = 60_000


class TodayView(View):
    """Read again at each showing, after each saved action, and when the day changes."""

    title = "Aujourd’hui"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._passages: Passages = ()
        self._shown: tuple[Today, Passages] | None = None
        self.heading = Label(role="title")
        self.sentence = ElidedLabel(tone="muted")
        self.appointments, self.unfinished = AppointmentsCard(desk), UnfinishedCard(desk)
        self.reminders, self.month = RemindersCard(desk), MonthCard(desk)
        self.after, self.outdoors = AfterCards(desk), OutdoorsCard(desk)
        self.empty = EmptyState(
            "door-open",
            "Votre boutique est prête",
            "Tout commence par un passage : quelques lignes suffisent pour ouvrir un dossier, "
            "et rien n’est perdu si vous êtes interrompu.",
            "Accueillir la première personne",
            hint="Ctrl N",
        )
        self._lay_out()
        self.empty.acted.connect(self._first_visit)
        desk.changed.connect(self._refresh_if_seen)
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_AT_CLOCK_MS)
        self._clock.timeout.connect(self._look_at_clock)
        self._clock.start()

    def enter(self, **_arguments: Any) -> None:
        self._refresh()

    def take_focus(self) -> None:
        """The search is the front door: what is typed here goes there."""
        self._desk.shell.commands.run("search")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignBottom)
        self._columns = Columns(
            _column(self.appointments, self.after, self.outdoors, self.unfinished),
            _column(self.reminders, self.month),
            shares=(706, 400),
        )
        self._columns.hide()
        self.empty.hide()
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(head, self._columns, self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _refresh(self) -> None:
        self._desk.read_latest("today passages", intakes.passages_today, then=self._take_passages)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _look_at_clock(self) -> None:
        if self._shown is not None and self._shown[0].day != clock.today():
            self._refresh_if_seen()

    def _take_passages(self, passages: Passages) -> None:
        self._passages = passages
        self._desk.read_latest("today", dashboard.today, clock.today(), then=self._show)

    def _show(self, today: Today) -> None:
        """Only what is new is drawn again, so that nothing moves under the hand."""
        answer = (today, self._passages)
        if answer == self._shown:
            return
        self._shown = answer
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.heading.setText(today.title)
        self.sentence.setText(f"{today.greeting} {today.summary}")
        self.appointments.write(today.appointments, today.waiting, today.tomorrow)
        self.after.write(today.received, today.calls, today.ending)
        self.outdoors.write(today.outdoors)
        self.unfinished.write(today.drafts, today.late_steps, today.stale, self._passages, today.late_actions)
        self.reminders.write(today.reminders)
        self.month.write(today.month, today.figures)
        new = _is_new(*answer)
        self._columns.setVisible(not new)
        self.empty.setVisible(new)
        if had_focus:
            QTimer.singleShot(0, self, partial(_focus_first, self.reminders))

    def _first_visit(self) -> None:
        self._desk.shell.show_view("intake")


def _is_new(today: Today, passages: Passages) -> bool:
    counted = any(figure.value or figure.previous for figure in today.figures)
    planned = today.appointments or today.waiting or today.tomorrow[0]
    to_finish = today.drafts or today.late_steps or today.late_actions.count or today.stale.count
    called = today.received or today.calls.due or today.reminders or today.outdoors
    busy = planned or called or to_finish or passages or today.ending
    return not counted and not busy


def _focus_first(card: QWidget) -> None:
    """After a row has gone, the next one is under the hand."""
    following = card.nextInFocusChain()
    if following is not None:
        following.setFocus(Qt.FocusReason.OtherFocusReason)


def _column(*cards: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return made
