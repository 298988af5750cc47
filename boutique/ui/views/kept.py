"""Pages of Activité where named things are kept: the list and, beside it, the one being drawn up. A base."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.view import View
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.scroll_column import ScrollColumn


@dataclass(frozen=True, slots=True)
class Kind:
    """What is kept: its page, its words, and the services that list, read and begin one. A line has an `id`."""

    page: str
    name: str
    heading: str
    new: str
    lost: str
    listing: Callable[..., Any]
    sheet: Callable[..., Any]
    blank: Callable[[], Any]


class KeptEditor(Card):
    """`kept(id)` once it is in the base, `gone` once it no longer is in use; `read` is the thing as it is on screen."""

    kept = Signal(object)
    gone = Signal()
    open: Callable[[Any], None]  # said by each editor: Qt's metaclass leaves no room for an abstract class
    read: Callable[[], Any]

    def __init__(self, title: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._desk = desk
        self._start: Any = None

    def is_dirty(self) -> bool:
        return not self.isHidden() and self._start is not None and bool(self.read() != self._start)

    def close(self) -> bool:
        """Escape: True when it was open."""
        was_open = not self.isHidden()
        self._start = None
        self.hide()
        return was_open

    def take_back(self) -> Callable[[], None] | None:
        """What puts back what is typed and not saved; None when there is nothing."""
        return partial(self._open_again, self.read(), self._start) if self.is_dirty() else None

    def _open_again(self, typed: Any, start: Any) -> None:
        self.open(typed)
        self._start = start

    def refresh(self) -> None:
        """Something was saved elsewhere, or taken back."""

    def kept_id(self) -> uuid.UUID | None:
        """The one being changed; None of a new one, and when nothing is open."""
        found: uuid.UUID | None = self._start.id if self._start is not None else None
        return found

    def _kept(self, kept_id: uuid.UUID) -> None:
        self.kept.emit(kept_id)

    def _gone(self, _nothing: None) -> None:
        self.close()
        self.gone.emit()


class KeptView(View):
    """The page; a subclass says how a line looks (`row`)."""

    rail = "activity"

    row: Callable[[Any], ListRow]  # one line of the list

    def __init__(
        self, desk: Desk, kind: Kind, editor: KeptEditor, nothing: EmptyState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._kind = desk, kind
        self._chosen: uuid.UUID | None = None
        self.rows: list[ListRow] = []
        self.sections = SectionTabs(desk.shell, self.rail, kind.page)
        self.new_button = PrimaryButton(kind.new, icon="plus")
        self.new_button.setObjectName(f"{kind.name}-new")
        self.card = Card(kind.heading)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._editor, self.empty = editor, nothing
        self._lay_out()
        self.new_button.clicked.connect(self.new)
        self.empty.acted.connect(self.new)
        self._editor.kept.connect(self._open)
        self._editor.gone.connect(self._gone)
        desk.changed.connect(self._refresh_if_seen)
        desk.undone.connect(self._read_again)

    def enter(self, **arguments: Any) -> None:
        """`new` opens the editor on a new one."""
        self._refresh()
        if arguments.get("new"):
            self.new()

    def leave(self) -> bool:
        return not self._editor.is_dirty() or self._desk.ask.confirm(
            "Quitter sans enregistrer ?", self._kind.lost, yes="Quitter"
        )

    def take_focus(self) -> None:
        (self.rows[0] if self.rows else self.new_button).setFocus()

    def go_back(self) -> bool:
        self._offer_back()
        return self._editor.close()

    def new(self) -> None:
        self._offer_back()
        self._choose(None)
        self._editor.open(self._kind.blank())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label(self.title, role="title"))
        head.addStretch(1)
        head.addWidget(self.new_button)
        self.empty.hide()
        self._editor.hide()
        self.card.add(self._list, self.empty)
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(self.sections, head, Columns(self.card, self._editor, shares=(2, 3)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _refresh(self) -> None:
        self._desk.read_latest(self._kind.page, self._kind.listing, then=self._show)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()
            self._editor.refresh()

    def _read_again(self, _label: str) -> None:
        """Something was taken back: the one in sight is as it was, or no longer is."""
        if self.isVisible() and self._chosen is not None and not self._editor.is_dirty():
            key = f"{self._kind.page}, one"
            self._desk.read_latest(key, self._kind.sheet, self._chosen, then=self._opened, failed=self._no_longer)

    def _no_longer(self, _sentence: str) -> None:
        self._chosen = None
        self._editor.close()

    def _show(self, lines: tuple[Any, ...]) -> None:
        empty(self._list)
        self.rows = [self._shown(line) for line in lines]
        for row in self.rows:
            self._list.addWidget(row)
        if self.rows:
            self.rows[-1].set_last()
        follow(self.new_button, self.rows)
        self.empty.setVisible(not lines)
        self.new_button.setVisible(bool(lines))

    def _shown(self, line: Any) -> ListRow:
        row = self.row(line)
        row.set_selected(line.id == self._chosen)
        row.activated.connect(partial(self._choose_line, line.id))
        return row

    def _choose_line(self, kept_id: uuid.UUID) -> None:
        self._offer_back()
        self._open(kept_id)

    def _offer_back(self) -> None:
        """Nothing typed is lost without a word: one press gives it back."""
        if (again := self._editor.take_back()) is not None:
            self._desk.shell.notify("Saisie non enregistrée.", "info", [("Reprendre", again)])

    def _open(self, kept_id: uuid.UUID) -> None:
        self._choose(kept_id)
        self._desk.read_latest(f"{self._kind.page}, one", self._kind.sheet, kept_id, then=self._opened)

    def _opened(self, found: Any) -> None:
        self._editor.open(found)

    def _choose(self, kept_id: uuid.UUID | None) -> None:
        self._chosen = kept_id
        self._refresh()

    def _gone(self) -> None:
        self._choose(None)
