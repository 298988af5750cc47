"""The file of a person: header, journey, interviews, plan, referrals, answers, history."""

from boutique.ui.views.file.view import FileView

__all__ = ["FileView"]
