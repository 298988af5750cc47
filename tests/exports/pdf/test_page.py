"""From text to page: nothing disappears, nothing is interpreted, nothing takes minutes."""

import time
from datetime import date
from pathlib import Path

import pytest

import boutique
from boutique.exports.pdf.page import Masthead, Span, build, para
from tests.exports.reading import HOSTILE, LETTERHEAD, flat, font_names, reader, text_of

HEAD = Masthead(LETTERHEAD, "Essai", "D-2026-0001", date(2026, 11, 1))


def test_the_only_paragraphs_are_those_of_the_helper() -> None:
    exports = Path(boutique.__file__).parent / "exports"
    sources = (path for path in exports.rglob("*.py") if path.parent.name != "excel")  # a chart's title is another kind
    guilty = [path.name for path in sources if "Paragraph(" in path.read_text("utf-8")]
    assert guilty == ["page.py"]
    assert (exports / "pdf" / "page.py").read_text("utf-8").count("Paragraph(") == 2  # both inside para()


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_prints_as_typed(text: str) -> None:
    data = build(HEAD, [*para(text), *para([Span(text, strong=True), Span(" fin")])])
    assert flat(text_of(data)).count(flat(text)) == 2
    assert not reader(data).pages[0].images
    assert "/Annots" not in reader(data).pages[0]


def test_controls_and_surrogates_do_not_break_the_page() -> None:
    data = build(HEAD, para("Du\x00rand\x07 \x1b[31m \ud800 \u202eexe.txt\ufffe\tfin"))
    assert "Durand" in text_of(data)


def test_line_breaks_are_kept() -> None:
    (one,) = para("ligne 1\nligne 2\r\nligne 3")
    _, height = one.wrap(400, 400)
    assert height == pytest.approx(3 * 13.6)


@pytest.mark.parametrize("text", ["mot & <b> " * 25_000, "x" * 250_000, "مرحبا " * 8_000, "\n" * 3_000 + "fin"])
def test_a_very_long_text_builds_in_seconds(text: str) -> None:
    start = time.process_time()
    assert build(HEAD, para(text)).startswith(b"%PDF")
    assert time.process_time() - start < 12


def test_pages_are_numbered_and_the_same_data_gives_the_same_bytes() -> None:
    story = para("phrase de remplissage. " * 900)
    data = build(HEAD, story)
    count = len(reader(data).pages)
    assert count > 3
    assert f"Page 2 sur {count}" in text_of(data)
    assert build(HEAD, para("phrase de remplissage. " * 900)) == data


def test_the_file_says_its_kind_and_language_and_embeds_its_fonts() -> None:
    read = reader(build(HEAD, para("Bonjour", "strong")))
    assert read.metadata is not None
    assert read.metadata.title == "Essai D-2026-0001"
    assert str(read.root_object["/Lang"]) == "fr"
    assert font_names(read.pages[0]) == {"Inter-400", "Inter-600"}


def test_a_long_sender_is_shortened_and_the_text_starts_below_it() -> None:
    head = Masthead(LETTERHEAD.__class__("Maison " * 60, address="Bâtiment\nEscalier\nBoîte 3 " * 30), "Essai")
    data = build(head, para("Le texte"))
    assert "…" in text_of(data)
    assert len(reader(data).pages) == 1
