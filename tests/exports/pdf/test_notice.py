"""The notice holds the ten contents that the law asks for, with the names of this structure."""

from dataclasses import replace
from datetime import date

import pytest

from boutique.exports.pdf.markdown import laid_out
from boutique.exports.pdf.notice import Notice, render
from boutique.exports.pdf.page import Masthead, build
from boutique.models.choices import LegalBasis
from tests.exports.reading import HOSTILE, LETTERHEAD, flat, reader, text_of

SENDER = replace(LETTERHEAD, legal_basis=LegalBasis.PUBLIC_INTEREST, dpo_contact="dpo@exemple.fr", retention_months=18)
NOTICE = Notice(SENDER, "3", date(2026, 9, 1), "Éloïse Vandenbroucke", date(2026, 11, 24), "D-2026-0042")


@pytest.mark.parametrize(
    "content",
    [
        "Association Ternois Initiative, 12 place de la Mairie",  # controller
        "Contact pour la protection des données : dpo@exemple.fr",
        "Pourquoi nous gardons ces informations",  # purposes
        "Mission d’intérêt public",  # legal basis of each purpose
        "Obligatoires pour ouvrir un dossier",  # mandatory or not
        "Qui les lit",  # recipients
        "18 mois après notre dernier contact",  # retention
        "Vos droits",
        "réclamation à la CNIL",
        "Remise à Éloïse Vandenbroucke le 24/11/2026",
    ],
)
def test_the_ten_mandatory_contents_are_there(content: str) -> None:
    assert flat(content) in flat(text_of(render(NOTICE)))


def test_the_version_and_its_date_are_printed() -> None:
    printed = text_of(render(NOTICE))
    assert "version 3 du 01/09/2026" in printed
    assert len(reader(render(NOTICE)).pages) <= 2


def test_nothing_is_left_to_fill_but_what_nobody_knows() -> None:
    printed = text_of(render(Notice(replace(LETTERHEAD, legal_basis=None, phone=""))))
    assert "{" not in printed
    assert "à préciser par la structure" in printed


@pytest.mark.parametrize("name", [*HOSTILE, "**gras** | cellule", "# titre"])
def test_the_name_of_a_structure_is_never_markup(name: str) -> None:
    assert flat(name) in flat(text_of(render(replace(NOTICE, letterhead=replace(SENDER, name=name)))))


def test_lists_and_broken_lines_of_a_text_are_laid_out() -> None:
    text = "Une phrase sur\ndeux lignes.\n\n- premier **{nom}**\n- second\n"
    printed = text_of(build(Masthead(LETTERHEAD, "Essai"), laid_out(text, {"nom": "mot"})))
    assert "Une phrase sur deux lignes." in printed
    assert "• premier mot • second" in printed
