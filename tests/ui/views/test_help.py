"""Aide: the guide of the resources, found by its words, with the shortcuts as declared."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from boutique.core.paths import resources_folder
from boutique.ui.actions import spoken_keys
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.theme.manager import theme
from boutique.ui.view import View
from boutique.ui.views.help import HelpView


@pytest.fixture
def view(window: MainWindow, desk: Desk) -> HelpView:
    window.register("today", View)
    window.register("help", lambda: HelpView(desk))
    window.show()
    window.start("today")
    window.show_view("help")
    made = window.stack.view("help")
    assert isinstance(made, HelpView)
    return made


def _offered(view: HelpView) -> list[str]:
    lines = [view.contents.item(row) for row in range(view.contents.count())]
    return [line.text() for line in lines if not line.isHidden()]


def test_every_task_has_its_chapter(view: HelpView) -> None:
    assert _offered(view) == [
        "Premier démarrage", "Recevoir quelqu’un", "Mener un entretien", "Orienter", "Préparer le financement",
        "Suivre l’entreprise créée", "Joindre des documents", "Imprimer et enregistrer", "Tenir l’agenda",
        "Animer un atelier", "Aller sur le terrain", "Faire le mois",
        "Aller plus vite au clavier", "Ce qui est protégé", "Ce qui n’est pas protégé", "Les sauvegardes",
        "Retrouver ses données", "En cas de problème",
    ]  # fmt: skip


def test_what_is_not_protected_is_said_in_plain_words(view: HelpView) -> None:
    text = view.page.toPlainText()
    for words in (
        "une session laissée ouverte",
        "déjà infecté",
        "administrateur",
        "après un export",
        "personne ne peut",
    ):
        assert words in text


def test_declared_shortcuts_are_listed(window: MainWindow, view: HelpView) -> None:
    text = view.page.toPlainText()
    for action in window.commands.declared():
        if action.shortcut:
            assert action.title in text
            assert spoken_keys(action.shortcut) in text
    assert "Ctrl +" in text
    assert "{raccourcis}" not in text
    assert "**" not in text


def test_searching_keeps_the_chapters_that_have_the_words(view: HelpView) -> None:
    view.search.write("PHRASE feuille")
    assert "Orienter" not in _offered(view)
    assert "Retrouver ses données" in _offered(view)
    assert view.nothing.isHidden()


def test_searching_selects_the_first_place_and_enter_goes_on(view: HelpView) -> None:
    view.search.write("sauvegarde")
    first = view.page.textCursor().position()
    assert view.page.textCursor().selectedText().lower() == "sauvegarde"
    view.search.submitted.emit("sauvegarde")
    assert view.page.textCursor().position() > first
    assert len(view.page.extraSelections()) > 2


def test_a_word_that_is_nowhere_is_said(view: HelpView) -> None:
    every = _offered(view)
    view.search.write("zanzibar")
    assert view.nothing.isVisible()
    assert _offered(view) == []
    assert view.go_back()
    assert _offered(view) == every


def test_a_chapter_of_the_contents_scrolls_the_page(view: HelpView) -> None:
    view.contents.setCurrentRow(9)
    assert view.page.verticalScrollBar().value() > 0


def test_escape_in_an_empty_search_goes_back(window: MainWindow, view: HelpView) -> None:
    view.search.left.emit()
    assert window.stack.current_name() == "today"


def test_the_page_follows_the_theme(qtbot: QtBot, view: HelpView) -> None:
    theme().set_mode("dark")
    assert theme().tokens.primary.lower() in view.page.toHtml().lower()
    theme().set_mode("light")


def test_strong_words_use_the_weight_axis_of_the_family(view: HelpView) -> None:
    cursor = view.page.document().find("votre structure")
    assert cursor.charFormat().font().variableAxisTags()
    assert cursor.charFormat().fontWeight() == QFont.Weight.Normal


def test_links_of_the_network_are_never_followed(view: HelpView) -> None:
    before = view.page.source()
    view.page.anchorClicked.emit(QUrl("https://exemple.fr/"))
    assert view.page.source() == before
    text = (resources_folder() / "texts" / "guide.md").read_text("utf-8")
    assert not re.search(r"https?://", text)
