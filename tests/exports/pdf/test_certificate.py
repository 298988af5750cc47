"""Attestations: who, since when, how often; never what was said, and one page whatever the names."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from boutique.exports.pdf.certificate import Presence, Support, render
from tests.exports.reading import LETTERHEAD, flat, text_of
from tests.extreme import LAST_NAME

DAY = date(2026, 11, 24)
SUPPORT = Support(
    LETTERHEAD, DAY, "2026-0042", "Éloïse Vandenbroucke", "Nadia B.", "Frévent",
    opened_on=date(2026, 3, 1), interviews=8, minutes=430, last_on=date(2026, 11, 20),
)  # fmt: skip
PRESENCE = Presence(
    LETTERHEAD, DAY, "2026-0042", "Éloïse Vandenbroucke", "Nadia B.", "Frévent",
    held_on=DAY, times="de 9 h 00 à 9 h 50", minutes=50, place="Permanence de Frévent",
)  # fmt: skip


def printed(data: Support | Presence) -> str:
    return flat(text_of(render(data)))


def test_the_accompaniment_is_certified_with_its_dates_and_hours() -> None:
    told = printed(SUPPORT)
    for expected in (
        "atteste que Éloïse Vandenbroucke est accompagné·e depuis le 1er mars 2026",
        "8 entretiens ont eu lieu (7 h 10 en tout), le dernier le 20 novembre 2026.",
        "Fait à Frévent, le 24 novembre 2026.", "Signature et cachet",
    ):  # fmt: skip
        assert flat(expected) in told, expected
    ended = printed(replace(SUPPORT, ended_on=date(2026, 10, 31), interviews=1, minutes=45))
    assert flat("a été accompagné·e du 1er mars 2026 au 31 octobre 2026") in ended
    assert flat("1 entretien a eu lieu (45 min en tout) le 20 novembre 2026") in ended
    assert "entretien" not in printed(replace(SUPPORT, interviews=0))


def test_a_presence_says_when_where_and_how_long() -> None:
    told = printed(PRESENCE)
    for expected in (
        "était présent·e à", "24/11/2026", "de 9 h 00 à 9 h 50", "50 min", "Permanence de Frévent", "Nadia B.",
    ):  # fmt: skip
        assert flat(expected) in told, expected


@pytest.mark.parametrize(
    "data", [SUPPORT, PRESENCE, Support(LETTERHEAD, DAY, "", "Y"), Presence(LETTERHEAD, DAY, "", "Y")]
)
def test_it_takes_one_page_with_the_longest_names_and_with_nothing(data: Support | Presence) -> None:
    long = replace(data, person=f"Marie-Antoinette Joséphine {LAST_NAME}", counsellor=f"Nadia {LAST_NAME}" * 2)
    for one in (data, long):
        assert len(PdfReader(io.BytesIO(render(one))).pages) == 1
