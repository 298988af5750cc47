"""Rows of « Réponses des partenaires »: how partners answered the referrals of a period, by each grouping."""

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import PartnerStatRow
from boutique.services import partner_figures
from boutique.services.partner_figure_rows import Group
from boutique.services.partner_figures import Count, Line
from boutique.services.sheets.asked import Asked


def rows(session: Session, asked: Asked) -> Iterator[PartnerStatRow]:
    """Structures, then types, then the territories where people live; the busiest first."""
    for group, table in partner_figures.tables(session, asked.period, asked.scope, Group).items():
        yield from (_row(group, line) for line in table.lines)


def _row(group: Group, line: Line) -> PartnerStatRow:
    return PartnerStatRow(
        group=group.label,
        label=line.label,
        sent=line.sent,
        answered=line.answered,
        accepted=line.accepted,
        refused=line.refused,
        silent=line.silent,
        median_days=line.median_days,
        refusals=_told(line.refusals),
        proposed=line.proposed,
        not_chosen=line.not_chosen,
        set_aside=_told(line.set_aside),
    )


def _told(counts: Iterable[Count]) -> str:
    return ", ".join(f"{one.label} : {one.count}" for one in counts)
