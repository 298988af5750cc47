"""Questions that stop everything: what they leave on disk, and what they answer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from boutique.ui.ask import LONGEST_REASON, QtAsk, ReasonDialog, documents_folder, forget_folders


def _settings() -> QSettings:
    return QSettings(QSettings.Scope.UserScope, "QtProject")


def _nobody() -> None:
    return None


def _press(words: str) -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(button for button in box.findChildren(QPushButton) if button.text() == words).click()


def test_folders_chosen_are_not_remembered_in_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    chosen = tmp_path / "Vandenbroucke Éloïse" / "O-2026-0391.pdf"

    def dialog(*_arguments: object) -> tuple[str, str]:
        settings = _settings()
        settings.setValue("FileDialog/history", [f"file://{chosen.parent}"])
        settings.setValue("FileDialog/lastVisited", f"file://{chosen.parent}")
        settings.sync()
        return str(chosen), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    assert QtAsk(_nobody).save_file("Enregistrer", "O-2026-0391.pdf") == chosen
    written = [path.read_text("utf-8") for path in tmp_path.rglob("*.conf")]
    assert written
    assert not any("andenbroucke" in text for text in written)


def test_the_folder_of_the_last_file_is_proposed_again_while_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    stick, first, proposed = tmp_path / "clé USB", tmp_path / "Documents", []
    for folder in (stick, first):
        folder.mkdir()

    def dialog(_parent: object, _title: str, name: str, *_filters: object) -> tuple[str, str]:
        proposed.append(Path(name).parent)
        return str(stick / "a.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    ask = QtAsk(_nobody, lambda: first)
    for _ in range(2):
        ask.save_file("Enregistrer", "a.pdf")
    stick.rmdir()
    ask.save_file("Enregistrer", "a.pdf")
    assert proposed == [first, stick, first]


def test_other_habits_of_the_file_dialog_stay(tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    settings = _settings()
    settings.setValue("FileDialog/viewMode", "Detail")
    settings.sync()
    forget_folders()
    assert _settings().value("FileDialog/viewMode") == "Detail"


def test_a_reason_too_long_is_counted_and_never_cut(qtbot: QtBot) -> None:
    asked = ReasonDialog("Exporter ?", "Dites pourquoi.", "Exporter")
    qtbot.addWidget(asked)
    asked.line.setText("x" * (LONGEST_REASON + 1))
    assert len(asked.line.text()) == LONGEST_REASON + 1
    assert asked.length.text() == "301 caractères sur 300 : raccourcissez de 1 caractère"
    assert not asked.accept_button.isEnabled()
    asked.line.setText("x" * LONGEST_REASON)
    assert asked.accept_button.isEnabled()


def test_giving_up_a_file_dialog_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    assert QtAsk(_nobody).open_file("Importer") is None
    assert QtAsk(_nobody).folder("Sauvegarder") is None


@pytest.mark.parametrize(("words", "answer"), [("Effacer le dossier", True), ("Annuler", False)])
def test_a_confirmation_says_what_will_be_done(qtbot: QtBot, words: str, answer: bool) -> None:
    QTimer.singleShot(0, lambda: _press(words))
    asked = QtAsk(_nobody).confirm("Effacer ?", "Sans retour.", yes="Effacer le dossier", danger=True)
    assert asked is answer


def test_a_choice_gives_the_number_of_the_button(qtbot: QtBot) -> None:
    QTimer.singleShot(0, lambda: _press("Comparer"))
    assert QtAsk(_nobody).choose("Brouillon", "Retrouvé.", ["Garder", "Comparer"], no="Fermer") == 1


def test_exports_are_proposed_in_the_documents_folder() -> None:
    assert documents_folder().is_absolute()
