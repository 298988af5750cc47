"""Every text can be read in both themes."""

import pytest

from boutique.ui.theme.tokens import DARK, LIGHT, Tokens, Tone

_TONES: tuple[Tone, ...] = ("neutral", "primary", "accent", "success", "warning", "danger", "info")


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_at_least_four_and_a_half_to_one(tokens: Tokens) -> None:
    pairs = {
        f"{tone} on {where}": _contrast(tokens.tone(tone), ground)
        for tone in _TONES
        for where, ground in (
            ("canvas", tokens.canvas),
            ("surface", tokens.surface),
            ("tint", tokens.tint(tone)),
        )
    }
    for where in (tokens.canvas, tokens.surface, tokens.hover):
        pairs[f"ink on {where}"] = _contrast(tokens.ink, where)
        pairs[f"muted on {where}"] = _contrast(tokens.muted, where)
    for where in (tokens.primary, tokens.primary_hover, tokens.primary_down):
        pairs[f"on primary {where}"] = _contrast(tokens.on_primary, where)
    assert {name: round(value, 2) for name, value in pairs.items() if value < 4.5} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_frames_of_controls_can_be_seen(tokens: Tokens) -> None:
    assert _contrast(tokens.control, tokens.surface) >= 3
    assert _contrast(tokens.primary, tokens.surface) >= 3
