"""The workshops of whoever has this file: followed, missed, to come; one more in two presses. For Entretiens."""

import uuid
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services.workshops.followed import ABSENT, CANCELLED, FollowedWorkshop, Workshops
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.list_row import ListRow

_ICONS: dict[str, tuple[Tone, str]] = {ABSENT: ("danger", "user-x"), CANCELLED: ("neutral", "ban")}


class WorkshopsCard(Card):
    """`opened(workshop)` on a line, `joined(workshop)` from the list of those to come."""

    opened = Signal(object)
    joined = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.join_button = Button("Inscrire à un atelier…", icon="presentation", size="small")
        self.join_button.setObjectName("file-join-workshop")
        super().__init__("Ateliers", action=self.join_button, parent=parent)
        self._offered: tuple[tuple[uuid.UUID, str], ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.add(self._lines)
        self.join_button.clicked.connect(self._open_menu)

    def write(self, found: Workshops) -> None:
        """Show them; nothing to follow and nothing to come shows nothing."""
        self._offered = found.offered
        empty(self._lines)
        for one in found.followed:
            self._lines.addWidget(self._row(one))
        self.join_button.setVisible(bool(found.offered))

    def menu(self) -> QMenu:
        """The sessions to come that the person is not enrolled in."""
        menu = QMenu(self)
        for workshop_id, words in self._offered:
            menu.addAction(words.replace("&", "&&"), partial(self.joined.emit, workshop_id))
        return menu

    def _row(self, one: FollowedWorkshop) -> ListRow:
        tone, icon = ("success", "circle-check") if one.came else _ICONS.get(one.presence, ("info", "calendar-clock"))
        lasting = french.show_minutes(one.minutes) if one.minutes else ""
        about = " · ".join(part for part in (one.when, one.place, lasting) if part)
        badge = Badge(one.presence, tone, icon=icon)  # type: ignore[arg-type]
        row = ListRow(one.title, about, trailing=[badge], clickable=True, wrap=False)
        row.activated.connect(partial(self.opened.emit, one.workshop_id))
        return row

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.join_button.mapToGlobal(QPoint(0, self.join_button.height() + 2)))
