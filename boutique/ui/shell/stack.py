"""The views, made when first needed, and the way back from one to the other."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from boutique.ui.view import View
from boutique.ui.widgets.skeleton import Skeleton

_LONGEST_WAY_BACK = 50


class ViewStack(QStackedWidget):
    """`shown(name)` after each change. Nothing but grey shapes shows until `start`."""

    shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._factories: dict[str, Callable[[], View]] = {}
        self._views: dict[str, View] = {}
        self._trail: list[tuple[str, dict[str, Any]]] = []
        self._wanted: tuple[str, dict[str, Any]] | None = None
        self._started, self._takes_focus = False, True
        self.skeleton = Skeleton()
        self.addWidget(self.skeleton)

    def register(self, name: str, factory: Callable[[], View]) -> None:
        self._factories[name] = factory

    def knows(self, name: str) -> bool:
        return name in self._factories

    def view(self, name: str) -> View:
        """The view of that name, built at its first use."""
        if name not in self._views:
            made = self._factories[name]()
            self._views[name] = made
            self.addWidget(made)
        return self._views[name]

    def current_name(self) -> str:
        return self._trail[-1][0] if self._trail else ""

    def current_view(self) -> View | None:
        widget = self.currentWidget()
        return widget if isinstance(widget, View) else None

    def start(self, name: str, arguments: dict[str, Any], *, take_focus: bool = True) -> None:
        """The rest of the program is there: show what was asked for meanwhile, else `name`."""
        self._started, self._takes_focus = True, take_focus
        wanted, self._wanted = self._wanted or (name, arguments), None
        self.open(wanted[0], **wanted[1])
        self._takes_focus = True

    def stop(self) -> None:
        """Forget all views (locked, or another base): back to the grey shapes."""
        self._started = False
        self._trail.clear()
        self.setCurrentWidget(self.skeleton)
        for view in self._views.values():
            self.removeWidget(view)
            view.deleteLater()
        self._views.clear()

    def forget_way(self, *, wanted: bool) -> None:
        """Nothing to go back to: the base has just been opened or closed; `wanted`: nor to go to."""
        self._trail.clear()
        if wanted:
            self._wanted = None

    def open(self, name: str, **arguments: Any) -> bool:
        """Show a view; False when the one in place asks to stay, or nothing can show yet."""
        if not self._started:
            self._wanted = (name, arguments)
            return False
        if not self._may_leave():
            return False
        if not (self._trail and self._trail[-1] == (name, arguments)):
            self._trail.append((name, arguments))
            del self._trail[:-_LONGEST_WAY_BACK]
        self._enter(name, arguments)
        return True

    def back(self) -> bool:
        if len(self._trail) < 2 or not self._may_leave():
            return False
        self._trail.pop()
        self._enter(*self._trail[-1])
        return True

    def _may_leave(self) -> bool:
        view = self.current_view()
        return view is None or view.leave()

    def _enter(self, name: str, arguments: dict[str, Any]) -> None:
        view = self.view(name)
        self.setCurrentWidget(view)
        view.enter(**arguments)
        if self._takes_focus:
            view.take_focus()
        self.shown.emit(name)
