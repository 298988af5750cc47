"""The appointment chosen, beside the grid: with whom, when, where, what it runs into, what became of it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.forms.catalogue import APPOINTMENT
from boutique.models.choices import AppointmentStatus, InterviewMode
from boutique.services import appointments, schedule
from boutique.services.appointments import Details
from boutique.services.settings import Staff
from boutique.ui.desk import Desk
from boutique.ui.forms.text_editors import DateEditor, LineEditor
from boutique.ui.views.agenda.file_pick import FilePick
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.form_panel import lay_out_form
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.side_by_side import side_by_side
from boutique.ui.widgets.text_area import TextArea

_SHORTEST = 4  # letters of a list that may be narrow
_LENGTHS = (15, 30, 45, 60, 75, 90, 120, 150, 180, 240)
_TONES = {
    AppointmentStatus.PLANNED: ("neutral", "calendar-clock"),
    AppointmentStatus.DONE: ("success", "circle-check"),
    AppointmentStatus.MISSED: ("danger", "user-x"),
    AppointmentStatus.CANCELLED: ("neutral", "ban"),
}
_WORDS = {
    AppointmentStatus.PLANNED: "Remettre à prévu",
    AppointmentStatus.DONE: "Venu·e",
    AppointmentStatus.MISSED: "Manqué",
    AppointmentStatus.CANCELLED: "Annulé",
}


class AppointmentPanel(QWidget):
    """`saved(id)` once it is in the base; `closed` when it is put away; `concluded(id, status)` on a state."""

    saved = Signal(object)
    closed = Signal()
    concluded = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._details: Details | None = None
        self._before: tuple[Any, ...] = ()
        self._make_editors()
        self._make_buttons()
        self._lay_out()
        self._connect()

    @property
    def appointment_id(self) -> uuid.UUID | None:
        return self._details.id if self._details else None

    def write_staff(self, staff: Staff) -> None:
        """Who works, and where."""
        self.counsellor.set_options([(one.id, one.name) for one in staff.counsellors])
        self.site.set_options([(one.id, one.name) for one in staff.sites])

    def write(self, details: Details) -> None:
        """Show an appointment, new or not."""
        self._details = details
        answers = details.answers
        self.card.set_title("Rendez-vous" if details.id else "Nouveau rendez-vous")
        self.file.write_file(details.case_id, details.file)
        self.title.write(answers.get("appointment.title"))
        self.write_moment(details.starts_at, details.minutes)
        self.counsellor.write(details.counsellor_id)
        self.site.write(details.site_id)
        self.mode.write(answers.get("appointment.mode"))
        self.place.write(answers.get("appointment.place"))
        self.note.write(answers.get("appointment.note") or "")
        for field in self.fields.values():
            field.set_error("")
        self._say("")
        self._show_state(details)
        self._before = self._typed()
        self._check_conflicts()

    def write_moment(self, starts_at: datetime, minutes: int) -> None:
        """When: from the grid, while the rest is being typed."""
        self.day.write(starts_at.date())
        self.hour.write(f"{starts_at:%H:%M}")
        lengths = sorted({*_LENGTHS, minutes})
        self.minutes.set_options([(length, french.show_minutes(length)) for length in lengths])
        self.minutes.write(minutes)

    def is_dirty(self) -> bool:
        return self._details is not None and self._typed() != self._before

    def set_clean(self) -> None:
        self._before = self._typed()

    def save(self) -> None:
        """Everything wrong is said beside its field, and nothing is lost."""
        if self._details is None:
            return
        self._say("")
        self.file.settle()
        starts_at = self._moment(say=True)
        answers, errors = APPOINTMENT.read(self._answers())
        for key, field in self.fields.items():
            if key.startswith("appointment."):
                field.set_error(errors.get(key, ""))
        problem = self.file.problem()
        if not problem and self.file.case_id() is None and not answers.get("appointment.title"):
            problem = "Choisissez un dossier, ou donnez un objet à ce rendez-vous."
        self.fields["file"].set_error(problem)
        if problem or errors or starts_at is None:
            self._go_to_error()
            return
        label = "Rendez-vous modifié" if self._details.id else "Rendez-vous noté"
        self.desk.write(
            label, appointments.save, self._details.id, starts_at, self.minutes.read(), answers,
            case_id=self.file.case_id(), counsellor_id=self.counsellor.read(), site_id=self.site.read(),
            then=self._saved, failed=self._say,
        )  # fmt: skip

    def take_focus(self) -> None:
        self.file.setFocus()

    def states(self) -> list[Button]:
        """The buttons that say what became of it, for those that show."""
        return [button for button in self.state_buttons.values() if not button.isHidden()]

    def _make_editors(self) -> None:
        self.file = FilePick(self.desk)
        self.title, self.day, self.hour = LineEditor("Objet"), DateEditor("Date"), LineEditor("Heure")
        self.minutes = ComboBox(empty=None)
        self.counsellor, self.site = ComboBox(empty="personne en particulier"), ComboBox(empty="aucun lieu")
        self.mode = ComboBox([(mode, mode.label) for mode in InterviewMode], empty="")
        self.place, self.note = LineEditor("Adresse ou lien"), TextArea(lines=3, most=8)
        declared = {field.key: field for field in APPOINTMENT.fields()}
        self.fields = {
            "file": Field("Dossier", self.file),
            "appointment.title": Field("Objet", self.title),
            "day": Field("Date", self.day),
            "hour": Field("Heure", self.hour),
            "minutes": Field("Durée", self.minutes),
            "counsellor": Field("Avec", self.counsellor),
            "site": Field("Lieu d’accueil", self.site),
            "appointment.mode": Field("Présence", self.mode),
            "appointment.place": Field(
                "Adresse ou lien", self.place, explanation=declared["appointment.place"].help
            ),
            "appointment.note": Field("Note", self.note, explanation=declared["appointment.note"].help),
        }  # fmt: skip
        for combo in (self.minutes, self.counsellor, self.site, self.mode):
            combo.setMinimumContentsLength(_SHORTEST)
        for name, field in self.fields.items():
            field.editor.setObjectName(f"appointment-{name.rpartition('.')[2]}")

    def _make_buttons(self) -> None:
        self.state = Badge("")
        self.open_file = GhostButton("Ouvrir le dossier", icon="folder-open")
        self.state_buttons = {
            AppointmentStatus.DONE: Button(_WORDS[AppointmentStatus.DONE], icon="circle-check"),
            AppointmentStatus.MISSED: Button(_WORDS[AppointmentStatus.MISSED], icon="user-x"),
            AppointmentStatus.CANCELLED: Button(_WORDS[AppointmentStatus.CANCELLED], icon="ban"),
            AppointmentStatus.PLANNED: Button(_WORDS[AppointmentStatus.PLANNED], icon="undo-2", variant="ghost"),
        }
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.close_button = Button("Fermer", hint="Échap")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        for status, button in self.state_buttons.items():
            button.setObjectName(f"appointment-{status.value}")
        self.save_button.setObjectName("appointment-save")

    def _lay_out(self) -> None:
        self.card = Card("Rendez-vous", action=self.state)
        self._states = QWidget()
        flow = FlowLayout(self._states, gap=6)
        for button in self.state_buttons.values():
            flow.addWidget(button)
        self.conflicts = QWidget()
        self._conflicts = FlowLayout(self.conflicts, gap=4)
        self.conflicts.hide()
        fields = self.fields
        self.card.add(
            self._states, fields["file"], self.open_file, fields["appointment.title"],
            side_by_side(fields["day"], fields["hour"], fields["minutes"], shares=(5, 3, 4)), self.conflicts,
            side_by_side(fields["counsellor"], fields["site"]),
            side_by_side(fields["appointment.mode"], fields["appointment.place"]),
            fields["appointment.note"],
        )  # fmt: skip
        lay_out_form(self, self.card, self.trouble, self.save_button, self.close_button)

    def _connect(self) -> None:
        for editor in (self.day, self.hour):
            editor.changed.connect(self._check_conflicts)
        for combo in (self.minutes, self.counsellor, self.site):
            combo.currentIndexChanged.connect(self._check_conflicts)
        self.file.changed.connect(self._file_changed)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.closed)
        self.open_file.clicked.connect(self._open_file)
        for status, button in self.state_buttons.items():
            button.clicked.connect(partial(self._conclude, status))

    def _answers(self) -> dict[str, Any]:
        return {
            "appointment.title": self.title.read(),
            "appointment.mode": self.mode.read(),
            "appointment.place": self.place.read(),
            "appointment.note": self.note.read(),
        }

    def _typed(self) -> tuple[Any, ...]:
        when = (self.day.text(), self.hour.text(), self.minutes.read())
        return (self.file.text(), *self._answers().values(), *when, self.counsellor.read(), self.site.read())

    def _moment(self, *, say: bool) -> datetime | None:
        """The instant typed; what cannot be read is said beside its field when asked."""
        readers: dict[str, Callable[[], Any]] = {
            "day": partial(french.parse_date, self.day.text(), today=clock.today()),
            "hour": partial(french.parse_time, self.hour.text()),
        }
        found: dict[str, Any] = {}
        for name, read in readers.items():
            try:
                found[name] = read()
                wrong = ""
            except UserError as error:
                wrong = str(error)
            if say:
                self.fields[name].set_error(wrong)
        if len(found) < len(readers):
            return None
        moment = datetime.combine(found["day"], found["hour"]).astimezone()
        if moment.time() != found["hour"]:  # 02:30 in the night of March: no clock ever shows it
            if say:
                self.fields["hour"].set_error("Cette heure n’existe pas ce jour-là : on passe à l’heure d’été.")
            return None
        return moment

    def _check_conflicts(self) -> None:
        """Said while typing; never in the way."""
        if self._details is None:
            return
        moment = self._moment(say=False)
        if moment is None or self.minutes.read() is None:
            self._show_conflicts(())
            return
        self.desk.read_latest(
            "agenda.conflicts", schedule.conflicts_of, moment, self.minutes.read(),
            counsellor_id=self.counsellor.read(), site_id=self.site.read(), without=self._details.id,
            then=self._show_conflicts,
        )  # fmt: skip

    def _show_conflicts(self, sentences: tuple[str, ...]) -> None:
        self._conflicts.clear()
        for sentence in sentences:
            self._conflicts.addWidget(Badge(sentence, "warning", icon="triangle-alert", shortens=True))
        self.conflicts.setVisible(bool(sentences))

    def _show_state(self, details: Details) -> None:
        tone, icon = _TONES[details.status]
        self.state.set_state(details.status.label, tone, icon)  # type: ignore[arg-type]
        self.state.setVisible(details.id is not None)
        self._states.setVisible(details.id is not None)
        for status, button in self.state_buttons.items():
            button.setVisible(status is not details.status)
        self._file_changed()

    def _file_changed(self) -> None:
        self.open_file.setVisible(self.file.case_id() is not None)

    def _open_file(self) -> None:
        if (case_id := self.file.case_id()) is not None:
            self.desk.shell.show_view("file", case_id=case_id)

    def _conclude(self, status: AppointmentStatus) -> None:
        if self._details is not None and self._details.id is not None:
            self.concluded.emit(self._details.id, status)

    def _saved(self, appointment_id: uuid.UUID) -> None:
        self.set_clean()
        self.saved.emit(appointment_id)

    def _go_to_error(self) -> None:
        wrong = next((field for field in self.fields.values() if field.error()), None)
        if wrong is not None:
            wrong.editor.setFocus()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
