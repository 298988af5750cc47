"""Colours of both themes, named by use; read by the style sheet and by every widget that paints itself."""

from typing import Literal, NamedTuple

Tone = Literal["neutral", "primary", "accent", "success", "warning", "danger", "info"]


class Tokens(NamedTuple):
    """Every text colour is at least 4.5:1 on canvas, surface and its own tint (checked by a test)."""

    name: str
    canvas: str
    surface: str
    hover: str
    ink: str
    muted: str
    control: str
    line: str
    primary: str
    primary_hover: str
    primary_down: str
    primary_tint: str
    on_primary: str
    accent: str
    accent_tint: str
    success: str
    success_tint: str
    warning: str
    warning_tint: str
    danger: str
    danger_tint: str
    info: str
    info_tint: str

    def tone(self, tone: Tone) -> str:
        """Text and border colour of a tone."""
        return self.muted if tone == "neutral" else str(getattr(self, tone))

    def tint(self, tone: Tone) -> str:
        """Background that goes under text of the same tone."""
        return self.surface if tone == "neutral" else str(getattr(self, f"{tone}_tint"))


LIGHT = Tokens(
    name="light",
    canvas="#F4F6F9",
    surface="#FFFFFF",
    hover="#EEF1F5",
    ink="#1B1F2A",
    muted="#545D6E",
    control="#8A93A3",
    line="#D9DEE7",
    primary="#0B5C6B",
    primary_hover="#0D6B7C",
    primary_down="#094C58",
    primary_tint="#E3F0F2",
    on_primary="#FFFFFF",
    accent="#B5472F",
    accent_tint="#FBE9E4",
    success="#22703F",
    success_tint="#E3F2E8",
    warning="#8A5A00",
    warning_tint="#FBF1DC",
    danger="#B42318",
    danger_tint="#FCEBE9",
    info="#1D5FA8",
    info_tint="#E5EFFA",
)

DARK = Tokens(
    name="dark",
    canvas="#14181F",
    surface="#1C2129",
    hover="#262C36",
    ink="#E8ECF2",
    muted="#A7B0C0",
    control="#6B7485",
    line="#2C333F",
    primary="#5CC3D4",
    primary_hover="#74CFDE",
    primary_down="#49B0C1",
    primary_tint="#17343A",
    on_primary="#0B1417",
    accent="#F0917B",
    accent_tint="#3A231D",
    success="#6CC78D",
    success_tint="#1B3325",
    warning="#E0B04B",
    warning_tint="#352A14",
    danger="#F28B82",
    danger_tint="#3B2221",
    info="#82B4F0",
    info_tint="#1B2B3F",
)
