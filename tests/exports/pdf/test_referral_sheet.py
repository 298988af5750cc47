"""The fiche d’orientation: one page, what the partner needs, and a slip that can be filled and read back."""

import io
import time
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from boutique.exports.pdf.referral_sheet import ReferralSheet, render
from boutique.exports.pdf.slip import CHECKED
from tests.conftest import ExpectLog
from tests.exports.reading import HOSTILE, LETTERHEAD, flat, reader, text_of

SHEET = ReferralSheet(
    LETTERHEAD,
    "O-2026-0391",
    date(2026, 11, 24),
    "CMA Hauts-de-France, antenne d’Arras",
    partner_contact="Mme Delattre, conseillère création",
    person="Éloïse Vandenbroucke",
    person_initials="É. V.",
    person_lines=("Frévent (62270) · 06 12 34 56 78", "Préfère être rappelée le matin"),
    counsellor="Nadia B.",
    counsellor_phone="03 00 00 00 00",
    counsellor_email="nadia@exemple.fr",
    next_appointment="jeudi 3 décembre, 10 h",
    project="Boulangerie bio itinérante sur les marchés du Ternois.",
    phase="Étude de marché",
    reason="Activité artisanale soumise à qualification ; votre antenne couvre Frévent.",
    expectation="Vérifier que huit années d’expérience valent qualification.",
    done=("BGE (étude de marché, aboutie)", "France Travail (droits ARE)"),
    attachments=("Étude de marché",),
    consent_on=date(2026, 11, 24),
    consent_mode="Par écrit",
    answer_by=date(2026, 12, 4),
    delivery="Fiche remise en main propre.",
    refusal_reasons=(("HORS_TERRITOIRE", "Hors du territoire couvert"), ("HORS_PUBLIC", "Public non concerné")),
    seal="4f2a",
)
HUGE = replace(
    SHEET,
    partner="Chambre de métiers et de l’artisanat " * 9,
    person="علي بن محمد بن عبد الله",
    person_lines=("Nguyễn Thị Đặng · Łódź", "Œ " * 200, "trois", "quatre"),
    project="".join(HOSTILE) * 400,
    reason="x" * 250_000,
    expectation="mot " * 60_000,
    done=("فترة الدراسة " * 300,),
)


def test_everything_a_partner_needs_is_on_the_page() -> None:
    printed = flat(text_of(render(SHEET)))
    texts = [value for value in (getattr(SHEET, name) for name in SHEET.__slots__) if isinstance(value, str)]
    texts += [*SHEET.person_lines, *SHEET.done, *SHEET.attachments, "24 novembre 2026", "avant le 4 décembre 2026"]
    texts += [SHEET.letterhead.name, SHEET.letterhead.address, SHEET.letterhead.privacy_line]
    for text in texts:
        if text not in (SHEET.seal, SHEET.consent_mode):
            assert flat(text) in printed, text
    assert "(parécrit)" in printed


def test_it_is_always_one_page_and_says_what_was_shortened() -> None:
    assert len(reader(render(SHEET)).pages) == 1
    data = render(HUGE)
    assert len(reader(data).pages) == 1
    printed = text_of(data)
    assert "Texte raccourci" in printed
    for kept in ("Accord de la personne", "Coupon-réponse", "Commentaire", "Page 1 sur 1"):
        assert kept in printed
    assert "Texte raccourci" not in text_of(render(SHEET))


def test_the_slip_stays_above_the_bottom_edge() -> None:
    longest = replace(HUGE, letterhead=replace(LETTERHEAD, name="Maison " * 60, address="Bâtiment " * 60))
    for sheet in (SHEET, HUGE, longest):
        annotations: Any = reader(render(sheet)).pages[0]["/Annots"]
        bottoms = [float(one.get_object()["/Rect"][1]) for one in annotations]
        assert min(bottom for bottom in bottoms if bottom != 4) > 50


