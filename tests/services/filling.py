"""The usual gestures of a counsellor, for tests that start from a file."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.models.choices import TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory
from boutique.services import intakes
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace

FREVENT, SAINT_POL, PARIS = "62361", "62767", "75056"


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
    **more: Any,
) -> uuid.UUID:
    """A structure of the directory that covers one territory."""

    def add(session: Session) -> uuid.UUID:
        partner = Partner(name=name, type_code=type_code, **more)
        session.add_all([partner, PartnerTerritory(partner_id=partner.id, level=level, code=code)])
        return partner.id

    return workspace.write("Ajouter une structure", add)
