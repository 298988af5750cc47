"""Clocks and statistics shared by the measures."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, the figure, its bound, and whether it holds."""

    what: str
    figure: str
    bound: str
    held: bool


def milliseconds(work: Callable[[], Any], rounds: int) -> list[float]:
    """Wall times of `rounds` calls, in ms."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def processor(work: Callable[[], Any], rounds: int) -> list[float]:
    """Processor times of `rounds` calls, in ms: what other programs of the machine disturb least."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return times


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def ratios(mine: list[float], floor: list[float]) -> float:
    """Median of the ratios, pair by pair: what a busy machine disturbs least."""
    return statistics.median(a / b for a, b in zip(mine, floor, strict=True))
