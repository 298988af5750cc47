"""Accueil: the visit of a person standing at the counter."""

from boutique.ui.views.intake.view import IntakeView

__all__ = ["IntakeView"]
