"""The follow-up list: pseudonymous by default, any declared field on request, hostile texts harmless."""

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from boutique.exports.excel.follow_up_book import FollowUpData, available_fields, render
from boutique.exports.excel.follow_up_rows import FollowUpRow
from boutique.forms import values
from boutique.models.choices import EmploymentStatus, ExitReason, Phase, ZoningState
from boutique.models.fields import Field, Kind
from tests.exports.excel.samples import MADE_AT
from tests.exports.pdf.test_intake_sheet import sample

ROW = FollowUpRow(
    "D-2026-0042",
    date(2026, 3, 2),
    "NB",
    ZoningState.TO_CHECK,
    EmploymentStatus.RETIRED,
    Phase.FINANCING,
    date(2026, 11, 24),
    MADE_AT,
    150,
    2,
    ExitReason.CREATION,
    "=1+1",
    {"holder.last_name": "=cmd|'/C calc'!A0", "holder.first_name": "Éloïse", "holder.phone": "+33612345678",
     "holder.commune_code": "62361"},
)  # fmt: skip
DATA = FollowUpData("Boutique du Ternois", "Nadia B.", "0.1.0", MADE_AT, (ROW,), "2026", (("Phase", "Toutes"),))


def rows(data: FollowUpData) -> list[dict[str, Any]]:
    heads, *lines = load_workbook(io.BytesIO(render(data)))["Liste"].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def show(field: Field, value: Any) -> str:
    return "Frévent" if field.kind is Kind.COMMUNE else values.show(field, value)


def test_the_columns_are_those_of_the_follow_up_sheet() -> None:
    first = rows(DATA)[0]
    assert list(first) == ["Référence", "Ouvert le", "Conseiller", "QPV", "Situation", "Phase", "Dernier contact",
                           "Prochain rendez-vous", "Heures", "Orientations", "Issue", "Observation courte"]  # fmt: skip
    assert first["Ouvert le"] == datetime(2026, 3, 2)  # noqa: DTZ001
    assert (first["QPV"], first["Heures"], first["Issue"]) == ("À vérifier", 2.5, "Création")
    assert first["Prochain rendez-vous"].date() == MADE_AT.date()
    assert first["Observation courte"] == "=1+1"


def test_no_name_unless_asked_for() -> None:
    assert "Éloïse" not in str(rows(DATA))
    named = rows(replace(DATA, nominative=True, show_value=show))[0]
    assert (named["Nom"], named["Prénom"]) == ("=cmd|'/C calc'!A0", "Éloïse")
    assert (named["Téléphone"], named["Commune"]) == ("06 12 34 56 78", "Frévent")


def test_every_declared_field_can_be_a_column_and_comes_back() -> None:
    fields = available_fields()
    answers = {field.key: sample(field) for field in fields}
    data = replace(DATA, rows=(replace(ROW, answers=answers),), fields=fields)
    heads, line, *_ = load_workbook(io.BytesIO(render(data)))["Liste"].iter_rows(values_only=True)
    assert heads[1 : len(fields) + 1] == tuple(field.label for field in fields)
    for field, value in zip(fields, line[1:], strict=False):
        expected = answers[field.key]
        if field.kind is Kind.DATE:
            assert value.date() == expected  # type: ignore[union-attr]
        elif field.kind in (Kind.INTEGER, Kind.EUROS):
            assert value == expected
        else:
            assert value == values.show(field, expected), field.key


def test_the_first_sheet_gives_filters_author_and_warnings() -> None:
    sensitive = tuple(field for field in available_fields() if field.key == "holder.rqth_declared")
    book = load_workbook(io.BytesIO(render(replace(DATA, nominative=True, fields=sensitive))))
    said = {row[0]: row[1] for row in book["Lisez-moi"].iter_rows(values_only=True) if row[0]}
    assert (said["Établi par"], said["Phase"], said["Dossiers"]) == ("Nadia B.", "Toutes", 1)
    assert "nominative" in str(said["Identité"])
    assert "sensible" in str(said["Attention"])


def test_totals_are_live() -> None:
    total = rows(DATA)[-1]
    assert total["Référence"] == "Total"
    assert total["Heures"] == "=SUM('Liste'!$I$2:$I$2)"
