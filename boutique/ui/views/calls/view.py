"""Suivis à faire: the list on the left, the person on the phone on the right; save and next, with the keyboard."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.after_choices import FollowUpOutcome, FollowUpState
from boutique.services import aftercare, calls
from boutique.services.calls import Call, CallList
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.view import View
from boutique.ui.views.calls.sheet import CallSheet
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.segmented import Segmented

_SECTION = "Suivis à faire"
_SHOWN = 60


class CallsView(View):
    """`enter(follow_up_id=…)` opens one follow-up, in the list or not."""

    title = "Suivis à faire"
    rail = "today"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._wanted: uuid.UUID | None = None
        self._list: CallList | None = None
        self._kept: dict[uuid.UUID, dict[str, Any]] = {}  # typed, not saved, while another one is on the phone
        self._rows: dict[uuid.UUID, ListRow] = {}
        self.scope = Segmented([(False, "Tous"), (True, "Les miens")], accessible="Suivis de", optional=False)
        self.scope.write(False)  # noqa: FBT003 - a value of the list
        self.count = ElidedLabel(tone="muted")
        self.list_card = Card("À appeler")
        self.list_card.body.setSpacing(0)
        self.sheet = CallSheet(desk)
        self.empty = EmptyState(
            "phone", "Aucun suivi à faire",
            "Les suivis viennent ici à 1, 3, 6 et 12 mois, puis à 2 et 3 ans après une création.",
            "Voir les dossiers", action_icon="folder-open",
        )  # fmt: skip
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        if "follow_up_id" in arguments:
            self._set_aside()
            self._wanted = arguments["follow_up_id"]
        self._refresh()

    def leave(self) -> bool:
        self._set_aside()
        return True

    def take_focus(self) -> None:
        if self.sheet.isVisible():
            self.sheet.take_focus()
        else:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        self.desk.read_latest("calls", calls.waiting, mine=bool(self.scope.read()), then=self._show)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _show(self, found: CallList) -> None:
        self._list = found
        self.count.setText(_counted(found))
        self._fill(found)
        listed = {call.id: call for call in found.calls}
        if self._wanted is not None and self._wanted not in listed:
            self.desk.read_latest("calls.one", calls.one, self._wanted, then=self._show_other)
            return
        call = listed[self._wanted] if self._wanted is not None else next(iter(found.calls), None)
        self._open(call)

    def _show_other(self, call: Call | None) -> None:
        """One that is done already, or far ahead: opened from its file."""
        if call is None:
            self._wanted = None
            self._refresh()
        else:
            self._open(call)

    def _open(self, call: Call | None) -> None:
        self.columns.setVisible(call is not None)
        self.empty.setVisible(call is None)
        if call is None:
            return
        for identifier, row in self._rows.items():
            row.set_selected(identifier == call.id)
        if self.sheet.call is not None and self.sheet.call.id == call.id and self.sheet.is_dirty():
            self.sheet.write(call)
            return
        self._wanted = call.id
        self.sheet.write(call)
        self.desk.read_latest("calls.answers", aftercare.answers, call.id, then=self._answered)

    def _answered(self, answers: dict[str, Any]) -> None:
        call = self.sheet.call
        kept = self._kept.pop(call.id, None) if call is not None else None
        self.sheet.answer(kept or answers)
        focused = QApplication.focusWidget()
        if focused is None or not self.sheet.isAncestorOf(focused):
            self.sheet.take_focus()

    def _fill(self, found: CallList) -> None:
        for row in self.list_card.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if self.list_card.body.indexOf(row) >= 0:
                self.list_card.body.removeWidget(row)
                row.hide()
                row.deleteLater()
        self._rows = {}
        group = ""
        for call in found.calls[:_SHOWN]:
            if (told := _group(call)) != group:
                group = told
                head = Label(group, role="small_strong", tone="muted")
                head.setContentsMargins(0, 0 if not self._rows else 12, 0, 4)
                self.list_card.add(head)
            row = self._row(call)
            self._rows[call.id] = row
            self.list_card.add(row)
        if found.total > _SHOWN:
            words = f"et {found.total - _SHOWN} autres, après ceux-ci"
            self.list_card.add(Label(words, role="small", tone="muted"))

    def _row(self, call: Call) -> ListRow:
        badges: list[QWidget] = [Badge(call.milestone, "accent" if call.late_days else "neutral")]
        if call.tried:
            tries = french.plural(len(call.tried), "appel")
            badges.insert(0, Badge(str(len(call.tried)), "warning", icon="phone-missed"))
            badges[0].setToolTip(f"{tries} sans réponse")
        row = ListRow(call.name, call.business, trailing=badges, clickable=True, wrap=False)
        row.setAccessibleName(f"{call.name}, {call.business}, {call.milestone}, {_group(call)}")
        row.activated.connect(partial(self._choose, call.id))
        return row

    def _choose(self, follow_up_id: uuid.UUID) -> None:
        if self._list is None or (self.sheet.call is not None and self.sheet.call.id == follow_up_id):
            return
        self._set_aside()
        self._wanted = follow_up_id
        self._open(next((call for call in self._list.calls if call.id == follow_up_id), None))

    def _step(self, by: int) -> None:
        listed = [call.id for call in self._list.calls] if self._list is not None else []
        if not listed:
            return
        here = listed.index(self._wanted) if self._wanted in listed else -by
        self._choose(listed[(here + by) % len(listed)])

    def _set_aside(self) -> None:
        """What was typed waits for its turn."""
        call = self.sheet.call
        if call is not None and self.sheet.is_dirty():
            self._kept[call.id] = self.sheet.typed()
            self.sheet.form.set_clean()

    def _save(self, typed: dict[str, Any]) -> None:
        call = self._taken()
        told = f"Suivi à {call.milestone} : {call.name}"
        self._write("Suivi d’entreprise enregistré", told, aftercare.save, call.id, typed)

    def _no_answer(self) -> None:
        if self.sheet.call is None:
            return
        call = self._taken()
        told = f"{call.name} : pas de réponse, à rappeler dans {aftercare.RETRY_DAYS} jours"
        self._write("Appel sans réponse", told, aftercare.no_answer, call.id)

    def _postpone(self, until: date) -> None:
        call = self._taken()
        told = f"{call.name} : à rappeler le {french.show_date(until)}"
        self._write("Rappel convenu", told, aftercare.postpone, call.id, until)

    def _reopen(self) -> None:
        call = self._taken()
        self._next = call.id
        self._write("Suivi remis à faire", f"Suivi à {call.milestone} : à refaire", aftercare.reopen, call.id)

    def _write(self, label: str, told: str, use_case: Callable[..., Any], *arguments: object) -> None:
        """The journal keeps the label, which names nobody."""
        self.desk.write(label, use_case, *arguments, then=self._done, failed=self.sheet.tell, told=told)

    def _taken(self) -> Call:
        """Who is on the phone; who follows in the list as it stands is shown once this one is written."""
        call = self.sheet.call
        assert call is not None
        listed = [item.id for item in self._list.calls] if self._list is not None else []
        place = listed.index(call.id) if call.id in listed else -1
        self._next = next(iter([*listed[place + 1 :], *listed[: max(place, 0)]]), None)
        return call

    _next: uuid.UUID | None = None

    def _done(self, _result: Any) -> None:
        self.sheet.form.set_clean()
        self._wanted = self._next
        self.sheet.call = None
        self._refresh()
        self.sheet.take_focus()

    def _open_file(self) -> None:
        call = self.sheet.call
        if call is not None:
            self.desk.shell.show_view("file", case_id=call.case_id, tab="after")

    def _outcome(self, outcome: FollowUpOutcome) -> None:
        self.sheet.set_outcome(outcome)

    def _show_files(self) -> None:
        self.desk.shell.show_view("files")

    def _has_call(self) -> bool:
        return self.sheet.call is not None and self.sheet.isVisible()

    def _is_to_do(self) -> bool:
        call = self.sheet.call
        return self.sheet.isVisible() and call is not None and call.state is FollowUpState.TO_DO

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label("Suivis à faire", role="title"))
        head.addWidget(self.count, 1)
        head.addWidget(self.scope)
        self.columns = Columns(self.sheet, self.list_card, shares=(7, 4))
        self.columns.hide()
        self.empty.hide()
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(head, self.columns, self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _connect(self) -> None:
        self.scope.changed.connect(self._scope_chosen)
        self.sheet.saved.connect(self._save)
        self.sheet.unanswered.connect(self._no_answer)
        self.sheet.postponed.connect(self._postpone)
        self.sheet.reopened.connect(self._reopen)
        self.sheet.opened.connect(self._open_file)
        self.empty.acted.connect(self._show_files)
        self.desk.changed.connect(self._refresh_if_seen)

    def _scope_chosen(self, _mine: object) -> None:
        self._set_aside()
        self._wanted = None
        self._refresh()

    def _declare(self) -> None:
        add = self.desk.shell.commands.add
        for rank, outcome in enumerate(FollowUpOutcome, 1):
            run = partial(self._outcome, outcome)
            add(Action(f"call.{outcome.name.lower()}", f"L’entreprise est : {outcome.label.lower()}", run, "",
                       f"Alt+{rank}", ("réponse",), _SECTION, self._has_call), self)  # fmt: skip
        for action in (
            Action("call.save", "Enregistrer le suivi et passer au suivant", self.sheet.save, "check", "Ctrl+Return",
                   (), _SECTION, self._has_call),
            Action("call.none", "Pas de réponse", self._no_answer, "phone-missed", "Alt+N", ("absent",), _SECTION,
                   self._is_to_do),
            Action("call.next", "Personne suivante", partial(self._step, 1), "arrow-down", "Alt+Down", (), _SECTION,
                   self._has_call),
            Action("call.previous", "Personne précédente", partial(self._step, -1), "arrow-up", "Alt+Up", (),
                   _SECTION, self._has_call),
            Action("call.copy", "Copier le téléphone", self.sheet.copy_phone, "copy", "Alt+C", (), _SECTION,
                   self._has_call),
        ):  # fmt: skip
            add(action, self)


def _group(call: Call) -> str:
    if call.late_days:
        return "En retard"
    return "Aujourd’hui" if call.due else "Dans le mois"


def _counted(found: CallList) -> str:
    if not found.total:
        return f"le prochain est le {french.show_date(found.coming_on)}" if found.coming_on else ""
    due = f"{french.plural(found.due, 'appel')} à faire" if found.due else "rien en retard"
    return f"{due}, {french.plural(found.total - found.due, 'autre')} dans le mois" if found.total > found.due else due
