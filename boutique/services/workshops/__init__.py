"""Workshops: modules, sessions, places, attendance, what came of them. For Ateliers, the agenda and the activity."""
