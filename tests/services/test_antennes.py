"""Institutions and their antennes: one name, what is shared, found, proposed, archived, imported and exported."""

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.choices import Public, TerritoryLevel
from boutique.models.referral import Partner
from boutique.services import (
    coverage,
    directory,
    inclusion,
    own_territories,
    partner_book,
    partner_cells,
    partner_people,
    partners,
    undo,
)
from boutique.services.directory import PartnerQuery, PartnerRow
from boutique.services.import_outcomes import Report
from boutique.services.import_preview import Reading, preview, run
from boutique.services.partner_names import full_name
from boutique.services.territories import Area
from boutique.services.workspace import Workspace

FREVENT, ARRAS, LENS = "62361", "62041", "62498"
PAS_DE_CALAIS: Area = (TerritoryLevel.DEPARTMENT, "62")


def add(
    workspace: Workspace, name: str, *areas: Area, type_code: str = "CMA", under: uuid.UUID | None = None, **more: Any
) -> uuid.UUID:
    typed = {"partner.name": name, "partner.type_code": type_code, "partner.parent_id": under}
    typed |= {f"partner.{key}": value for key, value in more.items()}
    return workspace.write("Fiche", partners.save, None, typed, areas)


def rows(workspace: Workspace, **query: Any) -> tuple[PartnerRow, ...]:
    return workspace.read(directory.directory, PartnerQuery(**query)).rows


def names(workspace: Workspace, **query: Any) -> list[str]:
    return [row.name for row in rows(workspace, **query)]


def take(workspace: Workspace, folder: Path, text: str) -> Report:
    path = folder / "liste.csv"
    path.write_text(text, encoding="utf-8")
    dry = workspace.read(preview, path, Reading()).report
    report = workspace.write("Import", run, path, Reading())
    assert dry == report
    return report


@pytest.fixture
def chamber(workspace: Workspace) -> uuid.UUID:
    """An institution of the whole region with two antennes."""
    top = add(workspace, "Chambre de métiers", (TerritoryLevel.REGION, "32"), website="https://cma.exemple.fr",
              publics=(Public.YOUNG,), cost="gratuit", legal_basis="Annuaire public")  # fmt: skip
    add(workspace, "Arras", PAS_DE_CALAIS, under=top, commune_code=ARRAS, phone="03 21 51 11 00")
    add(workspace, "Chambre de métiers de Lens", under=top, commune_code=LENS, publics=(Public.EVERYBODY,))
    return top


@pytest.mark.parametrize(
    ("name", "institution", "shown"),
    [
        ("Arras", "Chambre de métiers", "Chambre de métiers — Arras"),
        ("CHAMBRE DE METIERS de Lens", "Chambre de métiers", "CHAMBRE DE METIERS de Lens"),
        ("Arras", None, "Arras"),
        ("Łódź", "مركز الأعمال", "مركز الأعمال — Łódź"),
    ],
)
def test_an_antenne_bears_the_name_of_its_institution_once(
    workspace: Workspace, name: str, institution: str | None, shown: str
) -> None:
    assert full_name(name, institution) == shown
    above = add(workspace, institution, PAS_DE_CALAIS) if institution else None
    add(workspace, name, PAS_DE_CALAIS, under=above)
    assert shown in names(workspace, type_code="CMA")
    assert shown in {one.name for one in workspace.read(coverage.covering, ARRAS, ["CMA"])}


def test_the_list_folds_the_antennes_into_their_institution(workspace: Workspace, chamber: uuid.UUID) -> None:
    add(workspace, "Adie", PAS_DE_CALAIS, type_code="ADIE")
    folded = workspace.read(directory.directory, PartnerQuery(tree=True))
    assert [row.indented for row in folded.rows] == ["Adie", "Chambre de métiers (2 antennes)"]
    assert (folded.total, folded.structures) == (2, 4)
    opened = rows(workspace, tree=True, opened=frozenset({chamber}))
    assert [(row.name, row.under, row.opened) for row in opened] == [
        ("Adie", False, False), ("Chambre de métiers", False, True), ("Arras", True, False),
        ("Chambre de métiers de Lens", True, False),
    ]  # fmt: skip
    found = names(workspace, text="chambre arras")
    assert found == ["Chambre de métiers — Arras"]


