"""Referring from the file: proposals, agreement, sheet in the preview, and what became of it."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.core.errors import UserError
from boutique.forms.catalogue import FILE
from boutique.models.choices import ConsentMode, Phase, ReferralStatus, SharedData, TerritoryLevel
from boutique.models.referral import Need, Referral, ReferralEvent
from boutique.models.trace import Access
from boutique.services import people
from boutique.services.workspace import Workspace
from boutique.ui import outside
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.referral_card import MissingAnswer, ProposalCard
from boutique.ui.views.file.referrals_tab import ReferralsTab
from boutique.ui.views.file.view import FileView
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.segmented import Segmented
from tests.exports.reading import text_of
from tests.scripted import ScriptedAsk
from tests.services.filling import add_partner
from tests.ui.views.file.conftest import typed
from tests.ui.views.file.test_interviews import rows

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tab(partners: dict[str, uuid.UUID], view: FileView) -> ReferralsTab:
    view.open_tab("referrals")
    page = view.page("referrals")
    assert isinstance(page, ReferralsTab)
    return page


def card_of(tab: ReferralsTab, partner_id: uuid.UUID) -> ProposalCard:
    return next(card for card in tab._cards if card.partner_id == partner_id)


def test_a_referral_is_made_and_previewed_with_the_keyboard_alone(
    qtbot: QtBot, view: FileView, tab: ReferralsTab, workspace: Workspace
) -> None:
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Space)
    chosen = tab._cards[0].proposal
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_P, CTRL)
    assert "Cochez d’abord l’accord" in tab.panel.error.text()
    assert rows(workspace, Referral) == []

    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Space)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_P, CTRL)

    (made,) = rows(workspace, Referral)
    assert (made.partner_id, made.status) == (chosen.partner_id, ReferralStatus.HANDED)
    assert made.consent_mode is ConsentMode.ORAL
    assert SharedData.BUDGET not in made.shared
    preview = view.documents.shown
    assert preview is not None
    assert len(preview.pages) == 1
    assert "Éloïse Vandenbroucke" in text_of(preview.documents[0].content)
    qtbot.keyClick(preview, KEY.Key_Escape)
    assert view.tabs.tabText(3) == "Orientations · 1"


def test_one_need_goes_to_several_partners_in_one_gesture(
    view: FileView,
    tab: ReferralsTab,
    workspace: Workspace,
    partners: dict[str, uuid.UUID],
    find: Callable[[str], Any],
) -> None:
    tab.chips.added.emit("OBLIGATIONS_QUALIFICATION")
    for partner_id in (partners["ADIE"], partners["CMA"]):
        card_of(tab, partner_id).box.click()
    assert " et " in tab.panel.heading.text()
    find("referral-expectation").setPlainText("Étudier un microcrédit de 6 000 €.")
    find("referral-agreement").click()
    find("referral-print").click()
    made = rows(workspace, Referral)
    assert {row.expectation for row in made} == {"Étudier un microcrédit de 6 000 €."}
    assert view.documents.shown is not None
    assert len(view.documents.shown.documents) == 2
    view.documents.shown.close()
    view.desk.undo()
    assert rows(workspace, Referral) == []


def test_without_agreement_a_referral_may_only_be_prepared(
    tab: ReferralsTab, workspace: Workspace, find: Callable[[str], Any], view: FileView
) -> None:
    tab._cards[0].box.click()
    find("referral-prepare").click()
    (made,) = rows(workspace, Referral)
    assert (made.status, made.consent_on) == (ReferralStatus.PREPARED, None)
    tab.done.agreed.emit(made.id, ConsentMode.SIGNED)
    assert rows(workspace, Referral)[0].consent_mode is ConsentMode.SIGNED
    tab.done.print_asked.emit(made.id)
    assert view.documents.shown is not None
    view.documents.shown.close()


def test_a_refusal_needs_its_reason(tab: ReferralsTab, workspace: Workspace, find: Callable[[str], Any]) -> None:
    tab._cards[0].box.click()
    find("referral-agreement").click()
    tab._prepare()
    line = next(iter(tab.done._lines.values()))
    tab.done.outcome.ask(line, ReferralStatus.REFUSED)
    find("outcome-save").click()
    assert "motif du refus" in tab.done.outcome.error.text()
    reason = find("outcome-reason")
    reason.setCurrentIndex(1)
    find("outcome-note").setText("Dossier trop avancé")
    find("outcome-save").click()
    (made,) = rows(workspace, Referral)
    assert made.status is ReferralStatus.REFUSED
    event = max(rows(workspace, ReferralEvent), key=lambda row: row.created_at)
    assert (event.refusal_code, event.note) == (reason.read(), "Dossier trop avancé")
    assert not tab.done.outcome.isVisible()


def test_a_reminder_is_noted(tab: ReferralsTab, workspace: Workspace, find: Callable[[str], Any]) -> None:
    tab._cards[0].box.click()
    find("referral-agreement").click()
    tab._prepare()
    tab.done.reminded.emit(rows(workspace, Referral)[0].id, "relancé par e-mail")
    assert [row.reminder for row in rows(workspace, ReferralEvent)].count(True) == 1


def test_needs_come_and_go(tab: ReferralsTab, workspace: Workspace) -> None:
    tab.chips.added.emit("OBLIGATIONS_QUALIFICATION")
    assert {row.subject_code for row in rows(workspace, Need)} == {"FINANCER_VEHICULE", "OBLIGATIONS_QUALIFICATION"}
    tab.chips.removed.emit("FINANCER_VEHICULE")
    assert [row.subject_code for row in rows(workspace, Need)] == ["OBLIGATIONS_QUALIFICATION"]
    menu = tab.chips.menu()
    assert [line.text() for line in menu.actions()][:2] == [
        "Construire le projet",
        "Étudier le marché",
    ] or menu.actions()
    menu.deleteLater()


def test_a_missing_answer_is_given_right_there(
    tab: ReferralsTab, workspace: Workspace, case_id: uuid.UUID, partners: dict[str, uuid.UUID], view: FileView
) -> None:
    view.desk.write("Réponse", people.answer_one, case_id, "project.vehicle_needed", True)
    tab.chips.removed.emit("FINANCER_VEHICULE")
    card = card_of(tab, partners["ADIE"])
    waiting = card.proposal.missing[0]
    card.ask()
    asked = card.findChild(MissingAnswer)
    assert isinstance(asked, MissingAnswer)
    asked.save.click()
    assert "Donnez une réponse" in asked.row.error()
    choices = FILE.field(waiting.field).choices
    assert choices is not None
    assert isinstance(asked.editor, ComboBox | Segmented)
    asked.editor.write(next(iter(choices)))
    asked.save.click()
    assert workspace.read(people.answers, case_id)[waiting.field] is not None
    assert waiting.field not in [
        missing.field for one in tab._cards if one.partner_id == partners["ADIE"] for missing in one.proposal.missing
    ]


def test_any_partner_of_the_directory_can_be_chosen(
    qtbot: QtBot, tab: ReferralsTab, partners: dict[str, uuid.UUID], find: Callable[[str], Any]
) -> None:
    find("referral-directory").click()
    typed("CMA")
    find("partner-0").activated.emit()
    assert tab._chosen == [partners["CMA"]]
    assert "CMA Hauts-de-France" in tab.panel.heading.text()


def test_saving_the_sheet_writes_the_file_and_notes_it(
    tab: ReferralsTab, view: FileView, workspace: Workspace, answers: ScriptedAsk, tmp_path: Path,
    find: Callable[[str], Any],
) -> None:  # fmt: skip
    tab._cards[0].box.click()
    find("referral-agreement").click()
    find("referral-print").click()
    preview = view.documents.shown
    assert preview is not None
    answers.plan(tmp_path / "fiche")
    preview.save_button.click()
    assert (tmp_path / "fiche.pdf").read_bytes() == preview.documents[0].content
    assert "Vandenbroucke" not in answers.asked[0]
    assert [row.verb for row in rows(workspace, Access)].count("export") == 1
    preview.close()


def test_an_answer_to_a_question_that_does_not_arise_is_refused_with_a_sentence(
    workspace: Workspace, case_id: uuid.UUID
) -> None:
    with pytest.raises(UserError, match="ne se pose pas"):
        workspace.write("Réponse", people.answer_one, case_id, "holder.registration_duration", "GE_24M")


def test_a_referral_is_opened_in_the_mail_program_and_becomes_sent(
    tab: ReferralsTab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, window: MainWindow, view: FileView,
    find: Callable[[str], Any],
) -> None:  # fmt: skip
    tab._cards[0].box.click()
    find("referral-agreement").click()
    find("referral-prepare").click()
    (made,) = rows(workspace, Referral)
    shown: list[bytes] = []
    programs = [False, True]

    def show(path: Path) -> bool:
        shown.append(path.read_bytes())
        return programs.pop(0)

    monkeypatch.setattr(outside, "show", show)
    mail = next(
        action for action in tab.done.menu(tab.done._lines[made.id]).actions() if action.text() == "Envoyer par e-mail"
    )
    mail.trigger()
    assert "Aucune messagerie" in window.notices.text()
    assert workspace.copies.count == 0
    assert rows(workspace, Referral)[0].status is ReferralStatus.PREPARED
    mail.trigger()
    assert b"X-Unsent: 1" in shown[-1]
    assert rows(workspace, Referral)[0].status is ReferralStatus.SENT
    assert "saisissez le destinataire" in window.notices.text()
    assert [row.what for row in rows(workspace, Access) if row.verb == "export"] == [made.reference]
    view.desk.undo()
    assert rows(workspace, Referral)[0].status is ReferralStatus.PREPARED


def test_a_new_referral_leaves_by_mail_from_its_panel_and_only_with_the_agreement(
    tab: ReferralsTab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, window: MainWindow,
    find: Callable[[str], Any], partners: dict[str, uuid.UUID],
) -> None:  # fmt: skip
    tab.chips.added.emit("OBLIGATIONS_QUALIFICATION")
    for partner_id in (partners["ADIE"], partners["CMA"]):
        card_of(tab, partner_id).box.click()
    shown: list[bytes] = []

    def show(path: Path) -> bool:
        shown.append(path.read_bytes())
        return True

    monkeypatch.setattr(outside, "show", show)
    find("referral-mail").click()
    assert "Cochez d’abord l’accord" in tab.panel.error.text()
    assert (rows(workspace, Referral), shown) == ([], [])
    find("referral-agreement").click()
    find("referral-mail").click()
    assert [row.status for row in rows(workspace, Referral)] == [ReferralStatus.SENT] * 2
    assert len(shown) == 2
    assert all(b"application/pdf" in letter for letter in shown)
    assert window.notices.text().startswith("2 messages ouverts dans votre messagerie")


def test_a_structure_picked_against_the_proposals_is_explained_and_explains_itself(
    tab: ReferralsTab, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    bank = add_partner(workspace, "Banque de Paris", "BANQUE", level=TerritoryLevel.DEPARTMENT, code="75")
    find("referral-directory").click()
    tab.pick.search.write("banque de paris")
    find("partner-0").activated.emit()
    card = card_of(tab, bank)
    assert "ne couvre pas Frévent" in card.proposal.reasons
    find("referral-agreement").click()
    find("referral-print").click()
    assert rows(workspace, Referral) == []
    assert find("override-code").hasFocus()
    find("override-code").write("AUTRE")
    find("referral-print").click()
    assert find("override-note").hasFocus()
    typed("Déjà cliente")
    tab.chips.added.emit("OBLIGATIONS_QUALIFICATION")  # the cards are made again: what was said stays
    find("referral-print").click()
    (made,) = rows(workspace, Referral)
    assert (made.override_code, made.override_note) == ("AUTRE", "Déjà cliente")


def test_a_proposal_is_set_aside_for_a_reason_and_taken_back(
    tab: ReferralsTab, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    tab.chips.added.emit("OBLIGATIONS_QUALIFICATION")
    first = tab._cards[0]
    menu = first.reasons_menu()
    next(action for action in menu.actions() if action.text() == "Plus de place, d’après ce que l’on sait").trigger()
    last = tab._cards[-1]
    assert last.partner_id == first.partner_id
    assert last.proposal.aside == "PLUS_DE_PLACE"
    find(f"proposal-aside-{last.proposal.rank}").click()
    assert tab._cards[0].partner_id == first.partner_id


def test_earlier_referrals_stand_above_the_proposals(
    tab: ReferralsTab, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    assert tab.earlier.isHidden()
    tab._cards[0].box.click()
    chosen = tab._cards[0].proposal
    find("referral-agreement").click()
    find("referral-prepare").click()
    assert find("earlier-0").accessibleName() == f"vers {chosen.name}, le 24 novembre\u00a0: préparée"
    (card,) = [one for one in tab._cards if one.partner_id == chosen.partner_id]
    assert card.proposal.before == "déjà orientée le 24 novembre\u00a0: préparée"


def test_switching_one_answer_changes_the_list_at_once(
    tab: ReferralsTab, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    """In the real window: « à compléter » is answered on the card, the order and the reasons follow, and back."""
    add_partner(workspace, "France Travail, agence de Saint-Pol", "FRANCE_TRAVAIL")
    for key, value in (("holder.employment_status", "DE_INDEMNISE"), ("holder.allowances", ("ARE",))):
        workspace.write("Répondre", people.answer_one, view.case_id, key, value)
    workspace.write("Phase", people.enter_phase, view.case_id, Phase.FINANCING)
    view.desk.changed.emit()

    def agency() -> ProposalCard:
        return next(card for card in tab._cards if "France Travail" in card.proposal.name)

    assert agency().proposal.missing
    QApplication.processEvents()
    assert any(label.text().endswith("passerait en tête.") for label in tab.findChildren(Label) if label.isVisible())
    find(f"proposal-missing-{agency().proposal.rank}").click()
    editor = agency().findChildren(MissingAnswer)[0].editor
    assert isinstance(editor, Segmented)
    editor.write(False)
    find("missing-save").click()
    assert tab._cards[0] is agency()
    assert agency().proposal.blocking
    assert any("(règle R003" in reason for reason in agency().proposal.reasons)
    view.desk.undo()
    assert tab._cards[0] is not agency()
