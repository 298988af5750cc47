"""The scenario being worked on: its name, what is typed kept as a draft, saved, printed; plan and forecast share it."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules import forecast_input
from boutique.rules.forecast import compute
from boutique.services import accesses, forecasts
from boutique.services.documents import Document
from boutique.services.drafts import DraftLine
from boutique.services.forecasts import View
from boutique.services.papers import forecast as paper
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.form_draft import FormDraft
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.saving import FileSaving
from boutique.ui.theme.manager import theme
from boutique.ui.views.file.money_forecast import ForecastPart
from boutique.ui.views.file.money_plan import PlanPart
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.label import Label

DRAFT = "forecast"
_ID = "forecast_id"
_NAME_WIDTH = 190


class ScenarioPart(QWidget):
    """`wants_preview(document)` shows the printed plan. Nothing changes in the file before « Enregistrer »."""

    wants_preview = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._saving = desk, FileSaving(desk, self)
        self._case_id: uuid.UUID | None = None
        self._forecast_id: uuid.UUID | None = None
        self.draft = FormDraft(desk, DRAFT, self)
        self._edited = self._loading = False
        self._written: dict[str, Any] | None = None  # what the base says, when that is what shows
        self.plan, self.forecast = PlanPart(), ForecastPart()
        self.forecast.hide()
        self.scenarios = ComboBox(empty=None, accessible="Scénario montré")
        self.name = LineEditor("Nom du scénario")
        self.name.setAccessibleName("Nom du scénario")
        self.name.setObjectName("scenario-name")
        self.more = Button("Scénarios", trailing="chevron-down", accessible="Scénarios : dupliquer, ajouter, supprimer")
        self.state = Label(role="small", tone="muted", wrap=True)
        self.excel = Button("Excel", icon="file-spreadsheet", accessible="Exporter le prévisionnel en classeur Excel")
        self.pdf = Button("PDF", icon="printer", accessible="Plan de financement et prévisionnel en PDF")
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl S", size="normal")
        self.empty = EmptyState(
            "calculator", "Pas encore de plan ni de prévisionnel",
            "Besoins, ressources, ventes et charges : le résultat et la trésorerie se calculent pendant la saisie.",
            "Commencer le prévisionnel",
        )  # fmt: skip
        self.autosave = Autosave(self)
        self._work = QWidget()
        self._lay_out()
        self._connect()

    def open_case(self, case_id: uuid.UUID) -> None:
        """Another file: nothing of the one before stays."""
        self.settle()
        self._case_id, self._forecast_id, self._edited = case_id, None, False
        self.draft.forget()

    def refresh(self) -> None:
        if self._case_id is not None:
            self.desk.read_latest("file.forecast", forecasts.view, self._case_id, then=self._show)

    def settle(self) -> None:
        self.autosave.flush()

    def abandon(self) -> None:
        self.autosave.forget()
        self._case_id = self._forecast_id = None
        self._edited = False

    def show_part(self, key: str) -> None:
        self.plan.setVisible(key == "plan")
        self.forecast.setVisible(key == "forecast")

    def is_editing(self) -> bool:
        return self._forecast_id is not None

    def typed(self) -> dict[str, Any]:
        return {**self.plan.typed(), **self.forecast.typed()}

    def save(self) -> None:
        """Ctrl+S; what cannot be read is said beside it, and nothing is saved by halves."""
        if self._forecast_id is None:
            return
        typed = self.typed()
        _, errors = forecast_input.read(typed)
        if errors:
            count = french.plural(len(errors), "saisie à corriger", "saisies à corriger")
            self.desk.shell.notify(f"{count} : {next(iter(errors.values()))}", "warning")
            return
        self.autosave.forget()
        self.desk.write("Prévisionnel enregistré", forecasts.save, self._forecast_id, typed, then=self._saved)

    def start(self) -> None:
        self.desk.write("Prévisionnel commencé", forecasts.create, self._case_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on to the next field."""
        plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if plain and isinstance(QApplication.focusWidget(), QLineEdit | QComboBox):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def _show(self, view: View) -> None:
        started = view.current is not None
        self.empty.setVisible(not started)
        self._work.setVisible(started)
        if not started:
            self._forecast_id, self._edited = None, False
            return
        another = view.current != self._forecast_id
        if another:
            self._forecast_id, self._edited = view.current, False
            self.draft.forget()
            assert self._case_id is not None
            self.draft.look_for(self._case_id, self._take_up)
        self._show_scenarios(view)
        if not self._edited and view.typed != self._written:
            self._write(view.typed)
        if not self._edited:
            self.state.setText("")
        self.plan.show_around(() if self._edited else view.offers, () if self._edited else view.facts)
        self.forecast.show_hints(view.hints)

    def _show_scenarios(self, view: View) -> None:
        with QSignalBlocker(self.scenarios):
            self.scenarios.set_options([(one.id, one.name) for one in view.scenarios])
            self.scenarios.write(view.current)
        self.scenarios.setVisible(len(view.scenarios) > 1)
        if not self.name.hasFocus():
            with QSignalBlocker(self.name):
                self.name.write(next(one.name for one in view.scenarios if one.current))

    def _write(self, typed: dict[str, Any]) -> None:
        self._loading, self._written = True, typed
        self.plan.write(typed)
        self.forecast.write(typed)
        self._loading = False
        self._compute()

    def _changed(self) -> None:
        if self._loading:
            return
        self._edited, self._written = True, None
        self.state.setText("Modifications non enregistrées")
        self._compute()
        self.autosave.touch()

    def _compute(self) -> None:
        given, errors = forecast_input.read(self.typed())
        made = compute(given)
        self.plan.show_results(given, made, errors)
        self.forecast.show_results(given, made, errors)

    def _keep(self) -> None:
        if self._case_id is not None and self._forecast_id is not None and self._edited:
            kept = {_ID: str(self._forecast_id), **self.typed()}
            self.draft.keep(self._case_id, kept)

    def _take_up(self, draft: DraftLine | None) -> None:
        if draft is not None:
            self.draft.take_up(draft, self._resume)

    def _resume(self, typed: dict[str, Any]) -> None:
        if typed.get(_ID) != str(self._forecast_id):
            self.draft.forget()  # of another scenario
            return
        self._edited = True
        self._write(typed)
        self._written = None
        self.state.setText("Modifications retrouvées, non enregistrées")
        self.desk.shell.notify(
            "Des modifications du prévisionnel attendaient d’être enregistrées.",
            "info",
            [("Les abandonner", self._give_up)],
        )

    def _give_up(self) -> None:
        self._drop_draft()
        self._edited = False
        self.refresh()

    def _saved(self, _nothing: Any) -> None:
        self._drop_draft()
        self._edited = False
        self.state.setText("")
        self.refresh()

    def _drop_draft(self) -> None:
        self.autosave.forget()
        self.draft.drop()

    def _chosen(self) -> None:
        wanted = self.scenarios.read()
        if wanted is not None and wanted != self._forecast_id:
            self.settle()
            self.desk.write("Scénario choisi", forecasts.choose, wanted, told="")

    def _renamed(self) -> None:
        shown = self.scenarios.currentText()
        if self._forecast_id is not None and self.name.text().strip() not in ("", shown):
            self.desk.write("Scénario renommé", forecasts.rename, self._forecast_id, self.name.text())

    def _tell_facts(self, keys: tuple[str, ...]) -> None:
        self.desk.write("Fiche complétée d’après le plan", forecasts.apply_facts, self._case_id, keys)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for words, run in (
            ("Dupliquer ce scénario", self._copy),
            ("Nouveau scénario vide", self.start),
            ("Supprimer ce scénario", self._delete),
        ):
            menu.addAction(words).triggered.connect(run)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _copy(self) -> None:
        self.settle()
        self.desk.write("Scénario dupliqué", forecasts.create, self._case_id, copy_of=self._forecast_id)

    def _delete(self) -> None:
        self._drop_draft()
        self.desk.write("Scénario supprimé", forecasts.delete, self._forecast_id)

    def _print(self) -> None:
        self._warn_unsaved()
        self.desk.read(paper.plan, self._case_id, then=self.wants_preview.emit)

    def _export(self) -> None:
        self._warn_unsaved()
        self.desk.read(forecasts.workbook, self._case_id, then=self._save_workbook)

    def _warn_unsaved(self) -> None:
        if self._edited:
            self.desk.shell.notify("Le document reprend la dernière version enregistrée.", "info")

    def _save_workbook(self, made: Document) -> None:
        written = partial(self.desk.keep, accesses.note, "export", made.title)
        self._saving.offer(made, title="Enregistrer le prévisionnel", written=written)

    def _connect(self) -> None:
        for part in (self.plan, self.forecast):
            part.changed.connect(self._changed)
        self.plan.told.connect(self._tell_facts)
        self.autosave.due.connect(self._keep)
        self.empty.acted.connect(self.start)
        self.scenarios.activated.connect(self._chosen)
        self.name.editingFinished.connect(self._renamed)
        for name, button, run in (
            ("more", self.more, self._open_menu),
            ("excel", self.excel, self._export),
            ("pdf", self.pdf, self._print),
            ("save", self.save_button, self.save),
        ):
            button.setObjectName(f"forecast-{name}")
            button.clicked.connect(run)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for width, editor in ((_NAME_WIDTH, self.scenarios), (_NAME_WIDTH, self.name)):
            editor.setMaximumWidth(theme().px(width))
            bar.addWidget(editor)
        self.scenarios.hide()
        bar.addWidget(self.more)
        bar.addWidget(self.state, 1)
        for button in (self.excel, self.pdf, self.save_button):
            bar.addWidget(button)
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.plan)
        column.addWidget(self.forecast)
        self._work.hide()
        self.empty.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.empty)
        whole.addWidget(self._work)