def test_an_antenne_has_what_its_institution_says_unless_it_says_it(workspace: Workspace, chamber: uuid.UUID) -> None:
    sheet = workspace.read(partners.sheet, chamber)
    arras, lens = (workspace.read(partners.sheet, one.partner_id) for one in sheet.antennes)
    assert (arras.said["partner.website"], arras.said["partner.cost"]) == ("https://cma.exemple.fr", "gratuit")
    assert "partner.website" not in arras.answers
    assert (arras.said["partner.publics"], lens.said["partner.publics"]) == ((Public.YOUNG,), (Public.EVERYBODY,))
    assert arras.institution == (chamber, "Chambre de métiers")
    young = names(workspace, public=Public.YOUNG.value)
    assert young == ["Chambre de métiers", "Chambre de métiers — Arras"]
    workspace.write(
        "Type", partners.save, chamber, dict(sheet.answers) | {"partner.type_code": "CCI"}, (PAS_DE_CALAIS,)
    )
    assert {row.type_code for row in rows(workspace, text="chambre")} == {"CCI"}


def test_there_is_one_level(workspace: Workspace, chamber: uuid.UUID) -> None:
    first = workspace.read(partners.sheet, chamber).antennes[0].partner_id
    with pytest.raises(UserError, match="elle-même une antenne"):
        add(workspace, "Guichet", PAS_DE_CALAIS, under=first)
    other = add(workspace, "Autre", PAS_DE_CALAIS)
    typed = {"partner.name": "Chambre", "partner.type_code": "CMA", "partner.parent_id": other}
    with pytest.raises(UserError, match="a des antennes"):
        workspace.write("Fiche", partners.save, chamber, typed, (PAS_DE_CALAIS,))


def test_an_institution_is_proposed_only_where_no_antenne_is(workspace: Workspace, chamber: uuid.UUID) -> None:
    def found(commune: str) -> set[str]:
        return {one.name for one in workspace.read(coverage.covering, commune, ["CMA"])}

    assert found(ARRAS) == {"Chambre de métiers — Arras", "Chambre de métiers de Lens"}
    assert found("59350") == {"Chambre de métiers"}


def test_an_institution_is_archived_and_comes_back_with_its_antennes(workspace: Workspace, chamber: uuid.UUID) -> None:
    arras, lens = (one.partner_id for one in workspace.read(partners.sheet, chamber).antennes)
    workspace.write("Archivage", partners.archive, chamber)
    assert names(workspace) == []
    assert len(names(workspace, archived=True)) == 3
    workspace.write("Annulation", undo.undo)
    assert len(names(workspace, text="chambre")) == 3
    workspace.write("Archivage", partners.archive, chamber)
    workspace.write("Remise", partners.restore, lens)
    assert names(workspace, text="chambre") == ["Chambre de métiers", "Chambre de métiers de Lens"]
    workspace.write("Archivage", partners.archive, chamber)
    workspace.write("Remise", partners.restore, chamber)
    assert len(names(workspace, text="chambre")) == 3
    with pytest.raises(UserError, match="archivez-la"):
        workspace.write("Suppression", partners.remove, chamber)
    workspace.write("Suppression", partners.remove, arras)


LIST = """id;nom;type;antenne de;code_insee;telephone;contact;fonction;email du contact;autres contacts;siret
a1;Antenne d’Arras;;Maison de l’Artois;62041;03 21 51 11 00;Zofia Wójcik;conseillère;z@exemple.fr;;35600000000048
a2;Antenne de Lens;;m1;62498;03 21 51 11 00;;Accueil;;"Nguyễn Thị;guichet;03 21 00 00 01|Ali;guichet";35600000000048
m1;Maison de l’Artois;cci;;62041;03 21 51 11 00;;;;;35600000000048
a3;Antenne perdue;cci;Nulle part;62041;;;;;;
"""


