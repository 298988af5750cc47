"""The compte-rendu gives everything but the private note."""

from datetime import date
from typing import Any

from boutique.exports.pdf.interview_report import ActionLine, InterviewReport, ReferralLine, render
from boutique.forms import values
from boutique.forms.catalogue import INTERVIEW
from tests.exports.pdf.test_intake_sheet import sample
from tests.exports.reading import HOSTILE, LETTERHEAD, flat, text_of

ANSWERS: dict[str, Any] = {field.key: sample(field) for field in INTERVIEW.fields()}
ANSWERS |= {"interview.private_note": "NOTE SECRETE", "interview.summary": "Premier point.\n\nSecond point."}
REPORT = InterviewReport(
    LETTERHEAD,
    INTERVIEW,
    ANSWERS,
    date(2026, 11, 24),
    "D-2026-0042",
    "Éloïse Vandenbroucke",
    "Nadia B.",
    "Permanence de Frévent",
    (ActionLine("Demander trois devis", "La personne", date(2026, 12, 1), "Prévue"), ActionLine(HOSTILE[1])),
    (ReferralLine("CMA Hauts-de-France", "Qualification", "Préparée"),),
    "jeudi 3 décembre, 10 h",
    copy_given=True,
)


def test_the_report_says_everything_that_was_shared() -> None:
    printed = flat(text_of(render(REPORT)))
    for field in INTERVIEW.fields():
        if field.key != "interview.private_note":
            assert flat(field.label) in printed, field.key
            assert flat(values.show(field, ANSWERS[field.key])) in printed, field.key
    heads = ("Éloïse Vandenbroucke", "Nadia B.", "Permanence de Frévent", "jeudi 3 décembre, 10 h")
    lines = ("Demander trois devis", "01/12/2026", "La personne", "CMA Hauts-de-France", "Qualification", HOSTILE[1])
    for expected in (*heads, *lines):
        assert flat(expected) in printed, expected


def test_the_private_note_is_never_printed_nor_its_label() -> None:
    printed = text_of(render(REPORT))
    assert "SECRETE" not in printed
    assert "discrète" not in printed
    assert b"SECRETE" not in render(REPORT)


def test_an_empty_report_leaves_lines_to_write_on() -> None:
    printed = text_of(render(InterviewReport(LETTERHEAD, INTERVIEW, {}, date(2026, 11, 24), "", "")))
    assert "Points traités, à partager" in printed
    assert "Actions d’ici" not in printed
