"""Rows of a CSV file or of a workbook that somebody else made; used by the imports.

Nothing is trusted: size, width, encoding, separator and content are checked before anything is read at length.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from boutique.core.errors import UserError
from boutique.core.text import clean
from boutique.storage.table_lines import Line

MAX_BYTES = 50_000_000
MAX_UNPACKED = 200_000_000
MAX_ROWS = 200_000
MAX_CELLS = 5_000_000
_SEPARATORS = (";", ",", "\t", "|")
_ENCODINGS = ["cp1252", "mac_roman", "cp850"]
_REFERENCE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')
_CHUNK = 1 << 20
_OLD_EXCEL = bytes.fromhex("d0cf11e0")

# What a damaged, foreign or password-protected workbook makes the two readers raise.
_DAMAGE = (CalamineError, zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError)

Cell = int | float | str | bool | time | date | datetime | timedelta


def candidate_tables(path: Path) -> Iterator[list[Line]]:
    """The ways this file may be read (one a separator, or one a visible sheet), most likely first."""
    content = _content(path)
    if content.startswith(b"PK"):
        yield from _sheets(content)
    elif content.startswith(_OLD_EXCEL):
        raise UserError(
            "Classeur ancien (.xls) ou protégé par un mot de passe : enregistrez-le en CSV, puis recommencez."
        )
    else:
        yield from _csv_readings(_decoded(content))


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UserError(
                f"Ce fichier est trop gros ({size // 1_000_000} Mo) : la limite est de {MAX_BYTES // 1_000_000} Mo."
            )
        content = path.read_bytes()
    except OSError as problem:
        raise UserError("Ce fichier ne peut pas être lu : vérifiez qu’il existe et qu’il vous est ouvert.") from problem
    if not content.strip():
        raise UserError("Ce fichier est vide : choisissez la liste publiée, en CSV ou en .xlsx.")
    return content


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(content, "utf-16")
    if b"\0" in content:
        raise UserError("Ce fichier n’est pas un tableau : choisissez la liste publiée, en CSV ou en .xlsx.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=_ENCODINGS).best()
        return _strict(content, best.encoding if best else "cp1252")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UserError(
            "Les caractères de ce fichier ne se lisent pas : enregistrez-le en CSV UTF-8, puis recommencez."
        ) from problem


def _csv_readings(text: str) -> Iterator[list[Line]]:
    beginning = text[:5000]
    present = [separator for separator in _SEPARATORS if separator in beginning]
    for separator in sorted(present, key=beginning.count, reverse=True) or [";"]:
        yield _csv_lines(text, separator)


def _csv_lines(text: str, separator: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[Line] = []
    try:
        for cells in reader:
            if len(lines) >= MAX_ROWS:
                raise UserError(f"Ce fichier a plus de {MAX_ROWS} lignes : ce n’est pas une liste de communes.")
            lines.append(Line(reader.line_num, [clean(cell) for cell in cells]))
    except csv.Error as problem:
        raise UserError(
            f"Ligne {reader.line_num} : cette ligne ne se lit pas (guillemets ou cellule démesurée)."
        ) from problem
    return lines


def _sheets(content: bytes) -> Iterator[list[Line]]:
    try:
        _check_workbook(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if sheet.visible is SheetVisibleEnum.Visible:
                yield _sheet_lines(workbook.get_sheet_by_name(sheet.name))
    except _DAMAGE as problem:
        raise UserError(
            "Ce classeur ne peut pas être ouvert : il est abîmé ou protégé. Enregistrez-le en CSV, puis recommencez."
        ) from problem


def _check_workbook(content: bytes) -> None:
    """Refuse what would fill the memory: a zip bomb, or one cell at the far end of a sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise UserError("Ce fichier n’est pas un classeur .xlsx : enregistrez la liste en .xlsx ou en CSV.")
        if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
            raise UserError("Ce classeur est démesuré une fois ouvert : enregistrez la liste en CSV.")
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                _check_extent(archive, name)


def _check_extent(archive: zipfile.ZipFile, name: str) -> None:
    """The reader holds the whole rectangle from the first to the furthest cell."""
    width = height = 1
    with archive.open(name) as stream:
        kept = b""
        while chunk := stream.read(_CHUNK):
            references = set(_REFERENCE.findall(kept + chunk))
            width = max([width, *(_column(letters) for letters in {letters for letters, _ in references})])
            height = max([height, *(int(row) for _, row in references)])
            kept = chunk[-32:]
    if height > MAX_ROWS or width * height > MAX_CELLS:
        raise UserError("Ce classeur a des cellules très loin de la liste : copiez la liste dans un classeur neuf.")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:3]:
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheet_lines(sheet: CalamineSheet) -> list[Line]:
    rows = sheet.to_python(skip_empty_area=False)
    return [Line(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1)]


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell))
