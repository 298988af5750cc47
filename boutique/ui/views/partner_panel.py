"""One partner beside the list or on its own: its sheet, then its form. For Partenaires."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from boutique.forms.catalogue import PARTNER
from boutique.models.choices import TerritoryLevel
from boutique.services import drafts, partner_figures, partners, territories
from boutique.services.drafts import DraftLine
from boutique.services.partner_figure_rows import Group
from boutique.services.partners import PartnerSheet
from boutique.services.territories import Territory
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.views.partner_sheet import SheetCard
from boutique.ui.views.territories_editor import TerritoriesEditor
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn

_AREAS = "partner.territories"  # in a draft only
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
    turned = Signal()  # from the sheet to the form, or back

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.partner_id: uuid.UUID | None = None
        self._shown: PartnerSheet | None = None
        self._draft_id: uuid.UUID | None = None
        self.sheet = SheetCard()
        self.form = FormView(
            PARTNER,
            desk,
            rows=_ROWS,
            options={"partner.type_code": partners.types(), "partner.themes": partners.themes()},
            without=("partner.territory_level",),
            framed=False,
        )
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
        self._fill("Nouveau partenaire", answers, places)

    def edit(self) -> None:
        """The form of the sheet, with what was typed last time when it was not saved."""
        if self._shown is not None and not self.editing:
            self._fill(self._shown.name, self._shown.answers, self._shown.territories)
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
            return
        errors = self.form.errors()
        trouble = self.territories.problem()
        self._say(trouble)
        if self.form.show_errors(errors) or trouble:
            return
        told = "Partenaire ajouté" if self.partner_id is None else "Fiche du partenaire modifiée"
        areas = self.territories.areas()
        self.desk.write(
            told, partners.save, self.partner_id, self.form.answers(), areas, then=self._saved, failed=self._say
        )

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
            return False
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
            typed = self.form.draft() | {_AREAS: [[level.value, code] for level, code in self.territories.areas()]}
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
        areas = typed.pop(_AREAS, [])
        self.form.load(typed)
        reference = self.desk.workspace.reference
        self.territories.write([territories.territory(reference, TerritoryLevel(level), code) for level, code in areas])

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
        self._pages.setCurrentIndex(0)

    def _gone(self, _sentence: str) -> None:
        """An undo took the sheet away."""
        self.partner_id, self._shown = None, None
        self.closed.emit()

    def _fill(self, title: str, answers: dict[str, Any], territories: Sequence[Territory]) -> None:
        self._draft_id = None
        self.form_card.set_title(title)
        self.form.load(answers)
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
        self.form_card.add(self.form, self.territories, self.trouble, buttons)
        reading, self._form_scroll = ScrollColumn(), ScrollColumn()
        reading.add(self.sheet)
        self._form_scroll.add(self.form_card)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(reading)
        self._pages.addWidget(self._form_scroll)
        self._pages.currentChanged.connect(self._turned)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(pages)
