"""What follows from the profile of a person: unknown is never « no »."""

import pytest

from boutique.models.choices import Allowance, EmploymentStatus
from boutique.services.ledger_columns import FROM_PROFILE


@pytest.mark.parametrize(
    ("status", "allowances", "told"),
    [
        (None, (Allowance.ACTIVE_SOLIDARITY_INCOME_INCREASED,), True),
        (None, (Allowance.NONE,), False),
        (EmploymentStatus.EMPLOYEE_PERMANENT_FULL_TIME, None, False),
        (EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT, None, None),
        (None, None, None),
    ],
)
def test_minimum_income_is_known_by_the_allowances_or_by_a_status_that_excludes_them(
    status: str | None, allowances: tuple[str, ...] | None, told: bool | None
) -> None:
    assert FROM_PROFILE["holder.minimum_income"].how(status, allowances) is told


def test_a_complete_profile_has_the_six_answers() -> None:
    complete, filled = FROM_PROFILE["holder.complete"], FROM_PROFILE["holder.filled"]
    answers = ["F", 19900101, "ETUDIANT", "4", "non", "62270"]
    there = [complete.read(answer) for answer in answers]
    assert (complete.how(*there), filled.how(*there)) == (True, 6)
    there = [complete.read(answer) for answer in [*answers[:-1], None]]
    assert (complete.how(*there), filled.how(*there)) == (False, 5)
