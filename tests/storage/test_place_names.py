"""The names of places are compared without accents, punctuation or abbreviations."""

import pytest

from boutique.storage.place_names import Position, keys_asked, place_key, place_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St-Étienne", "saint etienne"),
        ("STE MARIE", "Sainte-Marie"),
        ("Fontenay s/s Bois", "Fontenay-sous-Bois"),
        ("Boulogne s/Mer", "Boulogne-sur-Mer"),
        ("Aulnay ss Bois", "Aulnay-sous-Bois"),
        ("Noyelles lez Seclin", "Noyelles-lès-Seclin"),
        ("L’Abergement", "labergement"),
        ("Œuf", "oeuf"),
    ],
)
def test_two_ways_of_writing_have_one_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


def test_a_name_is_looked_up_from_each_of_its_meaningful_words() -> None:
    assert dict(place_keys("Saint-Pol-sur-Ternoise")) == {
        "saintpolsurternoise": Position.WHOLE,
        "polsurternoise": Position.INSIDE,
        "ternoise": Position.INSIDE,
    }


def test_the_article_of_a_name_may_be_left_out() -> None:
    assert dict(place_keys("Le Touquet"))["touquet"] is Position.AFTER_ARTICLE


def test_the_last_word_may_be_unfinished() -> None:
    assert keys_asked("ste") == ["sainte", "ste"]
    assert keys_asked("s") == ["s"]
    assert keys_asked(" ' ") == []
