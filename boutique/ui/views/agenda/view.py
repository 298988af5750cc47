"""Agenda: the week or the day; a press or Enter opens what is chosen beside it, where nothing typed is lost."""

import uuid
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.models.choices import AppointmentStatus
from boutique.services import appointments, outreach, schedule, settings
from boutique.services.appointments import Details, Waiting
from boutique.services.outreach import Held
from boutique.services.schedule import Schedule
from boutique.services.settings import Staff
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.agenda.bar import DAY, WEEK, Bar
from boutique.ui.views.agenda.board import Board
from boutique.ui.views.agenda.calendars import ExportPanel, ImportPanel
from boutique.ui.views.agenda.panel import AppointmentPanel
from boutique.ui.views.agenda.permanences import Permanences
from boutique.ui.views.agenda.waiting import WaitingPanel
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn

_SECTION = "Agenda"
_SIDE, _NARROW, _ENOUGH, _ROOMY = 372, 760, 900, 1000
_NO_LIMIT = 100_000
_TOLD = {
    AppointmentStatus.PLANNED: "Rendez-vous remis à prévu",
    AppointmentStatus.DONE: "Rendez-vous tenu",
    AppointmentStatus.MISSED: "Rendez-vous manqué",
    AppointmentStatus.CANCELLED: "Rendez-vous annulé",
}


