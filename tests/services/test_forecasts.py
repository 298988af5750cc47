"""Scenarios of a project: saved whole or not at all, one current, told to the file on demand, exported, undone."""

import io
import uuid
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from boutique.core.errors import UserError
from boutique.models.choices import FundingKind, RequestStatus
from boutique.models.trace import Change
from boutique.rules import forecast_input
from boutique.services import answers, forecasts, history, requests, undo
from boutique.services.intakes import Saved
from boutique.services.papers import catalogue
from boutique.services.workspace import Workspace
from tests.rules.test_forecast import bakery
from tests.services.filling import pdf

TYPED = forecast_input.shown(bakery())


@pytest.fixture
def forecast(workspace: Workspace, saved: Saved) -> uuid.UUID:
    made = workspace.write("Prévisionnel commencé", forecasts.create, saved.case_id)
    workspace.write("Prévisionnel enregistré", forecasts.save, made, TYPED)
    return made


def view(workspace: Workspace, saved: Saved) -> forecasts.View:
    return workspace.read(forecasts.view, saved.case_id)


def test_a_file_without_forecast_shows_none(workspace: Workspace, saved: Saved) -> None:
    assert view(workspace, saved).current is None
    assert "forecast" not in workspace.read(catalogue.available, saved.case_id)
    with pytest.raises(UserError, match="pas encore de prévisionnel"):
        workspace.read(forecasts.workbook, saved.case_id)


def test_what_is_typed_comes_back_as_typed(workspace: Workspace, saved: Saved, forecast: uuid.UUID) -> None:
    shown = view(workspace, saved)
    assert shown.current == forecast
    assert shown.typed == TYPED
    assert {"Cotisations micro vente", "Franchise de TVA, vente"} <= {hint.label for hint in shown.hints}
    assert all("depuis le" in hint.source and "solide" in hint.source for hint in shown.hints[:4])


def test_a_wrong_amount_is_refused_and_the_rest_is_untouched(
    workspace: Workspace, saved: Saved, forecast: uuid.UUID
) -> None:
    wrong = {**TYPED, "charges": [{"label": "Loyer", "amount": "-400"}], "growth_2": "50"}
    with pytest.raises(UserError, match="ne peut pas être négatif"):
        workspace.write("Prévisionnel enregistré", forecasts.save, forecast, wrong)
    assert view(workspace, saved).typed == TYPED


def test_undo_takes_back_what_was_saved_then_the_scenario(
    workspace: Workspace, saved: Saved, forecast: uuid.UUID
) -> None:
    workspace.write("Prévisionnel enregistré", forecasts.save, forecast, {**TYPED, "growth_2": "50"})
    workspace.write("Annulation", undo.undo)
    assert view(workspace, saved).typed == TYPED
    workspace.write("Annulation", undo.undo)
    workspace.write("Annulation", undo.undo)
    assert view(workspace, saved).current is None
    assert workspace.read(_owners) == {saved.person_id}


def _owners(session: Any) -> set[Any]:
    return set(session.scalars(select(Change.person_id).where(Change.entity == "forecast")))


def test_the_history_says_what_changed_in_words(workspace: Workspace, saved: Saved, forecast: uuid.UUID) -> None:
    changed = {**TYPED, "growth_2": "12,5", "charges": [*TYPED["charges"], {"label": "Assurance", "amount": "60"}]}
    workspace.write("Prévisionnel enregistré", forecasts.save, forecast, changed)
    last = workspace.read(history.of_case, saved.case_id)[0]
    assert last.lines == ("Évolution du chiffre d’affaires, année 2 : 0 → 12,5",
                          "Lignes de charges fixes : 1 ligne → 2 lignes")  # fmt: skip
    assert workspace.read(history.of_case, saved.case_id)[2].lines == ("Ajouté : un scénario de prévisionnel",)


