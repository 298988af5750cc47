"""Réglages › Lieux: the places, and under them the permanences that are held there."""

import uuid

from PySide6.QtWidgets import QApplication, QWidget

from boutique.ui.desk import Desk
from boutique.ui.views.agenda.permanences import Permanences
from boutique.ui.views.settings.entries import SITES, EntriesPage


class SitesPage(EntriesPage):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, SITES, parent)
        self.permanences = Permanences(desk, closable=False)
        self.add(self.permanences)

    def enter(self) -> None:
        super().enter()
        self.permanences.enter()

    def take_up(self, subject_id: uuid.UUID | None, form: str = "") -> None:
        if form == "permanences":
            self.permanences.take_up(subject_id)
        else:
            super().take_up(subject_id)

    def save(self) -> None:
        """Whichever form the hand is in."""
        if self.permanences.editing and (self.form_card.isHidden() or self._is_in_permanences()):
            self.permanences.save()
        else:
            super().save()

    def go_back(self) -> bool:
        return self.permanences.put_away() or super().go_back()

    def is_dirty(self) -> bool:
        return super().is_dirty() or self.permanences.is_dirty()

    def _is_in_permanences(self) -> bool:
        focus: QWidget | None = QApplication.focusWidget()
        return focus is not None and self.permanences.isAncestorOf(focus)
