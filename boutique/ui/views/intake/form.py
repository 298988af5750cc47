"""The intake itself: fields laid out as the eye reads them, needs, notice, and the visit's own details."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.forms.catalogue import INTAKE
from boutique.services.counter import Opening
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Row
from boutique.ui.forms.tab_order import put_before
from boutique.ui.forms.view import FormView
from boutique.ui.views.intake.needs import NeedsBar
from boutique.ui.views.intake.notice_card import NoticeCard
from boutique.ui.widgets.button import GhostButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field

_DETAILS = ("project.kind", "project.sector")
_NEEDS, _NOTICE, _PROGRAMME = "passage.needs", "notice", "programme_id"
_ROWS: Mapping[str, Sequence[Row]] = {
    "who": (
        (("holder.first_name", 7), ("holder.last_name", 7), ("holder.birth_date", 4)),
        (("holder.phone", 7), ("holder.email", 7), ("holder.gender", 4)),
    ),
    "situation": (
        (("holder.commune_code", 5), ("holder.employment_status", 6), ("holder.registration_duration", 4)),
        ("holder.allowances", "holder.lives_in_qpv", "holder.mobility_obstacle"),
    ),
    "project": (
        (("project.summary", 7), ("project.naf_code", 5)),
        (("project.kind", 6), ("project.sector", 6)),
    ),
    "visit": (
        (("passage.happened_on", 6), ("passage.channel", 6)),
        (("passage.prescriber", 6), ("passage.next_step", 6)),
    ),
}


class IntakeForm(QWidget):
    """`changed` at each edit; `answers`, `needs` and `notice` are what the services take."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = FormView(INTAKE, desk, rows=_ROWS, without=(_NEEDS,))
        self.needs_bar, self.notice_card = NeedsBar(), NoticeCard()
        self.fields.cards["project"].add(self.needs_bar)
        self._details = GhostButton("Préciser", icon="chevron-down", size="small")
        self._details.setToolTip("Nature du projet et famille d’activité")
        self._details.clicked.connect(self._toggle_details)
        self.fields.cards["project"].set_action(self._details)
        put_before(self._details, self.fields.editor("project.summary"))
        self.programme = ComboBox(empty="Aucun", accessible="Programme")
        self.programme.setObjectName("intake-programme")
        self._charged = Field("Programme", self.programme, explanation="Le financeur à qui ce dossier sera compté.")
        self._charged.hide()
        self.fields.cards["project"].add(self._charged)
        self.visit_card = self.fields.cards["visit"]
        self.fields.column.insertWidget(0, self.visit_card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.fields)
        column.addWidget(self.notice_card)
        self.needs_bar.followed_by = self.notice_card.box
        self._starting: dict[str, Any] = {}
        self._loading = False
        self.fields.changed.connect(self._told)
        self.needs_bar.changed.connect(self._told)
        self.notice_card.changed.connect(self._told)
        self.programme.currentIndexChanged.connect(self._told)

    def load(self, opening: Opening, typed: Mapping[str, Any]) -> None:
        """A fresh visit, an unfinished one, or one that starts with what was typed in the search field."""
        self._loading = True
        answers = {**opening.answers, **typed}
        self.fields.set_near(opening.commune_code)
        self.fields.load(answers)
        self.needs_bar.offer(opening.common_needs)
        self.needs_bar.write(answers.get(_NEEDS) or ())
        self.notice_card.tell(opening.notice_version, opening.notice_date)
        self.notice_card.box.setChecked(bool(answers.get(_NOTICE)))
        self.programme.set_options([(str(option.id), option.label) for option in opening.programmes])
        self.programme.write(answers.get(_PROGRAMME))
        self._charged.setVisible(bool(opening.programmes))
        self.visit_card.hide()
        self._fold_details(fold=not any(answers.get(key) for key in _DETAILS))
        self._loading = False
        resumed = _NOTICE in answers
        self._starting = {} if resumed else self.draft()

    def answers(self) -> dict[str, Any]:
        return self.fields.answers()

    def needs(self) -> tuple[str, ...]:
        return self.needs_bar.read()

    def notice(self) -> bool:
        return self.notice_card.box.isChecked()

    def programme_id(self) -> uuid.UUID | None:
        """The programme that the file is charged to, among those in force."""
        chosen = self.programme.read()
        return uuid.UUID(chosen) if chosen else None

    def draft(self) -> dict[str, Any]:
        """Everything, word for word."""
        own = {_NEEDS: list(self.needs()), _NOTICE: self.notice(), _PROGRAMME: self.programme.read()}
        return {**self.fields.draft(), **own}

    def has_something(self) -> bool:
        """True once anything was said that was not pre-filled."""
        return self.draft() != self._starting

    def show_errors(self) -> bool:
        """Say what is wrong beside each field; False when everything can be accepted."""
        errors = self.fields.errors()
        if any(key.startswith("passage.") for key in errors):
            self.visit_card.show()
        return self.fields.show_errors(errors)

    def toggle_visit(self) -> None:
        """Show or hide date, mode of contact, who sent the person, what was decided."""
        self.visit_card.setVisible(self.visit_card.isHidden())
        if not self.visit_card.isHidden():
            self.fields.focus("passage.happened_on")

    def _toggle_details(self) -> None:
        folded = self.fields.field(_DETAILS[0]).isHidden()
        self._fold_details(fold=not folded)
        if folded:
            self.fields.focus(_DETAILS[0])

    def _fold_details(self, *, fold: bool) -> None:
        self.fields.fold(_DETAILS if fold else ())
        self._details.set_label("Préciser" if fold else "Replier")
        self._details.set_icon("chevron-down" if fold else "chevron-up")

    def _told(self) -> None:
        if not self._loading:
            self.changed.emit()
