"""The grey shapes of the window and of a view, as plain rectangles: for the frame's first paint and the skeleton."""

from boutique.ui.theme.tokens import Tokens

_RAIL, _BAR, _STATUS = 200, 56, 25
_MARGIN, _TOP, _GAP = 22, 58, 16
Shape = tuple[int, int, int, int, str, str]
"""Left, top, width, height, fill, border."""


def window_shapes(width: int, height: int, tokens: Tokens) -> list[Shape]:
    """Rail, top bar and grey cards, where the real ones will be an instant later."""
    surface, line = tokens.surface, tokens.line
    main = width - _RAIL
    return [
        (0, 0, width, height, tokens.canvas, tokens.canvas),
        (-1, -1, _RAIL + 1, height - _STATUS + 2, surface, line),
        (_RAIL - 1, -1, main + 2, _BAR + 1, surface, line),
        (-1, height - _STATUS, width + 2, _STATUS + 1, surface, line),
        *((20, 22 + row * 38 + (8 if row else 0), 110, 12, tokens.hover, tokens.hover) for row in range(5)),
        (220, 9, 440, 37, surface, tokens.control),
        (672, 9, 229, 37, tokens.primary, tokens.primary),
        *((one[0] + _RAIL, one[1] + _BAR, *one[2:]) for one in card_shapes(main, tokens)),
    ]


def card_shapes(width: int, tokens: Tokens) -> list[Shape]:
    """Shapes of a view that is not there yet, from its top left corner."""
    room = width - 2 * _MARGIN - _GAP
    wide = round(room * 0.64)
    shapes: list[Shape] = [(_MARGIN, 20, 260, 18, tokens.line, tokens.line)]
    for left, top, across, height, rows in (
        (_MARGIN, _TOP, wide, 208, 3),
        (_MARGIN, _TOP + 218, wide, 152, 2),
        (_MARGIN + wide + _GAP, _TOP, room - wide, 370, 4),
    ):
        shapes.append((left, top, across, height, tokens.surface, tokens.line))
        for y in range(top + 46, top + 46 + rows * 54, 54):
            shapes.append((left + 17, y, round(across * 0.42), 12, tokens.hover, tokens.hover))
            shapes.append((left + 17, y + 20, round(across * 0.62), 10, tokens.hover, tokens.hover))
    return shapes
