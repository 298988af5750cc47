"""Communes, EPCI and activities are found as one types them, in the file that is shipped."""

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from boutique.core.errors import UserError
from boutique.storage import reference_file
from boutique.storage.place_names import place_keys
from boutique.storage.reference import Reference, reference
from boutique.storage.reference_file import open_reference_file, packed_file

FREVENT = "62361"


@pytest.fixture(scope="module")
def cache_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def places(cache_of_tests: Path) -> Iterator[Reference]:
    opened = Reference(open_reference_file(cache=cache_of_tests))
    yield opened
    opened.close()


def labels(places: Reference, text: str, near: str | None = None) -> list[str]:
    return [commune.label for commune in places.search_communes(text, near=near)]


def first(places: Reference, text: str, near: str | None = None) -> str:
    return labels(places, text, near)[0]


# What is in it


def test_every_commune_of_france_is_there(places: Reference) -> None:
    connection = places._connection
    assert connection.execute("SELECT count(*) FROM commune").fetchone() == (34_969,)
    assert connection.execute("SELECT count(*) FROM epci").fetchone() == (1_255,)
    assert len(places.departments()) == 109
    assert len(places.regions()) == 26


def test_the_five_levels_of_the_naf_are_there(places: Reference) -> None:
    rows = places._connection.execute("SELECT level, count(*) FROM naf GROUP BY level ORDER BY level").fetchall()
    assert rows == [(1, 21), (2, 88), (3, 272), (4, 615), (5, 732)]
    orphans = "SELECT code FROM naf WHERE parent NOT IN (SELECT code FROM naf)"
    assert places._connection.execute(orphans).fetchall() == []


def test_every_commune_is_found_under_its_own_name(places: Reference) -> None:
    names = places._connection.execute("SELECT code, name FROM commune ORDER BY code").fetchall()[::97]
    missed = [name for code, name in names if code not in {c.code for c in places.search_communes(name, limit=40)}]
    assert missed == []


def test_the_shipped_file_was_built_with_the_present_way_of_comparing_names(places: Reference) -> None:
    stored = set(places._connection.execute("SELECT key, code, position FROM place WHERE former IS NULL"))
    names = places._connection.execute("SELECT code, name FROM commune").fetchall()
    assert {(key, code, position) for code, name in names for key, position in place_keys(name)} == stored


def test_a_commune_carries_its_department_region_and_epci(places: Reference) -> None:
    frevent = places.commune(FREVENT)
    assert frevent is not None
    assert (frevent.name, frevent.postal_codes, frevent.label) == ("Frévent", ("62270",), "Frévent (62270)")
    assert (frevent.department_code, frevent.department) == ("62", "Pas-de-Calais")
    assert (frevent.region_code, frevent.region) == ("32", "Hauts-de-France")
    assert (frevent.epci_code, frevent.epci) == ("200069672", "CC du Ternois")


def test_the_about_page_has_its_attribution(places: Reference) -> None:
    meta = places.meta()
    assert "INSEE" in meta["attribution"]
    assert "Licence Ouverte" in meta["licences"]
    assert "@etalab/decoupage-administratif@6.0.0" in meta["packages"]
    assert meta["vintage"] == "COG 2026"


# Finding a commune


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("frevent", "Frévent (62270)"),
        ("FRÉVENT", "Frévent (62270)"),
        ("Fre\u0301vent", "Frévent (62270)"),
        ("62361", "Frévent (62270)"),
        ("Frévent (62270)", "Frévent (62270)"),
        ("st pol sur ternoise", "Saint-Pol-sur-Ternoise (62130)"),
        ("St Pol s/ Ternoise", "Saint-Pol-sur-Ternoise (62130)"),
        ("saint-pol-sur-t", "Saint-Pol-sur-Ternoise (62130)"),
        ("ternoise st pol", "Saint-Pol-sur-Ternoise (62130)"),
        ("fontenay s/s bois", "Fontenay-sous-Bois (94120)"),
        ("oeuf en ternois", "Œuf-en-Ternois (62130)"),
        ("noyelles lez seclin", "Noyelles-lès-Seclin (59139)"),
        ("touquet", "Le Touquet-Paris-Plage (62520)"),
        ("villeneuve d’ascq", "Villeneuve-d'Ascq (59491)"),
        ("villeneuve dascq", "Villeneuve-d'Ascq (59491)"),
        ("steenv", "Steenvoorde (59114)"),
        ("62000 arras cedex 9", "Arras (62000)"),
        ("lille 59260", "Lille (59260)"),
        ("Paris", "Paris (75)"),
        ("Paris (75)", "Paris (75)"),
        ("75011", "Paris (75011)"),
        ("paris 11", "Paris 11e Arrondissement → Paris (75)"),
        ("2a004", "Ajaccio (20000)"),
    ],
)
def test_a_commune_is_found_however_it_is_typed(places: Reference, typed: str, expected: str) -> None:
    assert first(places, typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("frevnt", "Frévent (62270)"), ("montpelier", "Montpellier (34000)"), ("arass", "Arras (62000)")],
)
def test_a_typing_error_is_forgiven_when_nothing_else_matches(places: Reference, typed: str, expected: str) -> None:
    assert first(places, typed, near=FREVENT) == expected


