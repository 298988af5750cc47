"""A partner on its own screen, opened from a referral or a search."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.view import View
from boutique.ui.views.partner_panel import PartnerPanel

_SECTION = "Partenaire"


class PartnerView(View):
    """`enter(partner_id=…)` shows a sheet; `enter(text=…)` begins one; `draft_id=…` takes one up again."""

    title = "Partenaire"
    rail = "partners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.panel = PartnerPanel(desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.addWidget(self.panel)
        self.panel.closed.connect(self._back)
        desk.changed.connect(self._refresh)
        for action in (
            Action("partner.save", "Enregistrer la fiche", self.panel.save, "check", "Ctrl+Return", section=_SECTION),
            Action(
                "partner.meeting",
                "Noter une rencontre",
                self.panel.meetings.new,
                "handshake",
                "Alt+R",
                section=_SECTION,
            ),
            Action("partner.edit", "Modifier la fiche", self.panel.edit, "pencil", section=_SECTION),
            Action("partner.verify", "Fiche vérifiée aujourd’hui", self.panel.verify, "badge-check", section=_SECTION),
        ):
            desk.shell.commands.add(action, self)

    def enter(self, **arguments: Any) -> None:
        partner_id, draft_id = arguments.get("partner_id"), arguments.get("draft_id")
        if draft_id is not None:
            self.panel.resume(draft_id, partner_id)
        elif partner_id is not None:
            self.panel.show_partner(partner_id)
        else:
            self.panel.new(str(arguments.get("text", "")))

    def leave(self) -> bool:
        self.panel.settle()
        return True

    def go_back(self) -> bool:
        return self.panel.put_away()

    def take_focus(self) -> None:
        self.panel.take_focus()

    def _back(self) -> None:
        self.desk.shell.show_view("partners")

    def _refresh(self) -> None:
        if self.isVisible():
            self.panel.refresh()
