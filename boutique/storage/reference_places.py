"""Communes, EPCI, départements and régions, found as one types; part of `reference`."""

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from boutique.core.text import clean, fold
from boutique.storage.place_names import Position, all_start, keys_asked, meaningful_words, place_words
from boutique.storage.reference_file import ReferenceFile
from boutique.storage.reference_records import Commune, Department, Epci, Region

_COMMUNE = """
SELECT c.code, c.name, c.postal_codes, c.department_code, d.name, d.region_code, r.name, c.epci_siren, e.name,
       c.population, c.homonym
FROM commune c JOIN department d ON d.code = c.department_code JOIN region r ON r.code = d.region_code
LEFT JOIN epci e ON e.siren = c.epci_siren
"""
# Exactness of the match, then the boutique's own département, then today's names, then the larger commune.
_BY_NAME = f"""
SELECT code, former FROM place WHERE key >= :key AND key < :key || char(0xffff) AND position <= :furthest
ORDER BY CASE WHEN position = {Position.INSIDE:d} THEN 3 - (key = :key)
              WHEN key = :key THEN position ELSE 1 END,
         substr(code, 1, length(:near)) <> :near OR :near = '',
         former IS NOT NULL, population DESC, code, position LIMIT :rows
"""  # noqa: S608 - an integer of ours
_HAVING_WORD = "SELECT code, former FROM place WHERE key >= :key AND key < :key || char(0xffff)"
_BY_POSTAL = """
SELECT code, postal FROM postal WHERE postal >= :key AND postal < :key || char(0xffff)
ORDER BY substr(code, 1, length(:near)) <> :near OR :near = '', population DESC, code, postal
"""
_POSTAL = re.compile(r"\b\d{5}\b")
_DIGITS = re.compile(r"(?:\d[ .]?){2,5}")
_CEDEX = re.compile(r"\bcedex\b(?: \d{1,2}\b)?", re.IGNORECASE)
_LABEL_DETAILS = re.compile(r"\((?:\d{5}|\d[\dAB]\d?)\b[^)]*\)")
_CODE = re.compile(r"(?:\d\d|2[AB])\d{3}")
_LONGEST = 200  # a whole page pasted in the field is no name
_SHORTEST_TYPO = 4
_TWO_TYPOS = 5
_ENOUGH_ROWS = 300  # several former names may lead to one commune
_EVERY_ROW = -1


class _Hit(NamedTuple):
    code: str
    former: str | None = None
    postal_code: str | None = None


class _Name(NamedTuple):
    key: str
    code: str
    former: str | None
    population: int


