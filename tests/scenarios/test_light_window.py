"""What a window with a file open keeps in memory: what its user works with, and nothing else."""

import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import boutique
from boutique.core.paths import DataFolder
from boutique.models.case import Case
from boutique.services import demo
from boutique.services.workspace import create
from tests.services.conftest import LAST_DAY, SETUP

_PACKAGE = Path(boutique.__file__).parent
_PHRASE = "girafe tuba lampe dimanche"
_SCRIPT = """
import json, linecache, sys, threading, uuid
from boutique import app
from boutique.__main__ import main

aside = []

class Watch:  # asked for every module that is imported, on the thread that imports it
    @staticmethod
    def find_spec(name, path=None, target=None):
        if threading.current_thread() is not threading.main_thread():
            aside.append(name)

sys.meta_path.insert(0, Watch)

def look():
    name = start.window.stack.current_name()
    if name == "today":
        start.window.show_view("file", case_id=uuid.UUID(sys.argv[3]))
    elif name == "file" and start.tasks.idle and start.session.complete:
        print(json.dumps({"sources": sorted(linecache.cache), "modules": sorted(sys.modules), "aside": aside}))
        start.frame.close()
        return
    app.load("PySide6.QtCore").QTimer.singleShot(20, look)

def ready(self, modules):
    global start
    start = self
    begin(self, modules)
    look()

begin, app.Start._begin = app.Start._begin, ready
sys.exit(main(["--data", sys.argv[1], "--passphrase-file", sys.argv[2]]))
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the process of a window holds, a file open and every view imported."""
    where = tmp_path_factory.mktemp("light")
    (where / "phrase.txt").write_text(_PHRASE, "utf-8")
    made, _code = create(DataFolder(where / "base"), SETUP, keychain=None, passphrase=_PHRASE)
    demo.populate(made, people=40, seed=2, until=LAST_DAY)
    case_id = made.read(_first)
    made.close()
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(where / "base"), str(where / "phrase.txt"), str(case_id)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _first(session: Session) -> uuid.UUID:
    return session.scalars(select(Case.id).order_by(Case.reference)).first() or uuid.UUID(int=0)


def test_the_sources_of_what_is_imported_are_not_kept(held: dict[str, Any]) -> None:
    assert len([name for name in held["sources"] if str(_PACKAGE) in name]) < 5  # what comes before the first of Qt


def test_what_exports_and_reads_files_is_not_loaded_before_it_is_asked_for(held: dict[str, Any]) -> None:
    libraries = {"openpyxl", "reportlab", "fontTools", "ziafont", "arabic_reshaper", "bidi", "odfdo", "lxml", "numpy",
                 "icalendar", "recurring_ical_events", "pypdfium2", "python_calamine", "charset_normalizer",
                 "alembic", "holidays", "dateparser", "phonenumbers", "lucide"}  # fmt: skip
    assert libraries & {name.partition(".")[0] for name in held["modules"]} == set()


def test_only_the_thread_of_the_window_imports_what_names_qt(held: dict[str, Any]) -> None:
    assert "boutique.services.people" in held["aside"]
    assert [name for name in held["aside"] if name.startswith(("boutique.ui.", "PySide6"))] == []
