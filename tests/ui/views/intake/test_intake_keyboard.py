"""Accueil by keyboard alone, and how it fits the window."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.referral import Need
from boutique.models.trace import Consent
from boutique.services import drafts
from boutique.services.workspace import Workspace
from boutique.ui.forms.lookup_editors import LookupEditor
from boutique.ui.main_window import MainWindow
from boutique.ui.preview import Preview
from boutique.ui.views.intake import IntakeView
from tests.ui.screens import Screens
from tests.ui.views.intake.hands import count, known, press, type_text


def test_the_whole_intake_is_done_by_keyboard_in_the_order_of_the_eye(
    open_intake: Callable[..., IntakeView], workspace: Workspace, screens: Screens
) -> None:
    view = open_intake()
    form, seen = view.form, []
    view.form.fields.write("holder.employment_status", "DE_INDEMNISE")
    view.form.fields.write("holder.allowances", ("ARE", "RSA"))
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is form.notice_card.box:
            break
        if form.isAncestorOf(focused):
            seen.append(focused)
        press(Qt.Key.Key_Tab)
    else:
        pytest.fail("the notice is never reached")
    middles = [one.mapTo(form, one.rect().center()) for one in seen]
    for before, after in pairwise(middles):  # to the right on the same line, or lower
        assert after.y() > before.y() + 10 or after.x() > before.x()
    names = [one.accessibleName() for one in seen]
    asked = ("Prénom", "Nom", "Naissance", "Téléphone", "E-mail", "Sexe", "Commune", "Emploi", "Allocations : ajouter")
    for label in (*asked, "QPV", "Préciser", "Le projet", "Activité", "Choisir un statut"):
        assert any(name.startswith(label) for name in names), label
    press(Qt.Key.Key_Space)
    assert form.notice()


def test_the_date_of_the_visit_may_be_changed_and_an_impossible_one_is_said(
    open_intake: Callable[..., IntakeView], workspace: Workspace
) -> None:
    view = open_intake(text="Éloïse Vandenbroucke")
    assert not view.form.visit_card.isVisible()
    assert "sans rendez-vous · Nadia B." in view.header.context.label()
    press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert view.form.visit_card.isVisible()
    view.form.fields.write("passage.happened_on", "31/02/2026")
    view.form.toggle_visit()
    view.save()
    assert view.form.visit_card.isVisible()
    assert "Il n’y a pas de 31" in view.form.fields.field("passage.happened_on").error()
    assert count(workspace, Case) == 0


def test_all_needs_unfold_by_theme_and_those_chosen_stay(open_intake: Callable[..., IntakeView]) -> None:
    view = open_intake()
    bar = view.form.needs_bar
    bar.more.click()
    bar.chip("FINANCER_VEHICULE").click()
    bar.more.click()
    assert bar.chip("FINANCER_VEHICULE").isChecked()
    assert bar.read() == ("FINANCER_VEHICULE",)


def test_the_form_fits_the_design_size_without_scrolling(
    open_intake: Callable[..., IntakeView], window: MainWindow, qtbot: QtBot
) -> None:
    view = open_intake()
    window.resize(1366, 768)
    view.form.fields.write("holder.employment_status", "DE_INDEMNISE")
    view.form.fields.write("holder.allowances", ("ARE",))
    qtbot.waitUntil(lambda: view._left.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640), (960, 540), (760, 500)])
def test_nothing_is_wider_than_the_window(
    size: tuple[int, int], open_intake: Callable[..., IntakeView], window: MainWindow
) -> None:
    view = open_intake(text="Éloïse Vandenbroucke")
    window.resize(*size)
    QApplication.processEvents()
    assert window.width() == size[0]
    for part in (view.form, view.header):
        right = part.mapTo(window, part.rect().topRight()).x()
        assert right <= size[0], type(part).__name__


def test_the_notice_is_shown_before_it_is_printed(
    open_intake: Callable[..., IntakeView], window: MainWindow, qtbot: QtBot
) -> None:
    view = open_intake(text="Éloïse Vandenbroucke")
    view.form.notice_card.print.click()
    preview = window.findChild(Preview)
    assert isinstance(preview, Preview)
    qtbot.waitUntil(lambda: bool(preview.pages))
    assert preview.documents[0].file_name == "notice-information.pdf"
    assert preview.documents[0].content.startswith(b"%PDF")
    preview.close()
    assert view.form.answers()["holder.last_name"] == "Vandenbroucke"


def test_a_lookup_left_half_typed_is_said_and_kept(
    open_intake: Callable[..., IntakeView], workspace: Workspace
) -> None:
    view = open_intake(text="Éloïse Vandenbroucke")
    view.form.fields.write("project.naf_code", "métier inconnu")
    view.save()
    assert "n’est pas reconnue" in view.form.fields.field("project.naf_code").error()
    assert view.form.draft()["project.naf_code"] == "métier inconnu"
    assert count(workspace, Case) == 0


def go_to(label: str) -> QWidget:
    """Tab until the field of that name has the focus."""
    seen = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        seen.append(focused.accessibleName() if focused is not None else "")
        if focused is not None and focused.accessibleName().startswith(label):
            return focused
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"{label}: {seen}")


def test_a_file_with_commune_job_need_and_notice_is_made_without_a_mouse(
    open_intake: Callable[..., IntakeView], workspace: Workspace, screens: Screens, qtbot: QtBot
) -> None:
    view = open_intake(text="Eloise Vandenbroucke")
    commune = go_to("Commune")
    type_text("frev")
    assert isinstance(commune, LookupEditor)
    qtbot.waitUntil(commune._list.isVisible)
    QTest.keyClick(commune._list, Qt.Key.Key_Return)
    assert view.form.answers()["holder.commune_code"] == "62361"
    go_to("Emploi")
    type_text("Retr")
    go_to("Choisir un statut")
    press(Qt.Key.Key_Space)
    go_to("Notice d’information remise")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def ask(session: Session) -> tuple[Any, ...]:
        person = session.scalars(select(Person)).one()
        return person.full_name, person.commune_code, person.employment_status, session.scalars(select(Need)).one()

    name, code, status, need = workspace.read(ask)
    assert (name, code, status) == ("Eloise Vandenbroucke", "62361", "RETRAITE")
    assert need.subject_code == "STATUT_CHOIX"
    assert count(workspace, Consent) == 1
    assert screens.entered["file"][0]["interview"]


def test_a_name_that_was_only_searched_leaves_no_draft(
    open_intake: Callable[..., IntakeView], workspace: Workspace, window: MainWindow
) -> None:
    open_intake(text="Xavier Zzyx")
    window.back()
    assert workspace.read(drafts.pending) == ()


def test_the_buttons_of_a_duplicate_come_after_the_form_and_before_the_rest(
    open_intake: Callable[..., IntakeView], workspace: Workspace, qtbot: QtBot
) -> None:
    known(workspace, "Éloïse", "Vandenbroucke", phone="06 12 34 56 78")
    view = open_intake(text="0612345678")
    qtbot.waitUntil(view.duplicates.isVisible)
    view.form.notice_card.print.setFocus()
    press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Ouvrir le dossier de Éloïse Vandenbroucke"
    view.header.context.setFocus()
    press(Qt.Key.Key_Tab)
    assert view.header.anonymous.hasFocus()
