"""The screens about antennes, contacts and absences, for the tour of `test_accessibility`."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import select

from boutique.models.directory import PartnerAbsence
from boutique.models.referral import Partner
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.partners import PartnersView


def screens(window: MainWindow, workspace: Workspace) -> dict[str, Callable[[], None]]:
    """Each screen by its name, and how to go there."""
    return {
        "partners, antennes": partial(_antennes, window, workspace),
        "partners, filters": partial(_filters, window),
        "partners, absence": partial(_absent, window, workspace),
        "partners, new contact": partial(_contact, window, workspace),
    }


def _shown(window: MainWindow) -> PartnersView:
    window.show_view("partners")
    view = window.stack.current_view()
    assert isinstance(view, PartnersView)
    return view


def _antennes(window: MainWindow, workspace: Workspace) -> None:
    """An institution unfolded, its sheet beside it."""
    view = _shown(window)
    above = workspace.read(lambda base: base.scalar(select(Partner.parent_id).where(Partner.parent_id.is_not(None))))
    assert above is not None
    if above not in view.query().opened:
        view.table.turned.emit(above)
    window.show_view("partners", partner_id=above)


def _filters(window: MainWindow) -> None:
    view = _shown(window)
    if view.filters.boxes["absent"].isHidden() or not view.filters.boxes["absent"].isVisible():
        view.filters.more.click()


def _absent(window: MainWindow, workspace: Workspace) -> None:
    """A structure that is away, and the form of one more absence."""
    away = workspace.read(lambda base: base.scalar(select(PartnerAbsence.partner_id)))
    view = _shown(window)
    window.show_view("partners", partner_id=away)
    view.panel.people.add_absence()


def _contact(window: MainWindow, workspace: Workspace) -> None:
    away = workspace.read(lambda base: base.scalar(select(PartnerAbsence.partner_id)))
    view = _shown(window)
    window.show_view("partners", partner_id=away)
    view.panel.people.add_contact()
