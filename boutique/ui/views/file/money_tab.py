"""Financement: schemes, requests, financing plan and forecast of the project, one part at a time."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.services import drafts, people, schemes
from boutique.services.drafts import DraftLine
from boutique.services.schemes import SchemeView
from boutique.ui.desk import Desk
from boutique.ui.views.file.money_requests import RequestsPart
from boutique.ui.views.file.money_scenario import DRAFT, ScenarioPart
from boutique.ui.views.file.money_schemes import SchemesPart
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.segmented import Segmented

PARTS = (
    ("schemes", "Dispositifs"),
    ("requests", "Demandes"),
    ("plan", "Plan de financement"),
    ("forecast", "Prévisionnel"),
)


class MoneyTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.parts = Segmented(PARTS, accessible="Partie du financement", optional=False)
        self.schemes, self.requests, self.scenario = SchemesPart(desk), RequestsPart(desk), ScenarioPart(desk)
        line = QHBoxLayout()
        line.addWidget(self.parts)
        line.addStretch(1)
        self.column.addLayout(line)
        for part in (self.schemes, self.requests, self.scenario):
            self.column.addWidget(part)
            part.hide()
        self.parts.write("schemes")
        self.parts.changed.connect(self.open_part)
        self.schemes.answered.connect(self._answer)
        self.schemes.wanted.connect(self._want)
        self.scenario.wants_preview.connect(self.wants_preview)

    def open_part(self, key: str) -> None:
        """One of PARTS."""
        self.parts.write(key)
        self.scenario.settle()
        self.schemes.setVisible(key == "schemes")
        self.requests.setVisible(key == "requests")
        self.scenario.setVisible(key in ("plan", "forecast"))
        self.scenario.show_part(key)
        if self._case_id is not None:
            self.refresh()

    def save(self) -> None:
        """Ctrl+S."""
        if self.requests.isVisibleTo(self):
            self.requests.save()
        else:
            self.scenario.save()

    def can_save(self) -> bool:
        if self.requests.isVisibleTo(self):
            return self.requests.is_editing()
        return self.scenario.isVisibleTo(self) and self.scenario.is_editing()

    def start_afresh(self) -> None:
        self.schemes.start_afresh()
        self.requests.open_case(self.case_id)
        self.scenario.open_case(self.case_id)
        self.open_part(self.parts.read())
        self.desk.read_latest("file.money.draft", drafts.find, DRAFT, self.case_id, then=self._go_to_draft)

    def refresh(self) -> None:
        if self.parts.read() == "schemes":
            self.desk.read_latest("file.schemes", schemes.listing, self.case_id, then=self._show_schemes)
        elif self.parts.read() == "requests":
            self.requests.refresh()
        else:
            self.scenario.refresh()

    def settle(self) -> None:
        self.scenario.settle()

    def abandon(self) -> None:
        self.scenario.abandon()

    def go_back(self) -> bool:
        if not self.requests.is_editing():
            return False
        self.requests.close_editor()
        return True

    def focus_first(self) -> bool:
        self.parts.take_focus()
        return True

    def _go_to_draft(self, draft: DraftLine | None) -> None:
        """An unfinished forecast is what one comes back for."""
        if draft is not None and self.parts.read() not in ("plan", "forecast"):
            self.open_part("plan")

    def _show_schemes(self, found: tuple[SchemeView, ...]) -> None:
        self.schemes.write(found)

    def _answer(self, key: str, label: str, value: object) -> None:
        self.desk.write(f"Réponse : {label}", people.answer_one, self.case_id, key, value)

    def _want(self, scheme: SchemeView) -> None:
        self.open_part("requests")
        self.requests.add_for(scheme)
