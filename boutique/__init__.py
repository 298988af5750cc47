"""Boutique, the desktop application of the boutiques de l'initiative."""

__version__ = "0.1.0"
