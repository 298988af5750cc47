"""A whole day in the window leaves no name on the disk: data folder, home, caches, temporary folder, clipboard."""

import base64
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtWidgets import QApplication

from boutique.core import logs
from boutique.core.paths import DataFolder
from boutique.storage import backup
from boutique.ui.views.unlock import UnlockView
from tests.conftest import _FOLDERS
from tests.scenarios.driver import KEY, Driver
from tests.scenarios.situations import forget_logs

FIRST, LAST, WORD, DRAFTED = "Zorglubette", "Kxyzwvûtovski", "Qwrtzpsdfœuf", "Xyzzyplughienne"
PHONE = "0639985678"
CANARIES = (FIRST, LAST, WORD, DRAFTED, PHONE, PHONE[1:], "06 39 98 56 78")
_SHORTEST = 7


def spellings(text: str) -> Iterable[bytes]:
    """The ways in which a text may lie in a file."""
    for one in {text, text.lower(), text.upper(), unicodedata.normalize("NFD", text)}:
        yield from (one.encode(code, "ignore") for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"))
        yield quote(one).encode()
        yield one.encode("unicode_escape")
        for shift in range(3):  # wherever it starts, all but the ends of its base64 form is the same
            yield base64.b64encode(b"\x00" * shift + one.encode())[4:-4]


NEEDLES = {needle for canary in CANARIES for needle in spellings(canary) if len(needle) >= _SHORTEST}


def holding(roots: Iterable[Path]) -> list[str]:
    """Files that hold something typed, or are named after it."""
    files = [path for root in roots for path in root.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(needle in path.read_bytes() + bytes(path) for needle in NEEDLES)]


@pytest.fixture
def logged(folder: DataFolder) -> Iterator[None]:
    """Faults are noted in the data folder, as when the program runs."""
    logs.set_up(folder.logs)
    yield
    forget_logs()


@pytest.fixture
def places(tmp_path: Path, folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every folder that the program or its toolkit may write in."""
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return [folder.root, scratch, *(Path(os.environ[name]) for name in _FOLDERS)]


def intake(driver: Driver) -> None:
    """By keyboard, left in the middle (a draft), taken up again."""
    driver.control(KEY.Key_F)
    driver.write(f"{FIRST} {LAST}")
    driver.settle()
    driver.press(KEY.Key_Return)
    driver.settle()
    driver.type_in("holder.phone", PHONE)
    driver.type_in("project.summary", f"{WORD} sur les marchés")
    driver.press(KEY.Key_F3)
    driver.settle()
    (resume,) = driver.buttons("Reprendre")
    resume.click()
    driver.settle()
    driver.click("need-FINANCER_VEHICULE")
    driver.click("notice")
    driver.control(KEY.Key_Return)
    driver.until("le dossier ne s’ouvre pas", lambda: driver.view == "file")
    driver.settle()


def work(driver: Driver) -> None:
    """Interview, referral, preview, copy, search, undo, a draft that stays."""
    driver.control(KEY.Key_E)
    driver.settle()
    driver.type_in("interview-form-summary", f"{WORD} : {LAST} a un fourgon en vue.")
    driver.control(KEY.Key_Return)
    driver.settle()
    driver.control(KEY.Key_4)
    driver.settle()
    driver.click("proposal-box-1")
    driver.type_in("referral-expectation", f"Recevoir {FIRST}")
    driver.click("referral-agreement")
    driver.control(KEY.Key_P)
    driver.until("l’aperçu ne s’ouvre pas", lambda: driver.shows("preview"))
    driver.settle()
    driver.press(KEY.Key_Escape)
    driver.settle()
    driver.start.window.stack.current_view().header.copy_phone.click()
    driver.control(KEY.Key_F)
    driver.write(LAST[:6])
    driver.settle()
    driver.press(KEY.Key_Escape)
    driver.control(KEY.Key_Z)
    driver.settle()
    driver.control(KEY.Key_N)
    driver.settle()
    driver.type_in("holder.first_name", DRAFTED)
    driver.settle()


def test_a_day_in_the_window_leaves_no_name_anywhere(
    places: list[Path], logged: None, open_window: Callable[[], Driver]
) -> None:
    driver = open_window()
    intake(driver)
    work(driver)
    assert PHONE[-2:] in QApplication.clipboard().text()
    assert holding(places) == []
    workspace = driver.workspace
    driver.start.tasks.run(lambda: backup.make(workspace.database, workspace.folder, "essai"))
    driver.settle()
    driver.control(KEY.Key_L)
    driver.until("la base ne se verrouille pas", lambda: isinstance(unlock(driver), UnlockView))
    assert QApplication.clipboard().text() == ""
    assert holding(places) == []
    page = unlock(driver)
    page.open_button.click()
    driver.until("la base ne se rouvre pas", lambda: driver.view == "today")
    driver.settle()
    driver.close()
    assert holding(places) == []
    recent = [path for root in places for path in root.rglob("*") if path.suffix in (".xbel", ".conf")]
    assert recent == []
    assert list(places[1].iterdir()) == []


def unlock(driver: Driver) -> UnlockView:
    found: UnlockView = driver.start.window.stack.current_view()
    return found


def test_the_search_for_traces_finds_each_spelling(tmp_path: Path) -> None:
    """Otherwise the test above would prove nothing."""
    for rank, content in enumerate(
        (
            FIRST.encode(),
            LAST.encode("utf-16-le"),
            LAST.upper().encode("latin-1"),
            quote(f"file:///x/{LAST}").encode(),
            base64.b64encode(f"abcd{FIRST} et la suite".encode()),
        )
    ):
        (tmp_path / str(rank)).write_bytes(content)
    (tmp_path / f"fiche-{LAST}").touch()
    (tmp_path / "rien").write_bytes(b"\x00" * 1000)
    assert len(holding([tmp_path])) == 6
