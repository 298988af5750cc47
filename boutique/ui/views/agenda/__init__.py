"""Agenda: the week or the day, drawn; what is chosen is edited beside it."""

from boutique.ui.views.agenda.view import AgendaView

__all__ = ["AgendaView"]