def test_homonyms_show_their_department(places: Reference) -> None:
    found = labels(places, "saint denis")
    assert "Saint-Denis (93200, Seine-Saint-Denis)" in found
    assert "Saint-Denis (97400, La Réunion)" in found
    assert all("(" in label and ", " in label for label in labels(places, "STE marie")[:5])


def test_a_homonym_is_found_again_from_its_label(places: Reference) -> None:
    assert [c.code for c in places.search_communes("Saint-Denis (93200, Seine-Saint-Denis)")] == ["93066"]


def test_the_department_of_the_boutique_comes_first_among_equals(places: Reference) -> None:
    assert first(places, "fre") != "Frévent (62270)"
    assert first(places, "fre", near=FREVENT) == "Frévent (62270)"
    assert {c.department_code for c in places.search_communes("saint", near=FREVENT)} == {"62"}


def test_an_exact_name_beats_the_department_of_the_boutique(places: Reference) -> None:
    assert first(places, "lille", near=FREVENT) == "Lille (59000)"


def test_a_postal_code_gives_all_its_communes(places: Reference) -> None:
    found = places.search_communes("62270", limit=50)
    assert {"Frévent", "Bonnières", "Ligny-sur-Canche"} <= {c.name for c in found}
    assert all("62270" in c.postal_codes for c in found)
    assert [c.code for c in places.search_communes("62 270", limit=50)] == [c.code for c in found]


def test_the_beginning_of_a_postal_code_is_enough(places: Reference) -> None:
    found = places.search_communes("622")
    assert len(found) == 12
    assert all(any(p.startswith("622") for p in c.postal_codes) for c in found)


def test_a_wrong_postal_code_still_shows_both_trails(places: Reference) -> None:
    names = [c.name for c in places.search_communes("Frévent 59000", limit=5)]
    assert {"Lille", "Frévent"} <= set(names)


def test_former_communes_lead_to_the_present_one(places: Reference) -> None:
    hesdin = places.search_communes("hesdin", near=FREVENT)[0]
    assert hesdin.label == "ancienne commune Hesdin → Hesdin-la-Forêt (62140)"
    assert first(places, hesdin.label) == "Hesdin-la-Forêt (62140)"


def test_old_codes_lead_to_the_present_commune(places: Reference) -> None:
    for old, name in (("01018", "Valserhône"), ("75111", "Paris"), ("62361", "Frévent")):
        commune = places.commune(old)
        assert commune is not None
        assert commune.name == name


def test_unknown_codes_have_no_commune(places: Reference) -> None:
    assert places.commune("99999") is None
    assert places.commune("") is None


@pytest.mark.parametrize("text", ["", "   ", "%", "'", "\0", "zzzzzzzz", "'; DROP TABLE commune; --", "🙂", "→"])
def test_nonsense_finds_nothing(places: Reference, text: str) -> None:
    assert places.search_communes(text) == ()


def test_a_pasted_page_is_only_read_at_its_beginning(places: Reference) -> None:
    assert first(places, "Frévent " * 100_000) == "Frévent (62270)"


def test_no_commune_comes_twice(places: Reference) -> None:
    for text in ("saint", "s", "ste", "annecy", "paris"):
        codes = [c.code for c in places.search_communes(text, limit=40)]
        assert len(codes) == len(set(codes))


# Groupings


def test_an_epci_lists_its_communes(places: Reference) -> None:
    members = places.communes_inside(epci="200069672")
    assert len(members) == 103
    assert FREVENT in {c.code for c in members}
    assert {c.epci for c in members} == {"CC du Ternois"}


