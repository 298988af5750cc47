"""Parcours: the steps of a phase, the one being worked on, and what guides it."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from boutique.core import french
from boutique.models.choices import StepStatus
from boutique.services import actions, attachments, journey_marks, journey_publishing, journeys
from boutique.services.actions import ActionLine
from boutique.services.journey_publishing import Move
from boutique.services.journeys import JourneyView, PhaseView, StepView
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import theme
from boutique.ui.views.file.journey_side import StepSide
from boutique.ui.views.file.journey_steps import StepsCard
from boutique.ui.views.file.journey_work import StepWork
from boutique.ui.views.file.tab import Tab

_THREE_COLUMNS = 940
_MOST_TOLD = 8


class JourneyTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._journey: JourneyView | None = None
        self._phase, self._step = "", ""
        self._wanted = ""  # the step on which the file was opened
        self.steps, self.work, self.side = StepsCard(), StepWork(), StepSide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self.column.addLayout(self._grid)
        self._wide: bool | None = None
        self._arrange()
        self.steps.chosen.connect(self._choose)
        self.steps.ticked.connect(self._tick)
        self.steps.skipped.connect(self._skip)
        self.steps.version_asked.connect(self._ask_version)
        self.side.delivered.connect(self._deliver)
        self.side.met.connect(self._meet)
        self.side.planned.connect(self._plan)
        self.side.pieces_asked.connect(self._go_to_pieces)
        self.side.spent.connect(self._spend)
        self.work.kept.connect(self._keep)
        self.work.finished.connect(self._finish)
        self.work.reopened.connect(self._reopen)
        self.work.decided.connect(self._add_action)
        self.work.tool.clicked.connect(self._open_tool)
        theme().changed.connect(self._arrange)

    def start_afresh(self) -> None:
        self._journey, self._phase, self._step = None, "", ""
        self.work.forget()
        self.steps.stop_asking()

    def refresh(self) -> None:
        self.desk.read_latest("file.journey", journeys.view, self.case_id, then=self._show)
        self.desk.read_latest("file.journey.pieces", attachments.listing, self.case_id, then=self.side.show_pieces)
        self.desk.read_latest("file.journey.actions", actions.listing, self.case_id, then=self._show_actions)

    def show_step(self, code: str) -> None:
        """Open on a step, in whichever phase it is."""
        self._wanted = code
        if self._journey is not None:
            self._show(self._journey)

    def show_phase(self, code: str) -> None:
        """Look at another phase than the current one."""
        self._phase, self._step = code, ""
        if self._journey is not None:
            self._show(self._journey)

    def settle(self) -> None:
        self.work.autosave.flush()

    def go_back(self) -> bool:
        if self.work.editor.isVisible():
            self.work.editor.hide()
            return True
        if self.steps.is_asking():
            self.steps.stop_asking()
            return True
        return False

    def focus_first(self) -> bool:
        return self._journey is not None and self.work.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _open_tool(self) -> None:
        self.desk.shell.commands.run(self.work.action())

    def _show(self, journey: JourneyView) -> None:
        self._journey = journey
        if (found := _holder(journey, self._wanted)) is not None:
            self._phase, self._step, self._wanted = found.code, self._wanted, ""
        phase = next((p for p in journey.phases if p.code == self._phase), None)
        if phase is None:
            phase = next(p for p in journey.phases if p.current)
        step = next((s for s in phase.steps if s.code == self._step), None) or _first_to_do(phase)
        self._phase, self._step = phase.code, step.code if step else ""
        self.steps.show_phase(phase, step, journey)
        self.work.setVisible(step is not None)
        self.side.setVisible(step is not None)
        if step is not None:
            self.work.show_step(step, phase.objective)
            self.side.show_step(step)
        self.focus_if_due()

    def _show_actions(self, lines: tuple[ActionLine, ...]) -> None:
        self.side.show_actions(lines)

    def _choose(self, code: str) -> None:
        self.work.autosave.flush()
        self._step = code
        if self._journey is not None:
            self._show(self._journey)
        self.refresh()

    def _keep(self, code: str, answers: dict[str, str]) -> None:
        # Named in the history like any action, but neither announced nor followed by a redraw of what is being typed.
        keep = partial(
            self.desk.workspace.write, "Réponses du parcours", journeys.keep_answers, self.case_id, code, answers
        )
        self.desk.shell.status("saving", "Enregistrement…")
        self.desk.tasks.run(keep, self._kept, self._not_kept)

    def _kept(self, _nothing: Any) -> None:
        self.desk.shell.status("saving", "Tout est enregistré", icon="check")
        if self._case_id is not None:
            self.refresh()

    def _not_kept(self, sentence: str) -> None:
        self.desk.shell.status("saving", "Réponse non enregistrée", icon="circle-alert", tone="danger")
        self.desk.shell.notify(sentence, "danger")

    def _finish(self, code: str) -> None:
        self._step = ""  # the next step of the phase is offered
        self.desk.write("Étape franchie", journeys.finish, self.case_id, code)

    def _reopen(self, code: str) -> None:
        self.desk.write("Étape rouverte", journeys.reopen_step, self.case_id, code)

    def _tick(self, code: str, done: bool) -> None:  # noqa: FBT001 - slot
        self.work.autosave.flush()
        (self._finish if done else self._reopen)(code)

    def _skip(self, code: str, reason: str) -> None:
        self._step = ""
        self.desk.write("Étape passée", journeys.skip, self.case_id, code, reason)

    def _go_to_pieces(self) -> None:
        self.wants_tab.emit("pieces")

    def _deliver(self, code: str, on: date | None) -> None:
        label = "Livrable fait" if on is not None else "Livrable à refaire"
        self.desk.write(label, journey_marks.deliver, self.case_id, code, on)

    def _meet(self, code: str, on: date | None) -> None:
        label = "Critère de sortie atteint" if on is not None else "Critère de sortie à atteindre"
        self.desk.write(label, journey_marks.meet, self.case_id, code, on)

    def _plan(self, code: str, due_on: date | None) -> None:
        label = "Échéance de l’étape" if due_on is not None else "Étape sans échéance"
        self.desk.write(label, journey_marks.plan, self.case_id, code, due_on)

    def _spend(self, code: str, minutes: int) -> None:
        self.desk.write("Temps passé sur l’étape", journey_marks.spend, self.case_id, code, minutes)

    def _ask_version(self) -> None:
        """Said first, done only if confirmed: the steps to work on change."""
        self.work.autosave.flush()
        if self._journey is not None and self._journey.newer is not None:
            code = self._journey.newer[0]
            self.desk.read(journey_publishing.preview_move, self.case_id, code, then=self._confirm_version)

    def _confirm_version(self, move: Move) -> None:
        title = f"Passer ce dossier à la version « {move.label} » ?"
        if self.desk.ask.confirm(title, _told(move), yes="Passer à cette version"):
            self._phase, self._step = "", ""
            label = f"Passage au parcours « {move.label} »"
            self.desk.write(label, journey_publishing.move, self.case_id, move.code)

    def _add_action(self, answers: dict[str, Any]) -> None:
        self.desk.write("Action ajoutée", actions.add, self.case_id, answers)

    def _arrange(self) -> None:
        """Three columns where they fit; else the guidance stands under the work."""
        wide = self.width() >= theme().px(_THREE_COLUMNS)
        if wide == self._wide:
            return
        self._wide = wide
        for part in (self.steps, self.work, self.side):
            self._grid.removeWidget(part)
            part.setMinimumWidth(0)
        self._grid.addWidget(self.steps, 0, 0, 1 if wide else 2, 1)
        self._grid.addWidget(self.work, 0, 1)
        self._grid.addWidget(self.side, 0 if wide else 1, 2 if wide else 1)
        for column, share in enumerate((32, 50, 27) if wide else (38, 62, 0)):
            self._grid.setColumnStretch(column, share)


def _holder(journey: JourneyView, step_code: str) -> PhaseView | None:
    return next((phase for phase in journey.phases if any(step.code == step_code for step in phase.steps)), None)


def _told(move: Move) -> str:
    parts = [f"Le dossier reste dans la phase « {move.phase} ». Rien de ce qui a été noté n’est perdu."]
    for title, labels in (
        ("Étapes qui apparaissent", move.appears),
        ("Étapes qui disparaissent", move.disappears),
        ("Parmi elles, déjà travaillées et toujours lisibles", move.kept),
    ):
        if labels:
            more = f"\n… et {french.plural(len(labels) - _MOST_TOLD, 'autre')}" if len(labels) > _MOST_TOLD else ""
            parts.append("\n".join([f"{title} :", *(f"• {label}" for label in labels[:_MOST_TOLD])]) + more)
    return "\n\n".join(parts)


def _first_to_do(phase: PhaseView) -> StepView | None:
    """The advised step, else the first that is not ended, else the first."""
    open_ones = [step for step in phase.steps if step.status in (None, StepStatus.IN_PROGRESS)]
    advised = next((step for step in phase.steps if step.suggested), None)
    return advised or next(iter(open_ones), None) or next(iter(phase.steps), None)
