"""A return slip in the window: dropped anywhere or chosen, confirmed, recorded, kept; refused with the reason."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from boutique.models.attachment import Attachment
from boutique.models.choices import ConsentMode, ReferralStatus
from boutique.models.referral import Referral
from boutique.services import intakes, referrals
from boutique.services.outside import Override
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.drops import DropVeil
from boutique.ui.main_window import MainWindow
from boutique.ui.slip_drop import SlipDrop
from boutique.ui.view import View
from boutique.ui.views.file.referrals_tab import ReferralsTab
from boutique.ui.views.file.view import FileView
from tests.scripted import ScriptedAsk
from tests.services.slip_filling import TICK, by_pypdf, scanned
from tests.ui.views.file.conftest import ELOISE
from tests.ui.views.file.test_interviews import rows

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def sheet(partners: dict[str, uuid.UUID], case_id: uuid.UUID, workspace: Workspace) -> bytes:
    (made,) = workspace.write(
        "Orienter", referrals.refer, case_id, (partners["CMA"],), consent=ConsentMode.SIGNED,
        overrides={partners["CMA"]: Override("DEMANDE_PERSONNE")}
    )  # fmt: skip
    return workspace.read(referral_papers.referral_sheet, made).content


def drop(window: MainWindow, *paths: Path) -> None:
    """As the pointer does: over the window first, then let go on the veil."""
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, content, LEFT, NOTHING)
    QApplication.sendEvent(window, enter)
    veil = next(one for one in window.findChildren(DropVeil) if one.isVisible())
    QApplication.sendEvent(veil, enter)
    QApplication.sendEvent(veil, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, content, LEFT, NOTHING))


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_slip_dropped_on_any_tab_is_confirmed_with_one_key_and_undone_with_one(
    qtbot: QtBot, view: FileView, window: MainWindow, sheet: bytes, workspace: Workspace, tmp_path: Path
) -> None:
    filled = by_pypdf(sheet, {"refused": TICK, "refusal_reason": "TROP_TOT", "comment": "Revenir en mars"})
    drop(window, written(tmp_path, "Sans titre.pdf", filled))
    assert view.tabs.current() == "referrals"
    page = view.page("referrals")
    assert isinstance(page, ReferralsTab)
    assert page.slip.title.text() == "Réponse de CMA Hauts-de-France"
    assert page.slip.reason.read() == "TROP_TOT"
    assert page.slip.note.read() == "Revenir en mars"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert rows(workspace, Referral)[0].status is ReferralStatus.REFUSED
    (kept,) = rows(workspace, Attachment)
    assert kept.name == "Coupon-réponse O-2026-0001 du 2026-11-24.pdf"
    assert not page.slip.isVisible()
    view.desk.undo()
    assert rows(workspace, Referral)[0].status is ReferralStatus.HANDED
    assert rows(workspace, Attachment) == []


def test_slips_dropped_together_are_answered_one_after_the_other_and_told_once(
    qtbot: QtBot, view: FileView, window: MainWindow, sheet: bytes, case_id: uuid.UUID, workspace: Workspace,
    partners: dict[str, uuid.UUID], tmp_path: Path,
) -> None:  # fmt: skip
    (second,) = workspace.write("Orienter", referrals.refer, case_id, (partners["ADIE"],), consent=ConsentMode.SIGNED)
    other = workspace.read(referral_papers.referral_sheet, second).content
    drop(
        window,
        written(tmp_path, "1.pdf", by_pypdf(sheet, {"taken_up": TICK})),
        written(tmp_path, "2.pdf", by_pypdf(sheet, {"taken_up": TICK, "seal": ""})),
        written(tmp_path, "3.pdf", by_pypdf(other, {"taken_up": TICK})),
    )
    page = view.page("referrals")
    assert isinstance(page, ReferralsTab)
    assert page.slip.title.text() == "Réponse de CMA Hauts-de-France (coupon 1 sur 2)"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert page.slip.title.text() == "Réponse de Adie, agence d’Arras (coupon 2 sur 2)"
    page.go_back()
    assert not page.slip.isVisible()
    assert [row.status for row in rows(workspace, Referral)] == [ReferralStatus.TAKEN_UP, ReferralStatus.HANDED]
    told = window.notices.text()
    assert told.startswith("1 réponse enregistrée et 1 coupon non enregistré. Déposez-le à nouveau. ")
    assert "n’a plus son cachet" in told


def test_slips_left_for_another_file_are_not_forgotten_in_silence(
    view: FileView, window: MainWindow, sheet: bytes, case_id: uuid.UUID, workspace: Workspace,
    partners: dict[str, uuid.UUID], tmp_path: Path,
) -> None:  # fmt: skip
    (second,) = workspace.write("Orienter", referrals.refer, case_id, (partners["ADIE"],), consent=ConsentMode.SIGNED)
    other = workspace.read(referral_papers.referral_sheet, second).content
    elsewhere = workspace.write("Accueil", intakes.save, {**ELOISE, "holder.first_name": "Léa"})
    drop(
        window,
        written(tmp_path, "1.pdf", by_pypdf(sheet, {"taken_up": TICK})),
        written(tmp_path, "2.pdf", by_pypdf(other, {"taken_up": TICK})),
    )
    window.show_view("file", case_id=elsewhere.case_id, tab="referrals")
    assert window.notices.text() == "2 coupons non enregistrés. Déposez-les à nouveau pour les enregistrer."


def test_several_refused_slips_are_told_by_their_files(
    view: FileView, window: MainWindow, sheet: bytes, tmp_path: Path
) -> None:
    broken = by_pypdf(sheet, {"taken_up": TICK, "seal": ""})
    drop(window, *(written(tmp_path, f"{rank}.pdf", broken) for rank in range(5)))
    told = window.notices.text()
    assert told.startswith("5 coupons refusés. « 0.pdf » : Ce coupon-réponse n’a plus son cachet")
    assert told.endswith("Et 2 autres.")


def test_what_is_no_slip_goes_on_to_the_documents(
    view: FileView, window: MainWindow, sheet: bytes, tmp_path: Path, workspace: Workspace
) -> None:
    paper = written(tmp_path, "scan.pdf", scanned(sheet))
    drop(window, paper, written(tmp_path, "coupon.pdf", by_pypdf(sheet, {"taken_up": TICK})))
    page = view.page("referrals")
    assert isinstance(page, ReferralsTab)
    assert page.slip.isVisible()
    assert len(view._pieces().adding._lines) == 1


def test_a_refused_slip_says_why_and_may_be_kept_as_a_document(
    view: FileView, window: MainWindow, sheet: bytes, tmp_path: Path
) -> None:
    drop(window, written(tmp_path, "coupon.pdf", by_pypdf(sheet, {"taken_up": TICK, "seal": ""})))
    assert "n’a plus son cachet" in window.notices.text()
    assert view.tabs.current() == "journey"
    for button in window.notices.findChildren(QPushButton, "notice-0"):
        button.click()
    assert view.tabs.current() == "pieces"


def test_a_scan_is_chosen_its_answer_typed_and_what_is_missing_asked_for(
    view: FileView, answers: ScriptedAsk, sheet: bytes, tmp_path: Path, workspace: Workspace,
    find: Callable[[str], Any], window: MainWindow,
) -> None:  # fmt: skip
    view.open_tab("referrals")
    answers.plan(written(tmp_path, "scan.pdf", scanned(sheet)))
    find("referral-slip").click()
    page = view.page("referrals")
    assert isinstance(page, ReferralsTab)
    assert "recopiez ce qu’il répond" in page.slip.remarks.text()
    find("slip-save").click()
    assert "ce que la structure répond" in page.slip.error.text()
    find("slip-status").write(ReferralStatus.REFUSED)
    find("slip-save").click()
    assert "motif du refus" in page.slip.error.text()
    find("slip-status").write(ReferralStatus.SUCCEEDED)
    find("slip-day").setText("31/02/2026")
    find("slip-save").click()
    assert page.slip.error.text() != ""
    find("slip-day").setText("24/11/2026")
    find("slip-save").click()
    assert rows(workspace, Referral)[0].status is ReferralStatus.SUCCEEDED
    assert len(rows(workspace, Attachment)) == 1
    answers.plan(tmp_path / "scan.pdf")
    window.commands.run("referral.slip")
    assert "n’attend de réponse" in page.slip.error.text()
    assert page.go_back()
    assert not page.slip.isVisible()


def test_a_slip_dropped_on_another_view_opens_its_file(
    view: FileView, window: MainWindow, desk: Desk, sheet: bytes, tmp_path: Path
) -> None:
    window.register("elsewhere", View)
    watch = SlipDrop(desk, window, window)
    window.show_view("elsewhere")
    drop(window, written(tmp_path, "scan.pdf", scanned(sheet)))
    assert "ouvrez d’abord un dossier" in window.notices.text()
    drop(window, written(tmp_path, "coupon.pdf", by_pypdf(sheet, {"taken_up": TICK})))
    assert view.isVisible()
    page = view.page("referrals")
    assert isinstance(page, ReferralsTab)
    assert page.slip.chosen() is ReferralStatus.TAKEN_UP
    watch.close()
