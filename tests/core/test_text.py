"""Names and short texts as people type, paste and import them: stored clean, compared without their accents."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from boutique.core.text import clean, clip, fold, stacked_marks, words

ANYTHING = st.text(st.characters(categories=None), max_size=60)  # surrogates and controls included
BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
FAMILY = "👩\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize(
    "typed",
    [
        "O'Brien", "D’Arc", "Œuvrard", "Ægir", "Straße", "Łukasz", "Nguyễn", "Şahin", "Ô", "x" * 200, FAMILY,
        "علي", "李小龙", "Ελένη", "<b>Durand</b>", "<img src=x>", "&lol;", "R&D", "a < b", "=1+1", "@SUM(1)", "+33",
        "-2", "＝1", "Robert'); DROP TABLE porteur;--", "%s %n {0} ${x} {{7*7}}", "NULL", "None", "nan", "TRUE", "0",
        "Durаnd", "DURAND ZOE",
    ],
)  # fmt: skip
def test_what_people_are_called_is_kept_exactly(typed: str) -> None:
    assert clean(typed) == typed


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Zoe\u0301", "Zoé"),
        (" Durand \t\n", "Durand"),
        ("Du\x00rand", "Durand"),
        ("Du\ud800rand", "Durand"),
        ("Durand\u202etxt.exe", "Durandtxt.exe"),
        ("Du\u061crand", "Durand"),
        ("\x07Du\x1b[31mrand", "Du[31mrand"),
        ("\tDurand", "Durand"),
        ("Jean\u2028Paul", "Jean Paul"),
        ("Saint\x0bPol", "Saint Pol"),
        ("Saint\u0085Pol", "Saint Pol"),
        ("Jean\u00a0\u202fPaul", "Jean Paul"),
    ],
)
def test_what_is_not_writing_is_taken_away(typed: str, stored: str) -> None:
    assert clean(typed) == stored


@pytest.mark.parametrize("typed", ["", " ", "\u00a0", "\u200b", "\u3164", "\u2800", "\u200b\u00a0\t\n", "\ufeff"])
def test_what_shows_nothing_is_empty(typed: str) -> None:
    assert clean(typed) == ""
    assert clean(typed, lines=True) == ""


def test_long_texts_keep_their_lines_and_one_blank_line_at_most() -> None:
    assert clean(" a \r\n\r\n\r\n\r\n b\u2029c\rd ", lines=True) == "a\n\nb\nc\nd"


@given(ANYTHING, st.booleans())
def test_cleaning_twice_changes_nothing_more(typed: str, lines: bool) -> None:
    once = clean(typed, lines=lines)
    assert clean(once, lines=lines) == once


@given(ANYTHING, st.booleans())
def test_nothing_invisible_or_unstorable_is_left(typed: str, lines: bool) -> None:
    stored = clean(typed, lines=lines)
    stored.encode()
    assert not {ord(c) for c in stored} & BIDI
    assert not [c for c in stored if unicodedata.category(c) in ("Cc", "Cs") and not (lines and c == "\n")]
    assert unicodedata.is_normalized("NFC", stored)


def test_three_thousand_accents_on_a_letter_are_no_writing() -> None:
    assert stacked_marks("Zoe" + "\u0301" * 3000)
    assert not stacked_marks("Nguyễn Văn Ẩn " + "e\u0301" * 50)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("D'Arc", "d’arc"),
        ("Dʼarc", "D Arc"),
        ("Jean-Paul", "jean paul"),
        ("Œuvrard", "oeuvrard"),
        ("Ǽgir", "aegir"),
        ("STRASSE", "Straße"),
        ("GROẞ", "gross"),
        ("İpek", "ipek"),
        ("Işık", "isik"),
        ("Łukasz", "lukasz"),
        ("Nguyễn", "nguyen"),
        ("Zoe\u0301", "ZOÉ"),
        ("L’Haÿ_les_Roses", "l hay les roses"),
    ],
)
def test_spellings_of_the_same_name_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(ANYTHING)
def test_folding_never_fails_and_folding_again_changes_nothing(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)


def test_words_part_at_hyphens_apostrophes_and_full_stops() -> None:
    assert words("J.-P. L’Hôpital (S.A.R.L)") == ["j", "p", "l", "hopital", "s", "a", "r", "l"]


def test_a_text_that_fits_is_left_alone() -> None:
    assert clip("Durand", 6) == "Durand"
    assert clip("Durand Zoé", 8) == "Durand…"


SIGNS = st.sampled_from(["a", " ", "e\u0301\u0323", FAMILY, "👍🏽", "🇫🇷", "🇧🇪", "é", "❤\ufe0f"])


@given(st.lists(SIGNS, max_size=12).map("".join), st.integers(0, 30))
def test_a_cut_never_falls_inside_a_sign(text: str, length: int) -> None:
    shown = clip(text, length)
    assert len(shown) <= max(length, 1) or shown == text
    signs = regex.findall(r"\X", text)
    whole = {"".join(signs[:count]).rstrip() for count in range(len(signs) + 1)}
    assert shown == text or shown.removesuffix("…") in whole


def test_flags_are_cut_between_two_flags() -> None:
    assert clip("🇫🇷🇧🇪🇨🇭", 4) == "🇫🇷…"
    assert clip("🇫🇷🇧🇪🇨🇭", 5) == "🇫🇷🇧🇪…"
