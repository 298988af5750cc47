"""Réglages › Lieux and › Conseillers: a list, and the form of the entry chosen beside it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import COUNSELLOR, SITE
from boutique.forms.spec import Form
from boutique.services import settings
from boutique.services.settings import CounsellorLine, SiteLine
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.typed_form import TypedForm
from boutique.ui.views.settings.page import Page
from boutique.ui.widgets.avatar import Avatar
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_ROWS: dict[str, list[tuple[tuple[str, int], ...]]] = {
    "site": [
        (("site.name", 1),),
        (("site.kind", 1), ("site.commune_code", 1)),
        (("site.address", 1),),
        (("site.phone", 1), ("site.closed_on", 1)),
    ],
    "counsellor": [
        (("counsellor.first_name", 1), ("counsellor.last_name", 1)),
        (("counsellor.role", 1), ("counsellor.phone", 1)),
        (("counsellor.email", 2), ("counsellor.left_on", 1)),
    ],
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list."""

    id: uuid.UUID
    title: str
    subtitle: str
    ended: str
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """What differs between the places and the counsellors."""

    key: str
    title: str
    new: str
    form: Form
    listing: Callable[..., Sequence[Any]]
    shown: Callable[[Any], Shown]
    answers: Callable[..., dict[str, Any]]
    save: Callable[..., uuid.UUID]
    told: str


def _site(line: SiteLine) -> Shown:
    about = " · ".join(filter(None, (line.kind, line.place, line.phone)))
    ended = f"fermé le {french.show_date(line.closed_on)}" if line.closed_on else ""
    return Shown(line.id, line.name, about, ended)


def _counsellor(line: CounsellorLine) -> Shown:
    about = " · ".join(filter(None, (line.role, line.email)))
    ended = f"parti·e le {french.show_date(line.left_on)}" if line.left_on else ""
    return Shown(line.id, line.name, about, ended, line.initials)


SITES = Entries(
    "sites",
    "Lieux d’accueil",
    "Nouveau lieu",
    SITE,
    settings.sites,
    _site,
    settings.site,
    settings.save_site,
    "Lieu enregistré",
)
COUNSELLORS = Entries(
    "counsellors",
    "Conseillères et conseillers",
    "Nouvelle personne",
    COUNSELLOR,
    settings.counsellors,
    _counsellor,
    settings.counsellor,
    settings.save_counsellor,
    "Conseiller·ère enregistré·e",
)


class EntriesPage(Page):
    def __init__(self, desk: Desk, about: Entries, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._about = about
        self._id: uuid.UUID | None = None
        self._title = ""
        self._titles: dict[uuid.UUID, str] = {}
        self.rows: list[ListRow] = []
        self.new_button = Button(about.new, icon="plus")
        self.list_card = Card(about.title, action=self.new_button)
        self.form = FormView(about.form, desk, framed=False, rows=_ROWS)
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler", hint="Échap")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.form_card = Card(about.new)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        self.form_card.add(self.form, self.trouble, buttons)
        self.form_card.hide()
        self.trouble.hide()
        self.add(Columns(self.list_card, self.form_card, shares=(1, 1)))
        self.new_button.clicked.connect(self.new)
        self.typed = TypedForm(desk, about.key, self, self.form)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.go_back)

    def enter(self) -> None:
        self.desk.read(self._about.listing, then=self._show)

    def new(self) -> None:
        self._id = None
        self._open(self._about.new, {})

    def save(self) -> None:
        if self.form_card.isHidden():
            return
        self._say("")
        if not self.form.show_errors(self.form.errors()):
            answers = self.form.answers()
            self.desk.write(self._about.told, self._about.save, self._id, answers, then=self._saved, failed=self._say)

    def go_back(self) -> bool:
        """Closed; what was typed and not saved waits in its draft."""
        if self.form_card.isHidden():
            return False
        if self.form.is_dirty():
            self.typed.put_away(partial(self.take_up, self._id))
        self.form.set_clean()
        self.form_card.hide()
        return True

    def take_up(self, subject_id: uuid.UUID | None, form: str = "") -> None:  # noqa: ARG002
        if subject_id is None:
            self.new()
        else:
            self.edit(subject_id, self._about.title)

    def is_dirty(self) -> bool:
        return not self.form_card.isHidden() and self.form.is_dirty()

    def edit(self, identifier: uuid.UUID, title: str) -> None:
        self._id, self._title = identifier, title
        self.desk.read(self._about.answers, identifier, then=self._answered)

    def _answered(self, answers: dict[str, Any]) -> None:
        self._open(self._titles.get(self._id, self._title) if self._id is not None else self._title, answers)

    def _open(self, title: str, answers: dict[str, Any]) -> None:
        self._say("")
        self.typed.settle()
        self.form_card.set_title(title)
        self.form.load(answers)
        self.typed.open(self._id)
        self.form_card.show()
        self.form.focus(self.form.keys()[0])

    def _show(self, lines: Sequence[Any]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        shown = [self._about.shown(line) for line in lines]
        self._titles = {line.id: line.title for line in shown}
        self.rows = [self._row(line) for line in shown]
        for row in self.rows:
            self.list_card.add(row)
        if self.rows:
            self.rows[-1].set_last()

    def _row(self, shown: Shown) -> ListRow:
        trailing = [Badge(shown.ended, "neutral")] if shown.ended else []
        leading = Avatar(shown.letters, name=shown.title) if shown.letters else None
        row = ListRow(shown.title, shown.subtitle, leading=leading, trailing=trailing, clickable=True)
        row.activated.connect(partial(self.edit, shown.id, shown.title))
        return row

    def _saved(self, _identifier: uuid.UUID) -> None:
        self.form.set_clean()
        self.typed.drop()
        self.form_card.hide()
        self.enter()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
