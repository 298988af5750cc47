"""The form of a session, new or not: module, half-days, place, who leads it, who pays for it. For Ateliers."""

import uuid
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.forms.catalogue import WORKSHOP
from boutique.services import settings
from boutique.services.settings import Staff
from boutique.services.workshops import modules, sessions
from boutique.services.workshops.sessions import Planned, Saved, Setting
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Cell
from boutique.ui.forms.view import FormView
from boutique.ui.typed_form import TypedForm
from boutique.ui.views.workshops.half_days import HalfDays
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.form_panel import lay_out_form
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.side_by_side import side_by_side

_SHORTEST = 4  # letters of a list that may be narrow
_TITLE, _PLACES = "workshop.title", "workshop.capacity"
_ROWS: dict[str, list[list[Cell]]] = {
    "session": [[(_TITLE, 8), (_PLACES, 3)], [("workshop.speaker", 12)]],
    "place": [[("workshop.place", 6), ("workshop.commune_code", 5)], ["workshop.in_qpv"], [("workshop.qpv", 12)]],
}


class SessionForm(QWidget):
    """`saved(Saved)` once it is in the base, `closed` when it is put away."""

    saved = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.workshop_id: uuid.UUID | None = None
        self._planned: Planned | None = None
        self._before: tuple[Any, ...] = ()
        self._loading = False
        self.module = ComboBox(empty="Choisir un module")
        self.site, self.counsellor = ComboBox(empty="hors les murs"), ComboBox(empty="personne en particulier")
        self.programme = ComboBox(empty="aucun")
        self.fields = {
            "module": Field("Module", self.module, required=True),
            "site": Field("Lieu d’accueil", self.site),
            "counsellor": Field("Organisée par", self.counsellor),
            "programme": Field("Programme", self.programme, explanation="Le financeur à qui la séance est comptée."),
        }
        for name, field in self.fields.items():
            field.editor.setObjectName(f"workshop-{name}")
            field.editor.setMinimumContentsLength(_SHORTEST)  # type: ignore[attr-defined]
        self.form = FormView(WORKSHOP, desk, sections=("session",), rows=_ROWS, framed=False)
        self.place = FormView(WORKSHOP, desk, sections=("place",), rows=_ROWS, framed=False)
        self.half_days = HalfDays()
        self.half_days.comes_after = self.form.editor("workshop.speaker")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.save_button.setObjectName("workshop-save")
        self.close_button = Button("Fermer", hint="Échap")
        self._lay_out()
        lists = {"module": self.module, "site": self.site, "counsellor": self.counsellor, "programme": self.programme}
        self.typed = TypedForm(desk, "workshop", self, self.form, self.place, half_days=self.half_days, **lists)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.closed)
        self.module.currentIndexChanged.connect(self._module_chosen)

    def write_staff(self, staff: Staff) -> None:
        self._loading = True
        self.site.set_options([(one.id, one.name) for one in staff.sites])
        self.counsellor.set_options([(one.id, one.name) for one in staff.counsellors])
        self._loading = False

    def read_lists(self) -> None:
        """What its lists offer, asked for again each time before it is written."""
        self.desk.read(settings.staff, then=self.write_staff)
        self.desk.read(modules.offered, then=self.write_modules)
        self.desk.read(modules.funders, then=self.write_funders)

    def write_modules(self, offered: tuple[tuple[uuid.UUID, str], ...]) -> None:
        self._loading = True
        self.module.set_options(offered)
        self._loading = False

    def write_funders(self, funders: tuple[tuple[uuid.UUID, str], ...]) -> None:
        self.programme.set_options(funders)
        self.fields["programme"].setVisible(bool(funders))

    def write(self, planned: Planned) -> None:
        """Show a session."""
        self.typed.settle()
        self._planned, self.workshop_id = planned, planned.id
        self._loading = True
        self.card.set_title("Séance" if planned.id else "Nouvelle séance")
        setting = planned.setting
        _choose(self.module, setting.module_id, "Module archivé")
        _choose(self.site, setting.site_id, "Lieu fermé")
        _choose(self.counsellor, setting.counsellor_id, "Personne partie")
        _choose(self.programme, setting.programme_id, "Programme archivé")
        for form in (self.form, self.place):
            form.load(planned.answers)
        self.half_days.write(planned.half_days)
        for field in self.fields.values():
            field.set_error("")
        self._say("")
        self._loading = False
        self._before = self._typed()
        self.typed.open(self.workshop_id)

    def is_dirty(self) -> bool:
        return self._planned is not None and self._typed() != self._before

    def set_clean(self) -> None:
        self._before = self._typed()
        self.typed.drop()

    def take_focus(self) -> None:
        if self.module.read() is None:
            self.module.setFocus()
        else:
            self.half_days.take_focus()

    def save(self) -> None:
        """Everything wrong is said beside its field."""
        if self._planned is None:
            return
        self._say("")
        halves = self.half_days.read()
        no_module = self.module.read() is None
        self.fields["module"].set_error("Choisissez le module de cette séance." if no_module else "")
        wrong = self.form.show_errors(self.form.errors())
        if self.place.show_errors(self.place.errors()) or wrong or halves is None or no_module:
            if no_module:
                self.module.setFocus()
            elif halves is None:
                self.half_days.take_focus()
            return
        label = "Séance modifiée" if self.workshop_id else "Séance prévue"
        answers = {**self.form.answers(), **self.place.answers()}
        self.desk.write(
            label, sessions.save, self.workshop_id, answers, halves, self._setting(), then=self._saved,
            failed=self._say, told="",
        )  # fmt: skip

    def _setting(self) -> Setting:
        return Setting(self.module.read(), self.site.read(), self.counsellor.read(), self.programme.read())

    def _typed(self) -> tuple[Any, ...]:
        answers = {**self.form.draft(), **self.place.draft()}
        return (*sorted(answers.items(), key=_by_key), self.half_days.typed(), self._setting())

    def _module_chosen(self, _index: int) -> None:
        """A new session takes the title, places and length of its module, until they are typed over."""
        module = self.module.read()
        if not self._loading and module is not None and self.workshop_id is None:
            self.desk.read_latest("workshops.blank", sessions.blank, module, then=self._take_usual)

    def _take_usual(self, usual: Planned) -> None:
        if usual.setting.module_id != self.module.read() or self._planned is None:
            return
        before = self._planned.answers
        for key in (_TITLE, _PLACES):
            typed = self.form.editor(key).read()
            if not typed or typed == str(before.get(key, "")):
                self.form.write(key, str(usual.answers[key]))
        if self.programme.read() == self._planned.setting.programme_id:
            self.programme.write(usual.setting.programme_id)
        self.half_days.set_length(usual.half_days[0].minutes)
        self._planned = Planned(None, usual.answers, usual.setting, usual.half_days)

    def _saved(self, saved: Saved) -> None:
        self.set_clean()
        self.saved.emit(saved)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        self.card = Card("Nouvelle séance")
        fields = self.fields
        self.card.add(
            fields["module"], self.form, self.half_days, fields["site"], self.place,
            side_by_side(fields["counsellor"], fields["programme"]),
        )  # fmt: skip
        lay_out_form(self, self.card, self.trouble, self.save_button, self.close_button)


def _choose(combo: ComboBox, value: uuid.UUID | None, gone: str) -> None:
    """What is no longer offered stays where it was chosen."""
    if value is not None and combo.findData(value) < 0:
        combo.addItem(gone, value)
    combo.write(value)


def _by_key(item: tuple[str, Any]) -> str:
    return item[0]
