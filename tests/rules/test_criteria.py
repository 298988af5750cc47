"""Conditions told in French, and groups of conditions in their three states."""

from typing import Any

import pytest

from boutique.core.conditions import Truth
from boutique.rules.criteria import load_vocabulary

VOCABULARY = load_vocabulary()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (["project.located_in_qpv", "is_true"], "l’entreprise s’implante en QPV"),
        (["project.located_in_qpv", "is_false"], "l’entreprise ne s’implante pas en QPV"),
        (["holder.age", "<", 26], "« Âge » est inférieur à 26"),
        (["holder.age", "in", [18, 19, 20]], "« Âge » est compris entre 18 et 20"),
        (["holder.age", "not_in", [18, 20]], "« Âge » n’est pas parmi 18, 20"),
        (["project.total_need_eur", ">=", 7500], "« Besoin total de financement » est d’au moins 7 500 €"),
        (["project.kind", "!=", "developpement"], "« Nature du projet » n’est pas « Développement »"),
        (["project.kind", "in", ["creation", "reprise"]], "« Nature du projet » est « Création » ou « Reprise »"),
        (["holder.allowances", "contains", "RSA"], "« Allocations perçues » comprend « RSA »"),
    ],
)
def test_condition_is_told_as_the_end_of_a_sentence(raw: list[Any], words: str) -> None:
    told = VOCABULARY.describe(VOCABULARY.condition(raw, "essai"))
    assert told.replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("holder.lives_in_qpv", False, "La personne n’habite pas en QPV"),
        ("holder.allowances", ["ARE", "RSA"], "Allocations perçues : ARE, RSA"),
        ("holder.allowances", [], "Allocations perçues : aucune"),
        ("project.kind", "ancien_code", "Nature du projet : ancien_code"),
        ("project.total_need_eur", 12000, "Besoin total de financement : 12 000 €"),
    ],
)
def test_answer_is_told_with_its_label(name: str, value: object, words: str) -> None:
    assert VOCABULARY.state(name, value).replace("\u00a0", " ") == words


def test_group_of_alternatives_holds_only_as_a_whole() -> None:
    criteria = VOCABULARY.criteria(
        {
            "any_of": [
                [["holder.age", "<", 30], ["holder.rqth_declared", "is_true"]],
                ["project.located_in_qpv", "is_true"],
            ]
        },
        "essai",
    )
    assert criteria.verdict({"holder.age": 28}).missing == ("holder.rqth_declared", "project.located_in_qpv")
    assert criteria.verdict({"holder.age": 28, "holder.rqth_declared": True}).truth is Truth.TRUE
    assert criteria.verdict({"holder.age": 31}).missing == ("project.located_in_qpv",)
    assert criteria.verdict({"holder.age": 31, "project.located_in_qpv": False}).truth is Truth.FALSE
