"""Plan de financement: needs, resources, and at once whether they balance, in words and colour."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.forecast import Forecast, Plan
from boutique.rules.forecast_terms import DEPRECIABLE, LOANS, NEED, RESOURCE, Assumptions, VatRegime
from boutique.services.forecasts import FactOffer, Offer
from boutique.ui.theme.tokens import Tone
from boutique.ui.views.file.money_lines import Line, LinesTable
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label

_FRANCHISE = "Montants TVA comprise : en franchise, elle ne se récupère pas."
_WITH_VAT = "Montants hors TVA : elle s’avance au démarrage, puis vient en moins de la TVA à payer."
_SIGNS: dict[Tone, str] = {
    "neutral": "scale", "success": "circle-check", "warning": "triangle-alert", "danger": "circle-alert"
}  # fmt: skip
_LOAN_TERMS = ("rate", "months", "deferral")


class PlanPart(QWidget):
    """`changed` at each edit; `told(keys)` when the figures of the plan are to be written in the file."""

    changed = Signal()
    told = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.balance = BalanceCard()
        self.needs = LinesTable(
            "needs", NEED, (("kind", 196), ("label", 0), ("amount", 114), ("years", 70)),
            add="Ajouter un besoin", shows=_need_shows,
        )  # fmt: skip
        self.resources = LinesTable(
            "resources", RESOURCE,
            (("kind", 196), ("label", 0), ("amount", 114), ("month", 62), ("rate", 72), ("months", 62),
             ("deferral", 62)),
            add="Ajouter une ressource", shows=_resource_shows,
        )  # fmt: skip
        self._needs_total, self._resources_total = Label(role="figure_strong"), Label(role="figure_strong")
        self._offers = QVBoxLayout()
        self._offers.setSpacing(6)
        self._buttons: list[QWidget] = []
        self.facts = FactsCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        needs = Card("Besoins")
        needs.set_action(self._needs_total)
        self._vat = Label(role="small", tone="muted", wrap=True)
        needs.add(self.needs, self._vat)
        resources = Card("Ressources")
        resources.set_action(self._resources_total)
        note = Label(
            "« Reçu au mois » : 0 au démarrage. Les prêts se remboursent dès le mois suivant, après le différé.",
            role="small", tone="muted", wrap=True,
        )  # fmt: skip
        resources.add(self.resources, self._offers, note)
        for part in (self.balance, needs, resources, self.facts):
            column.addWidget(part)
        self.needs.changed.connect(self.changed)
        self.resources.changed.connect(self.changed)
        self.facts.told.connect(self.told)

    def typed(self) -> dict[str, Any]:
        return {"needs": self.needs.typed(), "resources": self.resources.typed()}

    def write(self, typed: Mapping[str, Any]) -> None:
        self.needs.write(typed.get("needs") or ())
        self.resources.write(typed.get("resources") or ())

    def show_around(self, offers: Sequence[Offer], facts: Sequence[FactOffer]) -> None:
        """Granted requests that are not in the plan, and what the plan says of the file."""
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = []
        for rank, offer in enumerate(offers):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            button = Button("Ajouter au plan", icon="plus", size="small", accessible=f"Ajouter au plan : {offer.label}")
            button.setObjectName(f"offer-{rank}")
            button.clicked.connect(partial(self._take, offer))
            row.addWidget(Icon("circle-check", tone="success", size=16))
            row.addWidget(Label(f"Demande accordée : {offer.label}", role="small", wrap=True), 1)
            row.addWidget(button)
            self._offers.addWidget(line)
            self._buttons.append(line)
        self.facts.write(facts)

    def show_results(self, given: Assumptions, made: Forecast, errors: Mapping[str, str]) -> None:
        self._vat.setText(_WITH_VAT if given.vat is VatRegime.VAT else _FRANCHISE)
        self.needs.set_errors(errors)
        self.resources.set_errors(errors)
        self._needs_total.setText(french.show_money(made.plan.needs))
        self._resources_total.setText(french.show_money(made.plan.resources))
        self.balance.write(made.plan)

    def _take(self, offer: Offer) -> None:
        self.resources.add_line(offer.line)


class BalanceCard(Card):
    """The one sentence that matters, with its icon and colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.words, self._sign = Label(role="strong", wrap=True), Icon("scale", size=18)
        self.words.setObjectName("plan-balance")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.add(row)

    def write(self, plan: Plan) -> None:
        words, tone = balance_words(plan)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.set_tone(tone, tinted=tone != "neutral")
        self._sign.set_icon(_SIGNS[tone], tone if tone != "neutral" else "muted")


def balance_words(plan: Plan) -> tuple[str, Tone]:
    """The balance as one reads it."""
    if not plan.needs and not plan.resources:
        return "Notez ce qu’il faut payer, puis d’où vient l’argent : les deux doivent s’équilibrer.", "neutral"
    if plan.balanced:
        return f"Plan équilibré : {french.show_money(plan.needs)} de besoins et de ressources.", "success"
    if plan.gap < 0:
        return f"Il manque {french.show_money(-plan.gap)} de ressources pour couvrir les besoins.", "danger"
    return f"Les ressources dépassent les besoins de {french.show_money(plan.gap)}.", "warning"


class FactsCard(Card):
    """What the plan says that the file does not: proposed, written on demand only."""

    told = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("À reporter dans la fiche", icon="file-pen-line", parent=parent)
        self._words = Label(wrap=True)
        self.button = Button("Reporter dans la fiche", icon="check")
        self.button.setObjectName("facts-apply")
        self._keys: tuple[str, ...] = ()
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.add(row)
        self.button.clicked.connect(self._tell)
        self.hide()

    def write(self, facts: Sequence[FactOffer]) -> None:
        self._keys = tuple(one.key for one in facts)
        told = [f"{one.label} : {one.after}" + (f" (fiche : {one.before})" if one.before else "") for one in facts]
        self._words.setText(" · ".join(told))
        self.setVisible(bool(facts))

    def _tell(self) -> None:
        self.told.emit(self._keys)


def _need_shows(key: str, line: Line) -> bool:
    return key != "years" or line.get("kind") in DEPRECIABLE


def _resource_shows(key: str, line: Line) -> bool:
    return key not in _LOAN_TERMS or line.get("kind") in LOANS
