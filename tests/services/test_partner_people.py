"""Contacts and absences: whom a referral is addressed to, who is away, who left and is forgotten."""

import uuid
from datetime import timedelta
from email import message_from_bytes

import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.directory import PartnerAbsence, PartnerContact
from boutique.models.referral import Referral
from boutique.models.trace import Change
from boutique.rules import needs
from boutique.services import coverage, directory, mailing, partner_people, partners, proposals, referrals, undo
from boutique.services.directory import PartnerQuery
from boutique.services.intakes import Saved
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import Workspace
from tests.services.filling import add_partner, on, pdf, refer


def contact(workspace: Workspace, partner: uuid.UUID, name: str, **typed: object) -> uuid.UUID:
    answers = {"contact.name": name} | {f"contact.{key}": value for key, value in typed.items()}
    return workspace.write("Contact", partner_people.save_contact, partner, None, answers)


def away(workspace: Workspace, partner: uuid.UUID, who: uuid.UUID | None = None, days: int = 9) -> uuid.UUID:
    typed = {"absence.from_on": today(), "absence.until_on": today() + timedelta(days), "absence.reason": "Congés",
             "absence.replacement": "l’accueil"}  # fmt: skip
    return workspace.write("Absence", partner_people.save_absence, partner, who, typed)


def addressee(workspace: Workspace, referral: uuid.UUID) -> str:
    return pdf(workspace.read(referral_papers.referral_sheet, referral)).split("À l’attention de : ")[1][:60]


