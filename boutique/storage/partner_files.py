"""Lists of partners as others publish them: from a CSV file or a workbook to named cells. For the import.

To recognise another spelling of a title: add it, folded and without blanks, to `TITLES`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.storage.table_files import Line, candidate_tables

MAX_ROWS = 50_000
MAX_COLUMNS = 300
_HEADER_WITHIN = 30

TITLES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "idexterne", "identifiantexterne", "cle", "uid"),
    "type": ("type", "typedestructure", "typestructure", "categorie", "typologie", "famille"),
    "name": ("nom", "name", "raisonsociale", "denomination", "libelle", "structure", "nomdelastructure", "nomstructure",
             "partenaire", "organisme"),
    "address": ("adresse", "adresse1", "voie", "rue", "ligneadresse", "adressepostale"),
    "complement": ("complement", "adresse2", "complementadresse", "complementdadresse"),
    "postal_code": ("codepostal", "cp", "postal"),
    "town": ("ville", "commune", "localite", "libellecommune", "nomcommune"),
    "commune_code": ("codeinsee", "insee", "codecommune", "codeinseecommune", "codgeo", "inseecom"),
    "department": ("codedepartement", "departement", "dep", "dept", "codedep"),
    "phone": ("telephone", "tel", "phone", "telephone1", "numerodetelephone"),
    "email": ("courriel", "email", "mail", "adressemail", "adresseemail", "adresseelectronique"),
    "website": ("site", "siteinternet", "siteweb", "url", "web", "website"),
    "verified_on": ("maj", "datemaj", "miseajour", "datemiseajour", "verifieele", "verifiele", "dateverification"),
    "source": ("source", "origine"),
    "contact_name": ("contact", "personneacontacter", "interlocuteur", "nomcontact"),
    "contact_role": ("fonction", "fonctioncontact", "qualite"),
    "opening": ("horaires", "accueil", "accueilethoraires", "horairesouverture", "ouverture"),
    "territory": ("territoire", "territoires", "territoirecouvert", "codeterritoire", "zonecouverte", "couverture"),
    "level": ("niveau", "niveauterritoire", "niveauduterritoire", "typeterritoire", "echelle"),
    "communes": ("communescouvertes", "codescommunes", "communesinsee"),
    "epcis": ("epcicouverts", "codesepci"),
    "departments": ("departementscouverts", "codesdepartements"),
    "regions": ("regionscouvertes", "codesregions"),
}  # fmt: skip
_BY_TITLE = {title: name for name, titles in TITLES.items() for title in titles}
EXPECTED = (
    "Ce fichier n’est pas une liste de partenaires : sa première ligne doit porter au moins les titres « nom » et "
    "« type » (puis adresse, code_insee, telephone, courriel…)."
)


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One line of a list: its number in the file, and its cells by the name of their column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def read_partners(path: Path) -> tuple[PartnerLine, ...]:
    """The lines of a list, whatever its separator, encoding or titles."""
    for lines in candidate_tables(path):
        found = _titles(lines)
        if found is not None:
            return _lines(lines, *found)
    raise UserError(EXPECTED)


def _titles(lines: list[Line]) -> tuple[int, dict[str, int]] | None:
    """Which line holds the titles, and where each known column is; the first of two alike wins."""
    for index, line in enumerate(islice(lines, _HEADER_WITHIN)):
        columns: dict[str, int] = {}
        for position, cell in enumerate(line.cells):
            name = _BY_TITLE.get(fold(cell).replace(" ", "").replace(".", ""))
            if name is not None:
                columns.setdefault(name, position)
        if {"name", "type"} <= columns.keys():
            return index, columns
    return None


def _lines(lines: list[Line], header: int, columns: Mapping[str, int]) -> tuple[PartnerLine, ...]:
    if len(lines) - header > MAX_ROWS:
        raise UserError(f"Cette liste a plus de {MAX_ROWS} lignes : gardez celles de votre région, puis recommencez.")
    if len(lines[header].cells) > MAX_COLUMNS:
        raise UserError(f"Cette liste a plus de {MAX_COLUMNS} colonnes : ne gardez que celles qui servent.")
    made = (PartnerLine(line.number, _cells(line, columns)) for line in lines[header + 1 :])
    return tuple(line for line in made if line.cells)


def _cells(line: Line, columns: Mapping[str, int]) -> dict[str, str]:
    """The cells that say something."""
    found = {name: line.cells[at] for name, at in columns.items() if at < len(line.cells)}
    return {name: text for name, text in found.items() if text}
