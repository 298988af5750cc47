"""Accueil: one screen from the person at the counter to a file, a visit in a known file, or an anonymous visit."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.services import counter, drafts
from boutique.services.counter import Live, Opening
from boutique.services.documents import Document
from boutique.services.intakes import Saved
from boutique.services.papers import intake as intake_papers
from boutique.ui.actions import Action
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.preview import Preview
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.intake.form import IntakeForm
from boutique.ui.views.intake.header import IntakeHeader
from boutique.ui.views.intake.needs import BY_KEY
from boutique.ui.views.intake.side import CompletenessCard, DuplicatesCard, OpensCard
from boutique.ui.views.intake.typed_text import answers_from
from boutique.ui.widgets.scroll_column import ScrollColumn

_FORM = "intake"
_ENROLMENT = "workshop.enrolment"  # in a draft only: somebody who came to a workshop
_CREATION = "Création du dossier"
_LOWEST = 240
_PAUSE = 120  # ms: what a change means is asked once the hand rests between two letters
_SIDE_BY_SIDE, _NARROWEST = 790, 500
_FORM_SHARE, _SIDE_SHARE = 734, 372


class IntakeView(View):
    title = "Nouveau passage"
    rail = "files"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._draft_id = uuid.uuid4()
        self._passage_id: uuid.UUID | None = None
        self._enrolment_id: uuid.UUID | None = None
        self._joining: uuid.UUID | None = None
        self._opening: Opening | None = None
        self._text = ""
        self._ended: tuple[uuid.UUID, dict[str, Any]] | None = None  # the file made last, as it was typed
        self._back_from: uuid.UUID | None = None
        self._kept = self._busy = False
        self.header, self.form = IntakeHeader(), IntakeForm(desk)
        self.duplicates, self.opens, self.completeness = DuplicatesCard(), OpensCard(), CompletenessCard()
        self._lay_out()
        self.duplicates.followed_by = self.opens.more
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_PAUSE)
        self._asking.timeout.connect(self._ask)
        self.autosave = Autosave(self)
        self.autosave.due.connect(self._keep)
        self.form.changed.connect(self._changed)
        self.form.notice_card.print_pressed.connect(self.print_notice)
        self.header.context_pressed.connect(self.form.toggle_visit)
        self.header.create_pressed.connect(self.save)
        self.header.anonymous_pressed.connect(self.save_anonymous)
        self.duplicates.opened.connect(self._open_known)
        self.duplicates.joined.connect(self._join_known)
        desk.undone.connect(self._undone)
        self._declare()

    def _declare(self) -> None:
        needs = [
            Action(f"intake.need.{rank}", f"Cocher le besoin n° {rank} de la ligne",
                   partial(self.form.needs_bar.press, rank), "", f"Alt+{rank}", (), "Accueil")
            for rank in range(1, BY_KEY + 1)
        ]  # fmt: skip
        for action in (
            *needs,
            Action("intake.save", "Créer le dossier", self.save, "check", "Ctrl+Return", ("enregistrer",), "Accueil"),
            Action("intake.anonymous", "Passage anonyme", self.save_anonymous, "user", "Alt+A", (), "Accueil"),
            Action(
                "intake.context", "Date et mode de contact", self.form.toggle_visit, "calendar", "Alt+D", (), "Accueil"
            ),
            Action(
                "intake.notice", "Imprimer la notice d’information", self.print_notice, "printer", section="Accueil"
            ),
        ):
            self._desk.shell.commands.add(action, owner=self)

    def enter(
        self,
        text: str = "",
        draft_id: uuid.UUID | None = None,
        passage_id: uuid.UUID | None = None,
        enrolment_id: uuid.UUID | None = None,
        **_others: Any,
    ) -> None:
        """Start a visit; going back to the one under way finds it as it was."""
        if draft_id is not None and draft_id == self._draft_id and self._opening is not None:
            return
        draft_id, self._back_from = draft_id or self._back_from, None
        self.autosave.forget()
        self._draft_id = draft_id or uuid.uuid4()
        self._passage_id, self._enrolment_id, self._text = passage_id, enrolment_id, text
        self._kept = self._busy = False
        self.header.draft.hide()
        self.duplicates.forget()
        self._desk.read(
            counter.opening, draft_id=draft_id, passage_id=passage_id, enrolment_id=enrolment_id, then=self._begin,
            failed=self._gone,
        )  # fmt: skip

    def leave(self) -> bool:
        """Nothing typed is lost: what is unfinished waits as a draft."""
        if self._opening is None or self._busy or not self.form.has_something():
            return True
        self.autosave.forget()
        self._keep()
        again = partial(self._desk.shell.show_view, "intake", draft_id=self._draft_id)
        self._desk.shell.notify("Brouillon conservé", "info", [("Reprendre", again)])
        return True

    def take_focus(self) -> None:
        self.form.fields.focus()

    def save(self) -> None:
        """Create the file, or say beside each field what is missing."""
        if self._busy or self.form.show_errors():
            return
        self._begin_ending()
        self._desk.write(
            _CREATION,
            counter.save,
            self.form.answers(),
            needs=self.form.needs(),
            notice=self.form.notice(),
            passage_id=self._passage_id,
            enrolment_id=self._enrolment_id,
            draft_id=self._draft_id,
            programme_id=self.form.programme_id(),
            told="Dossier créé",
            then=self._saved,
            failed=self._refused,
        )

    def save_anonymous(self) -> None:
        """Count the visit without any name."""
        if self._busy or self._opening is None:
            return
        self._begin_ending()
        self._desk.write(
            "Passage anonyme",
            counter.save_anonymous,
            self.form.answers(),
            needs=self.form.needs(),
            draft_id=self._draft_id,
            told="Passage anonyme enregistré",
            then=self._counted,
            failed=self._refused,
        )

    def print_notice(self) -> None:
        """Show the information notice before printing: the person takes it away."""
        self._desk.read(intake_papers.notice, then=self._preview)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= theme().px(_SIDE_BY_SIDE))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What stands side by side now may come one under the other."""
        return QSize(theme().px(_NARROWEST), theme().px(_LOWEST))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 14, 10, 0)
        outer.setSpacing(12)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, 12, 0)
        head.addWidget(self.header)
        outer.addLayout(head)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(10)
        for card in (self.duplicates, self.opens, self.completeness):
            side.addWidget(card)
        self._left, self._right = ScrollColumn(margins=(0, 0, 12, 14)), ScrollColumn(margins=(0, 0, 12, 14))
        self._left.add(self.form)
        columns = QHBoxLayout()
        columns.setSpacing(4)
        columns.addWidget(self._left, _FORM_SHARE)
        columns.addWidget(self._right, _SIDE_SHARE)
        outer.addLayout(columns, 1)
        self._arrange(wide=True)

    def _arrange(self, *, wide: bool) -> None:
        """What the answers mean stands beside the form, or under it where there is no room."""
        column = self._right if wide else self._left
        if not column.isAncestorOf(self._side):
            column.add(self._side)
        self._right.setVisible(wide)

    def _begin(self, opening: Opening) -> None:
        self._opening = opening
        typed = answers_from(self._text)
        self._kept = "notice" in opening.answers  # a draft taken up again
        if kept := opening.answers.get(_ENROLMENT):
            self._enrolment_id = uuid.UUID(kept)
        self.form.load(opening, typed)
        self._tell_context()
        self._show_kept()
        self._ask()
        self.take_focus()

    def _gone(self, sentence: str) -> None:
        self._desk.shell.notify(sentence, "warning")
        self.enter()

    def _changed(self) -> None:
        self.autosave.touch()
        self._asking.start()
        self._tell_context()

    def _ask(self) -> None:
        if self._opening is not None:
            self._desk.read_latest("intake.live", counter.live, self.form.answers(), then=self._show_live)

    def _show_live(self, live: Live) -> None:
        self.duplicates.write(live.duplicates)
        self.opens.write(live.panel)
        self.completeness.write(live.panel.completeness)

    def _tell_context(self) -> None:
        answers = self.form.answers()
        channel = answers.get("passage.channel")
        try:
            on = french.parse_date(answers.get("passage.happened_on") or "", today=clock.today(), past=True)
        except UserError:
            on = None
        opening = self._opening
        site, counsellor = (opening.site, opening.counsellor) if opening else ("", "")
        self.header.tell(on, site, channel.label if channel else "", counsellor)

    def _keep(self) -> None:
        if self._opening is not None and not self._busy and self.form.has_something():
            typed = self._draft()
            self._desk.keep(drafts.keep, _FORM, typed, draft_id=self._draft_id, then=self._told_kept)

    def _draft(self) -> dict[str, Any]:
        """What is typed, and whose enrolment it comes from."""
        whose = {} if self._enrolment_id is None else {_ENROLMENT: str(self._enrolment_id)}
        return {**self.form.draft(), **whose}

    def _told_kept(self, _draft_id: uuid.UUID) -> None:
        self._kept = True
        self._show_kept()

    def _show_kept(self) -> None:
        self.header.draft.setVisible(self._kept)

    def _begin_ending(self) -> None:
        self._busy = True
        self.autosave.forget()
        self._asking.stop()

    def _refused(self, sentence: str) -> None:
        self._busy = False
        self.autosave.touch()
        self._desk.shell.notify(sentence, "danger")

    def _saved(self, saved: Saved) -> None:
        """Somebody who came with a need is listened to: the interview is ready, the referral comes after it."""
        came_for = {"interview": True} if self.form.needs() else {"tab": "journey"}
        self._ended = (self._draft_id, self._draft())
        self._finish()
        self._desk.shell.show_view("file", case_id=saved.case_id, **came_for)

    def _undone(self, label: str) -> None:
        """A file that was just made is taken back: what had been typed waits, to be corrected."""
        if label != _CREATION or self._ended is None:
            return
        (draft_id, typed), self._ended = self._ended, None
        self._back_from = draft_id
        self._desk.keep(drafts.keep, _FORM, typed, draft_id=draft_id)

    def _counted(self, _passage_id: uuid.UUID) -> None:
        self._finish()
        self._desk.shell.back()

    def _preview(self, notice: Document) -> None:
        Preview.open_documents(self._desk, notice)

    def _open_known(self, case_id: uuid.UUID) -> None:
        """Look at a file that may be theirs; the way back leads to this visit as it is."""
        self._desk.shell.show_view("intake", draft_id=self._draft_id)
        self._desk.shell.show_view("file", case_id=case_id)

    def _join_known(self, case_id: uuid.UUID) -> None:
        if self._busy:
            return
        self._begin_ending()
        self._joining = case_id
        self._desk.write(
            "Passage ajouté à un dossier connu",
            counter.come_again,
            case_id,
            needs=self.form.needs(),
            enrolment_id=self._enrolment_id,
            draft_id=self._draft_id,
            then=self._joined,
            failed=self._refused,
        )

    def _joined(self, _passage_id: uuid.UUID) -> None:
        self._finish()
        self._desk.shell.show_view("file", case_id=self._joining)

    def _finish(self) -> None:
        """The next visit starts from nothing."""
        self._opening = None
        self._draft_id = uuid.uuid4()
