"""Activities of the NAF rév. 2, found by code or by the words people use; part of `reference`."""

import re
from functools import cached_property

from boutique.core.text import words
from boutique.storage.place_names import all_start
from boutique.storage.reference_file import ReferenceFile
from boutique.storage.reference_records import Naf

_NAF_CODE = re.compile(r"(\d{2})\.?(\d{0,2})([A-Z]?)", re.IGNORECASE)
_SHORTEST_STEM = 5
_SUB_CLASS = 5
_LONGEST = 200  # a whole page pasted in the field is no activity


class Activities(ReferenceFile):
    """Questions about activities."""

    def naf(self, code: str) -> Naf | None:
        """An entry of any level; « 1071c » is read as « 10.71C »."""
        return self._naf_by_code.get(_naf_code(code) or code.strip().upper())

    def search_naf(self, text: str, limit: int = 12) -> tuple[Naf, ...]:
        """APE codes (sub-classes) by beginning of the code or words of the label, shortest label first."""
        if prefix := _naf_code(text):
            return tuple(naf for naf in self._naf_words if naf.code.startswith(prefix))[:limit]
        asked = words(text[:_LONGEST])
        while asked:
            found = [naf for naf, label in self._naf_words.items() if all_start(asked, label)]
            if found:
                return tuple(sorted(found, key=_shortest_label))[:limit]
            # « restaurant » → « restauration », « coiffeuse » → « coiffure »
            shorter = [word[: max(_SHORTEST_STEM, len(word) - 1)] for word in asked]
            asked = shorter if shorter != asked else []
        return ()

    @cached_property
    def _naf_by_code(self) -> dict[str, Naf]:
        rows = self._rows("SELECT code, level, label, short_label, parent, section FROM naf ORDER BY code")
        return {row[0]: Naf(*row) for row in rows}

    @cached_property
    def _naf_words(self) -> dict[Naf, list[str]]:
        return {naf: words(naf.label) for naf in self._naf_by_code.values() if naf.level == _SUB_CLASS}


def _naf_code(text: str) -> str | None:
    """« 1071c » or « 10.7 » as the nomenclature writes it, None for anything else."""
    match = _NAF_CODE.fullmatch(text.replace(" ", ""))
    if match is None:
        return None
    division, rest, letter = match.groups()
    return (f"{division}.{rest}" if rest else division) + letter.upper()


def _shortest_label(naf: Naf) -> tuple[int, str]:
    return len(naf.label), naf.code
