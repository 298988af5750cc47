"""Import of a list of partners: what it would do is looked at first, corrected, then done as one action."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import import_preview, partner_book
from boutique.services.documents import Document
from boutique.services.import_outcomes import Report
from boutique.services.import_preview import Preview, Reading
from boutique.services.workspace import Workspace
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.saving import FileSaving
from boutique.ui.tasks import Progress
from boutique.ui.view import View
from boutique.ui.views.import_columns import ColumnsCard
from boutique.ui.views.import_report import figures, remarks
from boutique.ui.views.import_twins import TwinsCard
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn

_SECTION = "Import de partenaires"
_IMPORTED = "Import de partenaires"


class PartnerImportView(View):
    """`enter(path=…)` looks at a file; nothing is written before « Importer »."""

    title = "Importer des partenaires"
    rail = "partners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._saving = desk, FileSaving(desk, self)
        self._path: Path | None = None
        self._shown: Preview | None = None
        self._names: dict[int, str] | None = None
        self.heading = Label("Importer des partenaires", role="title")
        self.file = ElidedLabel(tone="muted")
        self.trouble = Label(role="body", tone="danger", wrap=True)
        self.import_button = PrimaryButton("Importer", icon="check", hint="Ctrl ↵", size="normal")
        self.export_button = Button("Contrôle en classeur…", icon="download")
        self.cancel_button = Button("Annuler", variant="ghost")
        self.columns = ColumnsCard()
        self.twins = TwinsCard()
        self._figures = Card("Ce que fera l’import")
        self._told = QWidget()
        self._cards = QVBoxLayout(self._told)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(10)
        self._lay_out()
        self._connect()

    def enter(self, **arguments: Any) -> None:
        path = arguments.get("path")
        if path is not None and path != self._path:
            self._path, self._shown, self._names = path, None, None
            self.twins.clear()
            self.columns.forget()
            self.file.setText(path.name)
            self._scroll.verticalScrollBar().setValue(0)
        if self._path is not None:
            self.look()

    def go_back(self) -> bool:
        self._leave()
        return True

    def take_focus(self) -> None:
        (self.import_button if self.import_button.isEnabled() else self.cancel_button).setFocus()

    def look(self) -> None:
        """The dry run again, with the columns and choices of now."""
        if self._path is None:
            return
        self.import_button.setEnabled(False)
        reading = Reading(self._names, self.columns.fallback(), self.twins.decisions())
        work = partial(_look, self.desk.workspace, self._path, reading)
        self.desk.tasks.run_long(work, self._show, self._refused, busy="Lecture de la liste…")

    def run(self) -> None:
        if self._path is not None and self.import_button.isEnabled():
            self.import_button.setEnabled(False)
            reading = Reading(self._names, self.columns.fallback(), self.twins.decisions())
            work = partial(_import, self.desk.workspace, self._path, reading)
            self.desk.tasks.run_long(work, self._imported, self._refused, busy="Import des partenaires…")

    def _show(self, preview: Preview) -> None:
        self._shown = preview
        report = preview.report
        self.columns.show_columns(preview, preview.fallback)
        self._say(preview.missing)
        empty(self._cards)
        for card in (self._figures, self._told):
            card.setVisible(report is not None)
        self.export_button.setEnabled(report is not None)
        self.twins.show_twins(report.twins if report else ())
        self._order()
        if report is not None:
            self._fill(report)

    def _order(self) -> None:
        """Choices are made again for each file: Tab follows the eye."""
        doubles, columns = self.twins, self.columns
        walk = [self.cancel_button, doubles.all, *doubles.choices.values(), columns.type, columns.unfold]
        for here, there in pairwise([*walk, *columns.choices]):
            QWidget.setTabOrder(here, there)

    def _fill(self, report: Report) -> None:
        count = report.created + report.updated
        self.import_button.setEnabled(bool(count))
        self.import_button.set_label(f"Importer ({french.show_number(count)})" if count else "Rien à importer")
        empty(self._figures.body)
        numbers = QWidget()
        numbers.setLayout(figures(report))
        numbers.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        self._figures.add(numbers)
        for card in remarks(report):
            self._cards.addWidget(card)
        if self.isVisible() and self.import_button.isEnabled() and not self.columns.isAncestorOf(self.focusWidget()):
            QTimer.singleShot(0, self, self.take_focus)

    def _refused(self, sentence: str) -> None:
        self._say(sentence)
        self.import_button.setEnabled(False)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _imported(self, report: Report) -> None:
        self._path = None
        self.desk.changed.emit()
        self.desk.shell.show_view("partners", report=report)

    def _mapped(self) -> None:
        self._names = self.columns.names()
        self.look()

    def _export(self) -> None:
        if self._shown is not None and self._shown.report is not None and self._path is not None:
            self.desk.read(partner_book.report, self._shown.report, self._path.name, then=self._save)

    def _save(self, made: Document) -> None:
        self._saving.offer(made, title="Contrôle de l’import")

    def _leave(self) -> None:
        self._path = None
        self.desk.shell.show_view("partners")

    def _connect(self) -> None:
        self.import_button.clicked.connect(self.run)
        self.export_button.clicked.connect(self._export)
        self.cancel_button.clicked.connect(self._leave)
        self.columns.changed.connect(self._mapped)
        self.twins.changed.connect(self.look)
        add = self.desk.shell.commands.add
        add(Action("import.run", "Importer cette liste", self.run, "check", "Ctrl+Return", section=_SECTION), self)
        add(Action("import.export", "Contrôle en classeur", self._export, "download", section=_SECTION), self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.heading)
        top.addWidget(self.file, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.import_button, self.export_button, self.cancel_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._scroll = ScrollColumn()
        self._scroll.add(self._figures, self.twins, self.columns, self._told)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addLayout(buttons)
        whole.addWidget(self.trouble)
        whole.addWidget(self._scroll, 1)
        self._say("")


def _look(workspace: Workspace, path: Path, reading: Reading, progress: Progress) -> Preview:
    return workspace.read(import_preview.preview, path, reading, progress=progress)


def _import(workspace: Workspace, path: Path, reading: Reading, progress: Progress) -> Report:
    return workspace.write(_IMPORTED, import_preview.run, path, reading, progress=progress)
