"""Results under the search field are reached without leaving it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from boutique.ui.widgets.results_popup import Result, ResultsPopup
from boutique.ui.widgets.search_field import SearchField


def test_arrows_and_enter_choose_a_line_and_enter_alone_says_nothing_was_chosen(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 500)
    field = SearchField("Nom…", parent=over)
    popup = ResultsPopup(field, over)
    with qtbot.waitActive(over):
        over.show()
    field.take_focus()
    popup.tell(
        [Result("a", "Éloïse Vandenbroucke", "Frévent · boulangerie", "2026-0147"), Result("b", "Bruno V.")],
        "Entrée : nouveau passage",
    )
    assert popup.isVisible()
    assert field.editor.hasFocus()
    popup.grab()
    with qtbot.waitSignal(popup.nothing_chosen):
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    popup.tell([Result("a", "Éloïse Vandenbroucke"), Result("b", "Bruno V.")])
    for _ in range(3):
        qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    with qtbot.waitSignal(popup.chosen) as caught:
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert caught.args == ["b"]
    popup.tell([], "Aucun dossier ; Entrée : nouveau passage")
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    popup.tell([])
    assert not popup.isVisible()
