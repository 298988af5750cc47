"""The diagnosis on paper: radar of one or two dates, every criterion with its fact, any length, signatures."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from boutique.exports.pdf.diagnosis_sheet import AxisLine, CriterionLine, DiagnosisSheet, render
from tests.exports.reading import HOSTILE, LETTERHEAD, flat, text_of
from tests.extreme import LAST_NAME

AXES = (
    AxisLine("Personne", "3,4", "1,8", "+1,6", "en construction", 3.5, 2.0),
    AxisLine("Projet", "3,5", "2,5", "+1,0", "solide", 3.5, 2.5),
    AxisLine("Marché", "—", "2,5", "", "incomplet", None, 2.5),
    AxisLine("Finances", "2,8", "—", "", "bloquant", 3.0, None, ("Prévisionnel et rentabilité",)),
    AxisLine("Juridique", "4,0", "4,0", "=", "estimation", 4.0, 4.0),
)
CRITERIA = (
    CriterionLine("Personne", "Compétences métier", 4, "3 ans ou diplôme", "CAP boulanger vu"),
    CriterionLine("Finances", "Prévisionnel et rentabilité", 1, "Aucun calcul", "", blocking=True),
)
SHEET = DiagnosisSheet(
    LETTERHEAD, "2026-0042", "Éloïse Vandenbroucke", "Nadia B.", date(2026, 11, 20), "20/11/2026", "02/02/2026",
    "2026-1", AXES, ("Compétences métier : 3 ans ou diplôme",),
    ("Prévisionnel et rentabilité : viser « Chiffres sans preuve »",), CRITERIA, "Le projet avance.",
)  # fmt: skip


def test_the_sheet_says_everything_that_was_marked_and_how_it_moved() -> None:
    printed = flat(text_of(render(SHEET)))
    for expected in (
        "Diagnostic du 20/11/2026", "Éloïse Vandenbroucke", "Nadia B.", "02/02/2026", "+1,6", "en construction",
        "bloquant : Prévisionnel et rentabilité", "incomplet", "estimation", "Points d’appui", "Points à travailler",
        "viser « Chiffres sans preuve »", "CAP boulanger vu", "Aucun calcul (bloquant)", "4 sur 5", "Le projet avance.",
        "Grille 2026-1", "La personne", "Date et signature",
    ):  # fmt: skip
        assert flat(expected) in printed, expected


def test_one_date_alone_has_no_column_of_before() -> None:
    printed = text_of(render(replace(SHEET, before_name="")))
    assert "Avant" not in printed
    assert "Écart" not in printed
    assert printed.count("20/11/2026") == 2  # the title, and the radar’s own words


def test_the_radar_draws_both_dates_apart_without_colour() -> None:
    def dashes(sheet: DiagnosisSheet) -> int:
        page = PdfReader(io.BytesIO(render(sheet))).pages[0]
        contents = page.get_contents()
        assert contents is not None
        return contents.get_data().count(b"[4 2.5] 0 d")

    assert dashes(SHEET) == 2  # the shape of the earlier date, and its line in the words under it
    assert dashes(replace(SHEET, before_name="")) == 0


@pytest.mark.parametrize("count", [0, 1, 2, 3, 12])
def test_any_number_of_axes_prints(count: int) -> None:
    axes = (*AXES, *AXES, *AXES)[:count]
    assert "Diagnostic" in text_of(render(replace(SHEET, axes=axes)))


def test_hostile_and_endless_texts_print_whole_and_end_with_the_signatures() -> None:
    facts = tuple(
        CriterionLine("Personne", f"Critère {rank}", 3, HOSTILE[rank % len(HOSTILE)], f"{'mot' * 90} fin{rank}")
        for rank in range(30)
    )
    sheet = replace(
        SHEET, person=f"عبد الرحمن {LAST_NAME}", criteria=facts, comment=f"{'Long. ' * 800}FIN",
        aims=("x" * 200,) * 12, name="20/11/2026 (2)",
    )  # fmt: skip
    content = render(sheet)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    printed = flat(" ".join(pages))
    assert all(f"fin{rank}" in printed for rank in range(30))
    assert "FIN" in printed
    assert flat(HOSTILE[0]) in printed
    assert pages[-1].count("Date et signature") == 2


def test_nothing_marked_prints_on_one_page() -> None:
    empty = replace(SHEET, axes=AXES[:5], criteria=(), strengths=(), aims=(), comment="", before_name="")
    assert len(PdfReader(io.BytesIO(render(empty))).pages) == 1
