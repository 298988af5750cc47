"""A workbook narrowed to a counsellor, a programme, a territory says what the figures say narrowed the same way."""

import io
from collections import Counter
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from boutique.exports.excel import activity_book as month_workbook
from boutique.exports.excel.activity_rows import ActivityData
from boutique.models.case import Case, Interview
from boutique.models.choices import ZoningState
from boutique.models.programme import Programme
from boutique.models.project import Business
from boutique.models.referral import Referral
from boutique.models.structure import Counsellor, Site
from boutique.rules.indicators import figure
from boutique.rules.period import Period
from boutique.services import activity_files, activity_page, figures, scopes
from boutique.services.activity_book import activity_book
from boutique.services.annual_book import annual_book
from boutique.services.checks import checks
from boutique.services.month import read
from boutique.services.scopes import ALL, ScopeKeys
from boutique.services.workspace import Workspace

OCTOBER, YEAR = date(2026, 10, 1), 2026


@pytest.fixture
def base(demo_workspace: Workspace) -> Workspace:
    """Half of the files, and of the interviews of October, are of another counsellor and charged to a programme."""

    def share_out(session: Session) -> None:
        other = Counsellor(first_name="Rachida", last_name="Delattre")
        session.add(other)
        session.flush()
        programme = session.scalars(select(Programme)).first()
        assert programme is not None
        for case in session.scalars(select(Case).where(func.substr(Case.reference, -1).in_(tuple("02468")))):
            case.counsellor_id, case.programme_id = other.id, programme.id
        for rank, row in enumerate(session.scalars(select(Interview).order_by(Interview.id))):
            if rank % 3:
                row.counsellor_id, row.programme_id = other.id, programme.id

    demo_workspace.write("Partage", share_out)
    return demo_workspace


def narrowings(session: Session) -> dict[str, ScopeKeys]:
    rachida = session.scalars(select(Counsellor.id).where(Counsellor.first_name == "Rachida")).one()
    programme = session.scalars(select(Case.programme_id).where(Case.programme_id.is_not(None))).first()
    site = session.scalar(select(Case.site_id).group_by(Case.site_id).order_by(func.count().desc()).limit(1))
    territory = scopes.choices(session).territories[0][0]
    return {
        "counsellor": ScopeKeys(counsellor_id=rachida),
        "programme": ScopeKeys(programme_id=programme),
        "territory": ScopeKeys(territory=territory),
        "place": ScopeKeys(site_id=site),
        "all four": ScopeKeys(site, rachida, programme, territory),
    }


def counted(session: Session, keys: ScopeKeys) -> dict[str, float]:
    book, month = figures.read(session, Period.month(OCTOBER).end, scopes.resolve(session, keys)), Period.month(OCTOBER)
    names = ("interviews", "absences", "new_holders", "referrals", "creations", "epci_workshops", "received",
             "bpi_outreach_sessions", "interview_hours")  # fmt: skip
    return {name: book.value(figure(name), month) or 0 for name in names}


def of_sheets(data: ActivityData) -> dict[str, float]:
    held = [row for row in data.outreach if not row.cancelled and row.located_in_qpv is ZoningState.YES]
    return {
        "interviews": sum(row.attended is not False for row in data.interviews),
        "absences": sum(row.attended is False for row in data.interviews),
        "new_holders": len(data.new_holders),
        "referrals": len(data.referrals),
        "creations": len(data.creations),
        "epci_workshops": len(data.workshops),
        "received": data.people,
        "bpi_outreach_sessions": len(held),
        "interview_hours": sum(row.minutes or 0 for row in data.interviews) / 60,
    }


@pytest.mark.parametrize("name", ["counsellor", "programme", "territory", "place", "all four"])
def test_the_sheets_of_a_narrowed_book_are_its_figures(base: Workspace, name: str) -> None:
    keys, everything = base.read(narrowings)[name], base.read(counted, ALL)
    data, told = base.read(activity_book, OCTOBER, keys), base.read(counted, keys)
    assert of_sheets(data) == pytest.approx(told)
    assert told["interviews"] < everything["interviews"]
    assert told["interviews"] or name == "all four"
    public = Counter[str]()
    for row in data.profile:
        public[row.breakdown] += row.count if row.exclusive else 0
    assert {count for count in public.values() if count} <= {data.people}
    assert [line.state for line in month_workbook.controls(data) if line.blocking and line.state != "OK"] == []
    whole = {row.label: row.month for row in base.read(activity_book, OCTOBER).indicators}
    assert any(row.month != whole[row.label] for row in data.indicators)


def test_filters_are_written_and_the_file_says_that_it_is_narrowed(base: Workspace) -> None:
    keys = base.read(narrowings)["all four"]
    made = base.read(activity_files.month_file, OCTOBER, keys=keys)
    assert made.file_name == "activite-2026-10-filtre.xlsx"
    told = dict(base.read(scopes.choices).words(keys))
    facts = [tuple(row[:2]) for row in load_workbook(io.BytesIO(made.content))["Lisez-moi"].values]
    assert set(told.items()) <= set(facts)
    assert set(told) == {"Lieu", "Conseiller", "Programme", "Territoire"}
    asked = activity_page.Asked(OCTOBER, keys=keys)
    assert base.read(activity_page.workbook, asked).file_name == made.file_name  # the screen gives what it shows


def test_the_book_of_the_year_is_narrowed_too(base: Workspace) -> None:
    keys = base.read(narrowings)["counsellor"]
    data, everything = base.read(annual_book, YEAR, keys), base.read(annual_book, YEAR)
    rank = [row.label for row in data.indicators].index("Entretiens")
    assert data.indicators[rank].months[9] == base.read(counted, keys)["interviews"]
    assert sum(row.creations for row in data.cohorts) < sum(row.creations for row in everything.cohorts)
    assert data.territory == ()
    assert any(label == "Feuille Territoire" and text.startswith("Laissée vide") for label, text in data.filters)
    assert ("Conseiller", "Rachida Delattre") in data.filters


def test_what_is_to_look_at_is_of_whom_one_looks_at(base: Workspace) -> None:
    def found(session: Session, keys: ScopeKeys) -> dict[str, set[str]]:
        scope = scopes.resolve(session, keys)
        return {one.key: set(one.references) for one in checks(session, read(session, OCTOBER, scope), scope)}

    def spoil(session: Session) -> None:
        session.execute(update(Referral).values(consent_on=None))
        session.execute(update(Case).values(last_contact_on=date(2020, 1, 1), closed_on=date(2020, 1, 2)))
        session.execute(update(Business).values(siren=None))
        session.execute(update(Site).values(commune_code=None))

    base.write("Dégâts", spoil)
    everything = base.read(found, ALL)
    assert {key for key, references in everything.items() if references} >= {"agreement", "dates", "retention"}
    for name, keys in base.read(narrowings).items():
        here = base.read(found, keys)
        assert all(references <= everything[key] for key, references in here.items())
        assert len(here["retention"]) < len(everything["retention"]), name
        assert here["dates"] or name == "all four"
