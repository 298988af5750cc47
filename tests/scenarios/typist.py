"""A whole Boutique in its own process, for tests that kill it or start it twice. Run as a script.

`typist.py DATA PHRASE type`: goes on typing in a new visit, saying each second's text, until it is killed.
`typist.py DATA PHRASE wait`: stays open, and says when another window asks it to come forward.
`typist.py DATA PHRASE second`: is answered « Afficher la fenêtre ouverte » when it says that the base is in use.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from boutique import app
from boutique.ui.play.player import Player

APPLICATION = QApplication(sys.argv[:1])
LETTERS = "Boulangerie bio itinérante sur les marchés du Ternois "


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


class Hand:
    """Waits for the window, then does what was asked."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.written = ""
        self.timer = QTimer()
        self.timer.setInterval(50)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        if self.what == "second":
            self._answer()
            return
        session = START[0].session if START else None
        if session is None or session.workday is None:
            return
        self.timer.stop()
        if self.what == "type":
            self._type()
        else:
            say("ready")

    def _answer(self) -> None:
        for box in APPLICATION.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                say(box.text())
                box.defaultButton().click()

    def _type(self) -> None:
        player = Player(APPLICATION, START[0].frame, Path())
        player.follow(START[0].tasks)
        START[0].window.new_requested.emit()
        player.settle()
        player.type_in("holder.last_name", "Vandenbrouke")
        player.type_in("project.summary", "")
        while True:  # until the kill
            letter = LETTERS[len(self.written) % len(LETTERS)]
            player.write(letter)
            self.written += letter
            say(f"{time.monotonic()} {len(self.written)}")
            player.wait("", _after(0.12))


def _after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


START: list[app.Start] = []


def _remembered(*arguments: object, **others: object) -> app.Start:
    START.append(_START(*arguments, **others))  # type: ignore[arg-type]
    START[0].come_forward = lambda: say("forward")  # type: ignore[method-assign]
    return START[0]


_START = app.Start

if __name__ == "__main__":
    app.Start = _remembered  # type: ignore[assignment, misc]
    hand = Hand(sys.argv[3])
    options = argparse.Namespace(verb=None, data=Path(sys.argv[1]), passphrase_file=Path(sys.argv[2]))
    say(f"ended {app.run(options)}")
