"""What each formula of a forecast gives, for what shows a workbook without computing it (a preview, a phone).

Only what the sheets of this folder write is known here: a few functions, exact decimal numbers, the roundings of Excel.
"""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import Any

from openpyxl.utils import range_boundaries

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Formatted, Formula

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<area>(?:'(?P<sheet>[^']+)'!)?(?P<cells>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?))
    |(?P<number>\d+(?:\.\d+)?)|(?P<call>[A-Z]+)(?=\()|(?P<sign><=|>=|<>|[-+*/^=<>(),])""",
    re.VERBOSE,
)
_COMPARE = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt,
            "<=": operator.le, ">=": operator.ge}  # fmt: skip
Area = list[list[Any]]
Made = Callable[[], Any]  # worked out when it is wanted: an IF looks at one of its sides only


def fill(book: Book) -> None:
    """Give each formula of the book its value."""
    sheets = _Sheets(book)
    for sheet in book.sheets:
        for rank, row in enumerate(sheet.rows, 1):
            if any(isinstance(value, Formula) for value in row.values):
                values = [sheets.told(value, sheet.name, column, rank) for column, value in enumerate(row.values, 1)]
                sheet.rows[rank - 1] = replace(row, values=values)


class _Sheets:
    """The cells by their place; each formula is worked out once."""

    def __init__(self, book: Book) -> None:
        self._rows = {sheet.name: sheet.rows for sheet in book.sheets}
        self._known: dict[tuple[str, int, int], Any] = {}

    def told(self, held: Any, sheet: str, column: int, rank: int) -> Any:
        """A formula with its value, without one where a spreadsheet would say « #DIV/0! »; anything else as it is."""
        if not isinstance(held, Formula):
            return held
        try:
            return replace(held, value=self.value(sheet, column, rank))
        except ArithmeticError:
            return held

    def value(self, sheet: str, column: int, rank: int) -> Any:
        place = (sheet, column, rank)
        if place not in self._known:
            self._known[place] = self._value(*place)
        return self._known[place]

    def area(self, sheet: str, cells: str) -> Area:
        """Rows of values."""
        left, top, right, bottom = (int(edge or 1) for edge in range_boundaries(cells))
        return [[self.value(sheet, column, rank) for column in range(left, right + 1)]
                for rank in range(top, bottom + 1)]  # fmt: skip

    def _value(self, sheet: str, column: int, rank: int) -> Any:
        rows = self._rows[sheet]
        values = rows[rank - 1].values if rank <= len(rows) else ()
        held = values[column - 1] if column <= len(values) else None
        if isinstance(held, Formula):
            return _Reader(self, sheet, held.text).read()
        held = held.value if isinstance(held, Formatted) else held
        return Decimal(str(held)) if isinstance(held, int | float) else held


class _Reader:
    """One formula, read by the order of its operators."""

    def __init__(self, sheets: _Sheets, sheet: str, text: str) -> None:
        self._sheets, self._sheet = sheets, sheet
        self._tokens = list(_TOKEN.finditer(text))
        self._at = 0

    def read(self) -> Any:
        made = _one(self._comparison()())
        return Decimal(0) if made is None else made

    def _comparison(self) -> Made:
        made = self._sum()
        while (sign := self._sign()) in _COMPARE:
            self._at += 1
            made = _compared(_COMPARE[sign], made, self._sum())
        return made

    def _sum(self) -> Made:
        made = self._product()
        while (sign := self._sign()) in ("+", "-"):
            self._at += 1
            made = _worked(operator.add if sign == "+" else operator.sub, made, self._product())
        return made

    def _product(self) -> Made:
        made = self._power()
        while (sign := self._sign()) in ("*", "/"):
            self._at += 1
            made = _worked(operator.mul if sign == "*" else operator.truediv, made, self._power())
        return made

    def _power(self) -> Made:
        made = self._single()
        while self._sign() == "^":
            self._at += 1
            made = _worked(operator.pow, made, self._single())
        return made

    def _single(self) -> Made:
        token = self._tokens[self._at]
        self._at += 1
        if token["sign"] == "-":
            return _worked(operator.sub, _constant(Decimal(0)), self._single())
        if token["sign"] == "(":
            made = self._comparison()
            self._at += 1
            return made
        if token["call"]:
            return self._call(token["call"])
        if token["area"]:
            return _area(self._sheets, token["sheet"] or self._sheet, token["cells"])
        return _constant(token["text"][1:-1].replace('""', '"') if token["text"] else Decimal(token["number"]))

    def _call(self, name: str) -> Made:
        given: list[Made] = []
        self._at += 1
        while self._sign() != ")":
            given.append(self._comparison())
            if self._sign() == ",":
                self._at += 1
        self._at += 1
        return _called(name, given)

    def _sign(self) -> str:
        return self._tokens[self._at]["sign"] or "" if self._at < len(self._tokens) else ""


def _constant(value: Any) -> Made:
    return lambda: value


def _area(sheets: _Sheets, sheet: str, cells: str) -> Made:
    return lambda: sheets.area(sheet, cells)


def _worked(sign: Callable[[Any, Any], Any], left: Made, right: Made) -> Made:
    return lambda: sign(_number(left()), _number(right()))


def _compared(sign: Callable[[Any, Any], bool], left: Made, right: Made) -> Made:
    return lambda: sign(*_alike(_one(left()), _one(right())))


def _called(name: str, given: Sequence[Made]) -> Made:
    if name == "IF":
        return lambda: given[1]() if _one(given[0]()) else given[2]()
    function = _FUNCTIONS[name]
    return lambda: function(*(one() for one in given))


def _one(value: Any) -> Any:
    return value[0][0] if isinstance(value, list) else value


def _number(value: Any) -> Decimal:
    found = _one(value)
    return found if isinstance(found, Decimal) else Decimal(int(found)) if isinstance(found, bool) else Decimal(0)


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """An empty cell is worth 0 beside a number, "" beside a text; a text is more than any number."""
    for one, other in ((left, right), (right, left)):
        if one is None:
            blank = "" if isinstance(other, str) else Decimal(0)
            return (blank, right) if one is left else (left, blank)
    if isinstance(left, str) != isinstance(right, str):
        return isinstance(left, str), isinstance(right, str)
    return left, right


def _numbers(*given: Any) -> Iterator[Decimal]:
    """What a sum takes: texts and empty cells of an area are left out."""
    for one in given:
        cells = chain.from_iterable(one) if isinstance(one, list) else (one,)
        yield from (cell for cell in cells if isinstance(cell, Decimal))


def _rounded(value: Any, digits: Any) -> Decimal:
    return _number(value).quantize(Decimal(1).scaleb(-int(_number(digits))), ROUND_HALF_UP)


def _months_later(start: Any, months: Any) -> date:
    day: date = _one(start)
    later = day.year * 12 + day.month - 1 + int(_number(months))
    return day.replace(year=later // 12, month=later % 12 + 1)


def _sum_if(summed: Area, looked: Area, wanted: Any) -> Decimal:
    pairs = zip(chain.from_iterable(summed), chain.from_iterable(looked), strict=True)
    return sum((_number(amount) for amount, key in pairs if key == _one(wanted)), Decimal(0))


def _sum_of_products(*areas: Any) -> Decimal:
    columns = [list(chain.from_iterable(one)) if isinstance(one, list) else [one] for one in areas]
    total = Decimal(0)
    for cells in zip(*columns, strict=True):
        product = Decimal(1)
        for cell in cells:
            product *= _number(cell)
        total += product
    return total


def _absolute(value: Any) -> Any:
    return [[abs(_number(cell)) for cell in row] for row in value] if isinstance(value, list) else abs(_number(value))


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ABS": _absolute,
    "AND": lambda *given: all(bool(_one(one)) for one in given),
    "COUNT": lambda *given: Decimal(sum(1 for _ in _numbers(*given))),
    "EDATE": _months_later,
    "INDEX": lambda area, row, column: area[int(_number(row)) - 1][int(_number(column)) - 1],
    "ISNUMBER": lambda value: isinstance(_one(value), Decimal),
    "MAX": lambda *given: max((_number(one) for one in _numbers(*_read(given))), default=Decimal(0)),
    "MIN": lambda *given: min((_number(one) for one in _numbers(*_read(given))), default=Decimal(0)),
    "MONTH": lambda day: Decimal(_one(day).month),
    "ROUND": _rounded,
    "SUM": lambda *given: sum(_numbers(*_read(given)), Decimal(0)),
    "SUMIFS": _sum_if,
    "SUMPRODUCT": _sum_of_products,
}


def _read(given: Sequence[Any]) -> list[Any]:
    return [int(one) if isinstance(one, bool) else one for one in given]
