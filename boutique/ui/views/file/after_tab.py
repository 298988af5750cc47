"""Création et suivi: the business created, its follow-ups from one month to three years, and the end of the file."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import CREATION
from boutique.models.after_choices import FollowUpOutcome, FollowUpState
from boutique.services import businesses, calls, endings
from boutique.services.businesses import BusinessView, Recorded
from boutique.services.calls import FollowUpLine
from boutique.services.drafts import DraftLine
from boutique.services.endings import Ended
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.form_draft import FormDraft
from boutique.ui.forms.layout import Cell
from boutique.ui.forms.view import FormView
from boutique.ui.theme.tokens import Tone
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

DRAFT = "business"
_COMMUNE = "business.commune_code"
_ROWS: dict[str, list[list[Cell]]] = {
    "creation": [
        [("business.name", 7), ("business.registered_on", 5)],
        [("business.siren", 5), ("business.siret", 7)],
        [("business.legal_form", 6), ("business.naf_code", 6)],
        [(_COMMUNE, 12)],
        ["business.located_in_qpv"],
        [("business.jobs", 6), ("business.jobs_kept", 6)],
        [("business.proof", 7), ("business.verified_on", 5)],
        [("business.ceased_on", 5), ("", 7)],
    ]
}
_STATES: dict[FollowUpState, tuple[Tone, str]] = {
    FollowUpState.TO_DO: ("neutral", "phone"),
    FollowUpState.POINTLESS: ("neutral", "minus"),
}
_OUTCOMES: dict[FollowUpOutcome, tuple[Tone, str]] = {
    FollowUpOutcome.ACTIVE: ("success", "circle-check"),
    FollowUpOutcome.TRANSFORMED: ("info", "circle-check"),
    FollowUpOutcome.CEASED: ("neutral", "circle-x"),
    FollowUpOutcome.UNREACHABLE: ("warning", "phone-missed"),
}


class BusinessCard(Card):
    """The form of the registered business; `saved(typed, post_creation)`, `withdrawn`, `edited`."""

    saved = Signal(dict, bool)
    withdrawn = Signal()
    edited = Signal()
    commune_changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Entreprise créée", parent=parent)
        self.empty = EmptyState(
            "store",
            "Pas encore d’entreprise",
            "Une création compte quand l’entreprise est immatriculée : SIREN, date, forme, activité et commune.",
            "Enregistrer la création",
        )
        self.form = FormView(CREATION, desk, rows=_ROWS, framed=False)
        self.state = Badge("", "neutral")
        self.told = Label(role="small", tone="muted", wrap=True)
        self.zoning = Label(role="small", tone="muted", wrap=True)
        self.post_creation = CheckBox("Faire passer le dossier en phase « Post-création »", checked=True)
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl S", size="normal")
        self.withdraw = GhostButton("Pas immatriculée finalement", icon="undo-2")
        self.error = Label(role="small", tone="danger", wrap=True)
        self.error.hide()
        self._buttons = QWidget()
        line = QHBoxLayout(self._buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.save_button)
        line.addWidget(self.withdraw)
        line.addStretch(1)
        self.set_action(self.state)
        self.body.setSpacing(10)
        self.add(self.empty, self.told, self.form, self.zoning, self.post_creation, self.error, self._buttons)
        names = {"creation-start": self.empty.button, "creation-save": self.save_button,
                 "creation-withdraw": self.withdraw, "creation-phase": self.post_creation}  # fmt: skip
        for name, widget in names.items():
            widget.setObjectName(name)
        self.empty.acted.connect(self.begin)
        self.form.changed.connect(self._changed)
        self.save_button.clicked.connect(self.save)
        self.withdraw.clicked.connect(self.withdrawn)
        self._show_form(shown=False)

    def write(self, view: BusinessView) -> None:
        self.form.load(view.answers)
        self.tell("")
        self.told.setText(_told(view))
        self.told.setVisible(bool(self.told.text()) and view.registered)
        self.post_creation.setVisible(view.before_creation and not view.closed)
        self.withdraw.setVisible(view.registered)
        self.state.setVisible(view.registered)
        if view.registered:
            verified = not view.to_verify
            self.state.set_state(
                "vérifiée" if verified else "à vérifier au RNE",
                "success" if verified else "warning",
                "circle-check" if verified else "circle-alert",
            )
        self._before = view.before_creation and not view.closed
        self._show_form(shown=view.registered)
        self.commune_changed.emit(view.answers.get(_COMMUNE))

    def resume(self, typed: dict[str, Any]) -> None:
        """What was being typed when the file was left."""
        self.begin()
        self.form.load(typed)
        self.commune_changed.emit(typed.get(_COMMUNE))

    def begin(self) -> None:
        self._show_form(shown=True)
        self.form.focus()

    def is_open(self) -> bool:
        return self.empty.isHidden()

    def save(self) -> None:
        """Every error is beside its field."""
        self.tell("")
        if self.is_open() and not self.form.show_errors(self.form.errors()):
            self.saved.emit(self.form.answers(), self._before and self.post_creation.isChecked())

    def tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def show_zoning(self, sentences: tuple[str, ...]) -> None:
        self.zoning.setText(" · ".join(sentences))
        self.zoning.setVisible(bool(sentences) and self.is_open())

    _before = False

    def _changed(self, key: str) -> None:
        if key == _COMMUNE:
            self.commune_changed.emit(self.form.answers().get(_COMMUNE))
        self.edited.emit()

    def _show_form(self, *, shown: bool) -> None:
        self.empty.setVisible(not shown)
        for part in (self.form, self._buttons):
            part.setVisible(shown)
        self.post_creation.setVisible(shown and self._before)
        self.zoning.setVisible(shown and bool(self.zoning.text()))


def _told(view: BusinessView) -> str:
    if view.twin:
        return f"Ce SIREN est aussi celui de l’entreprise du dossier {view.twin} : vérifiez-le."
    if view.registered and not view.ours:
        opened = french.show_date(view.opened_on)
        return f"Immatriculée avant l’ouverture du dossier ({opened}) : elle ne compte pas comme une création."
    return ""


class AfterTab(Tab):
    """`wants_ending` asks for the end of the file, or for what is missing in it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.draft = FormDraft(desk, DRAFT, self)
        self._edited = False
        self.business = BusinessCard(desk)
        self.follow_ups, self.end = Card("Suivis de l’entreprise"), Card("Fin de l’accompagnement")
        self._rows, self._end_rows = QVBoxLayout(), QVBoxLayout()
        self._rows.setSpacing(0)
        self.follow_ups.add(self._rows)
        self.end.add(self._end_rows)
        self._view: BusinessView | None = None
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.follow_ups)
        column.addWidget(self.end)
        column.addStretch(1)
        self.column.addWidget(Columns(self.business, side, shares=(6, 5)))
        self.autosave = Autosave(self)
        self.autosave.due.connect(self._keep)
        self.business.edited.connect(self._changed)
        self.business.saved.connect(self._save)
        self.business.withdrawn.connect(self._withdraw)
        self.business.commune_changed.connect(self._look_at)

    def start_afresh(self) -> None:
        self.draft.forget()
        self._edited = False
        self.draft.look_for(self.case_id, self._take_up)

    def refresh(self) -> None:
        self.desk.read_latest("file.business", businesses.view, self.case_id, then=self._show)
        self.desk.read_latest("file.follow_ups", calls.of_case, self.case_id, then=self._show_follow_ups)
        self.desk.read_latest("file.ended", endings.current, self.case_id, then=self._show_end)

    def settle(self) -> None:
        self.autosave.flush()

    def abandon(self) -> None:
        self.autosave.forget()
        self._edited = False

    def focus_first(self) -> bool:
        if self.business.is_open():
            self.business.form.focus()
        else:
            self.business.empty.button.setFocus()
        return self._view is not None

    def save(self) -> None:
        """Ctrl+S."""
        self.business.save()

    def _show(self, view: BusinessView) -> None:
        self._view = view
        if not self._edited:
            self.business.write(view)
        self.focus_if_due()

    def _show_follow_ups(self, lines: tuple[FollowUpLine, ...]) -> None:
        empty(self._rows)
        for rank, line in enumerate(lines):
            row = self._row(rank, line)
            row.set_last(rank == len(lines) - 1)
            self._rows.addWidget(row)
        if not lines:
            words = "Ils se créent avec l’entreprise : à 1, 3, 6 et 12 mois, puis à 2 et 3 ans."
            self._rows.addWidget(Label(words, tone="muted", wrap=True))

    def _row(self, rank: int, line: FollowUpLine) -> ListRow:
        tone, icon, words = _state(line)
        answer = Button(
            "Modifier" if line.state is FollowUpState.DONE else "Répondre", size="small",
            accessible=f"Suivi à {line.milestone} : répondre",
        )  # fmt: skip
        answer.setObjectName(f"follow-up-{rank}")
        answer.clicked.connect(partial(self._answer, line.id))
        return ListRow(
            f"{line.milestone} · {french.show_date(line.due_on)}",
            _detail(line),
            trailing=[Badge(words, tone, icon=icon), *([answer] if line.state is not FollowUpState.POINTLESS else [])],
        )

    def _answer(self, follow_up_id: uuid.UUID) -> None:
        self.desk.shell.show_view("calls", follow_up_id=follow_up_id)

    def _show_end(self, ended: Ended | None) -> None:
        empty(self._end_rows)
        button = Button("Clôturer le dossier…", icon="folder-closed")
        if ended is not None:
            head = f"Clos le {french.show_date(ended.on)} · {ended.reason}"
            self._end_rows.addWidget(Label(head, role="strong", wrap=True))
            for label, text in ended.lines:
                self._end_rows.addWidget(Label(f"{label} : {text}", role="small", tone="muted", wrap=True))
            if ended.to_complete:
                self._end_rows.addWidget(Badge("situation à la sortie à compléter", "warning", icon="circle-alert"))
            button.set_label("Compléter la sortie…")
            button.set_icon("pencil")
        else:
            self._end_rows.addWidget(Label(self._proposal(), tone="muted", wrap=True))
        button.setObjectName("after-end")
        button.clicked.connect(self.wants_ending)
        self._end_rows.addWidget(button)

    def _proposal(self) -> str:
        if self._view is not None and self._view.ours:
            return (
                "L’entreprise est créée : le dossier peut être clôturé avec le motif « Création ». "
                "Les suivis continuent, dossier clos ou non."
            )
        return "Motif, date et situation de la personne : ce que demandent les financeurs à la sortie."

    def _look_at(self, commune_code: object) -> None:
        self.desk.read_latest(
            "file.business.zoning", businesses.zoning_words, commune_code, then=self.business.show_zoning
        )

    def _save(self, typed: dict[str, Any], post_creation: bool) -> None:  # noqa: FBT001 - slot
        registered = self._view is not None and self._view.registered
        told = "Entreprise modifiée" if registered else "Création enregistrée"
        self.desk.write(
            told, businesses.save, self.case_id, typed, post_creation=post_creation, told="",
            then=self._saved, failed=self.business.tell,
        )  # fmt: skip

    def _saved(self, recorded: Recorded) -> None:
        self._drop_draft()
        words = "Création enregistrée" if recorded.first else "Entreprise modifiée"
        undo = [("Annuler", self.desk.undo)]
        self.desk.shell.notify(f"{words}. {businesses.follows_from(recorded)}", "success", undo)
        self.refresh()

    def _withdraw(self) -> None:
        self._drop_draft()
        self.desk.write("Entreprise non immatriculée", businesses.withdraw, self.case_id)

    def _changed(self) -> None:
        self._edited = True
        self.autosave.touch()

    def _keep(self) -> None:
        if self._case_id is not None and self._edited:
            self.draft.keep(self.case_id, self.business.form.draft())

    def _take_up(self, draft: DraftLine | None) -> None:
        if draft is not None:
            self.draft.take_up(draft, self._resume)

    def _resume(self, typed: dict[str, Any]) -> None:
        self._edited = True
        self.business.resume(typed)
        self.desk.shell.notify(
            "La création en cours de saisie vous attendait.", "info", [("L’abandonner", self._give_up)]
        )

    def _give_up(self) -> None:
        self._drop_draft()
        self.refresh()

    def _drop_draft(self) -> None:
        self.autosave.forget()
        self._edited = False
        self.draft.drop()


def _state(line: FollowUpLine) -> tuple[Tone, str, str]:
    if line.outcome is not None:
        return *_OUTCOMES[line.outcome], line.outcome.label
    if line.late:
        return "accent", "clock-alert", "En retard"
    return *_STATES[line.state], line.state.label


def _detail(line: FollowUpLine) -> str:
    if line.state is FollowUpState.DONE:
        done = f"fait le {french.show_date(line.done_on)}" if line.done_on else "fait"
        return " · ".join(part for part in (done, line.detail) if part)
    if line.state is FollowUpState.POINTLESS:
        return "plus rien à demander à cette échéance"
    parts = []
    if line.call_on != line.due_on:
        parts.append(f"à rappeler le {french.show_date(line.call_on)}")
    if line.tried:
        parts.append(f"{french.plural(len(line.tried), 'appel')} sans réponse")
    return " · ".join(parts)
