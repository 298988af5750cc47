"""The usual gestures of a counsellor, for tests that start from a file."""

import io
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

import time_machine
from pypdf import PdfReader
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.models.choices import ConsentMode, TerritoryLevel
from boutique.models.directory import PartnerContact
from boutique.models.referral import Partner, PartnerTerritory
from boutique.services import documents, intakes, interviews, referrals
from boutique.services.intakes import Saved
from boutique.services.interviews import Following
from boutique.services.outside import Override
from boutique.services.workspace import Workspace

FREVENT, SAINT_POL, PARIS = "62361", "62767", "75056"
NOBODY = uuid.UUID(int=0)


def typed(first: str = "Zoé", last: str = "Martin", **more: Any) -> dict[str, Any]:
    """An intake as typed; `holder_phone="06…"` stands for the field `holder.phone`."""
    answers = {key.replace("_", ".", 1): value for key, value in more.items()}
    return {"holder.first_name": first, "holder.last_name": last, "passage.happened_on": today(), **answers}


def open_file(workspace: Workspace, first: str = "Zoé", last: str = "Martin", **more: Any) -> Saved:
    """A new file, by the intake."""
    needs = more.pop("needs", ())
    return workspace.write("Accueillir", intakes.save, typed(first, last, **more), needs=needs)


def add_partner(
    workspace: Workspace,
    name: str,
    type_code: str,
    *,
    level: TerritoryLevel = TerritoryLevel.NATIONAL,
    code: str = "",
    contact: tuple[str, str] | None = None,
    **more: Any,
) -> uuid.UUID:
    """A structure of the directory that covers one territory; `contact` is a name and a function."""

    def add(session: Session) -> uuid.UUID:
        partner = Partner(name=name, type_code=type_code, **more)
        session.add_all([partner, PartnerTerritory(partner_id=partner.id, level=level, code=code)])
        if contact:
            session.add(PartnerContact(partner_id=partner.id, name=contact[0], role=contact[1]))
        return partner.id

    return workspace.write("Ajouter une structure", add)


@contextmanager
def on(moment: date | datetime) -> Iterator[None]:
    """Another day, at noon unless an hour is said."""
    instant = moment if isinstance(moment, datetime) else datetime.combine(moment, time(12)).astimezone()
    with time_machine.travel(instant):
        yield


def pdf(document: documents.Document) -> str:
    """The text of a document, blanks made single."""
    pages = PdfReader(io.BytesIO(document.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def interview(workspace: Workspace, saved: Saved, following: Following | None = None, **more: Any) -> uuid.UUID:
    """A new interview of a file; `minutes=45` stands for its field."""
    start = workspace.read(interviews.blank, saved.case_id)
    typed = {**start, **{f"interview.{key}": value for key, value in more.items()}}
    return workspace.write("Entretien", interviews.save, saved.case_id, typed, following)


def refer(workspace: Workspace, saved: Saved, *partners: uuid.UUID, **more: Any) -> tuple[uuid.UUID, ...]:
    """Referrals with a signed agreement, unless said otherwise; to whom nothing proposed, because the person asked."""
    more.setdefault("consent", ConsentMode.SIGNED)
    more.setdefault("overrides", dict.fromkeys(partners, Override("DEMANDE_PERSONNE")))
    return workspace.write("Orienter", referrals.refer, saved.case_id, partners, **more)
