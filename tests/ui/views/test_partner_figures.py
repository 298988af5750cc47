"""Partenaires › Réponses in the window: groupings, what each figure is made of, and the way to files and sheets."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from boutique.models.choices import ReferralStatus
from boutique.services import referrals, scopes, settings
from boutique.services.partner_figure_rows import Group
from boutique.services.partner_figures import Side
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.partner_figures import PartnerFiguresView
from boutique.ui.widgets.list_row import ListRow
from tests.services.filling import FREVENT, add_partner, open_file, refer
from tests.ui.screens import Screens

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture
def bge(workspace: Workspace) -> uuid.UUID:
    """Two people referred to it: one taken up, one refused."""
    partner = add_partner(workspace, "BGE du Ternois", "BGE", verified_on=TODAY)
    for name, status in (("Zoé", ReferralStatus.TAKEN_UP), ("Léa", ReferralStatus.REFUSED)):
        saved = open_file(workspace, name, holder_commune_code=FREVENT, needs=("IDEE_PARCOURS",))
        (made,) = refer(workspace, saved, partner)
        workspace.write("Répondre", referrals.set_status, made, status, refusal_code="TROP_TOT")
    return partner


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk) -> PartnerFiguresView:
    window.register("partner_figures", lambda: PartnerFiguresView(desk))
    window.start("partner_figures")
    window.show()
    qtbot.waitActive(window)
    shown = window.stack.view("partner_figures")
    assert isinstance(shown, PartnerFiguresView)
    return shown


def test_a_base_without_referrals_says_where_to_begin(view: PartnerFiguresView, window: MainWindow) -> None:
    seen = Screens(window, "partners")
    assert view.nothing.isVisible()
    view.nothing.acted.emit()
    assert seen.entered["partners"] == [{}]


def test_figures_lead_to_their_referrals_and_the_line_to_its_sheet(
    bge: uuid.UUID, view: PartnerFiguresView, window: MainWindow
) -> None:
    seen = Screens(window, "file", "partners")
    assert view.total.text().startswith("2 orientations transmises · acceptées : 1 sur 2")
    view.take_focus()
    assert view.behind.title.text() == "BGE du Ternois"
    view.behind._side.write(Side.REFUSED)
    view.behind._side.currentIndexChanged.emit(0)
    assert view.behind.rows.count() == 1
    row = view.behind.findChildren(ListRow, "partner-figures-made-0")[-1]
    assert row.accessibleName().endswith("refusée, Projet pas assez avancé · réponse le 24/11/2026")
    row.activated.emit()
    assert seen.entered["file"][0]["tab"] == "referrals"
    window.show_view("partner_figures", by=Group.COMMUNE)
    assert [line.label for line in view._table.lines] == ["Frévent"] if view._table else False
    assert view.behind.sheet.isHidden()
    window.show_view("partner_figures", by=Group.PARTNER, key=str(bge))
    view.behind.sheet.click()
    assert seen.entered["partners"] == [{"partner_id": bge}]


def test_the_answers_are_narrowed_to_a_place_and_a_territory(
    bge: uuid.UUID, view: PartnerFiguresView, workspace: Workspace
) -> None:
    elsewhere = workspace.write("Lieu", settings.save_site, None, {"site.name": "Mairie d’Hesdin"})
    view.desk.read(scopes.choices, then=view.scope.write_choices)
    here, there = view.scope.place_menu().actions()[1:]
    there.trigger()
    assert (view.scope.keys().site_id, view.nothing.isVisible()) == (elsewhere, True)
    assert view.nothing.button.label() == "Tout compter"
    view.nothing.button.click()
    assert view.scope.keys() == scopes.ALL
    here.trigger()
    assert view._table is not None
    assert view._table.total.sent == 2
    view.scope.clear()
    (menu,) = (one for one in view.scope.more_menu().findChildren(QMenu) if one.title() == "Territoire")
    menu.actions()[0].trigger()  # the EPCI of the place
    assert view.scope.keys().territory
    assert view._table.total.sent == 2


def test_another_period_and_back(bge: uuid.UUID, view: PartnerFiguresView) -> None:
    view.period.go_before()
    assert view.nothing.isVisible()
    view.period.go_now()
    view.length.changed.emit("month")
    assert view.period.yearly is False
    assert view._table is not None
    assert view._table.total.sent == 2
