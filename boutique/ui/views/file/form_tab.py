"""Fiche: every answer of the file in two columns of sections, its completeness, and its end."""

import uuid
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import FILE
from boutique.models.choices import ExitReason
from boutique.services import endings, people, programmes
from boutique.services.drafts import DraftLine
from boutique.services.endings import Start
from boutique.services.people import FileHeader
from boutique.services.programmes import Option
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.form_draft import FormDraft
from boutique.ui.forms.view import FormView
from boutique.ui.views.file.ending import Ending
from boutique.ui.views.file.form_rows import narrow_rows
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.progress_bar import ProgressBar

DRAFT = "file"
# The marks of the axes have their own tab.
_LEFT = ("who", "situation", "more", "money", "around")
_RIGHT = ("project", "activity", "funding", "setting", "business")


class FormTab(Tab):
    """What is typed is a draft until it is saved: nothing changes in the file behind the counsellor's back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.draft = FormDraft(desk, DRAFT, self)
        self.bar, self.share = ProgressBar(0.0), Label(role="small", tone="muted")
        self.bar.setFixedWidth(160)
        self.state = Label(role="small", tone="muted")
        self.programme = ComboBox(empty="Aucun programme", accessible="Programme du dossier")
        self.programme.hide()
        self.end = Button("Clôturer le dossier…", icon="folder-closed")
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl S", size="normal")
        self.ending = Ending(desk)
        self._start: Start | None = None
        self._closed_file = False
        self._charged: uuid.UUID | None = None
        self.ending.hide()
        self.form = FormView(FILE, desk, sections=(*_LEFT, *_RIGHT), rows=narrow_rows(FILE))
        _in_two_columns(self.form)
        self._edited = False
        self.autosave = Autosave(self)
        self._lay_out()
        self.programme.setObjectName("file-programme")
        self.programme.activated.connect(self._charge)
        self.end.setObjectName("file-close")
        self.save_button.setObjectName("file-save")
        self.form.changed.connect(self._changed)
        self.autosave.due.connect(self._keep)
        self.save_button.clicked.connect(self.save)
        self.end.clicked.connect(self.ask_ending)
        self.ending.decided.connect(self._close)

    def start_afresh(self) -> None:
        self.draft.forget()
        self._edited = False
        self.ending.hide()
        self.draft.look_for(self.case_id, self._take_up)

    def refresh(self) -> None:
        self.desk.read_latest(
            "file.programmes", programmes.options, keep=self._charged, ended=True, then=self._offer_programmes
        )
        if not self._edited:
            self.desk.read_latest("file.form", people.answers, self.case_id, then=self._load)

    def settle(self) -> None:
        self.autosave.flush()

    def go_back(self) -> bool:
        if not self.ending.isVisible():
            return False
        self.ending.hide()
        return True

    def focus_first(self) -> bool:
        self.form.focus()
        return True

    def save(self) -> None:
        """Ctrl+S; every error is beside its field."""
        if self.form.show_errors(self.form.errors()):
            return
        self.autosave.forget()
        self.desk.write("Fiche modifiée", people.save_answers, self.case_id, self.form.answers(), then=self._saved)

    def ask_ending(self) -> None:
        """The end of the file, or what is known of it once it is closed."""
        self.desk.read(endings.start, self.case_id, then=self._start_ending)

    def _start_ending(self, start: Start) -> None:
        self._start = start
        if self._closed_file:
            self.desk.read(endings.answers, self.case_id, then=self._correct_ending)
        else:
            self.ending.open(start)

    def _correct_ending(self, known: dict[str, Any]) -> None:
        assert self._start is not None
        self.ending.open(self._start, known)

    def _load(self, answers: dict[str, Any]) -> None:
        if not self._edited:
            phone = french.show_phone(answers.get("holder.phone"))
            self.form.load({**answers, "holder.phone": phone})
            self.state.setText("")

    def _take_up(self, draft: DraftLine | None) -> None:
        if draft is not None:
            self.draft.take_up(draft, self._resume)

    def _resume(self, typed: dict[str, Any]) -> None:
        self._edited = True
        self.form.load(typed)
        self.state.setText("Modifications retrouvées, non enregistrées")
        self.desk.shell.notify(
            "Des modifications de la fiche attendaient d’être enregistrées.",
            "info",
            [("Les abandonner", self._give_up)],
        )

    def _give_up(self) -> None:
        self._drop_draft()
        self._edited = False
        self.refresh()

    def _changed(self, _key: str) -> None:
        self._edited = True
        self.state.setText("Modifications non enregistrées")
        self.autosave.touch()

    def _keep(self) -> None:
        if self._case_id is not None and self._edited:
            self.draft.keep(self.case_id, self.form.draft())

    def _saved(self, _nothing: Any) -> None:
        self._drop_draft()
        self._edited = False
        self.refresh()

    def _drop_draft(self) -> None:
        self.autosave.forget()
        self.draft.drop()

    def show_header(self, header: FileHeader) -> None:
        self.bar.write(header.completeness)
        self.share.setText(f"complète à {french.show_percent(header.completeness)}")
        self._closed_file = header.closed_on is not None
        self.end.set_label("Compléter la sortie…" if self._closed_file else "Clôturer le dossier…")

        self._charged = header.programme_id
        self.programme.write(self._charged)

    def _offer_programmes(self, offered: tuple[Option, ...]) -> None:
        self.programme.set_options([(option.id, option.label) for option in offered])
        self.programme.write(self._charged)
        self.programme.setVisible(bool(offered))

    def _charge(self, _line: int) -> None:
        chosen: uuid.UUID | None = self.programme.read()
        if chosen != self._charged:
            told = f"Dossier rattaché à « {self.programme.currentText()} »" if chosen else "Dossier sans programme"
            self.desk.write(told, programmes.charge, self.case_id, chosen)

    def _close(self, typed: dict[str, Any]) -> None:
        reason = ExitReason(typed["exit.reason"]).label.lower()
        told = f"Sortie complétée : {reason}" if self._closed_file else f"Dossier clôturé : {reason}"
        save = endings.correct if self._closed_file else endings.close
        self.desk.write(told, save, self.case_id, typed, then=self._closed, failed=self.ending.tell)

    def _closed(self, _nothing: Any) -> None:
        self.ending.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.bar)
        head.addWidget(self.share)
        head.addWidget(self.state, 1)
        head.addWidget(self.programme)
        head.addWidget(self.end)
        head.addWidget(self.save_button)
        self.column.addLayout(head)
        self.column.addWidget(self.ending)
        self.column.addWidget(self.form)


def _in_two_columns(form: FormView) -> None:
    """The sections of the form side by side; the order of the Tab key stays that of the declaration."""
    sides = []
    for codes in (_LEFT, _RIGHT):
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for code in codes:
            if (card := form.cards.get(code)) is not None:
                form.column.removeWidget(card)
                column.addWidget(card)
        column.addStretch(1)
        sides.append(side)
    form.column.addWidget(Columns(*sides, shares=(1, 1), enough=760))
