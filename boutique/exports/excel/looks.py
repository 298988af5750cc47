"""How cells look: one palette for every workbook, one number for each look that a cell may have."""

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from boutique.exports.excel.cells import Format

# openpyxl writes <color> where the schema does not want it: the only fault of its files.
Font.__elements__ = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
                     "name", "family", "charset", "scheme")  # fmt: skip

PRIMARY, INK, MUTED, LINE, BAND = "FF0B5C6B", "FF1B1F2A", "FF545D6E", "FFD9DEE7", "FFF4F6F9"
ENTRY = "FFFFF8E1"  # cells one may change
FAMILY = "Calibri"  # installed with every spreadsheet; a workbook embeds no font


class Looks:
    """Numbers of the looks of a workbook; a named style, a format of its own, a text that must stay text."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._numbers: dict[tuple[str, str, bool], int] = {}
        for style in named_styles():
            workbook.add_named_style(style)

    def number(self, style: str, format_: str = "", *, quoted: bool = False) -> int:
        """What a cell refers to."""
        key = (style, format_, quoted)
        found = self._numbers.get(key)
        if found is None:
            probe: Any = WriteOnlyCell(self._workbook.worksheets[0])
            probe.style = style
            if format_:
                probe.number_format = format_
            probe.quotePrefix = quoted
            found = self._numbers[key] = probe.style_id
        return found


def named_styles() -> list[NamedStyle]:
    """Every look, by its name."""
    line = Border(bottom=Side("thin", color=LINE))
    body = Font(name=FAMILY, size=10, color=INK)
    strong = Font(name=FAMILY, size=10, color=INK, bold=True)
    number = Alignment(vertical="top", horizontal="right", indent=1)
    left = Alignment(vertical="top", horizontal="left", wrap_text=True)
    held = {
        Format.TEXT: Alignment(vertical="top", shrink_to_fit=True),
        Format.DATE: Alignment(vertical="top", horizontal="left"),
        Format.TIME: Alignment(vertical="top", horizontal="left"),
    }
    made = [
        NamedStyle(format_.name.lower(), font=body, border=line, alignment=held.get(format_, number),
                   number_format=format_.value)
        for format_ in Format
    ]  # fmt: skip
    white = Font(name=FAMILY, size=10, bold=True, color="FFFFFFFF")
    band, pale = PatternFill("solid", start_color=PRIMARY), PatternFill("solid", start_color=BAND)
    entry = PatternFill("solid", start_color=ENTRY)
    centred = Alignment(vertical="center", wrap_text=True)
    right = Alignment(vertical="center", horizontal="right", indent=1, wrap_text=True)
    above = Border(top=Side("thin", color=PRIMARY))
    made += [
        NamedStyle("text-wrapped", font=body, border=line, alignment=left, number_format="@"),
        NamedStyle("head", font=white, fill=band, number_format="@", alignment=centred),
        NamedStyle("head-number", font=white, fill=band, number_format="@", alignment=right),
        NamedStyle("total", font=strong, fill=pale, number_format="@", border=above, alignment=left),
        NamedStyle("total-number", font=strong, fill=pale, border=above, alignment=number),
        NamedStyle("title", font=Font(name=FAMILY, size=16, bold=True, color=PRIMARY), number_format="@"),
        NamedStyle("heading", font=Font(name=FAMILY, size=12, bold=True, color=PRIMARY), number_format="@"),
        NamedStyle("label", font=Font(name=FAMILY, size=10, color=MUTED), alignment=left, number_format="@"),
        NamedStyle("input", font=body, fill=entry, border=line, alignment=number),
        NamedStyle("input-text", font=body, fill=entry, border=line, alignment=left, number_format="@"),
        NamedStyle("aside", font=Font(name=FAMILY, size=10, color=MUTED), number_format="@"),
        NamedStyle("note", font=body, alignment=left, number_format="@"),
    ]  # fmt: skip
    return made
