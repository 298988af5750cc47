"""Réglages: structure, places, counsellors, protection, reference data, appearance, about."""

from boutique.ui.views.settings.view import SettingsView

__all__ = ["SettingsView"]
