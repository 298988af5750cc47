"""Universal search on a real base: whatever way a name, a phone, a place or a project is typed."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from boutique.models.choices import ExitReason
from boutique.models.trace import Change
from boutique.services import people, search, undo
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY, new_workspace
from tests.services.filling import FREVENT, open_file

_PAGE, _RESERVED, _IV = 4096, 80, 16  # of an encrypted page: its size, its tail, the vector at the head of the tail


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Seven files that are only read."""
    with time_machine.travel(datetime(2026, 11, 24, 9).astimezone()):
        workspace = new_workspace(tmp_path_factory.mktemp("search") / "base")
        _fill(workspace)
    yield workspace
    workspace.close()


def _fill(workspace: Workspace) -> None:
    open_file(workspace, "Éloïse", "Œuvrard-D’Arc", holder_phone="06 12 34 56 78", holder_email="e.oeuvrard@exemple.fr")
    open_file(workspace, "Jean-Paul", "de La Tour", holder_commune_code=FREVENT)
    open_file(workspace, "Anaïs", "Vandenbroucke", project_summary="Une boulangerie bio à L’Haÿ")
    open_file(workspace, "Ali", "O'Brien", holder_phone="+32 470 12 34 56")
    open_file(workspace, "Łukasz", "Şahin")
    open_file(workspace, "小龙", "李")
    open_file(workspace, "Or", "Null")


def found(workspace: Workspace, asked: str) -> list[str]:
    return [hit.name for hit in workspace.read(search.find, workspace.index, asked)]


