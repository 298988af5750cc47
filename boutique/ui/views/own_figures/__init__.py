"""Activité › Indicateurs: those that the structure draws up itself, counted beside those of its funders."""

from boutique.ui.views.own_figures.view import OwnFiguresView

__all__ = ["OwnFiguresView"]