def test_scenarios_have_names_of_their_own_and_one_is_current(
    workspace: Workspace, saved: Saved, forecast: uuid.UUID
) -> None:
    second = workspace.write("Copie", forecasts.create, saved.case_id, copy_of=forecast)
    assert [(one.name, one.current) for one in view(workspace, saved).scenarios] == [
        ("Scénario 1", False), ("Scénario 2", True)]  # fmt: skip
    assert view(workspace, saved).typed == TYPED
    workspace.write("Nom", forecasts.rename, second, "  Prudent ")
    with pytest.raises(UserError, match="déjà un scénario « Prudent »"):
        workspace.write("Nom", forecasts.rename, forecast, "Prudent")
    workspace.write("Choix", forecasts.choose, forecast)
    assert view(workspace, saved).current == forecast
    workspace.write("Suppression", forecasts.delete, forecast)
    assert [(one.name, one.current) for one in view(workspace, saved).scenarios] == [("Prudent", True)]


def test_the_plan_is_told_to_the_file_on_demand_only(workspace: Workspace, saved: Saved, forecast: uuid.UUID) -> None:
    offered = view(workspace, saved).facts
    assert [(one.key, one.before, one.after.replace("\u202f", " ").replace("\u00a0", " ")) for one in offered] == [
        ("project.total_need_eur", "", "12 000 €"), ("project.own_contribution_eur", "", "4 000 €"),
        ("project.bank_loan_planned", "", "oui"), ("project.forecast_done", "", "oui")]  # fmt: skip
    assert "project.total_need_eur" not in workspace.read(answers.of_case, saved.case_id)
    workspace.write("Fiche", forecasts.apply_facts, saved.case_id, ["project.total_need_eur", "project.forecast_done"])
    known = workspace.read(answers.of_case, saved.case_id)
    assert (known["project.total_need_eur"], known["project.forecast_done"]) == (12_000, True)
    assert "project.own_contribution_eur" not in known
    assert len(view(workspace, saved).facts) == 2


def test_a_granted_request_is_offered_to_the_plan_until_it_is_in_it(
    workspace: Workspace, saved: Saved, forecast: uuid.UUID
) -> None:
    typed = {"scheme_request.financer": "Initiative Ternois", "scheme_request.kind": FundingKind.HONOUR_LOAN,
             "scheme_request.status": RequestStatus.GRANTED, "scheme_request.granted_eur": "5000"}  # fmt: skip
    workspace.write("Demande", requests.add, saved.case_id, typed)
    (offer,) = view(workspace, saved).offers
    assert (offer.line["kind"], offer.line["amount"]) == ("pret_honneur", "5\u202f000")
    workspace.write("Plan", forecasts.save, forecast, {**TYPED, "resources": [*TYPED["resources"], offer.line]})
    assert view(workspace, saved).offers == ()
    assert view(workspace, saved).typed["resources"][-1]["label"] == "Initiative Ternois"


def test_the_workbook_and_the_document_carry_the_reference_and_no_name_in_the_file_name(
    workspace: Workspace, saved: Saved, forecast: uuid.UUID
) -> None:
    made = workspace.read(forecasts.workbook, saved.case_id)
    assert made.file_name == f"previsionnel-{saved.reference}.xlsx"
    book = load_workbook(io.BytesIO(made.content))
    assert saved.reference in str(book["Lisez-moi"]["A1"].value)
    assert not any("Martin" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    printed = workspace.read(catalogue.make, "forecast", saved.case_id)
    text = pdf(printed)
    for said in ("Plan équilibré à 12 000,00 €", "Zoé Martin", "Résultat sur trois ans", "42 000,00", "avril 2027"):
        assert said in text.replace("\u202f", " ").replace("\u00a0", " "), said


def test_two_holders_of_a_project_share_its_forecast(workspace: Workspace, saved: Saved, forecast: uuid.UUID) -> None:
    found = workspace.read(forecasts.current, saved.case_id)
    assert found is not None
    assert found[1] == bakery()
