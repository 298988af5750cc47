"""Activité › Programmes: agreements with funders, what they bring, their targets."""

from boutique.ui.views.programmes.view import ProgrammesView

__all__ = ["ProgrammesView"]
