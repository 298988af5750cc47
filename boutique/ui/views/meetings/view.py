"""Partenaires › Rencontres: every meeting, what is still to follow, the form of one beside the list."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import meetings
from boutique.services.directory import PartnerRow
from boutique.services.meetings import MeetingList, MeetingSheet
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.file.partner_pick import PartnerPick
from boutique.ui.views.meetings.form import MeetingForm
from boutique.ui.views.meetings.row import meeting_row
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label, breakable
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.one_of import OneOf
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.search_field import SearchField

_SECTION = "Rencontres"
_BESIDE = 900  # under this width what is open takes the place of the list
_SHOWN = 80
_EMPTY = "Une rencontre se note aussi depuis la fiche d’un partenaire. Elles composent la feuille « Partenaires »."


class MeetingsView(View):
    """`enter(to_follow=True)` keeps those that something is still to be done after.

    `enter(draft=…)`: the meeting, or the partner of a new one, whose form was left unfinished.
    """

    title = "Rencontres"
    rail = "partners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.rows: list[ListRow] = []
        self.count = Label(tone="muted")
        self.search = SearchField("Structure, objet…", accessible="Chercher une rencontre")
        self.to_follow = CheckBox("Avec une suite à donner")
        self.new_button = PrimaryButton("Nouvelle rencontre", icon="plus", hint="Ctrl Maj N", size="normal")
        self.back_button = Button("Liste", icon="chevron-left", hint="Échap")
        self.name, self.sheet_button = (
            Label(role="heading", wrap=True),
            Button("Sa fiche", icon="handshake", size="small"),
        )
        self.form, self.pick = MeetingForm(desk), PartnerPick(desk)
        self.hint = EmptyState("mouse-pointer-click", "Choisissez une rencontre", "Elle s’affiche ici.")
        self.nothing = EmptyState("handshake", "Aucune rencontre pour l’instant", _EMPTY, "Nouvelle rencontre")
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        if "to_follow" in arguments:
            self.to_follow.setChecked(bool(arguments["to_follow"]))
        self.refresh()
        if (subject_id := arguments.get("draft")) is not None and not (self._editing() and self.form.is_dirty()):
            self.desk.read(meetings.begun, subject_id, then=self._edit, failed=self._gone)

    def leave(self) -> bool:
        """What is typed stays in the form."""
        if self._editing() and self.form.is_dirty():
            self.desk.shell.notify("Rencontre non enregistrée.", "info", [("Reprendre", self._resume)])
        return True

    def go_back(self) -> bool:
        if self._editing() and self.form.is_dirty():
            asked = "Ce qui vient d’être tapé pour cette rencontre sera perdu."
            if not self.desk.ask.confirm("Abandonner la saisie ?", asked, yes="Abandonner"):
                return True
        if self._right.shown is not self.hint:
            self._close()
            return True
        if self.search.text():
            self.search.write("")
            return True
        return False

    def take_focus(self) -> None:
        if self._editing():
            self.form.take_focus()
        elif self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.nothing.button if self.nothing.isVisible() else self.new_button).setFocus()

    def refresh(self) -> None:
        only = self.to_follow.isChecked()
        self.desk.read_latest("meetings", meetings.listing, self.search.text(), to_follow=only, then=self._show)

    def new(self) -> None:
        """With whom first: the directory opens under the hand."""
        if not (self._editing() and self.form.is_dirty()):
            self._right.show_part(self._pick_card)
            self.pick.open()

    def _show(self, found: MeetingList) -> None:
        self.count.setText(french.plural(found.total, "rencontre"))
        empty(self._list.body)
        self.rows = []
        for line in found.lines[:_SHOWN]:
            row = meeting_row(line, by_partner=True)
            row.activated.connect(partial(self._open, line.id))
            if (box := row.findChild(CheckBox)) is not None:
                box.toggled.connect(partial(self._tick, line.id))
            self.rows.append(row)
            self._list.add(row)
        if self.rows:
            self.rows[-1].set_last()
        else:
            self._list.add(Label("Aucune rencontre ne correspond.", tone="muted", wrap=True))
        left = found.total - len(self.rows)
        if left > 0:
            self._list.add(
                Label(f"et {french.plural(left, 'autre')} : cherchez par le nom.", role="small", tone="muted")
            )
        begun = not found.none or self._right.shown is not self.hint
        self.columns.setVisible(begun)
        self._tools(begun=begun)

    def _open(self, meeting_id: uuid.UUID) -> None:
        if not (self._editing() and self.form.is_dirty()):
            self.desk.read(meetings.sheet, meeting_id, then=self._edit, failed=self._gone)

    def _picked(self, row: PartnerRow) -> None:
        self.desk.read(meetings.blank, row.partner_id, then=self._edit)

    def _edit(self, sheet: MeetingSheet) -> None:
        self.name.setText(breakable(sheet.partner))
        self.form.show_meeting(sheet)
        self.columns.show()
        self._tools(begun=True)
        self._right.show_part(self._form_card)
        self._give_room()
        self.form.take_focus()

    def _gone(self, sentence: str) -> None:
        self.desk.shell.notify(sentence, "warning")
        self.refresh()

    def _saved(self, _id: object) -> None:
        self._close()
        self.refresh()

    def _close(self) -> None:
        self.form.give_up()
        self._right.show_part(self.hint)
        self._give_room()
        self.take_focus()

    def _tick(self, meeting_id: uuid.UUID, done: bool) -> None:  # noqa: FBT001 - slot
        label = "Suite de rencontre faite" if done else "Suite de rencontre à refaire"
        self.desk.write(label, meetings.set_done, meeting_id, done=done)

    def _show_sheet(self) -> None:
        if self.form.sheet is not None:
            self.desk.shell.show_view("partners", partner_id=self.form.sheet.partner_id)

    def _resume(self) -> None:
        self.desk.shell.show_view("meetings")

    def _changed(self, _what: Any = None) -> None:
        self.refresh()

    def _base_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _editing(self) -> bool:
        return self._right.shown is self._form_card

    def _save(self) -> None:
        if self._editing():
            self.form.save()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        beside, alone = self.columns.width() >= theme().px(_BESIDE), self._right.shown is not self.hint
        self._left.setVisible(beside or not alone)
        self._right.setVisible(beside or alone)
        self.back_button.setVisible(not beside and alone)
        for widget in (self.count, self.search, self.to_follow):
            widget.setHidden((not beside and alone) or self.nothing.isVisible())
        self.search.setMaximumWidth(theme().px(240))

    def _connect(self) -> None:
        for signal, slot in (
            (self.search.changed, self._changed), (self.search.left, self.go_back),
            (self.to_follow.toggled, self._changed), (self.new_button.clicked, self.new),
            (self.nothing.acted, self._begin), (self.back_button.clicked, self.go_back),
            (self.sheet_button.clicked, self._show_sheet), (self.pick.picked, self._picked),
            (self.form.saved, self._saved), (self.form.closed, self.go_back), (self._right.turned, self._give_room),
            (self.desk.changed, self._base_changed), (theme().changed, self._give_room),
        ):  # fmt: skip
            signal.connect(slot)

    def _tools(self, *, begun: bool) -> None:
        """What finds and adds among meetings has no use before the first."""
        self.nothing.setVisible(not begun)
        for widget in (self.count, self.search, self.to_follow, self.new_button):
            widget.setVisible(begun)

    def _begin(self) -> None:
        self.columns.show()
        self._tools(begun=True)
        self.new()

    def _declare(self) -> None:
        for action in (
            Action("meetings.new", "Nouvelle rencontre", self._begin, "plus", "Ctrl+Shift+N", ("réunion",), _SECTION),
            Action("meetings.save", "Enregistrer la rencontre", self._save, "check", "Ctrl+Return", (), _SECTION),
        ):
            self.desk.shell.commands.add(action, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Label("Rencontres", role="title"))
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.to_follow)
        top.addWidget(self.search, 10)
        top.addWidget(self.back_button)
        top.addWidget(self.new_button)
        self._list = Card()
        self._list.body.setSpacing(0)
        self._left = ScrollColumn()
        self._left.add(self._list)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignTop)
        self._form_card, self._pick_card = Card(), Card("Avec quelle structure ?")
        self._form_card.add(head, self.form)
        self._pick_card.add(self.pick)
        self._right = OneOf(self.hint, self._pick_card, self._form_card)
        self.columns = Columns(self._left, self._right, shares=(6, 5), enough=_BESIDE)
        self.columns.hide()
        self.nothing.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addWidget(SectionTabs(self.desk.shell, "partners", "meetings"))
        whole.addLayout(top)
        whole.addWidget(self.columns, 1)
        whole.addWidget(self.nothing, 1)
