"""The one road to the database: order, errors, cancellation, and nobody called who has gone."""

import threading
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from boutique.core.errors import UserError
from boutique.ui.tasks import InlineTasks, Progress, Tasks
from tests.conftest import ExpectLog


@pytest.fixture
def real(qtbot: QtBot) -> Any:
    tasks = Tasks()
    yield tasks
    tasks.close()


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []
        self.thread_of_answer: QThread | None = None

    def take(self, result: Any) -> None:
        self.got.append(result)
        self.thread_of_answer = QThread.currentThread()


def _fail() -> None:
    raise UserError("Branchez la clé puis recommencez.")


def _crash() -> None:
    raise ValueError("Éloïse Vandenbroucke")


def test_work_runs_elsewhere_and_the_answer_comes_back_here(qtbot: QtBot, real: Tasks) -> None:
    receiver = Receiver()
    real.run(threading.get_ident, receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.got))
    assert receiver.got[0] != threading.get_ident()
    assert receiver.thread_of_answer is receiver.thread()
    assert real.idle


def test_a_user_error_becomes_a_sentence_to_show(qtbot: QtBot, real: Tasks) -> None:
    with qtbot.waitSignal(real.failed) as caught:
        real.run(_fail)
    assert caught.args == ["Branchez la clé puis recommencez."]


def test_the_caller_may_take_the_sentence_itself(qtbot: QtBot, real: Tasks) -> None:
    receiver = Receiver()
    with qtbot.assertNotEmitted(real.failed):
        real.run(_fail, failed=receiver.take)
        qtbot.waitUntil(lambda: bool(receiver.got))
    assert receiver.got == ["Branchez la clé puis recommencez."]


def test_a_bug_is_logged_by_type_and_place_without_its_text(
    qtbot: QtBot, real: Tasks, expect_log: ExpectLog, caplog: pytest.LogCaptureFixture
) -> None:
    expect_log("work failed: ValueError")
    with qtbot.waitSignal(real.crashed) as caught:
        real.run(_crash)
    assert caught.args is not None
    assert caught.args[0].startswith("ValueError ")
    assert "Vandenbroucke" not in caplog.text


def test_only_the_last_of_several_calls_is_answered(qtbot: QtBot, real: Tasks) -> None:
    gate, receiver, done = threading.Event(), Receiver(), []
    real.run(gate.wait)

    def search(text: str) -> str:
        done.append(text)
        return text

    for text in ("v", "va", "van"):
        real.run_latest("search", partial(search, text), receiver.take)
    gate.set()
    qtbot.waitUntil(lambda: real.idle)
    assert receiver.got == ["van"]
    assert done == ["van"], "outdated searches waiting their turn are not even done"


def test_an_answer_to_somebody_who_has_gone_is_dropped(qtbot: QtBot, real: Tasks) -> None:
    gate, receiver = threading.Event(), Receiver()
    got = receiver.got
    real.run(gate.wait, receiver.take)
    real.run(gate.wait, partial(Receiver.take, receiver), context=receiver)
    real.run(gate.wait, partial(receiver.take))
    shiboken6.delete(receiver)
    gate.set()
    qtbot.waitUntil(lambda: real.idle)
    assert got == []


def test_long_work_tells_its_progress_and_stops_when_asked(qtbot: QtBot, real: Tasks) -> None:
    receiver, started, steps = Receiver(), threading.Event(), []
    real.progressed.connect(lambda done, total: steps.append((done, total)))

    def work(progress: Progress) -> str:
        progress.step(1, 3)
        started.set()
        while True:
            progress.step(2, 3)

    real.run_long(work, receiver.take, busy="Export…")
    assert started.wait(5)
    assert real.cancel()
    qtbot.waitUntil(lambda: real.idle)
    assert receiver.got == []
    assert steps[0] == (1, 3)


def test_busy_words_follow_the_work(qtbot: QtBot, real: Tasks) -> None:
    told: list[tuple[str, bool]] = []
    real.busy_changed.connect(lambda text, long: told.append((text, long)))
    real.run(lambda: None, busy="Enregistrement…")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [("Enregistrement…", False), ("", False)]


def test_closing_waits_and_answers_nobody(real: Tasks) -> None:
    receiver = Receiver()
    real.run(lambda: 1, receiver.take)
    real.close()
    assert real.idle
    assert receiver.got == []


def test_the_inline_runner_follows_the_same_rules(tasks: InlineTasks, qtbot: QtBot) -> None:
    receiver = Receiver()
    tasks.run(lambda: 1, receiver.take)
    tasks.run_latest("k", lambda: 2, receiver.take)
    tasks.run_long(lambda progress: 3 if not progress.cancelled else 0, receiver.take, busy="…")
    with qtbot.waitSignal(tasks.failed):
        tasks.run(_fail)
    assert receiver.got == [1, 2, 3]
