"""Modules imported at their first use."""

import subprocess
import sys

import pytest

from boutique.core.on_demand import modules_of
from boutique.exports import pdf


def test_a_module_comes_with_its_first_use() -> None:
    script = (
        "import sys; from boutique.exports import pdf; before = 'boutique.exports.pdf.notice' in sys.modules; "
        "pdf.notice; print(before, 'boutique.exports.pdf.notice' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_what_is_no_module_is_no_attribute() -> None:
    assert not hasattr(pdf, "nothing_like_that")
    with pytest.raises(AttributeError, match=r"boutique\.exports\.pdf.*nothing_like_that"):
        modules_of("boutique.exports.pdf")("nothing_like_that")


def test_a_library_that_is_missing_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "boutique.exports.calendar", raising=False)
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(ModuleNotFoundError, match="icalendar"):
        modules_of("boutique.exports")("calendar")
