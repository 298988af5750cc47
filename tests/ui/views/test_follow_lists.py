"""Listes de suivi in the window: columns chosen and ordered, kept, exported; names behind a reason."""

import io
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from boutique.services import list_models
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.follow_lists import FollowListsView
from boutique.ui.widgets.button import Button
from tests.scripted import ScriptedAsk
from tests.services.filling import open_file


def _itself(view: FollowListsView) -> FollowListsView:
    return view


@pytest.fixture
def view(window: MainWindow, desk: Desk) -> FollowListsView:
    open_file(desk.workspace)
    shown = FollowListsView(desk)
    window.register("follow_lists", partial(_itself, shown))
    window.show()
    window.start("follow_lists")
    return shown


def heads(path: Path) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return [cell.value for cell in next(book["Liste"].iter_rows(max_row=1))]


def test_a_list_is_drawn_up_kept_and_exported(
    view: FollowListsView, workspace: Workspace, answers: ScriptedAsk, tmp_path: Path
) -> None:
    view.empty.acted.emit()
    editor = view.editor
    editor.save_button.click()
    assert "obligatoire" in editor.trouble.text()
    editor.name.setText("Région")
    editor.columns.setCurrentRow(1)
    editor.take_out.click()
    editor.down.click()
    assert editor.columns.codes()[:3] == ["list.reference", "holder.commune_code", "list.counsellor"]
    assert editor.total.text().startswith("1 dossier")
    editor.save_button.click()
    assert [row.title.text() for row in view.rows] == ["Région"]
    assert [line.name for line in workspace.read(list_models.listing)] == ["Région"]
    answers.plan(tmp_path / "region")
    editor.export_button.click()
    assert heads(tmp_path / "region.xlsx")[:3] == ["Référence", "Commune", "Conseiller"]
    editor.remove_button.click()
    assert view.rows == []
    assert not view.editor.isVisible()


def test_a_column_that_names_people_asks_why(
    view: FollowListsView, window: MainWindow, answers: ScriptedAsk, tmp_path: Path
) -> None:
    view.new()
    editor = view.editor
    assert editor.names.text() == "sans nom ni coordonnées"
    editor.add_column.write("holder.last_name")
    editor.add_column.activated.emit(editor.add_column.currentIndex())
    assert "motif" in editor.names.text()
    answers.plan(None)
    editor.export_button.click()
    answers.plan("Contrôle sur place", tmp_path / "noms")
    editor.export_button.click()
    assert heads(tmp_path / "noms.xlsx")[-1] == "Nom"
    assert editor.is_dirty()
    answers.plan(False)
    assert not view.leave()
    typed = view.editor.read()
    assert view.go_back()
    assert view.editor.isHidden()
    again = [one for one in window.notices.findChildren(Button) if one.label() == "Reprendre"]
    again[-1].click()
    assert view.editor.read() == typed
    assert view.editor.is_dirty()
    assert view.go_back()
