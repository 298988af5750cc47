"""Rows of « Corrections »: what was changed in declared months since the declaration before this month."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import local
from boutique.exports.excel.activity_rows import CorrectionRow
from boutique.models.programme import LockedMonth
from boutique.rules.scope import Scope
from boutique.services import corrections
from boutique.services.corrections import Late, Moved
from boutique.services.sheets.asked import Asked


def rows(session: Session, asked: Asked) -> Iterator[CorrectionRow]:
    """For each declared month before this one: the figures that moved, then the late acts, the latest first.

    A correction is told in the next workbook and not again: only what came after the last declaration counts.
    """
    site_id = asked.scope.site_id
    if asked.scope != Scope(site_id):
        return  # months are declared by place: nothing else was
    declared = session.scalars(
        select(LockedMonth)
        .where(
            LockedMonth.month < asked.book.month.start,
            LockedMonth.unlocked_at.is_(None),
            LockedMonth.site_id.is_(None) if site_id is None else LockedMonth.site_id == site_id,
        )
        .order_by(LockedMonth.month.desc())
    ).all()
    if not declared:
        return
    since = declared[0].stamp
    for row in declared:
        lates = corrections.lates(session, row, since=since)
        if not lates:
            continue
        for one in corrections.moved(session, row):
            yield _figure(one, lates)
        for late in lates:
            yield _act(late)


def _figure(moved: Moved, lates: tuple[Late, ...]) -> CorrectionRow:
    return CorrectionRow(
        month=moved.month,
        figure=moved.label,
        declared=moved.declared,
        now=moved.now,
        corrected_on=local(lates[0].changed_at).date(),
        author=", ".join(sorted({late.author for late in lates if late.author})),
        reference="",
        what="",
        reason=" ; ".join(dict.fromkeys(late.reason for late in reversed(lates) if late.reason)),
        share=moved.share,
    )


def _act(late: Late) -> CorrectionRow:
    return CorrectionRow(
        month=late.month,
        figure="",
        declared=None,
        now=None,
        corrected_on=local(late.changed_at).date(),
        author=late.author,
        reference=late.reference,
        what=late.what,
        reason=late.reason,
    )
