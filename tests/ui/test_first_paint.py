"""The shell is on screen before anything heavy has been imported."""

import subprocess
import sys

_SCRIPT = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from boutique.ui.appearance import dress
from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.tasks import Tasks
dress(application, Preferences())
tasks = Tasks()
window = MainWindow(tasks, Preferences())
window.show()
application.processEvents()
assert not window.grab().isNull()
heavy = {"sqlalchemy", "alembic", "sqlcipher3", "openpyxl", "reportlab", "keyring", "cryptography", "PIL",
         "rapidfuzz", "lucide", "fontTools", "lxml", "phonenumbers", "boutique.services", "boutique.forms",
         "PySide6.QtNetwork", "PySide6.QtPrintSupport"}
print(sorted(heavy & set(sys.modules)))
tasks.close()
"""


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
