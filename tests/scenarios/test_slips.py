"""In the real window: silent referrals expire when the base opens, a slip dropped on Aujourd’hui opens its file."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.paths import DataFolder
from boutique.models.choices import ReferralStatus
from boutique.models.referral import Referral
from boutique.services import reminders
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import open_workspace
from tests.scenarios.driver import Driver
from tests.scenarios.test_pieces import drop
from tests.services.conftest import LAST_DAY, MemoryKeychain
from tests.services.filling import on
from tests.services.slip_filling import TICK, by_pypdf


def expired(base: Session) -> list[str]:
    found = base.scalars(select(Referral.reference).where(Referral.status == ReferralStatus.EXPIRED))
    return sorted(found)


def test_a_slip_dropped_on_the_first_view_is_answered_in_its_file(
    tmp_path: Path, open_window: Callable[[], Driver]
) -> None:
    driver = open_window()
    silent = driver.workspace.read(
        lambda base: base.scalars(select(Referral.id).where(Referral.status.in_(reminders.SILENT))).first()
    )
    assert silent is not None
    sheet = driver.workspace.read(referral_papers.referral_sheet, silent).content
    slip = tmp_path / "réponse.pdf"
    slip.write_bytes(by_pypdf(sheet, {"taken_up": TICK}))
    assert driver.view == "today"
    drop(driver, slip)
    driver.until("le dossier ne s’ouvre pas", lambda: driver.view == "file")
    driver.settle()
    driver.hit("slip-save")
    driver.until("rien n’est enregistré", lambda: "Réponse enregistrée" in driver.notice)
    assert driver.workspace.read(lambda base: base.get_one(Referral, silent).status) is ReferralStatus.TAKEN_UP


def test_what_waited_too_long_expires_when_the_base_opens_and_is_taken_back_at_once(
    open_window: Callable[[], Driver], folder: DataFolder, keychain: MemoryKeychain
) -> None:
    before = open_workspace(folder, keychain=keychain)
    had = before.read(expired)
    before.close()
    with on(LAST_DAY + timedelta(200)):
        driver = open_window()
        driver.until("rien n’est dit", lambda: "expiré" in driver.notice)
        assert len(driver.workspace.read(expired)) > len(had)
        driver.desk.undo()
        driver.until("rien n’est repris", lambda: "Annulé" in driver.notice)
        assert driver.workspace.read(expired) == had
