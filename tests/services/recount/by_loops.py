"""Every indicator counted again by simple loops over plain rows, from its definition: code → what counts it."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.services.recount.fse import FSE
from tests.services.recount.funders import FUNDERS
from tests.services.recount.look import Look
from tests.services.recount.steering import STEERING

# A number, both counts of a share, or None for the median of nothing.
LOOPS: Mapping[str, Callable[[Look], Any]] = {**FSE, **FUNDERS, **STEERING}
