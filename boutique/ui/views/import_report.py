"""What an import did: figures, why lines were refused, which ones. For Partenaires."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.text import clip
from boutique.services.import_lines import Remark
from boutique.services.import_outcomes import Report
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn

_SHOWN = 40


class ImportReport(QWidget):
    """`closed` when it has been read; `undo` takes the import back."""

    closed = Signal()
    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scroll = ScrollColumn()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def show_report(self, report: Report) -> None:
        self._scroll.clear()
        card = Card("Import terminé")
        close, undo = Button("Fermer", icon="check"), Button("Annuler l’import", icon="undo-2", variant="ghost")
        close.clicked.connect(self.closed)
        undo.clicked.connect(self.undo)
        undo.setVisible(bool(report.created or report.updated))
        buttons = QHBoxLayout()
        buttons.addWidget(close)
        buttons.addWidget(undo)
        buttons.addStretch(1)
        card.add(figures(report), buttons)
        self._scroll.add(card)
        for told in remarks(report):
            self._scroll.add(told)


def figures(report: Report) -> QHBoxLayout:
    """How many are added, updated, left, refused."""
    line = QHBoxLayout()
    line.setSpacing(20)
    for number, words in (
        (report.created, "ajoutés"),
        (report.updated, "mis à jour"),
        (report.unchanged, "inchangés"),
        (len(report.refused), "refusés"),
    ):
        line.addLayout(_figure(number, words))
    line.addStretch(1)
    return line


def remarks(report: Report) -> list[Card]:
    """Why lines are refused, which ones, and the values left out."""
    cards: list[Card] = []
    if report.refused:
        cards += [_reasons(report), _lines("Lignes refusées", report.refused)]
    if report.warnings:
        cards.append(_lines("Prises, avec une valeur laissée vide", report.warnings))
    return cards


def _figure(number: int, words: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Label(french.show_number(number), role="display"))
    column.addWidget(Label(words, role="small", tone="muted"))
    return column


def _reasons(report: Report) -> Card:
    card = Card("Pourquoi des lignes sont refusées")
    for reason, count in report.reasons[:_SHOWN]:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(Badge(str(count), "warning", minimum=36))
        line.addWidget(Label(reason, role="small", wrap=True), 1)
        card.add(line)
    return card


def _lines(title: str, remarks: tuple[Remark, ...]) -> Card:
    card = Card(f"{title} ({french.show_number(len(remarks))})")
    for remark in remarks[:_SHOWN]:
        cell = f" (« {clip(remark.value, 60)} »)" if remark.value and remark.value not in remark.reason else ""
        card.add(Label(f"Ligne {remark.line} : {remark.reason}{cell}", role="small", wrap=True, selectable=True))
    if len(remarks) > _SHOWN:
        rest = french.plural(len(remarks) - _SHOWN, "autre ligne", "autres lignes")
        card.add(Label(f"et {rest}.", role="small", tone="muted"))
    return card
