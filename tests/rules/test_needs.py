"""Needs: short labels for the chips, and partner types that serve each subject."""

import pytest

from boutique.rules.needs import load_needs, partner_types_for, subject
from boutique.rules.partners import load_partner_types

THEMES = load_needs()


def test_chips_are_short_and_distinct() -> None:
    labels = [found.label for theme in THEMES for found in theme.subjects]
    assert len(labels) == len(set(labels))
    assert max(map(len, labels)) <= 30
    assert {"Choisir un statut", "Financer un véhicule", "Étude de marché"} <= set(labels)


def test_every_partner_type_serves_some_need_and_every_need_has_partners() -> None:
    served = {code for theme in THEMES for found in theme.subjects for code in found.partner_types}
    assert served == set(load_partner_types())
    assert all(found.partner_types for theme in THEMES for found in theme.subjects)


def test_several_needs_bring_the_closest_partner_of_each_first() -> None:
    assert partner_types_for(["FINANCER_VEHICULE", "STATUT_CHOIX"])[:3] == (
        "ADIE",
        "EXPERT_COMPTABLE",
        "MOBILITE",
    )
    assert partner_types_for([]) == ()


def test_unknown_subject_is_not_silently_empty() -> None:
    with pytest.raises(KeyError):
        subject("RIEN")
