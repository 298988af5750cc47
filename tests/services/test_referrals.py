"""Referrals: agreement first, each status dated, silent partners come up on the day said."""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.choices import (
    ConsentMode,
    ReferralStatus,
    TerritoryLevel,
)
from boutique.models.referral import Partner, Referral
from boutique.models.structure import Structure
from boutique.services import (
    referrals,
    reminders,
)
from boutique.services.intakes import Saved
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import NOBODY, PARIS, add_partner, on, open_file, pdf, refer


def test_needs_are_raised_once_and_removed_or_closed(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    workspace.write("Besoin", referrals.add_need, saved.case_id, "STATUT_CHOIX")
    workspace.write("Besoin", referrals.add_need, saved.case_id, "IDEE_PARCOURS")
    first, second = workspace.read(referrals.needs, saved.case_id)
    assert (first.subject_code, second.label, second.theme) == (
        "STATUT_CHOIX", "Construire le projet de A à Z", "Construire le projet",
    )  # fmt: skip
    workspace.write("Retirer", referrals.remove_need, first.id)
    refer(workspace, saved, cma)
    workspace.write("Retirer", referrals.remove_need, second.id)
    workspace.write("Retirer", referrals.remove_need, NOBODY)
    assert workspace.read(referrals.needs, saved.case_id) == ()
    assert workspace.read(lambda session: session.scalars(select(Referral.need_id)).one()) == second.id


def test_one_need_may_go_to_several_partners_each_with_its_number(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    bge = add_partner(workspace, "BGE", "BGE")
    made = refer(workspace, saved, cma, bge, cma, expectation=" Un rendez-vous ")
    assert len(made) == 2
    lines = workspace.read(referrals.listing, saved.case_id)
    assert [line.reference for line in lines] == ["O-2026-0002", "O-2026-0001"]
    assert {line.status for line in lines} == {ReferralStatus.HANDED}
    assert {line.consent_on for line in lines} == {LAST_DAY}
    assert {line.tone for line in lines} == {"info"}
    assert all(line.events == ("24/11/2026 · " + ReferralStatus.HANDED.label,) for line in lines)


def test_without_an_agreement_nothing_leaves(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    (made,) = refer(workspace, saved, cma, consent=None)
    (line,) = workspace.read(referrals.listing, saved.case_id)
    assert (line.status, line.consent_on) == (ReferralStatus.PREPARED, None)
    with pytest.raises(UserError, match="recueillez d’abord son accord"):
        workspace.read(referral_papers.referral_sheet, made)
    with pytest.raises(UserError, match="n’a pas encore donné son accord"):
        workspace.write("Remettre", referrals.set_status, made, ReferralStatus.HANDED)
    workspace.write("Accord", referrals.give_consent, made, ConsentMode.ORAL)
    workspace.write("Remettre", referrals.set_status, made, ReferralStatus.HANDED)
    assert "Zoé Martin" in pdf(workspace.read(referral_papers.referral_sheet, made))


def test_a_prepared_referral_may_be_cancelled(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    (made,) = refer(workspace, saved, cma, consent=None)
    workspace.write("Annuler", referrals.set_status, made, ReferralStatus.CANCELLED)
    assert workspace.read(referrals.listing, saved.case_id)[0].status is ReferralStatus.CANCELLED


def test_statuses_are_dated_and_signed(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    (made,) = refer(workspace, saved, cma)
    with on(date(2026, 12, 1)):
        workspace.write("Reçue", referrals.set_status, made, ReferralStatus.RECEIVED, on=date(2026, 11, 30))
        with pytest.raises(UserError, match="motif du refus"):
            workspace.write("Refus", referrals.set_status, made, ReferralStatus.REFUSED, refusal_code="?")
        workspace.write(
            "Refus", referrals.set_status, made, ReferralStatus.REFUSED, refusal_code="TROP_TOT", note=" rappeler "
        )
    (line,) = workspace.read(referrals.listing, saved.case_id)
    assert [event[:10] for event in line.events] == ["01/12/2026", "30/11/2026", "24/11/2026"]
    assert line.events[0].startswith("01/12/2026 · Refusée — ")
    assert line.events[0].endswith(" — rappeler")
    with pytest.raises(UserError, match="avant l’orientation, faite le 24/11/2026"):
        workspace.write("Reçue", referrals.set_status, made, ReferralStatus.RECEIVED, on=date(2026, 11, 23))
    with pytest.raises(UserError, match="futur"):
        workspace.write("Reçue", referrals.set_status, made, ReferralStatus.RECEIVED, on=date(2026, 11, 25))
    answered = workspace.read(lambda session: session.get_one(Referral, made).answered_on)
    assert answered == date(2026, 12, 1)


def test_what_cannot_be_referred_says_so(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    with pytest.raises(UserError, match="au moins une structure"):
        refer(workspace, saved)
    with pytest.raises(UserError, match="n’est plus dans le répertoire"):
        refer(workspace, saved, cma, NOBODY)
    assert workspace.read(referrals.listing, saved.case_id) == ()
    with pytest.raises(UserError, match="Cette orientation n’existe plus"):
        workspace.write("Relancer", reminders.remind, NOBODY)


def test_a_structure_that_was_not_proposed_may_be_chosen(workspace: Workspace, saved: Saved) -> None:
    other = add_partner(workspace, "Le Café du coin", "", level=TerritoryLevel.COMMUNE, code=PARIS)

    def untyped(session: Session) -> None:
        session.get_one(Partner, other).type_code = None

    workspace.write("Sans type", untyped)
    refer(workspace, saved, other)
    (line,) = workspace.read(referrals.listing, saved.case_id)
    assert (line.reason, line.expected_on) == ("Choisie avec la personne.", LAST_DAY + timedelta(15))


PARIS_TIME = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    "made_on", [date(2026, 1, 31), date(2027, 2, 20), date(2028, 2, 28), date(2026, 3, 20), date(2026, 10, 17)]
)
def test_a_silent_referral_comes_up_at_nine_twenty_one_and_forty_five_days(
    workspace: Workspace, cma: uuid.UUID, made_on: date
) -> None:
    """Whatever ends in between: month, year, leap day, summer time."""
    with on(made_on):
        saved = open_file(workspace, needs=("IDEE_PARCOURS",))
        refer(workspace, saved, cma)

    def due(days: int) -> list[tuple[int, int]]:
        with on(datetime(made_on.year, made_on.month, made_on.day, 0, 30, tzinfo=PARIS_TIME) + timedelta(days)):
            return [(item.days, item.step) for item in workspace.read(reminders.due)]

    assert (due(8), due(9), due(20)) == ([], [(9, 1)], [(20, 1)])
    with on(made_on + timedelta(10)):
        workspace.write("Relancer", reminders.remind, workspace.read(reminders.due)[0].referral_id)
    assert (due(11), due(20), due(21), due(44)) == ([], [], [(21, 2)], [(44, 2)])
    with on(made_on + timedelta(44)):
        workspace.write("Relancer", reminders.remind, workspace.read(reminders.due)[0].referral_id)
    assert (due(44), due(45), due(400)) == ([], [(45, 3)], [(400, 3)])


def test_the_wait_begins_when_the_partner_is_told(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    (made,) = refer(workspace, saved, cma, consent=None)
    with on(LAST_DAY + timedelta(30)):
        assert workspace.read(reminders.due) == ()
        workspace.write("Accord", referrals.give_consent, made, ConsentMode.ORAL)
        workspace.write("Remettre", referrals.set_status, made, ReferralStatus.HANDED)
        assert workspace.read(reminders.due) == ()
    with on(LAST_DAY + timedelta(39)):
        (item,) = workspace.read(reminders.due)
        assert (item.days, item.partner, item.partner_phone, item.person) == (
            9, "CMA du Ternois", "03 21 00 00 00", "Z. Martin",
        )  # fmt: skip
        workspace.write("Répondre", referrals.set_status, made, ReferralStatus.TAKEN_UP)
        assert workspace.read(reminders.due) == ()


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("9, 21, 45", (9, 21, 45)), ("15;5", (5, 15)), ("7 jours puis 14", (7, 14)), ("", (9, 21, 45)),
        (None, (9, 21, 45)),
        ("0", (9, 21, 45)), ("99999999999999999", (9, 21, 45)), ("²", (9, 21, 45)), ("tous les mois", (9, 21, 45)),
    ],
)  # fmt: skip
def test_reminder_days_are_those_of_the_structure(
    workspace: Workspace, written: str | None, days: tuple[int, ...]
) -> None:
    def write(session: Session) -> None:
        session.scalars(select(Structure)).one().reminder_days = written

    workspace.write("Délais", write)
    assert workspace.read(reminders.reminder_days) == days
    assert workspace.read(reminders.due) == ()
