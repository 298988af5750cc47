"""Graphiques: the year month by month, the way from the visit to the business, the public of the month."""

from openpyxl.worksheet.properties import PageSetupProperties

from boutique.exports.excel import charts
from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.area import Area
from boutique.exports.excel.book import Book, Sheet
from boutique.exports.excel.sheets import profile

TITLE = "Graphiques"
LEGEND = (
    "Personnes reçues par mois, chemin du passage à la création, public du mois. Les effectifs qui ne sont pas montrés "
    "dans « Profil du public » n’ont pas de barre."
)
_WIDTHS = (22, 10, 10, 3)
_SIZE = (15, 8)
_PLACES = ("E1", "N1", "E18", "N18", "E35", "N35")
_PUBLIC = ("Sexe", "Tranche d’âge", "Situation d’emploi", "QPV")


def write(book: Book, data: ActivityData, public: Area) -> None:
    """The figures that are drawn, and beside them the charts; one page."""
    sheet = book.sheet(TITLE, _WIDTHS, frozen=False)
    sheet.made.page_setup.fitToHeight = 1
    sheet.made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made = [*_year(sheet, data), *_funnel(sheet, data), *_public(data, public)]
    for chart, place in zip(made, _PLACES, strict=False):
        sheet.made.add_chart(chart, place)


def _year(sheet: Sheet, data: ActivityData) -> list[object]:
    if not data.months:
        return []
    this, last = str(data.start.year), str(data.start.year - 1)
    sheet.row([("Personnes reçues", "head"), (this, "head-number"), (last, "head-number")])
    first = len(sheet.rows) + 1
    for month in data.months:
        sheet.row([(month.label, "text"), (month.this_year, "count"), (month.last_year, "count")])
    sheet.row([])
    labels, now, before = (_range(sheet, letter, first, first + len(data.months) - 1) for letter in "ABC")
    return [charts.bars("Personnes reçues par mois", labels, [(this, now), (last, before)], size=_SIZE)]


def _funnel(sheet: Sheet, data: ActivityData) -> list[object]:
    if not data.funnel:
        return []
    sheet.row([("Du passage à la création", "head"), ("Depuis janvier", "head-number")])
    first = len(sheet.rows) + 1
    for step in data.funnel:
        sheet.row([(step.label, "text"), (step.count, "count")])
    labels, counts = (_range(sheet, letter, first, first + len(data.funnel) - 1) for letter in "AB")
    title = "Du passage à la création, depuis janvier"
    return [charts.bars(title, labels, [("Depuis janvier", counts)], size=_SIZE, lying=True)]


def _public(data: ActivityData, public: Area) -> list[object]:
    """One chart a breakdown, drawn from the cells of « Profil du public »."""
    shown = profile.shown_rows(data)
    made = []
    for title in _PUBLIC:
        rows = [rank for rank, row in enumerate(shown, public.first) if row.breakdown == title and not row.total]
        if rows:
            labels, counts = (public.range(column, rows[0], rows[-1]) for column in ("Modalité", "Effectif"))
            made.append(charts.bars(f"{title}, personnes reçues", labels, [("Personnes", counts)], size=_SIZE,
                                    lying=True))  # fmt: skip
    return made


def _range(sheet: Sheet, letter: str, first: int, last: int) -> str:
    return f"'{sheet.name}'!${letter}${first}:${letter}${last}"
