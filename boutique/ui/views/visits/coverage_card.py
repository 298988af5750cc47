"""How much of the territory was visited, commune by commune; a press on one says how many businesses it has."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.text import clip
from boutique.forms.catalogue import KNOWN_BUSINESSES
from boutique.rules.period import Period
from boutique.services import visit_coverage
from boutique.services.visit_coverage import CommuneCoverage, Coverage
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.segmented import Segmented

_EVER, _YEAR = "ever", "year"
_SHOWN = 60
_ROWS: dict[str, list[tuple[tuple[str, int], ...]]] = {
    "count": [
        (("known_businesses.commune_code", 1),),
        (("known_businesses.count", 1), ("known_businesses.counted_on", 1)),
        (("known_businesses.source", 1),),
    ],
}
_ABOUT = (
    "Entreprises différentes visitées, sur le nombre que vous indiquez par commune, avec sa source et sa date "
    "(Insee, chambre consulaire…)."
)


class CoverageCard(Card):
    """`refresh()` asks again; the form opens under the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Couverture du territoire", parent=parent)
        self.desk = desk
        self.rows: list[ListRow] = []
        self._known: dict[str, CommuneCoverage] = {}
        self.told = Label(role="strong", wrap=True)
        self.about = Label(_ABOUT, role="small", tone="muted", wrap=True)
        options = [(_EVER, "Depuis toujours"), (_YEAR, "Cette année")]
        self.period = Segmented(options, accessible="Visites comptées", optional=False)
        self.period.write(_EVER)
        self.add_button = Button("Indiquer une commune", icon="plus", size="small")
        self.take_button = Button("Reprendre d’une liste importée…", icon="upload", size="small")
        self.take_button.hide()
        self.form = FormView(KNOWN_BUSINESSES, desk, rows=_ROWS, framed=False)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler")
        self.remove_button = Button("Oublier ce nombre", icon="trash-2", variant="ghost")
        self._lay_out()
        self.period.changed.connect(self._period_chosen)
        self.add_button.clicked.connect(self.new)
        self.take_button.clicked.connect(self._choose_source)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.put_away)
        self.remove_button.clicked.connect(self._remove)

    @property
    def editing(self) -> bool:
        return not self._editor.isHidden()

    def refresh(self) -> None:
        period = Period.year(clock.today()) if self.period.read() == _YEAR else None
        self.desk.read_latest("visit coverage", visit_coverage.coverage, period, then=self._show)
        self.desk.read_latest("visit sources", visit_coverage.sources, then=self._show_sources)

    def menu(self) -> QMenu:
        """The imported lists whose counts may be taken."""
        made = QMenu(self)
        made.aboutToHide.connect(made.deleteLater)
        for source_id, name in self._sources:
            made.addAction(name.replace("&", "&&"), partial(self._take, source_id))
        return made

    def new(self) -> None:
        self._open({"known_businesses.counted_on": clock.today()})

    def put_away(self) -> bool:
        """Close the form; True when there was one."""
        was = self.editing
        self._editor.hide()
        return was

    def save(self) -> None:
        if not self.editing or self.form.show_errors(self.form.errors()):
            return
        told = "Nombre d’entreprises noté"
        self.desk.write(told, visit_coverage.save_count, self.form.answers(), then=self._saved, failed=self._say)

    def _show(self, found: Coverage) -> None:
        self.told.setText(_told(found))
        self._known = {line.commune_code: line for line in found.communes if line.commune_code is not None}
        empty(self._list)
        lines = sorted(found.communes, key=_most_visited)
        self.rows = [self._row(line) for line in lines[:_SHOWN]]
        for row in self.rows:
            self._list.addWidget(row)
        if self.rows:
            self.rows[-1].set_last()
        left = len(lines) - _SHOWN
        if left > 0:
            words = f"et {french.plural(left, 'autre commune', 'autres communes')}, dans l’export"
            self._list.addWidget(Label(words, role="small", tone="muted"))

    def _row(self, line: CommuneCoverage) -> ListRow:
        badge = Badge(french.show_percent(line.rate), "info") if line.rate is not None else Badge("nombre à indiquer")
        visited = french.plural(line.visited, "entreprise visitée", "entreprises visitées")
        known = f" sur {french.show_number(line.known)}" if line.known else ""
        said = f"{clip(line.source, 60)}, {french.show_date(line.counted_on)}" if line.counted_on else ""
        about = " · ".join(part for part in (f"{visited}{known}", said) if part)
        clickable = line.commune_code is not None
        row = ListRow(line.commune, about, trailing=[badge] if clickable else [], clickable=clickable)
        if line.commune_code is not None:
            row.activated.connect(partial(self._edit, line.commune_code))
        return row

    _sources: Sequence[tuple[uuid.UUID, str]] = ()

    def _show_sources(self, found: Sequence[tuple[uuid.UUID, str]]) -> None:
        self._sources = found
        self.take_button.setVisible(bool(found))

    def _choose_source(self) -> None:
        self.menu().popup(self.take_button.mapToGlobal(self.take_button.rect().bottomLeft()))

    def _take(self, source_id: uuid.UUID) -> None:
        told = "Nombres d’entreprises repris de la liste importée"
        self.desk.write(told, visit_coverage.take_from, source_id, then=self._taken, failed=self._say)

    def _taken(self, _communes: int) -> None:
        self.refresh()

    def _edit(self, commune_code: str) -> None:
        self.desk.read(visit_coverage.count_answers, commune_code, then=self._open)

    def _open(self, answers: dict[str, Any]) -> None:
        self.form.load(answers)
        self._say("")
        line = self._known.get(answers.get("known_businesses.commune_code", ""))
        self._count_id = line.count_id if line is not None else None
        self.remove_button.setVisible(self._count_id is not None)
        self._editor.show()
        known = "known_businesses.commune_code" in answers
        self.form.focus("known_businesses.count" if known else "known_businesses.commune_code")

    _count_id: Any = None

    def _remove(self) -> None:
        if self._count_id is not None:
            told = "Nombre d’entreprises oublié"
            self.desk.write(told, visit_coverage.remove_count, self._count_id, then=self._saved, failed=self._say)

    def _saved(self, _id: object) -> None:
        self.put_away()
        self.refresh()

    def _period_chosen(self, _period: object) -> None:
        self.refresh()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(clip(sentence, 400))
        self.trouble.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._editor = QWidget()
        column, buttons = QVBoxLayout(self._editor), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        buttons.setSpacing(8)
        for button in (self.save_button, self.cancel_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addWidget(self.form)
        column.addWidget(self.trouble)
        column.addLayout(buttons)
        self._editor.hide()
        self.add(self.told, self.about)
        self.body.addWidget(self.period, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._editor, self._list)
        more = FlowLayout(gap=8)
        more.addWidget(self.add_button)
        more.addWidget(self.take_button)
        self.add(more)


def _most_visited(line: CommuneCoverage) -> tuple[bool, bool, str]:
    """Communes where somebody was visited first; an imported list may bring hundreds of others."""
    return line.commune_code is None, not line.visited, line.commune


def _told(found: Coverage) -> str:
    """« 14 entreprises visitées sur 845 connues : 2 % ». Communes without a number are not in it."""
    if found.rate is None:
        return "Le taux s’affiche dès qu’une commune a son nombre d’entreprises."
    visited = french.plural(found.visited, "entreprise visitée", "entreprises visitées")
    return f"{visited} sur {french.show_number(found.known)} connues : {french.show_percent(found.rate)}"
