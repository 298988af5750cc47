"""One session beside the list: its head, its people, what came of it. Everything it does is one undoable action."""

import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.workshop_choices import WorkshopState
from boutique.services.documents import Document
from boutique.services.papers import workshop as workshop_papers
from boutique.services.papers import workshop_batch
from boutique.services.papers.batch import Printed
from boutique.services.workshops import attendance, calendars, enrolments, heads, linking, sessions, sheets
from boutique.services.workshops.enrolments import Enrolled
from boutique.services.workshops.sheets import Attendee, SessionSheet
from boutique.ui.desk import Desk
from boutique.ui.preview import Preview
from boutique.ui.saving import ERASE_AFTER, FileSaving
from boutique.ui.tasks import Progress
from boutique.ui.views.workshops.after_card import AfterCard
from boutique.ui.views.workshops.head import HeadCard
from boutique.ui.views.workshops.people import PeopleCard
from boutique.ui.widgets.scroll_column import ScrollColumn


class SheetPanel(QWidget):
    """`show_session(id)`; `edited(id)` asks for its form, `closed` for the list, `gone` when an undo took it away."""

    edited = Signal(object)
    closed = Signal()
    gone = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._saving = desk, FileSaving(desk, self)
        self.workshop_id: uuid.UUID | None = None
        self._shown: SessionSheet | None = None
        self.head, self.people, self.after = HeadCard(), PeopleCard(desk), AfterCard(desk)
        self._column = ScrollColumn(gap=10)
        self._column.add(self.head, self.people, self.after)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._column)
        self._connect()

    def show_session(self, workshop_id: uuid.UUID, *, focus: bool = False) -> None:
        if workshop_id != self.workshop_id:
            self.head.put_away()
            self.people.start_afresh()
            self._column.verticalScrollBar().setValue(0)
        self.workshop_id = workshop_id
        then = self._show_and_focus if focus else self._show
        self.desk.read_latest("workshops.sheet", sheets.sheet, workshop_id, then=then, failed=self._gone)

    def refresh(self) -> None:
        if self.workshop_id is not None:
            self.show_session(self.workshop_id)

    def go_back(self) -> bool:
        return self.head.put_away() or self.people.put_away()

    def take_focus(self) -> None:
        self.people.take_focus()

    def enrol(self) -> None:
        """The keyboard goes where one enrols."""
        self.people.pick.setFocus()

    def submit(self) -> None:
        """Ctrl+Return: the small form that is open, else what came of the session."""
        if not self.people.submit() and self.after.isVisible() and self.after.is_dirty():
            self.after.save()

    # What the session as a whole is asked

    def hold(self) -> None:
        self._write("Séance tenue", sessions.hold, self.workshop_id)

    def cancel(self) -> None:
        """The reason is asked for beside it; whoever is to be told stays listed, with their phone."""
        if self._shown is not None and self._shown.state is not WorkshopState.CANCELLED:
            self.head.ask_reason()

    def _cancel(self, reason: str) -> None:
        self._write("Séance annulée", sessions.cancel, self.workshop_id, reason)

    def plan_again(self) -> None:
        self._write("Séance remise à prévue", sessions.plan_again, self.workshop_id)

    def delete(self) -> None:
        self._write("Séance supprimée", sessions.delete, self.workshop_id)

    def edit(self) -> None:
        if self.workshop_id is not None:
            self.edited.emit(self.workshop_id)

    def print_sheet(self) -> None:
        if self.workshop_id is not None:
            self.desk.read(workshop_papers.sign_in_sheet, self.workshop_id, then=self._preview, failed=self._tell)

    def print_certificates(self) -> None:
        """All of them in one file, where the user says."""
        shown = self._shown
        if shown is None or not shown.numbers.people_came:
            return
        count = french.plural(shown.numbers.people_came, "présent·e", "présent·es")
        path = self._saving.ask(f"Attestations : {count}", workshop_batch.file_name(shown))
        if path is not None:
            work = partial(_print, self.desk, shown.id, path)
            self.desk.aside.run_long(work, partial(self._printed, path), busy=f"Attestations : {count}…")

    def export(self) -> None:
        if self.workshop_id is not None:
            self.desk.read(calendars.invitation, self.workshop_id, then=self._save_calendar)

    def menu(self) -> QMenu:
        """What is done more rarely."""
        shown, menu = self._shown, QMenu(self)
        if shown is None:
            return menu
        if shown.state is WorkshopState.CANCELLED or (shown.state is WorkshopState.HELD and not shown.numbers.came):
            menu.addAction("Remettre à prévue", self.plan_again)
        if shown.state is not WorkshopState.CANCELLED:
            menu.addAction("Annuler la séance…", self.cancel)
        menu.addAction("Exporter vers un agenda (.ics)…", self.export)
        menu.addSeparator()
        delete = menu.addAction("Supprimer la séance", self.delete)
        delete.setEnabled(not shown.people and not shown.heads)
        return menu

    # What its people are asked

    def _enrol_file(self, case_id: uuid.UUID) -> None:
        self._enrol(enrolments.enrol_file, case_id)

    def _name_typed(self, enrolment_id: uuid.UUID | None, answers: dict[str, Any]) -> None:
        if enrolment_id is None:
            self._enrol(enrolments.enrol_name, answers)
        else:
            self._write("Inscription corrigée", enrolments.edit, enrolment_id, answers, then=self._done)

    def _enrol(self, use_case: Callable[..., Enrolled], given: Any) -> None:
        """The journal keeps the label, which names nobody."""
        self.desk.write(
            "Inscription à un atelier", use_case, self.workshop_id, given, told="", then=self._enrolled,
            failed=self.people.say,
        )  # fmt: skip

    def _enrolled(self, enrolled: Enrolled) -> None:
        known = f", dossier {enrolled.reference} reconnu" if enrolled.reference else ""
        words = f"{enrolled.name} : inscrit·e{known}"
        if enrolled.waiting_rank:
            words = f"{enrolled.name} : en liste d’attente, rang {enrolled.waiting_rank}{known}"
        self.desk.shell.notify(words, "info" if enrolled.waiting_rank else "success", [("Annuler", self.desk.undo)])
        self.people.enrolled()

    def _heads_typed(self, heads_id: uuid.UUID | None, answers: dict[str, Any]) -> None:
        label = "Personnes sans nom comptées" if heads_id is None else "Personnes sans nom corrigées"
        self._write(label, heads.save, self.workshop_id, heads_id, answers, then=self._heads_saved)

    def _heads_saved(self, moved: tuple[str, ...]) -> None:
        self._done(None)
        self._tell_moved(moved)

    def _act(self, verb: str, one: Attendee) -> None:
        """What was pressed beside a name, or under it."""
        shell = self.desk.shell
        if verb == "file":
            shell.show_view("file", case_id=one.case_id)
        elif verb == "intake":
            shell.show_view("intake", enrolment_id=one.id)
        elif verb == "edit":
            self.desk.read(enrolments.answers, one.id, then=partial(self.people.edit_name, one.id))
        elif verb == "place":
            self._write("Place donnée", enrolments.give_place, one.id)
        elif verb == "certificate":
            made = partial(self._preview_of, one)
            self.desk.read(workshop_papers.certificate_of, self.workshop_id, one.id, then=made, failed=self._tell)
        elif verb == "remove":
            then = partial(self._withdrawn, one.name)
            self.desk.write("Désinscription d’un atelier", enrolments.withdraw, one.id, told="", then=then,
                            failed=self.people.say)  # fmt: skip

    def _withdrawn(self, name: str, moved: tuple[str, ...]) -> None:
        if moved:
            self._tell_moved(moved)
        else:
            self.desk.shell.notify(f"{name} : désinscrit·e", "success", [("Annuler", self.desk.undo)])

    def _tell_moved(self, moved: tuple[str, ...]) -> None:
        """Somebody who waited has a place, and has to be told."""
        if moved:
            words = f"{french.listing(list(moved))} : une place s’est libérée, à prévenir"
            self.desk.shell.notify(words, "info", [("Annuler", self.desk.undo)])

    def _link(self, enrolment_id: uuid.UUID, case_id: uuid.UUID) -> None:
        self._write("Inscription reliée à un dossier", linking.link, enrolment_id, case_id)

    def _mark(self, enrolment_id: uuid.UUID, half_day_id: uuid.UUID, present: bool | None) -> None:  # noqa: FBT001
        self._write("Présence notée", attendance.mark, enrolment_id, half_day_id, present, told="")

    def _all_present(self) -> None:
        half = self.people.table.half_day()
        if half is not None:
            self._write("Présents notés", attendance.mark_all, half)

    def _consent(self, enrolment_id: uuid.UUID, given: bool | None) -> None:  # noqa: FBT001 - a field
        self._write("Accord de recontact noté", enrolments.set_consent, enrolment_id, given, told="")

    def _open_heads(self, heads_id: uuid.UUID) -> None:
        self.desk.read(heads.answers, heads_id, then=partial(self.people.edit_heads, heads_id))

    def _remove_heads(self, heads_id: uuid.UUID) -> None:
        self._write("Personnes sans nom retirées", heads.remove, heads_id, then=self._tell_moved)

    def _save_after(self, answers: dict[str, Any], counts: tuple[int, ...], average: int | None) -> None:
        self.desk.write(
            "Synthèse et satisfaction enregistrées", sessions.save_after, self.workshop_id, answers, counts, average,
            then=self._after_saved, failed=self.after.say,
        )  # fmt: skip

    def _after_saved(self, _nothing: None) -> None:
        self.after.saved()
        self.refresh()

    # Answers

    def _write(
        self, label: str, use_case: Callable[..., Any], *arguments: Any, told: str | None = None,
        then: Callable[[Any], None] | None = None,
    ) -> None:  # fmt: skip
        self.desk.write(label, use_case, *arguments, told=told, then=then, failed=self._refused)

    def _refused(self, sentence: str) -> None:
        self.people.say(sentence)
        self._tell(sentence)
        self.refresh()

    def _done(self, _nothing: Any) -> None:
        self.people.enrolled()

    def _show(self, sheet: SessionSheet) -> None:
        if sheet.id != self.workshop_id:
            return
        self._shown = sheet
        self.head.write(sheet)
        self.people.write(sheet)
        self.after.setVisible(sheet.begun and sheet.state is not WorkshopState.CANCELLED)
        self.after.write(sheet)

    def _show_and_focus(self, sheet: SessionSheet) -> None:
        self._show(sheet)
        self.take_focus()

    def _gone(self, _sentence: str) -> None:
        self.workshop_id, self._shown = None, None
        self.gone.emit()

    def _tell(self, sentence: str) -> None:
        self.desk.shell.notify(sentence, "warning")

    def _preview(self, document: Document) -> None:
        Preview.open_documents(self.desk, document)

    def _preview_of(self, one: Attendee, document: Document) -> None:
        Preview.open_documents(self.desk, document, person_id=one.person_id)

    def _printed(self, path: Path, made: Printed) -> None:
        self._saving.tell(path, f"Imprimé : {made.sentence}", ERASE_AFTER)

    def _save_calendar(self, document: Document) -> None:
        self._saving.offer(document, title="Exporter la séance")

    def _open_menu(self, button: QWidget) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _connect(self) -> None:
        head, people = self.head, self.people
        for signal, slot in (
            (head.held, self.hold), (head.sheet_wanted, self.print_sheet), (head.edited, self.edit),
            (head.certificates_wanted, self.print_certificates), (head.more_wanted, self._open_menu),
            (head.closed, self.closed), (head.cancelled, self._cancel),
            (people.file_picked, self._enrol_file), (people.name_typed, self._name_typed),
            (people.heads_typed, self._heads_typed), (people.linked, self._link), (people.wanted, self._act),
            (people.heads_opened, self._open_heads), (people.heads_removed, self._remove_heads),
            (people.all_present, self._all_present), (people.table.marked, self._mark),
            (people.table.consented, self._consent), (self.after.submitted, self._save_after),
        ):  # fmt: skip
            signal.connect(slot)


def _print(desk: Desk, workshop_id: uuid.UUID, path: Path, progress: Progress) -> Printed:
    return workshop_batch.print_all(desk.workspace, workshop_id, path, progress.step)
