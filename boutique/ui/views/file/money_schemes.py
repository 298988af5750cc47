"""Dispositifs: every scheme for this file, yes, to check, to complete or no, with its reason and what it waits for."""

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.rules.criteria import Missing
from boutique.rules.schemes import Eligibility
from boutique.services.schemes import SchemeView
from boutique.ui.desk import Desk
from boutique.ui.theme.tokens import Tone
from boutique.ui.views.file.referral_card import MissingAnswer
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.segmented import Segmented

STATES: dict[Eligibility, tuple[str, Tone, str]] = {
    Eligibility.YES: ("oui", "success", "circle-check"),
    Eligibility.TO_CHECK: ("à vérifier", "warning", "triangle-alert"),
    Eligibility.TO_COMPLETE: ("à compléter", "warning", "circle-help"),
    Eligibility.NO: ("non", "neutral", "circle-x"),
}
_TITLES = {
    Eligibility.YES: "Éligible",
    Eligibility.TO_CHECK: "À vérifier",
    Eligibility.TO_COMPLETE: "À compléter",
    Eligibility.NO: "Non",
}


class SchemesPart(QWidget):
    """`answered(key, label, value)` for a missing answer given here; `wanted(scheme)` to note a request."""

    answered = Signal(str, str, object)
    wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._schemes: tuple[SchemeView, ...] = ()
        self._open = ""
        self.card = Card("Dispositifs")
        self._filter_box = QHBoxLayout()
        self.filter: Segmented | None = None
        self._chosen: Eligibility | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        note = Label(
            "Repères datés, à vérifier auprès de l’organisme : la décision lui appartient.",
            role="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.card.add(self._filter_box, note, self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)

    def open_case(self, _case_id: uuid.UUID) -> None:
        """Another file: nothing of the one before stays."""
        self._open, self._chosen, self._schemes = "", None, ()

    def write(self, schemes: tuple[SchemeView, ...]) -> None:
        if schemes == self._schemes:
            return
        self._schemes = schemes
        self._show_filter()
        self._show()

    def _show_filter(self) -> None:
        """How many of each, and the way to see only those."""
        counts = {state: sum(one.outcome is state for one in self._schemes) for state in Eligibility}
        options = [(state, f"{_TITLES[state]} ({count})") for state, count in counts.items() if count]
        if self._chosen not in [state for state, _ in options]:
            self._chosen = None
        if self.filter is not None:
            self.filter.hide()
            self.filter.deleteLater()
        self.filter = Segmented(options, accessible="Montrer")
        self.filter.write(self._chosen)
        self.filter.changed.connect(self._filtered)
        self._filter_box.insertWidget(0, self.filter)
        if self._filter_box.count() == 1:
            self._filter_box.addStretch(1)

    def _filtered(self, state: Eligibility | None) -> None:
        self._chosen = state
        self._show()

    def _show(self) -> None:
        empty(self._rows)
        shown = [one for one in self._schemes if self._chosen in (None, one.outcome)]
        for rank, scheme in enumerate(shown):
            row = self._row(scheme)
            row.set_last(rank == len(shown) - 1)
            self._rows.addWidget(row)
            if scheme.code == self._open:
                row.set_last(True)
                under = SchemeDetails(self._desk, scheme)
                under.answered.connect(self.answered)
                under.wanted.connect(self.wanted)
                self._rows.addWidget(under)

    def _row(self, scheme: SchemeView) -> ListRow:
        words, tone, icon = STATES[scheme.outcome]
        opened = scheme.code == self._open
        trailing: list[QWidget] = [Badge(scheme.asked, "info", icon="send")] if scheme.asked else []
        trailing.append(Badge(words, tone, icon=icon))
        details = Button("Replier" if opened else "Détails", size="small", accessible=f"Détails : {scheme.label}")
        details.setObjectName(f"scheme-{scheme.code}")
        details.clicked.connect(partial(self._toggle, scheme.code))
        trailing.append(details)
        row = ListRow(scheme.label, subtitle(scheme), trailing=trailing)
        row.setAccessibleName(f"{scheme.label} : {words}. {subtitle(scheme)}")
        return row

    def _toggle(self, code: str) -> None:
        self._open = "" if self._open == code else code
        self._show()
        button = self.findChild(Button, f"scheme-{code}")
        if isinstance(button, Button):
            button.setFocus()


class SchemeDetails(QWidget):
    """Reason, what is missing (answered here), amount, dates, source, and the request to note."""

    answered = Signal(str, str, object)
    wanted = Signal(object)

    def __init__(self, desk: Desk, scheme: SchemeView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._scheme = desk, scheme
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 0, 12)
        column.setSpacing(4)
        for label, text in _facts(scheme):
            column.addWidget(Label(f"{label} : {text}", role="small", wrap=True))
        self._asking = QVBoxLayout()
        column.addLayout(self._asking)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for missing in scheme.answerable[:2]:
            ask = Button(f"Répondre : {_lower(missing.label)}", icon="pencil", size="small")
            ask.setObjectName(f"answer-{missing.field}")
            ask.clicked.connect(partial(self._ask, missing))
            buttons.addWidget(ask)
        request = Button(
            "Noter une demande", icon="plus", size="small", accessible=f"Noter une demande : {scheme.label}"
        )
        request.setObjectName(f"request-{scheme.code}")
        request.clicked.connect(self._want)
        buttons.addWidget(request)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def _ask(self, missing: Missing) -> None:
        empty(self._asking)
        asked = MissingAnswer(self._desk, missing, self)
        asked.given.connect(self.answered)
        self._asking.addWidget(asked)
        asked.take_focus()

    def _want(self) -> None:
        self.wanted.emit(self._scheme)


def subtitle(scheme: SchemeView) -> str:
    """One line: what is missing, else why."""
    if scheme.waits:
        return f"{scheme.operator} · il manque : {', '.join(_lower(one) for one in scheme.waits[:3])}"
    return f"{scheme.operator} · {scheme.reason}"


def _facts(scheme: SchemeView) -> Sequence[tuple[str, str]]:
    told = (
        ("Pourquoi", scheme.reason),
        ("Il manque", ", ".join(_lower(one) for one in scheme.waits)),
        ("À vérifier", " ".join(scheme.checks)),
        ("Montant", scheme.amount),
        ("Délai", scheme.deadline),
        ("Cumul", scheme.combination),
        ("Validité", scheme.validity),
        ("Fiabilité", f"{scheme.confidence} ; source : {', '.join(scheme.sources)}"),
    )
    return [(label, text) for label, text in told if text]


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
