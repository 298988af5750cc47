"""To whom a referral is addressed, chosen in the panel; a structure that is away says so before anything is printed."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from boutique.models.referral import Referral
from boutique.services import partner_people
from boutique.services.workspace import Workspace
from boutique.ui.views.file.referrals_tab import ReferralsTab
from boutique.ui.views.file.view import FileView
from boutique.ui.widgets.label import Label

TODAY = date(2026, 11, 24)


@pytest.fixture
def tab(people: dict[str, uuid.UUID], view: FileView) -> ReferralsTab:
    view.open_tab("referrals")
    page = view.page("referrals")
    assert isinstance(page, ReferralsTab)
    return page


@pytest.fixture
def people(workspace: Workspace, partners: dict[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    """Two people at Mobil’Ternois: one for everything, one for what a vehicle costs."""
    made = {}
    for name, themes in (("Paweł Nowak", ()), ("Fatou Diagne", ("FINANCER",))):
        typed = {"contact.name": name, "contact.themes": themes}
        made[name] = workspace.write("Contact", partner_people.save_contact, partners["MOBILITE"], None, typed)
    return made


def choose(tab: ReferralsTab, name: str) -> None:
    next(card for card in tab._cards if card.proposal.name == name).box.click()


def made(workspace: Workspace) -> list[Any]:
    return workspace.read(lambda session: list(session.scalars(select(Referral.contact_id))))


def test_the_one_who_answers_for_the_need_is_proposed_and_may_be_changed(
    people: dict[str, uuid.UUID], partners: dict[str, uuid.UUID], tab: ReferralsTab, workspace: Workspace, find: Any
) -> None:
    assert tab.panel.addressees.isHidden()
    choose(tab, "Mobil’Ternois")
    choice = tab.panel.addressees.choices[partners["MOBILITE"]]
    assert choice.currentText() == "Fatou Diagne"
    choice.write(str(people["Paweł Nowak"]))
    choose(tab, "Adie, agence d’Arras")
    assert tab.panel.addressees.chosen() == {partners["MOBILITE"]: people["Paweł Nowak"]}
    find("referral-prepare").click()
    assert set(made(workspace)) == {people["Paweł Nowak"], None}
    assert tab.panel.addressees.isHidden()


def test_a_structure_that_is_away_is_ranked_after_and_warns(
    people: dict[str, uuid.UUID], partners: dict[str, uuid.UUID], workspace: Workspace, tab: ReferralsTab
) -> None:
    typed = {"absence.from_on": TODAY, "absence.until_on": TODAY + timedelta(9), "absence.reason": "Congés"}
    workspace.write("Absence", partner_people.save_absence, partners["MOBILITE"], None, typed)
    workspace.write("Absence", partner_people.save_absence, partners["MOBILITE"], people["Fatou Diagne"], typed)
    tab.refresh()
    assert tab._cards[-1].proposal.name == "Mobil’Ternois"
    choose(tab, "Mobil’Ternois")
    told = " ".join(label.text() for label in tab.panel.addressees.findChildren(Label))
    assert "Mobil’Ternois : structure absente jusqu’au 3 décembre (congés)." in told
    choice = tab.panel.addressees.choices[partners["MOBILITE"]]
    assert choice.currentText() == "Paweł Nowak"
    assert "absent·e jusqu’au 3 décembre" in choice.itemText(2)
