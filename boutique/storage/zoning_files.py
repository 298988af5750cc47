"""The official lists of communes that the user imports: France ruralités (FRR) and priority districts (QPV).

From a file to rows, without any database: `services` decides what to do with them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

from boutique import storage
from boutique.core.errors import UserError
from boutique.core.text import clip, fold
from boutique.models.choices import ZoningState
from boutique.storage.table_lines import Line

Kind = Literal["FRR", "QPV"]

EXPECTED = (
    "Ce fichier n’est pas une liste FRR ou QPV : il faut une colonne « Code_insee » (ou CODGEO) et une colonne "
    "« Classement FRR », ou une colonne « code_qp » avec les communes du quartier (« insee_com »)."
)
# Titles of columns, folded and without blanks, as seen in the published files.
_COMMUNE = frozenset({
    "codeinsee", "codgeo", "codegeo", "insee", "inseecom", "codecommune", "codecommuneinsee", "codeinseecommune",
    "codeinseedelacommune", "codeinseecommunes", "codescommunes", "depcom", "com", "codecom", "codesinsee",
})  # fmt: skip
_QPV_CODE = frozenset({"codeqpv", "codeqp", "qpv", "qp", "codequartier", "idqp", "idqpv", "codeqpv2024", "codeqp2024"})
_QPV_NAME = frozenset({
    "libqp", "libqpv", "nomqp", "nomqpv", "nom", "libelle", "libelleqp", "libelleqpv", "nomduquartier", "quartier",
    "nomquartier", "libquartier",
})  # fmt: skip
_NOT_THE_CLASS = ("libelle", "date", "source", "commentaire")
_HEADER_WITHIN = 30
_COMMUNE_CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_QPV_CODES = re.compile(r"Q[NP][A-Z0-9]{5,8}")
_SEVERAL = re.compile(r"[|;,/\s]+")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DATE = re.compile(r"\bau (\d{1,2}(?:er)? \w+ 20\d{2})", re.IGNORECASE)
_WITHOUT_ZERO = 4
_ZONE_LENGTH, _LABEL_LENGTH, _VINTAGE_LENGTH = 20, 200, 40
_PARTIAL = frozenset({"FRR-P", "FRR-BP"})
_CLASSES = {
    "NC": "Non classée",
    "FRR": "FRR",
    "FRR+": "FRR+",
    "FRR-B": "FRR bénéficiaire",
    "FRR-P": "FRR, une partie de la commune",
    "FRR-BP": "FRR bénéficiaire, une partie de la commune",
}
# Cells that hold a code where others hold words.
_CODED = frozenset({*_CLASSES, "N", "NON", "O", "OUI", "0", "1", "X"})


@dataclass(frozen=True, slots=True)
class ZoningRow:
    """One commune of a list; `classified` is true as soon as a part of the commune is in the zone."""

    commune_code: str
    zone_code: str
    label: str
    classified: bool

    @property
    def state(self) -> ZoningState:
        """What is known of an address in this commune: a district or a part of it asks for a check."""
        if not self.classified:
            return ZoningState.NO
        partly = self.zone_code in _PARTIAL or _QPV_CODES.fullmatch(self.zone_code)
        return ZoningState.TO_CHECK if partly else ZoningState.YES


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line left out, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ZoningList:
    """What a file says. A commune absent from a QPV list has no district; absent from a FRR list, not known."""

    kind: Kind
    vintage: str
    rows: tuple[ZoningRow, ...]
    refused: tuple[Refusal, ...]


class _Columns(NamedTuple):
    kind: Kind
    header: int
    commune: int
    zone: int
    label: int | None


def read_zoning(path: Path) -> ZoningList:
    """The list held by a CSV or .xlsx file, whatever its separator, encoding or titles."""
    for lines in storage.table_files.candidate_tables(path):
        if (columns := _recognised(lines)) is not None:
            return _read(path, lines, columns)
    raise UserError(EXPECTED)


def _recognised(lines: list[Line]) -> _Columns | None:
    """The line of titles, which often comes after a few lines of presentation."""
    for index, line in enumerate(islice(lines, _HEADER_WITHIN)):
        titles = [fold(cell).replace(" ", "").replace(".", "") for cell in line.cells]
        commune = _first(titles, _COMMUNE.__contains__)
        if commune is None:
            continue
        if (zone := _first(titles, _QPV_CODE.__contains__)) is not None:
            return _Columns("QPV", index, commune, zone, _first(titles, _QPV_NAME.__contains__))
        if (zone := _frr_column(titles)) is not None:
            return _Columns("FRR", index, commune, zone, None)
    return None


def _first(titles: list[str], wanted: Callable[[str], bool]) -> int | None:
    return next((index for index, title in enumerate(titles) if wanted(title)), None)


def _frr_column(titles: list[str]) -> int | None:
    """« frr » itself, else a title such as « Classement FRR et FRR+ au 10 juillet 2025 »."""
    return titles.index("frr") if "frr" in titles else _first(titles, _is_frr_class)


def _is_frr_class(title: str) -> bool:
    known = "frr" in title or "franceruralites" in title
    return known and not title.startswith(_NOT_THE_CLASS) and "eligible" not in title


def _read(path: Path, lines: list[Line], columns: _Columns) -> ZoningList:
    refused: list[Refusal] = []
    rows: dict[tuple[str, str], ZoningRow] = {}
    frr: dict[str, str] = {}
    for line in lines[columns.header + 1 :]:
        if not any(line.cells):
            continue
        try:
            for row in _rows(line, columns):
                known = frr.setdefault(row.commune_code, row.zone_code) if columns.kind == "FRR" else row.zone_code
                if known != row.zone_code:
                    raise _RefusedError(f"la commune {row.commune_code} a déjà le classement « {known} »")
                rows.setdefault((row.commune_code, row.zone_code), row)
        except _RefusedError as refusal:
            refused.append(Refusal(line.number, str(refusal)))
    if not rows:
        reason = f" (ligne {refused[0].line} : {refused[0].reason})" if refused else ""
        raise UserError(f"Aucune ligne de cette liste n’a pu être lue{reason}. {EXPECTED}")
    vintage = _vintage(path, lines, columns)
    return ZoningList(columns.kind, vintage, tuple(rows.values()), tuple(refused))


class _RefusedError(Exception):
    """str(error) is the reason shown beside the line number."""


def _rows(line: Line, columns: _Columns) -> Iterator[ZoningRow]:
    communes = [_commune_code(code) for code in _SEVERAL.split(_cell(line, columns.commune)) if code]
    if not communes:
        raise _RefusedError("code de commune absent")
    zone = _cell(line, columns.zone)
    if columns.kind == "FRR":
        code = _frr_code(zone)
        label = _CLASSES[code] if zone.upper() in _CODED else zone
        for commune in communes:
            yield ZoningRow(commune, code, clip(label, _LABEL_LENGTH), code != "NC")
        return
    if not _QPV_CODES.fullmatch(zone.upper()):
        raise _RefusedError(f"code de quartier « {clip(zone, _ZONE_LENGTH)} » non reconnu")
    name = _cell(line, columns.label) if columns.label is not None else ""
    for commune in communes:
        yield ZoningRow(commune, zone.upper(), clip(name or zone, _LABEL_LENGTH), classified=True)


def _cell(line: Line, index: int) -> str:
    return line.cells[index] if index < len(line.cells) else ""


def _commune_code(text: str) -> str:
    code = text.strip("'\"[]").upper()
    if len(code) == _WITHOUT_ZERO:  # spreadsheets drop the zero of 01001
        code = code.zfill(5)
    if not _COMMUNE_CODE.fullmatch(code):
        raise _RefusedError(f"code de commune « {clip(text, _ZONE_LENGTH)} » non reconnu")
    return code


def _frr_code(text: str) -> str:
    """The class that a cell tells, in our words: published lists vary in theirs."""
    told = fold(text)
    if not told:
        raise _RefusedError("classement absent")
    if told in {"nc", "n", "0", "non"} or told.startswith("non "):
        return "NC"
    partly = "partiel" in told or told.endswith((" p", " bp"))
    if "benef" in told or told in {"frr b", "frr bp"}:
        return "FRR-BP" if partly else "FRR-B"
    if partly:
        return "FRR-P"
    if told.startswith(("frr", "zfrr")) and ("+" in text or "plus" in told):
        return "FRR+"
    if told in {"oui", "o", "1", "x"} or told.startswith(("frr", "zfrr", "classee")):
        return "FRR"
    raise _RefusedError(f"classement « {clip(text, _ZONE_LENGTH)} » non reconnu")


def _vintage(path: Path, lines: list[Line], columns: _Columns) -> str:
    """The date the list gives in its titles, else the year of its codes, of its source or of its name."""
    titles = " ".join(cell for line in lines[: columns.header + 1] for cell in line.cells)
    if match := _DATE.search(titles):
        return clip(match[1], _VINTAGE_LENGTH)
    if columns.kind == "QPV":
        codes = (_cell(line, columns.zone).upper() for line in lines[columns.header + 1 :])
        return "2024" if any(code.startswith("QN") for code in codes) else "2015"
    for text in (titles, _source(lines, columns), path.stem):
        if years := _YEAR.findall(text):
            return str(max(years))
    return ""


def _source(lines: list[Line], columns: _Columns) -> str:
    titles = [fold(cell) for cell in lines[columns.header].cells]
    index = _first(titles, {"source", "millesime", "date"}.__contains__)
    following = lines[columns.header + 1 : columns.header + 2]
    return _cell(following[0], index) if index is not None and following else ""
