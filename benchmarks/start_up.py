"""Process start → first paint, and → files shown under the search field, against a bare QMainWindow in turn."""

import os
import subprocess
import sys
import time

from benchmarks import base
from benchmarks.measure import Line, ratios

_ROUNDS = 9
_BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)
def painted():
    print(time.time(), flush=True)
    QApplication.quit()
app = QApplication(sys.argv)
window = Window(); window.resize(1366, 768); window.show()
app.exec()
"""
# The real command, stopped at the instant the frame says it is painted, or once the list under the search field has
# painted a file that a word finds; the word is typed on the keyboard as soon as there is a field to type it in.
_OURS = """
import sys, time
from boutique import app
from boutique.__main__ import main
data, phrase, until = sys.argv[1:]
build = app.Start._build_shell
def painted(self):
    print(time.time(), flush=True)
    if until == "paint":
        app.QApplication.quit()
        return
    build(self)
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    lines, typed = self.search.lines, self.window.top.search.editor
    def shown():
        assert lines.isVisible() and "Martin" in str(lines.model().index(0, 0).data())
        print(time.time(), flush=True)
        self.frame.close()
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and lines.model().rowCount() > 1:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, shown)
            return False
    self.watch = Watch()
    lines.viewport().installEventFilter(self.watch)
    for letter in "martin":
        app.QApplication.postEvent(typed, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
app.Start._build_shell = painted
sys.exit(main(["--data", data, "--passphrase-file", phrase]))
"""


def lines() -> list[Line]:
    base.workspace().close()
    data, phrase = str(base.folder().root), str(base.phrase_file())
    bare, painted, answered = [], [], []
    for _ in range(_ROUNDS):
        bare.append(_launch(_BARE, [])[0])
        painted.append(_launch(_OURS, [data, phrase, "paint"])[0])
        answered.append(_launch(_OURS, [data, phrase, "search"])[1])
    paint, search = ratios(painted, bare), ratios(answered, bare)
    return [
        Line("first paint / bare QMainWindow", f"{paint:.2f} ×", "≤ 1.3 ×", paint <= 1.3),
        Line("search answering / bare QMainWindow", f"{search:.2f} ×", "≤ 6 ×", search <= 6),
    ]


def _launch(code: str, arguments: list[str]) -> list[float]:
    """Milliseconds from the launch to each instant that the process printed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        timeout=120,
    )
    return [(float(line) - start) * 1000 for line in done.stdout.split()]
