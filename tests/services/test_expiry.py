"""A referral that nobody answers comes up on its days, then expires; taking that back lasts."""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.choices import ReferralStatus
from boutique.models.structure import Structure
from boutique.services import expiry, referrals, reminders, settings, undo
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import on, open_file, refer

pytestmark = pytest.mark.usefixtures("own_stamps")

PARIS_TIME = ZoneInfo("Europe/Paris")
S = ReferralStatus


def sweep(workspace: Workspace, day: date | datetime) -> int:
    with on(day):
        return workspace.write(expiry.LABEL, expiry.expire)


def status(workspace: Workspace, saved: Saved) -> ReferralStatus:
    return workspace.read(referrals.listing, saved.case_id)[0].status


@pytest.mark.parametrize("hour", [(0, 30), (23, 30)])
@pytest.mark.parametrize(
    "sent_on", [date(2026, 1, 31), date(2026, 3, 20), date(2026, 10, 17), date(2026, 12, 31), date(2028, 1, 15)]
)
def test_sent_today_it_comes_up_at_nine_twenty_one_and_forty_five_days_then_expires_once(
    workspace: Workspace, cma: uuid.UUID, sent_on: date, hour: tuple[int, int]
) -> None:
    """Every morning for three months, through month ends, a leap day and both changes of the hour."""
    with on(sent_on):
        saved = open_file(workspace, needs=("IDEE_PARCOURS",))
        refer(workspace, saved, cma)
    came_up, expired = [], []
    for days in range(100):
        # The first or the last half hour of that day, as the clock on the wall says it.
        moment = datetime.combine(sent_on + timedelta(days), datetime.min.time(), PARIS_TIME).replace(
            hour=hour[0], minute=hour[1]
        )
        with on(moment):
            day = moment.astimezone().date()
            if workspace.write(expiry.LABEL, expiry.expire):
                expired.append((day - sent_on).days)
            for item in workspace.read(reminders.due):
                came_up.append((day - sent_on).days)
                workspace.write("Relancer", reminders.remind, item.referral_id, "relancé par e-mail")
    assert came_up == [9, 21, 45]
    assert expired == [76]
    line = workspace.read(referrals.listing, saved.case_id)[0]
    assert line.status is S.EXPIRED
    assert line.events[0].endswith("Expirée — sans réponse après 75 jours")
    assert line.events[0].startswith(f"{sent_on + timedelta(75):%d/%m/%Y}")


def test_the_base_opened_late_dates_the_expiry_of_the_day_it_came(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    refer(workspace, saved, cma)
    assert sweep(workspace, LAST_DAY + timedelta(75)) == 0
    assert sweep(workspace, LAST_DAY + timedelta(300)) == 1
    with on(LAST_DAY + timedelta(300)):
        assert workspace.read(reminders.due) == ()
    events = workspace.read(referrals.listing, saved.case_id)[0].events
    assert events[0].startswith(f"{LAST_DAY + timedelta(75):%d/%m/%Y} · Expirée")


def test_a_late_reminder_leaves_the_partner_its_time(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    (made,) = refer(workspace, saved, cma)
    with on(LAST_DAY + timedelta(70)):
        workspace.write("Relancer", reminders.remind, made)
    assert sweep(workspace, LAST_DAY + timedelta(100)) == 0
    assert sweep(workspace, LAST_DAY + timedelta(101)) == 1


def test_taken_back_it_stays_so_until_it_is_sent_again(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    (made,) = refer(workspace, saved, cma)
    assert sweep(workspace, LAST_DAY + timedelta(80)) == 1
    with on(LAST_DAY + timedelta(80)):
        assert workspace.write("Annulation", undo.undo) == expiry.LABEL
    assert status(workspace, saved) is S.HANDED
    assert sweep(workspace, LAST_DAY + timedelta(81)) == 0
    with on(LAST_DAY + timedelta(82)):
        workspace.write("Envoyer", referrals.set_status, made, S.SENT)
    assert sweep(workspace, LAST_DAY + timedelta(82 + 76)) == 1


def test_what_was_answered_or_never_sent_does_not_expire(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    answered, cancelled = (refer(workspace, saved, cma)[0] for _ in range(2))
    refer(workspace, saved, cma, consent=None)
    workspace.write("Répondre", referrals.set_status, answered, S.TAKEN_UP)
    workspace.write("Annuler", referrals.set_status, cancelled, S.CANCELLED)
    assert sweep(workspace, LAST_DAY + timedelta(400)) == 0


def test_the_delay_follows_the_reminder_days_of_the_structure(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    def shorter(session: Session) -> None:
        session.scalars(select(Structure)).one().reminder_days = "5, 10"

    workspace.write("Délais", shorter)
    refer(workspace, saved, cma)
    assert sweep(workspace, LAST_DAY + timedelta(41)) == 1


def test_the_structure_sets_how_long_after_the_last_reminder(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    def delays(workspace: Workspace, days: int) -> None:
        typed = workspace.read(settings.structure) | {"structure.expiry_days": days}
        workspace.write("Délais", settings.save_structure, typed)

    refer(workspace, saved, cma)
    delays(workspace, 60)
    assert sweep(workspace, LAST_DAY + timedelta(45 + 60)) == 0
    delays(workspace, 10)  # shorter: what should have expired meanwhile does, at its day
    assert sweep(workspace, LAST_DAY + timedelta(45 + 60)) == 1
    assert (
        workspace.read(referrals.listing, saved.case_id)[0]
        .events[0]
        .startswith(f"{LAST_DAY + timedelta(55):%d/%m/%Y} · Expirée")
    )
    with pytest.raises(UserError):
        delays(workspace, 0)


def test_a_clock_that_ran_ahead_expires_nothing_for_ever(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    refer(workspace, saved, cma)
    assert sweep(workspace, date(2040, 1, 1)) == 1
    workspace.write("Annulation", undo.undo)
    assert sweep(workspace, LAST_DAY + timedelta(1)) == 0
    assert sweep(workspace, LAST_DAY + timedelta(76)) == 1


def test_what_is_told() -> None:
    assert expiry.notice(0) == ""
    assert expiry.notice(1) == "1 orientation sans réponse a expiré : le délai après la dernière relance est passé."
    assert expiry.notice(2).startswith("2 orientations sans réponse ont expiré")
