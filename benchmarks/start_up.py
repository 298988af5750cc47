"""Process start → first paint, and → a search answered, against a bare QMainWindow started in turn."""

import os
import subprocess
import sys
import time

from benchmarks import base
from benchmarks.measure import Line, ratios

_ROUNDS = 9
_BARE = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        QTimer.singleShot(0, QApplication.quit)
app = QApplication(sys.argv)
window = Window(); window.resize(1366, 768); window.show()
app.exec()
"""
_OURS = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = True
            print(time.time(), flush=True)
            if sys.argv[3] == "paint":
                from PySide6.QtWidgets import QApplication
                QTimer.singleShot(0, QApplication.quit)
        return False
from boutique import app as boutique_app
from boutique.cli.arguments import parse
original = boutique_app.Start.__init__
watch = Watch(); watch.seen = False
def begin(self, *arguments):
    original(self, *arguments)
    self.window.installEventFilter(watch)
    if sys.argv[3] == "search":
        self.ready.connect(loaded)
boutique_app.Start.__init__ = begin
kept = []
def loaded(session):
    kept.append(session)
    session.opened.connect(ask)
def ask():
    from boutique.services import search
    desk = kept[0].workday.desk
    desk.read(search.find, desk.workspace.index, "martin", then=answered)
def answered(hits):
    from PySide6.QtWidgets import QApplication
    assert hits
    print(time.time(), flush=True)
    QApplication.quit()
sys.exit(boutique_app.run(parse(["--data", sys.argv[1], "--passphrase-file", sys.argv[2]])))
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
