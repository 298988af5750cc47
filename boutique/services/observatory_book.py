"""The observatory of a finished year as a workbook or as a list; no person in it. For Activité › Observatoire."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.core.errors import UserError
from boutique.exports import excel
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.models.structure import Structure
from boutique.services.context import context
from boutique.services.documents import Document
from boutique.services.observatory import Grid
from boutique.services.observatory_counts import MEASURES
from boutique.services.observatory_table import BESIDE, Row, Shape, rows

MASKED = "masqué"
SHEETS = ((Shape.COMMUNE, "Communes"), (Shape.EPCI, "Intercommunalités"), (Shape.OWN, "Nos territoires"))
RATED = ("received", "creations")
_UNFINISHED = (
    "L’année {year} n’est pas finie : deux états d’une même année se soustrairaient. Elle se regarde à l’écran ; "
    "le fichier se fait à partir du 1er janvier."
)
_WORDS: tuple[tuple[str, object], ...] = (
    ("masqué", "Caché pour qu’aucun petit nombre ne se retrouve, par soustraction ou autrement"),
    ("… : 12 autres communes", "Communes comptées ensemble : trop peu de personnes dans chacune"),
    ("Personnes reçues", "Personnes différentes venues dans l’année, par commune où elles habitent"),
    ("dont QPV", "Celles dont l’adresse est en quartier prioritaire ; « à vérifier » n’est pas compté"),
    ("Nouveaux porteurs", "Premier entretien dans l’année, ou le premier après plus de 24 mois"),
    ("Créations", "Entreprises immatriculées dans l’année, par commune de l’entreprise, sinon du projet"),
    ("Permanences, ateliers", "Séances tenues, par commune du lieu : ce ne sont pas des personnes"),
    ("Pour 1 000 habitants", "Rapporté à la population légale de la commune ; seulement des chiffres montrés"),
)  # fmt: skip


def workbook(session: Session, grid: Grid) -> Document:
    """Three sheets: communes, EPCI, territories of ours. UserError while the year is not over."""
    _check(grid)
    structure = session.scalars(select(Structure).limit(1)).first()
    title = f"Observatoire {grid.year}"
    book = excel.book.Book(title=title, author=structure.name if structure else "", made_at=clock.local(clock.now()))
    facts: list[tuple[str, object]] = [
        ("Structure", structure.name if structure else ""),
        ("Année", grid.year),
        ("Le", excel.sheets.readme.moment(clock.local(clock.now()))),
        ("Secret statistique", f"Aucun nombre de personnes de 1 à {grid.threshold - 1} n’est montré ni ne se retrouve"),
        ("Population", context(session).reference.meta().get("vintage_label", "")),
        ("Identité", "Aucune personne, aucun dossier, aucune référence dans ce classeur"),
    ]
    if grid.beside is not None:
        facts.append((grid.beside.title, f"Donnée d’un partenaire : {grid.beside.source}"))
    excel.sheets.readme.write(book, title, facts, [("Les mots", list(_WORDS))])
    for shape, name in SHEETS:
        book.table(name, _columns(grid, shape), rows(grid, shape), strong=_is_total)
    return Document(f"observatoire-{grid.year}.xlsx", title, book.to_bytes())


def listing(grid: Grid) -> Document:
    """The same rows as one list with semicolons. UserError while the year is not over."""
    _check(grid)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Niveau", "Code", "Territoire", "Habitants", *(title for _, title in _measured(grid))])
    for line in _lines(grid):
        writer.writerow(line)
    return Document(f"observatoire-{grid.year}.csv", f"Observatoire {grid.year}", text.getvalue().encode("utf-8-sig"))


def _lines(grid: Grid) -> Iterator[list[Any]]:
    told = False
    for shape, _ in SHEETS:
        for row in rows(grid, shape):
            if row.shape is Shape.TOTAL and told:
                continue
            told = told or row.shape is Shape.TOTAL
            code = "" if row.shape in (Shape.GROUP, Shape.TOTAL) else row.code
            values = [_value(key, row) for key, _ in _measured(grid)]
            yield [row.shape.label, code, row.label, row.population, *values]


def _check(grid: Grid) -> None:
    if not grid.finished:
        raise UserError(_UNFINISHED.format(year=grid.year))


def _measured(grid: Grid) -> list[tuple[str, str]]:
    """(key, title) of the columns of figures, a partner’s last."""
    ours = [(measure.key, measure.title) for measure in MEASURES]
    return [*ours, (BESIDE, f"{grid.beside.title} (partenaire)")] if grid.beside is not None else ours


def _columns(grid: Grid, shape: Shape) -> list[Column[Row]]:
    made: list[Column[Row]] = [
        Column(shape.label, _label, 44),
        Column("Code", _code, 12),
        Column("Habitants", _population, 12, Format.NUMBER),
    ]
    for key, title in _measured(grid):
        made.append(Column(title, partial(_value, key), 14, Format.COUNT))
        if key in RATED:
            made.append(Column(f"{title} pour 1 000 habitants", partial(_rate, key), 16, Format.DECIMAL))
    return made


def _label(row: Row) -> str:
    return row.label


def _code(row: Row) -> str:
    return "" if row.shape in (Shape.GROUP, Shape.TOTAL) else row.code


def _population(row: Row) -> int | None:
    return row.population or None


def _value(key: str, row: Row) -> Any:
    value = row.values[key]
    return MASKED if value is None else value


def _rate(key: str, row: Row) -> Any:
    rate = row.rate(key)
    if rate is None:
        return MASKED if row.values[key] is None else None
    return round(rate, 1)


def _is_total(row: Row) -> bool:
    return row.shape is Shape.TOTAL
