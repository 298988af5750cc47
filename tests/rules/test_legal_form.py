"""The choice of a legal form: points, importance, exclusions in words, ties, and what is not known yet."""

from pathlib import Path

import pytest

from boutique.rules.legal_form import EXCLUDED, changes, compare, forms, load_criteria, place, prefilled, why

CRITERIA = load_criteria()
ALONE = {"SEUL": "seul"}


def ranked(answers: dict[str, str], importance: dict[str, int] | None = None) -> dict[str, int]:
    return {one.form: one.rank for one in compare(CRITERIA, answers, importance)}


def test_the_list_has_every_criterion_for_the_same_eleven_forms() -> None:
    assert len(CRITERIA) == 14
    assert len(forms(CRITERIA)) == 11
    for criterion in CRITERIA:
        for answer in criterion.answers:
            assert tuple(answer.points) == forms(CRITERIA), criterion.code


def test_somebody_alone_is_not_offered_what_takes_several_and_is_told_why() -> None:
    found = {one.form: one for one in compare(CRITERIA, ALONE)}
    assert {form for form, one in found.items() if one.exclusions} == {"SARL", "SAS", "SCOP", "SCIC", "ASSOCIATION"}
    assert why(found["SARL"]) == "Exclue par : Seul ou à plusieurs\u00a0? seul."
    assert found["SARL"].rank == 0
    assert {form for form, one in found.items() if one.rank == 1} == {"EI_MICRO", "EI", "EURL", "SASU"}
    assert place(found["EI"]) == "1re ex æquo · 2 points"
    assert why(found["EI"]) == "+2 Seul ou à plusieurs\u00a0? seul"


def test_points_add_up_and_importance_multiplies_them() -> None:
    answers = {**ALONE, "CHARGES": "oui", "COTIS": "oui"}
    scores = {one.form: one.score for one in compare(CRITERIA, answers)}
    assert (scores["EI_MICRO"], scores["EI"]) == (2 - 3 + 3, 2 + 2)
    weighted = {one.form: one.score for one in compare(CRITERIA, answers, {"COTIS": 3, "CHARGES": 0})}
    assert (weighted["EI_MICRO"], weighted["EI"]) == (2 + 9, 2)
    assert ranked(answers, {"COTIS": 3})["EI_MICRO"] == 1


def test_what_excludes_excludes_whatever_its_importance() -> None:
    over = {**ALONE, "PLAFOND": "oui"}
    for importance in ({}, {"PLAFOND": 0}, {"SEUL": 3}):
        assert ranked(over, importance)["EI_MICRO"] == 0


def test_nothing_answered_puts_nobody_forward() -> None:
    assert set(ranked({}).values()) == {1}
    assert all(one.tied and not one.reasons for one in compare(CRITERIA, {}))
    assert why(compare(CRITERIA, {})[0]) == "Aucune réponse ne joue encore pour ou contre."


def test_no_is_an_answer_and_unknown_is_not() -> None:
    asked = {change.criterion for change in changes(CRITERIA, ALONE)}
    assert "PLAFOND" in asked
    told = {change.criterion for change in changes(CRITERIA, {**ALONE, "PLAFOND": "non"})}
    assert "PLAFOND" not in told
    assert ranked({**ALONE, "PLAFOND": "non"}) == ranked(ALONE)


def test_an_open_question_says_what_its_answer_would_change() -> None:
    answers = {**ALONE, "COTIS": "oui"}
    assert ranked(answers)["EI_MICRO"] == 1
    found = {(change.criterion, change.answer): change for change in changes(CRITERIA, answers)}
    change = found["PLAFOND", "oui"]
    assert change.excluded == ("EI_MICRO",)
    assert "EURL" in change.first
    settled = {criterion.code: "non" for criterion in CRITERIA}
    assert changes(CRITERIA, {**settled, **ALONE}) == []


def test_the_file_answers_in_advance_only_what_it_knows() -> None:
    assert prefilled(CRITERIA, {}) == {}
    facts = {"project.partners_count": 1, "project.wants_test": False, "holder.allowances": ("RSA",)}
    assert prefilled(CRITERIA, facts) == {"SEUL": "seul"}
    facts = {"project.partners_count": 3, "project.wants_test": True, "holder.allowances": ("ARE", "RSA")}
    assert prefilled(CRITERIA, facts) == {"SEUL": "plusieurs", "TEST": "oui", "ARE": "oui"}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("points = { EI = 5 }", "de -3 à 3"),
        ("points = { INCONNUE = 1 }", "la forme « INCONNUE » n’existe pas"),
        ("points = {}", "« points » manque"),
        ('points = { EI = 1 }\nprefill = { field = "x", op = "≈" }', "l’opérateur"),
        ("points = { EI = 1 }\nautre = 1", "clé inconnue « autre »"),
    ],
)
def test_a_list_badly_edited_is_refused_with_its_entry(tmp_path: Path, broken: str, told: str) -> None:
    (tmp_path / "lists").mkdir()
    head = '[[criterion]]\ncode = "A"\nquestion = "Q ?"\nconfidence = "proposition"\nsource = ["s"]\n'
    text = f'{head}[[criterion.answer]]\ncode = "oui"\nlabel = "oui"\n{broken}\n'
    (tmp_path / "lists" / "legal_form_criteria.toml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=told) as refused:
        load_criteria(tmp_path)
    assert "legal_form_criteria.toml" in str(refused.value)


def test_excluded_is_a_number_of_its_own() -> None:
    points = {points for one in CRITERIA for answer in one.answers for points in answer.points.values()}
    assert points <= {*range(-3, 4), EXCLUDED}
