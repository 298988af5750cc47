"""Fonts, icons and the switch of theme and size."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import boutique.ui
from boutique.ui.appearance import dress, set_mode, set_scale
from boutique.ui.preferences import Preferences
from boutique.ui.theme import fonts, icons
from boutique.ui.theme.manager import set_look, set_role, theme
from boutique.ui.theme.tokens import DARK, LIGHT
from boutique.ui.widgets.button import PrimaryButton

_NAMED = re.compile(
    r"""(?:icon=|Icon\(|set_icon\(|draw_icon\(\s*painter,\s*)"([a-z0-9-]+)"|Place\([^)]*?, "([a-z-]+)\""""
)


def test_the_bundled_family_is_used_with_real_weights() -> None:
    body, strong = theme().font("body"), theme().font("strong")
    assert QFontInfo(body).family() == "Inter"
    text = "Éloïse Vandenbroucke"
    assert QFontMetrics(strong).horizontalAdvance(text) > QFontMetrics(body).horizontalAdvance(text)


def test_figures_stand_in_columns() -> None:
    metrics = QFontMetrics(theme().font("figure"))
    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


def test_without_the_bundled_family_the_fallback_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "load", lambda: ("DejaVu Sans",))
    face = fonts.font("strong")
    assert face.families() == ["DejaVu Sans"]
    assert face.bold()


def test_every_icon_named_in_the_window_exists() -> None:
    root = Path(boutique.ui.__file__).parent
    names = {
        name for path in root.rglob("*.py") for pair in _NAMED.findall(path.read_text("utf-8")) for name in pair if name
    }
    assert "store" in names
    for name in names:
        assert icons.svg(name).startswith("<svg")


def test_an_unknown_icon_is_a_bug() -> None:
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.svg("no-such-icon")


def test_icons_are_drawn_at_the_resolution_of_the_screen_in_the_colour_asked() -> None:
    drawn = icons.pixmap("check", 20, "#B42318", 2.0)
    assert (drawn.width(), drawn.height(), drawn.devicePixelRatio()) == (40, 40, 2.0)
    picture = drawn.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    colours = {
        picture.pixelColor(x, y).name() for x in range(40) for y in range(40) if picture.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#b42318"}


def test_the_whole_window_follows_a_change_of_theme_and_size(qtbot: QtBot, qapp: QApplication) -> None:
    preferences = Preferences()
    button, label = PrimaryButton("Nouveau passage", icon="plus"), QLabel("texte")
    qtbot.addWidget(button)
    qtbot.addWidget(label)
    set_role(label, "title")
    before = label.font().pointSizeF()
    with qtbot.waitSignal(theme().changed):
        set_mode(preferences, "dark")
    assert theme().tokens is DARK
    assert qapp.palette().window().color().name().upper() == DARK.canvas
    assert DARK.surface in qapp.styleSheet()
    set_scale(preferences, 1.5)
    assert label.font().pointSizeF() == pytest.approx(before * 1.5)
    assert preferences.text("theme") == "dark"
    dress(qapp, Preferences())
    assert theme().tokens is LIGHT
    assert theme().scale == 1.0


def test_looks_are_selected_by_properties(qtbot: QtBot) -> None:
    label = QLabel("En retard")
    qtbot.addWidget(label)
    label.ensurePolished()
    set_look(label, tone="accent")
    assert label.palette().windowText().color().name().upper() == LIGHT.accent
    set_look(label, tone="accent")
    set_look(label, tone="success")
    assert label.palette().windowText().color().name().upper() == LIGHT.success
