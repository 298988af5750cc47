"""Plan d'action: the goal of the period, then who does what by when; sorted, grouped, moved on with one key."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock
from boutique.models.choices import ActionStatus
from boutique.services import actions, plans
from boutique.services.actions import ActionLine
from boutique.services.plan_groups import Group, GroupedBy, Shown, grouped, is_shown
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.views.file.action_editor import ActionEditor
from boutique.ui.views.file.action_form import ActionForm
from boutique.ui.views.file.plan_goal import GoalCard
from boutique.ui.views.file.plan_row import PlanRow
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.segmented import Segmented

_NOTHING = {
    Shown.OPEN: "Rien à faire pour l’instant : écrivez ci-dessus ce qui a été décidé.",
    Shown.LATE: "Rien n’est en retard.",
    Shown.ENDED: "Rien n’est encore terminé.",
    Shown.ALL: "Aucune action : écrivez ci-dessus ce qui a été décidé.",
}
_KEYS = "Sur une action : ↵ modifie · F faite · C en cours · A en attente · P prévue · Suppr supprime"


class ActionsTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: tuple[ActionLine, ...] = ()
        self._rows: list[PlanRow] = []
        self._edited: ActionForm | None = None
        self._edited_id: uuid.UUID | None = None
        self.goal = GoalCard(desk)
        self.editor = ActionEditor("action", cross=False)
        self.shown = Segmented([(one, one.value) for one in Shown], accessible="Actions montrées", optional=False)
        self.by = ComboBox([(one, one.value) for one in GroupedBy], empty=None, accessible="Grouper les actions")
        self.by.setObjectName("plan-group")
        self.print = Button("Imprimer le plan", icon="printer", size="small")
        self.print.setObjectName("plan-print")
        self.card = Card("Actions", action=self.print)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._lay_out()
        self.shown.write(Shown.OPEN)
        self.by.write(GroupedBy.DUE)
        self.shown.changed.connect(self._redraw)
        self.by.currentIndexChanged.connect(self._redraw)
        self.editor.submitted.connect(self._add)
        self.goal.decided.connect(self._set_goal)
        self.goal.dropped.connect(self._drop_goal)
        self.print.clicked.connect(partial(desk.shell.commands.run, "file.document.plan"))

    @property
    def is_editing(self) -> bool:
        return self._edited is not None or self.goal.is_editing

    def start_afresh(self) -> None:
        self._close_form()
        self.goal.close_form()
        self.shown.write(Shown.OPEN)
        self.editor.clear()

    def refresh(self) -> None:
        self.desk.read_latest("file.goal", plans.goal, self.case_id, then=self.goal.write)
        self.desk.read_latest("file.actions", actions.listing, self.case_id, then=self._show)

    def save(self) -> None:
        """What is being edited, an action before the goal."""
        (self._edited or self.goal).save()

    def edit_goal(self) -> None:
        self.goal.edit()

    def go_back(self) -> bool:
        if self._edited is not None:
            if not self._edited.go_back():
                self._stop_editing()
            return True
        if self.goal.is_editing:
            self.goal.close_form()
            return True
        return False

    def focus_first(self) -> bool:
        self.editor.take_focus()
        return True

    def _show(self, lines: tuple[ActionLine, ...]) -> None:
        self._lines = lines
        self._redraw()

    def _redraw(self) -> None:
        focused, rank = self._focused()
        for number, one in enumerate(Shown):
            count = sum(is_shown(line, one) for line in self._lines)
            self.shown.set_text(number, f"{one.value} ({count})" if count else one.value)
        if self._edited_id not in {line.id for line in self._lines}:
            self._close_form()  # undone meanwhile
        for choice in (self.shown, self.by):
            choice.setEnabled(self._edited_id is None)  # its line stays where it is being typed
        groups = grouped(self._lines, self.by.read(), self.shown.read(), clock.today())
        self._empty_list()
        for group in groups:
            self._add_group(group)
        if not groups:
            self._list.addWidget(Label(_NOTHING[self.shown.read()], tone="muted", wrap=True))
        items = [self._list.itemAt(number) for number in range(self._list.count())]
        follow(self.by, [part for item in items if item is not None and (part := item.widget()) is not None])
        self._keep_focus(focused, rank)

    def _add_group(self, group: Group) -> None:
        title = Label(f"{group.title} ({len(group.lines)})", role="label", tone="accent" if group.late else "muted")
        title.setContentsMargins(8, 10, 0, 2)
        self._list.addWidget(title)
        for number, line in enumerate(group.lines):
            if line.id == self._edited_id:
                self._list.addWidget(self._edited or self._make_form(line))
            else:
                row = self._row(line)
                row.set_last(number == len(group.lines) - 1)
                self._list.addWidget(row)
                row.show()  # at once: it may be given the focus

    def _row(self, line: ActionLine) -> PlanRow:
        rank = sum(row.line.open is line.open for row in self._rows)
        row = PlanRow(f"action-{rank}" if line.open else f"ended-{rank}", line)
        row.moved.connect(partial(self._move, line.id))
        row.opened.connect(partial(self._edit, line.id))
        row.dropped.connect(partial(self._delete, line.id))
        row.stepped.connect(partial(self._step, row))
        self._rows.append(row)
        return row

    def _make_form(self, line: ActionLine) -> ActionForm:
        form = ActionForm(self.desk, [one.label for one in self._lines if one.id != line.id])
        form.submitted.connect(partial(self._save, line.id))
        form.cancelled.connect(self._stop_editing)
        self.desk.read(actions.answers, line.id, then=form.write)
        self.desk.read(actions.partner_of, line.id, then=form.set_partner)
        self._edited = form
        return form

    def _empty_list(self) -> None:
        """What is being edited is kept, and put back where its line stands."""
        self._rows = []
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and old is not self._edited:
                old.hide()
                old.deleteLater()

    def _focused(self) -> tuple[uuid.UUID | None, int]:
        for rank, row in enumerate(self._rows):
            if row.hasFocus() or row.isAncestorOf(row.window().focusWidget()):
                return row.line.id, rank
        return None, -1

    def _keep_focus(self, action_id: uuid.UUID | None, rank: int) -> None:
        """The action that had it, or the one that took its place in the list."""
        if action_id is None or self._edited is not None:
            return
        same = next((row for row in self._rows if row.line.id == action_id), None)
        row = same or (self._rows[min(rank, len(self._rows) - 1)] if self._rows else None)
        (row or self.editor.label).setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, row: PlanRow, by: int) -> None:
        there = self._rows.index(row) + by
        if 0 <= there < len(self._rows):
            self._rows[there].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, action_id: uuid.UUID, status: ActionStatus) -> None:
        self.desk.write(f"Action : {status.label.lower()}", actions.set_status, action_id, status)

    def _add(self, answers: dict[str, Any]) -> None:
        self.editor.clear()
        self.editor.take_focus()
        self.desk.write("Action ajoutée", actions.add, self.case_id, answers)

    def _edit(self, action_id: uuid.UUID) -> None:
        self._close_form()
        self._edited_id = action_id
        self._redraw()
        if self._edited is not None:
            self._edited.show()
            self._edited.take_focus()

    def _save(self, action_id: uuid.UUID, answers: dict[str, Any]) -> None:
        self._close_form()
        self.desk.write("Action modifiée", actions.edit, action_id, answers)

    def _delete(self, action_id: uuid.UUID) -> None:
        self.desk.write("Action supprimée", actions.delete, action_id)

    def _stop_editing(self) -> None:
        edited = self._edited_id
        self._close_form()
        self._redraw()
        row = next((row for row in self._rows if row.line.id == edited), None)
        (row or self.editor.label).setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_form(self) -> None:
        if self._edited is not None:
            self._edited.hide()
            self._edited.deleteLater()
        self._edited = self._edited_id = None

    def _set_goal(self, answers: dict[str, Any]) -> None:
        self.desk.write("Objectif fixé", plans.set_goal, self.case_id, answers)

    def _drop_goal(self) -> None:
        self.desk.write("Objectif retiré", plans.drop_goal, self.case_id)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(10)
        bar.addWidget(self.shown)
        bar.addStretch(1)
        bar.addWidget(self.by)
        self.card.add(self.editor, bar, self._list, Label(_KEYS, role="small", tone="muted", wrap=True))
        self.column.addWidget(self.goal)
        self.column.addWidget(self.card)
