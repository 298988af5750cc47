"""Sheets of the directory that a new line may already be: same SIRET, e-mail, phone, close name. For the import."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from boutique.core import french
from boutique.core.text import fold, words
from boutique.models.referral import Partner

_MOST = 3
_CLOSE = 88


@dataclass(frozen=True, slots=True)
class Twin:
    """A sheet that is perhaps the same structure, and why."""

    partner_id: uuid.UUID
    name: str
    reason: str


class Known:
    """The directory, ready to be asked for each line."""

    def __init__(self, partners: Iterable[Partner]) -> None:
        self._by_key: dict[tuple[str, str], list[Partner]] = {}
        for partner in partners:
            for key in _keys(vars(partner)):
                self._by_key.setdefault(key, []).append(partner)

    def twins(self, read: Mapping[str, Any]) -> tuple[Twin, ...]:
        """The surest first, each sheet once."""
        found: dict[uuid.UUID, Twin] = {}
        for key in _keys(read):
            for partner in self._by_key.get(key, ()):
                reason = "" if _of_one_institution(key, read, partner) else _reason(key, read, partner)
                if reason and partner.id not in found:
                    found[partner.id] = Twin(partner.id, partner.name, reason)
            if len(found) >= _MOST:
                break
        return tuple(found.values())[:_MOST]


def _keys(read: Mapping[str, Any]) -> list[tuple[str, str]]:
    commune = read.get("commune_code") or ""
    keys = [
        ("siret", read.get("siret") or ""),
        ("email", fold(read.get("email") or "")),
        ("phone", f"{read['phone']} {commune[:2]}" if read.get("phone") and commune else ""),
        ("commune", f"{read.get('type_code') or ''} {commune}" if commune else ""),
    ]
    return [(name, text) for name, text in keys if text]


def _of_one_institution(key: tuple[str, str], read: Mapping[str, Any], partner: Partner) -> bool:
    """Antennes share the phone and often the number of their institution: that makes no doubles of them."""
    above = read.get("parent_id")
    related = above is not None and above in (partner.id, partner.parent_id)
    return related and (key[0] != "commune" or partner.id == above)


def _reason(key: tuple[str, str], read: Mapping[str, Any], partner: Partner) -> str:
    match key[0]:
        case "siret":
            return "même SIRET"
        case "email":
            return f"même e-mail : {partner.email}"
        case "phone":
            return f"même téléphone : {french.show_phone(partner.phone)}"
    alike = fuzz.token_sort_ratio(_plain(read["name"]), _plain(partner.name))
    return "même commune, nom proche" if alike >= _CLOSE else ""


def _plain(name: str) -> str:
    return " ".join(words(name))
