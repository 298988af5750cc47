"""Plan d'action: who does what, by when; late ones marked, each moved on with one press."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from boutique.models.choices import ActionStatus
from boutique.services import actions
from boutique.services.actions import ActionLine
from boutique.ui.desk import Desk
from boutique.ui.views.file.action_editor import ActionEditor
from boutique.ui.views.file.journey_side import due_words
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow


class ActionsTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: tuple[ActionLine, ...] = ()
        self._edited: uuid.UUID | None = None
        self.editor = ActionEditor("action", cross=False)
        self.open_card, self.ended_card = Card("À faire"), Card("Terminées")
        self._open_rows, self._ended_rows = QVBoxLayout(), QVBoxLayout()
        for rows, card in ((self._open_rows, self.open_card), (self._ended_rows, self.ended_card)):
            rows.setSpacing(0)
            card.add(rows)
        self.open_card.body.insertWidget(0, self.editor)
        self.column.addWidget(self.open_card)
        self.column.addWidget(self.ended_card)
        self.editor.submitted.connect(self._add)

    def start_afresh(self) -> None:
        self._edited = None
        self.editor.clear()

    def refresh(self) -> None:
        self.desk.read_latest("file.actions", actions.listing, self.case_id, then=self._show)

    def go_back(self) -> bool:
        if self._edited is None:
            return False
        self._stop_editing()
        return True

    def focus_first(self) -> bool:
        self.editor.take_focus()
        return True

    def _show(self, lines: tuple[ActionLine, ...]) -> None:
        self._lines = lines
        self._fill(self._open_rows, [line for line in lines if line.open], "Rien à faire pour l’instant.")
        ended = [line for line in lines if not line.open]
        self._fill(self._ended_rows, ended, "")
        self.ended_card.setVisible(bool(ended))

    def _fill(self, rows: QVBoxLayout, lines: list[ActionLine], nothing: str) -> None:
        while (item := rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for rank, line in enumerate(lines):
            if line.id == self._edited:
                self._add_editor(rows, line)
            else:
                row = self._row(rank, line)
                row.set_last(rank == len(lines) - 1)
                rows.addWidget(row)
        if not lines and nothing:
            rows.addWidget(Label(nothing, tone="muted"))

    def _row(self, rank: int, line: ActionLine) -> ListRow:
        name = f"action-{rank}" if line.open else f"ended-{rank}"
        box = CheckBox(checked=line.status is ActionStatus.DONE, accessible=f"{line.label} : faite")
        box.clicked.connect(partial(self._tick, line))
        state = Button(line.status.label, size="small", trailing="chevron-down", accessible=f"État de « {line.label} »")
        state.clicked.connect(partial(self._open_menu, state, line))
        edit = GhostButton(icon="pencil", accessible=f"Modifier « {line.label} »")
        edit.clicked.connect(partial(self._edit, line.id))
        drop = GhostButton(icon="trash-2", accessible=f"Supprimer « {line.label} »")
        drop.clicked.connect(partial(self._delete, line.id))
        for part, widget in {"box": box, "state": state, "edit": edit, "delete": drop}.items():
            widget.setObjectName(f"{name}-{part}")
        text, late = due_words(line)
        badges: list[QWidget] = [Badge("en retard", "accent", icon="clock-alert")] if late else []
        row = ListRow(
            line.label, text if line.open else line.owner, leading=box, trailing=[*badges, state, edit, drop],
            subtitle_tone="accent" if late else "muted",
        )  # fmt: skip
        row.setObjectName(name)
        return row

    def _add_editor(self, rows: QVBoxLayout, line: ActionLine) -> None:
        editor = ActionEditor("edited", button="Enregistrer")
        editor.submitted.connect(partial(self._save, line.id))
        editor.cancelled.connect(self._stop_editing)
        rows.addWidget(editor)
        self.desk.read(actions.answers, line.id, then=editor.write)
        editor.take_focus()

    def _open_menu(self, button: QWidget, line: ActionLine) -> None:
        menu = self.status_menu(line)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def status_menu(self, line: ActionLine) -> QMenu:
        """Every state an action may be in."""
        menu = QMenu(self)
        for status in ActionStatus:
            action = menu.addAction(status.label)
            action.setCheckable(True)
            action.setChecked(status is line.status)
            action.triggered.connect(partial(self._move, line.id, status))
        return menu

    def _move(self, action_id: uuid.UUID, status: ActionStatus) -> None:
        self.desk.write(f"Action : {status.label.lower()}", actions.set_status, action_id, status)

    def _tick(self, line: ActionLine) -> None:
        done = line.status is ActionStatus.DONE
        self._move(line.id, ActionStatus.PLANNED if done else ActionStatus.DONE)

    def _add(self, answers: dict[str, Any]) -> None:
        self.editor.clear()
        self.editor.take_focus()
        self.desk.write("Action ajoutée", actions.add, self.case_id, answers)

    def _edit(self, action_id: uuid.UUID) -> None:
        self._edited = action_id
        self._show(self._lines)

    def _save(self, action_id: uuid.UUID, answers: dict[str, Any]) -> None:
        self._edited = None
        self.desk.write("Action modifiée", actions.edit, action_id, answers)

    def _delete(self, action_id: uuid.UUID) -> None:
        self.desk.write("Action supprimée", actions.delete, action_id)

    def _stop_editing(self) -> None:
        self._edited = None
        self._show(self._lines)
        self.take_focus()
