"""Files in the data·inclusion format that somebody else made: their structures and services. For the import.

Nothing is trusted: size, shape and types are checked here, values by the forms.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boutique.core.errors import UserError

MAX_BYTES = 100_000_000
MAX_STRUCTURES = 50_000
_NOT_ONE = (
    "Ce fichier n’est pas un annuaire data·inclusion : il doit contenir une liste « structures » "
    "(et « services »), ou une liste de structures."
)

Item = Mapping[str, Any]


def read_inclusion(path: Path) -> tuple[list[object], list[object]]:
    """The structures and the services of a file, as they stand; UserError when it is something else."""
    content = _content(path)
    structures: object = content
    services: object = []
    if isinstance(content, dict):
        structures, services = content.get("structures", content.get("items")), content.get("services") or []
    if not isinstance(structures, list) or not isinstance(services, list):
        raise UserError(_NOT_ONE)
    if len(structures) > MAX_STRUCTURES:
        raise UserError(f"Cet annuaire a plus de {MAX_STRUCTURES} structures : gardez celles de votre région.")
    if structures and all(isinstance(item, dict) and "structure_id" in item for item in structures[:20]):
        raise UserError("Ce fichier ne contient que des services : il faut aussi leurs structures.")
    return structures, services


def _content(path: Path) -> object:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError(f"Ce fichier est trop gros : la limite est de {MAX_BYTES // 1_000_000} Mo.")
        text = path.read_bytes().decode("utf-8-sig")
        content: object = json.loads(text)
    except OSError as problem:
        raise UserError("Ce fichier ne peut pas être lu : vérifiez qu’il existe et qu’il vous est ouvert.") from problem
    except (ValueError, RecursionError) as problem:  # neither text, nor JSON, or nested without end
        raise UserError(_NOT_ONE) from problem
    return content
