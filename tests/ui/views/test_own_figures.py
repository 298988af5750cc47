"""Activité › Indicateurs in the window: drawn up with the keyboard, its value meanwhile, kept, shown in Activité."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from boutique.rules.own_figures import FUNDER
from boutique.services import own_figures
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.activity import ActivityView
from boutique.ui.views.own_figures import OwnFiguresView
from tests.scripted import ScriptedAsk
from tests.services.filling import open_file


def _itself(view: OwnFiguresView) -> OwnFiguresView:
    return view


@pytest.fixture
def view(window: MainWindow, desk: Desk) -> OwnFiguresView:
    open_file(desk.workspace)
    shown = OwnFiguresView(desk)
    window.register("own_figures", partial(_itself, shown))
    window.register("activity", partial(ActivityView, desk))
    window.show()
    window.start("own_figures")
    return shown


def test_an_indicator_is_drawn_up_and_kept(view: OwnFiguresView, workspace: Workspace, answers: ScriptedAsk) -> None:
    view.empty.acted.emit()
    editor = view.editor
    assert editor.name.hasFocus()
    assert "cumul" in editor.value.text()
    QTest.keyClick(editor.criteria.add_button, Qt.Key.Key_Space)
    (row,) = editor.criteria.rows
    assert row.fact.hasFocus()
    assert editor.value.text() == ""
    editor.save_button.click()
    assert "Choisissez un critère" in row.trouble.text()
    row.fact.write("holder.age")
    assert "nombre entier" in row.trouble.text()
    QTest.keyClicks(row.number, "29")
    assert row.trouble.isHidden()
    editor.criteria.add()
    second = editor.criteria.rows[1]
    second.joiner.write("or")
    second.fact.write("holder.gender")
    second.choice.write("F")
    assert "29" in editor.words.text()
    assert " ou «" in editor.words.text()
    assert "cumul" in editor.value.text()
    editor.save_button.click()
    assert "obligatoire" in editor.name_field.error()
    assert editor.is_dirty()
    answers.plan(False)
    assert not view.leave()
    editor.name.setText("Femmes ou moins de 30 ans")
    assert editor.name_field.error() == ""
    editor.save_button.click()
    assert [one.title.text() for one in view.rows] == ["Femmes ou moins de 30 ans"]
    assert not editor.is_dirty()
    (line,) = workspace.read(own_figures.listing)
    assert workspace.read(own_figures.sheet, line.id) == editor.read()
    assert [row.begins_group() for row in editor.criteria.rows] == [False, True]


def test_another_event_offers_its_own_facts_and_counts(view: OwnFiguresView) -> None:
    view.new()
    editor = view.editor
    editor.criteria.add()
    (row,) = editor.criteria.rows
    row.fact.write("interview.type")
    editor.counted.write("somme")
    editor.event_of.write("orientation")
    assert row.fact.read() is None
    assert row.choice.isHidden()
    assert editor.counted.read() == "personnes"
    row.fact.write("referral.status")
    assert not row.choice.isHidden()
    row.drop.click()
    assert editor.criteria.rows == []
    assert "cumul" in editor.value.text()
    assert view.go_back()


def test_a_share_of_several_answers_is_drawn_up(view: OwnFiguresView, workspace: Workspace) -> None:
    view.new()
    editor = view.editor
    assert editor.share.isHidden()
    editor.name.setText("Part des demandeurs d’emploi")
    editor.counted.write("part personnes")
    assert not editor.share.isHidden()
    assert editor.value.text() == ""
    editor.save_button.click()
    (row,) = editor.share.rows
    assert "Choisissez un critère" in row.trouble.text()
    row.fact.write("holder.employment_status")
    row.operator.write("in")
    assert row.choice.isHidden()
    assert not row.several.isHidden()
    editor.save_button.click()
    assert row.trouble.text() == "Ajoutez au moins une réponse."
    for answer in ("DE_INDEMNISE", "DE_NON_INDEMNISE"):
        row.several.choose(answer)
    assert row.trouble.isHidden()
    assert " ; dont « Emploi » est" in editor.words.text().replace("\u00a0", " ")
    assert "sur" in editor.value.text()
    editor.save_button.click()
    (line,) = workspace.read(own_figures.listing)
    kept = workspace.read(own_figures.sheet, line.id)
    assert kept == editor.read()
    assert kept.share is not None
    assert [one.value for one in kept.share.true] == [("DE_INDEMNISE", "DE_NON_INDEMNISE")]
    view.new()
    view.rows[0].activated.emit()
    assert editor.share.rows[0].several.read() == ("DE_INDEMNISE", "DE_NON_INDEMNISE")
    assert not editor.is_dirty()
    editor.counted.write("personnes")
    assert editor.share.isHidden()
    assert editor.read().share is None
    editor.counted.write("part personnes")
    assert not editor.is_dirty()


def test_it_is_archived_taken_up_again_and_undone(view: OwnFiguresView, desk: Desk) -> None:
    view.new()
    editor = view.editor
    editor.name.setText("Reçus")
    editor.save_button.click()
    editor.archive_button.click()
    assert not editor.isVisible()
    view.rows[0].activated.emit()
    assert editor.restore_button.isVisible()
    editor.restore_button.click()
    assert editor.archive_button.isVisible()
    editor.name.setText("Reçus autrement")
    editor.save_button.click()
    desk.undo()
    assert editor.name.text() == "Reçus"
    for _step in range(3):
        desk.undo()
    assert view.rows == []
    assert not editor.isVisible()


def test_activity_shows_the_group_and_where_to_add_one(view: OwnFiguresView, window: MainWindow) -> None:
    window.show_view("activity")
    shown = window.stack.current_view()
    assert isinstance(shown, ActivityView)
    group = shown.figures.group
    group.write(FUNDER)
    group.activated.emit(group.currentIndex())
    assert shown.figures.none.isVisible()
    assert not shown.figures.table.isVisible()
    shown.figures.none.button.click()
    assert window.stack.current_view() is view
    view.editor.name.setText("Entretiens")
    view.editor.counted.write("actes")
    view.editor.save_button.click()
    window.show_view("activity")
    assert shown.figures.table.isVisible()
    assert shown.figures.table.rowCount() == 1
