"""Habits of the window: kept when they can be, never in the way."""

from pathlib import Path

from boutique.ui.preferences import Preferences


def test_values_come_back_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "nouveau" / "preferences.json"
    first = Preferences(path)
    first.put("window", [1, 2, 3, 4])
    first.put("theme", "dark")
    first.put("rail_narrow", True)
    first.put("text_scale", 1.2)
    first.put("columns", ["nom", "commune"])
    again = Preferences(path)
    assert again.numbers("window") == [1, 2, 3, 4]
    assert again.text("theme") == "dark"
    assert again.flag("rail_narrow")
    assert again.number("text_scale", 1.0) == 1.2
    assert again.texts("columns") == ["nom", "commune"]
    assert [one.name for one in path.parent.iterdir()] == ["preferences.json"]


def test_a_damaged_or_foreign_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    for content in (b"{", b"[1]", b"\xff\xfe", b'{"theme": 3, "window": "large", "rail_narrow": 1}'):
        path.write_bytes(content)
        read = Preferences(path)
        assert read.text("theme", "system") == "system"
        assert read.numbers("window") == []
        assert not read.flag("rail_narrow")


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    blocked = tmp_path / "fichier"
    blocked.write_text("x")
    preferences = Preferences(blocked / "preferences.json")
    preferences.put("theme", "dark")
    assert preferences.text("theme") == "dark"
