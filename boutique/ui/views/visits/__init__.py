"""Visits to existing businesses: the list, one visit with what follows, how much of the territory was visited."""

from boutique.ui.views.visits.view import VisitsView as VisitsView
