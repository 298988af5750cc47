"""Activité › Observatoire: the year by territory, as it may be published."""

from boutique.ui.views.observatory.view import ObservatoryView

__all__ = ["ObservatoryView"]
