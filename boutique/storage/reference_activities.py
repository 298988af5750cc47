"""Activities of the NAF rév. 2, found by code or by the words people use; part of `reference`."""

import re
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from boutique.core.text import words
from boutique.storage.place_names import all_start
from boutique.storage.reference_file import ReferenceFile
from boutique.storage.reference_records import Naf

_NAF_CODE = re.compile(r"(\d{2})\.?(\d{0,2})([A-Z]?)", re.IGNORECASE)
_SHORTEST_STEM = 5
_SUB_CLASS = 5
_LONGEST = 200  # a whole page pasted in the field is no activity


class _Words(NamedTuple):
    label: list[str]
    everyday: list[str]


class Activities(ReferenceFile):
    """Questions about activities."""

    def naf(self, code: str) -> Naf | None:
        """An entry of any level; « 1071c » is read as « 10.71C »."""
        return self._naf_by_code.get(_naf_code(code) or code.strip().upper())

    def search_naf(self, text: str, limit: int = 12) -> tuple[Naf, ...]:
        """APE codes (sub-classes) by beginning of the code or words of the label, shortest label first."""
        if prefix := _naf_code(text):
            return tuple(naf for naf in self._sub_classes if naf.code.startswith(prefix))[:limit]
        asked = words(text[:_LONGEST])
        while asked:
            if found := self._sub_classes_with(asked):
                return tuple(found[:limit])
            # « restaurant » → « restauration », « photographe » → « photographique »
            shorter = [word[: max(_SHORTEST_STEM, len(word) - 1)] for word in asked]
            asked = shorter if shorter != asked else []
        return ()

    def _sub_classes_with(self, asked: list[str]) -> list[Naf]:
        """Those whose label or everyday words have every word; the name of a trade says more than a label."""
        ranked = [
            (not all_start(asked, entry.everyday), len(naf.label), naf.code, naf)
            for naf, entry in self._sub_classes.items()
            if all_start(asked, entry.everyday + entry.label)
        ]
        return [naf for *_, naf in sorted(ranked, key=itemgetter(0, 1, 2))]

    @cached_property
    def _naf_by_code(self) -> dict[str, Naf]:
        rows = self._rows("SELECT code, level, label, short_label, parent, section FROM naf ORDER BY code")
        return {row[0]: Naf(*row) for row in rows}

    @cached_property
    def _sub_classes(self) -> dict[Naf, _Words]:
        everyday = dict(self._rows("SELECT code, everyday FROM naf WHERE level = ? ORDER BY code", (_SUB_CLASS,)))
        entries = ((self._naf_by_code[code], spoken) for code, spoken in everyday.items())
        return {naf: _Words(words(naf.label), words(spoken)) for naf, spoken in entries}


def _naf_code(text: str) -> str | None:
    """« 1071c » or « 10.7 » as the nomenclature writes it, None for anything else."""
    match = _NAF_CODE.fullmatch(text.replace(" ", ""))
    if match is None:
        return None
    division, rest, letter = match.groups()
    return (f"{division}.{rest}" if rest else division) + letter.upper()
