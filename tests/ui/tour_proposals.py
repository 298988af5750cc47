"""The screens about proposals and the answers of partners, for the tour of `test_accessibility`."""

import uuid
from collections.abc import Callable
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.referral import Referral
from boutique.services import directory
from boutique.services.directory import PartnerQuery
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.referrals_tab import ReferralsTab
from boutique.ui.views.file.view import FileView


def screens(window: MainWindow, workspace: Workspace) -> dict[str, Callable[[], None]]:
    """Each screen by its name, and how to go there."""
    case = workspace.read(_referred)
    return {
        "partner figures": partial(window.show_view, "partner_figures"),
        "partner figures, by commune": partial(window.show_view, "partner_figures", by="commune"),
        "file, referral, chosen all the same": partial(_override, window, workspace, case),
    }


def _referred(session: Session) -> uuid.UUID:
    return session.scalars(select(Referral.case_id).order_by(Referral.reference)).first() or uuid.UUID(int=0)


def _override(window: MainWindow, workspace: Workspace, case: uuid.UUID) -> None:
    """A structure that nothing proposed, chosen, whose reason is asked."""
    window.show_view("file", case_id=case, tab="referrals")
    view = window.stack.current_view()
    assert isinstance(view, FileView)
    tab = view.page("referrals")
    assert isinstance(tab, ReferralsTab)
    shown = {card.partner_id for card in tab._cards}
    rows = workspace.read(directory.directory, PartnerQuery()).rows
    tab._pick(next(row for row in rows if row.partner_id not in shown))
    tab.panel.agreement.setChecked(True)
    tab.panel.print_asked.emit()
