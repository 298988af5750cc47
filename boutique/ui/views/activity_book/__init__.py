"""Activité › Classeur: what is said of a month, its controls, the files that leave."""

from boutique.ui.views.activity_book.view import ActivityBookView

__all__ = ["ActivityBookView"]
