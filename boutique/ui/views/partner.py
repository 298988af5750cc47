"""A partner on its own screen, opened from a referral or a search."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.view import View
from boutique.ui.views.partner_panel import PartnerPanel

_SECTION = "Partenaire"


class PartnerView(View):
    """`enter(partner_id=…)` shows a sheet; `enter(name=…)` begins a new one."""

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
            Action("partner.edit", "Modifier la fiche", self.panel.edit, "pencil", section=_SECTION),
            Action("partner.verify", "Fiche vérifiée aujourd’hui", self.panel.verify, "badge-check", section=_SECTION),
        ):
            desk.shell.commands.add(action, self)

    def enter(self, **arguments: Any) -> None:
        if "partner_id" in arguments:
            self.panel.show_partner(arguments["partner_id"])
        else:
            self.panel.new(str(arguments.get("name", "")))

    def leave(self) -> bool:
        return not self.panel.editing or not self.panel.form.is_dirty() or self._gives_up()

    def go_back(self) -> bool:
        return self.panel.cancel()

    def take_focus(self) -> None:
        self.panel.take_focus()

    def _gives_up(self) -> bool:
        self.panel.cancel()
        return not self.panel.editing

    def _back(self) -> None:
        self.desk.shell.show_view("partners")

    def _refresh(self) -> None:
        if self.isVisible():
            self.panel.refresh()
