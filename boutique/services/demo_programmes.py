"""Programmes of the fictitious base, what they bring, their targets, and the files charged to them (see `demo`)."""

import uuid
from collections.abc import Iterator
from datetime import date
from random import Random

from boutique.models.base import Record
from boutique.models.case import Interview
from boutique.models.own_figure import OwnFigure
from boutique.models.programme import CoFinancing, Objective, Participation, Programme
from boutique.models.programme_choices import ProgrammeKind
from boutique.services.demo_files import File

_SHARES = (22, 14, 4, 60)  # of the files: the operation, the city contract, the places, none
_OWN_TARGETS = {"received": 260, "new_holders": 140, "interviews": 520, "referrals": 180, "creations": 32}
_PROGRAMME_TARGETS = {"received": 60, "interviews": 140, "creations": 8}


def programmes(until: date) -> tuple[Programme, Programme, Programme]:
    """A FSE+ operation, a city contract that ends soon, a plan of places for businesses."""
    year = until.year
    return (
        Programme(
            name="FSE+ Amorçage de projets", kind=ProgrammeKind.ESF, funder="Région et Union européenne",
            agreement=f"FSE-{year}-0173", starts_on=date(year - 1, 1, 1), ends_on=date(year + 1, 12, 31),
            amount_eur=96_000,
        ),
        Programme(
            name="Contrat de ville", kind=ProgrammeKind.CITY_CONTRACT, funder="ANCT et communauté de communes",
            agreement=f"CDV {year}", starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), amount_eur=28_000,
        ),
        Programme(
            name="RH+ Ternois", kind=ProgrammeKind.HUMAN_RESOURCES, funder="Pays du Ternois",
            starts_on=date(year, 1, 1), ends_on=date(year + 1, 6, 30), amount_eur=12_000, places=20, places_elsewhere=6,
        ),
    )  # fmt: skip


def around(made: tuple[Programme, Programme, Programme], until: date) -> Iterator[Record]:
    """What financers bring, and the targets of the year."""
    esf, city, _places = made
    for financer, amount, common_law in (
        ("ANCT, politique de la ville", 12_000, False),
        ("Communauté de communes", 10_000, True),
        ("Département", 6_000, True),
    ):
        yield CoFinancing(programme_id=city.id, financer=financer, amount_eur=amount, common_law=common_law)
    yield CoFinancing(programme_id=esf.id, financer="Région", amount_eur=38_400, common_law=True, year=until.year)
    for programme_id, targets in ((None, _OWN_TARGETS), (esf.id, _PROGRAMME_TARGETS), (city.id, _PROGRAMME_TARGETS)):
        for key, target in targets.items():
            yield Objective(programme_id=programme_id, figure=key, year=until.year, target=target)


def own_figures() -> Iterator[OwnFigure]:
    """Indicators that the structure drew up."""
    yield OwnFigure(
        code="NOUS_1",
        name="Femmes ou moins de 30 ans en QPV",
        counted="personnes",
        event="entretien",
        criteria={
            "any_of": [
                [["holder.gender", "=", "F"], ["holder.lives_in_qpv", "=", "oui"]],
                [["holder.age", "<=", 29], ["holder.lives_in_qpv", "=", "oui"]],
            ]
        },
    )
    seeking = ["holder.employment_status", "in", ["DE_INDEMNISE", "DE_NON_INDEMNISE"]]
    yield OwnFigure(
        code="NOUS_2",
        name="Part des personnes en recherche d’emploi",
        counted="part",
        event="entretien",
        criteria={"any_of": [], "of": "personnes", "share": [seeking]},
    )


def charge(file: File, made: tuple[uuid.UUID, ...]) -> None:
    """Charge some files with their interviews; drawn from the reference, so that nothing else of the base moves."""
    rng = Random(f"programme {file.case.reference}")  # noqa: S311 - fictitious data
    rank = rng.choices((0, 1, 2, None), _SHARES)[0]
    started = file.world.until.year - (rank == 0)  # the operation runs since last year, the others since this one
    if rank is None or file.case.opened_on.year < started:
        return
    chosen = made[rank]
    file.case.programme_id = chosen
    for row in file.rows:
        if isinstance(row, Interview):
            row.programme_id = chosen
    if rank == 0:
        file.rows.append(_participation(file, chosen, rng))


def _participation(file: File, programme_id: uuid.UUID, rng: Random) -> Participation:
    who = file.person
    return Participation(
        programme_id=programme_id,
        case_id=file.case.id,
        entered_on=file.case.opened_on,
        employment_status=who.employment_status,
        registration_duration=who.registration_duration,
        education_level=who.education_level,
        allowances=who.allowances,
        in_training=False if rng.random() < 0.8 else None,
    )
