"""Aide au choix du statut: what counts on the left, the forms ranked on the right with their reasons."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.legal_form import IMPORTANCES, NO, USUAL, Criterion, Ranked
from boutique.services import legal_forms
from boutique.services.legal_forms import Comparison
from boutique.services.papers import catalogue
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.preview import Preview
from boutique.ui.view import View
from boutique.ui.views.legal_form_card import FormCard
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.segmented import Segmented

_WEIGHTS = ("sans effet", "normal", "important", "décisif")
_ADVICE = (
    "Boutique additionne les points des réponses données : elle conseille, la personne décide. Les points sont une "
    "proposition, à relire avec un juriste ou un expert-comptable ; les sociétés d’exercice libéral, la SNC, "
    "l’agriculture et le portage ne sont pas comparés."
)
_DETAILED, _MOST_CHANGES = 3, 6


class LegalFormView(View):
    """`enter(case_id=…)`."""

    title = "Aide au choix du statut"
    rail = "files"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._case_id: uuid.UUID | None = None
        self._shown: Comparison | None = None
        self.preview: Preview | None = None
        self.answers: dict[str, Segmented] = {}
        self.weights: dict[str, ComboBox] = {}
        self._hints: dict[str, Label] = {}
        self.forms: list[FormCard] = []
        self.about = ElidedLabel(tone="muted")
        self.print_button = Button("Imprimer la comparaison", icon="printer", hint="Ctrl P")
        self.back = Button("Retour au dossier", icon="arrow-left", hint="Échap")
        self.questions, self.waiting = Card("Ce qui compte"), Card("À compléter", icon="circle-help", tone="warning")
        self._waiting = Bullets()
        self.waiting.add(self._waiting)
        self._ranked = QVBoxLayout()
        self._ranked.setSpacing(10)
        self._lay_out()
        self.print_button.clicked.connect(self.print)
        self.back.clicked.connect(desk.shell.back)
        desk.changed.connect(self._refresh_if_shown)
        desk.shell.commands.add(
            Action("legal.print", "Imprimer la comparaison des statuts", self.print, "printer", "Ctrl+P", (), "Statut"),
            self,
        )

    def enter(self, **arguments: Any) -> None:
        self._case_id = arguments.get("case_id", self._case_id)
        self._refresh()

    def take_focus(self) -> None:
        first = next(iter(self.answers.values()), None)
        (first or self.back).setFocus()

    def print(self) -> None:
        self.desk.read(catalogue.make, "legal", self._case_id, then=self._preview)

    def _preview(self, made: Any) -> None:
        self.preview = Preview.open_documents(self.desk, made)

    def _refresh(self) -> None:
        self.desk.read_latest("legal forms", legal_forms.of_case, self._case_id, then=self._show)

    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self._refresh()

    def _show(self, found: Comparison) -> None:
        self._shown = found
        if list(self.answers) != [criterion.code for criterion in found.criteria]:
            self._build(found.criteria)
        for code, editor in self.answers.items():
            editor.write(found.answers.get(code))
            self.weights[code].blockSignals(True)  # noqa: FBT003 - Qt's own
            self.weights[code].write(found.importance.get(code, USUAL))
            self.weights[code].blockSignals(False)  # noqa: FBT003 - Qt's own
            self._hints[code].setVisible(code in found.from_file)
        asked = french.plural(found.open_questions, "question à compléter", "questions à compléter")
        self.about.setText(f"{found.name} · dossier {found.reference} · {asked}")
        told = [legal_forms.words(change, found.sheets) for change in found.changes[:_MOST_CHANGES]]
        self._waiting.hide()
        self._waiting.deleteLater()
        self._waiting = Bullets(told, role="small")
        self.waiting.add(self._waiting)
        self.waiting.setVisible(bool(told))
        self._show_forms(found)

    def _show_forms(self, found: Comparison) -> None:
        focused = next((card.form for card in self.forms if card.retain.hasFocus()), "")
        empty(self._ranked)
        self.forms = [self._card(found, number, one) for number, one in enumerate(found.ranked)]
        for card in self.forms:
            self._ranked.addWidget(card)
            card.show()
            if card.form == focused:
                card.retain.setFocus()

    def _card(self, found: Comparison, number: int, ranked: Ranked) -> FormCard:
        detailed = number < _DETAILED and not ranked.exclusions
        card = FormCard(ranked, found.sheets[ranked.form], detailed=detailed, retained=found.retained == ranked.form)
        card.retained.connect(self._retain)
        return card

    def _build(self, criteria: tuple[Criterion, ...]) -> None:
        for criterion in criteria:
            editor = Segmented(_options(criterion), accessible=criterion.question)
            editor.setObjectName(f"criterion-{criterion.code}")
            editor.changed.connect(partial(self._answer, criterion.code))
            weight = ComboBox(
                list(zip(IMPORTANCES, _WEIGHTS, strict=True)), empty=None,
                accessible=f"{criterion.question} : importance",
            )  # fmt: skip
            weight.currentIndexChanged.connect(partial(self._weigh, criterion.code))
            hint = Label("d’après la fiche", role="small", tone="muted")
            hint.hide()
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(editor)
            line.addWidget(hint)
            line.addStretch(1)
            line.addWidget(weight)
            self.answers[criterion.code], self.weights[criterion.code] = editor, weight
            self._hints[criterion.code] = hint
            self.questions.add(Label(criterion.question, role="label", wrap=True), line)
            self.questions.body.addSpacing(4)

    def _answer(self, code: str, given: str | None) -> None:
        self.desk.write("Réponse pour le choix du statut", legal_forms.answer, self._case_id, code, given, told="")

    def _weigh(self, code: str, _index: int) -> None:
        importance = self.weights[code].read()
        self.desk.write("Importance d’un critère", legal_forms.weigh, self._case_id, code, importance, told="")

    def _retain(self, form: str) -> None:
        self.desk.write("Forme juridique retenue", legal_forms.retain, self._case_id, form)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.back)
        top.addWidget(Label(self.title, role="title"))
        top.addWidget(self.about, 1)
        top.addWidget(self.print_button)
        left, right = QWidget(), QWidget()
        for holder, parts in ((left, (self.questions,)), (right, (self.waiting,))):
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
            for part in parts:
                column.addWidget(part)
            if holder is right:
                column.addLayout(self._ranked)
            column.addStretch(1)
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=12)
        advice = Label(_ADVICE, role="small", tone="muted", wrap=True)
        page.add(top, advice, Columns(left, right, shares=(480, 620)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)


def _options(criterion: Criterion) -> list[tuple[str, str]]:
    """« oui » alone in the list of points is asked with « non »."""
    options = [(answer.code, answer.label) for answer in criterion.answers]
    return [*options, (NO, "non")] if len(options) == 1 else options
