"""Activité › Programmes › Participants FSE+: who entered, what is missing for each, the list for the funder."""

from boutique.ui.views.participants.view import ParticipantsView

__all__ = ["ParticipantsView"]
