"""The window is on screen before anything heavy has been imported, as `boutique` itself starts it."""

import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import sys
from boutique import app
from boutique.__main__ import main

heavy = {"sqlalchemy", "alembic", "sqlcipher3", "openpyxl", "reportlab", "keyring", "cryptography", "PIL",
         "rapidfuzz", "lucide", "fontTools", "lxml", "phonenumbers", "dateparser", "boutique.services",
         "boutique.forms", "boutique.models", "PySide6.QtNetwork", "PySide6.QtPrintSupport"}
build = app.Start._build_shell

def painted(start):
    print(sorted(heavy & set(sys.modules)), sorted(name for name in sys.modules if name.startswith("boutique.")))
    asked = []
    app.load("boutique.ui.tasks").Tasks.run = lambda self, work, *_: asked.append(work)  # the worker never begins
    build(start)
    app.QApplication.processEvents()
    searching = {"boutique.services", "sqlcipher3", "cryptography", "keyring"}  # the key is looked for meanwhile
    print(sorted((heavy - searching) & set(sys.modules)), len(asked))
    app.QApplication.quit()

app.Start._build_shell = painted
sys.exit(main(["--data", sys.argv[1]]))
"""


def test_nothing_heavy_is_imported_before_the_first_paint_nor_by_the_shell(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path / "base")], capture_output=True, text=True, check=True
    )
    before, after = done.stdout.strip().splitlines()
    assert before.startswith("[] ")
    assert "boutique.ui.theme.icons" not in before
    assert "boutique.ui.main_window" not in before
    assert after == "[] 1"
