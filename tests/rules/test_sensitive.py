"""Reminders while typing a free text."""

import pytest

from boutique.rules.sensitive import load_sensitive, remarks


@pytest.mark.parametrize("text", ["Elle suit un TRAITEMENT médical lourd.", "Dépression depuis mars", "deux cancers"])
def test_health_is_noticed_whatever_the_case_the_accents_and_the_plural(text: str) -> None:
    assert [remark.subject for remark in remarks(text)] == ["santé"]


@pytest.mark.parametrize(
    "number", ["2 91 03 62 765 123 45", "291036276512345", "1.85.12.2A.004.007", "1 85 12 62 004 007 33"]
)
def test_a_social_security_number_is_noticed_in_any_writing(number: str) -> None:
    assert remarks(f"son numéro : {number} à noter")[0].subject == "NIR"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Devis du four : 14 800 €, véhicule 9 000 €. Marché de Saint-Pol le lundi.",
        "06 12 34 56 78, SIRET 732 829 320 00074",
        "Travaille à Romans, vend du pain aux romarins ; prix du chrome",
        "le dossier est complet",
    ],
)
def test_ordinary_notes_raise_nothing(text: str) -> None:
    assert remarks(text) == ()


def test_every_word_of_the_list_is_found_in_a_sentence() -> None:
    for subject in load_sensitive():
        for word in subject.words:
            assert subject.label in [remark.subject for remark in remarks(f"On a parlé de {word}, hier.")], word
