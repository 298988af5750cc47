"""Entretiens: what was said so far, and the form of the interview being logged."""

import uuid
from typing import Any

from PySide6.QtWidgets import QWidget

from boutique.services import interviews, referrals
from boutique.services.documents import Document
from boutique.services.drafts import DraftLine
from boutique.services.interviews import Around, Following, InterviewLine
from boutique.services.papers import interview as interview_papers
from boutique.services.workshops import enrolments, followed
from boutique.services.workshops.enrolments import Enrolled
from boutique.services.workshops.followed import Workshops
from boutique.ui.desk import Desk
from boutique.ui.form_draft import FormDraft
from boutique.ui.views.file.interview_form import InterviewForm
from boutique.ui.views.file.interview_list import InterviewDetail, InterviewList
from boutique.ui.views.file.tab import Tab
from boutique.ui.views.file.workshops_card import WorkshopsCard
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.empty_state import EmptyState

DRAFT = "interview"


class InterviewsTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: tuple[InterviewLine, ...] = ()
        self._chosen: uuid.UUID | None = None
        self.draft = FormDraft(desk, DRAFT, self)
        self._source: uuid.UUID | None = None  # the interview that a new one is like
        self._to_write: tuple[dict[str, Any], str, uuid.UUID | None] | None = None
        self.list, self.detail = InterviewList(), InterviewDetail()
        self.both = Columns(self.list, self.detail, shares=(4, 7))
        self.form = InterviewForm()
        self.empty = EmptyState(
            "message-square", "Aucun entretien", "Le premier entretien se note en un écran.", "Nouvel entretien",
            action_icon="message-square-plus", hint="Ctrl E",
        )  # fmt: skip
        self.workshops = WorkshopsCard()
        self._has_workshops = False
        for part in (self.both, self.form, self.empty, self.workshops):
            part.hide()
            self.column.addWidget(part)
        self.workshops.opened.connect(self._open_workshop)
        self.workshops.joined.connect(self._join_workshop)
        self.list.chosen.connect(self._choose)
        self.empty.acted.connect(self.new_interview)
        self.detail.edit_asked.connect(self._edit)
        self.detail.again_asked.connect(self._again)
        self.detail.print_asked.connect(self._print)
        self.detail.delete_asked.connect(self._delete)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self._put_aside)
        self.form.typed.connect(self._keep)

    @property
    def is_writing(self) -> bool:
        return self.form.isVisibleTo(self)

    def start_afresh(self) -> None:
        self._lines, self._chosen, self._source, self._to_write = (), None, None, None
        self.draft.forget()
        self.form.timer.write(None)
        self.form.hide()

    def refresh(self) -> None:
        self.desk.read_latest("file.interviews", interviews.listing, self.case_id, then=self._show)
        self.desk.read_latest("file.workshops", followed.in_file, self.case_id, then=self._show_workshops)

    def new_interview(self) -> None:
        """The form, as it was left if it was left unfinished."""
        if not self.is_writing:
            self._source = None
            self.draft.look_for(self.case_id, self._start)

    def submit(self) -> None:
        self.form.submit()

    def settle(self) -> None:
        self.form.autosave.flush()

    def abandon(self) -> None:
        self.form.autosave.forget()
        self.form.timer.write(None)
        self.draft.drop()
        self.form.hide()

    def go_back(self) -> bool:
        if not self.is_writing:
            return False
        self._put_aside()
        return True

    def focus_first(self) -> bool:
        if self.is_writing:
            self.form.take_focus()
            return True
        return self.list.take_focus()

    def _show(self, lines: tuple[InterviewLine, ...]) -> None:
        self._lines = lines
        if self._chosen not in [line.id for line in lines]:
            self._chosen = lines[0].id if lines else None
        self.list.show_lines(lines, self._chosen)
        shown = next((line for line in lines if line.id == self._chosen), None)
        if shown is not None:
            self.detail.show_line(shown)
        self._arrange()
        self.focus_if_due()

    def _arrange(self) -> None:
        writing = self.is_writing
        self.both.setVisible(bool(self._lines) and not writing)
        self.empty.setVisible(not self._lines and not writing)
        self.workshops.setVisible(self._has_workshops and not writing)

    def _show_workshops(self, found: Workshops) -> None:
        self._has_workshops = bool(found.followed or found.offered)
        self.workshops.write(found)
        self._arrange()

    def _open_workshop(self, workshop_id: uuid.UUID) -> None:
        self.desk.shell.show_view("workshops", workshop_id=workshop_id)

    def _join_workshop(self, workshop_id: uuid.UUID) -> None:
        self.desk.write(
            "Inscription à un atelier", enrolments.enrol_file, workshop_id, self.case_id, told="", then=self._joined,
            failed=self._not_joined,
        )  # fmt: skip

    def _joined(self, enrolled: Enrolled) -> None:
        rank = enrolled.waiting_rank
        words = f"En liste d’attente, rang {rank}" if rank else "Inscrit·e à l’atelier"
        self.desk.shell.notify(words, "info" if rank else "success", [("Annuler", self.desk.undo)])

    def _not_joined(self, sentence: str) -> None:
        self.desk.shell.notify(sentence, "warning")

    def _choose(self, interview_id: uuid.UUID) -> None:
        self._chosen = interview_id
        self._show(self._lines)

    def _start(self, draft: DraftLine | None) -> None:
        if draft is None:
            self.draft.forget()
            self._read_fresh()
            return
        self.draft.tell_found(draft, self._restart)
        self.draft.take_up(draft, self._open_blank)

    def _read_fresh(self) -> None:
        if self._source is None:
            self.desk.read(interviews.blank, self.case_id, then=self._open_blank)
        else:
            self.desk.read(interviews.again, self._source, then=self._open_blank)

    def _open_blank(self, answers: dict[str, Any]) -> None:
        self._open(answers, "Nouvel entretien", None)

    def _restart(self) -> None:
        self.draft.drop()
        self._read_fresh()

    def _again(self, interview_id: uuid.UUID) -> None:
        """Another interview like this one, unless one is already begun: that one comes back first."""
        self._source = interview_id
        self.draft.look_for(self.case_id, self._start)

    def _edit(self, interview_id: uuid.UUID) -> None:
        self._chosen = interview_id
        self.desk.read(interviews.answers, interview_id, then=self._open_made)

    def _open_made(self, answers: dict[str, Any]) -> None:
        self.draft.forget()
        self._open(answers, "Modifier l’entretien", self._chosen)

    def _open(self, answers: dict[str, Any], title: str, interview_id: uuid.UUID | None) -> None:
        self._to_write = (answers, title, interview_id)
        charged = answers.get("programme_id")
        self.desk.read_latest(
            "file.interviews.around", interviews.around, self.case_id, uuid.UUID(str(charged)) if charged else None,
            then=self._write,
        )  # fmt: skip

    def _write(self, around: Around) -> None:
        """The form offers the phases, steps and programmes of this very file."""
        if self._to_write is None:
            return
        (answers, title, interview_id), self._to_write = self._to_write, None
        self.form.set_journey(around.journey)
        self.form.set_programmes(around.programmes)
        self.form.write(answers, title=title, interview_id=interview_id)
        self.form.show()
        self._arrange()
        self.form.take_focus()

    def _keep(self, typed: dict[str, Any]) -> None:
        """Only a new interview has a draft: one being corrected is already in the base."""
        if self.form.interview_id is None and self._case_id is not None:
            self.draft.keep(self.case_id, typed)

    def _save(self, answers: dict[str, Any], following: Following) -> None:
        self.form.autosave.forget()
        self.desk.write(
            f"Entretien du {answers['interview.held_on']:%d/%m}", interviews.save, self.case_id, answers, following,
            interview_id=self.form.interview_id, then=self._saved, failed=self.form.refuse,
        )  # fmt: skip

    def _saved(self, interview_id: uuid.UUID) -> None:
        self.draft.drop()
        new = self.form.interview_id is None
        self._chosen = interview_id
        self._close()
        if new:
            self.desk.read_latest("file.waiting", referrals.waiting_today, self.case_id, then=self._go_on)

    def _go_on(self, waiting: bool) -> None:  # noqa: FBT001 - answer of a task
        """After an interview, the needs of the day are what is left to do."""
        if waiting and self.isVisible():
            self.wants_tab.emit("referrals")

    def _print(self, interview_id: uuid.UUID) -> None:
        self.desk.read(interview_papers.interview_report, interview_id, then=self._preview)

    def _preview(self, document: Document) -> None:
        self.wants_preview.emit(document)

    def _delete(self, interview_id: uuid.UUID) -> None:
        self.desk.write("Entretien supprimé", interviews.delete, interview_id)

    def _put_aside(self) -> None:
        """Escape loses nothing: what was typed waits as a draft."""
        self.form.autosave.flush()
        if self.draft.begun:
            going = " Le chronomètre continue." if self.form.timer.running else ""
            self.desk.shell.notify(f"Brouillon gardé.{going}", "info", [("Reprendre", self.new_interview)])
        self._close()

    def _close(self) -> None:
        self.form.autosave.forget()
        self.form.timer.write(None)  # its draft, if there is one, goes on counting
        self.form.hide()
        self._arrange()
        self.refresh()
        self.take_focus()
