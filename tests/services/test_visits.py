"""Visits to businesses and meetings with partners on a real base: noted, followed, counted, exported, taken back."""

import io
import uuid
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.choices import TerritoryLevel
from boutique.models.external import ExternalSource
from boutique.models.outreach import BusinessVisit, VisitAction
from boutique.rules.outreach import distinct_businesses
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import (
    businesses,
    meetings,
    outreach_rows,
    partners,
    undo,
    visit_coverage,
    visit_export,
    visit_list,
    visits,
)
from boutique.services.external_reading import EVERYTHING
from boutique.services.visit_list import Follow, VisitQuery
from boutique.services.visits import Promise
from boutique.services.workspace import Workspace
from tests.services.filling import FREVENT, SAINT_POL, add_partner, open_file

NOVEMBER, SIREN = Period.month(date(2026, 11, 1)), "732829320"


def visit(workspace: Workspace, name: str, on: date = date(2026, 11, 10), *promises: Promise, **more: Any) -> uuid.UUID:
    typed = {"business_visit.name": name, "business_visit.visited_on": on, "business_visit.commune_code": FREVENT}
    typed |= {f"business_visit.{key}": value for key, value in more.items()}
    made = workspace.write(
        "Visite", visits.save, None, typed, promises, counsellor_id=workspace.counsellor_id
    )  # fmt: skip
    assert isinstance(made, uuid.UUID)
    return made


def names(workspace: Workspace, **query: Any) -> list[str]:
    return [line.name for line in workspace.read(visit_list.listing, VisitQuery(**query)).rows]


def test_a_visit_is_found_by_name_town_need_and_what_is_left_to_do(workspace: Workspace) -> None:
    late, later = Promise("Rappeler", date(2026, 11, 20)), Promise("Écrire", date(2026, 12, 1))
    visit(workspace, "Menuiserie Éloi", date(2026, 11, 12), late, needs=("LOGEMENT", "LOCAL"))
    visit(workspace, "Garage du Ternois", date(2026, 11, 11), later, commune_code=SAINT_POL)
    visit(workspace, "Boulangerie", next_on=date(2026, 11, 23))
    assert names(workspace) == ["Menuiserie Éloi", "Garage du Ternois", "Boulangerie"]
    assert names(workspace, text="eloi") == names(workspace, need="LOCAL") == ["Menuiserie Éloi"]
    assert names(workspace, text="saint pol") == names(workspace, commune_code=SAINT_POL) == ["Garage du Ternois"]
    assert names(workspace, follow=Follow.LATE) == ["Menuiserie Éloi"]
    assert names(workspace, follow=Follow.TO_DO) == ["Menuiserie Éloi", "Garage du Ternois"]
    assert names(workspace, follow=Follow.TO_VISIT) == ["Boulangerie"]
    assert workspace.read(visit_list.late_count) == 1


def test_what_was_promised_is_ticked_changed_and_taken_back(workspace: Workspace) -> None:
    made = visit(workspace, "Menuiserie", date(2026, 11, 12), Promise("Rappeler"), Promise("Écrire"))
    first, second = workspace.read(visits.sheet, made).promises
    assert first.id is not None
    workspace.write("Faite", visits.set_done, first.id, done=True)
    sheet = workspace.read(visits.sheet, made)
    assert [one.done_on for one in sheet.promises] == [date(2026, 11, 24), None]
    workspace.write("Visite", visits.save, made, sheet.answers, (sheet.promises[0], Promise("Venir")))
    assert [one.label for one in workspace.read(visits.sheet, made).promises] == ["Rappeler", "Venir"]
    workspace.write("Annulation", undo.undo)
    assert {one.label for one in workspace.read(visits.sheet, made).promises} == {"Rappeler", second.label}
    workspace.write("Supprimée", visits.remove, made)
    left = workspace.read(lambda base: (base.query(BusinessVisit).count(), base.query(VisitAction).count()))
    assert left == (0, 0)


def test_a_wrong_number_is_refused_and_a_right_one_leads_to_our_file(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="SIREN"):
        visit(workspace, "Faux numéro", siren="123456789")
    saved = open_file(workspace, passage_happened_on="02/01/2026")
    typed = {"business.registered_on": date(2026, 5, 4), "business.siren": SIREN}
    workspace.write("Création", businesses.save, saved.case_id, typed)
    made = visit(workspace, "Chez Zoé", siren=SIREN)
    ours = workspace.read(visits.sheet, made).ours
    assert ours is not None
    assert (ours.case_id, ours.reference) == (saved.case_id, saved.reference)


def test_a_business_visited_again_keeps_its_earlier_visits_at_hand(workspace: Workspace) -> None:
    first = visit(workspace, "Menuiserie Éloi", date(2026, 6, 1), size="1_9", note="Premier contact")
    again = workspace.read(visits.blank, first)
    assert again.answers["business_visit.name"] == "Menuiserie Éloi"
    assert "business_visit.note" not in again.answers
    second = visit(workspace, "MENUISERIE  ELOI")
    assert [on for _, on in workspace.read(visits.sheet, second).others] == [date(2026, 6, 1)]


def test_each_business_counts_once_however_often_it_was_visited() -> None:
    seen = [(None, "caron", "62361"), ("732829320", "caron", "62361"), ("732829320", "boulangerie caron", "62767"),
            (None, "caron", "62767"), (None, "caron", "62361")]  # fmt: skip
    assert len(distinct_businesses(seen)) == 2


