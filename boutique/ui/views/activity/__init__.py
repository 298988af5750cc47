"""Activité: the figures of a period, what stands behind each, the workbook."""

from boutique.ui.views.activity.view import ActivityView

__all__ = ["ActivityView"]
