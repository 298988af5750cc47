"""Dossiers in the real window: what is listed, found, sorted, kept, chosen, exported and opened."""

import io
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.text import words
from boutique.models.case import Case
from boutique.models.choices import Phase
from boutique.models.person import Person
from boutique.models.programme import Programme
from boutique.models.programme_choices import ProgrammeKind
from boutique.models.project import Project
from boutique.models.structure import Site
from boutique.services.files import FileFilter, FileRow
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.view import View
from boutique.ui.views.files import FilesView
from tests.scripted import ScriptedAsk


class Other(View):
    """Stands for the file and the intake: remembers what it was opened with."""

    def __init__(self) -> None:
        super().__init__()
        self.entered: list[dict[str, Any]] = []

    def enter(self, **arguments: Any) -> None:
        self.entered.append(arguments)


def add(session: Session, count: int, *, days: int = 1, prefix: str = "Nom", closed: bool = False) -> None:
    for number in range(count):
        name = f"{prefix}{number:04d}"
        person = Person(first_name="Zoé", last_name=name, name_key=" ".join(words(f"{name} Zoé")))
        project = Project(summary=f"Projet {count - number}")
        session.add_all([person, project])
        contact = today() - timedelta(days=days)
        session.add(
            Case(
                reference=f"2026-{prefix[0]}{number:04d}",
                person_id=person.id,
                project_id=project.id,
                opened_on=contact,
                last_contact_on=contact,
                closed_on=contact if closed else None,
                phase=Phase.FINANCING if number % 2 else Phase.MARKET_STUDY,
            )
        )


@pytest.fixture
def shell(qtbot: QtBot, window: MainWindow, desk: Desk) -> MainWindow:
    window.register("files", lambda: FilesView(desk))
    window.register("file", Other)
    window.register("intake", Other)
    with qtbot.waitActive(window):
        window.show()
    return window


def opened(shell: MainWindow, **arguments: Any) -> FilesView:
    shell.start("files", **arguments)
    view = shell.stack.view("files")
    assert isinstance(view, FilesView)
    return view


def other(shell: MainWindow, name: str) -> Other:
    view = shell.stack.view(name)
    assert isinstance(view, Other)
    return view


def case_of(view: FilesView, number: int) -> uuid.UUID:
    row = view.table.lines.row(number)
    assert isinstance(row, FileRow)
    return row.case_id


def shown(view: FilesView) -> list[str]:
    lines = view.table.lines
    return [str(lines.data(lines.index(row, 0))) for row in range(lines.rowCount())]


def test_an_empty_base_explains_itself_and_offers_the_first_visit(qtbot: QtBot, shell: MainWindow) -> None:
    view = opened(shell)
    assert view.nothing.isVisible()
    assert not view.export_button.isEnabled()
    view.nothing.button.click()
    assert shell.stack.current_name() == "intake"


def test_open_files_are_listed_and_enter_opens_the_current_one(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 3)
    view = opened(shell)
    assert view.count.text() == "3 dossiers"
    assert view.table.hasFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    case_id = case_of(view, view.table.currentIndex().row())
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert other(shell, "file").entered == [{"case_id": case_id}]


def test_a_letter_typed_in_the_table_goes_to_the_search(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 12)
    view = opened(shell)
    for letter in "nom0003":
        qtbot.keyClick(view.table if view.table.hasFocus() else view.search.editor, letter)
    assert view.search.text() == "nom0003"
    assert shown(view) == ["Nom0003 Zoé"]
    qtbot.keyClick(view.search.editor, Qt.Key.Key_Return)
    assert view.table.hasFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert view.search.text() == ""
    assert len(shown(view)) == 12


def test_nothing_found_offers_the_whole_list(shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 2)
    view = opened(shell)
    view.search.write("introuvable")
    assert view.nowhere.isVisible()
    view.nowhere.button.click()
    assert view.search.text() == ""
    assert view.filters.words() == "Tous"
    assert len(shown(view)) == 2


def test_a_click_on_a_title_sorts_then_turns_the_order(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 3)
    view = opened(shell)
    header = view.table.horizontalHeader()
    header.sectionClicked.emit(0)
    assert shown(view) == ["Nom0000 Zoé", "Nom0001 Zoé", "Nom0002 Zoé"]
    assert view.table.lines.headerData(0, Qt.Orientation.Horizontal) == "Nom ↑"
    header.sectionClicked.emit(0)
    assert shown(view) == ["Nom0002 Zoé", "Nom0001 Zoé", "Nom0000 Zoé"]
    assert view.table.lines.headerData(0, Qt.Orientation.Horizontal) == "Nom ↓"


def test_a_column_that_has_no_order_does_not_sort(shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 3)
    view = opened(shell)
    before = shown(view)
    missing = [column.key for column in view.table.lines.columns].index("missing")
    view.table.horizontalHeader().sectionClicked.emit(missing)
    assert shown(view) == before


def test_pages_come_as_one_scrolls(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 450)
    view = opened(shell)
    assert view.table.lines.rowCount() == 450
    assert view.table.lines.lacks(440)
    view.table.scrollToBottom()
    assert not view.table.lines.lacks(440)
    assert len(set(shown(view)) - {"…"}) >= 250


def test_filters_by_phase_are_kept_without_what_was_searched(shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 4)
    view = opened(shell)
    view.filters.phase.write(Phase.FINANCING)
    view.filters.phase.activated.emit(view.filters.phase.currentIndex())
    assert len(shown(view)) == 2
    view.search.write("nom0001")
    view.filters.add_chip.click()
    assert [chip.label() for chip in view.filters.chips] == ["Ouverts · Recherche de financement"]
    assert "nom0001" not in str(desk.preferences.texts("files.filters"))
    view.filters.choose(FileFilter.ALL)
    view.search.write("")
    assert len(shown(view)) == 4
    view.filters.chips[0].click()
    assert len(shown(view)) == 2