def test_a_list_brings_antennes_and_contacts_wherever_they_stand_in_it(workspace: Workspace, tmp_path: Path) -> None:
    report = take(workspace, tmp_path, LIST.replace("Ali ; guichet;", "Ali / ; 12;"))
    assert (report.created, report.refused) == (4, ())
    assert [outcome.line for outcome in report.outcomes] == [2, 3, 4, 5]
    assert {(one.line, one.column) for one in report.warnings} == {(5, "institution")}
    assert names(workspace, tree=True) == ["Antenne perdue", "Maison de l’Artois"]
    house = next(row for row in rows(workspace, tree=True) if row.antennes)
    arras, lens = workspace.read(partners.sheet, house.partner_id).antennes
    [zofia] = workspace.read(partner_people.contacts, arras.partner_id)
    assert (zofia.line, zofia.email) == ("Zofia Wójcik, conseillère", "z@exemple.fr")
    there = workspace.read(partner_people.contacts, lens.partner_id)
    assert [(one.line, one.phone) for one in there] == [
        ("Accueil", ""), ("Nguyễn Thị, guichet", "+33321000001"), ("Ali, guichet", ""),
    ]  # fmt: skip
    again = take(workspace, tmp_path, LIST.replace("Ali ; guichet;", "Ali / ; 12;"))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 4)
    # The same phone and number as the others of its institution make no double of a new antenne; elsewhere they do.
    line = "nom;type;antenne de;code_insee;telephone;siret\nAntenne de {};cci;{};62041;03 21 51 11 00;35600000000048\n"
    assert take(workspace, tmp_path, line.format("Béthune", "Maison de l’Artois")).twins == ()
    assert len(take(workspace, tmp_path, line.format("Douai", "")).twins) == 1


def test_a_contact_who_left_is_not_brought_back_by_a_list(workspace: Workspace, tmp_path: Path) -> None:
    text = "id;nom;type;code_insee;contact\n1;Chambre;cma;62041;M. Leroy\n"
    take(workspace, tmp_path, text)
    [row] = rows(workspace)
    [leroy] = workspace.read(partner_people.contacts, row.partner_id)
    workspace.write("Départ", partner_people.leave, leroy.id)
    assert take(workspace, tmp_path, text).unchanged == 1
    assert workspace.read(partner_people.contacts, row.partner_id) == ()


def sheets(base: Workspace) -> dict[str, dict[str, str]]:
    """Every sheet as its cells; identifiers that only one base knows are left aside."""
    found = base.read(lambda session: [partner_cells.cells(*row) for row in partner_cells.current(session)])
    return {row["name"]: row for row in found}


@pytest.mark.parametrize("way", ["book", "inclusion"])
def test_antennes_contacts_and_own_territories_leave_and_come_back_as_they_were(
    workspace: Workspace, empty_workspace: Workspace, chamber: uuid.UUID, tmp_path: Path, way: str
) -> None:
    for base in (workspace, empty_workspace):
        base.write(
            "Territoire", own_territories.save, None, "Pays d’Artois, Ternois", [(TerritoryLevel.COMMUNE, ARRAS)]
        )
    [drawn] = workspace.read(own_territories.names)
    bus = add(workspace, "Bus", (TerritoryLevel.OWN, drawn), PAS_DE_CALAIS, type_code="MOBILITE")
    for name, more in (("Zoé", {"role": "accueil ; guichet", "themes": ("IDEE",)}), ("محمد بوضياف", {}),
                       ("Thị Phương", {"phone": "03 21 00 00 01", "verified_on": "03/03/2026"})):  # fmt: skip
        typed = {"contact.name": name} | {f"contact.{key}": value for key, value in more.items()}
        workspace.write("Contact", partner_people.save_contact, bus, None, typed)
    if way == "book":
        path, content = tmp_path / "annuaire.xlsx", workspace.read(partner_book.directory).content
        titles = [cell.value for cell in next(load_workbook(io.BytesIO(content))["Annuaire"].iter_rows())]
        assert {"Antenne de", "Contact", "Autres contacts", "Territoires à nous"} <= set(titles)
    else:
        path, content = tmp_path / "annuaire.json", workspace.read(inclusion.export).document.content
    path.write_bytes(content)
    report = empty_workspace.write("Import", run, path, Reading())
    assert (report.refused, report.warnings, report.created) == ((), (), 4)
    assert sheets(empty_workspace) == sheets(workspace)
    here = workspace.write("Import", run, path, Reading())
    assert (here.created, here.updated) == (0, 0)


