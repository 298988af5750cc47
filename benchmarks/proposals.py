"""Proposals of a file among 6,000 structures: the wait of the user, and the ratio to the same statements alone.

The published lists are read beside the project (`shared/data`); without them nothing is measured, and it is said.
"""

import gc
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from benchmarks import base
from benchmarks.measure import Line, milliseconds, p95, processor, ratios
from boutique.models.case import Case
from boutique.models.referral import Partner
from boutique.services import people, proposals
from boutique.services.importing import import_partners
from boutique.services.workspace import Workspace

_PEOPLE, _NAME = 2_000, "orientations"
_LISTS = ("annuaire_2016", "france_services", "france_travail_directions")
_FILES, _SWITCHED, _BOUND, _RATIO = 120, 40, 50, 12
_ANSWER = "holder.mobility_obstacle"


def lines() -> list[Line]:
    lists = _published()
    if not lists:
        return [Line("proposals among 6,000 structures", "not measured: the published lists are not here", "", True)]
    opened = base.workspace(_PEOPLE, _NAME, more=_with(lists))
    try:
        with opened.database.reader() as session:
            known = session.scalar(select(func.count()).select_from(Partner))
            cases = list(session.scalars(select(Case.id).order_by(Case.reference).limit(_FILES)))
        return [_wait(opened, cases, known or 0), _switching(opened, cases[:_SWITCHED]), _ratio(opened, cases)]
    finally:
        opened.close()


def _wait(opened: Workspace, cases: list[uuid.UUID], known: int) -> Line:
    opened.read(proposals.proposals, cases[0])
    times = [milliseconds(lambda case=case: opened.read(proposals.proposals, case), 1)[0] for case in cases]
    what = f"proposals of a file among {known:,} structures, p95"
    return Line(what, f"{p95(times):.0f} ms", f"≤ {_BOUND} ms", p95(times) <= _BOUND)


def _switching(opened: Workspace, cases: list[uuid.UUID]) -> Line:
    """One answer is switched, then the list comes again: what follows a press on « Enregistrer la réponse »."""
    times = []
    for rank, case in enumerate(cases):
        opened.write("Réponse", people.answer_one, case, _ANSWER, rank % 2 == 0)
        times += milliseconds(lambda case=case: opened.read(proposals.proposals, case), 1)
    return Line(
        "the same after one answer switched, p95", f"{p95(times):.0f} ms", f"≤ {_BOUND} ms", p95(times) <= _BOUND
    )


def _ratio(opened: Workspace, cases: list[uuid.UUID]) -> Line:
    """To the very statements it runs, run again by the driver alone: no object, no rule, no sentence."""
    mine, floor = [], []
    gc.collect()
    for case in cases:
        statements = _statements(opened, case)
        mine += processor(lambda case=case: opened.read(proposals.proposals, case), 1)
        floor += processor(lambda statements=statements: opened.read(_replay, statements), 1)
    ratio = ratios(mine, floor)
    return Line(
        "proposals / the same statements by the driver alone", f"{ratio:.1f} ×", f"≤ {_RATIO} ×", ratio <= _RATIO
    )


def _statements(opened: Workspace, case: uuid.UUID) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    engine = opened.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        opened.read(proposals.proposals, case)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [one for one in seen if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]


def _replay(session: Session, statements: list[tuple[str, Any]]) -> None:
    connection = session.connection().connection
    for statement, parameters in statements:
        cursor = connection.cursor()
        cursor.execute(statement, parameters)
        cursor.fetchall()
        cursor.close()


def _published() -> list[Path]:
    places = (parent / "shared" / "data" for parent in Path(__file__).resolve().parents)
    folder = next((place for place in places if place.is_dir()), None)
    return [folder / f"partenaires_{name}.csv" for name in _LISTS] if folder else []


def _with(lists: list[Path]) -> Any:
    def add(made: Workspace) -> None:
        for path in lists:
            made.write("Import", import_partners, path)

    return add