def test_a_kept_filter_is_there_at_the_next_start_and_can_go(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    kept = '{"filter": "closed", "phase": null, "site": null, "sort": "name", "descending": false}'
    desk.preferences.put("files.filters", ["not a filter", kept])
    desk.workspace.write("Essai", add, 2)
    view = opened(shell)
    (chip,) = view.filters.chips
    assert chip.label() == "Terminés"
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert view.filters.chips == []
    assert desk.preferences.texts("files.filters") == []


def test_files_without_news_are_marked_and_have_their_filter(shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 1, days=100, prefix="Ancien")
    desk.workspace.write("Essai", add, 1)
    view = opened(shell, filter="stale")
    assert shown(view) == ["Ancien0000 Zoé"]
    at = [column.key for column in view.table.lines.columns].index("last_contact")
    cell = view.table.lines.index(0, at)
    assert "Sans nouvelles" in str(cell.data(Qt.ItemDataRole.AccessibleTextRole))
    assert cell.data(Qt.ItemDataRole.DecorationRole) is not None


def test_the_files_behind_a_figure_show_under_its_name(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 5)
    view = opened(shell)
    chosen = [case_of(view, number) for number in (1, 3)]
    shell.show_view("files", cases=chosen, label="Personnes reçues · novembre")
    assert len(shown(view)) == 2
    assert view.filters.chips[0].label() == "Personnes reçues · novembre"
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert len(shown(view)) == 5


def test_places_can_be_filtered_once_there_are_several(shell: MainWindow, desk: Desk) -> None:
    desk.workspace.write("Essai", add, 2)
    view = opened(shell)
    assert view.filters.site.isHidden()
    desk.workspace.write("Lieu", lambda session: session.add(Site(name="Permanence de Frévent")))
    shell.show_view("files", filter="all")
    assert not view.filters.site.isHidden()
    view.filters.site.setCurrentIndex(1)
    view.filters.site.activated.emit(1)
    assert view.nowhere.isVisible()


def test_programmes_are_a_filter_that_is_kept_and_exported(
    shell: MainWindow, desk: Desk, answers: ScriptedAsk, tmp_path: Path
) -> None:
    def charge(session: Session) -> None:
        made = Programme(name="Contrat de ville", kind=ProgrammeKind.CITY_CONTRACT, starts_on=today())
        session.add(made)
        session.flush()
        session.scalars(select(Case)).all()[0].programme_id = made.id

    desk.workspace.write("Essai", add, 3)
    view = opened(shell)
    assert view.filters.programme.isHidden()
    desk.workspace.write("Programme", charge)
    shell.show_view("files", filter="all")
    view.filters.programme.setCurrentIndex(1)
    view.filters.programme.activated.emit(1)
    assert len(shown(view)) == 1
    assert view.count.text() == "1 dossier"
    view.filters.add_chip.click()
    view.filters.choose(FileFilter.ALL)
    assert len(shown(view)) == 3
    (chip,) = view.filters.chips
    assert chip.label() == "Tous · Contrat de ville"
    chip.click()
    assert len(shown(view)) == 1
    answers.plan(tmp_path / "vue")
    view.export_button.click()
    book = load_workbook(io.BytesIO((tmp_path / "vue.xlsx").read_bytes()))
    assert ("Filtre", "Tous · Contrat de ville") in [tuple(row[:2]) for row in book["Lisez-moi"].values]


def test_columns_are_chosen_and_remembered(shell: MainWindow, desk: Desk) -> None:
    view = opened(shell)
    view._toggle_column("phone", on=True)
    view._toggle_column("commune", on=False)
    keys = [column.key for column in view.table.lines.columns]
    assert "phone" in keys
    assert "commune" not in keys
    again = FilesView(desk)
    assert [column.key for column in again.table.lines.columns] == keys
    again.deleteLater()


def test_the_view_is_exported_as_it_is_shown(
    shell: MainWindow, desk: Desk, answers: ScriptedAsk, tmp_path: Path
) -> None:
    desk.workspace.write("Essai", add, 3)
    view = opened(shell)
    view.filters.sort_by("name")
    answers.plan(tmp_path / "vue")
    view.export_button.click()
    assert answers.asked == [f"Exporter cette vue | dossiers-{today():%Y-%m-%d}.xlsx"]
    book = load_workbook(io.BytesIO((tmp_path / "vue.xlsx").read_bytes()))
    rows = list(book["Dossiers"].iter_rows(values_only=True))
    assert list(rows[0]) == [column.title for column in view.table.lines.columns]
    assert [row[0] for row in rows[1:]] == shown(view)


def test_what_is_saved_elsewhere_shows_at_once(shell: MainWindow, desk: Desk) -> None:
    view = opened(shell)
    desk.write("Essai", add, 1)
    assert len(shown(view)) == 1
    desk.undo()
    assert shown(view) == []


def test_a_long_name_and_a_foreign_one_are_shown_whole_in_the_tooltip(shell: MainWindow, desk: Desk) -> None:
    long = "Vandenbroucke-Lefèvre-de-La-Fontaine-Saint-Aubin " * 3
    desk.workspace.write("Essai", add, 1, prefix=long.strip())
    view = opened(shell)
    tip = view.table.lines.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert long.strip() in str(tip)
