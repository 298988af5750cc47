"""Financement in the real window: schemes answered, requests, a plan that balances as one types, a forecast kept."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from boutique.models.choices import FundingKind, RequestStatus
from boutique.rules import forecast_input
from boutique.services import answers as file_answers
from boutique.services import drafts, forecasts, requests
from boutique.services.workspace import Workspace
from boutique.ui.views.file.money_tab import MoneyTab
from boutique.ui.views.file.view import FileView
from boutique.ui.widgets.label import Label
from tests.rules.test_forecast import bakery
from tests.scripted import ScriptedAsk

Find = Callable[[str], Any]
TYPED = forecast_input.shown(bakery())


def flat(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def tab(view: FileView) -> MoneyTab:
    view.open_tab("money")
    page = view.page("money")
    assert isinstance(page, MoneyTab)
    return page


@pytest.fixture
def forecast(workspace: Workspace, case_id: uuid.UUID) -> uuid.UUID:
    made = workspace.write("Prévisionnel commencé", forecasts.create, case_id)
    workspace.write("Prévisionnel enregistré", forecasts.save, made, TYPED)
    return made


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def write(widget: Any, text: str) -> None:
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)
    QApplication.processEvents()


def test_a_scheme_says_what_it_waits_for_and_takes_the_answer(
    tab: MoneyTab, find: Find, workspace: Workspace, case_id: uuid.UUID
) -> None:
    press(find("scheme-ACRE_MICRO"))
    press(find("answer-project.legal_form"))
    editor = find("project.legal_form")
    editor.write("EI_MICRO")
    press(find("missing-save"))
    assert workspace.read(file_answers.of_case, case_id)["project.legal_form"] == "EI_MICRO"
    asked = tab.schemes.findChildren(QWidget, "answer-project.legal_form")
    assert not [one for one in asked if one.isVisibleTo(tab)]


def test_a_request_goes_from_the_scheme_to_the_plan(
    tab: MoneyTab, find: Find, workspace: Workspace, case_id: uuid.UUID, forecast: uuid.UUID
) -> None:
    press(find("scheme-MICROCREDIT_ADIE"))
    press(find("request-MICROCREDIT_ADIE"))
    assert tab.parts.read() == "requests"
    form = tab.requests.form
    assert form.answers()["scheme_request.kind"] == FundingKind.MICROCREDIT
    form.write("scheme_request.status", RequestStatus.GRANTED)
    form.write("scheme_request.asked_on", "12/11/2026")
    form.write("scheme_request.decided_on", "01/11/2026")
    form.write("scheme_request.granted_eur", "-6000")
    press(find("request-save"))
    assert "va de 0 à" in form.field("scheme_request.granted_eur").error()
    form.write("scheme_request.granted_eur", "6000")
    press(find("request-save"))
    assert "est avant la demande" in form.field("scheme_request.decided_on").error()
    form.write("scheme_request.decided_on", "20/11/2026")
    press(find("request-save"))
    assert not tab.requests.is_editing()
    assert flat(tab.requests.totals.text()) == "1 demande · en attente 0 € · accordé 6 000 €"
    tab.open_part("plan")
    press(find("offer-0"))
    assert "dépassent les besoins de 6 000,00 €" in flat(tab.scenario.plan.balance.words.text())
    tab.save()
    assert workspace.read(forecasts.view, case_id).offers == ()
    assert workspace.read(requests.listing, case_id).granted_eur == 6000


def test_the_balance_follows_each_key_and_errors_stand_beside_their_line(tab: MoneyTab, find: Find) -> None:
    tab.open_part("plan")
    tab.scenario.empty.acted.emit()
    press(find("needs-add"))
    write(find("needs-0-amount"), "5000")
    words = find("plan-balance")
    assert flat(words.text()) == "Il manque 5 000,00 € de ressources pour couvrir les besoins."
    press(find("resources-add"))
    write(find("resources-0-amount"), "5000")
    assert flat(words.text()) == "Plan équilibré : 5 000,00 € de besoins et de ressources."
    write(find("resources-0-amount"), "-5000")
    assert "ne peut pas être négatif" in find("resources-0-amount").accessibleDescription()
    assert "Il manque" in words.text()
    tab.save()
    assert tab.scenario.state.text() == "Modifications non enregistrées"


def test_a_forecast_is_kept_as_a_draft_then_saved_then_undone(
    tab: MoneyTab, view: FileView, find: Find, workspace: Workspace, case_id: uuid.UUID, forecast: uuid.UUID
) -> None:
    tab.open_part("forecast")
    assert "Jamais négative" in tab.scenario.forecast.results.cash.words.text()
    write(find("forecast-owner_1"), "3000")
    assert "Négative à partir de mai 2027" in find("cash-words").text()
    assert "mai 2027" in tab.scenario.forecast.results.cash.table.accessibleDescription()
    tab.settle()
    kept = workspace.read(drafts.find, "forecast", case_id)
    assert kept is not None
    assert workspace.read(forecasts.view, case_id).typed == TYPED
    QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert workspace.read(forecasts.view, case_id).typed["owner_1"] == "3\u202f000"
    assert workspace.read(drafts.find, "forecast", case_id) is None
    view.desk.undo()
    QApplication.processEvents()
    assert find("forecast-owner_1").text() == "500"


def test_a_draft_is_found_again_and_shown_at_once(
    view: FileView, find: Find, workspace: Workspace, case_id: uuid.UUID, forecast: uuid.UUID
) -> None:
    kept = {"forecast_id": str(forecast), **TYPED, "variable_rate": "44"}
    workspace.write("Brouillon", drafts.keep, "forecast", kept, subject_id=case_id)
    view.open_tab("money")
    tab = view.page("money")
    assert isinstance(tab, MoneyTab)
    assert tab.parts.read() == "plan"
    tab.open_part("forecast")
    assert find("forecast-variable_rate").text() == "44"
    assert "retrouvées" in tab.scenario.state.text()


def test_break_even_is_said_in_words_and_never_is_too(tab: MoneyTab, find: Find, forecast: uuid.UUID) -> None:
    tab.open_part("forecast")
    assert "14,7 ventes par jour travaillé" in find("even-words").text()
    write(find("forecast-variable_rate"), "95")
    assert find("even-words").text().startswith("Jamais atteint")


def test_figures_go_to_the_file_on_demand(
    tab: MoneyTab, find: Find, workspace: Workspace, case_id: uuid.UUID, forecast: uuid.UUID
) -> None:
    tab.open_part("plan")
    press(find("facts-apply"))
    assert workspace.read(file_answers.of_case, case_id)["project.total_need_eur"] == 12_000
    assert not tab.scenario.plan.facts.isVisibleTo(tab)


def test_the_workbook_is_saved_where_one_says(
    tab: MoneyTab, find: Find, forecast: uuid.UUID, answers: ScriptedAsk, tmp_path: Path
) -> None:
    tab.open_part("plan")
    answers.plan(tmp_path / "plan.xlsx")
    press(find("forecast-excel"))
    assert load_workbook(tmp_path / "plan.xlsx").sheetnames[1] == "Hypothèses"


def test_the_document_opens_in_the_preview(tab: MoneyTab, view: FileView, find: Find, forecast: uuid.UUID) -> None:
    tab.open_part("plan")
    press(find("forecast-pdf"))
    assert view.documents.shown is not None
    assert len(view.documents.shown.pages) == 2
    view.documents.shown.close()


def test_a_text_too_long_to_be_one_is_refused_whole_and_said(tab: MoneyTab, find: Find, forecast: uuid.UUID) -> None:
    tab.open_part("plan")
    find("needs-0-label").paste_text("x" * 5000)
    assert find("needs-0-label").text() == "Four"
    assert any("trop long" in one.text() for one in tab.scenario.plan.needs.findChildren(Label) if one.isVisibleTo(tab))
    find("needs-0-label").paste_text("y" * 100)
    assert "80 caractères" in find("needs-0-label").accessibleDescription()
    tab.save()
    assert tab.scenario.state.text() == "Modifications non enregistrées"


def test_lines_come_and_go_with_the_keyboard_in_order(tab: MoneyTab, find: Find, forecast: uuid.UUID) -> None:
    tab.open_part("plan")
    press(find("resources-drop-0"))
    assert flat(find("plan-balance").text()) == "Il manque 4 000,00 € de ressources pour couvrir les besoins."
    find("resources-0-kind").setFocus()
    passed = []
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget() or tab, Qt.Key.Key_Tab)
        passed.append((QApplication.focusWidget() or tab).objectName())
    assert passed == [f"resources-0-{name}" for name in ("label", "amount", "month", "rate", "months", "deferral")] + [
        "resources-drop-0", "resources-add"]  # fmt: skip