class Places(ReferenceFile):
    """Questions about places."""

    def search_communes(self, text: str, limit: int = 12, near: str | None = None) -> tuple[Commune, ...]:
        """Communes by name, part of a name, former name or postal code, best first.

        `near` is the code of the boutique's commune: its département comes first among equals.
        """
        asked = _CEDEX.sub(" ", clean(text[:_LONGEST].rpartition("→")[2]))
        department = _department_of(near) if near else ""
        if _DIGITS.fullmatch(asked) or _CODE.fullmatch(asked.upper()):
            hits = self._by_number(re.sub(r"[ .]", "", asked.upper()), department)
        else:
            hits = self._by_name_and_postal(asked, department)
        return self._communes(hits, limit)

    def _by_number(self, digits: str, near: str) -> list[_Hit]:
        rows = self._rows(_BY_POSTAL, {"key": digits, "near": near})
        if rows:
            return [_Hit(code, postal_code=postal) for code, postal in rows]
        commune = self.commune(digits)
        return [_Hit(commune.code)] if commune else []

    def _by_name_and_postal(self, asked: str, near: str) -> list[_Hit]:
        postal = _POSTAL.search(asked)
        name = _POSTAL.sub(" ", _LABEL_DETAILS.sub(" ", asked))
        if postal is None:
            return self._by_name(name, near, _ENOUGH_ROWS)
        hits = self._by_name(name, near, _EVERY_ROW)
        there = self._by_number(postal[0], near)
        codes = {hit.code for hit in there}
        both = [hit._replace(postal_code=postal[0]) for hit in hits if hit.code in codes]
        return both or [*there, *hits]

    def _by_name(self, name: str, near: str, rows: int) -> list[_Hit]:
        keys = keys_asked(name)
        hits = [hit for key in keys for hit in self._starting_with(key, near, rows)]
        if hits or not keys:
            return hits
        return self._by_scattered_words(name, near) or self._by_typing_error(keys[0], near)

    def _starting_with(self, key: str, near: str, rows: int) -> list[_Hit]:
        # On one letter nearly everything matches: only names that start with it are worth sorting.
        furthest = Position.INSIDE if len(key) > 1 else Position.WHOLE
        asked = {"key": key, "near": near, "furthest": int(furthest), "rows": rows}
        return [_Hit(code, former) for code, former in self._rows(_BY_NAME, asked)]

    def _by_scattered_words(self, name: str, near: str) -> list[_Hit]:
        """Every word starts a word of the same name, in any order: « ternoise saint pol »."""
        asked = meaningful_words(name)
        if len(asked) < 2:
            return []
        hits = self._starting_with(asked[0], near, _EVERY_ROW)
        for word in asked[1:]:
            same = {_Hit(*row) for row in self._rows(_HAVING_WORD, {"key": word})} if hits else set()
            hits = [hit for hit in hits if hit in same]
        return hits

    def _by_typing_error(self, key: str, near: str) -> list[_Hit]:
        if len(key) < _SHORTEST_TYPO:
            return []
        allowed = 2 if len(key) >= _TWO_TYPOS else 1
        # The first letter is nearly always right; the whole list is only read when that gives nothing.
        same_letter = [name for name in self._names if name.key[0] == key[0]]
        beginnings = (None, len(key), len(key) + 1)
        close = _close(key, same_letter, allowed, beginnings) or _close(key, self._names, allowed, (None,))
        ranked = sorted(
            (
                errors,
                not (near and name.code.startswith(near)),
                name.former is not None,
                -name.population,
                name,
            )
            for name, errors in close.items()
        )
        return [_Hit(name.code, name.former) for *_, name in ranked]

    @cached_property
    def _names(self) -> list[_Name]:
        query = "SELECT key, code, former, population FROM place WHERE position = 0 ORDER BY key, code"
        return [_Name(*row) for row in self._rows(query)]

    def _communes(self, hits: Iterable[_Hit], limit: int) -> tuple[Commune, ...]:
        """Records of the first `limit` different communes."""
        first: dict[str, _Hit] = {}
        for hit in hits:
            if len(first) == limit:
                break
            first.setdefault(hit.code, hit)
        found = {commune.code: commune for commune in self._read_communes(list(first))}
        return tuple(
            replace(found[code], former=hit.former, postal_code=hit.postal_code) for code, hit in first.items()
        )

    def _read_communes(self, codes: list[str]) -> Iterator[Commune]:
        for start in range(0, len(codes), 500):  # well under the number of parameters SQLite takes
            some = codes[start : start + 500]
            marks = ",".join("?" * len(some))
            yield from map(_commune, self._rows(f"{_COMMUNE} WHERE c.code IN ({marks})", some))

    def commune(self, code: str) -> Commune | None:
        """The commune of an INSEE code; the code of a merged commune leads to that of today."""
        code = code.strip().upper()
        rows = self._rows("SELECT code FROM old_code WHERE old = ?", (code,))
        rows = self._rows(f"{_COMMUNE} WHERE c.code = ?", (rows[0][0] if rows else code,))
        return _commune(rows[0]) if rows else None

    def communes_inside(self, *, epci: str = "", department: str = "", region: str = "") -> tuple[Commune, ...]:
        """Communes of an EPCI, a département or a région (one of them is given), by name."""
        condition, code = next(
            (condition, code)
            for condition, code in (
                ("c.epci_siren", epci),
                ("c.department_code", department),
                ("d.region_code", region),
            )
            if code
        )
        communes = map(_commune, self._rows(f"{_COMMUNE} WHERE {condition} = ?", (code,)))
        return tuple(sorted(communes, key=_sorted_by_name))

    def communes_by_code(self, codes: Iterable[str]) -> tuple[Commune, ...]:
        """Communes of today by their codes, by name; codes that name nothing are left out."""
        return tuple(sorted(self._read_communes(list(codes)), key=_sorted_by_name))

    def epci(self, siren: str) -> Epci | None:
        return self._epcis_by_siren.get(siren)

    def epcis(self, text: str = "", limit: int = 12) -> tuple[Epci, ...]:
        """EPCI whose name has every word typed, the most populated first."""
        asked = place_words(text)
        found = (e for e in self._epcis_by_siren.values() if all_start(asked, self._epci_words[e.siren]))
        return tuple(found)[:limit]

    @cached_property
    def _epcis_by_siren(self) -> dict[str, Epci]:
        rows = self._rows("SELECT siren, name, kind, population FROM epci ORDER BY population DESC, siren")
        return {row[0]: Epci(*row) for row in rows}

    @cached_property
    def _epci_words(self) -> dict[str, list[str]]:
        return {e.siren: place_words(f"{e.name} {e.kind_label}") for e in self._epcis_by_siren.values()}

    def departments(self) -> tuple[Department, ...]:
        query = "SELECT d.code, d.name, r.code, r.name FROM department d JOIN region r ON r.code = d.region_code"
        return tuple(Department(*row) for row in self._rows(f"{query} ORDER BY d.code"))

    def regions(self) -> tuple[Region, ...]:
        """Régions, by name."""
        regions = (Region(*row) for row in self._rows("SELECT code, name FROM region"))
        return tuple(sorted(regions, key=_sorted_by_name))


def _close(key: str, names: list[_Name], allowed: int, lengths: tuple[int | None, ...]) -> dict[_Name, int]:
    """Typing errors of the names near enough, whole or (which counts as one more) cut to a length."""
    close: dict[_Name, int] = {}
    for length in lengths:
        compared = [name.key[:length] for name in names]
        # By name, as in `search`: most places are found as they were typed.
        for index, errors in importlib.import_module("boutique.core.close_words").near(key, compared, allowed):
            counted = errors + (length is not None)
            close[names[index]] = min(counted, close.get(names[index], counted))
    return close


def _commune(row: tuple[Any, ...]) -> Commune:
    (
        code,
        name,
        postal_codes,
        department_code,
        department,
        region_code,
        region,
        epci_code,
        epci,
        population,
        homonym,
    ) = row
    postal = tuple(filter(None, postal_codes.split("|")))
    return Commune(
        code,
        name,
        postal,
        department_code,
        department,
        region_code,
        region,
        epci_code,
        epci,
        population,
        bool(homonym),
    )


def _department_of(code: str) -> str:
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _sorted_by_name(place: Commune | Region) -> str:
    return fold(place.name)
