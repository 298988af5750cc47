"""The figure of the screen, what opens behind it, the list exported and the cell of the workbook say the same: all."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from boutique.exports.excel.figure_list import FILES, LINES
from boutique.rules.figure_rules import Count, Kind
from boutique.rules.indicators import figure
from boutique.rules.own_figures import Criterion, Share
from boutique.rules.period import Period
from boutique.services import activity_files, activity_page, figure_list, figures, own_figures
from boutique.services.activity_book import summary_figures
from boutique.services.activity_page import GROUPS, Asked, AskedBehind, Behind
from boutique.services.figure_files import counted_by
from boutique.services.month import IndicatorLine
from boutique.services.own_figures import OwnSheet
from boutique.services.scopes import ScopeKeys
from boutique.services.workspace import Workspace
from tests.services.conftest import new_workspace
from tests.services.recount import bases
from tests.services.recount.agreement import COMPUTED, busiest_places

MONTH = date(2026, 10, 1)
WOMAN, YOUNG = Criterion("holder.gender", "=", "F"), Criterion("holder.age", "<=", 29)
OWN = (
    OwnSheet(None, "Femmes, ou jeunes", Count.PEOPLE, Kind.INTERVIEW, ((WOMAN,), (YOUNG,))),
    OwnSheet(None, "Heures des femmes", Count.SUM, Kind.INTERVIEW, ((WOMAN,),)),
    OwnSheet(None, "Passages", Count.ACTS, Kind.VISIT),
    OwnSheet(None, "Dossiers orientés", Count.FILES, Kind.REFERRAL),
    OwnSheet(None, "Part des femmes", Count.SHARE, Kind.INTERVIEW, share=Share(Count.PEOPLE, (WOMAN,))),
    OwnSheet(None, "Part des entretiens des femmes", Count.SHARE, Kind.INTERVIEW, share=Share(Count.ACTS, (WOMAN,))),
)
OWN_KEYS = [f"nous_{rank}" for rank in range(1, len(OWN) + 2)]  # the demonstration has one
KEYS = [*(item.key for item in COMPUTED), *OWN_KEYS]


@dataclass(frozen=True, slots=True)
class Sight:
    """One base, its screens and the Synthèse of its workbooks, everywhere and at one place."""

    workspace: Workspace
    keys: tuple[ScopeKeys, ...]
    screens: tuple[dict[str, IndicatorLine], ...]
    cells: tuple[dict[str, dict[str, Any]], ...]


@pytest.fixture(scope="module")
def sight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sight]:
    workspace = new_workspace(tmp_path_factory.mktemp("lists") / "base")
    bases.fill(workspace, 260, 2)
    for typed in OWN:
        workspace.write("Indicateur", own_figures.save, typed)
    keys = (ScopeKeys(), ScopeKeys(site_id=busiest_places(workspace)[0]))
    yield Sight(
        workspace, keys, tuple(_screen(workspace, one) for one in keys), tuple(_cells(workspace, one) for one in keys)
    )
    workspace.close()


def _screen(workspace: Workspace, keys: ScopeKeys) -> dict[str, IndicatorLine]:
    pages = [workspace.read(activity_page.page, Asked(MONTH, keys=keys, group=group)) for group, _title in GROUPS]
    return {line.key: line for page in pages for line in page.view.indicators}


def _cells(workspace: Workspace, keys: ScopeKeys) -> dict[str, dict[str, Any]]:
    made = workspace.read(activity_files.month_file, MONTH, keys=keys)
    rows = openpyxl.load_workbook(io.BytesIO(made.content), data_only=True)["Synthèse"].iter_rows(values_only=True)
    titles = [str(one) for one in next(rows)]
    return {str(row[titles.index("Code")]): dict(zip(titles, row, strict=True)) for row in rows}


@dataclass(frozen=True, slots=True)
class Listed:
    """How many lines a list has, and the amounts of a sum or a median."""

    lines: int
    amounts: list[float]

    def worth(self, count: Count) -> Any:
        """What the figure must be."""
        if count is Count.MEDIAN:
            return median(self.amounts) if self.amounts else None
        return sum(self.amounts) if count is Count.SUM else self.lines


def _opened(found: Behind, count: Count) -> Listed:
    amounts = [row.amount for row in found.rows if row.amount is not None]
    assert len(amounts) == (len(found.rows) if count in (Count.SUM, Count.MEDIAN) else 0)
    return Listed(len(found.rows), amounts)


def _exported(sight: Sight, asked: AskedBehind, count: Count) -> Listed:
    """The workbook read back; its own total says the same."""
    content = sight.workspace.read(figure_list.figure_list, asked, "Liste")
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[LINES]
    *rows, total = [list[Any](row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    rows = [row for row in rows if any(cell is not None for cell in row)]
    found = Listed(len(rows), [row[-1] for row in rows] if count in (Count.SUM, Count.MEDIAN) else [])
    assert total[1] == found.lines
    assert total[-1] == _about(found.worth(count)) if found.amounts else not total[-1] or count is not Count.SUM
    return found


def _about(value: float | None) -> Any:
    return None if value is None else pytest.approx(value)


@pytest.mark.parametrize("key", KEYS)
def test_figure_list_and_cell_agree(sight: Sight, key: str) -> None:
    """Since January, everywhere; for a sum or a median, what the lines bring; for a share, both its counts."""
    line = sight.screens[0][key]
    assert sight.cells[0][line.code]["Cumul année"] == _about(line.year)
    _compare(sight, AskedBehind(key, Period.year_to(MONTH)), line.year, exported=True)


@pytest.mark.parametrize("key", KEYS)
def test_figure_and_cell_agree_of_a_month_at_one_place(sight: Sight, key: str) -> None:
    line = sight.screens[1][key]
    assert sight.cells[1][line.code]["Mois"] == _about(line.month)
    _compare(sight, AskedBehind(key, Period.month(MONTH), sight.keys[1]), line.month, exported=False)


def _compare(sight: Sight, asked: AskedBehind, shown: float | None, *, exported: bool) -> None:
    rule = sight.workspace.read(own_figures.known, asked.key).rule
    assert rule is not None
    worth, fraction = [], None
    for side in ("part", "whole") if rule.count is Count.SHARE else ("part",):
        one, count = replace(asked, side=side), counted_by(rule, side)[1]
        found = sight.workspace.read(activity_page.behind, one)
        listed, fraction = _opened(found, count), found.fraction
        if exported:
            assert _exported(sight, one, count) == listed
        worth.append(listed.worth(count))
    if fraction is not None:
        assert worth == [_about(fraction.part), _about(fraction.whole)]
        worth = [worth[0] / worth[1] if worth[1] else None]
    assert worth == [_about(shown)]


def test_every_figure_is_on_a_screen_and_in_the_workbook(sight: Sight) -> None:
    screen = sight.screens[0]
    assert set(KEYS) <= set(screen)
    assert len({screen[key].code for key in KEYS}) == len(KEYS)
    counted = [key for key in KEYS if screen[key].month or screen[key].year]
    assert len(counted) > 0.9 * len(KEYS)


def test_the_workbook_of_the_year_says_the_same_of_every_month(sight: Sight) -> None:
    made = sight.workspace.read(activity_files.year_file, MONTH.year)
    rows = list(openpyxl.load_workbook(io.BytesIO(made.content), data_only=True)["Synthèse annuelle"].values)

    def counted(session: Session) -> list[list[float | None]]:
        book = figures.read(session, Period.month(bases.LAST).end)
        spans = [*(Period.month(MONTH.replace(month=month)) for month in range(1, 12)), Period.year_to(bases.LAST)]
        return [[book.value(item, span) for span in spans] for item in summary_figures(session)]

    december = 12
    for row, values in zip(rows[1:], sight.workspace.read(counted), strict=False):
        *months, year = values
        assert list(row[1 : december + 2]) == [*map(_about, months), None, _about(year)], row[0]


def test_the_list_says_what_it_is_and_names_nobody(sight: Sight) -> None:
    month = Period.month(MONTH)
    asked = AskedBehind("interview_hours", month)
    found = sight.workspace.read(activity_page.behind, asked)
    content = sight.workspace.read(figure_list.figure_list, asked, f"Heures · {month.words}")
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert book.sheetnames == ["Lisez-moi", LINES, FILES]
    said = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    }
    assert {"INT_HEURES", month.words, "Durée (heures)", f"Heures · {month.words}"} <= said
    assert {row.reference for row in found.rows} <= said
    assert not {row.name for row in found.rows} & said
    files = [row[0] for row in book[FILES].iter_rows(min_row=2, values_only=True) if row[0] != "Total"]
    assert set(files) == {row.reference for row in found.rows}
    assert len(files) == len(set(files))


def test_lines_without_a_file_say_what_they_are(sight: Sight) -> None:
    content = sight.workspace.read(figure_list.figure_list, AskedBehind("visits", Period.year(MONTH)), "Passages")
    rows = list(openpyxl.load_workbook(io.BytesIO(content))[LINES].iter_rows(min_row=2, values_only=True))
    assert any(row[0] is None and row[3] == "Passage anonyme" for row in rows)


def test_names_without_a_file_are_counted_and_not_exported(sight: Sight) -> None:
    asked = AskedBehind(figure("EPCI_ATELIERS_PRESENTS").key, Period.year(MONTH))
    sheet = openpyxl.load_workbook(io.BytesIO(sight.workspace.read(figure_list.figure_list, asked, "Ateliers")))[LINES]
    with sight.workspace.database.raw() as connection:
        names = {row[0] for row in connection.execute("SELECT last_name FROM enrolment WHERE last_name IS NOT NULL")}
    said = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    assert "Inscrit·e sans dossier" in said
    assert not [name for name in names if name in said]


def test_the_lines_of_a_sum_show_what_they_bring(sight: Sight) -> None:
    for code, words in (("CDV_COFINANCEMENT", "€"), ("INT_COMPLETUDE", "réponse"), ("BPI_QPV_COUVERTS", "QN06299")):
        item = figure(code)
        found = sight.workspace.read(activity_page.behind, AskedBehind(item.key, Period.year(MONTH), side="whole"))
        assert found.rows
        assert all(words in row.detail for row in found.rows)