class AgendaView(View):
    """`enter(day=…)` shows a day’s week, `days=1` that day alone; `waiting`, `sessions` open what stands beside."""

    title = "Agenda"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._wanted: uuid.UUID | None = None
        self._to_conclude = 0
        self.bar, self.board = Bar(), Board()
        self.hours = self.board.hours
        self.panel, self.waiting = AppointmentPanel(desk), WaitingPanel()
        self._staff: Staff | None = None
        self._title = Label("Agenda", role="title")
        self.hint = Label("Tracez un créneau, ou Entrée, pour noter un rendez-vous.", role="small", tone="muted")
        self.troubles = Badge("", "warning", icon="triangle-alert", shortens=True)
        self.waiting_button = Button("", icon="clock-alert", size="normal")
        self.more = Button("Plus", icon="ellipsis", accessible="Permanences, exporter, importer")
        self.new_button = PrimaryButton("Nouveau rendez-vous", icon="plus", hint="Ctrl Maj N", size="normal")
        for hidden in (self.hint, self.troubles, self.waiting_button):
            hidden.hide()
        self._lay_out()
        self._connect()
        self._declare()
        self.setAcceptDrops(True)

    def enter(self, **arguments: Any) -> None:
        if "day" in arguments:
            self.bar.go(arguments["day"], arguments.get("days", self.bar.days))
        self.desk.read(settings.staff, then=self._write_staff)
        self.refresh()
        if arguments.get("waiting"):
            self.show_waiting()
        if arguments.get("sessions"):
            self.show_sessions()

    def take_focus(self) -> None:
        if self._side.currentWidget() is self.panel and self.side_shown:
            self.panel.take_focus()
        else:
            self.hours.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """Escape closes what stands beside the grid; what was typed there is asked about by a notice."""
        if not self.side_shown:
            return False
        if self._side.currentWidget() is self._sessions and self.permanences.put_away():
            return True
        self.close_side()
        return True

    @cached_property
    def permanences(self) -> Permanences:
        """Made, like the two below, at its first opening: they would hold up that of the agenda."""
        made = Permanences(self.desk)
        made.closed.connect(self.close_side)
        self._sessions.add(made)
        return made

    @cached_property
    def exports(self) -> ExportPanel:
        made = ExportPanel(self.desk)
        made.closed.connect(self.close_side)
        self._side.addWidget(made)
        return made

    @cached_property
    def imports(self) -> ImportPanel:
        made = ImportPanel(self.desk)
        made.closed.connect(self.close_side)
        self._side.addWidget(made)
        if self._staff is not None:
            made.write_staff(self._staff)
        return made

    @property
    def side_shown(self) -> bool:
        return not self._holder.isHidden()

    def refresh(self) -> None:
        """Ask for the period again; what is beside it stays."""
        self.desk.read_latest(
            "agenda", schedule.schedule, self.bar.first, self.bar.days, self.bar.scope(), then=self._show
        )
        self.desk.read_latest("agenda.waiting", appointments.waiting, clock.today(), then=self._show_waiting)

    def close_side(self) -> None:
        """An unfinished appointment is not thrown away: one press brings it back."""
        if self._side.currentWidget() is self.panel and self.panel.is_dirty():
            self.desk.shell.notify("Rendez-vous non enregistré.", "info", [("Reprendre", self._reopen)])
        self._holder.hide()
        self._arrange()
        self.hours.setFocus(Qt.FocusReason.OtherFocusReason)

    def new(self) -> None:
        """A new appointment where the cursor stands."""
        self._begin(self.hours.moment(), appointments.USUAL)

    def save(self) -> None:
        current = self._side.currentWidget()
        if current is self.panel:
            self.panel.save()
        elif current is self._sessions:
            self.permanences.save()

    def show_waiting(self) -> None:
        self._open(self.waiting)
        self.waiting.take_focus()

    def show_sessions(self) -> None:
        self.permanences.enter()
        self._open(self._sessions)
        self.permanences.take_focus()

    def show_export(self) -> None:
        self.exports.begin(self.bar.first, self.bar.days, self.bar.scope())
        self._open(self.exports)
        self.exports.take_focus()

    def show_import(self) -> None:
        self._open(self.imports)
        self.imports.begin()
        self.imports.take_focus()

    # What the base answers

    def _write_staff(self, staff: Staff) -> None:
        self.bar.write_staff(staff)
        self.panel.write_staff(staff)
        if staff != self._staff and "imports" in self.__dict__:
            self.imports.write_staff(staff)
        self._staff = staff
        self.refresh()

    def _show(self, shown: Schedule) -> None:
        """Only the answer to the last question comes here."""
        self.board.write(shown)
        if self._wanted is not None:
            self.hours.select(self._wanted)
            self._wanted = None
        count = sum(bool(slot.conflicts) for slot in shown.slots)
        words = french.plural(count, "rendez-vous à vérifier", "rendez-vous à vérifier")
        self.troubles.set_state(words)
        self.troubles.setVisible(bool(count))
        self.hint.setVisible(not shown.slots)

    def _show_waiting(self, found: tuple[Waiting, ...]) -> None:
        self.waiting.write(found)
        self._to_conclude = len(found)
        self.waiting_button.setVisible(bool(found))
        self._arrange()

    # What the grid asks

    def _begin(self, moment: datetime, minutes: int) -> None:
        """A form already begun only changes its hour."""
        if self.side_shown and self._side.currentWidget() is self.panel and self.panel.is_dirty():
            if self.panel.appointment_id is None:
                self.panel.write_moment(moment, minutes)
                self.panel.take_focus()
                return
            self.close_side()
        self.desk.read(appointments.blank, moment, minutes, then=self._edit)

    def _open_appointment(self, appointment_id: uuid.UUID) -> None:
        if self.panel.is_dirty() and self.side_shown:
            self.close_side()
        self.desk.read(appointments.details, appointment_id, then=self._edit, failed=self._gone)

    def _open_workshop(self, workshop_id: uuid.UUID) -> None:
        self.desk.shell.show_view("workshops", workshop_id=workshop_id)

    def _edit(self, details: Details) -> None:
        self.panel.write(details)
        self._open(self.panel)
        self.panel.take_focus()

    def _gone(self, sentence: str) -> None:
        self.desk.shell.notify(sentence, "warning")
        self.refresh()

    def _moved(self, appointment_id: uuid.UUID, moment: datetime, minutes: int | None) -> None:
        label = "Durée du rendez-vous modifiée" if minutes is not None else "Rendez-vous déplacé"
        self._wanted = appointment_id
        told = f"{label} : {_when(moment)}"
        self.desk.write(label, appointments.move, appointment_id, moment, minutes, told=told, failed=self._gone)

    def _shifted(self, appointment_id: uuid.UUID, days: int, minutes: int) -> None:
        slot = self.hours.slot()
        self._wanted = appointment_id
        if slot is not None and days:
            self._follow(slot.starts_at.date() + timedelta(days))
        self.desk.write(
            "Rendez-vous déplacé", appointments.shift, appointment_id, days=days, minutes=minutes, failed=self._gone
        )

    def _stretched(self, appointment_id: uuid.UUID, minutes: int) -> None:
        self._wanted = appointment_id
        label = "Durée du rendez-vous modifiée"
        self.desk.write(label, appointments.lengthen, appointment_id, minutes, failed=self._gone)

    def _dropped(self, appointment_id: uuid.UUID) -> None:
        self._conclude(appointment_id, AppointmentStatus.CANCELLED)

    def _conclude(self, appointment_id: uuid.UUID, status: AppointmentStatus) -> None:
        """One press; « Venu·e » then offers to write the interview."""
        done = self._held if status is AppointmentStatus.DONE else self._concluded
        told = "" if status is AppointmentStatus.DONE else _TOLD[status]
        self._wanted = appointment_id
        self.desk.write(
            _TOLD[status], appointments.conclude, appointment_id, status, told=told, then=done, failed=self._gone
        )

    def _concluded(self, _case_id: uuid.UUID | None) -> None:
        self._reload()

    def _held(self, case_id: uuid.UUID | None) -> None:
        self._reload()
        offers = [("Annuler", self.desk.undo)]
        if case_id is not None:
            offers.insert(0, ("Noter l’entretien", partial(self._interview, case_id)))
        self.desk.shell.notify(_TOLD[AppointmentStatus.DONE], "success", offers)

    def _interview(self, case_id: uuid.UUID) -> None:
        self.desk.shell.show_view("file", case_id=case_id, interview=True)

    def _reload(self) -> None:
        """The panel shows the new state, unless something is being typed in it."""
        appointment_id = self.panel.appointment_id
        shown = self.side_shown and self._side.currentWidget() is self.panel
        if shown and appointment_id is not None and not self.panel.is_dirty():
            self.desk.read(appointments.details, appointment_id, then=self.panel.write, failed=self._lost)

    def _lost(self, _sentence: str) -> None:
        """The appointment beside the grid was taken back by an undo."""
        self.panel.set_clean()
        self.close_side()

    def _saved(self, appointment_id: uuid.UUID) -> None:
        self._wanted = appointment_id
        self.close_side()
        self.refresh()

    def _turn(self, step: int) -> None:
        self.bar.turn(step)

    def _follow(self, day: date) -> None:
        if not self.bar.first <= day < self.bar.first + timedelta(self.bar.days):
            self.bar.go(day)

    def _day_alone(self, day: date) -> None:
        self.bar.go(day, WEEK if self.bar.days == DAY else DAY)

    # Permanences and calendars

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """On a permanence: change it, or leave out that day."""
        menu = self.session_menu(self.hours.session_at(self.hours.mapFrom(self, event.pos())))
        if menu is not None:
            menu.popup(event.globalPos())

    def session_menu(self, held: Held | None) -> QMenu | None:
        """What can be done with a permanence under the hand."""
        if held is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        day = held.starts_at.date()
        if held.session_id is not None:
            menu.addAction("Modifier la permanence…", partial(self._edit_session, held.session_id))
            menu.addAction(f"Pas de permanence le {french.show_date(day)}", partial(self._skip, held.session_id, day))
        menu.addAction("Ouvrir la séance…", partial(self.desk.shell.show_view, "permanences", ref=held.ref))
        return menu

    def _edit_session(self, session_id: uuid.UUID) -> None:
        self.show_sessions()
        self.permanences.edit(session_id)

    def _skip(self, session_id: uuid.UUID, day: date) -> None:
        self.desk.write(f"Permanence annulée le {french.show_date(day)}", outreach.skip, session_id, day)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self._open(self.imports)
            self.imports.begin(path)
            self.imports.take_focus()

    # The frame

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What stands beside the grid may need more room than before: an error under a narrow field."""
        if watched is self._holder and event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().eventFilter(watched, event)

    def _open(self, page: QWidget) -> None:
        self._side.setCurrentWidget(page)
        self._holder.show()
        self._arrange()

    def _reopen(self) -> None:
        self._open(self.panel)
        self.panel.take_focus()

    def _arrange(self) -> None:
        """Beside the grid where both have room; in its place otherwise."""
        beside = self.width() >= theme().px(_ENOUGH)
        wide = max(theme().px(_SIDE), self._side.minimumSize().width())
        self._holder.setMaximumWidth(wide if beside else _NO_LIMIT)
        self._holder.setMinimumWidth(wide if beside else 0)
        self._card.setVisible(beside or not self.side_shown)
        self.new_button.set_label("Nouveau rendez-vous" if self.width() >= theme().px(_ROOMY) else "Nouveau")
        narrow = self.width() < theme().px(_NARROW)
        self._title.setVisible(not narrow)
        self.more.set_label("" if narrow else "Plus")
        told = f"À conclure : {self._to_conclude}"
        self.waiting_button.set_label(str(self._to_conclude) if narrow else told)
        self.waiting_button.setAccessibleName(told)
        self.waiting_button.setToolTip(told)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._title)
        top.addWidget(self.bar.words)
        top.addWidget(self.troubles)
        top.addWidget(self.waiting_button)
        top.addStretch(1)
        top.addWidget(self.more)
        top.addWidget(self.new_button)
        self._card = Card(grow=True)
        self._card.layout().setContentsMargins(4, 4, 4, 4)  # type: ignore[union-attr]
        self._card.add(self.board)
        self._sessions = ScrollColumn()
        self._holder = QWidget()
        self._side = QStackedLayout(self._holder)
        for page in (self.panel, self.waiting, self._sessions):
            self._side.addWidget(page)
        self._holder.hide()
        self._holder.installEventFilter(self)
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addWidget(self._card, 1)
        body.addWidget(self._holder, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(8)
        whole.addLayout(top)
        self.bar.add(self.hint)
        whole.addWidget(self.bar)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self.bar.changed.connect(self.refresh)
        self.board.heads.day_pressed.connect(self._day_alone)
        for signal, slot in (
            (self.hours.wanted, self._begin), (self.hours.opened, self._open_appointment),
            (self.hours.moved, self._moved), (self.hours.shifted, self._shifted),
            (self.hours.stretched, self._stretched), (self.hours.dropped, self._dropped),
            (self.hours.turned, self._turn), (self.hours.workshop_opened, self._open_workshop),
            (self.panel.saved, self._saved),
            (self.panel.concluded, self._conclude), (self.waiting.concluded, self._conclude),
        ):  # fmt: skip
            signal.connect(slot)
        for page in (self.panel, self.waiting):
            page.closed.connect(self.close_side)
        self.new_button.clicked.connect(self.new)
        self.waiting_button.clicked.connect(self.show_waiting)
        self.more.clicked.connect(self._open_more)
        self.desk.changed.connect(self._changed)
        theme().changed.connect(self._arrange)

    def _open_more(self) -> None:
        ids = ["go.permanences", "agenda.sessions", "", "agenda.export", "agenda.import"]
        menu = self.desk.shell.commands.menu(ids, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()
            self._reload()
            if self._side.currentWidget() is self._sessions and self.side_shown and not self.permanences.editing:
                self.permanences.enter()

    def _has_slot(self) -> bool:
        return self.hours.slot() is not None

    def _state(self, status: AppointmentStatus) -> None:
        slot = self.hours.slot()
        if slot is not None:
            self._conclude(slot.id, status)

    def _show_week(self) -> None:
        self.bar.go(self.bar.day, WEEK)

    def _show_day(self) -> None:
        self.bar.go(self.bar.first + timedelta(self.hours.day), DAY)

    def _declare(self) -> None:
        state, chosen = self._state, self._has_slot
        for action in (
            Action("agenda.new", "Nouveau rendez-vous", self.new, "calendar-plus", "Ctrl+Shift+N", ("créneau",),
                   _SECTION),
            Action("agenda.save", "Enregistrer", self.save, "check", "Ctrl+Return", (), _SECTION),
            Action("agenda.today", "Agenda : aujourd’hui", self.bar.go_now, "sun", "Ctrl+Shift+T", (), _SECTION),
            Action("agenda.before", "Agenda : période précédente", self.bar.go_before, "chevron-left", "Ctrl+PgUp", (),
                   _SECTION),
            Action("agenda.after", "Agenda : période suivante", self.bar.go_after, "chevron-right", "Ctrl+PgDown", (),
                   _SECTION),
            Action("agenda.week", "Agenda : semaine", self._show_week, "calendar-days", "Ctrl+1", (), _SECTION),
            Action("agenda.day", "Agenda : jour", self._show_day, "calendar", "Ctrl+2", (), _SECTION),
            Action("agenda.held", "Rendez-vous tenu", partial(state, AppointmentStatus.DONE), "circle-check", "Alt+V",
                   ("venu", "présent"), _SECTION, chosen),
            Action("agenda.missed", "Rendez-vous manqué", partial(state, AppointmentStatus.MISSED), "user-x", "Alt+M",
                   ("absent",), _SECTION, chosen),
            Action("agenda.cancelled", "Rendez-vous annulé", partial(state, AppointmentStatus.CANCELLED), "ban", "", (),
                   _SECTION, chosen),
            Action("agenda.waiting", "Rendez-vous à conclure", self.show_waiting, "clock-alert", "", (), _SECTION),
            Action("agenda.sessions", "Rythme des permanences", self.show_sessions, "repeat", "", ("récurrence",),
                   _SECTION),
            Action("agenda.export", "Exporter l’agenda (.ics)", self.show_export, "download", "", ("ical",), _SECTION),
            Action("agenda.import", "Importer un agenda (.ics)", self.show_import, "upload", "", ("ical", "occupé"),
                   _SECTION),
        ):  # fmt: skip
            self.desk.shell.commands.add(action, self)


def _dropped_file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one file that is dropped here; anything else is not for the agenda."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _when(moment: datetime) -> str:
    """« mar. 24 nov. 14:30 »."""
    here = clock.local(moment)
    return f"{french.DAYS[here.weekday()][:3]}. {french.day_month(here.date())} {here:%H:%M}"
