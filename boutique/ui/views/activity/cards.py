"""The cards of Activité, each written from the records of `services.activity`."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from boutique.core import french
from boutique.rules.own_figures import FUNDER
from boutique.services.activity_page import GROUPS, Asked, Page
from boutique.services.checks import Check
from boutique.ui.theme.manager import theme
from boutique.ui.views.activity.table import FiguresTable, Heads
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.column_chart import ColumnChart, Series
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.horizontal_bars import Bar, HorizontalBars
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_HINT = "Cliquer un chiffre ouvre les dossiers qui le composent ; un indicateur, son graphique"
_NOTHING = ("Rien n’a encore été enregistré ce mois-ci", "Rien n’a encore été enregistré cette année")
_COUNT_WIDTH = 24
_NAMED = 3


class FiguresCard(Card):
    """The table of a group of figures, and the funnel under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.group = ComboBox(GROUPS, empty=None, accessible="Indicateurs")
        super().__init__("Indicateurs", action=self.group, parent=parent)
        self.hint = Label(_HINT, role="small", tone="muted", wrap=True)
        self.table = FiguresTable()
        self.none = EmptyState(
            "chart-column",
            "Aucun indicateur à vous",
            "Dites ce qui compte pour votre structure : il se lira ici et dans le classeur.",
            "Nouvel indicateur",
        )
        self.none.hide()
        self._funnel_title = Label(role="label", tone="muted")
        self.funnel = HorizontalBars("Du passage à la création", track=False)
        self.add(self.hint, self.table, self.none)
        self.body.addSpacing(6)
        self.add(self._funnel_title, self.funnel)
        theme().changed.connect(self._fit)
        self._fit()

    def write(self, found: Page) -> None:
        asked = found.asked
        self.hint.setText(_NOTHING[asked.yearly] if found.nothing else f"{_declared(found)}{_HINT}")
        without = asked.group == FUNDER and not found.view.indicators
        self.hint.setHidden(without)
        self.table.setHidden(without)
        self.none.setVisible(without)
        self.table.write(found.view.indicators, _heads(asked), asked.chart)
        self._funnel_title.setText(f"Du passage à la création, cumul {asked.day.year}")
        most = max((step.count for step in found.view.funnel), default=0)
        self.funnel.write(
            [
                Bar(
                    step.label,
                    0.8 * step.count / most if most else 0,
                    f"{french.show_number(step.count)} {step.unit}".strip(),
                )
                for step in found.view.funnel
            ]
        )

    def _fit(self) -> None:
        self.group.setFixedWidth(theme().px(190))


class MonthsCard(Card):
    """One figure month by month, beside the year before; `pressed(month)` when one is clicked."""

    pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Personnes reçues par mois", parent=parent)
        self.chart = ColumnChart("Mois par mois")
        self.chart.setCursor(Qt.CursorShape.PointingHandCursor)
        self.chart.pressed.connect(self._press)
        self.add(self.chart)

    def write(self, found: Page) -> None:
        title = f"{found.view.drawn.label} par mois"
        self.set_title(title)
        self.chart.setAccessibleName(title)
        year, factor = found.asked.day.year, 100 if found.view.drawn.share else 1
        known = [bar for bar in found.view.bars if bar.this_year is not None]
        labels = [french.MONTHS[bar.month - 1][0].upper() for bar in known]
        before = Series(str(year - 1), [(bar.last_year or 0) * factor for bar in known])
        self.chart.write(labels, [before, Series(str(year), [(bar.this_year or 0) * factor for bar in known])])

    def _press(self, rank: int) -> None:
        self.pressed.emit(rank + 1)


class DelaysCard(Card):
    """How long things take, in days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Délais, cumul de l’année", parent=parent)
        self.bars = HorizontalBars("Délais")
        self.add(self.bars)

    def write(self, found: Page) -> None:
        most = max((delay.days or 0 for delay in found.view.delays), default=0)
        self.bars.write(
            [
                Bar(delay.label, (delay.days or 0) / most if most else 0, _days(delay.days))
                for delay in found.view.delays
            ]
        )


class PublicCard(Card):
    """Who came, in shares of those whose answer is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Public", parent=parent)
        self.bars = HorizontalBars("Public")
        self.add(self.bars)

    def write(self, found: Page) -> None:
        self.set_title("Public de l’année" if found.asked.yearly else "Public du mois")
        self.bars.write(
            [Bar(share.label, share.share or 0, french.show_percent(share.share)) for share in found.view.public]
        )


class ChecksCard(Card):
    """What to look at before the figures are sent; `opened(Check)`, `month_asked` to see those of the month."""

    opened = Signal(object)
    month_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("À voir avant envoi", parent=parent)
        self.body.setSpacing(0)
        self._rows: list[QWidget] = []

    def write_year(self, month: str) -> None:
        """What is sent is a month: that is where its controls are."""
        about = Label(f"Les contrôles se font mois par mois, avant l’envoi de chacun : {month} est le dernier ici.",
                      tone="muted", wrap=True)  # fmt: skip
        see = Button(f"Contrôles de {month}", icon="list-checks", size="small")
        see.clicked.connect(self.month_asked)
        self._replace([about, see])

    def write(self, checks: Sequence[Check]) -> None:
        rows: list[QWidget] = [self._row(check, last=check is checks[-1]) for check in checks]
        self._replace(rows or [Badge("Tous les contrôles sont bons", "success", icon="circle-check")])

    def _replace(self, rows: list[QWidget]) -> None:
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = rows
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


def _declared(found: Page) -> str:
    """What a declared month says, and which of its figures are no longer what is counted."""
    if not found.view.declared:
        return ""
    moved = [line for line in found.view.indicators if line.corrected]
    names = french.listing([f"{line.label} ({line.show(line.now)} aujourd’hui)" for line in moved[:_NAMED]])
    more = f" et {french.plural(len(moved) - _NAMED, 'autre')}" if len(moved) > _NAMED else ""
    since = f" Corrigés depuis : {names}{more}." if moved else " Rien n’a changé depuis."
    return f"Mois déclaré : les chiffres sont ceux de la déclaration.{since}\n"


def _heads(asked: Asked) -> Heads:
    """How the columns are called: a month has three things to be compared with, a year one."""
    period, year = asked.period, asked.day.year
    if asked.yearly:
        return Heads(str(year), last_year=str(year - 1))
    before = french.MONTHS[period.previous.start.month - 1].capitalize()
    return Heads("Mois", before, f"{french.SHORT_MONTHS[period.start.month - 1]} {year - 1}", f"Cumul {year}")


def _days(days: float | None) -> str:
    return "—" if days is None else f"{french.show_number(days, 0)} {'jours' if days >= 2 else 'jour'}"
