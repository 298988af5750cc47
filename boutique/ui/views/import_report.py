"""What an import did: figures, why lines were refused, which ones. For Partenaires."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services.importing import Remark, Report
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
        figures = QHBoxLayout()
        figures.setSpacing(20)
        for number, words in (
            (report.created, "ajoutés"),
            (report.updated, "mis à jour"),
            (report.unchanged, "inchangés"),
            (len(report.refused), "refusés"),
        ):
            figures.addLayout(_figure(number, words))
        figures.addStretch(1)
        close, undo = Button("Fermer", icon="check"), Button("Annuler l’import", icon="undo-2", variant="ghost")
        close.clicked.connect(self.closed)
        undo.clicked.connect(self.undo)
        undo.setVisible(bool(report.created or report.updated))
        buttons = QHBoxLayout()
        buttons.addWidget(close)
        buttons.addWidget(undo)
        buttons.addStretch(1)
        card.add(figures, buttons)
        self._scroll.add(card)
        if report.refused:
            self._scroll.add(_reasons(report))
            self._scroll.add(_lines("Lignes refusées", report.refused))
        if report.warnings:
            self._scroll.add(_lines("Prises, avec une valeur laissée vide", report.warnings))


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
        card.add(Label(f"Ligne {remark.line} : {remark.reason}", role="small", wrap=True, selectable=True))
    if len(remarks) > _SHOWN:
        rest = french.plural(len(remarks) - _SHOWN, "autre ligne", "autres lignes")
        card.add(Label(f"et {rest}.", role="small", tone="muted"))
    return card
