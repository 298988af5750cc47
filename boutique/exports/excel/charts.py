"""Native charts of the workbooks, in the colours of the application: they follow the cells they are drawn from."""

from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

from boutique.exports.excel.looks import INK, LINE, PRIMARY

_COLOURS = (PRIMARY[2:], "A9C7CE", "C98A2B")
_GRID = LINE[2:]
_TITLE_SIZE = 1100  # hundredths of a point
_GAP = 60  # between two groups of bars, in % of a bar


def bars(
    title: str, labels: str, values: Sequence[tuple[str, str]], *, size: tuple[int, int], lying: bool = False
) -> Any:
    """Columns, or `lying` bars read from the top. `values`: (name, range) of each series; `size` in centimetres."""
    chart = BarChart()
    chart.type, chart.style, chart.title = ("bar" if lying else "col"), 10, _title(title)
    chart.width, chart.height = size
    chart.gapWidth = _GAP
    for (name, range_), colour in zip(values, _COLOURS, strict=False):
        series = Series(Reference(range_string=range_), title=name)
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        chart.series.append(series)
    chart.set_categories(Reference(range_string=labels))
    chart.legend = chart.legend if len(values) > 1 else None
    if chart.legend is not None:
        chart.legend.position = "b"
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    _axes(chart, lying=lying)
    return chart


def _title(text: str) -> Title:
    words = CharacterProperties(sz=_TITLE_SIZE, b=True, solidFill=INK[2:])
    line = Paragraph(pPr=ParagraphProperties(defRPr=words), r=[RegularTextRun(rPr=words, t=text)])
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)


def _axes(chart: Any, *, lying: bool) -> None:
    chart.x_axis.delete = chart.y_axis.delete = False  # openpyxl hides them unless told otherwise
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_GRID))
    chart.y_axis.numFmt = "#,##0"
    chart.y_axis.scaling.min = 0
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
