"""The list behind a figure as a workbook, which agrees with the figure to the line. For « Exporter » of Activité."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique import __version__
from boutique.core import clock
from boutique.exports import excel
from boutique.models.structure import Structure
from boutique.rules.figure_rules import Count
from boutique.services import activity_page, own_figures
from boutique.services.activity_book import author_name
from boutique.services.activity_page import AskedBehind
from boutique.services.figure_files import FileRow, counted_by, measured
from boutique.services.files import FileFilter, FileQuery
from boutique.services.follow_up import rows

_VALUE = "Compté"


def figure_list(session: Session, asked: AskedBehind, told: str) -> bytes:
    """What was opened, as .xlsx bytes; `told` is how the screen calls it. UserError when the figure is gone."""
    figure = own_figures.known(session, asked.key)
    found = activity_page.behind(session, asked)
    rule, count = counted_by(figure.rule, asked.side) if figure.rule is not None else (None, Count.ACTS)
    cases = tuple(dict.fromkeys(row.case_id for row in found.rows if row.case_id is not None))
    query = FileQuery(filter=FileFilter.ALL, cases=cases, sort="opened", descending=False)
    return excel.figure_list.render(
        excel.figure_list.FigureListData(
            title=told,
            structure=session.scalar(select(Structure.name).limit(1)) or "",
            author=author_name(session),
            version=__version__,
            generated_at=clock.local(clock.now()),
            facts=(
                ("Indicateur", figure.label),
                ("Code", figure.code),
                ("Définition", figure.definition),
                ("Calcul", figure.calculation),
                ("Période", asked.period.words),
                *([("Attention", found.note)] if found.note else []),
            ),
            rows=tuple(_row(row) for row in found.rows),
            files=tuple(rows(session, query)) if cases else (),
            amount=measured(rule).value if rule is not None and count in (Count.SUM, Count.MEDIAN) else "",
            median=count is Count.MEDIAN,
            value=_VALUE if any(row.value for row in found.rows) else "",
        )
    )


def _row(row: FileRow) -> "excel.figure_list.CountedRow":
    """Without a name: that of a line without a file says what it is."""
    what = "" if row.case_id is not None or row.private else row.name
    return excel.figure_list.CountedRow(row.reference, row.on, row.commune, what, row.value, row.amount)
