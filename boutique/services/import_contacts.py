"""The contacts of an imported line: read cell by cell, added to those of the sheet or bringing them up to date."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.core.text import clip, fold
from boutique.forms import values
from boutique.forms.catalogue import CONTACT
from boutique.models.directory import PartnerContact
from boutique.rules import needs
from boutique.services import partner_cells
from boutique.services.import_lines import Remark
from boutique.storage.partner_files import PartnerLine

LABEL = "Contacts"
_SHOWN = 60
_MOST = 50
Read = dict[str, Any]


class People:
    """The contacts of the directory, ready to be asked for each line; those who left are not taken again."""

    def __init__(self, session: Session, *, dry: bool) -> None:
        self._session, self._dry = session, dry
        self._known: dict[tuple[uuid.UUID, str], PartnerContact] = {}
        for row in session.scalars(select(PartnerContact)):
            self._known[row.partner_id, fold(row.name)] = row

    def take(self, partner_id: uuid.UUID, read: Iterable[Read], *, ours: bool) -> bool:
        """Whether something changes; `ours`: what is known here is only completed."""
        changed = [self._one(partner_id, one, ours=ours) for one in read]
        return any(changed)

    def _one(self, partner_id: uuid.UUID, read: Read, *, ours: bool) -> bool:
        key = (partner_id, fold(read["name"]))
        row = self._known.get(key)
        if row is None:
            self._known[key] = row = PartnerContact(partner_id=partner_id, **read)
            if not self._dry:
                self._session.add(row)
            return True
        if row.left_on is not None:
            return False
        kept = {name: value for name, value in read.items() if name != "name" and self._newer(row, name, value, ours)}
        if not self._dry:
            for name, value in kept.items():
                setattr(row, name, value)
        return bool(kept)

    @staticmethod
    def _newer(row: PartnerContact, name: str, value: Any, ours: bool) -> bool:  # noqa: FBT001 - called by position
        known = getattr(row, name)
        return bool(known != value and (known is None or not ours))


def read(line: PartnerLine) -> tuple[tuple[Read, ...], list[Remark]]:
    """Typed contacts of a line; what cannot be kept is left out and told."""
    remarks: list[Remark] = []
    first = {name: line[f"contact_{name}"] for name in partner_cells.CONTACT}
    others = [part for part in line["contacts"].split(partner_cells.BETWEEN_CONTACTS.strip()) if part.strip()]
    said = [(first, "contact_name")] if any(first.values()) else []
    said += [(_cells(part), "contacts") for part in others[:_MOST]]
    if len(others) > _MOST:
        remarks.append(Remark(line.number, f"plus de {_MOST} contacts : les derniers sont laissés.", "contacts"))
    found = [one for cells, column in said if (one := _contact(line.number, cells, column, remarks)) is not None]
    return tuple(found), remarks


def _cells(part: str) -> dict[str, str]:
    texts = [text.strip() for text in part.split(partner_cells.IN_CONTACT.strip())]
    return dict(zip(partner_cells.CONTACT, texts, strict=False))


def _contact(number: int, cells: Mapping[str, str], column: str, remarks: list[Remark]) -> Read | None:
    """Without a name it is the service, its function, that answers: « Accueil »."""
    named = dict(cells) if cells.get("name") else {**cells, "name": cells.get("role") or "Accueil", "role": ""}
    found: Read = {}
    for name, text in named.items():
        try:
            value = _value(name, text)
        except UserError as error:
            label = CONTACT.field(f"contact.{name}").label
            where = f"contact_{name}" if column == "contact_name" else column
            remarks.append(
                Remark(number, f"Contact, {label[:1].lower()}{label[1:]} : {error}", where, clip(text, _SHOWN))
            )
            continue
        if value is not None:
            found[name] = value
    return found if "name" in found else None


def _value(name: str, text: str) -> Any:
    value = values.read(CONTACT.field(f"contact.{name}"), text)
    if name in ("name", "role") and value:
        return value.translate(partner_cells.RESERVED)
    if name == "themes" and value:
        known = {theme.code for theme in needs.load_needs()}
        if strange := [code for code in value if code not in known]:
            raise UserError(f"thème « {clip(strange[0], 40)} » inconnu.")
    return value