@pytest.mark.parametrize(
    "asked",
    [
        "oeuvrard", "ŒUVRARD", "œuv", "eloise", "Éloïse Œuvrard", "d'arc", "D’Arc", "Œuvrard-D",
        "06 12 34 56 78", "06.12.34", "0612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678",
        "06-12-34", "e.oeuvrard@exemple.fr", "e.oeuvrard", "E.OEUVRARD@EX", "É. Œuvrard", "eloise.oeuvrard",
        "2026-0001", "2026-000", "2026-",
    ],
)  # fmt: skip
def test_a_person_is_found_however_they_are_typed(filled: Workspace, asked: str) -> None:
    assert found(filled, asked)[-1] == "Éloïse Œuvrard-D’Arc"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("jean paul", "Jean-Paul de La Tour"),
        ("la tour", "Jean-Paul de La Tour"),
        ("LATOUR de", "Jean-Paul de La Tour"),
        ("frevent", "Jean-Paul de La Tour"),
        ("Frév", "Jean-Paul de La Tour"),
        ("62270", "Jean-Paul de La Tour"),
        ("tour frévent", "Jean-Paul de La Tour"),
        ("boulang", "Anaïs Vandenbroucke"),
        ("anais boulangerie", "Anaïs Vandenbroucke"),
        ("l hay", "Anaïs Vandenbroucke"),
        ("l'haÿ", "Anaïs Vandenbroucke"),
        ("obrien", "Ali O'Brien"),
        ("O’Brien", "Ali O'Brien"),
        ("o'b", "Ali O'Brien"),
        ("+32 470 12", "Ali O'Brien"),
        ("0032 470 12 34 56", "Ali O'Brien"),
        ("sahin", "Łukasz Şahin"),
        ("LUKASZ", "Łukasz Şahin"),
        ("李", "小龙 李"),
        ("小", "小龙 李"),
        ("or null", "Or Null"),
        ("NULL", "Or Null"),
    ],
)
def test_places_projects_and_names_of_the_world_are_found(filled: Workspace, asked: str, name: str) -> None:
    assert found(filled, asked)[:1] == [name]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("vandenbrouke", "Anaïs Vandenbroucke"),
        ("vandenbroukce", "Anaïs Vandenbroucke"),
        ("elosie", "Éloïse Œuvrard-D’Arc"),
        ("anias boulangerie", "Anaïs Vandenbroucke"),
        ("toru frevent", "Jean-Paul de La Tour"),
        ("sahni", "Łukasz Şahin"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(filled: Workspace, asked: str, name: str) -> None:
    assert found(filled, asked) == [name]


@pytest.mark.parametrize("asked", ["", " ", "zzzzzzzz", "martin frevent", "06 99 99 99 99", "anais zzzzzzzzz"])
def test_nothing_is_invented(filled: Workspace, asked: str) -> None:
    assert found(filled, asked) == []


@pytest.mark.parametrize(
    "asked",
    [
        '"', '""', '"oeuvrard', "*", "(", ")", "(tour", "OR", "AND", "NOT", "NEAR(a b)", "name:", "name : x", "-", "^a",
        "+", ".", "..", "@", "a.", ".a", "a..b", "\x00", "\ud800", "{name}", "tour OR", "NOT tour", "%", "_", "\\", "'",
        "a" * 10_000, "a " * 500, "ﷺ" * 50, "٠٦١٢", "²³¹²",
    ],
)  # fmt: skip
def test_what_the_index_would_take_for_its_language_is_plain_text(filled: Workspace, asked: str) -> None:
    assert isinstance(found(filled, asked), list)


def test_words_of_the_language_are_looked_for_as_words(filled: Workspace) -> None:
    assert found(filled, "OR") == ["Or Null"]
    assert found(filled, "tour OR null") == []


@settings(max_examples=150, deadline=None)
@given(asked=st.text(st.characters(categories=None), max_size=25))
def test_no_text_breaks_the_search(filled: Workspace, asked: str) -> None:
    assert len(found(filled, asked)) <= 7


def test_a_hit_carries_what_the_list_shows(filled: Workspace) -> None:
    (hit,) = filled.read(search.find, filled.index, "la tour")
    assert (hit.first_name, hit.last_name, hit.commune, hit.phone, hit.email) == (
        "Jean-Paul", "de La Tour", "Frévent", "", "",
    )  # fmt: skip
    assert (hit.reference, hit.closed, hit.last_contact_on) == ("2026-0002", False, LAST_DAY)
    (belgian,) = filled.read(search.find, filled.index, "brien")
    assert belgian.phone == "+32 470 12 34 56"


def test_names_come_before_the_rest_and_the_newest_first(workspace: Workspace) -> None:
    open_file(workspace, "Léa", "Boulanger")
    open_file(workspace, "Ana", "Petit", project_summary="Boulangerie")
    open_file(workspace, "Tom", "Boulanger")
    assert found(workspace, "boulang") == ["Tom Boulanger", "Léa Boulanger", "Ana Petit"]
    assert len(workspace.read(search.find, workspace.index, "boulang", 2)) == 2


def test_the_index_follows_every_change(workspace: Workspace) -> None:
    saved = open_file(workspace, "Léa", "Boulanger", project_summary="Fleurs")
    typed = {"holder.first_name": "Léa", "holder.last_name": "Fournier", "holder.commune_code": FREVENT}
    typed["project.summary"] = "Fleurs"
    workspace.write("Modifier", people.save_answers, saved.case_id, typed)
    assert found(workspace, "boulanger") == []
    assert found(workspace, "fournier frevent") == ["Léa Fournier"]
    assert found(workspace, "fleurs") == ["Léa Fournier"]
    workspace.write("Clore", people.close_file, saved.case_id, ExitReason.GIVEN_UP, LAST_DAY)
    assert workspace.read(search.find, workspace.index, "fournier")[0].closed
    workspace.write("Annuler", undo.undo)
    workspace.write("Annuler", undo.undo)
    assert found(workspace, "boulanger") == ["Léa Boulanger"]


def test_a_typing_error_is_forgiven_for_a_name_that_was_just_entered(workspace: Workspace) -> None:
    open_file(workspace, "Léa", "Boulanger")
    assert found(workspace, "xxxxxxx") == []  # reads the known names once
    open_file(workspace, "Ana", "Desrousseaux")
    assert found(workspace, "desrouseaux") == ["Ana Desrousseaux"]


def test_an_index_built_again_answers_the_same(workspace: Workspace) -> None:
    for last in ("Alpha", "Beta", "Gamma"):
        open_file(workspace, "Zoé", last)
    before = found(workspace, "zoe")
    assert workspace.write("Refaire l’index", workspace.index.rebuild) == 3
    assert found(workspace, "zoe") == before == ["Zoé Gamma", "Zoé Beta", "Zoé Alpha"]


def test_an_unknown_commune_is_shown_by_its_code(workspace: Workspace) -> None:
    open_file(workspace, holder_commune_code="99999")
    (hit,) = workspace.read(search.find, workspace.index, "99999")
    assert hit.commune == "99999"


def test_an_undone_creation_leaves_nothing_in_any_decrypted_page(workspace: Workspace) -> None:
    open_file(workspace, "Zorglubette", "Kxyzwvut", project_summary="Qwrtzpsdf")
    canaries = [b"zorglubette", b"kxyzwvut", b"qwrtzpsdf"]
    assert _pages_holding(workspace, canaries) > 0
    workspace.write("Annuler", undo.undo)
    workspace.write("Effacer le journal", _forget_the_journal)
    assert found(workspace, "zorglubette") == []
    assert _pages_holding(workspace, canaries) == 0


def _forget_the_journal(session: Session) -> None:
    # What an erasure does; the journal alone still knew the name, to bring the file back.
    session.execute(delete(Change).where(Change.person_id.is_not(None)))


def _pages_holding(workspace: Workspace, canaries: list[bytes]) -> int:
    with workspace.database.raw() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    content = workspace.folder.database.read_bytes()
    pages = [_decrypted(content[at : at + _PAGE], workspace.database.key, first=at == 0) for at in _starts(content)]
    assert any(b"CREATE TABLE" in page for page in pages), "the pages were not decrypted"
    return sum(any(canary in page.lower() for canary in canaries) for page in pages)


def _starts(content: bytes) -> range:
    return range(0, len(content), _PAGE)


def _decrypted(page: bytes, key: bytes, *, first: bool) -> bytes:
    body, tail = page[16 if first else 0 : -_RESERVED], page[-_RESERVED:]
    return Cipher(algorithms.AES(key), modes.CBC(tail[:_IV])).decryptor().update(body)
