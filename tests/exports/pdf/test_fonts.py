"""Every sign is drawn by a face that has it, or shown as missing."""

from pathlib import Path

import pytest

from boutique.exports.pdf import fonts


@pytest.mark.parametrize(
    "text", ["Éloïse Œuvrard", "Łukasz Żółć", "Nguyễn Thị Đặng", "Ελένη Привет", "☐ ☑ ✓ → ✂ € « n° 1 »", "علي", "שלום"]
)
def test_every_glyph_of_the_languages_we_meet_has_a_face(text: str) -> None:
    covered = fonts.ready()
    pieces = list(fonts.runs(fonts.visual(text)))
    assert all(ord(sign) in covered[face] for face, piece in pieces for sign in piece)
    assert fonts.missing(text) == ""


def test_the_text_face_is_kept_wherever_it_can_draw() -> None:
    assert list(fonts.runs("Nguyễn Đặng")) == [(fonts.TEXT, "Nguyễn Đặng")]
    assert list(fonts.runs("☐ Oui")) == [(fonts.FALLBACK, "☐ "), (fonts.TEXT, "Oui")]


def test_a_sign_nobody_draws_is_shown_once_and_listed() -> None:
    assert "".join(piece for _, piece in fonts.runs("a 👩‍👩‍👧‍👦 👍🏽 小 b")) == "a □ □ □ b"
    assert fonts.missing("a 小 b") == "小"


def test_arabic_is_joined_and_drawn_from_right_to_left() -> None:
    drawn = fonts.visual("علي")
    assert drawn != "علي"
    assert drawn[0] in "\ufef2\ufef1"  # final yeh first, in its joined form


def test_an_unreadable_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "cache_folder", lambda: tmp_path)
    fonts.ready.cache_clear()
    fonts.ready()
    (made, *_) = sorted((tmp_path / "fonts").iterdir())
    good = made.read_bytes()
    made.write_bytes(b"not a font")
    fonts.ready.cache_clear()
    fonts.ready()
    assert made.read_bytes() == good


def test_a_folder_that_cannot_hold_the_cache_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts").write_text("a file where a folder should be")
    monkeypatch.setattr(fonts, "cache_folder", lambda: tmp_path)
    fonts.ready.cache_clear()
    assert ord("é") in fonts.ready()[fonts.TEXT]
