"""Who carries the project of a file with others, by the driver's connection. For the search, lists and documents."""

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from boutique.core.names import Name

_HOLDERS = """
SELECT m.project_id, m.person_id, h.first_name, h.last_name, m.main,
       EXISTS (SELECT 1 FROM accompaniment a WHERE a.project_id = m.project_id AND a.person_id = m.person_id)
FROM project_member m JOIN person h ON h.id = m.person_id
WHERE m.project_id IN (
    SELECT project_id FROM project_member WHERE project_id IN ({}) GROUP BY project_id HAVING count(*) > 1
)
ORDER BY m.project_id, m.created_at, m.id
"""


class _Holder(NamedTuple):
    person: str
    name: Name
    main: bool
    own: bool  # has a file of one's own on this project


def others(connection: Any, cases: Iterable[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]) -> dict[uuid.UUID, list[Name]]:
    """By file (case, project, person): all its holders in the order they are named, where there are several."""
    wanted = {case_id: (project_id.hex, person_id.hex) for case_id, project_id, person_id in cases}
    projects = sorted({project for project, _ in wanted.values()})
    by_project: dict[str, list[_Holder]] = {}
    for project, person, first, last, main, own in connection.execute(
        _HOLDERS.format(",".join("?" * len(projects))), projects
    ):
        by_project.setdefault(project, []).append(_Holder(person, (first, last), bool(main), bool(own)))
    return {
        case_id: [holder.name for holder in _in_order(by_project[project], person)]
        for case_id, (project, person) in wanted.items()
        if project in by_project
    }


def _in_order(holders: list[_Holder], person: str) -> list[_Holder]:
    """The main holder first, but on a file of one's own, where one comes first oneself."""

    def rank(holder: _Holder) -> tuple[bool, bool]:
        elsewhere = holder.main and holder.own and holder.person != person
        return (not holder.main or elsewhere, holder.person != person)

    return sorted(holders, key=rank)
