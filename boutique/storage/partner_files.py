"""Lists of partners as others publish them: from a CSV file or a workbook to named cells. For the import.

To recognise another spelling of a title: add it, folded and without blanks, to `TITLES`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from boutique import storage
from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.storage.table_lines import Line

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
    "institution": ("antennede", "institution", "structurederattachement", "rattacheea", "siege", "maisonmere",
                    "organismederattachement"),
    "contact_name": ("contact", "personneacontacter", "interlocuteur", "nomcontact", "nomducontact"),
    "contact_role": ("fonction", "fonctioncontact", "fonctionducontact", "qualite"),
    "contact_phone": ("telephonecontact", "telephoneducontact", "telcontact", "lignedirecte"),
    "contact_email": ("emailcontact", "emailducontact", "mailcontact", "courrielcontact", "courrielducontact"),
    "contact_themes": ("themesducontact", "contactpourlesthemes"),
    "contact_verified_on": ("contactverifiele",),
    "contacts": ("autrescontacts",),
    "opening": ("horaires", "accueil", "accueilethoraires", "horairesouverture", "ouverture"),
    "territory": ("territoire", "territoires", "territoirecouvert", "codeterritoire", "zonecouverte", "couverture"),
    "level": ("niveau", "niveauterritoire", "niveauduterritoire", "typeterritoire", "echelle"),
    "communes": ("communescouvertes", "codescommunes", "communesinsee"),
    "epcis": ("epcicouverts", "codesepci"),
    "departments": ("departementscouverts", "codesdepartements"),
    "regions": ("regionscouvertes", "codesregions"),
    "own_areas": ("territoiresanous", "payscouverts"),
    "siret": ("siret", "numerosiret"),
    "publics": ("publics", "public", "publicsaccueillis"),
    "themes": ("themes", "codesthemes"),
    "eligibility": ("conditionsdacces", "conditions", "eligibilite"),
    "access": ("acces", "commentlajoindreousyrendre", "modalites"),
    "internal": ("interne", "interneanotrestructure"),
    "review_months": ("areverifierapresmois", "delaideverification"),
    "legal_basis": ("baselegale", "baselegaledelinscription"),
    "cost": ("cout", "coutpourlapersonne", "tarif", "frais"),
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


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a file: its title, what its first cells say, and the field its title stands for ("" for none)."""

    title: str
    sample: str
    name: str


@dataclass(frozen=True, slots=True)
class PartnerTable:
    """A list that was read: which line holds the titles, the columns, the lines below."""

    columns: tuple[ListColumn, ...]
    lines: tuple[Line, ...]

    @property
    def recognised(self) -> bool:
        """The titles say where the name and the type are."""
        return {"name", "type"} <= {column.name for column in self.columns}

    @property
    def fingerprint(self) -> str:
        """The same for the next file with the same titles."""
        return hashlib.sha256("\n".join(fold(column.title) for column in self.columns).encode()).hexdigest()[:32]

    def read(self, names: Mapping[int, str] | None = None) -> tuple[PartnerLine, ...]:
        """The lines with their cells named; `names` (position → field) replaces what the titles say."""
        said = {rank: column.name for rank, column in enumerate(self.columns)} if names is None else names
        columns: dict[str, int] = {}
        for rank, name in sorted(said.items()):
            if name:
                columns.setdefault(name, rank)
        made = (PartnerLine(line.number, _cells(line, columns)) for line in self.lines)
        return tuple(line for line in made if line.cells)


def open_partners(path: Path) -> PartnerTable:
    """The list as a table, whatever its separator, encoding or titles; titles nobody knows are still columns."""
    likely: list[Line] | None = None
    for lines in storage.table_files.candidate_tables(path):
        found = _titles(lines)
        if found is not None:
            return _table(lines, *found)
        if likely is None and any(_wide(line) for line in islice(lines, _HEADER_WITHIN)):
            likely = lines
    if likely is None:
        raise UserError(EXPECTED)
    header = next(rank for rank, line in enumerate(likely) if _wide(line))
    return _table(likely, header, _known(likely[header]))


def read_partners(path: Path) -> tuple[PartnerLine, ...]:
    """The lines of a list whose titles are known."""
    table = open_partners(path)
    if not table.recognised:
        raise UserError(EXPECTED)
    return table.read()


def open_table(path: Path, known: Mapping[str, str]) -> PartnerTable:
    """Any list as a table: its titles are on the first line of several cells; `known` are folded titles → fields."""
    for lines in storage.table_files.candidate_tables(path):
        header = next((rank for rank, line in enumerate(lines[:_HEADER_WITHIN]) if _wide(line)), None)
        if header is not None:
            return _table(lines, header, _known(lines[header], known))
    raise UserError("Ce fichier n’a pas de tableau : une ligne de titres, puis une ligne par commune ou par structure.")


def _wide(line: Line) -> bool:
    return sum(bool(cell) for cell in line.cells) > 1


def _titles(lines: list[Line]) -> tuple[int, dict[str, int]] | None:
    """Which line holds the titles, and where each known column is; the first of two alike wins."""
    for index, line in enumerate(islice(lines, _HEADER_WITHIN)):
        columns = _known(line)
        if {"name", "type"} <= columns.keys():
            return index, columns
    return None


def _known(line: Line, known: Mapping[str, str] = _BY_TITLE) -> dict[str, int]:
    columns: dict[str, int] = {}
    for position, cell in enumerate(line.cells):
        name = known.get(fold(cell).replace(" ", "").replace(".", ""))
        if name is not None:
            columns.setdefault(name, position)
    return columns


def _table(lines: list[Line], header: int, columns: Mapping[str, int]) -> PartnerTable:
    if len(lines) - header > MAX_ROWS:
        raise UserError(f"Cette liste a plus de {MAX_ROWS} lignes : gardez celles de votre région, puis recommencez.")
    titles = lines[header].cells
    if len(titles) > MAX_COLUMNS:
        raise UserError(f"Cette liste a plus de {MAX_COLUMNS} colonnes : ne gardez que celles qui servent.")
    names = {position: name for name, position in columns.items()}
    below = tuple(lines[header + 1 :])
    made = (ListColumn(title, _sample(below, rank), names.get(rank, "")) for rank, title in enumerate(titles))
    return PartnerTable(tuple(made), below)


def _sample(lines: tuple[Line, ...], rank: int) -> str:
    """The first words a column says, so that one knows what it holds."""
    said = (line.cells[rank] for line in lines[:_HEADER_WITHIN] if rank < len(line.cells) and line.cells[rank])
    return next(said, "")


def _cells(line: Line, columns: Mapping[str, int]) -> dict[str, str]:
    """The cells that say something."""
    found = {name: line.cells[at] for name, at in columns.items() if at < len(line.cells)}
    return {name: text for name, text in found.items() if text}