def test_a_referral_goes_to_who_answers_for_the_need_and_is_there(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    theme = workspace.read(referrals.needs, saved.case_id)[0].subject_code
    assert theme == "STATUT_CHOIX"
    status = contact(workspace, cma, "Zofia Wójcik", themes=("STATUT",), email="zofia@exemple.fr")
    [first] = refer(workspace, saved, cma)
    assert "Zofia Wójcik" in addressee(workspace, first)
    message = message_from_bytes(workspace.read(mailing.letter, first).content)
    assert message["To"] == "zofia@exemple.fr"
    away(workspace, cma, status)
    [second] = refer(workspace, saved, cma)
    assert "M. Leroy, conseiller" in addressee(workspace, second)
    [third] = refer(workspace, saved, cma, contacts={cma: None})
    assert "M. Leroy" not in addressee(workspace, third)
    [fourth] = refer(workspace, saved, cma, contacts={cma: status})
    assert "Zofia" in addressee(workspace, fourth)
    with pytest.raises(UserError, match="n’est plus dans cette structure"):
        refer(workspace, saved, cma, contacts={cma: uuid.uuid4()})


def test_an_absence_is_told_listed_and_over_the_day_after(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    away(workspace, cma)
    told = "absente jusqu’au 3 décembre (congés) ; à la place : l’accueil"
    [found] = workspace.read(coverage.covering, "62361", ["CMA"])
    assert found.away == told
    assert told in str(workspace.read(proposals.proposals, saved.case_id).items[0].reasons)
    [row] = workspace.read(directory.directory, PartnerQuery(absent=True)).rows
    assert row.away == told
    with on(today() + timedelta(9)):
        assert workspace.read(partner_people.away, [cma])
    with on(today() + timedelta(10)):
        assert workspace.read(partner_people.away, [cma]) == {}
        assert workspace.read(partners.sheet, cma).absences == ()
        assert workspace.read(directory.directory, PartnerQuery(absent=True)).rows == ()
    workspace.write("Annulation", undo.undo)
    assert workspace.read(partner_people.away, [cma]) == {}


def test_who_is_away_comes_last_without_being_lost(
    workspace: Workspace, saved: Saved, cma: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "_MOST", 1)
    add_partner(workspace, "Autre", next(code for code in needs.subject("STATUT_CHOIX").partner_types if code != "CMA"))
    away(workspace, cma)
    found = workspace.read(proposals.proposals, saved.case_id).items
    assert len(found) == 2
    assert found[-1].partner_id == cma


@pytest.mark.parametrize(
    ("first", "days", "told"),
    [
        (-3, 9, "absent jusqu’au 3 décembre"),
        (-3, None, "absent depuis le 21 novembre"),
        (5, 9, "absent du 29 novembre au 3 décembre"),
        (5, None, "absent à partir du 29 novembre"),
        (0, 60, "absent jusqu’au 23 janvier 2027"),
    ],
)
def test_an_absence_in_words(workspace: Workspace, cma: uuid.UUID, first: int, days: int | None, told: str) -> None:
    typed = {"absence.from_on": today() + timedelta(first)}
    if days is not None:
        typed["absence.until_on"] = today() + timedelta(days)
    workspace.write("Absence", partner_people.save_absence, cma, None, typed)
    [absence] = workspace.read(partners.sheet, cma).absences
    assert absence.told("absent") == told


def test_who_leaves_before_coming_back_is_told(workspace: Workspace, cma: uuid.UUID) -> None:
    typed = {"absence.from_on": today(), "absence.until_on": today() - timedelta(1)}
    with pytest.raises(UserError, match="avant le premier"):
        workspace.write("Absence", partner_people.save_absence, cma, None, typed)


def test_a_contact_who_left_is_named_on_old_referrals_then_forgotten_everywhere(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    [referral] = refer(workspace, saved, cma)
    [leroy] = workspace.read(partner_people.contacts, cma)
    absence = away(workspace, cma, leroy.id)
    workspace.write("Modification", partner_people.save_contact, cma, leroy.id, {"contact.name": "Paul Leroy"})
    workspace.write("Départ", partner_people.leave, leroy.id)
    assert workspace.read(partner_people.contacts, cma) == ()
    assert "Paul Leroy" in addressee(workspace, referral)
    assert workspace.read(partner_people.to_erase) == ()
    with on(today() + relativedelta(months=12)):
        assert [one for one, _ in workspace.read(partner_people.to_erase)] == [leroy.id]
    workspace.write("Effacement", partner_people.erase_contact, leroy.id)

    def left(session: Session) -> list[int | None]:
        rows = (leroy.id, absence)
        counted = (
            select(func.count()).select_from(PartnerContact),
            select(func.count()).select_from(PartnerAbsence),
            select(func.count()).where(Change.row_id.in_(rows)),
            select(func.count()).where(cast(Change.fields, String).contains("Leroy")),
            select(func.count()).where(Referral.contact_id.is_not(None)),
        )
        return [session.scalar(one) for one in counted]

    assert workspace.read(left) == [0, 0, 0, 0, 0]
    assert "Leroy" not in addressee(workspace, referral)


def test_a_structure_without_referrals_goes_with_its_contacts(workspace: Workspace, cma: uuid.UUID) -> None:
    away(workspace, cma, workspace.read(partner_people.contacts, cma)[0].id)
    workspace.write("Suppression", partners.remove, cma)
    assert workspace.read(lambda session: session.scalar(select(func.count()).select_from(PartnerContact))) == 0
    workspace.write("Annulation", undo.undo)
    assert len(workspace.read(partner_people.contacts, cma)) == 1


def test_filters_find_what_lacks(workspace: Workspace, cma: uuid.UUID) -> None:
    typed = {"partner.name": "Bus", "partner.type_code": "MOBILITE", "partner.commune_code": "62041",
             "partner.internal": True}  # fmt: skip
    workspace.write("Fiche", partners.save, None, typed)

    def names(**query: object) -> list[str]:
        return [row.name for row in workspace.read(directory.directory, PartnerQuery(**query)).rows]  # type: ignore[arg-type]

    assert names(without_phone=True) == names(without_contact=True) == names(internal=True) == ["Bus"]
    assert names(internal=False) == ["CMA du Ternois"]
