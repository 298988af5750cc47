"""Diagnostic: five axes marked at several dates, how they moved, and the points that become actions."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import diagnoses, marking
from boutique.services.diagnoses import DiagnosisLine, Sheet
from boutique.services.documents import Document
from boutique.services.drafts import DraftLine
from boutique.services.papers import diagnosis as paper
from boutique.ui.desk import Desk
from boutique.ui.form_draft import FormDraft
from boutique.ui.views.file.diagnosis_form import DiagnosisForm
from boutique.ui.views.file.diagnosis_parts import AboutCard, EvolutionCard, RadarCard, RemarksCard
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState

DRAFT = "diagnosis"


class DiagnosisTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: tuple[DiagnosisLine, ...] = ()
        self._chosen: uuid.UUID | None = None
        self._against: uuid.UUID | None = None
        self.draft = FormDraft(desk, DRAFT, self)
        self.about, self.evolution, self.radar = AboutCard(), EvolutionCard(), RadarCard()
        self.strengths = RemarksCard("Points d’appui", plans=False, nothing="Aucun critère noté 4 ou 5.")
        self.points = RemarksCard("Points à travailler", plans=True, nothing="Aucun critère noté 1 ou 2.")
        self.new = PrimaryButton("Nouveau diagnostic", icon="plus", size="normal")
        self.new.setObjectName("diagnosis-new")
        self.form = DiagnosisForm()
        self.empty = EmptyState(
            "radar", "Aucun diagnostic",
            "Cinq axes, 26 critères : une photo du projet à une date, à comparer à la suivante.", "Nouveau diagnostic",
        )  # fmt: skip
        self.both = self._lay_out()
        for part in (self.both, self.form, self.empty):
            part.hide()
            self.column.addWidget(part)
        self._connect()

    @property
    def is_writing(self) -> bool:
        return self.form.isVisibleTo(self)

    def start_afresh(self) -> None:
        self._lines, self._chosen, self._against = (), None, None
        self.draft.forget()
        self.form.hide()

    def refresh(self) -> None:
        self.desk.read_latest("file.diagnoses", diagnoses.listing, self.case_id, then=self._show)

    def submit(self) -> None:
        self.form.submit()

    def settle(self) -> None:
        self.form.autosave.flush()

    def abandon(self) -> None:
        self.form.autosave.forget()
        self.draft.drop()
        self.form.hide()

    def go_back(self) -> bool:
        if not self.is_writing:
            return False
        self._put_aside()
        return True

    def focus_first(self) -> bool:
        if self.is_writing:
            self.form.take_focus()
            return True
        first = self.new if self._lines else self.empty.button
        if not first.isVisibleTo(self):
            return False
        first.setFocus()
        return True

    def new_diagnosis(self) -> None:
        """The grid, as it was left if it was left unfinished."""
        if not self.is_writing:
            self.draft.look_for(self.case_id, self._start)

    def _show(self, lines: tuple[DiagnosisLine, ...]) -> None:
        self._lines = lines
        known = [line.id for line in lines]
        if self._chosen not in known:
            self._chosen = known[0] if known else None
            self._against = known[-1] if len(known) > 1 else None  # progress since the first is what counts
        if self._against not in known or self._against == self._chosen:
            self._against = None
        shown = self._line(self._chosen)
        if shown is not None:
            self.about.show_line(shown)
            self.evolution.show_lines(lines, self._chosen)
            self.radar.show_lines(lines, shown, self._line(self._against))
            self.strengths.show_remarks(shown.strengths)
            self.points.show_remarks(shown.points)
        self._arrange()
        self.focus_if_due()

    def _line(self, diagnosis_id: uuid.UUID | None) -> DiagnosisLine | None:
        return next((line for line in self._lines if line.id == diagnosis_id), None)

    def _arrange(self) -> None:
        writing = self.is_writing
        self.both.setVisible(bool(self._lines) and not writing)
        self.empty.setVisible(not self._lines and not writing)

    def _choose(self, diagnosis_id: uuid.UUID) -> None:
        if diagnosis_id == self._against:
            self._against = self._chosen
        self._chosen = diagnosis_id
        self._show(self._lines)

    def _compare(self, diagnosis_id: uuid.UUID | None) -> None:
        self._against = diagnosis_id
        self._show(self._lines)

    def _plan(self, code: str) -> None:
        if self._chosen is not None:
            self.desk.write("Action ajoutée au plan", marking.plan_point, self.case_id, self._chosen, code)

    def _start(self, draft: DraftLine | None) -> None:
        if draft is None:
            self.draft.forget()
            self.desk.read(diagnoses.blank, self.case_id, then=self._open)
            return
        self.draft.tell_found(draft, self._restart)
        self.draft.take_up(draft, self._resume)

    def _resume(self, typed: dict[str, Any]) -> None:
        self.desk.read(diagnoses.resume, self.case_id, typed, then=self._open)

    def _restart(self) -> None:
        self.draft.drop()
        self.desk.read(diagnoses.blank, self.case_id, then=self._open)

    def _edit(self) -> None:
        self.draft.forget()
        self.desk.read(diagnoses.sheet, self._chosen, then=self._open)

    def _open(self, sheet: Sheet) -> None:
        self.form.write(sheet)
        self.form.show()
        self._arrange()
        self.form.take_focus()
        if sheet.lost:
            gone = french.plural(sheet.lost, "critère n’est plus", "critères ne sont plus")
            self.desk.shell.notify(f"La grille a changé : {gone} dans la grille d’aujourd’hui.", "warning")

    def _keep(self, typed: dict[str, Any]) -> None:
        """Only a new diagnosis has a draft: one being corrected is already in the base."""
        if self.form.diagnosis_id is None and self._case_id is not None:
            self.draft.keep(self.case_id, typed)

    def _save(self, typed: dict[str, Any]) -> None:
        self.form.autosave.forget()
        new = self.form.diagnosis_id is None
        self.desk.write(
            "Diagnostic enregistré" if new else "Diagnostic modifié", marking.save, self.case_id, typed,
            diagnosis_id=self.form.diagnosis_id, then=self._saved, failed=self.form.refuse,
        )  # fmt: skip

    def _saved(self, _diagnosis_id: uuid.UUID) -> None:
        """The form stays until what it became can be shown: an empty tab must not come in between."""
        self.draft.drop()
        if self.form.diagnosis_id is None:
            self._chosen = None  # the first and the latest are compared again
        finish = partial(self._finish, self.case_id)
        self.desk.read_latest("file.diagnosis.saved", diagnoses.listing, self.case_id, then=finish)

    def _finish(self, case_id: uuid.UUID, lines: tuple[DiagnosisLine, ...]) -> None:
        if case_id == self._case_id:
            self.form.autosave.forget()
            self.form.hide()
            self._show(lines)
            self.take_focus()

    def _print(self) -> None:
        if self._chosen is not None:
            self.desk.read(paper.diagnosis_sheet, self.case_id, self._chosen, self._against, then=self._preview)

    def _preview(self, document: Document) -> None:
        self.wants_preview.emit(document)

    def _delete(self) -> None:
        if self._chosen is not None:
            self.desk.write("Diagnostic supprimé", marking.delete, self._chosen)

    def _put_aside(self) -> None:
        """Escape loses nothing: what was typed waits as a draft."""
        self.form.autosave.flush()
        if self.draft.begun:
            self.desk.shell.notify("Brouillon gardé.", "info", [("Reprendre", self.new_diagnosis)])
        self._close()

    def _close(self) -> None:
        self.form.autosave.forget()
        self.form.hide()
        self._arrange()
        self.refresh()
        self.take_focus()

    def _lay_out(self) -> Columns:
        sides = []
        for cards in ((self.about, self.evolution, self.points), (self.radar, self.strengths)):
            side, column = QWidget(), QVBoxLayout()
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
            side.setLayout(column)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            sides.append(side)
        self.evolution.set_action(self.new)
        return Columns(*sides, shares=(7, 5))

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_diagnosis)
        self.empty.acted.connect(self.new_diagnosis)
        self.evolution.chosen.connect(self._choose)
        self.radar.chosen.connect(self._choose)
        self.radar.compared.connect(self._compare)
        self.points.planned.connect(self._plan)
        self.about.edit_asked.connect(self._edit)
        self.about.print_asked.connect(self._print)
        self.about.delete_asked.connect(self._delete)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self._put_aside)
        self.form.typed.connect(self._keep)
