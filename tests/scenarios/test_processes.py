"""Two windows on one base, and a window killed while its user types: each in its own process."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boutique.core.paths import DataFolder
from boutique.services import drafts
from boutique.services.workspace import Workspace, create, open_workspace
from tests.services.conftest import SETUP

PHRASE = "girafe tuba lampe dimanche"
LOST, KILLS_AFTER = 5.0, (2.0, 7.0)
Begin = Callable[[str], "Process"]


class Process:
    """One Boutique; `lines` are what it has said, with when."""

    def __init__(self, base: Path, what: str, home: Path) -> None:
        places = {
            name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.scenarios.typist", str(base), str(base.parent / "phrase.txt"), what],
            env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, words: str, seconds: float = 60) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in self.lines:
                if words in line:
                    return line
            time.sleep(0.02)
        raise AssertionError(f"never said « {words} »: {self.lines[-5:]}")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._reader.join()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                self.lines.append(line.strip())


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A new base that a passphrase opens."""
    (tmp_path / "phrase.txt").write_text(PHRASE, "utf-8")
    made, _code = create(DataFolder(tmp_path / "base"), SETUP, keychain=None, passphrase=PHRASE)
    made.close()
    return tmp_path / "base"


@pytest.fixture
def begin(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begin]:
    """Start one more Boutique on the base."""
    started: list[Process] = []
    home = tmp_path_factory.mktemp("home")

    def start(what: str) -> Process:
        started.append(Process(base, what, home))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def _reopen(base: Path) -> Workspace:
    return open_workspace(DataFolder(base), keychain=None, passphrase=PHRASE)


def test_a_second_window_says_so_and_shows_the_first(begin: Begin) -> None:
    first = begin("wait")
    first.wait_for("ready")
    second = begin("second")
    assert second.wait_for("Boutique") == "Boutique est déjà ouverte sur cette base."
    assert second.wait_for("ended") == "ended 0"
    first.wait_for("forward")
    assert first.process.poll() is None


def test_after_a_kill_the_next_window_opens_at_once(begin: Begin) -> None:
    first = begin("wait")
    first.wait_for("ready")
    first.kill()
    begin("wait").wait_for("ready")


@pytest.mark.parametrize("after", KILLS_AFTER)
def test_a_kill_while_typing_loses_at_most_five_seconds(base: Path, begin: Begin, after: float) -> None:
    typist = begin("type")
    typist.wait_for(" 1")
    time.sleep(after)
    typist.kill()
    strokes = [(float(line.split()[0]), int(line.split()[1])) for line in typist.lines]
    opened = _reopen(base)
    try:
        kept = [opened.read(drafts.load, line.id) for line in opened.read(drafts.pending)]
    finally:
        opened.close()
    length = max((len(str(draft.get("project.summary", ""))) for draft in kept), default=0)
    last = strokes[-1][0]
    lost = [when for when, count in strokes if count > length + 1]
    assert not lost or last - lost[0] <= LOST
    if after > LOST:
        assert [draft["holder.last_name"] for draft in kept] == ["Vandenbrouke"]
