"""The usual gestures around a workshop, for tests that start from a session."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from boutique.models.workshop_choices import WorkshopTheme
from boutique.services.workshops import enrolments, modules, sessions, sheets
from boutique.services.workshops.enrolments import Enrolled
from boutique.services.workshops.half_days import HalfDay
from boutique.services.workshops.sessions import Setting
from boutique.services.workshops.sheets import Attendee, SessionSheet
from boutique.services.workspace import Workspace

MORNING, AFTERNOON = (540, 720), (840, 1020)


def add_module(workspace: Workspace, title: str = "Construire son prix", **more: Any) -> uuid.UUID:
    """A module of the catalogue; `capacity=3` stands for its field."""
    programme = more.pop("programme_id", None)
    typed = {**modules.blank(), "module.title": title, "module.theme": WorkshopTheme.MANAGEMENT}
    typed |= {f"module.{name}": value for name, value in more.items()}
    return workspace.write("Module ajouté", modules.save, None, typed, programme)


def add_session(
    workspace: Workspace, module_id: uuid.UUID, *days: date, halves: Sequence[tuple[int, int]] = (MORNING,), **more: Any
) -> uuid.UUID:
    """A session of a module, the same hours each day."""
    planned = workspace.read(sessions.blank, module_id, days[0])
    typed = {**planned.answers, **{f"workshop.{name}": value for name, value in more.items()}}
    half_days = [HalfDay(day, start, end) for day in days for start, end in halves]
    return workspace.write("Séance", sessions.save, None, typed, half_days, planned.setting).id


def enrol(workspace: Workspace, workshop_id: uuid.UUID, name: str, **more: Any) -> Enrolled:
    """Somebody who has no file."""
    first, _, last = name.partition(" ")
    typed = {"enrolment.first_name": first, "enrolment.last_name": last}
    typed |= {f"enrolment.{key}": value for key, value in more.items()}
    return workspace.write("Inscription", enrolments.enrol_name, workshop_id, typed)


def sheet(workspace: Workspace, workshop_id: uuid.UUID) -> SessionSheet:
    return workspace.read(sheets.sheet, workshop_id)


def who(workspace: Workspace, workshop_id: uuid.UUID) -> dict[str, Attendee]:
    """Those of a session by name."""
    return {one.name: one for one in sheet(workspace, workshop_id).people}


def setting_of(workspace: Workspace, workshop_id: uuid.UUID) -> Setting:
    return workspace.read(sessions.planned, workshop_id).setting
