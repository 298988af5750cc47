"""What changed in a declared month since: figures that moved, late acts, and the words that say why."""

import uuid
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services import corrections
from boutique.services.corrections import Corrections, Late, Moved
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_NOTHING = "Aucune correction : rien n’a changé dans ce mois depuis sa déclaration."
_SHOWN = 40


class CorrectionsCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Corrections", parent=parent)
        self._desk = desk
        self.rows: list[ListRow] = []
        self.none = Label(_NOTHING, tone="muted", wrap=True)
        self.more = Label(role="small", tone="muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.add(self.none, self._lines, self.more)

    def write(self, found: Corrections | None) -> None:
        """Nothing at all while the month is not declared."""
        self.setVisible(found is not None)
        if found is None:
            return
        empty(self._lines)
        left = found.unexplained
        self.set_title(f"Corrections · {french.plural(left, 'motif')} à donner" if left else "Corrections")
        self.rows = [*map(_figure_row, found.moved), *map(self._act_row, found.lates[:_SHOWN])]
        for row in self.rows:
            self._lines.addWidget(row)
        if self.rows:
            self.rows[-1].set_last()
            follow(self, self.rows)
        hidden = len(found.lates) - _SHOWN
        self.more.setText(f"et {french.plural(hidden, 'autre')}, dans le classeur du mois suivant")
        self.more.setVisible(hidden > 0)
        self.none.setVisible(not self.rows)

    def _act_row(self, late: Late) -> ListRow:
        on = french.show_date(clock.local(late.changed_at).date())
        about = " · ".join(part for part in (late.reference, f"le {on} par {late.author or '—'}", late.reason) if part)
        why = Button("Modifier le motif" if late.reason else "Dire pourquoi", size="small",
                     accessible=f"Dire pourquoi : {late.what}")  # fmt: skip
        why.clicked.connect(partial(self._explain, late))
        row = ListRow(late.what, about, trailing=[why], clickable=late.case_id is not None)
        if late.case_id is not None:
            row.activated.connect(partial(self._open_file, late.case_id))
        return row

    def _explain(self, late: Late) -> None:
        ask_why(self._desk, late.action_id, late.what)

    def _open_file(self, case_id: uuid.UUID) -> None:
        self._desk.shell.show_view("file", case_id=case_id)


def ask_why(desk: Desk, action_id: uuid.UUID, what: str) -> None:
    """One sentence that goes with the correction, here and in the next workbook."""
    words = f"{what}, dans un mois déjà déclaré. Ce motif figure dans les corrections du classeur : jamais de nom."
    reason = desk.ask.reason("Pourquoi cette correction ?", words, yes="Enregistrer le motif")
    if reason is not None:
        desk.write("Motif de la correction enregistré", corrections.explain, action_id, reason)


def _figure_row(moved: Moved) -> ListRow:
    return ListRow(moved.label, f"déclaré : {_shown(moved, moved.declared)} · aujourd’hui : {_shown(moved, moved.now)}",
                   trailing=_gap(moved))  # fmt: skip


def _gap(moved: Moved) -> list[QWidget]:
    if moved.declared is None or moved.now is None:
        return []
    gap = moved.now - moved.declared
    sign = "+" if gap > 0 else "−"
    return [Badge(f"{sign}{_shown(moved, abs(gap))}", "warning", icon="pencil-line")]


def _shown(moved: Moved, value: float | None) -> str:
    if value is None:
        return "—"
    if moved.share:
        return french.show_percent(value)
    return french.show_number(value, 0 if float(value).is_integer() else 1)