@pytest.mark.parametrize("typed", ["ternois", "cc du ternois", "communauté de communes du Ternois"])
def test_an_epci_is_found_by_its_words(places: Reference, typed: str) -> None:
    assert places.epcis(typed)[0].name == "CC du Ternois"


def test_an_epci_is_read_by_its_number(places: Reference) -> None:
    epci = places.epci("200069672")
    assert epci is not None
    assert epci.kind_label == "communauté de communes"
    assert places.epci("0") is None


# Activities


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("10.71c", "10.71C"),
        ("1071C", "10.71C"),
        ("patisserie", "10.71D"),
        ("coiffeuse", "96.02A"),
        ("restaurant", "56.10A"),
        ("menuisier", "43.32A"),
        ("traiteur", "56.21Z"),
        ("Esthéticienne", "96.02B"),
        ("plombier", "43.22A"),
        ("food truck", "56.10C"),
        ("commerce de détail vêtement", "47.71Z"),
    ],
)
def test_an_activity_is_found_by_code_or_by_word(places: Reference, typed: str, code: str) -> None:
    assert places.search_naf(typed)[0].code == code


def test_the_beginning_of_a_code_gives_its_sub_classes(places: Reference) -> None:
    assert [naf.code for naf in places.search_naf("10.71")] == ["10.71A", "10.71B", "10.71C", "10.71D"]


def test_an_activity_of_any_level_is_read_by_its_code(places: Reference) -> None:
    bakery = places.naf("1071c")
    assert bakery is not None
    assert (bakery.code, bakery.level, bakery.parent, bakery.section) == ("10.71C", 5, "10.71", "C")
    section = places.naf("c")
    assert section is not None
    assert section.label == "Industrie manufacturière"
    assert places.naf("99.99Z") is None


def test_nonsense_is_no_activity(places: Reference) -> None:
    assert places.search_naf("") == ()
    assert places.search_naf("zzzzzz") == ()


# The file


def test_the_installation_has_one_reference_for_everybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_file, "cache_folder", lambda: tmp_path)
    reference.cache_clear()
    opened = reference()
    assert opened is reference()
    assert opened.commune(FREVENT) is not None
    opened.close()
    reference.cache_clear()


def test_the_file_is_unpacked_once(tmp_path: Path) -> None:
    open_reference_file(cache=tmp_path).close()
    (unpacked,) = tmp_path.iterdir()
    assert unpacked.name == f"reference-{hashlib.sha256(packed_file().read_bytes()).hexdigest()[:8]}.sqlite"
    before = unpacked.stat().st_mtime_ns
    open_reference_file(cache=tmp_path).close()
    assert unpacked.stat().st_mtime_ns == before
    assert list(tmp_path.iterdir()) == [unpacked]


@pytest.mark.parametrize("damage", [b"", b"not a database", b"truncated"])
def test_a_torn_copy_is_unpacked_again(tmp_path: Path, damage: bytes) -> None:
    open_reference_file(cache=tmp_path).close()
    (unpacked,) = tmp_path.iterdir()
    unpacked.write_bytes(unpacked.read_bytes()[:50_000] if damage == b"truncated" else damage)
    opened = Reference(open_reference_file(cache=tmp_path))
    assert opened.commune(FREVENT) is not None
    opened.close()


def test_the_copy_of_an_older_version_is_removed(tmp_path: Path) -> None:
    old = tmp_path / "reference-00000000.sqlite"
    old.write_bytes(b"old")
    open_reference_file(cache=tmp_path).close()
    assert not old.exists()


def test_the_reference_data_cannot_be_changed(places: Reference) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        places._connection.execute("DELETE FROM commune")


def test_an_unusable_cache_folder_does_not_prevent_searching(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    opened = Reference(open_reference_file(cache=blocked))
    assert opened.search_communes("frevent")[0].code == FREVENT
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        opened._connection.execute("DELETE FROM commune")
    opened.close()


def test_missing_data_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="réinstallez Boutique"):
        open_reference_file(packed=tmp_path / "absent.xz", cache=tmp_path)


def test_several_threads_may_search_at_once(places: Reference) -> None:
    answers: list[str] = []

    def search() -> None:
        for text in ("frevent", "62270", "st pol sur ternoise"):
            answers.append(first(places, text, FREVENT))  # noqa: PERF401 - one search at a time on purpose

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 12
    assert len(set(answers)) == 2
