"""Activité › Listes de suivi: lists drawn up for a funder, kept under a name, exported when it asks."""

from boutique.ui.views.follow_lists.view import FollowListsView

__all__ = ["FollowListsView"]
