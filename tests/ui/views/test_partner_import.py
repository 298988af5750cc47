"""Import of a list in the real window: looked at, columns corrected, doubles decided, one action, taken back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from boutique.services import directory, partners
from boutique.services.directory import PartnerQuery
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.partner_import import PartnerImportView
from boutique.ui.views.partners import PartnersView
from boutique.ui.widgets.combo_box import ComboBox
from tests.scripted import ScriptedAsk

KNOWN = "nom;type;code_insee;courriel\nAlpha;cma;62041;a@exemple.fr\nBêta;cma;62041;b@exemple.fr\nGamma;pain;;\n"


@pytest.fixture
def shell(qtbot: QtBot, window: MainWindow, desk: Desk) -> MainWindow:
    window.register("partners", lambda: PartnersView(desk))
    window.register("partner_import", lambda: PartnerImportView(desk))
    with qtbot.waitActive(window):
        window.show()
    window.start("partners")
    return window


def looking(shell: MainWindow, folder: Path, text: str) -> PartnerImportView:
    path = folder / "liste.csv"
    path.write_text(text, "utf-8")
    shell.show_view("partner_import", path=path)
    view = shell.stack.view("partner_import")
    assert isinstance(view, PartnerImportView)
    return view


def choose(box: ComboBox, value: object) -> None:
    box.write(value)
    box.activated.emit(box.currentIndex())


def names(desk: Desk) -> list[str]:
    return [row.name for row in desk.workspace.read(directory.directory, PartnerQuery()).rows]


def add(desk: Desk, name: str, email: str) -> None:
    typed = {
        "partner.name": name, "partner.type_code": "CMA", "partner.commune_code": "62041", "partner.email": email,
    }  # fmt: skip
    desk.workspace.write("Ajout", partners.save, None, typed)


def test_a_list_is_looked_at_then_imported_with_the_keyboard_and_undone(
    qtbot: QtBot, shell: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    view = looking(shell, tmp_path, KNOWN)
    assert names(desk) == []
    assert view.import_button.text() == "Importer (2)"
    qtbot.waitUntil(view.import_button.hasFocus)
    qtbot.keyClick(view.import_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert names(desk) == ["Alpha", "Bêta"]
    assert shell.stack.current_name() == "partners"
    desk.undo()
    assert names(desk) == []


def test_escape_leaves_everything_as_it_was(shell: MainWindow, desk: Desk, tmp_path: Path) -> None:
    assert looking(shell, tmp_path, KNOWN).go_back()
    assert shell.stack.current_name() == "partners"
    assert names(desk) == []


def test_columns_nobody_knows_are_asked_for_and_the_list_looked_at_again(
    shell: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    view = looking(shell, tmp_path, KNOWN.replace("nom;type", "Qui;Quoi"))
    assert "nom" in view.trouble.text()
    assert not view.import_button.isEnabled()
    assert view.columns.choices[0].isVisible()
    choose(view.columns.choices[0], "name")
    assert "type" in view.trouble.text()
    choose(view.columns.choices[1], "type")
    assert not view.trouble.isVisible()
    view.run()
    assert names(desk) == ["Alpha", "Bêta"]


def test_one_type_for_a_list_that_says_none(shell: MainWindow, desk: Desk, tmp_path: Path) -> None:
    view = looking(shell, tmp_path, "nom;code_insee\nAlpha;62041\n")
    choose(view.columns.type, "CCI")
    view.run()
    assert names(desk) == ["Alpha"]


def test_a_field_is_filled_by_one_column_only(shell: MainWindow, tmp_path: Path) -> None:
    view = looking(shell, tmp_path, KNOWN)
    choose(view.columns.choices[3], "name")
    assert view.columns.names() == {0: "", 1: "type", 2: "commune_code", 3: "name"}


def test_doubles_are_decided_one_by_one_or_all_together(shell: MainWindow, desk: Desk, tmp_path: Path) -> None:
    add(desk, "Ancien nom d’Alpha", "a@exemple.fr")
    add(desk, "Ancien nom de Bêta", "b@exemple.fr")
    view = looking(shell, tmp_path, KNOWN)
    assert list(view.twins.choices) == [2, 3]
    choose(view.twins.all, "skip")
    assert view.import_button.text() == "Rien à importer"
    choose(view.twins.all, "add")
    assert view.import_button.text() == "Importer (2)"
    choose(view.twins.choices[2], view.twins.choices[2].itemData(1))
    choose(view.twins.choices[3], "skip")
    assert view.import_button.text() == "Importer (1)"
    view.run()
    assert names(desk) == ["Alpha", "Ancien nom de Bêta"]


def test_what_is_wrong_is_written_as_a_workbook(shell: MainWindow, answers: ScriptedAsk, tmp_path: Path) -> None:
    view = looking(shell, tmp_path, KNOWN)
    answers.plan(tmp_path / "controle.xlsx")
    view.export_button.click()
    book = load_workbook(tmp_path / "controle.xlsx")
    assert book["Cellules"]["C2"].value == "pain"


@pytest.mark.parametrize("key", ["book", "inclusion", "guide"])
def test_the_directory_leaves_three_ways(
    shell: MainWindow, desk: Desk, answers: ScriptedAsk, tmp_path: Path, key: str
) -> None:
    add(desk, "Alpha", "a@exemple.fr")
    desk.changed.emit()
    view = shell.stack.view("partners")
    assert isinstance(view, PartnersView)
    menu = view.exports.menu()
    answers.plan(tmp_path / "annuaire")
    next(line for line in menu.actions() if line.property("id") == key).trigger()
    menu.deleteLater()
    [written] = tmp_path.glob("annuaire.*")
    if key == "guide":
        assert "Alpha" in PdfReader(written).pages[0].extract_text()
    elif key == "book":
        assert "Alpha" in [cell.value for cell in load_workbook(written)["Annuaire"]["A"]]
    else:
        assert '"nom": "Alpha"' in written.read_text("utf-8")
