"""One line of the figures of partners: why refused, why set aside, and the referrals behind each figure."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import french
from boutique.services.partner_figure_rows import Group
from boutique.services.partner_figures import Count, Line, Made, Side
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.horizontal_bars import Bar, HorizontalBars
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_SHOWN = 20


class BehindCard(Card):
    """`side_chosen(side)`, `file_wanted(made)`, `sheet_wanted`."""

    side_chosen = Signal(object)
    file_wanted = Signal(object)
    sheet_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.line: Line | None = None
        self._made: tuple[Made, ...] = ()
        self.refusals = HorizontalBars("Refus et abandons par motif")
        self.aside = HorizontalBars("Propositions écartées par motif")
        self._refusals_title = Label("Refus et abandons, par motif", role="label")
        self._aside_title = Label("Propositions écartées, par motif", role="label")
        self._side = ComboBox(empty=None, accessible="Voir les orientations")
        self._side.setObjectName("partner-figures-side")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.sheet = Button("Ouvrir la fiche", icon="handshake", size="small")
        self.add(self._refusals_title, self.refusals, self._aside_title, self.aside, self._side, self.rows, self.sheet)
        self._side.currentIndexChanged.connect(self._chosen)
        self.sheet.clicked.connect(self.sheet_wanted)

    def side(self) -> Side:
        """What is listed."""
        return Side(self._side.read() or Side.SENT)

    def show_line(self, line: Line, by: Group) -> None:
        self.line = line
        self.set_title(line.label)
        counts = {
            Side.SENT: line.sent,
            Side.ANSWERED: line.answered,
            Side.ACCEPTED: line.accepted,
            Side.REFUSED: line.refused,
            Side.SILENT: line.silent,
            Side.NOT_CHOSEN: line.not_chosen,
        }
        self._side.set_options([(side, f"{side.label} : {french.show_number(counts[side])}") for side in Side])
        self._show_bars(self._refusals_title, self.refusals, line.refusals)
        self._show_bars(self._aside_title, self.aside, line.set_aside)
        self.sheet.setVisible(bool(line.key) and by is Group.PARTNER)

    def show_made(self, made: Sequence[Made]) -> None:
        self._made = tuple(made)
        empty(self.rows)
        for rank, one in enumerate(self._made[:_SHOWN]):
            when = french.show_date(one.on)
            answered = f"réponse le {french.show_date(one.answered_on)}" if one.answered_on else ""
            about = " · ".join(part for part in (self._named(one), one.reason, answered) if part)
            row = ListRow(f"{when} · {one.case_reference} · {one.status.lower()}", about, clickable=True, wrap=False)
            row.setObjectName(f"partner-figures-made-{rank}")
            row.setProperty("rank", rank)
            row.activated.connect(self._open)
            self.rows.addWidget(row)
        left = len(self._made) - _SHOWN
        if left > 0:
            self.rows.addWidget(Label(f"et {french.plural(left, 'autre')}", role="small", tone="muted"))
        if not self._made:
            self.rows.addWidget(Label("Rien à montrer.", role="small", tone="muted"))

    def _named(self, made: Made) -> str:
        return "" if self.line is not None and made.partner == self.line.label else made.partner

    def _show_bars(self, title: Label, bars: HorizontalBars, counts: Sequence[Count]) -> None:
        most = max((one.count for one in counts), default=0)
        bars.write([Bar(one.label, one.count / most, french.show_number(one.count)) for one in counts])
        for part in (title, bars):
            part.setVisible(bool(counts))

    def _chosen(self, _index: int) -> None:
        self.side_chosen.emit(self.side())

    def _open(self) -> None:
        row = self.sender()
        if isinstance(row, QWidget):
            self.file_wanted.emit(self._made[int(row.property("rank"))])
