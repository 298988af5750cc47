"""The radar and the scale of levels, as a hand and a screen reader meet them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.level_scale import LevelScale
from boutique.ui.widgets.radar import Radar, Shape

AXES = ("Personne", "Projet", "Marché", "Finances", "Juridique")


def drawn(radar: Radar) -> set[str]:
    picture = radar.grab().toImage()
    return {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}


def test_a_radar_says_what_it_draws(qtbot: QtBot) -> None:
    radar = Radar("Radar")
    qtbot.addWidget(radar)
    radar.resize(400, 320)
    radar.write(AXES, Shape("20/11/2026", [3.5, 3, None, 2, 5]), Shape("02/02/2026", [1, 2, 3, None, None]))
    assert radar.accessibleDescription() == (
        "20/11/2026 : Personne 3,5, Projet 3, Marché incomplet, Finances 2, Juridique 5. "
        "02/02/2026 : Personne 1, Projet 2, Marché 3, Finances incomplet, Juridique incomplet."
    )
    seen = drawn(radar)
    assert QColor(theme().tokens.primary).name() in seen
    assert QColor(theme().tokens.accent).name() in seen


@pytest.mark.parametrize("values", [[None] * 5, [5] * 5, [1, None, 1, None, 1]])
def test_any_marks_can_be_drawn(qtbot: QtBot, values: list[float | None]) -> None:
    radar = Radar("Radar")
    qtbot.addWidget(radar)
    for size in ((40, 30), (400, 320)):
        radar.resize(*size)
        radar.write(AXES, Shape("date", values))
        assert not radar.grab().isNull()
    radar.write((), None)
    assert not radar.grab().isNull()


def test_levels_stand_one_above_the_other_when_there_is_no_room(qtbot: QtBot) -> None:
    scale = LevelScale(("un", "deux", "trois", "quatre", "cinq"), accessible="Critère")
    qtbot.addWidget(scale)
    scale.resize(900, 60)
    scale.show()
    assert scale.levels[1].x() > scale.levels[0].x()
    scale.resize(300, 300)
    qtbot.waitUntil(lambda: scale.levels[1].y() > scale.levels[0].y())


def test_tab_meets_one_level_and_keys_say_which(qtbot: QtBot) -> None:
    scale = LevelScale(("un", "deux", "trois", "quatre", "cinq"), accessible="Critère")
    qtbot.addWidget(scale)
    stops = [one for one in scale.levels if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [scale.levels[0]]
    said: list[object] = []
    scale.changed.connect(said.append)
    qtbot.keyClick(scale.levels[0], Qt.Key.Key_4)
    assert [one for one in scale.levels if one.focusPolicy() & Qt.FocusPolicy.TabFocus] == [scale.levels[3]]
    qtbot.keyClick(scale.levels[3], Qt.Key.Key_9)
    qtbot.keyClick(scale.levels[3], Qt.Key.Key_Space)
    assert said == [4, None]
