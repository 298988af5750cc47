"""After a session: the synthesis, sent or not, and how satisfied people were. For the sheet of a session."""

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.forms.catalogue import WORKSHOP_AFTER
from boutique.services.workshops.sessions import MARKS
from boutique.services.workshops.sheets import SessionSheet
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Cell
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.forms.view import FormView
from boutique.ui.typed_form import TypedForm
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label

_SENT = "workshop.summary_sent_on"
_ROWS: dict[str, list[list[Cell]]] = {"after": [["workshop.summary"], [_SENT]]}
_ABOUT = "Réponses aux questionnaires, par note de 1 (pas du tout) à 5 (tout à fait)."


class AfterCard(Card):
    """`submitted(answers, ratings, average)`; the average is in hundredths, None when the answers say it."""

    submitted = Signal(dict, object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Après la séance", parent=parent)
        self._shown: uuid.UUID | None = None
        self._before: tuple[str, ...] = ()
        self.form = FormView(WORKSHOP_AFTER, desk, rows=_ROWS, framed=False)
        self.sent_button = Button("Envoyée aujourd’hui", icon="send", size="small")
        self.marks = [LineEditor(f"Note {mark}") for mark in range(1, MARKS + 1)]
        self.average = LineEditor("Moyenne")
        self.fields = [Field(f"{rank} sur {MARKS}", editor) for rank, editor in enumerate(self.marks, 1)]
        self.average_field = Field("ou moyenne", self.average, explanation="Quand seule la moyenne est connue : 4,2.")
        for rank, editor in enumerate(self.marks, 1):
            editor.setObjectName(f"workshop-mark-{rank}")
            editor.setAccessibleName(f"Combien ont noté {rank} sur {MARKS}")
        self.average.setObjectName("workshop-average")
        self.told = Label(role="small", tone="muted", wrap=True)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer", icon="check", size="normal")
        self.save_button.setObjectName("workshop-after-save")
        marks = {editor.objectName(): editor for editor in (*self.marks, self.average)}
        self.typed = TypedForm(desk, "workshop_after", self, self.form, **marks)
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.sent_button.clicked.connect(self._sent_today)

    def write(self, sheet: SessionSheet) -> None:
        """Show what is known, unless something is being typed of this very session."""
        if self._shown == sheet.id and self.is_dirty():
            return
        self.typed.settle()
        self._shown = sheet.id
        self.form.load({"workshop.summary": sheet.summary, _SENT: sheet.summary_sent_on})
        counts = sheet.ratings or (0,) * MARKS
        for editor, count in zip(self.marks, counts, strict=True):
            editor.write(str(count) if count else "")
        alone = sheet.rating is not None and not any(counts)
        self.average.write(french.show_number(sheet.rating, 2) if alone and sheet.rating is not None else "")
        answered = french.plural(sum(counts), "réponse")
        mean = f"Satisfaction moyenne : {french.show_number(sheet.rating, 1)} sur {MARKS}" if sheet.rating else ""
        self.told.setText(f"{mean} ({answered})." if mean and not alone else mean or _ABOUT)
        self.sent_button.setVisible(sheet.summary_sent_on is None)
        self._say("")
        self._before = self._typed()
        self.typed.open(sheet.id)

    def is_dirty(self) -> bool:
        return self.form.is_dirty() or self._typed() != self._before

    def save(self) -> None:
        self._say("")
        try:
            counts, average = self._counts(), self._average()
        except UserError as error:
            self._say(str(error))
            return
        if not self.form.show_errors(self.form.errors()):
            self.submitted.emit(self.form.answers(), counts, average)

    def saved(self) -> None:
        """What stands there is in the base."""
        self.form.set_clean()
        self.typed.drop()
        self._before = self._typed()
        self._shown = None  # the next answer of the base may replace it

    def say(self, sentence: str) -> None:
        self._say(sentence)

    def _sent_today(self) -> None:
        self.form.write(_SENT, clock.today())
        self.save()

    def _typed(self) -> tuple[str, ...]:
        return (*(editor.text() for editor in self.marks), self.average.text())

    def _counts(self) -> tuple[int, ...]:
        texts = [editor.text().strip() or "0" for editor in self.marks]
        if not all(text.isascii() and text.isdigit() and len(text) < 5 for text in texts):
            raise UserError("Le nombre de réponses s’écrit en chiffres.")
        return tuple(int(text) for text in texts)

    def _average(self) -> int | None:
        text = self.average.text().strip()
        return round(french.parse_decimal(text) * 100) if text else None

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        marks = QHBoxLayout()
        marks.setSpacing(8)
        for field in (*self.fields, self.average_field):
            field.setMinimumWidth(1)
            marks.addWidget(field, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.sent_button)
        buttons.addStretch(1)
        self.add(self.form, self.told, marks, self.trouble, buttons)
