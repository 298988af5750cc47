"""The widget kit, as a hand and a screen reader meet it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.avatar import Avatar, initials
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.busy import BusyOverlay
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.chip import AddChip, Chip
from boutique.ui.widgets.column_chart import ColumnChart, Series
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.horizontal_bars import Bar, HorizontalBars
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.progress_bar import ProgressBar
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.search_field import SearchField
from boutique.ui.widgets.segmented import Segmented
from boutique.ui.widgets.separator import Separator
from boutique.ui.widgets.stepper import Phase, Stepper
from boutique.ui.widgets.tabs import Tabs

_LONG = "Marie-Antoinette de La Rochefoucauld-Montmorency-Laval épouse Vandenbroucke"


def _show(qtbot: QtBot, widget: QWidget, width: int = 400, height: int = 200) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()


def test_data_is_never_read_as_markup(qtbot: QtBot) -> None:
    label = Label("<b>Dupont</b> <img src=x>", selectable=True, wrap=True)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_long_line_is_shortened_and_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel(_LONG)
    _show(qtbot, label, 150, 20)
    assert label.toolTip() == _LONG
    label.resize(2000, 20)
    assert label.toolTip() == ""


def test_a_button_is_pressed_by_enter_and_shows_an_ampersand(qtbot: QtBot) -> None:
    button = Button("Achats & ventes", icon="plus", hint="Ctrl N", trailing="chevron-down")
    _show(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert button.label() == "Achats & ventes"
    assert button.accessibleName() == "Achats & ventes"
    assert button.minimumSizeHint().width() < button.sizeHint().width()
    button.set_variant("danger")
    button.set_icon("x")
    button.grab()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_state_of_a_button_looks_different(qtbot: QtBot, mode: str) -> None:
    theme().set_mode("dark" if mode == "dark" else "light")
    pictures = set()
    button = PrimaryButton("Créer le dossier")
    _show(qtbot, button, 200, 40)
    button.setFocus()
    for change in (
        lambda: None,
        button.clearFocus,
        lambda: button.setDown(True),
        lambda: button.setEnabled(False),
    ):
        change()
        image = button.grab().toImage()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == 4


def test_an_icon_alone_says_what_it_does(qtbot: QtBot) -> None:
    button = GhostButton(icon="lock", hint="Ctrl L", accessible="Verrouiller")
    qtbot.addWidget(button)
    assert button.toolTip() == "Verrouiller (Ctrl L)"
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Verrouiller"


def test_chips_are_switched_and_taken_away_by_keys(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, gap=6)
    local, are = Chip("Local", value="premises"), Chip("ARE", removable=True)
    for chip in (local, AddChip()):
        flow.addWidget(chip)
    flow.insert(1, are)
    _show(qtbot, holder, 120, 200)
    with qtbot.waitSignal(local.toggled):
        qtbot.keyClick(local, Qt.Key.Key_Space)
    assert local.isChecked()
    assert local.value == "premises"
    with qtbot.waitSignal(are.removed):
        qtbot.keyClick(are, Qt.Key.Key_Delete)
    with qtbot.waitSignal(are.removed):
        qtbot.mouseClick(are, Qt.MouseButton.LeftButton, pos=QPoint(are.width() - 8, are.height() // 2))
    assert are.isChecked()
    assert are.y() == local.y()
    assert flow.itemAt(2).widget().y() > local.y(), "what does not fit goes to the next line"  # type: ignore[union-attr]
    assert holder.heightForWidth(120) > holder.heightForWidth(500)
    flow.clear()
    assert flow.count() == 0


def test_segments_are_chosen_by_arrows_and_taken_back(qtbot: QtBot) -> None:
    segments = Segmented([(True, "Oui"), (False, "Non"), ("check", "À vérifier")], accessible="QPV")
    _show(qtbot, segments)
    assert segments.read() is None
    segments.write("check")
    with qtbot.waitSignal(segments.changed) as caught:
        qtbot.keyClick(segments, Qt.Key.Key_Right)
    assert caught.args == [False]
    button = segments._group.button(1)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert segments.read() is None
    assert button.accessibleName() == "QPV : Non"
    segments.write("unknown")
    assert segments.read() is None


def test_a_field_says_what_is_wrong_and_names_its_editor(qtbot: QtBot) -> None:
    editor = QLineEdit()
    field = Field("Naissance", editor, required=True, explanation="Jour, mois, année")
    _show(qtbot, field)
    field.set_error("Cette date n’existe pas.")
    assert field.error() == "Cette date n’existe pas."
    assert editor.property("invalid") is True
    assert editor.accessibleName() == "Naissance (obligatoire)"
    assert editor.accessibleDescription() == "Cette date n’existe pas. Jour, mois, année"
    field.set_error("")
    assert editor.accessibleDescription() == "Jour, mois, année"


def test_only_editors_that_can_grow_take_the_height(qtbot: QtBot) -> None:
    small, large = QLineEdit(), QPlainTextEdit()
    fields = [Field("Note", editor) for editor in (small, large)]
    for field in fields:
        _show(qtbot, field, 300, 400)
    assert small.height() < 60 < large.height()


def test_a_list_unfolds_with_values_behind_and_ignores_the_wheel(qtbot: QtBot) -> None:
    box = ComboBox([("de", "Demandeuse d’emploi indemnisée"), ("s", "Salariée")], accessible="Emploi")
    _show(qtbot, box, 150, 40)
    assert box.read() is None
    box.write("s")
    box.set_options([("s", "Salariée"), ("r", "Retraitée")])
    assert box.read() == "s"
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert box.read() == "s"
    box.grab()


def test_a_row_is_opened_by_enter_or_click_when_it_may(qtbot: QtBot) -> None:
    row = ListRow(_LONG, "Prévisionnel", leading=Avatar("EV"), trailing=[Button("Ouvrir")], clickable=True)
    _show(qtbot, row)
    for press in (
        lambda: qtbot.keyClick(row, Qt.Key.Key_Return),
        lambda: qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(60, 20)),
    ):
        with qtbot.waitSignal(row.activated):
            press()
    row.set_selected(True)
    row.set_last()
    plain = ListRow("Titre")
    _show(qtbot, plain)
    with qtbot.assertNotEmitted(plain.activated):
        qtbot.mouseClick(plain, Qt.MouseButton.LeftButton)


def test_phases_are_opened_by_mouse_and_keys(qtbot: QtBot) -> None:
    stepper = Stepper([Phase("a", "Accueil", 1), Phase("m", "Marché", 0.4), Phase("s", "Statut")], "m")
    _show(qtbot, stepper)
    bars = stepper._bars
    assert bars[1].accessibleName() == "Marché, phase en cours"
    bars[0].setFocus()
    qtbot.keyClick(bars[0], Qt.Key.Key_Right)
    assert bars[1].hasFocus()
    with qtbot.waitSignal(stepper.chosen) as caught:
        qtbot.mouseClick(bars[2], Qt.MouseButton.LeftButton)
    assert caught.args == ["s"]
    stepper.grab()
    stepper.write([Phase("a", "Accueil")], "a")
    assert len(stepper._bars) == 1


def test_tabs_carry_counts_and_are_known_by_key(qtbot: QtBot) -> None:
    tabs = Tabs([("p", "Parcours"), ("e", "Entretiens")])
    _show(qtbot, tabs)
    tabs.set_count("e", 4)
    assert tabs.tabText(1) == "Entretiens · 4"
    with qtbot.waitSignal(tabs.chosen) as caught:
        tabs.open("e")
    assert caught.args == ["e"]
    assert tabs.current() == "e"
    tabs.set_count("e", 0)
    assert tabs.tabText(1) == "Entretiens"


def test_the_search_field_speaks_to_a_list_below_it(qtbot: QtBot) -> None:
    field = SearchField("Nom…", hint="Ctrl F")
    _show(qtbot, field)
    field.take_focus()
    with qtbot.waitSignals([field.changed, field.changed]):
        qtbot.keyClicks(field.editor, "du")
    for key, signal in ((Qt.Key.Key_Down, field.moved), (Qt.Key.Key_Escape, field.left)):
        with qtbot.waitSignal(signal):
            qtbot.keyClick(field.editor, key)
    with qtbot.waitSignal(field.submitted) as caught:
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert caught.args == ["du"]
    field.clear()
    assert field.text() == ""


def test_an_empty_view_offers_the_first_action(qtbot: QtBot) -> None:
    empty = EmptyState("inbox", "Aucun dossier", "Ils apparaîtront ici.", "Nouveau passage")
    _show(qtbot, empty)
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_a_card_shows_its_title_tone_and_selection(qtbot: QtBot) -> None:
    card = Card("Vigilance", icon="triangle-alert", tone="warning", tinted=True, action=Button("Voir"))
    card.add(Label("un"), Separator(), QVBoxLayout())
    _show(qtbot, card)
    card.set_tone("danger")
    card.set_selected(True)
    card.set_title("")
    assert not card.title.isVisible()


def test_charts_tell_their_figures_in_words(qtbot: QtBot) -> None:
    chart = ColumnChart("Personnes reçues")
    _show(qtbot, chart)
    chart.write(["oct.", "nov."], [Series("2025", [20, 30]), Series("2026", [31, 38.5])])
    assert chart.accessibleDescription() == "2025 : oct. 20, nov. 30; 2026 : oct. 31, nov. 38,5"
    chart.grab()
    bars = HorizontalBars("Public", track=False)
    _show(qtbot, bars)
    bars.write([Bar("Femmes", 0.55, "55 %"), Bar("QPV", 2.0, "26 %")])
    assert "Femmes : 55 %" in bars.accessibleDescription()
    bars.grab()


def test_states_progress_and_people_have_words(qtbot: QtBot) -> None:
    badge, bar, disc = Badge("à vérifier", "warning", icon="clock"), ProgressBar(0.64), Avatar("EV", name="Éloïse V.")
    for widget in (badge, bar, disc):
        _show(qtbot, widget)
        widget.grab()
    badge.set_state("aboutie", "success", "check")
    assert (badge.text(), badge.tone(), badge.accessibleName()) == ("aboutie", "success", "aboutie")
    assert bar.value() == 640
    assert disc.accessibleName() == "Éloïse V."
    assert initials("éloïse", "vandenbroucke") == "ÉV"


def test_a_box_is_ticked_by_the_space_key(qtbot: QtBot) -> None:
    box = CheckBox("Accord recueilli")
    _show(qtbot, box)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    box.grab()


def test_two_columns_become_one_when_there_is_no_room(qtbot: QtBot) -> None:
    main, side, column = Card("À gauche"), Card("À droite"), ScrollColumn()
    columns = Columns(main, side)
    column.add(columns)
    _show(qtbot, column, 1100, 400)
    assert side.x() > main.x()
    column.resize(500, 400)
    qtbot.waitUntil(lambda: side.y() > main.y())
    column.clear()


def test_busy_signs_wait_before_they_show_and_let_go(qtbot: QtBot) -> None:
    under = QWidget()
    _show(qtbot, under)
    busy = BusyOverlay(under)
    busy.begin("Export du classeur…", cancellable=True)
    assert busy.isHidden()
    qtbot.waitUntil(busy._cancel.isVisible, timeout=3000)
    busy.step(1, 2)
    with qtbot.waitSignal(busy.cancelled):
        qtbot.mouseClick(busy._cancel, Qt.MouseButton.LeftButton)
    under.resize(500, 300)
    busy.end()
    assert busy.isHidden()
