"""`boutique play`: drives the real window through a whole appointment and keeps what it shows. Loaded by the app."""

from boutique.ui.play.appointment import run

__all__ = ["run"]
