"""The fiche d’accueil carries every answer, and room for those to come."""

from datetime import date
from typing import Any

from boutique.exports.pdf.intake_sheet import IntakeSheet, render
from boutique.forms import values
from boutique.forms.catalogue import FILE, INTAKE
from boutique.forms.spec import Form
from boutique.models.fields import Field, Kind
from tests.exports.reading import HOSTILE, LETTERHEAD, flat, text_of


def sample(field: Field) -> Any:
    """Some value of each kind of field."""
    if field.choices is not None:
        first = list(field.choices)[-1]
        return (first,) if field.kind is Kind.CHOICES else first
    return {
        Kind.DATE: date(1991, 3, 12),
        Kind.INTEGER: max(field.minimum, 3),
        Kind.EUROS: 12_345,
        Kind.YES_NO: True,
        Kind.PHONE: "+33612345678",
        Kind.CODES: ("BESOIN_1", "BESOIN_2"),
        Kind.COMMUNE: "62361",
    }.get(field.kind, f"Réponse {field.name}")


def sheet(form: Form, answers: dict[str, Any], **changes: Any) -> IntakeSheet:
    return IntakeSheet(LETTERHEAD, form, answers, date(2026, 11, 24), "D-2026-0042", date(2026, 11, 24), **changes)


def named(field: Field, value: Any) -> str:
    return "Frévent (62270)" if field.kind is Kind.COMMUNE else values.show(field, value)


def test_every_visible_label_and_value_is_on_paper() -> None:
    for form in (INTAKE, FILE):
        answers = {field.key: sample(field) for field in form.fields()}
        printed = flat(text_of(render(sheet(form, answers, show_value=named))))
        visible = form.visible(answers)
        assert len(visible) > 15
        for field in form.fields():
            if field.key in visible:
                assert flat(field.label) in printed, field.key
                assert flat(named(field, answers[field.key])) in printed, field.key


def test_the_head_says_where_and_by_whom() -> None:
    printed = text_of(render(sheet(INTAKE, {}, place="Frévent", counsellor="Nadia B.")))
    for expected in ("D-2026-0042", "24/11/2026", "Frévent", "Nadia B.", "Boutique de l’initiative du Ternois"):
        assert expected in printed


def test_a_blank_sheet_offers_boxes_and_holds_on_one_page() -> None:
    printed = text_of(render(sheet(INTAKE, {})))
    assert "☐ Oui ☐ Non" in printed
    assert "Page 1 sur 1" in printed


def test_hostile_answers_print_as_typed() -> None:
    for text in HOSTILE:
        printed = text_of(render(sheet(INTAKE, {"holder.last_name": text, "project.summary": text * 9})))
        assert flat(text) in flat(printed)


def test_a_huge_answer_takes_pages_not_minutes() -> None:
    printed = text_of(render(sheet(INTAKE, {"project.summary": "mot " * 60_000 + "DERNIER"})))
    assert "DERNIER" in printed
