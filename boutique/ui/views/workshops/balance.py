"""Ateliers › Bilan: what a month or a year adds up to, by module and by funder; a person counts once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.period import Period
from boutique.services.workshops import counts, forgetting
from boutique.services.workshops.counts import Balance, Total
from boutique.ui.desk import Desk
from boutique.ui.view import View
from boutique.ui.views.forget_line import ForgetLine, Forgetting
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.figures_table import FiguresTable
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.period_switcher import PeriodSwitcher
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.segmented import Segmented

_HEADS = ("", "Séances", "Heures", "Personnes", "dont dossier", "Présences", "Sans nom")
_ABOUT = (
    "Une personne venue à trois séances compte une fois : la première ligne n’est donc pas la somme des autres. "
    "« Personnes » compte celles qui ont un dossier ou un nom seulement, comme l’indicateur « Participants aux "
    "ateliers », qui prend chaque présence à son jour. Les personnes sans nom sont comptées à part, séance par séance."
)

_NAMES = Forgetting(
    forgetting.due,
    forgetting.erase,
    "personne sans dossier",
    "personnes sans dossier",
    "dont la dernière séance est trop ancienne pour que leur nom soit gardé (Réglages › Structure).",
    "Leurs noms, leurs téléphones et ce que l’historique en garde seront effacés pour de bon. Les présences restent "
    "comptées, sans qu’on sache de qui.",
    "Noms effacés, historique compris.",
)


class BalanceView(View):
    """`enter()` shows the year under way."""

    title = "Bilan des ateliers"
    rail = "workshops"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sections = SectionTabs(desk.shell, "workshops", "workshop_balance")
        self.period = PeriodSwitcher()
        self.period.set_yearly(True)
        self.kind = Segmented([(True, "Année"), (False, "Mois")], accessible="Période", optional=False)
        self.kind.write(True)  # noqa: FBT003 - a value of the list
        self.due = Label(tone="muted")
        self.by_module, self.by_funder = FiguresTable("Par module"), FiguresTable("Par programme")
        self.about = Label(_ABOUT, role="small", tone="muted", wrap=True)
        self.empty = EmptyState("presentation", "Aucune séance tenue sur cette période", "", "Voir les séances",
                                action_icon="list")  # fmt: skip
        self.forget = ForgetLine(desk, _NAMES)
        self._lay_out()
        self.period.changed.connect(self._refresh)
        self.kind.changed.connect(self._turn)
        self.empty.acted.connect(self._to_sessions)
        self.desk.changed.connect(self._base_changed)

    def enter(self, **_arguments: Any) -> None:
        self._refresh(self.period.start())

    def take_focus(self) -> None:
        self.period.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self, start: date) -> None:
        period = Period.year(start) if self.period.yearly else Period.month(start)
        self.desk.read_latest("workshops.balance", counts.balance, period, then=self._show)
        self.forget.refresh()

    def _show(self, balance: Balance) -> None:
        some = bool(balance.everything.sessions)
        self.empty_card.setVisible(not some)
        for card in (self.modules_card, self.funders_card):
            card.setVisible(some)
        due = french.plural(balance.summaries_due, "synthèse reste", "synthèses restent")
        self.due.setText(f"{due} à envoyer" if balance.summaries_due else "")
        self.by_module.write(_HEADS, _rows((balance.everything, *balance.by_module)), strong=(0,))
        self.by_funder.write(_HEADS, _rows(balance.by_funder))

    def _turn(self, yearly: Any) -> None:
        self.period.set_yearly(bool(yearly))

    def _to_sessions(self) -> None:
        self.desk.shell.show_view("workshops")

    def _base_changed(self) -> None:
        if self.isVisible():
            self._refresh(self.period.start())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        for part in (Label("Bilan", role="title"), self.kind, self.period, self.due):
            top.addWidget(part)
        top.addStretch(1)
        self.modules_card, self.funders_card, self.empty_card = Card("Par module"), Card("Par programme"), Card()
        self.modules_card.add(self.by_module, self.about)
        self.funders_card.add(self.by_funder)
        self.empty_card.add(self.empty)
        self.empty_card.hide()
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=10)
        page.add(self.sections, top, self.forget, self.modules_card, self.funders_card, self.empty_card)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)


def _rows(totals: Sequence[Total]) -> list[tuple[str, ...]]:
    return [
        (
            f"{one.label} · {one.detail}" if one.detail else one.label,
            french.show_number(one.sessions),
            french.show_number(one.hours, 1),
            french.show_number(one.people),
            french.show_number(one.with_file),
            french.show_number(one.presences),
            french.show_number(one.heads),
        )
        for one in totals
    ]
