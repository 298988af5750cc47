"""An unfinished form: found again, kept as it is typed, dropped once it is saved. For all forms that keep drafts."""

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from boutique.core import clock, french
from boutique.services import drafts
from boutique.services.drafts import DraftLine
from boutique.ui.desk import Desk

Found = Callable[[DraftLine | None], None]
Loaded = Callable[[dict[str, Any]], None]


class FormDraft(QObject):
    """At most one per subject (a file, a session…; None: a new one) for the form of that name; of who types it."""

    def __init__(self, desk: Desk, form: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self._id: uuid.UUID | None = None

    @property
    def begun(self) -> bool:
        return self._id is not None

    def forget(self) -> None:
        """Another subject, or what is typed is no draft: the one kept stays where it is."""
        self._id = None

    def look_for(self, subject_id: uuid.UUID | None, then: Found) -> None:
        self._desk.read_latest(f"draft.{self._form}", drafts.find, self._form, subject_id, then=then)

    def take_up(self, draft: DraftLine, then: Loaded) -> None:
        """Go on with what was typed."""
        self._id = draft.id
        self._desk.read(drafts.load, draft.id, then=then)

    def tell_found(self, draft: DraftLine, restart: Callable[[], None]) -> None:
        when = clock.local(draft.updated_at)
        words = f"Votre saisie du {french.show_date(when.date())} à {when:%H:%M} a été retrouvée."
        self._desk.shell.notify(words, "info", [("Repartir de zéro", restart)])

    def keep(self, subject_id: uuid.UUID | None, typed: dict[str, Any]) -> None:
        self._id = self._id or uuid.uuid4()
        self._desk.keep(drafts.keep, self._form, typed, draft_id=self._id, subject_id=subject_id, then=self._kept)

    def drop(self) -> None:
        """Saved, or given up."""
        if self._id is not None:
            self._desk.keep(drafts.drop, self._id)
            self._id = None

    def _kept(self, _draft_id: uuid.UUID) -> None:
        self._desk.shell.status("saving", "Brouillon enregistré", icon="check")
