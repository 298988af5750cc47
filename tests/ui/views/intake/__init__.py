"""Tests of the Accueil."""
