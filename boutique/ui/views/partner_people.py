"""Under the sheet of a partner: its antennes, its contacts, who is away. For Partenaires."""

import uuid
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import ABSENCE, CONTACT
from boutique.services import partner_people, partners
from boutique.services.partner_people import Absence, Contact
from boutique.services.partners import PartnerSheet
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Row
from boutique.ui.forms.view import FormView
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_WHOLE = "La structure entière"
_CONTACT_ROWS: dict[str, list[Row]] = {
    "contact": [
        ["contact.name"],
        ["contact.role"],
        [("contact.phone", 1), ("contact.email", 1)],
        ["contact.themes"],
        ["contact.verified_on"],
    ]
}
_ABSENCE_ROWS: dict[str, list[Row]] = {
    "absence": [[("absence.from_on", 1), ("absence.until_on", 1)], ["absence.reason"], ["absence.replacement"]]
}
_ERASED = (
    "Son nom, ses coordonnées et ce que l’historique en garde seront effacés pour de bon. "
    "Les orientations restent, sans destinataire nommé."
)


class AntennesCard(Card):
    """`opened(partner_id)`, `add`: one more antenne of this institution."""

    opened = Signal(object)
    add_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.more = Button("Ajouter une antenne", icon="plus", size="small")
        super().__init__("Antennes", action=self.more, parent=parent)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.add(self.rows)
        self.more.clicked.connect(self.add_asked)

    def show_sheet(self, sheet: PartnerSheet) -> None:
        empty(self.rows)
        count = len(sheet.antennes)
        self.set_title(french.plural(count, "antenne") if count else "Antennes")
        self.more.setVisible(sheet.archived_on is None)
        for rank, one in enumerate(sheet.antennes):
            about = " · ".join(part for part in (one.place, one.phone) if part)
            trailing = [Badge("absente", "warning", icon="calendar-off")] if one.away else []
            row = ListRow(one.name, about, trailing=trailing, clickable=True, wrap=False)
            row.setObjectName(f"antenne-{rank}")
            row.setToolTip(one.away)
            row.set_last(rank == count - 1)
            row.activated.connect(partial(self.opened.emit, one.partner_id))
            self.rows.addWidget(row)
        self.setVisible(count > 0)


