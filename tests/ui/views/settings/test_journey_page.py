"""Réglages › Parcours in the real window: edit, order, archive, publish, come back, exchange as a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from boutique.services import drafts, journey_publishing, journey_versions
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.settings import SettingsView
from boutique.ui.views.settings.journey import JourneyPage
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.text_area import TextArea
from tests.scripted import ScriptedAsk


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, desk: Desk) -> JourneyPage:
    def make() -> SettingsView:
        return SettingsView(desk)

    window.register("settings", make)
    window.start("settings", page="journey")
    window.show()
    qtbot.waitActive(window)
    view = window.stack.view("settings")
    assert isinstance(view, SettingsView)
    shown = view.page("journey")
    assert isinstance(shown, JourneyPage)
    return shown


def line(page: JourneyPage, part: str, *, step: bool = True) -> QLineEdit:
    editor = (page.step_card if step else page.phase_card).fields[part].editor
    assert isinstance(editor, QLineEdit)
    return editor


def retype(qtbot: QtBot, editor: QLineEdit, text: str) -> None:
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def told(page: JourneyPage) -> tuple[str, ...]:
    return page._changes


def test_a_step_is_renamed_and_published_under_a_name(qtbot: QtBot, page: JourneyPage, workspace: Workspace) -> None:
    retype(qtbot, line(page, "label"), "Ouvrir la porte")
    assert told(page) == ("Étape renommée : « Accueillir la demande » devient « Ouvrir la porte »",)
    assert page.steps.item(0).text() == "Ouvrir la porte"
    page.to_publish.click()
    qtbot.keyClicks(page.changes.label, "Parcours 2027")
    page.save()
    assert told(page) == ()
    assert workspace.read(journey_versions.in_force).steps[0].label == "Ouvrir la porte"
    assert [row.title.text() for row in page.versions.rows] == ["Parcours 2027", "Boutique 2026-1"]


def test_what_is_typed_waits_as_a_draft_until_it_is_published(
    qtbot: QtBot, page: JourneyPage, window: MainWindow, workspace: Workspace, desk: Desk
) -> None:
    retype(qtbot, line(page, "label"), "Ouvrir la porte")
    view = window.stack.current_view()
    assert view is not None
    assert view.leave()
    (kept,) = workspace.read(drafts.pending)
    assert (kept.form, kept.summary) == ("journey", "1 changement")
    again = JourneyPage(desk, window)
    again.enter()
    assert told(again) == told(page)
    again._give_up()
    assert told(again) == ()
    assert workspace.read(drafts.pending) == ()


def test_steps_are_put_in_order_with_the_keyboard_and_the_mouse(qtbot: QtBot, page: JourneyPage) -> None:
    before = page.steps.codes()
    page.steps.setFocus()
    qtbot.keyClick(page.steps, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.steps.codes() == [before[1], before[0], *before[2:]]
    assert page.steps.currentItem().data(Qt.ItemDataRole.UserRole) == before[0]
    assert told(page) == ("Ordre des étapes de « Accueil et émergence »",)
    qtbot.keyClick(page.steps, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert told(page) == ()
    last = QPointF(page.steps.visualItemRect(page.steps.item(len(before) - 1)).center())
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.steps.dropEvent(QDropEvent(last + QPointF(0, 400), move, QMimeData(), left, none))
    assert page.steps.codes() == [*before[1:], before[0]]


def test_phases_are_added_named_counted_ordered_and_archived(
    qtbot: QtBot, page: JourneyPage, workspace: Workspace
) -> None:
    page.add_phase.click()
    retype(qtbot, line(page, "label", step=False), "Atelier collectif")
    retype(qtbot, line(page, "short", step=False), "Atelier")
    counts = page.phase_card.fields["counts_as"].editor
    assert isinstance(counts, ComboBox)
    assert counts.read() == "ACCUEIL"
    counts.write("PRE_ACCUEIL")
    page.phase_card.down.click()
    assert [page.phases.item(row).text() for row in range(3)] == [
        "Accueil et émergence", "Pré-accueil et contractualisation", "Atelier collectif",
    ]  # fmt: skip
    workspace.write("Publier", journey_publishing.publish, page.content, "Essai")
    own = workspace.read(journey_versions.in_force).phases[2]
    assert (own.label, own.short, own.counts_as, len(own.steps)) == ("Atelier collectif", "Atelier", "PRE_ACCUEIL", 1)
    page.phase_card.put_away.click()
    assert page.phases.item(2).text() == "Atelier collectif (archivée)"
    page.phase_card.put_away.click()
    assert page.phases.item(2).text() == "Atelier collectif"


def test_every_part_of_a_step_is_edited(qtbot: QtBot, page: JourneyPage, workspace: Workspace) -> None:
    texts = {
        "questions": "Qui ?\nQuand ?",
        "deliverable": "Une fiche",
        "exit_criterion": "Décidé",
        "vigilance": "Doucement",
    }
    for part, text in texts.items():
        editor = page.step_card.fields[part].editor
        assert isinstance(editor, TextArea)
        editor.write(text)
    retype(qtbot, line(page, "minutes"), "75")
    kind = page.step_card.fields["interview_type"].editor
    assert isinstance(kind, ComboBox)
    kind.write("FINANCEMENT")
    workspace.write("Publier", journey_publishing.publish, page.content, "Essai")
    made = workspace.read(journey_versions.in_force).steps[0]
    assert (made.questions, made.deliverable, made.exit_criterion) == (
        ("Qui\u00a0?", "Quand\u00a0?"),
        "Une fiche",
        "Décidé",
    )
    assert (made.vigilance, made.minutes, made.interview_type) == (("Doucement",), 75, kind.read())


def test_a_step_moves_to_another_phase_unless_it_is_the_only_one(qtbot: QtBot, page: JourneyPage) -> None:
    where = page.step_card.fields["phase"].editor
    assert isinstance(where, ComboBox)
    where.write("PRE_ACCUEIL")
    assert told(page) == (
        "Étape déplacée : « Accueillir la demande » passe dans « Pré-accueil et contractualisation »",
    )
    page.add_phase.click()
    where.write("ACCUEIL")
    assert page.steps.count() == 1


def test_what_is_wrong_is_said_beside_it_and_nothing_is_published(qtbot: QtBot, page: JourneyPage) -> None:
    label, minutes = line(page, "label"), line(page, "minutes")
    label.clear()
    qtbot.keyClick(label, Qt.Key.Key_Space)
    assert page.step_card.fields["label"].error() == "Donnez un nom."
    retype(qtbot, minutes, "deux")
    assert page.step_card.fields["minutes"].error() == "Écrivez un nombre de minutes, de 0 à 480."
    retype(qtbot, line(page, "short", step=False), "x" * 25)
    assert "raccourcissez à 24" in page.phase_card.fields["short"].error()
    assert page.changes.error.text() == "« Accueil et émergence » : « Nom court » dépasse 24 caractères."
    assert not page.changes.publish.isEnabled()
    retype(qtbot, line(page, "short", step=False), "Accueil")
    assert page.changes.error.text() == "« sans nom » : « Minutes usuelles » n’a pas la forme attendue."
    retype(qtbot, label, "Accueillir")
    retype(qtbot, minutes, "20")
    assert told(page) == ("Étape renommée : « Accueillir la demande » devient « Accueillir »",)
    for _ in range(page.steps.count()):
        page.step_card.put_away.click()
        page.steps.setCurrentRow(page.steps.currentRow() + 1)
    assert page.changes.error.text() == (
        "« Accueil et émergence » : cette phase n’a plus d’étape : ajoutez-en une, ou archivez la phase."
    )
    assert not page.changes.publish.isEnabled()


def test_an_earlier_version_is_read_and_put_back_in_force(
    qtbot: QtBot, page: JourneyPage, workspace: Workspace, answers: ScriptedAsk
) -> None:
    retype(qtbot, line(page, "label"), "Ouvrir la porte")
    qtbot.keyClicks(page.changes.label, "Essai")
    page.save()
    page._open_version("2026-1")
    assert page.steps.item(0).text() == "Accueillir la demande"
    page._use("2026-1")
    assert workspace.read(journey_versions.code_in_force) == "2026-1"
    assert told(page) == ()


def test_a_journey_goes_out_as_a_file_and_comes_back(
    qtbot: QtBot, page: JourneyPage, answers: ScriptedAsk, tmp_path: Path
) -> None:
    retype(qtbot, line(page, "label"), "Ouvrir la porte")
    answers.plan(tmp_path / "parcours.toml")
    page.versions.export_button.click()
    page._give_up()
    answers.plan(tmp_path / "parcours.toml")
    page.versions.import_button.click()
    assert told(page) == ("Étape renommée : « Accueillir la demande » devient « Ouvrir la porte »",)
    (tmp_path / "parcours.toml").write_text('version = "1"\n[[phase]]\ncode = "X"\n', "utf-8")
    answers.plan(tmp_path / "parcours.toml")
    page.versions.import_button.click()
    assert page.changes.error.text() == "parcours.toml, X : « label » manque."


def test_what_is_shown_follows_the_version_in_force_while_nothing_is_edited(
    qtbot: QtBot, page: JourneyPage, workspace: Workspace
) -> None:
    retype(qtbot, line(page, "label"), "Ouvrir la porte")
    qtbot.keyClicks(page.changes.label, "Essai")
    page.save()
    page._use("2026-1")
    assert (page.steps.item(0).text(), told(page)) == ("Accueillir la demande", ())
    page.desk.undo()
    assert (page.steps.item(0).text(), told(page)) == ("Ouvrir la porte", ())
    retype(qtbot, line(page, "label"), "Autrement")
    page._use("2026-1")
    assert page.steps.item(0).text() == "Autrement"
    assert workspace.read(drafts.pending) == ()
    page.autosave.flush()
    assert len(workspace.read(drafts.pending)) == 1
    retype(qtbot, line(page, "label"), "Accueillir la demande")
    assert (told(page), workspace.read(drafts.pending)) == ((), ())


def test_every_line_of_a_list_shows_however_long_its_words(qtbot: QtBot, page: JourneyPage) -> None:
    for _ in range(3):
        page.add_step.click()
        retype(qtbot, line(page, "label"), "Anticonstitutionnellement " * 6)
    QApplication.processEvents()
    last = page.steps.visualItemRect(page.steps.item(page.steps.count() - 1))
    assert last.bottom() <= page.steps.viewport().height()
    assert not page.steps.verticalScrollBar().isVisible()
