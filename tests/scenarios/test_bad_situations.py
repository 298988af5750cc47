"""What may have happened to a base before the window starts: said in French, with a way out, nothing changed."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from boutique.core import files, logs
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.services import base_key, opening
from boutique.services.workspace import open_workspace
from boutique.storage import connection as driver
from boutique.storage.keychain import LOCKED
from boutique.ui.views.welcome import Welcome
from tests.conftest import ExpectLog
from tests.scenarios.situations import PHRASE, Desktop, Launch, MadeBase, content_of, forget_logs, launcher, make_base
from tests.scripted import ScriptedAsk
from tests.services.conftest import MemoryKeychain
from tests.storage.conftest import _mount as mount
from tests.storage.conftest import _unmount as unmount

Damage = Callable[[DataFolder], None]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> MadeBase:
    """Opened by the keychain, with a verified backup."""
    return make_base(tmp_path_factory.mktemp("kept") / "base")


@pytest.fixture(scope="session")
def phrased(tmp_path_factory: pytest.TempPathFactory) -> MadeBase:
    """Opened by a passphrase or the keychain."""
    return make_base(tmp_path_factory.mktemp("phrased") / "base", passphrase=PHRASE)


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch, kept: MadeBase) -> MemoryKeychain:
    monkeypatch.setattr(base_key, "system_keychain", lambda: kept.keychain)
    return kept.keychain


@pytest.fixture
def launch(qtbot: QtBot, qapp: QApplication, keychain: MemoryKeychain) -> Iterator[Launch]:
    with launcher(qtbot, qapp) as make:
        yield make


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    point = tmp_path / "disque"
    point.mkdir()
    mount("-t", "tmpfs", "-o", "size=12000k", "tmpfs", str(point))
    yield point
    unmount(point)


def garbage(folder: DataFolder) -> None:
    folder.database.write_bytes(b"\x93garbage" * 5000)


def cut_short(folder: DataFolder) -> None:
    folder.database.write_bytes(folder.database.read_bytes()[:1000])


def cut_in_the_middle(folder: DataFolder) -> None:
    folder.database.write_bytes(folder.database.read_bytes()[: 4096 * 3 + 100])


def emptied(folder: DataFolder) -> None:
    folder.database.write_bytes(b"")


def gone(folder: DataFolder) -> None:
    folder.database.unlink()


def plain(folder: DataFolder) -> None:
    folder.database.unlink()
    connection = dbapi2.connect(str(folder.database))
    connection.execute("CREATE TABLE note (words)")
    connection.commit()
    connection.close()


def a_folder(folder: DataFolder) -> None:
    folder.database.unlink()
    folder.database.mkdir()


DAMAGES: list[tuple[Damage, str]] = [
    (garbage, "n’ouvre pas la base, ou le fichier de la base est abîmé"),
    (cut_short, "abîmée"),
    (cut_in_the_middle, "abîmé"),
    (emptied, "est vide"),
    (gone, "n’est plus à son emplacement habituel"),
    (plain, "non chiffrée"),
    (a_folder, "n’est pas un fichier de base"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES, ids=[one.__name__ for one, _ in DAMAGES])
def test_a_base_that_cannot_be_read_is_said_and_a_backup_takes_its_place(
    damage: Damage, said: str, launch: Launch, kept: MadeBase, tmp_path: Path
) -> None:
    folder = kept.copy(tmp_path / "base")
    damage(folder)
    before = content_of(folder)
    desktop = launch(folder)
    page = desktop.problem
    assert said in page.sentence.text()
    assert content_of(folder) == before
    desktop.click(page.retry)
    assert said in desktop.problem.sentence.text()
    desktop.click(page.restore_button)
    desktop.click(page.confirm)
    desktop.until(lambda: desktop.name == "today")
    desktop.settle()
    aside = list((folder.root / "bases-remplacees").rglob("boutique.db"))
    assert bool(aside) == ("boutique.db" in before or damage is a_folder)


def newer(folder: DataFolder, keychain: MemoryKeychain) -> None:
    opened = open_workspace(folder, keychain=keychain)
    with opened.database.raw() as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
    opened.close()


def test_a_newer_base_asks_for_an_update_and_stays_as_it_is(launch: Launch, kept: MadeBase, tmp_path: Path) -> None:
    folder = kept.copy(tmp_path / "base")
    newer(folder, kept.keychain)
    before = content_of(folder)
    desktop = launch(folder)
    assert "version plus récente" in desktop.problem.sentence.text()
    assert content_of(folder) == before
    desktop.click(desktop.problem.quit_button)
    assert not desktop.start.frame.isVisible()


def test_a_lost_key_file_comes_back_from_the_backup(launch: Launch, kept: MadeBase, tmp_path: Path) -> None:
    folder = kept.copy(tmp_path / "base")
    folder.key_file.unlink()
    desktop = launch(folder)
    assert "fichier de clé" in desktop.problem.sentence.text()
    desktop.click(desktop.problem.key_button)
    desktop.until(lambda: desktop.name == "today")


def test_a_damaged_key_file_comes_back_from_the_backup_and_is_kept(
    launch: Launch, kept: MadeBase, tmp_path: Path
) -> None:
    folder = kept.copy(tmp_path / "base")
    folder.key_file.write_bytes(b"\x00\xff not json")
    desktop = launch(folder)
    assert "abîmé" in desktop.problem.sentence.text()
    desktop.click(desktop.problem.key_button)
    desktop.until(lambda: desktop.name == "today")
    assert (folder.root / "boutique.key-abimee").read_bytes() == b"\x00\xff not json"


def test_a_first_start_cut_off_after_its_key_can_be_started_over(
    launch: Launch, kept: MadeBase, tmp_path: Path
) -> None:
    root = tmp_path / "base"
    root.mkdir()
    folder = DataFolder(root)
    key = kept.root.joinpath("boutique.key").read_bytes()
    folder.key_file.write_bytes(key)
    desktop = launch(folder)
    assert "première installation" in desktop.problem.sentence.text()
    desktop.click(desktop.problem.over_button)
    assert isinstance(desktop.view, Welcome)
    (aside,) = folder.root.glob("*.key-abandonnee")
    assert aside.read_bytes() == key


def test_a_key_with_any_trace_of_a_base_is_never_set_aside(kept: MadeBase, tmp_path: Path) -> None:
    for number, trace in enumerate(("boutique.db", "boutique.db-wal", "sauvegardes/x", "bases-remplacees/1/x")):
        folder = DataFolder(tmp_path / str(number))
        mark = folder.root / trace
        mark.parent.mkdir(parents=True)
        mark.write_bytes(b"x")
        folder.key_file.write_bytes(b"{}")
        assert not opening.is_unfinished(folder)
        with pytest.raises(UserError, match="rien n’a été changé"):
            opening.start_over(folder)
        assert folder.key_file.exists()


def test_wrong_phrases_and_codes_are_refused_as_often_as_tried(
    launch: Launch, phrased: MadeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base_key, "system_keychain", lambda: None)
    folder = phrased.copy(tmp_path / "base")
    before = content_of(folder)
    desktop = launch(folder)
    page = desktop.unlock
    for wrong in ("faux", "girafe", "GIRAFE TUBA LAMPE DIMANCHE", "é" * 5000, "\x00\u202e💥"):
        page.passphrase.line.setText(wrong)
        desktop.click(page.open_button)
        assert "n’ouvre pas la base" in page.passphrase.error()
    desktop.click(page.other_way)
    for wrong in ("AAAAA", phrased.code[:-1] + ("0" if phrased.code[-1] != "0" else "1"), "<img src=x>"):
        page.code.setText(wrong)
        desktop.click(page.open_button)
        assert "code de secours" in desktop.words()
    assert content_of(folder) == before
    desktop.press(Qt.Key.Key_F3)  # the ways to the files stay shut
    assert desktop.view is page
    page.code.setText(phrased.code)
    desktop.click(page.open_button)
    desktop.until(lambda: desktop.name == "today")


class _Locked(MemoryKeychain):
    def read(self, name: str) -> str | None:
        raise UserError(LOCKED)


@pytest.mark.parametrize("found", [None, _Locked(), MemoryKeychain()], ids=["missing", "locked", "emptied"])
def test_a_keychain_that_does_not_answer_leads_to_the_recovery_code(
    found: MemoryKeychain | None, launch: Launch, kept: MadeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base_key, "system_keychain", lambda: found)
    folder = kept.copy(tmp_path / "base")
    before = content_of(folder)
    desktop = launch(folder)
    page = desktop.unlock
    assert "rousseau" in page.sentence.text()
    assert "code de la feuille de secours" in page.sentence.text()
    assert content_of(folder) == before
    desktop.click(page.other_way)
    page.code.setText(kept.code)
    desktop.click(page.open_button)
    desktop.until(lambda: desktop.name == "today")


def test_a_phrase_file_that_is_not_there_is_said(launch: Launch, phrased: MadeBase, tmp_path: Path) -> None:
    desktop = launch(phrased.copy(tmp_path / "base"), tmp_path / "nowhere.txt")
    assert "nowhere.txt" in desktop.problem.sentence.text()


def test_a_folder_that_cannot_be_written_opens_for_reading(
    launch: Launch, kept: MadeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = kept.copy(tmp_path / "base")
    before = content_of(folder)
    writable = files.writable
    monkeypatch.setattr(files, "writable", lambda path: path != folder.root and writable(path))
    desktop = launch(folder)
    desktop.until(lambda: desktop.name == "today")
    desktop.settle()
    assert desktop.window.status_bar.text("saving").startswith("Lecture seule")
    desktop.control(Qt.Key.Key_N)
    desktop.paste("holder.first_name", "Maëlle")
    desktop.paste("holder.last_name", "Fictive")
    desktop.control(Qt.Key.Key_Return)
    assert "lecture seule" in desktop.window.notices.text()
    assert desktop.name == "intake"
    assert "Maëlle" in desktop.view.form.answers()["holder.first_name"]  # type: ignore[attr-defined]
    assert content_of(folder) == before


def test_a_base_being_written_by_another_program_refuses_and_then_saves(
    launch: Launch, kept: MadeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "_PRAGMAS", (*(p for p in driver._PRAGMAS if "busy" not in p), "busy_timeout=50"))
    folder = kept.copy(tmp_path / "base")
    desktop = launch(folder)
    desktop.until(lambda: desktop.name == "today")
    desktop.settle()
    other = open_workspace(folder, keychain=kept.keychain)
    with other.database.raw() as connection:
        connection.execute("BEGIN IMMEDIATE")
        desktop.control(Qt.Key.Key_N)
        desktop.paste("holder.first_name", "Maëlle")
        desktop.paste("holder.last_name", "Fictive")
        desktop.control(Qt.Key.Key_Return)
        assert "Un autre programme utilise la base" in desktop.window.notices.text()
        assert desktop.name == "intake"
        connection.execute("ROLLBACK")
    other.close()
    desktop.control(Qt.Key.Key_Return)
    desktop.until(lambda: desktop.name == "file")
    desktop.settle()


def test_a_full_disk_keeps_what_is_typed_and_saves_once_there_is_room(
    launch: Launch, kept: MadeBase, disk: Path
) -> None:
    folder = kept.copy(disk / "base")
    desktop = launch(folder)
    desktop.until(lambda: desktop.name == "today")
    desktop.settle()
    desktop.until(lambda: desktop.window.status_bar.text("backup").startswith("Sauvegarde vérifiée"))
    ballast = folder.root.parent / "ballast"
    fill(ballast)
    desktop.control(Qt.Key.Key_N)
    desktop.paste("holder.first_name", "Maëlle")
    desktop.paste("holder.last_name", "Fictive")
    desktop.control(Qt.Key.Key_Return)
    assert "plus de place" in desktop.window.notices.text()
    assert typed_names(desktop) == ["Maëlle", "Fictive"]
    asked = ScriptedAsk()
    desktop.window.ask = asked
    asked.plan(False, False)
    desktop.control(Qt.Key.Key_L)
    assert typed_names(desktop) == ["Maëlle", "Fictive"]
    desktop.start.frame.close()
    assert desktop.start.frame.isVisible()
    assert len(asked.asked) == 2
    ballast.unlink()
    desktop.control(Qt.Key.Key_Return)
    desktop.until(lambda: desktop.name == "file")
    desktop.settle()
    assert "Maëlle" in desktop.words()


def typed_names(desktop: Desktop) -> list[str]:
    editors = [desktop.named(name) for name in ("holder.first_name", "holder.last_name")]
    return [editor.text() for editor in editors]  # type: ignore[attr-defined]


def fill(ballast: Path) -> None:
    """Not one byte more on this disk."""
    with ballast.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(b"x" * 65_536):
            pass
    with ballast.open("ab", buffering=0) as stream, suppress(OSError):
        while stream.write(b"x" * 512):
            pass


def test_a_crash_in_a_service_is_told_without_what_it_carried(
    launch: Launch, kept: MadeBase, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("work failed: ValueError")
    folder = kept.copy(tmp_path / "base")
    logs.set_up(folder.logs)
    try:
        desktop = launch(folder)
        desktop.until(lambda: desktop.name == "today")
        assert desktop.start.session.workday is not None
        desktop.start.session.workday.desk.write("Essai", crash, "Zorglub", told="")
        desktop.settle()
        assert "défaut du logiciel" in desktop.window.notices.text()
        assert "Zorglub" not in desktop.words()
        written = (folder.logs / "boutique.log").read_text("utf-8")
        assert "ValueError" in written
        assert "Zorglub" not in written
    finally:
        forget_logs()


def crash(_session: Session, name: str) -> None:
    raise ValueError(f"could not save {name}")
