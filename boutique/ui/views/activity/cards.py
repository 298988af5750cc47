"""The cards of Activité, each written from the records of `services.activity`."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.core import french
from boutique.services.activity import ActivityView
from boutique.services.checks import Check
from boutique.ui.views.activity.table import FiguresTable
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.column_chart import ColumnChart, Series
from boutique.ui.widgets.horizontal_bars import Bar, HorizontalBars
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_HINT = "Cliquer un chiffre ouvre les dossiers qui le composent"
_NOTHING = "Rien n’a encore été enregistré ce mois-ci"
_COUNT_WIDTH = 24


class FiguresCard(Card):
    """The table, and the funnel of the year under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.hint = Label(_HINT, role="small", tone="muted")
        super().__init__("Indicateurs", action=self.hint, parent=parent)
        self.table = FiguresTable()
        self._funnel_title = Label(role="label", tone="muted")
        self.funnel = HorizontalBars("Du passage à la création", track=False)
        self.add(self.table)
        self.body.addSpacing(6)
        self.add(self._funnel_title, self.funnel)

    def write(self, found: ActivityView, previous: str) -> None:
        self.hint.setText(_HINT if any(line.month for line in found.indicators) else _NOTHING)
        self.table.write(found.indicators, previous, found.month.year)
        self._funnel_title.setText(f"Du passage à la création, cumul {found.month.year}")
        most = max((step.count for step in found.funnel), default=0)
        self.funnel.write(
            [
                Bar(
                    step.label,
                    0.8 * step.count / most if most else 0,
                    f"{french.show_number(step.count)} {step.unit}".strip(),
                )
                for step in found.funnel
            ]
        )


class MonthsCard(Card):
    """People received month by month, beside the year before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Personnes reçues par mois", parent=parent)
        self.chart = ColumnChart("Personnes reçues par mois")
        self.add(self.chart)

    def write(self, found: ActivityView) -> None:
        known = [bar for bar in found.bars if bar.this_year is not None]
        labels = [french.MONTHS[bar.month - 1][0].upper() for bar in known]
        year = found.month.year
        before = Series(str(year - 1), [bar.last_year for bar in known])
        self.chart.write(labels, [before, Series(str(year), [bar.this_year or 0 for bar in known])])


class PublicCard(Card):
    """Who came this month, in shares of those whose answer is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Public du mois", parent=parent)
        self.bars = HorizontalBars("Public du mois")
        self.add(self.bars)

    def write(self, found: ActivityView) -> None:
        self.bars.write(
            [Bar(share.label, share.share or 0, french.show_percent(share.share)) for share in found.public]
        )


class ChecksCard(Card):
    """What to look at before the figures are sent; `opened(Check)`."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("À voir avant envoi", parent=parent)
        self.body.setSpacing(0)
        self._rows: list[QWidget] = []

    def write(self, checks: Sequence[Check]) -> None:
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(check, last=check is checks[-1]) for check in checks]
        if not checks:
            self._rows = [Badge("Tous les contrôles sont bons", "success", icon="circle-check")]
        for row in self._rows:
            self.body.addWidget(row)

    def rows(self) -> list[ListRow]:
        return [row for row in self._rows if isinstance(row, ListRow)]

    def _row(self, check: Check, *, last: bool) -> ListRow:
        count = Badge(str(check.count), "danger" if check.blocking else "warning", minimum=_COUNT_WIDTH)
        row = ListRow(
            check.label, leading=count, trailing=[Icon("chevron-right", tone="ink")], clickable=True, role="body"
        )
        row.setAccessibleName(f"{check.count} {check.label}")
        row.set_last(last)
        row.activated.connect(partial(self.opened.emit, check))
        return row
