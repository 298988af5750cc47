"""Réglages › Parcours: the phases and steps of the structure, edited in a copy, then published as a new version."""

import uuid
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import french
from boutique.core.errors import UserError
from boutique.services import drafts, journey_editing, journey_publishing
from boutique.services.drafts import DraftLine
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.saving import FileSaving
from boutique.ui.views.settings.journey_entry import EntryCard
from boutique.ui.views.settings.journey_versions import ChangesCard, VersionsCard
from boutique.ui.views.settings.page import Page
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.ordered_list import OrderedList

_DRAFT, _FILES, _NAME = "journey", "Parcours (*.toml)", "parcours.toml"
_HINT = "Glissez une ligne, ou Alt ↑ et Alt ↓, pour changer l’ordre. Rien ne change dans les dossiers avant de publier."


class JourneyPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._saving = FileSaving(desk, self)
        self.content: dict[str, Any] = {}
        self._phase, self._step = "", ""
        self._changes: tuple[str, ...] = ()
        self._draft_id: uuid.UUID | None = None
        self.autosave = Autosave(self)
        self.add_phase, self.add_step = Button("Phase", icon="plus"), Button("Étape", icon="plus")
        self.add_phase.setAccessibleName("Ajouter une phase après celle-ci")
        self.add_phase.setObjectName("journey-add-phase")
        self.add_step.setObjectName("journey-add-step")
        self.add_step.setAccessibleName("Ajouter une étape à cette phase")
        self.phases, self.steps = OrderedList("Phases"), OrderedList("Étapes de la phase")
        self.phase_card, self.step_card = EntryCard(step=False), EntryCard(step=True)
        self.changes, self.versions = ChangesCard(), VersionsCard()
        self.to_publish = PrimaryButton("", icon="arrow-down", size="normal")
        self.to_publish.setObjectName("journey-to-publish")
        self.to_publish.hide()
        self._lay_out()
        self._connect()

    def enter(self) -> None:
        self.desk.read(journey_publishing.listing, then=self.versions.show_lines)
        if self._draft_id is None:  # nothing is being edited: what is in force may have changed
            self.desk.read(drafts.find, _DRAFT, None, then=self._start)
        else:
            self._compare()

    def save(self) -> None:
        self.changes.submit()

    def is_dirty(self) -> bool:
        """Nothing waits here: what is typed is a draft in the base."""
        self.autosave.flush()
        return False

    def _start(self, draft: DraftLine | None) -> None:
        if draft is None:
            self.desk.read(journey_publishing.content, then=self._open)
        else:
            self._draft_id = draft.id
            self.desk.read(drafts.load, draft.id, then=self._resume)

    def _resume(self, kept: dict[str, Any]) -> None:
        self._open(kept["content"])

    def _open(self, content: dict[str, Any]) -> None:
        self.content = content
        self._fill()
        self._compare()

    def _fill(self) -> None:
        """Both lists and both cards, as the content now is."""
        shown = [(str(one["code"]), _words(one)) for one in journey_editing.phases(self.content)]
        if self._phase not in dict(shown):
            self._phase = shown[0][0]
        own = [(str(one["code"]), _words(one)) for one in journey_editing.steps(self.content, self._phase)]
        if self._step not in dict(own):
            self._step = own[0][0]
        self.phases.write(shown, self._phase)
        self.steps.write(own, self._step)
        self.phase_card.show_entry(journey_editing.entry(self.content, self._phase), shown, self._phase)
        self.step_card.show_entry(journey_editing.entry(self.content, self._step), shown, self._phase)

    def _compare(self) -> None:
        self.desk.read_latest(
            "journey.changes",
            journey_publishing.changes,
            deepcopy(self.content),
            then=self._show_changes,
            failed=self.changes.refuse,
        )

    def _show_changes(self, lines: tuple[str, ...]) -> None:
        self._changes = lines
        if not lines:
            self._forget_draft()  # everything typed was taken back
        self.changes.show_changes(lines)
        self.to_publish.set_label(f"{french.plural(len(lines), 'changement')} à publier")
        self.to_publish.setVisible(bool(lines))

    def _go_to_publish(self) -> None:
        self.changes.label.setFocus()
        self.ensureWidgetVisible(self.changes)

    def _edited(self) -> None:
        self._draft_id = self._draft_id or uuid.uuid4()
        self._compare()
        self.autosave.touch()

    def _keep(self) -> None:
        if self._draft_id is not None:
            summary = french.plural(len(self._changes), "changement")
            kept = {"content": deepcopy(self.content), "journey.summary": summary}
            self.desk.keep(drafts.keep, _DRAFT, kept, draft_id=self._draft_id)

    def _choose_phase(self, code: str) -> None:
        self._phase, self._step = code, ""
        self._fill()

    def _choose_step(self, code: str) -> None:
        self._step = code
        self._fill()

    def _order_phases(self, codes: list[str]) -> None:
        journey_editing.order_phases(self.content, codes)
        self._fill()
        self._edited()

    def _order_steps(self, codes: list[str]) -> None:
        journey_editing.order_steps(self.content, self._phase, codes)
        self._fill()
        self._edited()

    def _write_phase(self, part: str, value: Any) -> None:
        journey_editing.write(self.content, self._phase, part, value)
        self.phases.rename(self._phase, _words(journey_editing.entry(self.content, self._phase)))
        self._edited()

    def _write_step(self, part: str, value: Any) -> None:
        if part == "phase":
            self._move_step(str(value))
            return
        journey_editing.write(self.content, self._step, part, value)
        self.steps.rename(self._step, _words(journey_editing.entry(self.content, self._step)))
        self._edited()

    def _move_step(self, phase_code: str) -> None:
        if phase_code == self._phase:
            return
        try:
            journey_editing.move_step(self.content, self._step, phase_code)
        except UserError as error:
            self.desk.shell.notify(str(error), "warning")
        else:
            self._phase = phase_code
            self._edited()
        self._fill()

    def _archive_phase(self, archived: bool) -> None:  # noqa: FBT001 - slot
        journey_editing.archive(self.content, self._phase, archived=archived)
        self._fill()
        self._edited()

    def _archive_step(self, archived: bool) -> None:  # noqa: FBT001 - slot
        journey_editing.archive(self.content, self._step, archived=archived)
        self._fill()
        self._edited()

    def _new_phase(self) -> None:
        self._phase, self._step = journey_editing.add_phase(self.content, self._phase), ""
        self._fill()
        self._edited()
        self.phase_card.take_focus()

    def _new_step(self) -> None:
        self._step = journey_editing.add_step(self.content, self._phase)
        self._fill()
        self._edited()
        self.step_card.take_focus()

    def _publish(self, label: str) -> None:
        self.desk.write(
            "Nouvelle version du parcours publiée", journey_publishing.publish, deepcopy(self.content), label,
            then=self._published, failed=self.changes.say,
        )  # fmt: skip

    def _published(self, _code: str) -> None:
        self.changes.label.clear()
        self._reload()

    def _give_up(self) -> None:
        self._reload()
        self.desk.shell.notify("Changements abandonnés : le parcours en vigueur est affiché.", "info")

    def _reload(self) -> None:
        """Back to the version in force, without a draft."""
        self._forget_draft()
        self.enter()

    def _forget_draft(self) -> None:
        self.autosave.forget()
        if self._draft_id is not None:
            self.desk.keep(drafts.drop, self._draft_id)
            self._draft_id = None

    def _open_version(self, code: str) -> None:
        told = "Les changements qui ne sont pas publiés seront remplacés par cette version."
        if self._draft_id is None or self.desk.ask.confirm("Voir une autre version ?", told, yes="Remplacer"):
            self.desk.read(journey_publishing.content, code, then=self._opened)

    def _opened(self, content: dict[str, Any]) -> None:
        self._draft_id = self._draft_id or uuid.uuid4()
        self._open(content)
        self.autosave.touch()

    def _use(self, code: str) -> None:
        self.desk.write("Version du parcours mise en vigueur", journey_publishing.choose, code)

    def _export(self) -> None:
        path = self._saving.ask("Exporter le parcours", _NAME)
        if path is not None:
            work = partial(self.desk.workspace.read, journey_publishing.export_file, deepcopy(self.content), path)
            self.desk.tasks.run(work, partial(self._exported, path), context=self)

    def _exported(self, path: Path, _nothing: None) -> None:
        self._saving.tell(path)

    def _import(self) -> None:
        path = self.desk.ask.open_file("Importer un parcours", _FILES)
        if path is not None:
            self.desk.tasks.run(partial(journey_publishing.import_file, path), self._imported, self.changes.say)

    def _imported(self, content: dict[str, Any]) -> None:
        self.desk.shell.notify("Parcours lu : relisez ce qui change, puis publiez-le.", "success")
        self._opened(content)

    def _lay_out(self) -> None:
        left, middle = Card("Phases", action=self.add_phase), Card("Étapes", action=self.add_step)
        left.add(self.phases, self.phase_card)
        middle.add(self.steps, self.step_card)
        head = QHBoxLayout()
        head.addWidget(Label(_HINT, role="small", tone="muted", wrap=True), 1)
        head.addWidget(self.to_publish)
        self.add(
            head,
            Columns(left, middle, shares=(1, 1)),
            Columns(self.changes, self.versions, shares=(1, 1)),
        )

    def _connect(self) -> None:
        self.autosave.due.connect(self._keep)
        self.to_publish.clicked.connect(self._go_to_publish)
        self.add_phase.clicked.connect(self._new_phase)
        self.add_step.clicked.connect(self._new_step)
        self.phases.chosen.connect(self._choose_phase)
        self.steps.chosen.connect(self._choose_step)
        self.phases.ordered.connect(self._order_phases)
        self.steps.ordered.connect(self._order_steps)
        self.phase_card.changed.connect(self._write_phase)
        self.step_card.changed.connect(self._write_step)
        self.phase_card.shifted.connect(self.phases.shift)
        self.step_card.shifted.connect(self.steps.shift)
        self.phase_card.archived.connect(self._archive_phase)
        self.step_card.archived.connect(self._archive_step)
        self.changes.published.connect(self._publish)
        self.changes.given_up.connect(self._give_up)
        self.versions.opened.connect(self._open_version)
        self.versions.chosen.connect(self._use)
        self.versions.export_asked.connect(self._export)
        self.versions.import_asked.connect(self._import)


def _words(entry: dict[str, Any]) -> str:
    return f"{entry['label']} (archivée)" if entry.get("archived") else str(entry["label"])
