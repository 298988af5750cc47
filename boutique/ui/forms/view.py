"""A form on screen, made from its declaration: a field newly declared in an entity shows up by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget

from boutique.core.errors import UserError
from boutique.forms import values
from boutique.forms.spec import Field, Form, Kind, Privacy
from boutique.ui.desk import Desk
from boutique.ui.forms import layout
from boutique.ui.forms.choice_editors import Options
from boutique.ui.forms.editors import Editor, make_editor
from boutique.ui.forms.layout import Row
from boutique.ui.forms.lookup_editors import CommuneEditor, LookupEditor
from boutique.ui.forms.reminder import notice
from boutique.ui.forms.text_editors import LineEditor, LongTextEditor
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.field import Field as FieldRow

_FREE = (Kind.TEXT, Kind.LONG_TEXT)
_TIDIED = (Kind.PHONE, Kind.DATE, Kind.INTEGER, Kind.EUROS, Kind.SIREN, Kind.SIRET)


class FormView(QWidget):
    """`rows` lays sections out by hand; what it leaves out is generated. `changed(key)` follows each edit.

    Keys of `without` and lists without `options` are left to the view around it.
    """

    changed = Signal(str)

    def __init__(
        self,
        form: Form,
        desk: Desk,
        *,
        sections: Sequence[str] | None = None,
        rows: Mapping[str, Sequence[Row]] | None = None,
        options: Mapping[str, Options] | None = None,
        labels: Mapping[str, str] | None = None,
        without: Sequence[str] = (),
        framed: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = form
        self.cards: dict[str, Card] = {}
        self._desk, self._framed = desk, framed
        self._rows, self._options, self._labels = dict(rows or {}), dict(options or {}), dict(labels or {})
        self._fields: dict[str, FieldRow] = {}
        self._editors: dict[str, Editor] = {}
        self._about: dict[str, Field] = {}
        self._folded: set[str] = set()
        self._loading = self._dirty = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10 if framed else 12)
        for section in form.sections:
            shown = sections is None or section.code in sections
            fields = [field for field in section.fields if shown and self._is_ours(field, without)]
            if fields:
                self._add_section(section.code, section.title, fields)
        self._deciding = {condition.field for field in form.fields() for condition in field.visible_if}
        self.refresh_visibility()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def answers(self) -> dict[str, Any]:
        """What is answered, as the services read it; fields hidden for now keep what was typed in them."""
        return {key: editor.read() for key, editor in self._editors.items()}

    def draft(self) -> dict[str, Any]:
        """What is typed, word for word, answers or not: what a draft keeps."""
        return {key: typed for key, editor in self._editors.items() if (typed := editor.draft()) not in (None, "", ())}

    def load(self, answers: Mapping[str, Any]) -> None:
        """Show these answers (or a draft); the form is then clean."""
        self._loading = True
        for key, editor in self._editors.items():
            editor.write(self._as_written(key, answers.get(key)))
            self._fields[key].set_error("")
            self._caution(key)
        self._loading = self._dirty = False
        self.refresh_visibility()

    def take_up(self, draft: Mapping[str, Any]) -> None:
        """Show what was typed and never saved."""
        self.load(draft)
        self._dirty = True

    def write(self, key: str, value: Any) -> None:
        """Answer one field, as if it had been typed."""
        self._editors[key].write(self._as_written(key, value))
        self._edited(key)

    def editor(self, key: str) -> Editor:
        return self._editors[key]

    def field(self, key: str) -> FieldRow:
        return self._fields[key]

    def keys(self) -> tuple[str, ...]:
        return tuple(self._editors)

    def is_dirty(self) -> bool:
        return self._dirty

    def set_clean(self) -> None:
        self._dirty = False

    def set_near(self, commune_code: str | None) -> None:
        """The commune of the place of the day: its neighbours are proposed first."""
        for editor in self._editors.values():
            if isinstance(editor, CommuneEditor):
                editor.near = commune_code

    def settle(self) -> None:
        """Before saving: a commune typed in full counts as chosen."""
        for editor in self._editors.values():
            if isinstance(editor, LookupEditor):
                editor.settle()

    def errors(self) -> dict[str, str]:
        """One sentence for each visible field that cannot be accepted."""
        self.settle()
        _, found = self.form.read(self.answers())
        shown = {key for key, field in self._fields.items() if not field.isHidden()}
        own = {key: said for key in shown if (said := self._editors[key].problem())}
        return {key: said for key, said in {**found, **own}.items() if key in shown}

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        """Put each sentence under its field and the focus on the first; False when there is none to show."""
        for key, field in self._fields.items():
            field.set_error(errors.get(key, ""))
        first = next((key for key in self._fields if errors.get(key)), None)
        if first is not None:
            self.focus(first)
        return first is not None

    def focus(self, key: str | None = None) -> None:
        """Go to a field, or to the first that has no answer yet."""
        visible = [name for name, field in self._fields.items() if not field.isHidden()]
        empty = (name for name in visible if self._editors[name].draft() in (None, "", ()))
        target = key or next(empty, visible[0] if visible else None)
        if target is not None:
            self._editors[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh_visibility(self) -> None:
        """Conditional questions come and go with the answers they depend on."""
        read, _ = self.form.read(self.answers())
        shown = self.form.visible(read)
        for key, field in self._fields.items():
            field.setVisible(key in shown and key not in self._folded)

    def fold(self, keys: Sequence[str]) -> None:
        """Keep only these out of sight until they are asked for; no key unfolds everything."""
        self._folded = set(keys)
        self.refresh_visibility()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on to the next field."""
        focused = QApplication.focusWidget()
        plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if plain and isinstance(focused, QLineEdit | QComboBox):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def _is_ours(self, field: Field, without: Sequence[str]) -> bool:
        listed = field.kind is not Kind.CODES or field.key in self._options
        return listed and field.key not in without

    def _add_section(self, code: str, title: str, fields: Sequence[Field]) -> None:
        known = {field.key: field for field in fields}
        by_hand = [[c for c in row if layout.split(c)[0] in known] for row in self._rows.get(code, ())]
        placed = {layout.split(cell)[0] for row in by_hand for cell in row}
        rows = [*filter(None, by_hand), *layout.generated([field for field in fields if field.key not in placed])]
        for key in (layout.split(cell)[0] for row in rows for cell in row):  # made in the order the eye follows
            if key:
                self._make(known[key])
        kinds = {field.key: field.kind for field in fields}
        body = layout.stacked([layout.lay_row(row, self._fields, kinds) for row in rows])
        if self._framed:
            self.cards[code] = Card(title)
            self.cards[code].add(body)
            self.column.addWidget(self.cards[code])
        else:
            self.column.addLayout(body)

    def _make(self, field: Field) -> None:
        editor = make_editor(field, self._desk, self._options.get(field.key, ()))
        label = self._labels.get(field.key, field.label)
        self._about[field.key], self._editors[field.key] = field, editor
        self._fields[field.key] = FieldRow(label, editor, required=field.required, explanation=field.help)
        editor.changed.connect(self._editor_changed)
        if isinstance(editor, LineEditor | LongTextEditor):
            editor.refused.connect(self._editor_refused)

    def _as_written(self, key: str, value: Any) -> Any:
        """Stored values and drafts (codes, lists, text) as editors take them."""
        about = self._about[key]
        if about.choices is not None and about.kind is Kind.CHOICES:
            return tuple(about.choices(item) for item in value or ())
        stored_phone = about.kind is Kind.PHONE and isinstance(value, str) and value[:1] == "+" and value[1:].isdigit()
        if not stored_phone and (isinstance(value, str) or value is None or about.kind not in _TIDIED):
            return value
        return values.show(about, value)

    def _editor_changed(self) -> None:
        self._edited(_key_of(self.sender()))

    def _edited(self, key: str) -> None:
        if self._loading or key not in self._fields:
            return
        self._dirty = True
        if self._fields[key].error():
            self._fields[key].set_error("")
        if key in self._deciding:
            self.refresh_visibility()
        self._caution(key)
        self.changed.emit(key)

    def _caution(self, key: str) -> None:
        """Free texts are read by the person: what does not belong in them is said, never refused."""
        about = self._about[key]
        if about.kind in _FREE and about.privacy is Privacy.SITUATION:
            self._fields[key].set_notice(notice(str(self._editors[key].draft() or "")))

    def _editor_refused(self, sentence: str) -> None:
        self._fields[_key_of(self.sender())].set_error(sentence)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is None or QApplication.activePopupWidget() is not None:
            return
        left = next((k for k, f in self._fields.items() if f.isAncestorOf(old)), None)
        if left is not None and not (now is not None and self._fields[left].isAncestorOf(now)):
            self._check(left)

    def _check(self, key: str) -> None:
        """The field was left: tidy what is right, say what is wrong; nothing is changed silently."""
        about, editor = self._about[key], self._editors[key]
        if isinstance(editor, LookupEditor):
            editor.settle()
        said = editor.problem()
        try:
            value = values.read(about, editor.read())
        except UserError as error:
            said = str(error)
        else:
            if about.kind in _TIDIED and value is not None:
                self._tidy(editor, values.show(about, value))
        if said or self._fields[key].error():
            self._fields[key].set_error(said)

    def _tidy(self, editor: Editor, shown: str) -> None:
        if editor.read() != shown:
            before, self._loading = self._loading, True
            editor.write(shown)
            self._loading = before


def _key_of(sender: QObject | None) -> str:
    return sender.objectName() if sender is not None else ""
