"""Meetings with partners: on the sheet of each, and all together."""

from boutique.ui.views.meetings.view import MeetingsView as MeetingsView
