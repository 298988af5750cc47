"""Permanences one by one: to confirm, to come, held; what to prepare, what came of it."""

from boutique.ui.views.permanences.view import PermanencesView as PermanencesView
