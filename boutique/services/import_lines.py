"""One line of an imported list: its type, its typed values, and what is wrong, cell by cell. For the import."""

from dataclasses import dataclass, field
from typing import Any

from boutique.core.errors import UserError
from boutique.core.text import clip, fold
from boutique.forms import values
from boutique.forms.catalogue import PARTNER
from boutique.rules import needs
from boutique.rules.import_types import ImportType, load_import_types
from boutique.services import import_territories, partner_cells
from boutique.storage.partner_files import PartnerLine
from boutique.storage.reference import Reference

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of the file, and what is wrong with it in French; `column` and `value` when one cell is."""

    line: int
    reason: str
    column: str = field(default="", compare=False)
    value: str = field(default="", compare=False)


class RefusedError(Exception):
    """str(error) is the reason shown beside the line number."""

    def __init__(self, reason: str, column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.column, self.value = column, value


def kind_of(line: PartnerLine, fallback: str = "") -> ImportType:
    """What the type of a line stands for; `fallback` is the type of lines that say none."""
    said = line["type"] or fallback
    if not said:
        raise RefusedError("le type manque", "type")
    kind = load_import_types().get(fold(said))
    if kind is None:
        raise RefusedError(f"type « {clip(said, 40)} » inconnu", "type", said)
    if not kind.partner_type:
        raise RefusedError(f"type « {clip(said, 40)} » : {kind.reason}", "type", said)
    return kind


def read(reference: Reference, line: PartnerLine) -> tuple[dict[str, Any], list[Remark]]:
    """Typed values of the cells; what cannot be kept is left out and told."""
    found: dict[str, Any] = {}
    remarks: list[Remark] = []
    cells = {name: line[name] for name in partner_cells.READ} | {"address": import_territories.address(line)}
    for name, text in cells.items():
        try:
            value = _value(name, text)
        except UserError as error:
            if name != "name":
                label = PARTNER.field(f"partner.{name}").label
                remarks.append(Remark(line.number, f"{label} : {error}", name, clip(text, _SHOWN)))
            continue
        if value is not None:
            found[name] = value
    commune = import_territories.commune(reference, line)
    if commune is not None:
        found["commune_code"] = commune.code
    elif said := line["commune_code"] or line["town"]:
        column = "commune_code" if line["commune_code"] else "town"
        remarks.append(Remark(line.number, "Commune : non reconnue, laissée vide.", column, clip(said, _SHOWN)))
    return found, remarks


def _value(name: str, text: str) -> Any:
    value = values.read(PARTNER.field(f"partner.{name}"), text)
    if name == "themes" and value:
        known = {theme.code for theme in needs.load_needs()}
        if strange := [code for code in value if code not in known]:
            raise UserError(f"thème « {clip(strange[0], 40)} » inconnu.")
    return value
