"""Activité › Mois déclarés: what was declared to the funders, and what changed since."""

from boutique.ui.views.declared.view import DeclaredView

__all__ = ["DeclaredView"]
