"""Who the public is: shares among known answers only, breakdowns where everybody is somewhere."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from boutique.models.choices import (
    Allowance,
    EducationLevel,
    EmploymentStatus,
    Gender,
    Phase,
    Sector,
    ZoningState,
)
from boutique.rules.public import (
    BREAKDOWNS,
    UNKNOWN,
    Holder,
    has_qualified_address,
    in_district,
    is_complete,
    is_woman,
    shares,
)

DAY = date(2026, 11, 30)
NOTHING = dict.fromkeys(Holder.__dataclass_fields__) | {"reference": "2026-0001", "commune": ""}


def holder(**answers: Any) -> Holder:
    return Holder(**{**NOTHING, **answers})


def share_of(label: str, *people: Holder) -> tuple[int, int]:
    found = next(item for item in shares(people, DAY) if item.label.startswith(label))
    return found.count, found.known


def test_those_who_did_not_answer_are_in_neither_part() -> None:
    people = (holder(gender=Gender.FEMALE), holder(gender=Gender.MALE), holder(gender=Gender.NOT_SAID), holder())
    assert share_of("Femmes", *people) == (1, 2)
    assert shares((), DAY)[0].share is None


def test_a_district_to_check_is_not_a_no() -> None:
    people = [holder(lives_in_qpv=state) for state in (*ZoningState, None)]
    assert share_of("QPV (2 connues)", *people) == (1, 2)
    assert [in_district(who) for who in people] == [True, False, False, False]
    assert [has_qualified_address(who) for who in people] == [True, True, False, False]


@pytest.mark.parametrize(
    ("born", "counted"), [(date(1996, 12, 1), (1, 1)), (date(1996, 11, 30), (0, 1)), (None, (0, 0))]
)
def test_under_thirty_is_judged_at_the_end_of_the_period(born: date | None, counted: tuple[int, int]) -> None:
    assert share_of("Moins de 30 ans", holder(birth_date=born)) == counted


def test_minimum_income_is_known_by_the_allowances_or_by_a_status_that_excludes_them() -> None:
    people = (
        holder(allowances=(Allowance.ACTIVE_SOLIDARITY_INCOME_INCREASED,)),
        holder(allowances=(Allowance.NONE,)),
        holder(employment_status=EmploymentStatus.EMPLOYEE_PERMANENT_FULL_TIME),
        holder(employment_status=EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT),
        holder(),
    )
    assert share_of("Bénéficiaires du RSA", *people) == (1, 3)
    assert share_of("Demandeurs d’emploi", *people) == (1, 2)


def test_rural_zone_is_unknown_without_the_official_list() -> None:
    assert share_of("Zone rurale", holder(rural=None), holder(rural=True), holder(rural=False)) == (1, 2)


def test_everybody_is_somewhere_in_each_breakdown() -> None:
    people = (
        holder(),
        holder(
            gender=Gender.FEMALE, birth_date=date(1990, 1, 1), employment_status=EmploymentStatus.RETIRED,
            allowances=(Allowance.ACTIVE_SOLIDARITY_INCOME, Allowance.ACTIVITY_BONUS), sector=Sector.CRAFT,
            education_level=EducationLevel.LEVEL_3, commune="Frévent", phase=Phase.MARKET_STUDY,
        ),
    )  # fmt: skip
    for breakdown in BREAKDOWNS:
        counts = breakdown.count(people, DAY)
        assert counts[UNKNOWN] in (1, 2)
        assert counts.total() == (2 if breakdown.exclusive else 3), breakdown.title


def test_values_keep_the_order_of_their_list_and_the_unknown_comes_last() -> None:
    by_title = {breakdown.title: breakdown for breakdown in BREAKDOWNS}
    sexes = Counter({UNKNOWN: 9, "Homme": 8, "Femme": 1})
    assert by_title["Sexe"].sorted(sexes) == ["Femme", "Homme", UNKNOWN]
    communes = Counter({"Arras": 2, "Frévent": 5, "Auxi-le-Château": 2, UNKNOWN: 9})
    assert by_title["Commune"].sorted(communes) == ["Frévent", "Arras", "Auxi-le-Château", UNKNOWN]
    ages = Counter({"55 ans et plus": 1, "Moins de 18 ans": 1, "30 à 44 ans": 1})
    assert by_title["Tranche d’âge"].sorted(ages) == ["Moins de 18 ans", "30 à 44 ans", "55 ans et plus"]


def test_a_complete_file_has_every_answer_that_funders_require() -> None:
    answers = {
        "gender": Gender.FEMALE, "birth_date": date(1990, 1, 1), "employment_status": EmploymentStatus.STUDENT,
        "education_level": EducationLevel.LEVEL_4, "lives_in_qpv": ZoningState.NO, "commune": "Frévent",
    }  # fmt: skip
    assert is_complete(holder(**answers))
    assert is_woman(holder(**answers))
    for name in answers:
        assert not is_complete(holder(**{**answers, name: "" if name == "commune" else None})), name
