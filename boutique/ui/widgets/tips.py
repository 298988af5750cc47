"""Tooltips that carry data: Qt reads as markup whatever looks like it. Used by every widget that tells a value."""

import html

from PySide6.QtGui import Qt

_LONGEST = 1_000


def plain_tip(text: str) -> str:
    """The text such that a tooltip shows it as it is, shortened when nobody would read it."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    if not Qt.mightBeRichText(shown):
        return shown
    return "<qt>" + html.escape(shown).replace("\n", "<br>") + "</qt>"
