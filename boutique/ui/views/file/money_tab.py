"""Financement: schemes, requests, financing plan and forecast of the project, one part at a time."""

from functools import cached_property
from typing import TypeVar

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

Part = TypeVar("Part", SchemesPart, RequestsPart, ScenarioPart)
PARTS = (
    ("schemes", "Dispositifs"),
    ("requests", "Demandes"),
    ("plan", "Plan de financement"),
    ("forecast", "Prévisionnel"),
)


class MoneyTab(Tab):
    """Each part is built when it first shows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.parts = Segmented(PARTS, accessible="Partie du financement", optional=False)
        self._built: dict[str, SchemesPart | RequestsPart | ScenarioPart] = {}
        line = QHBoxLayout()
        line.addWidget(self.parts)
        line.addStretch(1)
        self.column.addLayout(line)
        self.parts.write("schemes")
        self.parts.changed.connect(self.open_part)

    @cached_property
    def schemes(self) -> SchemesPart:
        made = self._add("schemes", SchemesPart(self.desk))
        made.answered.connect(self._answer)
        made.wanted.connect(self._want)
        return made

    @cached_property
    def requests(self) -> RequestsPart:
        made = self._add("requests", RequestsPart(self.desk))
        if self._case_id is not None:
            made.open_case(self._case_id)
        return made

    @cached_property
    def scenario(self) -> ScenarioPart:
        made = self._add("scenario", ScenarioPart(self.desk))
        made.wants_preview.connect(self.wants_preview)
        if self._case_id is not None:
            made.open_case(self._case_id)
        return made

    def _add(self, key: str, made: Part) -> Part:
        made.hide()
        self._built[key] = made
        self.column.addWidget(made)
        return made

    def open_part(self, key: str) -> None:
        """One of PARTS."""
        self.parts.write(key)
        self.settle()
        shown = {"schemes": "schemes", "requests": "requests"}.get(key, "scenario")
        part: QWidget = getattr(self, shown)
        for other in self._built.values():
            if other is not part:
                other.hide()
        if shown == "scenario":
            self.scenario.show_part(key)
        part.show()
        if self._case_id is not None:
            self.refresh()

    def save(self) -> None:
        """Ctrl+S."""
        if self.parts.read() == "requests":
            self.requests.save()
        elif self.parts.read() != "schemes":
            self.scenario.save()

    def can_save(self) -> bool:
        if self.parts.read() == "requests":
            return self.requests.is_editing()
        return self.parts.read() != "schemes" and self.scenario.is_editing()

    def start_afresh(self) -> None:
        for part in self._built.values():
            part.open_case(self.case_id)
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
        if "scenario" in self._built:
            self.scenario.settle()

    def abandon(self) -> None:
        if "scenario" in self._built:
            self.scenario.abandon()

    def go_back(self) -> bool:
        if self.parts.read() != "requests" or not self.requests.is_editing():
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
