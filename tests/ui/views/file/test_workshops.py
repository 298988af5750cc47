"""The workshops of a file, in Entretiens and in the synthesis of the journey."""

import uuid
from datetime import date

from boutique.services.papers import pathway
from boutique.services.workshops import attendance, enrolments
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.interviews_tab import InterviewsTab
from boutique.ui.views.file.view import FileView
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.list_row import ListRow
from tests.services.filling import pdf
from tests.services.workshops import add_module, add_session, enrol, sheet, who
from tests.ui.screens import Screens


def tab(view: FileView) -> InterviewsTab:
    found = view.page("interviews")
    assert isinstance(found, InterviewsTab)
    return found


def test_a_workshop_followed_is_in_the_file_and_in_its_synthesis(
    view: FileView, window: MainWindow, workspace: Workspace, case_id: uuid.UUID
) -> None:
    screens = Screens(window, "workshops")
    window.show_view("file", case_id=case_id, tab="interviews")
    assert tab(view).workshops.isHidden()  # none followed, none to come
    session = add_session(workspace, add_module(workspace), date(2026, 11, 23))
    enrolled = workspace.write("Inscription", enrolments.enrol_file, session, case_id)
    half = sheet(workspace, session).half_days[0].id
    assert half is not None
    workspace.write("Présence", attendance.mark, enrolled.id, half, True)
    tab(view).refresh()
    (row,) = tab(view).workshops.findChildren(ListRow)
    assert [badge.text() for badge in row.findChildren(Badge)] == ["Présent·e"]
    told = pdf(workspace.read(pathway.pathway, case_id))
    assert "Ateliers suivis" in told
    assert "Construire son prix 23/11/2026 3 h" in told
    row.activated.emit()
    assert screens.entered["workshops"] == [{"workshop_id": session}]


def test_the_person_joins_a_session_to_come_from_the_file(
    view: FileView, window: MainWindow, workspace: Workspace, case_id: uuid.UUID
) -> None:
    session = add_session(workspace, add_module(workspace, capacity=1), date(2026, 12, 3))
    window.show_view("file", case_id=case_id, tab="interviews")
    (action,) = tab(view).workshops.menu().actions()
    assert action.text() == "Construire son prix · jeu. 3 déc. 09:00 – 12:00 · 1 place libre"
    enrol(workspace, session, "Léo Deux")
    action.trigger()
    assert who(workspace, session)["Éloïse Vandenbroucke"].waiting_rank == 1
    assert "liste d’attente" in window.notices.text()
    assert tab(view).workshops.menu().actions() == []
    view.desk.undo()
    assert list(who(workspace, session)) == ["Léo Deux"]