class PeopleCard(Card):
    """Contacts and absences of one structure, each added and changed in place; writes by itself.

    `opened(form)`: one of its forms is there now, perhaps out of sight.
    """

    opened = Signal(QWidget)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Contacts et absences", parent=parent)
        self._desk = desk
        self._sheet: PartnerSheet | None = None
        self._contact: uuid.UUID | None = None
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.new_contact = Button("Ajouter un contact", icon="user-plus", size="small")
        self.new_absence = Button("Noter une absence", icon="calendar-off", size="small")
        self.contact = _Form(
            FormView(CONTACT, desk, rows=_CONTACT_ROWS, options={"contact.themes": partners.themes()}, framed=False)
        )
        self.who = ComboBox(empty=_WHOLE, accessible="Qui est absent")
        self.absence = _Form(FormView(ABSENCE, desk, rows=_ABSENCE_ROWS, framed=False), Field("Qui", self.who))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.new_contact)
        buttons.addWidget(self.new_absence)
        buttons.addStretch(1)
        self.add(self.rows, self.contact, self.absence, buttons)
        self.new_contact.clicked.connect(self.add_contact)
        self.new_absence.clicked.connect(self.add_absence)
        self.contact.saved.connect(self._save_contact)
        self.absence.saved.connect(self._save_absence)
        for form, button in ((self.contact, self.new_contact), (self.absence, self.new_absence)):
            form.closed.connect(button.setFocus)
            form.opened.connect(self.opened)

    @property
    def editing(self) -> bool:
        return not (self.contact.isHidden() and self.absence.isHidden())

    def show_sheet(self, sheet: PartnerSheet) -> None:
        if self._sheet is None or sheet.partner_id != self._sheet.partner_id:
            self.close_forms()
        self._sheet = sheet
        empty(self.rows)
        for rank, one in enumerate(sheet.contacts):
            self.rows.addWidget(self._contact_row(rank, one))
        names = {one.id: one.name for one in sheet.contacts}
        for rank, absence in enumerate(sheet.absences):
            self.rows.addWidget(self._absence_row(rank, absence, names))
        if not sheet.contacts and not sheet.absences:
            words = "Personne n’est nommé : une fiche d’orientation n’est alors adressée qu’à la structure."
            self.rows.addWidget(Label(words, role="small", tone="muted", wrap=True))

    def go_back(self) -> bool:
        """Escape closes the form that is open."""
        was = self.editing
        self.close_forms()
        return was

    def close_forms(self) -> None:
        self.contact.hide()
        self.absence.hide()

    def add_contact(self) -> None:
        self.absence.hide()
        self._contact = None
        self.contact.open({}, "contact.name")

    def add_absence(self, contact_id: uuid.UUID | None = None) -> None:
        self.contact.hide()
        there = [one for one in (self._sheet.contacts if self._sheet else ()) if one.left_on is None]
        self.who.set_options([(str(one.id), one.name) for one in there])
        self.who.write(str(contact_id) if isinstance(contact_id, uuid.UUID) else None)
        self.absence.open({}, "absence.from_on")

    def menu(self, one: Contact) -> QMenu:
        """What may be done about a contact."""
        made = QMenu(self)
        if one.left_on is None:
            made.addAction("Modifier…").triggered.connect(partial(self._edit, one.id))
            made.addAction("Noter une absence…").triggered.connect(partial(self._away, one.id))
            made.addAction("N’y travaille plus").triggered.connect(
                partial(self._write, f"Départ de {one.name}", partner_people.leave, one.id)
            )
        else:
            made.addAction("Y travaille de nouveau").triggered.connect(
                partial(self._write, f"Retour de {one.name}", partner_people.come_back, one.id)
            )
        made.addSeparator()
        made.addAction("Effacer pour de bon…").triggered.connect(partial(self._erase, one))
        return made

    def _contact_row(self, rank: int, one: Contact) -> ListRow:
        themes = dict(partners.themes())
        told = ", ".join(themes.get(code, code) for code in one.themes)
        reach = (one.role, french.show_phone(one.phone), one.email, f"pour\u00a0: {told}" if told else "")
        more = GhostButton(icon="ellipsis-vertical", accessible=f"Suites pour {one.name}", size="small")
        more.setObjectName(f"contact-more-{rank}")
        more.clicked.connect(partial(self._open_menu, one, more))
        badge = None
        if one.left_on is not None:
            badge = Badge(f"parti·e le {french.show_date(one.left_on)}", "neutral", icon="user-x")
        elif one.away is not None:
            badge = Badge("absent·e", "warning", icon="calendar-off")
        row = ListRow(one.name, " · ".join(part for part in reach if part), trailing=[more], under=badge)
        row.setObjectName(f"contact-{rank}")
        return row

    def _absence_row(self, rank: int, absence: Absence, names: dict[uuid.UUID, str]) -> ListRow:
        who = names.get(absence.contact_id, "") if absence.contact_id else _WHOLE
        end = Button("Retirer", size="small", accessible=f"Retirer l’absence : {who}")
        end.setObjectName(f"absence-end-{rank}")
        end.clicked.connect(partial(self._write, "Absence retirée", partner_people.end_absence, absence.id))
        word = "absent·e" if absence.contact_id else "absente"
        return ListRow(who, absence.told(word), trailing=[end], subtitle_tone="warning")

    def _open_menu(self, one: Contact, button: QWidget) -> None:
        menu = self.menu(one)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _edit(self, contact_id: uuid.UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self._contact = contact_id
        self._desk.read(partner_people.contact_answers, contact_id, then=self._show_contact)

    def _show_contact(self, answers: dict[str, object]) -> None:
        self.absence.hide()
        self.contact.open(answers, "contact.name")

    def _away(self, contact_id: uuid.UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self.add_absence(contact_id)

    def _write(self, told: str, use_case: object, row_id: uuid.UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        assert callable(use_case)
        self._desk.write(told[:120], use_case, row_id)

    def _erase(self, one: Contact, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        if self._desk.ask.confirm(f"Effacer {one.name} ?", _ERASED, yes="Effacer pour de bon", danger=True):
            self._desk.keep(partner_people.erase_contact, one.id, then=self._erased)

    def _erased(self, _nothing: object) -> None:
        self._desk.shell.notify("Contact effacé, historique compris.", "success")
        self._desk.changed.emit()

    def _save_contact(self, answers: dict[str, object]) -> None:
        if self._sheet is not None:
            told = "Contact ajouté" if self._contact is None else "Contact modifié"
            self._desk.write(
                told, partner_people.save_contact, self._sheet.partner_id, self._contact, answers,
                then=self.contact.done, failed=self.contact.tell,
            )  # fmt: skip

    def _save_absence(self, answers: dict[str, object]) -> None:
        if self._sheet is not None:
            who = self.who.read()
            self._desk.write(
                "Absence notée", partner_people.save_absence, self._sheet.partner_id, uuid.UUID(who) if who else None,
                answers, then=self.absence.done, failed=self.absence.tell,
            )  # fmt: skip


class _Form(QWidget):
    """A short form that opens in place: `saved(answers)` once they are right, `closed` without."""

    saved = Signal(dict)
    closed = Signal()
    opened = Signal(QWidget)

    def __init__(self, form: FormView, *above: QWidget) -> None:
        super().__init__()
        self.form = form
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.keep = PrimaryButton("Enregistrer", icon="check", size="normal")
        self.cancel = Button("Annuler")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.keep)
        line.addWidget(self.cancel)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(10)
        for widget in (*above, form, self.trouble):
            column.addWidget(widget)
        column.addLayout(line)
        self.hide()
        self.keep.clicked.connect(self.save)
        self.cancel.clicked.connect(self._give_up)

    def open(self, answers: dict[str, object], first: str) -> None:
        self.form.load(answers)
        self.tell("")
        self.show()
        self.form.focus(first)
        self.opened.emit(self)

    def save(self) -> None:
        if not self.form.show_errors(self.form.errors()):
            self.saved.emit(self.form.answers())

    def done(self, _saved: object = None) -> None:
        self.form.set_clean()
        self.hide()
        self.closed.emit()

    def tell(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _give_up(self) -> None:
        self.done()
