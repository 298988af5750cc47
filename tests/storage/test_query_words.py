"""What is typed in the search field, as words to look for."""

import pytest

from boutique.storage.search import query_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-0101", ["2026", "0101"]),
        ("2026-01", ["2026", "01"]),
        ("2026-", ["2026"]),
        ("06 12 34 56 78", ["0612345678"]),
        ("06-12-34-56-78", ["0612345678"]),
        ("+33 6 12 34 56 78", ["0612345678"]),
        ("0612-3456", ["06123456"]),
        ("Éloïse D’Hollander", ["eloise", "d", "hollander"]),
    ],
)
def test_references_are_not_taken_for_phones(typed: str, words: list[str]) -> None:
    assert query_words(typed) == words
