"""Schemes and requests of a file: what is missing is asked, dates in order, negative amounts refused, all undone."""

from typing import Any

import pytest
from sqlalchemy import select

from boutique.core.errors import UserError
from boutique.models.choices import FundingKind, RequestStatus
from boutique.models.trace import Change
from boutique.rules.schemes import Eligibility, load_schemes
from boutique.services import people, requests, schemes, undo
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace

GRANTED = {
    "scheme_request.financer": "Adie, agence d’Arras",
    "scheme_request.kind": FundingKind.MICROCREDIT,
    "scheme_request.status": RequestStatus.GRANTED,
    "scheme_request.asked_eur": "8 000",
    "scheme_request.asked_on": "01/10/2026",
    "scheme_request.decided_on": "15/10/2026",
    "scheme_request.granted_eur": "6000",
}


def ask(workspace: Workspace, saved: Saved, **changes: Any) -> Any:
    typed = {**GRANTED, **{f"scheme_request.{name}": value for name, value in changes.items()}}
    return workspace.write("Demande", requests.add, saved.case_id, typed)


def test_a_request_is_listed_with_its_amounts_and_dates(workspace: Workspace, saved: Saved) -> None:
    ask(workspace, saved)
    ask(workspace, saved, status=RequestStatus.ASKED, financer="Région", kind=FundingKind.GRANT)
    found = workspace.read(requests.listing, saved.case_id)
    assert [line.financer for line in found.lines] == ["Région", "Adie, agence d’Arras"]
    assert "accordé 6\u202f000\u00a0€ · réponse du 15/10/2026" in found.lines[1].detail
    assert (found.waiting_eur, found.granted_eur) == (8000, 6000)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"asked_eur": "-500"}, "« Montant demandé \\(€\\) » va de 0 à"),
        ({"granted_eur": "-1"}, "« Montant accordé \\(€\\) » va de 0 à"),
        ({"decided_on": "30/09/2026"}, "La réponse \\(30/09/2026\\) est avant la demande \\(01/10/2026\\)"),
        ({"status": RequestStatus.PAID, "paid_on": "10/10/2026"}, "Le versement \\(10/10/2026\\) est avant la réponse"),
        ({"status": RequestStatus.PAID, "decided_on": "", "paid_on": "10/09/2026"}, "est avant la demande"),
        ({"granted_eur": ""}, "Indiquez le montant accordé"),
        ({"financer": " "}, "« Dispositif ou financeur » est obligatoire"),
        ({"asked_on": "24/12/2026"}, "est dans le futur"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    workspace: Workspace, saved: Saved, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        ask(workspace, saved, **changes)
    assert workspace.read(requests.listing, saved.case_id).lines == ()


def test_a_request_that_is_given_up_keeps_its_date_and_loses_its_payment(workspace: Workspace, saved: Saved) -> None:
    request = ask(workspace, saved, status=RequestStatus.PAID, paid_on="20/10/2026")
    left = {"scheme_request.status": RequestStatus.GIVEN_UP, "scheme_request.reason": "Projet changé"}
    workspace.write("Abandon", requests.edit, request, left)
    known = workspace.read(requests.answers, request)
    assert "scheme_request.asked_on" in known
    assert known["scheme_request.reason"] == "Projet changé"
    assert not {"scheme_request.paid_on", "scheme_request.granted_eur"} & set(known)


def test_undo_brings_a_deleted_request_back_and_its_history_is_the_person_s(workspace: Workspace, saved: Saved) -> None:
    request = ask(workspace, saved)
    workspace.write("Demande supprimée", requests.delete, request)
    workspace.write("Annulation", undo.undo)
    assert workspace.read(requests.answers, request)["scheme_request.granted_eur"] == 6000
    owners = workspace.read(_owners)
    assert owners == {saved.person_id}


def _owners(session: Any) -> set[Any]:
    return set(session.scalars(select(Change.person_id).where(Change.entity == "scheme_request")))


def test_every_scheme_is_judged_with_its_amount_validity_and_source(workspace: Workspace, saved: Saved) -> None:
    found = workspace.read(schemes.listing, saved.case_id)
    assert {one.code for one in found} == set(load_schemes())
    assert all(one.amount and one.validity and one.confidence and one.sources for one in found)
    assert all(one.waits for one in found if one.outcome is Eligibility.TO_COMPLETE)
    assert all("://" not in source for one in found for source in one.sources)


def test_an_answer_given_there_settles_the_scheme(workspace: Workspace, saved: Saved) -> None:
    def acre() -> Any:
        return next(one for one in workspace.read(schemes.listing, saved.case_id) if one.code == "ACRE_MICRO")

    assert acre().outcome is Eligibility.TO_COMPLETE
    asked = next(one for one in acre().answerable if one.field == "project.legal_form")
    workspace.write("Réponse", people.answer_one, saved.case_id, asked.field, "EI_MICRO")
    assert acre().outcome is not Eligibility.TO_COMPLETE
    workspace.write("Demande", requests.add, saved.case_id, {}, scheme_code="ACRE_MICRO")
    assert acre().asked == "envisagée"
    (line,) = workspace.read(requests.listing, saved.case_id).lines
    assert line.financer == "Acre — micro-entrepreneur"
