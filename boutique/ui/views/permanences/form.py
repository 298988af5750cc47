"""The form of one permanence: when, where, by whom, whether it was held and what came of it. For the panel beside."""

from collections.abc import Sequence
from datetime import time
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import french
from boutique.core.errors import UserError
from boutique.core.text import clip
from boutique.forms.catalogue import OUTREACH_DAY
from boutique.models.choices import ZoningState
from boutique.services import outreach, outreach_days, programmes, zoning
from boutique.services.outreach import Ref
from boutique.services.outreach_days import About, DaySheet
from boutique.services.programmes import Option
from boutique.services.settings import Staff
from boutique.ui.desk import Desk
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.forms.view import FormView
from boutique.ui.typed_form import TypedForm
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.side_by_side import side_by_side

_SHORTEST = 4  # letters of a list that may be narrow
_COMMUNE, _QPV, _INSIDE = "outreach_day.commune_code", "outreach_day.qpv_code", "outreach_day.located_in_qpv"
_ROWS = {
    "day": [
        (("outreach_day.held_on", 1), ("outreach_day.state", 1)),
        (("outreach_day.cancel_reason", 1),),
        (("outreach_day.host", 1), (_COMMUNE, 1)),
        ((_INSIDE, 1), (_QPV, 1)),
    ],
    "after": [(("outreach_day.walk_ins", 1), ("outreach_day.offline", 1)), (("outreach_day.note", 1),)],
}


class DayForm(Card):
    """`show_day(sheet)` fills it; `saved(ref)` once it is written, `closed` when it is given up."""

    saved = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Séance", parent=parent)
        self.desk = desk
        self._ref: Ref | None = None
        self._about: About | None = None
        self.form = FormView(OUTREACH_DAY, desk, rows=_ROWS, framed=False)
        self.site, self.counsellor = ComboBox(empty=None), ComboBox(empty="qui est là")
        self.programme = ComboBox(empty="aucun")
        self.opens_at, self.closes_at = LineEditor("De"), LineEditor("À")
        self.fields = {
            "site": Field("Lieu", self.site, explanation="Celui que le haut de la fenêtre montre pendant la séance."),
            "counsellor": Field("Tenue par", self.counsellor),
            "opens_at": Field("De", self.opens_at),
            "closes_at": Field("À", self.closes_at),
            "programme": Field("Programme", self.programme),
        }
        for combo in (self.site, self.counsellor, self.programme):
            combo.setMinimumContentsLength(_SHORTEST)
        for name, field in self.fields.items():
            field.editor.setObjectName(f"day-{name}")
        self._districts = QWidget()
        self._flow = FlowLayout(self._districts, gap=6)
        self._districts.hide()
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler")
        self._lay_out()
        self.typed = TypedForm(
            desk, "outreach_day", self, self.form, site=self.site, counsellor=self.counsellor,
            programme=self.programme, opens_at=self.opens_at, closes_at=self.closes_at,
        )  # fmt: skip
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.closed)
        self.site.activated.connect(self._site_chosen)
        self.form.changed.connect(self._answered)

    def show_day(self, sheet: DaySheet, staff: Staff) -> None:
        """A permanence to edit, or a new one."""
        self.typed.settle()
        self._ref, self._about = sheet.ref, sheet.about
        self.set_title("Séance" if sheet.ref is not None else "Nouvelle séance")
        self.site.set_options([(one.id, one.name) for one in staff.sites])
        self.counsellor.set_options([(one.id, one.name) for one in staff.counsellors])
        self.desk.read(programmes.options, keep=sheet.about.programme_id, then=self._show_programmes)
        self.site.write(sheet.about.site_id)
        self.counsellor.write(sheet.about.counsellor_id)
        self.opens_at.write(outreach.show_hour(sheet.about.opens_at))
        self.closes_at.write(outreach.show_hour(sheet.about.closes_at))
        for field in self.fields.values():
            field.set_error("")
        self.form.load(sheet.answers)
        self._ask_districts()
        self._say("")
        self._before = self._typed()
        self.typed.open(sheet.ref.id if sheet.ref is not None else None)

    def is_dirty(self) -> bool:
        return self._about is not None and (self.form.is_dirty() or self._typed() != self._before)

    def set_clean(self) -> None:
        self.form.set_clean()
        self._before = self._typed()

    def give_up(self) -> None:
        """Saved, or wanted no more: nothing of what was typed is kept."""
        self.set_clean()
        self.typed.drop()

    def take_focus(self) -> None:
        self.form.focus("outreach_day.held_on")

    def save(self) -> None:
        self._say("")
        opens_at, closes_at = self._minutes("opens_at"), self._minutes("closes_at")
        wrong = self.form.show_errors(self.form.errors())
        if wrong or opens_at is None or closes_at is None:
            return
        about = About(self.site.read(), self.counsellor.read(), opens_at, closes_at, self.programme.read())
        label = "Séance de permanence modifiée" if self._ref is not None else "Séance de permanence notée"
        answers = self.form.answers()
        self.desk.write(label, outreach_days.save, self._ref, answers, about, then=self._saved, failed=self._say)

    _before: tuple[Any, ...] = ()

    def _typed(self) -> tuple[Any, ...]:
        combos = (self.site.read(), self.counsellor.read(), self.programme.read())
        return (*combos, self.opens_at.text(), self.closes_at.text())

    def _saved(self, ref: Ref) -> None:
        self.give_up()
        self.saved.emit(ref)

    def _minutes(self, name: str) -> int | None:
        try:
            typed: time = french.parse_time(self.fields[name].editor.text())  # type: ignore[attr-defined]
        except UserError as error:
            self.fields[name].set_error(str(error))
            return None
        self.fields[name].set_error("")
        return typed.hour * 60 + typed.minute

    def _show_programmes(self, found: Sequence[Option]) -> None:
        self.programme.set_options([(one.id, one.label) for one in found])
        self.programme.write(self._about.programme_id if self._about is not None else None)
        self._before = self._typed()

    def _site_chosen(self, _index: int) -> None:
        """Another place: its host, its commune and its district come with it, where nothing was typed by hand."""
        site_id = self.site.read()
        if site_id is not None:
            self.desk.read_latest("day place", outreach_days.usual_place, site_id, then=self._show_place)

    def _show_place(self, answers: dict[str, Any]) -> None:
        for key in ("outreach_day.host", _COMMUNE, _INSIDE, _QPV):
            self.form.write(key, answers.get(key))

    def _answered(self, key: str) -> None:
        if key == _COMMUNE:
            self._ask_districts()

    def _ask_districts(self) -> None:
        code = self.form.editor(_COMMUNE).read()
        self.desk.read_latest("day districts", zoning.districts, code, then=self._show_districts)

    def _show_districts(self, found: Sequence[tuple[str, str]]) -> None:
        self._flow.clear()
        for code, name in found:
            button = Button(
                clip(f"{name} · {code}", 60), icon="map-pin", size="small", accessible=f"QPV du lieu : {name}"
            )
            button.clicked.connect(partial(self._choose_district, code))
            self._flow.addWidget(button)
        self._districts.setVisible(bool(found))

    def _choose_district(self, code: str) -> None:
        self.form.write(_INSIDE, ZoningState.YES)
        self.form.write(_QPV, code)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(clip(sentence, 400))
        self.trouble.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        fields, buttons = self.fields, QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        self.add(
            side_by_side(fields["site"], fields["counsellor"], gap=12),
            side_by_side(fields["opens_at"], fields["closes_at"], fields["programme"], gap=12),
            self.form, self._districts, self.trouble, buttons,
        )  # fmt: skip
