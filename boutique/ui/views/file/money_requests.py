"""Demandes: what was asked of whom, how much, what was answered; one form to add or change a request."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import REQUEST
from boutique.models.choices import RequestStatus
from boutique.services import requests
from boutique.services.requests import RequestLine, Requests
from boutique.services.schemes import SchemeView
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

STATES: dict[RequestStatus, tuple[Tone, str]] = {
    RequestStatus.CONSIDERED: ("neutral", "circle-dashed"),
    RequestStatus.ASKED: ("info", "send"),
    RequestStatus.GRANTED: ("success", "circle-check"),
    RequestStatus.REFUSED: ("danger", "circle-x"),
    RequestStatus.PAID: ("success", "banknote"),
    RequestStatus.GIVEN_UP: ("neutral", "circle-minus"),
}
_ROWS = {
    "request": (
        (("scheme_request.financer", 7), ("scheme_request.kind", 5)),
        (("scheme_request.status", 4), ("scheme_request.asked_eur", 4), ("scheme_request.asked_on", 4)),
        (("scheme_request.decided_on", 4), ("scheme_request.granted_eur", 4), ("scheme_request.paid_on", 4)),
        (("scheme_request.reason", 12),),
        (("scheme_request.note", 12),),
    )
}


class RequestsPart(QWidget):
    """`changed_here` is not needed: each saved request is announced by the desk."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._case_id: uuid.UUID | None = None
        self._edited: uuid.UUID | None = None
        self._scheme: str | None = None
        self.card = Card("Demandes")
        self.totals = Label(role="small", tone="muted", wrap=True)
        self.add_button = Button("Noter une demande", icon="plus", size="small")
        self.add_button.setObjectName("request-add")
        self.card.set_action(self.add_button)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.empty = EmptyState(
            "hand-coins", "Aucune demande notée",
            "Prêt d’honneur, microcrédit, subvention, Acre… Notez ce qui est demandé, puis la réponse et le versement.",
            "Noter une demande",
        )  # fmt: skip
        self.empty.hide()
        self.card.add(self.totals, self._rows, self.empty)
        self.editor = Card("Nouvelle demande")
        self.form = FormView(REQUEST, desk, rows=_ROWS, framed=False)
        self.save_button = PrimaryButton("Enregistrer la demande", icon="check", size="normal")
        self.save_button.setObjectName("request-save")
        self.cancel = GhostButton("Fermer", hint="Échap")
        self._lay_out()
        self.add_button.clicked.connect(self.add)
        self.empty.acted.connect(self.add)
        self.save_button.clicked.connect(self.save)
        self.cancel.clicked.connect(self.close_editor)

    def open_case(self, case_id: uuid.UUID) -> None:
        self._case_id = case_id
        self.close_editor()

    def refresh(self) -> None:
        self.desk.read_latest("file.requests", requests.listing, self._case_id, then=self._show)

    def add(self) -> None:
        self._open(None, {"scheme_request.status": RequestStatus.CONSIDERED}, "Nouvelle demande")

    def add_for(self, scheme: SchemeView) -> None:
        """A request for a scheme: its name and kind are there already."""
        known = {
            "scheme_request.status": RequestStatus.CONSIDERED,
            "scheme_request.financer": scheme.label,
            "scheme_request.kind": scheme.kind,
        }
        self._open(None, known, "Nouvelle demande", scheme=scheme.code)

    def save(self) -> None:
        errors = self.form.errors()
        if not errors:
            accepted, _ = REQUEST.read(self.form.answers())
            errors = requests.check(accepted)
        if self.form.show_errors(errors):
            return
        answers = self.form.answers()
        if self._edited is None:
            self.desk.write("Demande notée", requests.add, self._case_id, answers, scheme_code=self._scheme,
                            then=self._saved, failed=self._refused)  # fmt: skip
        else:
            self.desk.write("Demande modifiée", requests.edit, self._edited, answers, then=self._saved,
                            failed=self._refused)  # fmt: skip

    def close_editor(self) -> None:
        self._edited = self._scheme = None
        self.editor.hide()

    def is_editing(self) -> bool:
        return self.editor.isVisibleTo(self)

    def _open(
        self, request_id: uuid.UUID | None, answers: dict[str, Any], title: str, *, scheme: str | None = None
    ) -> None:
        self._edited, self._scheme = request_id, scheme
        self.editor.set_title(title)
        self.form.load(answers)
        self.editor.show()
        self.form.focus("scheme_request.status" if answers.get("scheme_request.financer") else None)

    def _edit(self, request_id: uuid.UUID) -> None:
        self.desk.read(requests.answers, request_id, then=partial(self._open_for, request_id))

    def _open_for(self, request_id: uuid.UUID, answers: dict[str, Any]) -> None:
        self._open(request_id, answers, "Modifier la demande")

    def _delete(self, request_id: uuid.UUID) -> None:
        self.close_editor()
        self.desk.write("Demande supprimée", requests.delete, request_id)

    def _saved(self, _result: Any) -> None:
        self.close_editor()

    def _refused(self, sentence: str) -> None:
        self.desk.shell.notify(sentence, "danger")

    def _show(self, found: Requests) -> None:
        empty(self._rows)
        for rank, line in enumerate(found.lines):
            row = self._row(rank, line)
            row.set_last(rank == len(found.lines) - 1)
            self._rows.addWidget(row)
        self.empty.setVisible(not found.lines)
        self.add_button.setVisible(bool(found.lines))
        self.totals.setVisible(bool(found.lines))
        self.totals.setText(
            f"{french.plural(len(found.lines), 'demande')} · en attente {french.show_amount(found.waiting_eur)} · "
            f"accordé {french.show_amount(found.granted_eur)}"
        )

    def _row(self, rank: int, line: RequestLine) -> ListRow:
        tone, icon = STATES[line.status]
        edit = GhostButton(icon="pencil", accessible=f"Modifier la demande « {line.financer} »")
        edit.setObjectName(f"request-edit-{rank}")
        edit.clicked.connect(partial(self._edit, line.id))
        drop = GhostButton(icon="trash-2", accessible=f"Supprimer la demande « {line.financer} »")
        drop.setObjectName(f"request-delete-{rank}")
        drop.clicked.connect(partial(self._delete, line.id))
        about = " · ".join(part for part in (line.kind, line.detail, line.note) if part)
        return ListRow(line.financer, about, trailing=[Badge(line.status.label.lower(), tone, icon=icon), edit, drop])

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        self.editor.add(self.form, buttons)
        self.editor.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.editor)
        column.addWidget(self.card)
