"""The window is on screen before anything heavy has been imported."""

import subprocess
import sys

_SCRIPT = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from boutique.ui.frame import Frame
from boutique.ui.preferences import Preferences
preferences = Preferences()
frame = Frame(preferences)

def painted():
    mine = sorted(name for name in sys.modules if name.startswith("boutique."))
    print(sorted(heavy & set(sys.modules)), mine)
    from boutique.ui.appearance import dress
    from boutique.ui.main_window import MainWindow
    from boutique.ui.tasks import Tasks
    dress(application, preferences)
    tasks = Tasks()
    frame.install(MainWindow(tasks, preferences))
    application.processEvents()
    print(sorted(heavy & set(sys.modules)))
    tasks.close()
    application.quit()

heavy = {"sqlalchemy", "alembic", "sqlcipher3", "openpyxl", "reportlab", "keyring", "cryptography", "PIL",
         "rapidfuzz", "lucide", "fontTools", "lxml", "phonenumbers", "boutique.services", "boutique.forms",
         "PySide6.QtNetwork", "PySide6.QtPrintSupport"}
frame.painted.connect(painted)
frame.present()
application.exec()
"""


def test_nothing_heavy_is_imported_before_the_first_paint_nor_by_the_shell() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    before, after = done.stdout.strip().splitlines()
    assert before.startswith("[] ")
    assert "boutique.ui.theme.icons" not in before
    assert "boutique.ui.main_window" not in before
    assert after == "[]"