def test_others_read_what_an_antenne_has_from_its_institution(workspace: Workspace, chamber: uuid.UUID) -> None:
    def arras(session: Session) -> dict[str, Any]:
        found = next(one for one in partner_cells.current(session) if one.partner.name == "Arras")
        structure, service = inclusion.pair(workspace.reference, found, {})
        return structure | service | {"nom": structure["nom"]}

    told = workspace.read(arras)
    assert (told["nom"], told["site_web"]) == ("Chambre de métiers — Arras", "https://cma.exemple.fr")
    assert (told["publics"], told["frais"]) == (["jeunes"], "gratuit")


def test_a_territory_of_our_own_is_covered_named_and_found(workspace: Workspace) -> None:
    workspace.write("Territoire", own_territories.save, None, "Pays du Ternois", [(TerritoryLevel.COMMUNE, FREVENT)])
    [code] = workspace.read(own_territories.names)
    bus = add(workspace, "Bus", (TerritoryLevel.OWN, code), type_code="MOBILITE")
    [found] = workspace.read(coverage.covering, FREVENT, ["MOBILITE"])
    assert found.extent == "couvre Frévent (Pays du Ternois)"
    assert workspace.read(coverage.covering, ARRAS, ["MOBILITE"]) == ()
    assert names(workspace, commune_code=FREVENT) == ["Bus"]
    add(workspace, "Lille", (TerritoryLevel.DEPARTMENT, "59"))
    add(workspace, "Arras", PAS_DE_CALAIS)
    assert names(workspace, own_area=code) == ["Arras", "Bus"]
    assert names(workspace, own_area="T0000") == []
    [named] = workspace.read(partners.territories_of, bus)
    assert named.label == "Pays du Ternois (territoire à nous)"
    assert rows(workspace, text="bus")[0].extent == "Pays du Ternois"
    with pytest.raises(UserError, match="n’est pas un code connu"):
        add(workspace, "Autre", (TerritoryLevel.OWN, "T0000"))


def test_a_territory_nobody_drew_is_refused_by_its_name(workspace: Workspace, tmp_path: Path) -> None:
    text = "nom;type;niveau;territoire\nBus;cma;territoire;Pays du Ternois\n"
    [refused] = take(workspace, tmp_path, text).refused
    assert "dessinez-le" in refused.reason
    workspace.write("Territoire", own_territories.save, None, "Pays du Ternois", [(TerritoryLevel.COMMUNE, FREVENT)])
    assert take(workspace, tmp_path, text).created == 1
    assert workspace.read(lambda session: session.scalar(select(Partner.territory_level))) is TerritoryLevel.OWN


def test_a_contact_that_cannot_be_kept_is_told_cell_by_cell(workspace: Workspace, tmp_path: Path) -> None:
    text = "nom;type;code_insee;contact;email du contact;telephone du contact;autres contacts\n"
    text += f"Bus;mobilité;62041;Zoé;pas une adresse;12;Ali / ; {'x' * 130}\n".replace(" ; ", " , ")
    text += f"Relais;rpe;62041;{'Z' * 200};;;\n"
    report = take(workspace, tmp_path, text)
    assert [one.fate for one in report.outcomes] == ["created", "created"]
    assert [(one.line, one.column) for one in report.warnings] == [
        (2, "contact_phone"), (2, "contact_email"), (3, "contact_name"),
    ]  # fmt: skip
    relay, bus = sorted(rows(workspace), key=lambda row: row.name, reverse=True)
    assert (bus.type_code, relay.type_code) == ("MOBILITE", "GARDE_ENFANT")
    assert len(workspace.read(partner_people.contacts, bus.partner_id)) == 2
    assert workspace.read(partner_people.contacts, relay.partner_id) == ()
