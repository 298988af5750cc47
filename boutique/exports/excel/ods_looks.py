"""How cells look in an .ods file: the named styles of the workbooks, said in OpenDocument."""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.styles import NamedStyle

from boutique.exports.excel.looks import FAMILY, named_styles

_QUOTED = re.compile(r'"([^"]*)"')
_ALIGNED = {"left": "start", "right": "end", "center": "center"}
PAGE_LAYOUT = (
    '<style:page-layout style:name="lying"><style:page-layout-properties fo:page-width="29.7cm" '
    'fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1cm" style:scale-to-X="1" '
    'style:scale-to-Y="0" style:print-page-order="ttb"/>'
    '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/>'
    "</style:footer-style></style:page-layout>"
)
MASTER_PAGE = (
    '<style:master-page style:name="Default" style:page-layout-name="lying"><style:footer>'
    "<style:region-left><text:p>{footer}</text:p></style:region-left>"
    "<style:region-right><text:p>Page <text:page-number>1</text:page-number> sur "
    "<text:page-count>1</text:page-count></text:p></style:region-right></style:footer></style:master-page>"
)


class OdsLooks:
    """Names of the styles of a document, made as cells ask for them."""

    row, page_row = "row", "page-row"

    def __init__(self) -> None:
        self._named: dict[str, NamedStyle] = {style.name: style for style in named_styles()}
        self._cells: dict[tuple[str, str], str] = {}
        self._formats: dict[str, str] = {}
        self._columns: dict[float, str] = {}

    def cell(self, style: str, format_: str) -> str:
        """The style of a cell: a named one, with a number format of its own or not."""
        wanted = format_ or str(self._named[style].number_format)
        self._formats.setdefault(wanted, f"n{len(self._formats)}")
        return self._cells.setdefault((style, wanted), f"c{len(self._cells)}")

    def column(self, centimetres: float) -> str:
        return self._columns.setdefault(round(centimetres, 2), f"w{len(self._columns)}")

    def declared(self) -> Iterator[str]:
        """Every style that was asked for."""
        yield ('<style:style style:name="sheet" style:family="table" style:master-page-name="Default">'
               '<style:table-properties table:display="true"/></style:style>')  # fmt: skip
        for name, breaks in ((self.row, "auto"), (self.page_row, "page")):
            yield (f'<style:style style:name="{name}" style:family="table-row"><style:table-row-properties '
                   f'style:use-optimal-row-height="true" fo:break-before="{breaks}"/></style:style>')  # fmt: skip
        for width, name in self._columns.items():
            yield (f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
                   f'style:column-width="{width}cm"/></style:style>')  # fmt: skip
        for format_, name in self._formats.items():
            if made := number_style(format_, name):
                yield made
        for (style, format_), name in self._cells.items():
            yield self._cell_style(self._named[style], format_, name)

    def _cell_style(self, style: NamedStyle, format_: str, name: str) -> str:
        data = f' style:data-style-name="{self._formats[format_]}"' if number_style(format_, "") else ""
        return (
            f'<style:style style:name="{name}" style:family="table-cell"{data}>'
            f"<style:table-cell-properties{_cell_properties(style)}/>"
            f"<style:paragraph-properties{_aligned(style)}/><style:text-properties{_text(style.font)}/></style:style>"
        )


def _cell_properties(style: NamedStyle) -> str:
    held: Any = style.alignment
    fill: Any = style.fill
    said = ' fo:padding-right="0.2cm"' if held.horizontal == "right" else ""
    said += ' style:vertical-align="top"' if held.vertical == "top" else ' style:vertical-align="middle"'
    said += ' fo:wrap-option="wrap"' if held.wrap_text else ""
    if fill.fill_type == "solid":
        said += f' fo:background-color="#{fill.start_color.rgb[2:]}"'
    for side in ("top", "bottom"):
        line = getattr(style.border, side)
        if line is not None and line.style:
            said += f' fo:border-{side}="0.5pt solid #{line.color.rgb[2:]}"'
    return said


def _aligned(style: NamedStyle) -> str:
    side = style.alignment.horizontal
    return f' fo:text-align="{_ALIGNED[side]}"' if side in _ALIGNED else ""


def _text(font: Any) -> str:
    weight = ' fo:font-weight="bold"' if font.b else ""
    return f' fo:font-family="{FAMILY}" fo:font-size="{font.sz:g}pt" fo:color="#{font.color.rgb[2:]}"{weight}'


def number_style(format_: str, name: str) -> str:
    """A number format of ours as a style; nothing for texts and for what has no format."""
    if format_ in ("@", "General"):
        return ""
    if "mm" in format_:
        family, parts = _moment(format_)
        return f'<number:{family} style:name="{name}">{parts}</number:{family}>'
    words = "".join(_QUOTED.findall(format_))
    digits = _QUOTED.sub("", format_).strip()
    shown, percent = digits.removesuffix("%").strip(), digits.endswith("%")
    decimals = len(shown.partition(".")[2])
    grouped = ' number:grouping="true"' if "," in shown else ""
    number = f'<number:number number:decimal-places="{decimals}" number:min-integer-digits="1"{grouped}/>'
    family = "percentage-style" if percent else "number-style"
    after = "\u00a0%" if percent else words
    text = f"<number:text>{after}</number:text>" if after else ""
    return f'<number:{family} style:name="{name}">{number}{text}</number:{family}>'


_DAY = ('<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
        '<number:text>/</number:text><number:year number:style="long"/>')  # fmt: skip
_HOUR = ('<number:hours number:style="long"/><number:text>:</number:text>'
         '<number:minutes number:style="long"/>')  # fmt: skip


def _moment(format_: str) -> tuple[str, str]:
    if "dd" not in format_:
        return "time-style", _HOUR
    return "date-style", _DAY + (f"<number:text> à </number:text>{_HOUR}" if "hh" in format_ else "")
