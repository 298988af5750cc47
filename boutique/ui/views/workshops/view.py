"""Ateliers › Séances: the list on the left, the session chosen on the right with everybody in it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.workshop_choices import WorkshopState
from boutique.services.workshops import sessions, sheets
from boutique.services.workshops.sessions import Planned, Saved
from boutique.services.workshops.sheets import SessionLine, SessionPage, SessionQuery, When
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.sections import SectionTabs
from boutique.ui.views.workshops.session_form import SessionForm
from boutique.ui.views.workshops.sheet import SheetPanel
from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.paged_table import Look, PagedTable
from boutique.ui.widgets.search_field import SearchField
from boutique.ui.widgets.segmented import Segmented

_SECTION = "Ateliers"
_ENOUGH, _LIST_SHARE, _SIDE_SHARE = 940, 4, 7
_EMPTY = "Prévoyez une première séance : qui vient, qui était là, l’émargement et les attestations suivent."
_NO_MODULE = (
    "Un atelier est la séance d’un module. Commencez par le catalogue : les modules usuels y sont proposés, "
    "à garder ou à changer."
)


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: str
    getter: Callable[[Any], str]
    width: int


def _places(line: SessionLine) -> str:
    waiting = f" +{line.numbers.waiting}" if line.numbers.waiting else ""
    return f"{line.numbers.taken}/{line.capacity}{waiting}"


def _title(line: SessionLine) -> str:
    return line.title


def _day(line: SessionLine) -> str:
    return french.show_date(line.starts_on)


_COLUMNS = (Column("day", "Date", _day, 132), Column("title", "Séance", _title, 150),
            Column("places", "Places", _places, 88))  # fmt: skip


class WorkshopsView(View):
    """`enter(workshop_id=…)` opens a session, `enter(module_id=…)` a new one of a module.

    `enter(draft=…)` takes up the form of a session that was left unfinished (None: of a new one).
    """

    title = "Ateliers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._filling = False
        self.sections = SectionTabs(desk.shell, "workshops", "workshops")
        self.when = Segmented(
            [(When.COMING, "À venir"), (When.PAST, "Passées"), (When.ALL, "Toutes")], accessible="Séances",
            optional=False,
        )  # fmt: skip
        self.when.write(When.COMING)
        self.search = SearchField("Titre, lieu, intervenant…", accessible="Chercher une séance")
        self.count = Label(tone="muted")
        self.new_button = PrimaryButton("Nouvelle séance", icon="plus", hint="Ctrl Maj N", size="normal")
        self.new_button.setObjectName("workshop-new")
        self.table = PagedTable("Séances", _look, stretch="title")
        self.table.setObjectName("workshop-list")
        self.table.lines.sortable = _never
        self.table.set_columns(_COLUMNS)
        self.panel, self.form = SheetPanel(desk), SessionForm(desk)
        self.nothing = EmptyState("presentation", "Aucune séance", _EMPTY, "Nouvelle séance")
        self.no_module = EmptyState("presentation", "Pas encore d’atelier", _NO_MODULE, "Ouvrir le catalogue",
                                    action_icon="library")  # fmt: skip
        self.hint = EmptyState("mouse-pointer-click", "Choisissez une séance", "Ses participants s’affichent ici.")
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        if (workshop_id := arguments.get("workshop_id")) is not None:
            self.when.write(When.ALL)
            self.search.write("")
            self._open(workshop_id, focus=True)
        self.refresh()
        if "module_id" in arguments:
            self._begin(arguments["module_id"])
        if "draft" in arguments:
            again = partial(self._modify, arguments["draft"]) if arguments["draft"] else partial(self._begin, None)
            self.form.typed.seek(arguments["draft"], again)

    def go_back(self) -> bool:
        """Escape closes what stands beside the list, innermost first; what was typed is offered again."""
        current = self._side.currentWidget()
        if current is self.form:
            self.close_form()
            return True
        if current is self.panel and self.panel.go_back():
            return True
        if self.search.text():
            self.search.write("")
            return True
        if current is self.panel and not self._is_beside:
            self.close_side()
            return True
        return False

    def take_focus(self) -> None:
        if self._side.currentWidget() is self.form:
            self.form.take_focus()
        elif self.table.lines.rowCount() and not self._left.isHidden():
            self.table.go_first()
        elif self._side.currentWidget() is self.panel:
            self.panel.take_focus()
        else:
            self._empty_button().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the list again; what is beside it stays."""
        query = SessionQuery(When(self.when.read()), self.search.text())
        self.desk.read_latest("workshops", sheets.listing, query, then=self._show)

    def new(self) -> None:
        """A session of the module of the one shown, or of any."""
        self._begin(None)

    def save(self) -> None:
        """Ctrl+Return wherever one types."""
        current = self._side.currentWidget()
        if current is self.form:
            self.form.save()
        elif current is self.panel:
            self.panel.submit()

    def close_form(self) -> None:
        if self.form.is_dirty():
            self.desk.shell.notify("Séance non enregistrée.", "info", [("Reprendre", self._reopen)])
        shown = self.panel.workshop_id is not None
        self._turn(self.panel if shown else self.hint)
        self.take_focus()

    def close_side(self) -> None:
        self._turn(self.hint)
        self.take_focus()

    @property
    def _is_beside(self) -> bool:
        return self.width() >= theme().px(_ENOUGH)

    def _begin(self, module_id: uuid.UUID | None, on: date | None = None) -> None:
        if self._side.currentWidget() is self.form and self.form.is_dirty():
            self.form.take_focus()
            return
        self.form.read_lists()
        self.desk.read(sessions.blank, module_id, on, then=self._edit, failed=self._tell)

    def _modify(self, workshop_id: uuid.UUID) -> None:
        self.form.read_lists()
        self.desk.read(sessions.planned, workshop_id, then=self._edit, failed=self._tell)

    def _edit(self, planned: Planned) -> None:
        self.form.write(planned)
        self._turn(self.form)
        self.form.take_focus()

    def _reopen(self) -> None:
        self._turn(self.form)
        self.form.take_focus()

    def _saved(self, saved: Saved) -> None:
        moved = french.listing(list(saved.moved_up))
        words = f"Séance enregistrée. {moved} : une place s’est libérée, à prévenir" if moved else "Séance enregistrée"
        self.desk.shell.notify(words, "success", [("Annuler", self.desk.undo)])
        self._open(saved.id, focus=True)
        self.refresh()

    def _show(self, page: SessionPage) -> None:
        self._filling = True  # the list made anew chooses nothing by itself
        self.table.start(len(page.rows), page.rows)
        shown = self.panel.workshop_id if self._side.currentWidget() is not self.hint else None
        line = next((rank for rank, row in enumerate(page.rows) if row.id == shown), None)
        if line is not None:
            self.table.setCurrentIndex(self.table.lines.index(line, 0))
        self._filling = False
        self.count.setText(french.plural(page.total, "séance"))
        empty = self._no_module_card if page.no_module else self._nothing_card
        self._body.setCurrentWidget(self._list_card if page.total else empty)
        self.nothing.title.setText("Aucune séance ne correspond" if self.search.text() else _NONE[self.when.read()])
        if shown is None and page.rows and self._is_beside and self._side.currentWidget() is self.hint:
            self.table.setCurrentIndex(self.table.lines.index(0, 0))
            self._open(page.rows[0].id)
        self._arrange()

    def _chosen(self, line: SessionLine | None) -> None:
        ready = not self._filling and self._side.currentWidget() is not self.form
        if line is not None and self._is_beside and ready:
            self._open(line.id)

    def _opened(self, line: SessionLine) -> None:
        if self._side.currentWidget() is self.form:
            self.close_form()
        self._open(line.id, focus=True)

    def _open(self, workshop_id: uuid.UUID, *, focus: bool = False) -> None:
        self._turn(self.panel)
        self.panel.show_session(workshop_id, focus=focus)

    def _gone(self) -> None:
        self._turn(self.hint)
        self.refresh()

    def _changed(self, _what: Any = None) -> None:
        self.refresh()

    def _base_changed(self) -> None:
        if self.isVisible():
            self.refresh()
            if self._side.currentWidget() is self.panel:
                self.panel.refresh()

    def _type(self, text: str) -> None:
        self.search.take_focus()
        self.search.write(self.search.text() + text)

    def _to_list(self, _how: Any = None) -> None:
        self.table.go_first()

    def _to_catalogue(self) -> None:
        self.desk.shell.show_view("workshop_modules")

    def _tell(self, sentence: str) -> None:
        self.desk.shell.notify(sentence, "warning")

    def _empty_button(self) -> QWidget:
        return (self.no_module if self._body.currentWidget() is self._no_module_card else self.nothing).button

    def _turn(self, page: QWidget) -> None:
        self._side.setCurrentWidget(page)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Beside the list where both have room; in its place otherwise."""
        beside, current = self._is_beside, self._side.currentWidget()
        without_list = self._body.currentWidget() is not self._list_card
        self._left.setVisible((beside and not (without_list and current is not self.hint)) or current is self.hint)
        self._holder.setVisible(current is not self.hint or (beside and not without_list))
        self.panel.head.close_button.setVisible(not beside)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        for widget in (Label("Ateliers", role="title"), self.when, self.count):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.search, 10)
        top.addWidget(self.new_button)
        self._list_card, self._nothing_card, self._no_module_card = Card(grow=True), Card(grow=True), Card(grow=True)
        self._list_card.layout().setContentsMargins(6, 4, 6, 6)  # type: ignore[union-attr]
        self._list_card.add(self.table)
        self._nothing_card.add(self.nothing)
        self._no_module_card.add(self.no_module)
        self._left, self._holder = QWidget(), QWidget()
        self._body, self._side = QStackedLayout(self._left), QStackedLayout(self._holder)
        for card in (self._list_card, self._nothing_card, self._no_module_card):
            self._body.addWidget(card)
        for page in (self.hint, self.panel, self.form):
            self._side.addWidget(page)
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addWidget(self._left, _LIST_SHARE)
        body.addWidget(self._holder, _SIDE_SHARE)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addWidget(self.sections)
        whole.addLayout(top)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self.when.changed.connect(self._changed)
        self.search.changed.connect(self._changed)
        self.search.submitted.connect(self._to_list)
        self.search.moved.connect(self._to_list)
        self.search.left.connect(self.go_back)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.table.typed.connect(self._type)
        self.new_button.clicked.connect(self.new)
        self.nothing.acted.connect(self.new)
        self.no_module.acted.connect(self._to_catalogue)
        self.panel.edited.connect(self._modify)
        self.panel.closed.connect(self.close_side)
        self.panel.gone.connect(self._gone)
        self.form.saved.connect(self._saved)
        self.form.closed.connect(self.close_form)
        self.desk.changed.connect(self._base_changed)
        theme().changed.connect(self._arrange)

    def _has_session(self) -> bool:
        return self._side.currentWidget() is self.panel and self.panel.workshop_id is not None

    def _declare(self) -> None:
        panel, shown = self.panel, self._has_session
        for action in (
            Action("workshops.new", "Nouvelle séance", self.new, "plus", "Ctrl+Shift+N", ("atelier",), _SECTION),
            Action("workshops.save", "Enregistrer", self.save, "check", "Ctrl+Return", (), _SECTION),
            Action("workshops.edit", "Modifier la séance", panel.edit, "pencil", "", (), _SECTION, shown),
            Action("workshops.enrol", "Inscrire quelqu’un", panel.enrol, "user-plus", "Alt+I", (), _SECTION, shown),
            Action("workshops.people", "Aller aux présences", panel.take_focus, "list-checks", "Alt+P",
                   ("présent", "émargement"), _SECTION, shown),
            Action("workshops.held", "Séance tenue", panel.hold, "circle-check", "", (), _SECTION, shown),
            Action("workshops.cancel", "Annuler la séance", panel.cancel, "ban", "", (), _SECTION, shown),
            Action("workshops.sheet", "Feuille d’émargement", panel.print_sheet, "printer", "Ctrl+P", (), _SECTION,
                   shown),
            Action("workshops.certificates", "Attestations de tous les présents", panel.print_certificates, "award",
                   "", ("présence",), _SECTION, shown),
            Action("workshops.export", "Exporter la séance (.ics)", panel.export, "download", "", ("agenda", "ical"),
                   _SECTION, shown),
            Action("workshops.catalogue", "Catalogue des ateliers", self._to_catalogue, "library", "", ("module",),
                   _SECTION),
        ):  # fmt: skip
            self.desk.shell.commands.add(action, self)


_NONE = {When.COMING: "Aucune séance à venir", When.PAST: "Aucune séance passée", When.ALL: "Aucune séance"}


def _never(_key: str) -> bool:
    return False


def _look(line: SessionLine, key: str) -> Look | None:
    """What waits for somebody shows by icon and tone in the list too; the whole is said aloud."""
    if key == "title":
        about = f"{line.title} · {line.when} · {line.place}"
        return Look(strong=True, about=about)
    if key == "places" and (line.numbers.waiting or line.too_few):
        words = f"{_places(line)}, {'minimum pas atteint' if line.too_few else 'liste d’attente'}"
        return Look(tone="warning", about=words)
    if key != "day":
        return None
    if line.to_conclude:
        return Look(tone="accent", icon="clock-alert", about=f"{line.when}, à conclure")
    if line.state is WorkshopState.CANCELLED:
        return Look(tone="neutral", icon="ban", about=f"{line.when}, annulée")
    held = line.state is WorkshopState.HELD
    return Look(tone="success", icon="circle-check", about=f"{line.when}, tenue") if held else Look(about=line.when)
