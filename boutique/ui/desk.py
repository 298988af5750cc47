"""What a view works with: the open base through the worker, the shell, the questions. Handed over by the app."""

from collections.abc import Callable
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from boutique.services import undo
from boutique.services.workspace import Workspace
from boutique.ui.ask import Ask
from boutique.ui.preferences import Preferences
from boutique.ui.tasks import Failed, Tasks
from boutique.ui.view import Shell


class Desk(QObject):
    """Views call services through it and never hold a session. `changed` follows every saved action."""

    changed = Signal()
    undone = Signal(str)  # label of the action taken back, just before `changed`

    def __init__(
        self,
        workspace: Workspace,
        shell: Shell,
        tasks: Tasks,
        ask: Ask,
        parent: QObject | None = None,
        preferences: Preferences | None = None,
        aside: Tasks | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.shell = shell
        self.tasks = tasks
        self.aside = aside or tasks  # for what lasts and reads by itself: nobody's search waits behind it
        self.ask = ask
        self.preferences = preferences or Preferences()

    def read(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        failed: Failed | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask the base something; `then(answer)` on this thread (a bound method: dropped if its view died)."""
        self.tasks.run(partial(self.workspace.read, use_case, *args, **kwargs), then, failed)

    def read_latest(
        self,
        key: str,
        use_case: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        failed: Failed | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask at each keystroke: only the answer to the last question of this key comes back."""
        self.tasks.run_latest(key, partial(self.workspace.read, use_case, *args, **kwargs), then, failed)

    def write(
        self,
        label: str,
        use_case: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        failed: Failed | None = None,
        told: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Do one undoable action, told in the strip with « Annuler »; `told` replaces its label, "" is silent."""
        saved = _Saved(self, label if told is None else told, then)
        self.tasks.run(partial(self.workspace.write, label, use_case, *args, **kwargs), saved.tell, failed)

    def keep(
        self, use_case: Callable[..., Any], *args: Any, then: Callable[[Any], None] | None = None, **kwargs: Any
    ) -> None:
        """Write something that is no action of the user (a draft): silent, not announced as a change."""
        self.tasks.run(partial(self.workspace.write, "Brouillon", use_case, *args, **kwargs), then, keeping=True)

    def undo(self) -> None:
        """Take back the last action."""
        self.tasks.run(partial(self.workspace.write, "Annulation", undo.undo), self._undone)

    def _undone(self, label: str) -> None:
        self.shell.notify(f"Annulé : {label[:1].lower()}{label[1:]}", "info")
        self.undone.emit(label)
        self.changed.emit()


class _Saved(QObject):
    """Carries one write to its end; a QObject so that a stale answer is dropped with its desk."""

    def __init__(self, desk: Desk, told: str, then: Callable[[Any], None] | None) -> None:
        super().__init__(desk)
        self._desk, self._told, self._then = desk, told, then

    def tell(self, result: Any) -> None:
        if self._told:
            self._desk.shell.notify(self._told, "success", [("Annuler", self._desk.undo)])
        self._desk.changed.emit()
        if self._then is not None and _is_there(self._then):
            self._then(result)
        self.deleteLater()


def _is_there(then: Callable[..., None]) -> bool:
    """False when the view that asked has been destroyed meanwhile."""
    owner = getattr(then, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
