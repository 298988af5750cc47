"""How the state of an axis is said: by a word, a tone and an icon together. For the parts of the Diagnostic tab."""

from collections.abc import Mapping
from decimal import Decimal

from boutique.core import french
from boutique.rules.diagnosis import AxisMark, State
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.radar import Shape

LOOKS: Mapping[State, tuple[Tone, str]] = {
    State.BLOCKED: ("danger", "octagon-alert"),
    State.INCOMPLETE: ("neutral", "circle-dashed"),
    State.WEAK: ("warning", "triangle-alert"),
    State.BUILDING: ("info", "hammer"),
    State.SOLID: ("success", "circle-check"),
}


def state_badge(axis: AxisMark) -> Badge:
    tone, icon = LOOKS[axis.state]
    return Badge(axis.state.value, tone, icon=icon)


def mark_text(axis: AxisMark | None) -> str:
    """« 3,4 », a dash when there is no mark."""
    return "—" if axis is None or axis.mark is None else french.show_number(float(axis.mark), 1)


def change_text(change: Decimal | None) -> str:
    """« +0,6 », « −1,0 », « = »; nothing when there is nothing to compare with."""
    return "" if change is None else french.show_change(change)


def shape(name: str, axes: tuple[AxisMark, ...], order: tuple[str, ...]) -> Shape:
    """A diagnosis as the radar draws it: marks to the nearest half."""
    halves = {axis.code: axis.half for axis in axes}
    values = [halves.get(code) for code in order]
    return Shape(name, [None if value is None else float(value) for value in values])
