"""The recovery sheet can be typed back."""

from datetime import date

from boutique.exports.pdf.recovery_sheet import RecoverySheet, render
from tests.exports.reading import reader, text_of

CODE = "ABCD1-EFGH2-JKMN3-PQRS4-TVWX5-YZ016-23457-89AB8"


def test_the_groups_are_printed_with_their_numbers_and_what_to_do() -> None:
    data = render(RecoverySheet("Boutique du Ternois", CODE, date(2026, 11, 24)))
    printed = text_of(data)
    for rank, group in enumerate(CODE.split("-"), 1):
        assert f"Groupe {rank}" in printed
        assert group in printed
    assert "sous clé" in printed
    assert len(reader(data).pages) == 1


def test_the_code_is_in_no_property_of_the_file() -> None:
    properties = reader(render(RecoverySheet("Boutique", CODE, date(2026, 11, 24)))).metadata
    assert "ABCD1" not in str(properties)
