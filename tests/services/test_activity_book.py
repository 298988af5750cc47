"""The workbook of the month as a coordinator opens it: figures, rows, recalculated controls, small numbers, no name."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_book import render
from boutique.exports.excel.activity_rows import ActivityData
from boutique.forms.catalogue import FILE
from boutique.models.case import Case, Interview
from boutique.models.choices import Phase
from boutique.models.outreach import OutreachDay
from boutique.models.outreach_choices import OutreachState
from boutique.models.person import Person
from boutique.models.project import Business
from boutique.models.referral import Referral
from boutique.models.structure import Site
from boutique.models.trace import Zoning, ZoningList
from boutique.services import activity
from boutique.services.activity_book import activity_book
from boutique.services.files import FileFilter, FileQuery
from boutique.services.workspace import Workspace

OCTOBER = date(2026, 10, 1)
SOFFICE = shutil.which("soffice")
Sheet = list[tuple[Any, ...]]


def read(content: bytes, sheet: str) -> Sheet:
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def every_text(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def recalculated(content: bytes, folder: Path) -> Sheet:
    """The Contrôles sheet after LibreOffice computed every formula again."""
    assert SOFFICE is not None
    (folder / "mois.xlsx").write_bytes(content)
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(folder / "mois.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return read((folder / "out" / "mois.xlsx").read_bytes(), "Contrôles")


def test_the_summary_shows_the_figures_of_the_screen(demo_workspace: Workspace) -> None:
    rows = read(demo_workspace.read(activity.workbook, OCTOBER), "Synthèse")
    shown = {row[0]: row[2:5] for row in rows[1:]}
    for line in demo_workspace.read(activity.month_view, OCTOBER).indicators:
        assert shown[line.label] == pytest.approx((line.month, line.previous, line.year)), line.label


def test_january_has_no_previous_month(demo_workspace: Workspace) -> None:
    rows = read(demo_workspace.read(activity.workbook, date(2026, 1, 15)), "Synthèse")
    assert {row[3] for row in rows[1:]} == {None}


def test_each_new_holder_has_one_first_interview(demo_workspace: Workspace) -> None:
    content = demo_workspace.read(activity.workbook, OCTOBER)
    new = [row[0] for row in read(content, "Nouveaux porteurs")[1:] if row[1]]
    first = [row[1] for row in read(content, "Entretiens")[1:] if row[8] == "oui"]
    assert len(first) == len(new) > 0


def test_no_name_phone_or_mail_is_in_the_workbook(demo_workspace: Workspace) -> None:
    def people(session: Session) -> list[Any]:
        return list(session.execute(select(Person.last_name, Person.phone, Person.email)))

    text = every_text(demo_workspace.read(activity.workbook, OCTOBER))
    names = {row.last_name for row in demo_workspace.read(people)}
    # « Saint-Pol » is also a town and « Boulanger » a trade: whole cells are compared, not words.
    assert not names & set(text.split("\n"))
    for row in demo_workspace.read(people):
        assert row.phone is None or row.phone[3:] not in text.replace(" ", "")
        assert row.email is None or row.email not in text


def test_profile_adds_up_to_the_people_received(demo_workspace: Workspace) -> None:
    data = demo_workspace.read(activity_book, OCTOBER)
    titles = dict.fromkeys(row.breakdown for row in data.profile)
    for title in titles:
        rows = [row for row in data.profile if row.breakdown == title]
        total = sum(row.count for row in rows)
        assert total == data.people if rows[0].exclusive else total >= data.people, title
        assert len({row.label for row in rows}) == len(rows)
        assert all((row.year_to_date or 0) >= row.count for row in rows)
    assert len(titles) == 10


def test_small_numbers_are_not_shown(demo_workspace: Workspace) -> None:
    data = demo_workspace.read(activity_book, OCTOBER)
    small = {(row.breakdown, row.label) for row in data.profile if 0 < row.count < 5}
    shown = {(row[0], row[1]): row[2] for row in read(render(data), "Profil du public")[1:]}
    assert small
    assert {shown[key] for key in small} <= {"masqué"}


def test_one_place_is_said_in_the_workbook(demo_workspace: Workspace) -> None:
    def site(session: Session) -> Site:
        return session.scalars(select(Site).where(Site.name == "Permanence de Frévent")).one()

    place = demo_workspace.read(site)
    content = demo_workspace.read(activity.workbook, OCTOBER, place.id)
    assert ("Lieu", "Permanence de Frévent") in read(content, "Lisez-moi")
    assert {row[5] for row in read(content, "Entretiens")[1:] if row[1]} == {"Permanence de Frévent"}


def test_rural_zone_is_known_once_the_list_is_there(demo_workspace: Workspace) -> None:
    before = demo_workspace.read(activity_book, OCTOBER)
    assert {row.lives_in_zfrr for row in before.new_holders} == {None}

    def import_list(session: Session) -> None:
        session.add(ZoningList(kind="FRR", vintage="2026", rows=1))
        communes = set(session.scalars(select(Person.commune_code).where(Person.commune_code.startswith("62"))))
        session.add_all(
            Zoning(kind="FRR", commune_code=code, zone_code="FRR", label="FRR", classified=True) for code in communes
        )

    demo_workspace.write("Zonage", import_list)
    after = demo_workspace.read(activity_book, OCTOBER)
    assert all(row.lives_in_zfrr is (bool(row.commune) or None) for row in after.new_holders)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_recalculates_the_controls_without_any_difference(
    demo_workspace: Workspace, tmp_path: Path
) -> None:  # fmt: skip
    rows = recalculated(demo_workspace.read(activity.workbook, OCTOBER), tmp_path)
    gaps = [row for row in rows if row[0] and "écart" in row[0]]
    assert len(gaps) == 7
    assert {(row[1], row[3]) for row in gaps} == {(0, "OK")}
    assert "À revoir" not in {row[3] for row in rows}
    assert rows[-1][:2] == ("Classeur prêt", "oui")


def test_all_is_green_on_a_clean_base(workspace: Workspace, tmp_path: Path) -> None:
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    rows = recalculated(workspace.read(activity.workbook, OCTOBER), tmp_path)
    assert {row[3] for row in rows[1:-2]} == {"OK"}
    assert rows[-1][:2] == ("Classeur prêt", "oui")


def missing_number(session: Session) -> None:
    session.execute(update(Case).values(opened_on=date(2026, 1, 1)))
    session.execute(update(Business).values(registered=True, siren=None, registered_on=date(2026, 10, 20)))


def missing_agreement(session: Session) -> None:
    session.execute(update(Referral).values(consent_on=None))


def twins(session: Session) -> None:
    person = session.scalars(select(Person).join(Case, Case.person_id == Person.id).limit(1)).one()
    received = session.scalars(
        select(Person).join(Case, Case.person_id == Person.id).join(Interview, Interview.case_id == Case.id)
        .where(Interview.held_on.between(OCTOBER, date(2026, 10, 31)), Interview.attended.is_(True))
        .where(Person.id != person.id)
        .limit(1)
    ).one()  # fmt: skip
    person.first_name, person.last_name, person.birth_date = "Ève", "Lépine", date(1990, 1, 1)
    received.first_name, received.last_name, received.birth_date = "EVE", "LEPINE", date(1990, 1, 1)


def early_interview(session: Session) -> None:
    session.execute(update(Case).values(opened_on=date(2026, 11, 2), closed_on=None))


def placeless(session: Session) -> None:
    session.execute(update(Site).values(commune_code=None))


@pytest.mark.parametrize(
    ("spoil", "label"),
    [
        (missing_number, "Créations sans SIREN"),
        (missing_agreement, "Orientations sans accord enregistré"),
        (twins, "Doublons possibles"),
        (early_interview, "Dates hors du dossier"),
        (placeless, "Passages dans un lieu sans commune"),
    ],
)
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_spoiled_base_turns_the_right_control(
    demo_workspace: Workspace, tmp_path: Path, spoil: Callable[[Session], None], label: str
) -> None:
    demo_workspace.write("Abîmer", spoil)
    rows = {row[0]: row for row in recalculated(demo_workspace.read(activity.workbook, OCTOBER), tmp_path)}
    assert rows[label][1] > 0
    assert rows[label][3] in ("À revoir", "À regarder")


def old_and_incomplete(session: Session) -> None:
    session.execute(update(Case).values(last_contact_on=date(2020, 1, 1)))
    session.execute(update(Person).values(gender=None))
    session.execute(update(OutreachDay).values(held_on=date(2026, 10, 15), state=OutreachState.HELD, commune_code=None))


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_what_is_missing_or_kept_too_long_is_told(demo_workspace: Workspace, tmp_path: Path) -> None:
    demo_workspace.write("Abîmer", old_and_incomplete)
    rows = {row[0]: row for row in recalculated(demo_workspace.read(activity.workbook, OCTOBER), tmp_path)}
    for label in (
        "Dossiers à durée de conservation dépassée",
        "Nouveaux porteurs au dossier incomplet",
        "Permanences sans commune",
    ):
        assert rows[label][1] > 0, label
        assert rows[label][3] == "À regarder", label
    assert rows["Nouveaux porteurs au dossier incomplet"][2]  # the files, by reference


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_figure_that_disagrees_with_its_rows_turns_red(demo_workspace: Workspace, tmp_path: Path) -> None:
    data: ActivityData = demo_workspace.read(activity_book, OCTOBER)
    forgotten = data.interviews[1:]  # as if the sheet had lost a line
    rows = recalculated(render(replace(data, interviews=forgotten)), tmp_path)
    wrong = [row[0] for row in rows if row[3] == "À revoir"]
    assert wrong
    assert rows[-1][:2] == ("Classeur prêt", "non")


# Follow-up list.


def test_the_follow_up_list_has_every_file_and_no_name(demo_workspace: Workspace) -> None:
    rows = read(demo_workspace.read(activity.follow_up), "Liste")
    assert "Nom" not in rows[0]
    references = [row[0] for row in rows[1:] if row[0] and str(row[0]).startswith("202")]
    assert len(references) == len(set(references)) == 60


def test_names_are_there_only_when_asked_for(demo_workspace: Workspace) -> None:
    query = select(Case.reference, Person.last_name, Person.first_name).join(Person, Person.id == Case.person_id)

    def names(session: Session) -> dict[str, tuple[str, str]]:
        return {reference: (last, first) for reference, last, first in session.execute(query)}

    rows = read(demo_workspace.read(activity.follow_up, nominative=True), "Liste")
    assert rows[0][1:6] == ("Nom", "Prénom", "Téléphone", "E-mail", "Commune")
    expected = demo_workspace.read(names)
    assert all(row[1:3] == expected[row[0]] for row in rows[1:] if row[0] in expected)


def test_a_search_and_a_filter_narrow_the_list(demo_workspace: Workspace) -> None:
    def closed(session: Session) -> set[str]:
        return set(session.scalars(select(Case.reference).where(Case.closed_on.is_not(None))))

    content = demo_workspace.read(activity.follow_up, FileQuery(filter=FileFilter.CLOSED))
    expected = demo_workspace.read(closed)
    assert {row[0] for row in read(content, "Liste")[1:]} & expected == expected
    assert ("Dossiers montrés", "Terminés") in read(content, "Lisez-moi")

    def somebody(session: Session) -> tuple[str, str]:
        query = select(Case.reference, Person.last_name).join(Person, Person.id == Case.person_id)
        reference, name = session.execute(query.order_by(Case.reference)).first() or ("", "")
        return reference, name

    reference, name = demo_workspace.read(somebody)
    content = demo_workspace.read(activity.follow_up, FileQuery(text=name, filter=FileFilter.ALL))
    found = read(content, "Liste")
    assert reference in {row[0] for row in found}
    assert len(found) < 20
    assert ("Recherche", name) in read(content, "Lisez-moi")


def test_the_list_says_the_place_and_the_phase_it_is_of(demo_workspace: Workspace) -> None:
    def site(session: Session) -> Site:
        return session.scalars(select(Site).where(Site.name == "Permanence de Frévent")).one()

    query = FileQuery(filter=FileFilter.ALL, site_id=demo_workspace.read(site).id, phase=Phase.MARKET_STUDY)
    content = demo_workspace.read(activity.follow_up, query)
    told = read(content, "Lisez-moi")
    assert ("Lieu", "Permanence de Frévent") in told
    assert ("Phase", "Étude de marché et offre") in told
    rows = read(content, "Liste")
    phases = {row[rows[0].index("Phase")] for row in rows[1:] if str(row[0]).startswith("20")}
    assert phases <= {"Étude de marché et offre"}


def test_progress_needs_a_target(demo_workspace: Workspace) -> None:
    line = demo_workspace.read(activity.month_view, OCTOBER).indicators[0]
    assert replace(line, target=None).progress is None
    assert replace(line, target=(line.year or 0) * 2).progress == 0.5


def test_any_declared_field_may_be_added(demo_workspace: Workspace) -> None:
    fields = (FILE.field("project.sector"), FILE.field("business.registered_on"), FILE.field("diagnosis.market"))
    rows = read(demo_workspace.read(activity.follow_up, fields=fields), "Liste")
    for field in fields:
        column = rows[0].index(field.label)
        assert any(row[column] is not None for row in rows[1:-1]), field.key
