"""Ateliers: sessions with everybody in them, the catalogue of modules, what a year adds up to."""

from boutique.ui.views.workshops.balance import BalanceView
from boutique.ui.views.workshops.modules import ModulesView
from boutique.ui.views.workshops.view import WorkshopsView

__all__ = ["BalanceView", "ModulesView", "WorkshopsView"]
