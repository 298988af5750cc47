"""Contrôles: live formulas that find the figures again from the other sheets, and what should be looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import quote_sheetname

from boutique.core.french import show_number
from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.area import Area
from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format, Formula
from boutique.exports.excel.sheets import summary
from boutique.exports.excel.sheets.table_sheet import TableSheet

TITLE = "Contrôles"
LEGEND = (
    "Chaque ligne doit donner 0. Les formules recomptent les chiffres de la Synthèse dans les autres feuilles. "
    "« À revoir » bloque : le classeur n’est pas prêt ; « À regarder » signale des dossiers à compléter."
)
READY = "Classeur prêt"
OK, WRONG, LOOK = "OK", "À revoir", "À regarder"
_COLOURS = {OK: ("FF22703F", "FFE4F3E9"), WRONG: ("FFB42318", "FFFBE9E7"), LOOK: ("FF8A5A00", "FFFBF1DC")}
_WIDTHS = (44, 10, 60, 12)
_DETAIL = 60  # references listed before « … »


@dataclass(frozen=True, slots=True)
class Line:
    """One control: zero expected. `state` is what its value gives now; the formula gives it again in a spreadsheet."""

    label: str
    count: Any
    detail: Any
    blocking: bool

    @property
    def number(self) -> float:
        """How many, now."""
        return float(self.count.value if isinstance(self.count, Formula) else self.count)

    @property
    def listed(self) -> str:
        return str(self.detail.value if isinstance(self.detail, Formula) else self.detail)

    @property
    def state(self) -> str:
        return OK if not self.number else WRONG if self.blocking else LOOK


def write(book: Book, data: ActivityData, sheets: Sequence[tuple[TableSheet[Any], Area]]) -> None:
    """The last sheet: everything checked, then one word."""
    lines = controls(data, sheets)
    last = len(lines) + 1
    sheet = book.sheet(TITLE, _WIDTHS, filtered=last)
    ready = last + 2
    shades = [(f"{'D' if word == OK else 'A'}2:D{last}", f'$D2="{word}"', word) for word in _COLOURS]
    shades += [(f"A{ready}:D{ready}", f'$B${ready}="{word}"', state) for word, state in (("oui", OK), ("non", WRONG))]
    for cells, condition, state in shades:
        sheet.made.conditional_formatting.add(cells, _shade(condition, state))
    heads = ("Contrôle", "Nombre", "Détail (références)", "État")
    sheet.row([(title, "head-number" if title == "Nombre" else "head") for title in heads])
    for rank, line in enumerate(lines, 2):
        mark = Formula(f'IF(B{rank}=0,"{OK}","{WRONG if line.blocking else LOOK}")', line.state)
        sheet.row([(line.label, "text-wrapped"), (line.count, "count"), (line.detail, "text-wrapped"), (mark, "text")])
    sheet.row([])
    ready_now = not any(line.state == WRONG for line in lines)
    verdict = Formula(f'IF(COUNTIF(D2:D{last},"{WRONG}")=0,"oui","non")', ready_now)
    sheet.row([(READY, "total"), (verdict, "total"), (None, "total"), (None, "total")], [Format.COUNT] * 4)


def controls(data: ActivityData, sheets: Sequence[tuple[TableSheet[Any], Area]]) -> list[Line]:
    """Every control, in the order of the sheet."""
    return [*_recounted(data, sheets), *_live(data, sheets), *_found(data)]


def _shade(condition: str, state: str) -> Rule:
    ink, fill = _COLOURS[state]
    look = DifferentialStyle(font=Font(color=ink, bold=True), fill=PatternFill(bgColor=fill))
    return Rule(type="expression", dxf=look, formula=[condition])


def _recounted(data: ActivityData, sheets: Sequence[tuple[TableSheet[Any], Area]]) -> Iterator[Line]:
    """One line for each indicator that the sheets let recount: their difference."""
    known: Mapping[str, tuple[str, Formula]] = {
        name: (table.title, area.formula(measure)) for table, area in sheets for name, measure in table.recounts.items()
    }
    for rank, indicator in enumerate(data.indicators, 2):
        if indicator.recount and indicator.month is not None:
            title, found = known[indicator.recount]
            told = f"{quote_sheetname(summary.SHEET.title)}!$C${rank}"
            gap = Formula(f"ABS(ROUND({found.text}-{told},2))", abs(round(found.value - indicator.month, 2)))
            words = f"Recompté : {_shown(found.value)} ; synthèse : {_shown(indicator.month)}"
            detail = Formula(f'"Recompté : "&ROUND({found.text},2)&" ; synthèse : "&ROUND({told},2)', words)
            label = f"{indicator.label} : écart entre « {title} » et la synthèse"
            yield Line(label, gap, detail, blocking=True)


def _shown(value: float) -> str:
    return show_number(value, 0 if float(value).is_integer() else 2)


def _live(data: ActivityData, sheets: Sequence[tuple[TableSheet[Any], Area]]) -> Iterator[Line]:
    for table, area in sheets:
        for check in table.checks(data):
            yield Line(check.label, area.formula(check.measure), _listed(check.references), check.blocking)


def _found(data: ActivityData) -> Iterator[Line]:
    for check in data.checks:
        yield Line(check.label, check.count, _listed(check.references), check.blocking)


def _listed(references: Sequence[str]) -> str:
    return ", ".join(references[:_DETAIL]) + (", …" if len(references) > _DETAIL else "")
