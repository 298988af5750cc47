"""Réglages › Parcours, below: what changes, publication, and the versions there are."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from boutique.core import french
from boutique.services.journey_publishing import VersionLine
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_SAME = "Aucun changement : ce parcours est celui qui est en vigueur."
_MOST_TOLD = 40
_LONGEST_TYPED = 4_000


class ChangesCard(Card):
    """`published(label)`, `given_up`."""

    published = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ce qui change", icon="git-compare", parent=parent)
        self.points = Bullets()
        self.same = Label(_SAME, tone="muted", wrap=True)
        self.error = Label(role="small", tone="danger", wrap=True)
        self.error.setObjectName("journey-error")
        self.label = QLineEdit()
        self.label.setMaxLength(_LONGEST_TYPED)
        self.label.setObjectName("journey-label")
        self.label.setPlaceholderText("Parcours 2027")
        self.name = Field("Nom de la nouvelle version", self.label)
        self.publish = PrimaryButton("Publier une nouvelle version", icon="check", hint="Ctrl ↵", size="normal")
        self.publish.setObjectName("journey-publish")
        self.give_up = Button("Abandonner les changements", icon="undo-2")
        self.give_up.setObjectName("journey-give-up")
        told = "Les dossiers ouverts gardent leur version ; ceux qui s’ouvriront suivront la nouvelle."
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.publish)
        buttons.addWidget(self.give_up)
        buttons.addStretch(1)
        self.told = Label(told, role="small", tone="muted", wrap=True)
        self.add(self.same, self.points, self.error, self.name, self.told, buttons)
        self.publish.clicked.connect(self.submit)
        self.label.returnPressed.connect(self.submit)
        self.give_up.clicked.connect(self.given_up)
        self.show_changes(())

    def submit(self) -> None:
        if self.publish.isEnabled() and self.publish.isVisibleTo(self):
            self.published.emit(self.label.text())

    def show_changes(self, lines: Sequence[str]) -> None:
        more = [f"… et {french.plural(len(lines) - _MOST_TOLD, 'autre')}"] if len(lines) > _MOST_TOLD else []
        points = Bullets([*lines[:_MOST_TOLD], *more], role="small")
        self.body.replaceWidget(self.points, points)
        self.points.hide()
        self.points.deleteLater()
        self.points = points
        self.same.setVisible(not lines)
        points.setVisible(bool(lines))
        for part in (self.name, self.told, self.publish, self.give_up):
            part.setVisible(bool(lines))
        self.publish.setEnabled(bool(lines))
        self.say("")

    def refuse(self, sentence: str) -> None:
        """The journey as edited cannot be followed."""
        self.say(sentence)
        self.same.hide()
        self.publish.setEnabled(False)
        self.give_up.show()

    def say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


class VersionsCard(Card):
    """`opened(code)` to read or start again from a version, `chosen(code)` to put it in force."""

    opened = Signal(str)
    chosen = Signal(str)
    export_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Versions", icon="history", parent=parent)
        self.rows: list[ListRow] = []
        self.export_button = Button("Exporter…", icon="download")
        self.import_button = Button("Importer…", icon="upload")
        self.export_button.setAccessibleName("Exporter ce parcours dans un fichier")
        self.import_button.setAccessibleName("Importer un parcours d’un fichier")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.export_button)
        buttons.addWidget(self.import_button)
        buttons.addStretch(1)
        self.add(buttons)
        self.export_button.clicked.connect(self.export_asked)
        self.import_button.clicked.connect(self.import_asked)

    def show_lines(self, lines: Sequence[VersionLine]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(line) for line in lines]
        for rank, row in enumerate(self.rows):
            self.body.insertWidget(rank, row)

    def _row(self, line: VersionLine) -> ListRow:
        trailing: list[QWidget] = []
        if line.in_force:
            trailing.append(Badge("en vigueur", "success", icon="circle-check"))
        else:
            use = Button("Mettre en vigueur", icon="circle-check")
            use.setAccessibleName(f"Mettre en vigueur « {line.label} »")
            use.setObjectName(f"version-use-{line.code}")
            use.clicked.connect(partial(self.chosen.emit, line.code))
            trailing.append(use)
        read = Button("Voir", icon="eye")
        read.setAccessibleName(f"Voir « {line.label} »")
        read.setObjectName(f"version-read-{line.code}")
        read.clicked.connect(partial(self.opened.emit, line.code))
        since = f"du {french.show_date(line.published_on)} · " if line.published_on else ""
        return ListRow(line.label, f"{since}{french.plural(line.files, 'dossier')}", trailing=[*trailing, read])
