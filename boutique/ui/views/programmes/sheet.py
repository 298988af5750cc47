"""What is known of an agreement at a glance: dates, amounts, places; the files charged to it are one press away."""

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.core import french
from boutique.services import programmes
from boutique.services.programmes import ProgrammeLine, Sheet
from boutique.ui.desk import Desk
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.progress_bar import ProgressBar


class SheetCard(Card):
    """`edit_asked(sheet)`; `removed` once the agreement is gone."""

    edit_asked = Signal(object)
    removed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._found: Sheet | None = None
        self.name = Label(role="heading", wrap=True)
        self.state = Badge("", "neutral")
        self.about = Label(tone="muted", wrap=True)
        self.money = Label(wrap=True)
        self.places = Label(wrap=True)
        self.taken = ProgressBar(accessible="Places prises")
        self.note = Label(role="small", tone="muted", wrap=True)
        self.files = Button("Dossiers", icon="folder-open", size="small")
        self.people = Button("Participants FSE+", icon="users", size="small")
        self.edit = Button("Modifier", icon="pencil", size="small")
        self.archive = Button("Archiver", icon="archive", size="small")
        self.delete = Button("Supprimer", icon="trash-2", size="small", variant="ghost")
        buttons = FlowLayout(gap=8)
        for name, button in (("files", self.files), ("people", self.people), ("edit", self.edit),
                             ("archive", self.archive), ("delete", self.delete)):  # fmt: skip
            button.setObjectName(f"programme-{name}")
            buttons.addWidget(button)
        badges = FlowLayout(gap=8)
        badges.addWidget(self.state)
        self.add(self.name, badges, self.about, self.money, self.places, self.taken, self.note, buttons)
        self.files.clicked.connect(self._show_files)
        self.people.clicked.connect(self._show_people)
        self.edit.clicked.connect(self._edit)
        self.archive.clicked.connect(self._archive)
        self.delete.clicked.connect(self._delete)

    def write(self, found: Sheet) -> None:
        self._found = found
        line = found.line
        self.name.setText(line.name)
        self._tell_state(line)
        agreement = found.answers.get("programme.agreement")
        self.about.setText(f"{line.about} · n° {agreement}" if agreement else line.about)
        self.money.setText(_money(found))
        self.money.setVisible(bool(self.money.text()))
        self.places.setText(_places(line))
        self.places.setVisible(line.places is not None)
        self.taken.setVisible(bool(line.places))
        self.taken.write(min(line.places_used / line.places, 1.0) if line.places else 0.0)
        self.note.setText(found.answers.get("programme.note") or "")
        self.note.setVisible(bool(self.note.text()))
        self.files.set_label(french.plural(line.files, "dossier"))
        self.files.setEnabled(line.files > 0)
        self.people.setVisible(line.has_participants)
        self.archive.set_label("Reprendre" if line.archived_on else "Archiver")
        self.delete.setVisible(line.files == 0)

    def shown_id(self) -> uuid.UUID | None:
        """The agreement in sight."""
        return self._found.line.id if self._found is not None else None

    def _tell_state(self, line: ProgrammeLine) -> None:
        if line.archived_on is not None:
            self.state.set_state(f"archivé le {french.show_date(line.archived_on)}", "neutral", "archive")
        elif line.days_left is None:
            self.state.set_state("en cours, sans date de fin", "info", "check")
        elif line.days_left < 0:
            self.state.set_state("terminé", "neutral", "flag")
        elif line.ends_soon:
            left = french.plural(line.days_left, "jour")
            self.state.set_state(f"se termine dans {left}", "warning", "triangle-alert")
        else:
            self.state.set_state(f"en cours, encore {french.plural(line.days_left, 'jour')}", "success", "check")

    def _show_files(self) -> None:
        if self._found is not None:
            self._desk.read(programmes.cases, self._found.line.id, then=self._list_files)

    def _list_files(self, cases: tuple[uuid.UUID, ...]) -> None:
        if self._found is not None:
            self._desk.shell.show_view("files", cases=cases, label=self._found.line.name)

    def _show_people(self) -> None:
        if self._found is not None:
            self._desk.shell.show_view("participants", programme_id=self._found.line.id)

    def _edit(self) -> None:
        self.edit_asked.emit(self._found)

    def _archive(self) -> None:
        if self._found is not None:
            archived = self._found.line.archived_on is not None
            told, work = (
                ("Programme repris", programmes.restore) if archived else ("Programme archivé", programmes.archive)
            )
            self._desk.write(told, work, self._found.line.id)

    def _delete(self) -> None:
        if self._found is not None:
            self._desk.write("Programme supprimé", programmes.delete, self._found.line.id, then=self._gone)

    def _gone(self, _nothing: None) -> None:
        self.hide()
        self.removed.emit()


def _money(found: Sheet) -> str:
    amount = found.answers.get("programme.amount_eur")
    parts = [f"Convention : {french.show_amount(amount)}"] if amount is not None else []
    if found.shares:
        parts.append(f"cofinancements : {french.show_amount(found.shared_eur)}")
    if found.common_law is not None:
        parts.append(f"dont droit commun : {french.show_percent(found.common_law)}")
    return " · ".join(parts)


def _places(line: ProgrammeLine) -> str:
    if line.places is None:
        return ""
    left = line.places - line.places_used
    taken = f"{french.plural(line.places_used, 'place prise', 'places prises')} sur {french.show_number(line.places)}"
    if left < 0:
        return f"{taken} : {french.plural(-left, 'place')} de trop, prévenez le financeur."
    return f"{taken} : il en reste {french.show_number(left)}." if left else f"{taken} : complet."
