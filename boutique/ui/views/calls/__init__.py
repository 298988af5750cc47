"""Suivis à faire: the businesses created, phoned through one after the other."""

from boutique.ui.views.calls.view import CallsView

__all__ = ["CallsView"]
