"""One partner beside the list or on its own: its sheet, then its form. For Partenaires."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from boutique.forms.catalogue import PARTNER
from boutique.models.choices import TerritoryLevel
from boutique.services import drafts, partner_figures, partners
from boutique.services.drafts import DraftLine
from boutique.services.partner_figure_rows import Group
from boutique.services.partners import PartnerSheet
from boutique.services.territories import Territory
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import put_before
from boutique.ui.forms.view import FormView
from boutique.ui.views.institution_editor import InstitutionEditor
from boutique.ui.views.meetings.card import MeetingsCard
from boutique.ui.views.partner_people import AntennesCard, PeopleCard
from boutique.ui.views.partner_sheet import SheetCard
from boutique.ui.views.territories_editor import TerritoriesEditor
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn

_AREAS = "partner.territories"  # in a draft only
_INSTITUTION = "partner.parent_id"
_ABOVE = "Ce que cette fiche ne dit pas (site, publics, conditions, coût, thèmes) est celui de l’institution."
_ROWS: dict[str, list[tuple[tuple[str, int], ...]]] = {
    "partner": [(("partner.name", 1),), (("partner.type_code", 1),), (("partner.siret", 1), ("partner.internal", 1))],
    "place": [
        (("partner.address", 1),),
        (("partner.commune_code", 1),),
        (("partner.phone", 1), ("partner.email", 1)),
        (("partner.website", 1),),
        (("partner.access", 1),),
    ],
    "source": [
        (("partner.verified_on", 1), ("partner.review_months", 1)),
        (("partner.source", 1),),
        (("partner.legal_basis", 1),),
    ],
}


class PartnerPanel(QWidget):
    """`show_partner(id)`, `new(name)`; `saved(id)` after the form, `closed` when there is nothing left to show.

    What is typed is kept as a draft: only « Annuler » gives it up.
    """

    saved = Signal(object)
    closed = Signal()
    moved = Signal(object)  # another sheet was asked for from this one
    turned = Signal()  # from the sheet to the form, or back

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.partner_id: uuid.UUID | None = None
        self._shown: PartnerSheet | None = None
        self._draft_id: uuid.UUID | None = None
        self.sheet = SheetCard()
        self.antennes = AntennesCard()
        self.people = PeopleCard(desk)
        self.meetings = MeetingsCard(desk)
        self.form = FormView(
            PARTNER,
            desk,
            rows=_ROWS,
            options={"partner.type_code": partners.types(), "partner.themes": partners.themes()},
            without=("partner.territory_level",),
            framed=False,
        )
        self.institution = InstitutionEditor(desk)
        self.territories = TerritoriesEditor(desk)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler")
        self.form_card = Card("Nouveau partenaire")
        self._autosave = Autosave(self)
        self._lay_out()
        self.sheet.answers.connect(self._show_answers)
        self.sheet.verified.connect(self.verify)
        self.sheet.edit.connect(self.edit)
        self.sheet.archive.connect(self.archive)
        self.sheet.restore.connect(self.restore)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.cancel)
        self.form.changed.connect(self._typed)
        self.territories.changed.connect(self._typed)
        self.institution.changed.connect(self._attached)
        self.sheet.institution_asked.connect(self._go_to)
        self.antennes.opened.connect(self._go_to)
        self.people.opened.connect(self._bring)
        self.meetings.opened.connect(self._bring)
        self.antennes.add_asked.connect(self.new_antenne)
        self._autosave.due.connect(self._keep)

    @property
    def editing(self) -> bool:
        return self._pages.currentIndex() == 1

    def show_partner(self, partner_id: uuid.UUID) -> None:
        self.partner_id = partner_id
        self.desk.read(partners.sheet, partner_id, then=self._show, failed=self._gone)

    def refresh(self) -> None:
        """The base changed: show the sheet again, unless it is being edited."""
        if self.partner_id is not None and not self.editing:
            self.show_partner(self.partner_id)

    def new(self, name: str = "") -> None:
        self.begin({"partner.name": name}, ())

    def begin(self, answers: dict[str, Any], places: Sequence[Territory]) -> None:
        """A new sheet of which something is known."""
        self.partner_id, self._shown = None, None
        self._fill("Nouveau partenaire", answers, places, None)

    def new_antenne(self) -> None:
        """Begin the sheet of an antenne of the one that is shown."""
        if self._shown is None or self._shown.institution is not None:
            return
        above = self._shown
        self.partner_id, self._shown = None, None
        typed = {"partner.type_code": above.answers.get("partner.type_code")}
        self._fill("Nouvelle antenne", typed, (), (above.partner_id, above.name))

    def edit(self) -> None:
        """The form of the sheet, with what was typed last time when it was not saved."""
        if self._shown is not None and not self.editing:
            self._fill(self._shown.name, self._shown.answers, self._shown.territories, self._shown.institution)
            self.desk.read(drafts.find, PARTNER.name, self._shown.partner_id, then=self._found)

    def resume(self, draft_id: uuid.UUID, partner_id: uuid.UUID | None) -> None:
        """Take up a sheet that was left unfinished."""
        if partner_id is None:
            self.new()
            self._resume(draft_id)
        else:
            self.partner_id = partner_id
            self.desk.read(partners.sheet, partner_id, then=self._show_and_edit, failed=self._gone)

    def save(self) -> None:
        if not self.editing:
            self.meetings.save()
            return
        errors = self.form.errors()
        self.institution.settle()
        trouble = self.institution.problem() or self.territories.problem()
        self._say(trouble)
        if self.form.show_errors(errors) or trouble:
            return
        told = "Partenaire ajouté" if self.partner_id is None else "Fiche du partenaire modifiée"
        typed = self.form.answers() | {_INSTITUTION: self.institution.chosen()}
        areas = self.territories.areas()
        self.desk.write(told, partners.save, self.partner_id, typed, areas, then=self._saved, failed=self._say)

    def cancel(self) -> bool:
        """Give up what was typed, after a question; False when there was no form."""
        if not self.editing:
            return False
        if self.form.is_dirty() and not self.desk.ask.confirm(
            "Abandonner la saisie ?", "Ce qui vient d’être tapé dans cette fiche sera perdu.", yes="Abandonner"
        ):
            return True
        self._drop_draft()
        self._close_form()
        return True

    def put_away(self) -> bool:
        """Close the form and keep what was typed as a draft; False when there was no form."""
        if not self.editing:
            return self.people.go_back() or self.meetings.put_away()
        self.settle()
        if self._draft_id is not None:
            self.desk.shell.notify("Fiche non enregistrée : la saisie est gardée dans Aujourd’hui.", "info")
        self._close_form()
        return True

    def settle(self) -> None:
        """Keep at once what has just been typed."""
        self._autosave.flush()

    def verify(self) -> None:
        if self._shown is not None and not self.editing:
            self.desk.write("Fiche vérifiée aujourd’hui", partners.mark_verified, self._shown.partner_id)

    def archive(self) -> None:
        if self._shown is not None:
            self.desk.write("Partenaire archivé", partners.archive, self._shown.partner_id)

    def restore(self) -> None:
        if self._shown is not None:
            self.desk.write("Partenaire remis dans la liste", partners.restore, self._shown.partner_id)

    def take_focus(self) -> None:
        if self.editing:
            self.form.focus()
        else:
            self.sheet.edit_button.setFocus()

    def _show_answers(self) -> None:
        if self._shown is not None:
            self.desk.shell.show_view("partner_figures", by=Group.PARTNER, key=str(self._shown.partner_id))

    def _typed(self, _key: str = "") -> None:
        self._autosave.touch()

    def _keep(self) -> None:
        if self.editing:
            above = self.institution.chosen()
            typed = self.form.draft() | {
                _AREAS: [[level.value, code] for level, code in self.territories.areas()],
                _INSTITUTION: [str(above), self.institution.text()] if above else None,
            }
            self._draft_id = self._draft_id or uuid.uuid4()
            self.desk.keep(drafts.keep, PARTNER.name, typed, draft_id=self._draft_id, subject_id=self.partner_id)

    def _drop_draft(self) -> None:
        self._autosave.forget()
        if self._draft_id is not None:
            self.desk.keep(drafts.drop, self._draft_id)
        self._draft_id = None

    def _found(self, draft: DraftLine | None) -> None:
        if draft is not None and self.editing and not self.form.is_dirty():
            self._resume(draft.id)

    def _resume(self, draft_id: uuid.UUID) -> None:
        self._draft_id = draft_id
        self.desk.read(drafts.load, draft_id, then=self._show_draft)

    def _show_draft(self, typed: dict[str, Any]) -> None:
        areas, above = typed.pop(_AREAS, []), typed.pop(_INSTITUTION, None)
        self.form.load(typed)
        self.institution.show_institution((uuid.UUID(above[0]), above[1]) if above else None, of=self.partner_id)
        self.territories.write(self.territories.named([(TerritoryLevel(level), code) for level, code in areas]))

    def _show_and_edit(self, sheet: PartnerSheet) -> None:
        self._show(sheet)
        self.edit()

    def _close_form(self) -> None:
        self._autosave.forget()
        self._draft_id = None
        self.form.set_clean()
        self._pages.setCurrentIndex(0)
        if self._shown is None:
            self.closed.emit()

    def _show(self, sheet: PartnerSheet) -> None:
        if sheet.partner_id != self.partner_id:
            return
        self._shown = sheet
        self.sheet.show_sheet(sheet)
        self.desk.read_latest(
            "partner.answers", partner_figures.of_partner, sheet.partner_id, then=self.sheet.show_answers
        )
        self.antennes.show_sheet(sheet)
        self.people.show_sheet(sheet)
        self.meetings.show_partner(sheet.partner_id)
        self._pages.setCurrentIndex(0)

    def _gone(self, _sentence: str) -> None:
        """An undo took the sheet away."""
        self.partner_id, self._shown = None, None
        self.closed.emit()

    def _go_to(self, partner_id: uuid.UUID) -> None:
        self.show_partner(partner_id)
        self.moved.emit(partner_id)

    def _bring(self, form: QWidget) -> None:
        """Its first lines, once it has its place."""
        QTimer.singleShot(0, self, partial(self._reading.ensureWidgetVisible, form, 0, 0))

    def _attached(self) -> None:
        """An antenne is usually of the type of its institution."""
        if self.institution.type_code() and not self.form.answers().get("partner.type_code"):
            self.form.write("partner.type_code", self.institution.type_code())
        self._typed()

    def _fill(
        self, title: str, answers: dict[str, Any], territories: Sequence[Territory],
        institution: tuple[uuid.UUID, str] | None,
    ) -> None:  # fmt: skip
        self._draft_id = None
        self.form_card.set_title(title)
        self.form.load(answers)
        self.institution.show_institution(institution, of=self.partner_id)
        self.territories.write(territories)
        self._say("")
        self._pages.setCurrentIndex(1)
        self._form_scroll.verticalScrollBar().setValue(0)
        self.form.focus("partner.name")

    def _saved(self, partner_id: uuid.UUID) -> None:
        self._drop_draft()
        self.form.set_clean()
        self._pages.setCurrentIndex(0)
        self.show_partner(partner_id)
        self.saved.emit(partner_id)

    def _turned(self, _page: int) -> None:
        self.turned.emit()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if sentence:  # it stands under the form, which may be longer than the window
            QTimer.singleShot(0, self, partial(self._form_scroll.ensureWidgetVisible, self.trouble))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        above = Field("Antenne de", self.institution, explanation=_ABOVE)
        self.form_card.add(above, self.form, self.territories, self.trouble, buttons)
        put_before(self.institution, self.form.editor("partner.name"))
        self._reading, self._form_scroll = ScrollColumn(), ScrollColumn()
        self._reading.add(self.sheet, self.people, self.antennes, self.meetings)
        self._form_scroll.add(self.form_card)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._reading)
        self._pages.addWidget(self._form_scroll)
        self._pages.currentChanged.connect(self._turned)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(pages)
