"""Sorting, grouping and filtering the actions of a plan."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from boutique.models.choices import ActionStatus
from boutique.services.actions import ActionLine
from boutique.services.plan_groups import GroupedBy, Shown, grouped

TODAY = date(2026, 11, 24)


def line(label: str, days: int | None, **more: Any) -> ActionLine:
    due = None if days is None else TODAY + timedelta(days)
    status = more.pop("status", ActionStatus.PLANNED)
    late = -days if days is not None and days < 0 and status is ActionStatus.PLANNED else 0
    return ActionLine(uuid.uuid4(), label, more.pop("owner", "La personne"), due, status,
                      more.pop("priority", "Normale"), late)  # fmt: skip


LINES = (
    line("hier", -1),
    line("aujourd’hui", 0),
    line("dans six jours", 6, priority="Basse"),
    line("dans sept jours", 7, owner="La boutique"),
    line("dans trente jours", 30, priority="Haute"),
    line("dans trente et un jours", 31, owner="Un partenaire"),
    line("un jour", None, owner="", priority=""),
    line("faite", -3, status=ActionStatus.DONE),
    line("abandonnée", None, status=ActionStatus.ABANDONED),
)


def told(by: GroupedBy, shown: Shown) -> dict[str, list[str]]:
    return {group.title: [one.label for one in group.lines] for group in grouped(LINES, by, shown, TODAY)}


def test_by_due_date_the_late_ones_come_first_and_the_ended_ones_last() -> None:
    assert told(GroupedBy.DUE, Shown.ALL) == {
        "En retard": ["hier"],
        "Cette semaine": ["aujourd’hui", "dans six jours"],
        "Dans le mois": ["dans sept jours", "dans trente jours"],
        "Plus tard": ["dans trente et un jours"],
        "Sans date": ["un jour"],
        "Terminées": ["faite", "abandonnée"],
    }
    groups = grouped(LINES, GroupedBy.DUE, Shown.ALL, TODAY)
    assert [group.late for group in groups] == [True, False, False, False, False, False]


@pytest.mark.parametrize(
    ("by", "titles"),
    [
        (GroupedBy.OWNER, ["La personne", "La boutique", "Un partenaire", "Sans personne"]),
        (GroupedBy.PRIORITY, ["Priorité haute", "Priorité normale", "Priorité basse", "Sans priorité"]),
        (GroupedBy.STATUS, ["Prévue"]),
    ],
)
def test_every_grouping_shows_every_open_action_once(by: GroupedBy, titles: list[str]) -> None:
    found = told(by, Shown.OPEN)
    assert list(found) == titles
    assert sorted(label for labels in found.values() for label in labels) == sorted(
        one.label for one in LINES if one.open
    )


def test_filters_keep_what_they_say() -> None:
    assert told(GroupedBy.STATUS, Shown.LATE) == {"Prévue": ["hier"]}
    assert told(GroupedBy.STATUS, Shown.ENDED) == {"Faite": ["faite"], "Abandonnée": ["abandonnée"]}
    assert grouped((), GroupedBy.DUE, Shown.ALL, TODAY) == ()
