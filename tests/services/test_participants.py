"""FSE+ participants: what is asked at entry, at the end, six months later; the export and its reason."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.exports.excel.participants_book import HEADERS
from boutique.models.choices import Gender, Prescriber
from boutique.models.programme_choices import Improvement
from boutique.models.trace import Access
from boutique.rules.participants import Moment, missing
from boutique.services import endings, participants, people, programmes
from boutique.services.workspace import Workspace
from tests.services.filling import FREVENT, open_file
from tests.services.test_programmes import interview, programme

DAY = timedelta(1)


def participant(workspace: Workspace, **more: Any) -> tuple[Any, Any, Any]:
    """(operation, file, participation) of somebody of whom all that is asked of everybody is known."""
    made = programme(workspace)
    known: dict[str, Any] = {
        "holder_birth_date": date(1990, 5, 1), "holder_gender": Gender.FEMALE, "holder_commune_code": FREVENT,
        "holder_phone": "0612345678", "holder_employment_status": "DE_INDEMNISE",
        "holder_registration_duration": "GE_24M",
        "passage_happened_on": today() - 300 * DAY, "passage_prescriber": Prescriber.FRANCE_TRAVAIL,
    }  # fmt: skip
    case = open_file(workspace, **(known | more)).case_id
    workspace.write("Rattacher", programmes.charge, case, made)
    interview(workspace, case, **{"interview.held_on": today() - 290 * DAY})
    waiting = workspace.read(participants.listing, made).to_enter
    assert waiting == (case,)
    workspace.write("Entrée", participants.enter, made, waiting)
    return made, case, workspace.read(participants.listing, made).lines[0].id


def labels(workspace: Workspace, made: Any) -> list[tuple[str, str]]:
    (line,) = workspace.read(participants.listing, made).lines
    return [(one.moment.value, one.label) for one in line.missing]


def answer(workspace: Workspace, participation: Any, **given: Any) -> None:
    typed = workspace.read(participants.answers, participation)
    typed |= {f"participation.{key}": value for key, value in given.items()}
    workspace.write("Participant", participants.save, participation, typed)


def end(workspace: Workspace, case: Any, on: date, **more: Any) -> None:
    typed = {"exit.ended_on": on, "exit.reason": "emploi", **{f"exit.{key}": value for key, value in more.items()}}
    workspace.write("Clôturer", endings.close, case, typed)


def test_the_entry_keeps_the_situation_as_it_was(workspace: Workspace) -> None:
    made, case, participation = participant(workspace)
    (line,) = workspace.read(participants.listing, made).lines
    assert line.entered_on == today() - 290 * DAY  # the first interview, not the opening
    assert labels(workspace, made) == [("entrée", "En formation ou études"), ("entrée", "Niveau de formation")]
    workspace.write("Fiche", people.answer_one, case, "holder.employment_status", "SALARIE_CDI_TP")
    answer(workspace, participation, in_training=False, education_level="N5")
    typed = workspace.read(participants.answers, participation)
    assert typed["participation.employment_status"] == "DE_INDEMNISE"
    assert labels(workspace, made) == []


def test_each_moment_asks_in_its_time(workspace: Workspace) -> None:
    made, case, participation = participant(workspace)
    answer(workspace, participation, in_training=False, education_level="N5")
    end(workspace, case, today() - 30 * DAY)
    assert {moment for moment, _ in labels(workspace, made)} == {"sortie"}
    assert ("sortie", "Situation à la sortie") in labels(workspace, made)
    workspace.write(
        "Sortie", endings.correct, case,
        {"exit.ended_on": today() - 200 * DAY, "exit.reason": "emploi", "exit.employment_status": "SALARIE_CDI_TP",
         "exit.business_created": False, "exit.training_entered": False, "exit.qualification_obtained": False},
    )  # fmt: skip
    assert labels(workspace, made) == [("six mois", "Situation à six mois")]
    answer(workspace, participation, unreachable=True)
    assert labels(workspace, made) == []
    answer(workspace, participation, unreachable=None, status_after="SALARIE_CDI_TP")
    (line,) = workspace.read(participants.listing, made).lines
    assert (line.answered, line.complete) == (True, True)


def test_somebody_employed_at_entry_is_asked_whether_it_is_better(workspace: Workspace) -> None:
    made, case, participation = participant(workspace, holder_employment_status="SALARIE_TEMPS_PARTIEL")
    answer(workspace, participation, in_training=False, education_level="N5", status_after="SALARIE_CDI_TP")
    end(
        workspace, case, today() - 200 * DAY, employment_status="SALARIE_CDI_TP", business_created=True,
        training_entered=False, qualification_obtained=False,
    )  # fmt: skip
    assert labels(workspace, made) == [("sortie", "SIREN de l’entreprise"), ("six mois", "Situation améliorée")]
    answer(workspace, participation, improved=Improvement.YES)
    assert ("six mois", "Situation améliorée") not in labels(workspace, made)


def test_the_export_has_exactly_what_is_asked_and_a_reason_in_each_history(workspace: Workspace) -> None:
    made, _case, participation = participant(workspace, holder_rqth_declared=True)
    answer(workspace, participation, in_training=True, education_level="N5")
    with pytest.raises(UserError, match="à qui va cette liste"):
        workspace.read(participants.export, made, "  oui ")
    book = openpyxl.load_workbook(io.BytesIO(workspace.read(participants.export, made, "Bilan annuel à la DREETS")))
    head, row = ([cell.value for cell in line] for line in book["Participants"].iter_rows(max_row=2))
    assert tuple(head) == HEADERS
    told = dict(zip(head, row, strict=True))
    assert (told["Nom"], told["Sexe"], told["En formation ou études"]) == ("Martin", "F", "oui")
    assert told["Commune de résidence (Insee)"] == FREVENT
    assert told["Handicap déclaré (facultatif)"] is None  # no written agreement
    assert not [title for title in HEADERS if "origine" in title.lower() or "EECO" in title]
    facts = {line[0].value: line[1].value for line in book["Lisez-moi"].iter_rows()}
    assert facts["Motif"] == "Bilan annuel à la DREETS"
    workspace.write("Export", participants.note_export, made, "Bilan annuel à la DREETS")

    def noted(session: Session) -> list[str]:
        return list(session.scalars(select(Access.what).where(Access.verb == "export", Access.person_id.is_not(None))))

    assert workspace.read(noted) == ["Participants FSE+ : Bilan annuel à la DREETS"]


def test_a_file_taken_out_waits_again(workspace: Workspace) -> None:
    made, case, participation = participant(workspace)
    workspace.write("Retirer", participants.remove, participation)
    assert workspace.read(participants.listing, made).to_enter == (case,)
    with pytest.raises(UserError, match="n’est plus participante"):
        workspace.read(participants.answers, participation)


def test_nothing_is_missing_of_the_later_moments_before_their_day(workspace: Workspace) -> None:
    made, case, participation = participant(workspace)
    answer(workspace, participation, in_training=False, education_level="N5")
    end(
        workspace, case, today() - 100 * DAY, employment_status="DE_INDEMNISE", business_created=False,
        training_entered=False, qualification_obtained=False,
    )  # fmt: skip
    (line,) = workspace.read(participants.listing, made).lines
    assert line.complete
    assert line.due_on is not None
    assert line.due_on > today()
    ((_row, _case, who),) = workspace.read(participants._read, made)
    assert [one.moment for one in missing(who, line.due_on)] == [Moment.SIX_MONTHS]