def test_the_rate_is_by_commune_and_only_where_businesses_are_counted(workspace: Workspace) -> None:
    visit(workspace, "Caron")
    visit(workspace, "Caron", date(2026, 6, 1))
    visit(workspace, "Lefebvre", date(2025, 6, 1))
    visit(workspace, "Ailleurs", commune_code=SAINT_POL)
    count = {"known_businesses.commune_code": FREVENT, "known_businesses.count": 8, "known_businesses.source": "Insee",
             "known_businesses.counted_on": date(2026, 1, 1)}  # fmt: skip
    workspace.write("Nombre", visit_coverage.save_count, count)
    found = workspace.read(visit_coverage.coverage)
    assert [(line.commune, line.visited, line.visits, line.rate) for line in found.communes] == [
        ("Frévent", 2, 3, 0.25),
        ("Saint-Pol-sur-Ternoise", 1, 1, None),
    ]
    assert (found.visited, found.known, found.rate) == (2, 8, 0.25)
    assert workspace.read(visit_coverage.coverage, Period.year(date(2026, 1, 1))).rate == 0.125
    workspace.write("Nombre", visit_coverage.save_count, count | {"known_businesses.count": 4})
    assert workspace.read(visit_coverage.coverage).rate == 0.5
    assert workspace.read(visit_coverage.coverage, None, frozenset({SAINT_POL})).rate is None


def test_the_export_holds_the_list_as_filtered_and_the_coverage(workspace: Workspace) -> None:
    visit(workspace, "=1+1", needs=("LOGEMENT",))
    visit(workspace, "Autre")
    made = workspace.read(visit_export.export, VisitQuery(need="LOGEMENT"), "Logement des salariés")
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    rows = list(book["Visites"].iter_rows(values_only=True))
    assert [row[1] for row in rows if row[1] in ("=1+1", "Autre")] == ["=1+1"]
    assert "Couverture" in book.sheetnames


def test_meetings_are_listed_by_partner_followed_and_kept_with_the_sheet(workspace: Workspace) -> None:
    partner = add_partner(workspace, "Adie du Ternois", "ADIE", level=TerritoryLevel.NATIONAL)
    other = add_partner(workspace, "BGE", "BGE")
    for which, topic, day in ((partner, "Point", 3), (other, "Forum", 5)):
        sheet = workspace.read(meetings.blank, which)
        typed = sheet.answers | {"partner_meeting.topic": topic, "partner_meeting.met_on": date(2026, 11, day)}
        typed |= {"partner_meeting.follow_up": "Écrire", "partner_meeting.follow_up_on": date(2026, 11, 20)}
        workspace.write("Rencontre", meetings.save, sheet, typed)
    everything = workspace.read(meetings.listing)
    assert [line.partner for line in everything.lines] == ["BGE", "Adie du Ternois"]
    assert all(line.late for line in everything.lines)
    (mine,) = workspace.read(meetings.of_partner, partner)
    workspace.write("Faite", meetings.set_done, mine.id, done=True)
    assert [line.partner for line in workspace.read(meetings.listing, to_follow=True).lines] == ["BGE"]
    assert [line.topic for line in workspace.read(meetings.listing, "adie").lines] == ["Point"]
    with pytest.raises(UserError, match="rencontres"):
        workspace.write("Supprimer", partners.remove, partner)
    rows = workspace.read(outreach_rows.meetings, NOVEMBER, Scope())
    assert [(row.partner, row.follow_up, row.done) for row in rows] == [
        ("Adie du Ternois", "Écrire", True),
        ("BGE", "Écrire", False),
    ]


def test_rows_of_the_workbook_are_narrowed_to_a_period_and_a_territory(workspace: Workspace) -> None:
    visit(workspace, "Ici", date(2026, 11, 1), Promise("Rappeler", date(2026, 11, 2)), needs=("LOCAL",))
    visit(workspace, "Ailleurs", date(2026, 11, 30 - 10), commune_code=SAINT_POL)
    visit(workspace, "Avant", date(2026, 10, 31))
    found = workspace.read(outreach_rows.visits, NOVEMBER, Scope())
    assert [(row.name, row.needs, row.to_do, row.late) for row in found] == [
        ("Ici", ("Local, terrain",), "Rappeler", 1),
        ("Ailleurs", (), "", 0),
    ]
    there = Scope(communes=frozenset({SAINT_POL}))
    assert [row.name for row in workspace.read(outreach_rows.visits, NOVEMBER, there)] == ["Ailleurs"]


def test_the_number_of_businesses_is_taken_from_a_list_that_a_partner_gave(workspace: Workspace) -> None:
    def given(base: Session) -> uuid.UUID:
        row = ExternalSource(
            name="Entreprises artisanales", origin="CMA", dated_on=date(2025, 12, 31), legal_basis="convention",
            imported_on=date(2026, 2, 1), lines=60, counts={EVERYTHING: {FREVENT: 40, SAINT_POL: 20}},
        )  # fmt: skip
        base.add(row)
        return row.id

    visit(workspace, "Caron")
    source = workspace.write("Importer", given)
    assert workspace.read(visit_coverage.sources) == ((source, "Entreprises artisanales, au 31/12/2025"),)
    assert workspace.write("Reprendre", visit_coverage.take_from, source) == 2
    found = workspace.read(visit_coverage.coverage)
    assert (found.visited, found.known) == (1, 60)
    assert found.communes[0].source == "Entreprises artisanales (CMA)"
    workspace.write("Annulation", undo.undo)
    assert workspace.read(visit_coverage.coverage).known == 0