@pytest.mark.parametrize(
    "name",
    [
        "عبد الرحمن محمد الفهري المراكشي", "Włodzimierz Brzęczyszczykiewicz-Wójtowicz",
        "Nguyễn Thị Phương Thảo Trần Đặng Hoàng Quốc",
        "Marie-Antoinette Joséphine de La Rochefoucauld-Montmorency-Vandenbroucke d’Hocquigny",
    ],
)  # fmt: skip
def test_the_longest_names_and_four_lines_of_address_stay_on_the_page(name: str) -> None:
    address = (
        "Pôle de services Jean-Jaurès, bâtiment C\nEntrée par la cour\n12 bis, rue du Général-Leclerc\nLes Moulins"
    )
    sheet = replace(
        SHEET, letterhead=replace(LETTERHEAD, name="Maison de l’initiative " * 4, address=address), person=name,
        partner="Chambre de métiers et de l’artisanat de la région Hauts-de-France, antenne du Pas-de-Calais, Arras",
        partner_contact=f"{name}, conseillère", counsellor=f"Nadia {name}", project=f"Boulangerie, {name}",
        person_lines=("Saint-Remy-en-Bouzemont · 06 12 34 56 78", "prenom.compose." * 3 + "nom@exemple.fr", name),
    )  # fmt: skip
    data = render(sheet)
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    assert min(page.get_rect(rank)[1] for rank in range(page.count_rects())) > 20
    printed = flat(text_of(data))
    for line in (*address.split("\n"), "Pas-de-Calais, Arras", "nom@exemple.fr"):
        assert flat(line) in printed


def test_a_longish_text_shrinks_before_anything_is_cut() -> None:
    printed = text_of(render(replace(SHEET, project="Une phrase du projet. " * 50 + "FIN", reason="Un motif. " * 60)))
    assert "FIN" in printed
    assert "Texte raccourci" not in printed


@pytest.mark.parametrize("length", range(600, 6600, 600))
def test_whatever_the_length_the_slip_is_never_written_over(length: int) -> None:
    texts = dict.fromkeys(("project", "reason", "expectation"), "mot " * (length // 4))
    data = render(replace(SHEET, **texts))  # type: ignore[arg-type]
    assert len(reader(data).pages) == 1
    assert text_of(data).index("Accord de la personne") > text_of(data).rindex("mot ")


def test_a_card_shows_every_line_it_is_given() -> None:
    printed = text_of(render(replace(SHEET, person_lines=tuple("abcdefg"), counsellor_phone="")))
    assert "e · f · g" in printed


def test_without_a_list_of_reasons_the_reason_is_typed() -> None:
    fields = reader(render(replace(SHEET, refusal_reasons=(), seal=""))).get_fields() or {}
    assert fields["refusal_reason"]["/FT"] == "/Tx"
    assert "seal" not in fields


def test_the_slip_is_filled_on_screen_and_read_back(expect_log: ExpectLog) -> None:
    expect_log("pypdf.*not supported by font encoding")  # the value is kept; a reader draws it with its own fonts
    blank = reader(render(SHEET)).get_fields() or {}
    assert blank["reference"]["/V"] == "O-2026-0391"
    assert blank["seal"]["/V"] == "4f2a"
    filled = {
        "taken_up": CHECKED,
        "appointment_on": "03/12/2026",
        "refusal_reason": "HORS_PUBLIC",
        "redirected_to": "Maison de l’emploi",
        "answered_by": "Łukasz Đặng",
        "answered_on": "25/11/2026",
        "comment": "Reçue ce matin.\nDossier à compléter : é ç œ €",
    }
    writer = PdfWriter(clone_from=io.BytesIO(render(SHEET)))
    writer.update_page_form_field_values(writer.pages[0], filled, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    back = PdfReader(out).get_fields() or {}
    assert {name: back[name]["/V"] for name in filled} == filled
    for name in ("succeeded", "unreachable", "refused", "redirected"):
        assert back[name]["/V"] == "/Off"


def test_every_field_has_a_name_for_a_screen_reader() -> None:
    fields = reader(render(SHEET)).get_fields() or {}
    shown = {name: field for name, field in fields.items() if name not in ("reference", "seal")}
    assert len(shown) == 11
    assert all(field["/TU"] for field in shown.values())


def test_the_properties_of_the_file_name_no_person() -> None:
    data = render(SHEET)
    properties = reader(data).metadata
    assert properties is not None
    assert "Vandenbroucke" not in str(dict(properties))
    assert properties.title == "Fiche d’orientation O-2026-0391"
    assert render(SHEET) == data


def test_without_consent_the_lines_are_left_to_sign() -> None:
    printed = text_of(render(replace(SHEET, consent_on=None)))
    assert "(par écrit)" not in printed
    assert "Signature" in printed


def test_a_sheet_takes_well_under_300_ms_once_warm() -> None:
    render(SHEET)
    start = time.process_time()
    for _ in range(5):
        render(SHEET)
    assert (time.process_time() - start) / 5 < 0.3
