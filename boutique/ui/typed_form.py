"""What is typed in a form survives a power cut: kept in the base, given back when it opens again. One line a form."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QWidget

from boutique.services.drafts import DraftLine
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.form_draft import FormDraft
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.forms.view import FormView
from boutique.ui.view import NoticeAction
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.text_area import TextArea


class Part(Protocol):
    """A part of a form that is no declared field and no line or list: it gives what is typed in it, and takes it."""

    changed: Any

    def typed(self) -> Any: ...

    def write_typed(self, typed: Any) -> None: ...


class TypedForm(QObject):
    """The form calls `settle` before it shows something else and `open` after, `drop` once it is saved or given up."""

    def __init__(self, desk: Desk, name: str, parent: QObject, *forms: FormView, **parts: "QWidget | Part") -> None:
        super().__init__(parent)
        self._desk, self._forms, self._parts = desk, forms, parts
        self._draft, self._autosave = FormDraft(desk, name, self), Autosave(self)
        self._subject: uuid.UUID | None = None
        self._opened = False
        self._start: dict[str, Any] = {}
        for form in forms:
            form.changed.connect(self._touch)
        for part in parts.values():
            _changed(part).connect(self._touch)
        self._autosave.due.connect(self._keep)

    def seek(self, subject_id: uuid.UUID | None, then: Callable[[], None]) -> None:
        """From « À finir »: `then` opens the form, if something typed of it still waits."""
        self._draft.look_for(subject_id, partial(_if_found, then))

    def settle(self) -> None:
        """Keep at once what has just been typed: the form is about to show something else."""
        self._autosave.flush()

    def open(self, subject_id: uuid.UUID | None) -> None:
        """The form shows this subject as it is in the base (None: a new one): what was typed of it is looked for."""
        self._autosave.forget()
        self._draft.forget()
        self._subject, self._opened, self._start = subject_id, True, self._read()
        self._draft.look_for(subject_id, self._found)

    def put_away(self, again: Callable[[], None]) -> None:
        """The form is closed without being saved: nothing of it is lost, unless one says so."""
        self._autosave.flush()
        actions: list[NoticeAction] = [("Reprendre", again), ("Effacer le brouillon", self.drop)]
        self._desk.shell.notify("Saisie non enregistrée, gardée en brouillon.", "info", actions)

    def drop(self) -> None:
        """Saved, or given up: nothing of it is kept."""
        self._autosave.forget()
        self._draft.drop()
        self._opened = False

    def _read(self) -> dict[str, Any]:
        typed = {key: value for form in self._forms for key, value in form.draft().items()}
        return typed | {name: _typed(part) for name, part in self._parts.items()}

    def _write(self, typed: dict[str, Any]) -> None:
        for form in self._forms:
            form.take_up(typed)
        for name, part in self._parts.items():
            _write(part, typed.get(name))

    def _touch(self, _what: Any = None) -> None:
        if self._opened:
            self._autosave.touch()

    def _keep(self) -> None:
        typed = self._read()
        if typed != self._start:
            self._draft.keep(self._subject, typed)
        else:
            self._draft.drop()

    def _found(self, draft: DraftLine | None) -> None:
        if not self._opened or self._autosave.pending:  # put away, or typed in meanwhile
            return
        self._start = self._read()  # its lists are filled by now
        if draft is not None:
            self._draft.take_up(draft, self._resume)
            self._draft.tell_found(draft, self._start_again)

    def _resume(self, typed: dict[str, Any]) -> None:
        self._write(typed)
        self._autosave.forget()

    def _start_again(self) -> None:
        self._write(self._start)
        for form in self._forms:
            form.set_clean()
        self._autosave.forget()
        self._draft.drop()


def _if_found(then: Callable[[], None], draft: DraftLine | None) -> None:
    if draft is not None:
        then()


def _changed(part: Any) -> Any:
    """The signal of what a hand changes; a list filled by the program says nothing."""
    if isinstance(part, ComboBox):
        return part.activated
    return part.textChanged if isinstance(part, TextArea) else part.changed


def _typed(part: Any) -> Any:
    if isinstance(part, ComboBox):
        value = part.read()
        return None if value is None else str(value)
    return part.read() if isinstance(part, LineEditor | TextArea) else part.typed()


def _write(part: Any, typed: Any) -> None:
    if isinstance(part, ComboBox):
        with QSignalBlocker(part):
            part.write(next((value for value in _values(part) if value is not None and str(value) == typed), None))
    elif isinstance(part, LineEditor | TextArea):
        part.write(typed or "")
    else:
        part.write_typed(typed)


def _values(combo: ComboBox) -> list[Any]:
    return [combo.itemData(rank) for rank in range(combo.count())]
