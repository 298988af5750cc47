"""After each saved action: when it changed a month already declared, the strip says so and asks why."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from boutique.ui.desk import Desk
from boutique.ui.loading import load
from boutique.ui.view import NoticeAction

if TYPE_CHECKING:
    from boutique.services.corrections import ToExplain

_CORRECTIONS, _CARD = "boutique.services.corrections", "boutique.ui.views.declared.corrections"


class LateActs(QObject):
    """Costs one short question to the base, and nothing where no month was declared."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.changed.connect(self._look)

    def _look(self) -> None:
        self._desk.read_latest("late acts", load(_CORRECTIONS).to_explain, then=self._tell)

    def _tell(self, found: "ToExplain | None") -> None:
        if found is not None:
            ways: list[NoticeAction] = [("Dire pourquoi", partial(self._explain, found)), ("Annuler", self._desk.undo)]
            self._desk.shell.notify(found.sentence, "warning", ways)

    def _explain(self, found: "ToExplain") -> None:
        load(_CARD).ask_why(self._desk, found.action_id, found.label)
