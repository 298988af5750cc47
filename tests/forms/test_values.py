"""The only conversion between what is typed and what is stored."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boutique.core import clock
from boutique.core.errors import UserError
from boutique.forms import values
from boutique.forms.catalogue import FORMS
from boutique.forms.spec import Field, Kind
from boutique.models.choices import Allowance, EmploymentStatus

ALL = {field.key: field for form in FORMS for field in form.fields()}
PHONE, EMAIL, NAME = ALL["holder.phone"], ALL["holder.email"], ALL["holder.first_name"]
JOBS, SIREN, EUROS = ALL["business.jobs"], ALL["business.siren"], ALL["project.total_need_eur"]


def examples(field: Field) -> Any:
    """Values that may be stored in a field."""
    if field.kind is Kind.CHOICES:
        assert field.choices is not None
        return st.lists(st.sampled_from(list(field.choices)), min_size=1, unique=True).map(tuple)
    if field.kind is Kind.CHOICE:
        assert field.choices is not None
        return st.sampled_from(list(field.choices))
    return {
        Kind.TEXT: st.just("Des faits & <b>rien</b> d’autre"[: field.max_length]),
        Kind.LONG_TEXT: st.just("Une ligne\n\nUne autre"),
        Kind.PHONE: st.sampled_from(["+33612345678", "+32470123456"]),
        Kind.EMAIL: st.just("zoe@exemple.fr"),
        Kind.DATE: st.dates(date(1900, 1, 1), clock.today()),
        Kind.INTEGER: st.integers(field.minimum, field.maximum),
        Kind.EUROS: st.integers(field.minimum, field.maximum),
        Kind.CODES: st.just(("a1", "b2")),
        Kind.YES_NO: st.booleans(),
        Kind.COMMUNE: st.sampled_from(["62361", "2A004"]),
        Kind.NAF: st.just("10.71C"),
        Kind.SIREN: st.just("732829320"),
        Kind.SIRET: st.just("73282932000074"),
    }[field.kind]


@pytest.mark.parametrize("field", ALL.values(), ids=ALL)
@given(data=st.data())
def test_what_is_shown_reads_back_as_what_was_stored(field: Field, data: st.DataObject) -> None:
    value = data.draw(examples(field))
    assert values.read(field, values.show(field, value)) == value
    assert values.read(field, value) == value


@pytest.mark.parametrize("field", ALL.values(), ids=ALL)
@given(typed=st.text(max_size=40))
def test_no_text_breaks_a_field(field: Field, typed: str) -> None:
    with suppress(UserError):
        values.show(field, values.read(field, typed))


@pytest.mark.parametrize("field", ALL.values(), ids=ALL)
@pytest.mark.parametrize("typed", [None, "", (), " ", "\u200b", "\u3164"])
def test_nothing_typed_is_not_known(field: Field, typed: Any) -> None:
    assert values.read(field, typed) is None
    assert values.show(field, None) == ""


def test_a_paste_of_a_megabyte_is_refused_and_nothing_is_cut() -> None:
    with pytest.raises(UserError, match="1\u202f000\u202f000 caractères ; « Prénom » en accepte 200") as told:
        values.read(NAME, "x" * 1_000_000)
    assert "rien n’a été coupé" in str(told.value)
    assert values.read(NAME, "x" * 200) == "x" * 200


@pytest.mark.parametrize("kind", list(Kind))
def test_a_megabyte_in_any_field_is_kept_whole_or_refused(kind: Kind) -> None:
    field = next(field for field in ALL.values() if field.kind is kind)
    with pytest.raises(UserError):
        values.read(field, "x" * 1_000_000)


def test_three_thousand_accents_are_refused() -> None:
    with pytest.raises(UserError, match="empile des signes"):
        values.read(replace(NAME, max_length=10_000), "Zoe" + "\u0301" * 3000)


@pytest.mark.parametrize(
    "typed", ["zoe@exemple", "a@b@c", "zoe martin@exemple.fr", "mailto:", "a@b.fr\nBcc: x@y.fr", f"{'a' * 310}@mail.fr"]
)
def test_an_incomplete_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match=r"prenom@exemple\.fr"):
        values.read(EMAIL, typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("zoe@exemple.fr", "zoe@exemple.fr"),
        ("mailto:zoe@Exemple.FR", "zoe@exemple.fr"),
        ("Mailto: zoe@exemple.fr", "zoe@exemple.fr"),
        ("zoé@exémple.fr", "zoé@exémple.fr"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, stored: str) -> None:
    assert values.read(EMAIL, typed) == stored


@pytest.mark.parametrize("typed", ["--5", "5-", "-", "1,5", "²", "1e3", str(2**63), "٣٣.", "douze"])
def test_what_is_no_whole_number_says_so(typed: str) -> None:
    with pytest.raises(UserError, match="« Emplois, dirigeant compris » attend un nombre entier"):
        values.read(JOBS, typed)


@pytest.mark.parametrize("typed", ["-1", "501", 501, -1])
def test_a_number_out_of_bounds_says_the_bounds(typed: Any) -> None:
    with pytest.raises(UserError, match="va de 0 à 500"):
        values.read(JOBS, typed)


def test_an_amount_out_of_bounds_says_the_bounds() -> None:
    with pytest.raises(UserError, match="va de 0 à 5\u202f000\u202f000"):
        values.read(EUROS, "-5")


def test_a_siren_carries_its_own_check() -> None:
    assert values.read(SIREN, "732 829 320") == "732829320"
    for wrong in ("732 829 321", "8.49E13", "73282932000074"):
        with pytest.raises(UserError, match="neuf chiffres"):
            values.read(SIREN, wrong)


def test_a_choice_may_be_given_by_its_code_or_its_label_and_nothing_else() -> None:
    status = ALL["holder.employment_status"]
    assert values.read(status, "RETRAITE") is EmploymentStatus.RETIRED
    assert values.read(status, "Retraité") is EmploymentStatus.RETIRED
    with pytest.raises(UserError, match="n’est pas dans la liste de « Emploi »"):
        values.read(status, "pirate")


def test_choices_given_back_by_a_draft_become_choices_again() -> None:
    allowances = ALL["holder.allowances"]
    read = values.read(allowances, ["ARE", "RSA"])
    assert read == (Allowance.UNEMPLOYMENT_BENEFIT, Allowance.ACTIVE_SOLIDARITY_INCOME)
    assert values.show(allowances, read) == "ARE, RSA"
    with pytest.raises(UserError, match="n’est pas dans la liste"):
        values.read(allowances, ["ARE", "XYZ"])


@pytest.mark.parametrize("typed", ["Frévent", "1000", "99 999", "javascript:"])
def test_a_commune_is_its_official_code(typed: str) -> None:
    with pytest.raises(UserError, match="Choisissez-la dans la liste"):
        values.read(ALL["holder.commune_code"], typed)


def test_yes_and_no_are_words() -> None:
    field = ALL["holder.mobility_obstacle"]
    assert values.read(field, "OUI") is True
    assert values.read(field, "Non") is False
    with pytest.raises(UserError, match="attend oui ou non"):
        values.read(field, "peut-être")
