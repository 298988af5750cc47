"""The log keeps types and places of faults; never what was typed."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boutique.core import logs

CANARY = "Zorglubette"


@pytest.fixture
def logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Any) -> Iterator[Path]:
    expect_log("unexpected")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    before = list(logs.log.handlers)
    logs.set_up(tmp_path / "journaux")
    yield tmp_path / "journaux" / "boutique.log"
    for handler in set(logs.log.handlers) - set(before):
        logs.log.removeHandler(handler)
        handler.close()
    logs.log.setLevel(logging.NOTSET)


def _fault() -> BaseException:
    try:
        raise ValueError(f"nom : {CANARY}")
    except ValueError as error:
        return error


def test_a_fault_is_told_by_its_type_and_place(logged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = _fault()
    sys.excepthook(type(error), error, error.__traceback__)
    threading.excepthook(threading.ExceptHookArgs((ValueError, error, error.__traceback__, None)))
    threading.excepthook(threading.ExceptHookArgs((SystemExit, None, None, None)))
    kept, told = logged.read_text(encoding="utf-8"), capsys.readouterr().err
    assert kept.count("ValueError test_logs.py:") == 2
    assert "Ce qui était enregistré l’est toujours" in told
    assert CANARY not in kept + told


def test_a_fault_without_a_place_has_none() -> None:
    assert logs.place(ValueError(CANARY)) == "ValueError ?"


def test_a_folder_that_cannot_be_written_only_means_no_log(tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    before = list(logs.log.handlers)
    logs.set_up(tmp_path / "fichier" / "journaux")
    assert logs.log.handlers == before
