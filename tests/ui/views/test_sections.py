"""The strip of pages at the top of a great place."""

from functools import partial

import pytest

from boutique.ui.main_window import MainWindow
from boutique.ui.view import View
from boutique.ui.views import sections
from boutique.ui.views.sections import SectionTabs


class _Page(View):
    rail = "activity"

    def __init__(self, window: MainWindow, name: str) -> None:
        super().__init__()
        self.strip = SectionTabs(window, "activity", name, self)


def _strip(window: MainWindow, name: str) -> SectionTabs:
    page = window.stack.view(name)
    assert isinstance(page, _Page)
    return page.strip


def test_a_tab_shows_its_page_and_each_page_keeps_its_own_tab_lit(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sections.SECTIONS, "activity", (("activity", "Chiffres"), ("settings", "Réglages")))
    for name in ("activity", "settings"):
        window.register(name, partial(_Page, window, name))
    window.show()
    window.start("activity")
    _strip(window, "activity").open("settings")
    assert window.stack.current_name() == "settings"
    for name in ("activity", "settings"):
        assert _strip(window, name).current() == name


def test_a_place_of_one_page_has_no_strip(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sections.SECTIONS, "activity", (("activity", "Chiffres"),))
    assert SectionTabs(window, "activity", "activity").isHidden()
