"""Who a structure receives and whether the person is of them: told by answers alone, never guessed."""

import pytest

from boutique.models.choices import Public
from boutique.rules.partner_publics import Fit, load_publics, reception


def test_every_public_of_the_vocabulary_has_its_block() -> None:
    assert set(load_publics()) == set(Public)


@pytest.mark.parametrize(
    ("publics", "facts", "fit"),
    [
        ((), {"holder.gender": "F"}, Fit.OPEN),
        ((Public.EVERYBODY, Public.STUDENTS), {"holder.employment_status": "RETRAITE"}, Fit.OPEN),
        ((Public.WOMEN,), {"holder.gender": "F"}, Fit.CONCERNED),
        ((Public.WOMEN,), {"holder.gender": "M"}, Fit.OUTSIDE),
        ((Public.WOMEN,), {}, Fit.OPEN),
        ((Public.WOMEN, Public.EXILED), {"holder.gender": "M"}, Fit.OPEN),
        ((Public.YOUNG, Public.SENIORS), {"holder.age": 40}, Fit.OUTSIDE),
        ((Public.PRIORITY_AREAS,), {"holder.lives_in_qpv": False, "holder.lives_in_zfrr": True}, Fit.CONCERNED),
        ((Public.PRIORITY_AREAS,), {"holder.lives_in_qpv": False}, Fit.OPEN),
        ((Public.MINIMUM_INCOME,), {"holder.allowances": ("RSA",)}, Fit.CONCERNED),
    ],
)
def test_a_public_concerns_the_person_or_not_or_nobody_knows(
    publics: tuple[Public, ...], facts: dict[str, object], fit: Fit
) -> None:
    assert reception(publics, facts).fit is fit
