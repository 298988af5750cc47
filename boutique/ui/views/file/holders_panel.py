"""Who carries the project: add somebody known or new, say their part, put them first; opened from the file's menu."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.models.after_choices import HolderRole
from boutique.services import members, search
from boutique.services.members import HolderLine
from boutique.services.search import Hit
from boutique.ui.desk import Desk
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.search_field import SearchField
from boutique.ui.widgets.separator import Separator

_SHOWN = 5
_COUNTED = (
    "Les chiffres comptent la personne pour qui le dossier a été ouvert : ajouter un porteur, ou en mettre un autre "
    "en premier, n’en change aucun."
)


class HoldersPanel(Card):
    """`closed` when it is put away; `opened(case_id)` for the own file of a holder."""

    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.cross = GhostButton(icon="x", accessible="Fermer les porteurs du projet")
        super().__init__("Porteurs du projet", action=self.cross, icon="users", tone="info", parent=parent)
        self._desk = desk
        self._case_id: uuid.UUID | None = None
        self._hits: tuple[Hit, ...] = ()
        self._rows, self._found = QVBoxLayout(), QVBoxLayout()
        self._rows.setSpacing(0)
        self._found.setSpacing(0)
        self.search = SearchField("Nom d’une personne déjà connue", accessible="Chercher une personne connue")
        self.first, self.last = LineEditor("Prénom"), LineEditor("Nom")
        self.role = ComboBox([(r, r.label) for r in HolderRole], empty="Place dans le projet…", accessible="Place")
        self.add_button = Button("Ajouter", icon="user-plus")
        self.error = Label(role="small", tone="danger", wrap=True)
        self._lay_out()
        self.cross.clicked.connect(self.hide)
        self.search.changed.connect(self._look)
        self.search.submitted.connect(self._take_first)
        self.add_button.clicked.connect(self._add_new)
        for line in (self.first, self.last):
            line.returnPressed.connect(self._add_new)

    def open(self, case_id: uuid.UUID) -> None:
        self._case_id = case_id
        self._clear()
        self.show()
        self.refresh()
        self.search.take_focus()

    def refresh(self) -> None:
        if self._case_id is not None and not self.isHidden():
            self._desk.read_latest("file.holders", members.listing, self._case_id, then=self._show)

    def _show(self, lines: tuple[HolderLine, ...]) -> None:
        empty(self._rows)
        for rank, line in enumerate(lines):
            row = self._row(rank, line, alone=len(lines) == 1)
            row.set_last(rank == len(lines) - 1)
            self._rows.addWidget(row)

    def _row(self, rank: int, line: HolderLine, *, alone: bool) -> ListRow:
        trailing: list[QWidget] = []
        if line.main and not alone:
            trailing.append(Badge("nommé·e en premier", "info", icon="star"))
        if not line.main:
            first = Button("Mettre en premier", size="small", accessible=f"Mettre {line.name} en premier")
            first.setObjectName(f"holder-{rank}-main")
            first.clicked.connect(partial(self._make_main, line))
            trailing.append(first)
        if line.of_file:
            trailing.append(Badge("dossier ouvert pour cette personne", "neutral"))
        elif line.case_id is not None:
            own = Button("Son dossier", size="small", icon="folder-open", accessible=f"Dossier de {line.name}")
            own.clicked.connect(partial(self.opened.emit, line.case_id))
            trailing.append(own)
        else:
            gone = GhostButton(icon="user-minus", accessible=f"Retirer {line.name} du projet")
            gone.setObjectName(f"holder-{rank}-remove")
            gone.clicked.connect(partial(self._remove, line))
            trailing.append(gone)
        about = " · ".join(part for part in (line.role, line.phone) if part)
        return ListRow(line.name, about, trailing=trailing)

    def _look(self, text: str) -> None:
        if text.strip():
            self._desk.read_latest(
                "file.holders.search", search.find, self._desk.workspace.index, text, _SHOWN, then=self._show_hits
            )
        else:
            self._show_hits(())

    def _show_hits(self, hits: tuple[Hit, ...]) -> None:
        self._hits = tuple({hit.person_id: hit for hit in reversed(hits)}.values())[::-1]  # once each
        empty(self._found)
        for rank, hit in enumerate(self._hits):
            name = f"{hit.first_name} {hit.last_name}"
            about = " · ".join(part for part in (hit.reference, hit.commune, hit.phone) if part)
            row = ListRow(name, about, clickable=True, wrap=False)
            row.setObjectName(f"holder-hit-{rank}")
            row.activated.connect(partial(self._take, hit))
            self._found.addWidget(row)
        if not self._hits and self.search.text().strip():
            words = "Personne de connu sous ce nom : ajoutez-la avec son prénom et son nom."
            self._found.addWidget(Label(words, role="small", tone="muted", wrap=True))

    def _take_first(self, _text: str) -> None:
        if self._hits:
            self._take(self._hits[0])

    def _take(self, hit: Hit) -> None:
        told = f"{hit.first_name} {hit.last_name} porte aussi le projet"
        self._write("Porteur ajouté", told, members.add, hit.person_id, self.role.read())

    def _add_new(self) -> None:
        first, last = self.first.text().strip(), self.last.text().strip()
        if not first or not last:
            self._tell("Un prénom et un nom suffisent pour ajouter une personne.")
            (self.last if first else self.first).setFocus()
            return
        told = f"{first} {last} porte aussi le projet"
        self._write("Porteur ajouté", told, members.add_new, first, last, self.role.read())

    def _make_main(self, line: HolderLine) -> None:
        self._write("Porteur mis en premier", f"{line.name} : en premier", members.make_main, line.person_id)

    def _remove(self, line: HolderLine) -> None:
        self._write("Porteur retiré", f"{line.name} ne porte plus le projet", members.remove, line.person_id)

    def _write(self, label: str, told: str, use_case: Callable[..., Any], *arguments: object) -> None:
        """The journal keeps the label, which names nobody: whoever is erased leaves no name in another's history."""
        self._tell("")
        self._desk.write(label, use_case, self._case_id, *arguments, then=self._done, failed=self._tell, told=told)

    def _done(self, _result: object) -> None:
        self._clear()
        self.refresh()

    def _clear(self) -> None:
        self.search.write("")
        self.first.clear()
        self.last.clear()
        self.role.write(None)
        self._tell("")

    def _tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        names = {"holder-search": self.search.editor, "holder-first": self.first, "holder-last": self.last,
                 "holder-role": self.role, "holder-add": self.add_button}  # fmt: skip
        for name, widget in names.items():
            widget.setObjectName(name)
        self.first.setPlaceholderText("Prénom")
        self.last.setPlaceholderText("Nom")
        self.first.setAccessibleName("Prénom du nouveau porteur")
        self.last.setAccessibleName("Nom du nouveau porteur")
        new = QHBoxLayout()
        new.setSpacing(8)
        new.addWidget(self.first, 3)
        new.addWidget(self.last, 3)
        new.addWidget(self.role, 3)
        new.addWidget(self.add_button)
        self.add(
            self._rows, Separator(), Label("Ajouter une personne", role="label"), self.search, self._found, new,
            self.error, Label(_COUNTED, role="small", tone="muted", wrap=True),
        )  # fmt: skip
