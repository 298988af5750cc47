"""The shell inside the frame: rail, top bar, views, notices, state. `app` gives it the factories of views."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.ui.actions import Action, Actions
from boutique.ui.appearance import change_scale
from boutique.ui.ask import Ask, QtAsk
from boutique.ui.autosave import Autosave
from boutique.ui.palette import Palette
from boutique.ui.preferences import Preferences
from boutique.ui.shell.rail import Rail
from boutique.ui.shell.stack import ViewStack
from boutique.ui.shell.top_bar import TopBar
from boutique.ui.tasks import Tasks
from boutique.ui.theme.manager import set_look, theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.view import NoticeAction, View
from boutique.ui.widgets.busy import BusyOverlay
from boutique.ui.widgets.label import LabelTone
from boutique.ui.widgets.notice_strip import NoticeStrip
from boutique.ui.widgets.status_bar import StatusBar, Zone
from boutique.ui.widgets.tabs import Tabs

_FOLDS_UNDER = 1000
_CRASH = (
    "Une opération n’a pas abouti à cause d’un défaut du logiciel. Ce qui était enregistré l’est toujours. "
    "Recommencez ; si cela se reproduit, signalez-le depuis l’aide."
)
_NOT_KEPT = "Ce qui est en cours de saisie n’a pas pu être gardé."
_LOST = (
    "La base refuse d’écrire (disque plein, lecture seule ou occupée par un autre programme). Revenez en arrière pour "
    "y remédier, ou continuez : ce qui est à l’écran sera perdu, ce qui était enregistré l’est toujours."
)


class MainWindow(QWidget):
    """`new_requested`, `lock_requested`, `place_requested`: what the top bar asks; `closing` before it goes."""

    new_requested = Signal()
    lock_requested = Signal()
    place_requested = Signal()
    closing = Signal()

    def __init__(self, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, surface="canvas")
        self._tasks, self._preferences = tasks, preferences
        self._aside: Tasks | None = None
        self.rail, self.top, self.stack = Rail(), TopBar(), ViewStack()
        self.notices, self.status_bar = NoticeStrip(), StatusBar()
        self._lay_out()
        self.busy = BusyOverlay(self.stack)
        self._commands = Actions(self)
        self._palette: Palette | None = None
        self._bare = False
        self.ask: Ask = QtAsk(self.window)
        self._declare_actions()
        self._connect()
        self._restore()

    @property
    def commands(self) -> Actions:
        return self._commands

    def register(self, name: str, factory: Callable[[], View]) -> None:
        """Make a view known; its entry appears in the rail if it has one."""
        self.stack.register(name, factory)
        place = self.rail.offer(name)
        if place is not None:
            go = partial(self.show_view, name)
            self.commands.add(
                Action(f"go.{name}", place.title, go, place.icon, place.key, ("aller", "ouvrir"), "Aller à")
            )

    def command_palette(self) -> Palette:
        """Made at its first use; `add_source` on it adds files or partners to what it finds."""
        if self._palette is None:
            self._palette = Palette(self.commands, self)
        return self._palette

    def start(self, name: str, **arguments: Any) -> None:
        """Leave the grey shapes: everything that views need is loaded. Who is searching already goes on."""
        self.stack.start(name, arguments, take_focus=not self.top.search.text())

    def set_bare(self, *, bare: bool) -> None:
        """Only the view shows: first start, or locked."""
        for part in (self.rail, self.top, self.status_bar):
            part.setVisible(not bare)
        self._bare = bare
        self.stack.forget_way(wanted=bare)
        self.notices.dismiss()

    def settle(self) -> bool:
        """Let the view in place keep what is being typed; False when it asks to stay, or when that fails."""
        view = self.stack.current_view()
        if view is not None and not view.leave():
            return False
        for typing in self.findChildren(Autosave):  # whatever its view does when it is left
            typing.flush()
        return self._tasks.kept() or self.ask.confirm(_NOT_KEPT, _LOST, yes="Continuer sans le garder", danger=True)

    def show_view(self, name: str, **arguments: Any) -> None:
        if not self._bare:
            self.stack.open(name, **arguments)

    def back(self) -> None:
        if not self._bare:
            self.stack.back()

    def notify(self, text: str, tone: Tone = "success", actions: Sequence[NoticeAction] = ()) -> None:
        self._strip_holder.show()
        self.notices.tell(text, tone, actions)

    def status(self, zone: Zone, text: str, *, icon: str = "", tone: LabelTone = "muted") -> None:
        self.status_bar.tell(zone, text, icon=icon, tone=tone)

    def set_badge(self, name: str, count: int) -> None:
        self.rail.set_badge(name, count)

    def watch(self, aside: Tasks) -> None:
        """Show the progress of what is done beside the base's own worker, and let it be cancelled."""
        self._aside = aside
        aside.busy_changed.connect(self._busy)
        aside.progressed.connect(self.busy.step)
        self.busy.cancelled.connect(aside.cancel)

    def unwatch(self) -> None:
        """It has been told to stop, and will say nothing more."""
        self._aside = None
        self.busy.end()

    def set_place(self, name: str) -> None:
        self.top.set_place(name)

    def set_counsellor(self, letters: str, name: str) -> None:
        self.top.set_counsellor(letters, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape reaches the window when no editor or list wanted it."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        view = self.stack.current_view()
        if self._tasks.cancel():
            return
        if view is not None and view.go_back():
            return
        if self._aside is None or not self._aside.cancel():
            self.back()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fold()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if not self.settle():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        holder = QWidget()
        strip = QHBoxLayout(holder)
        strip.setContentsMargins(22, 8, 22, 6)
        strip.addWidget(self.notices)
        column.addWidget(self.top)
        column.addWidget(holder)
        column.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status_bar)
        self._strip_holder = holder
        holder.setVisible(False)

    def _declare_actions(self) -> None:
        for action in (
            Action("search", "Rechercher un dossier", self.top.search.take_focus, "search", "Ctrl+F"),
            Action("visit.new", "Nouveau passage", self.new_requested.emit, "plus", "Ctrl+N", ("accueil",)),
            Action("lock", "Verrouiller", self.lock_requested.emit, "lock", "Ctrl+L"),
            Action("back", "Revenir à l’écran précédent", self.back, "arrow-left", "Alt+Left"),
            Action(
                "tab.next",
                "Onglet suivant",
                partial(self._turn_tab, 1),
                "chevron-right",
                "Ctrl+Tab",
                ("page",),
                enabled_when=self._has_tabs,
            ),
            Action(
                "tab.before",
                "Onglet précédent",
                partial(self._turn_tab, -1),
                "chevron-left",
                "Ctrl+Shift+Tab",
                ("page",),
                enabled_when=self._has_tabs,
            ),
            Action("rail", "Replier ou déplier la navigation", self._toggle_rail, "panel-left", "Ctrl+B"),
            Action("palette", "Toutes les actions", self._open_palette, "command", "Ctrl+K", hidden=True),
            Action("text.larger", "Agrandir le texte", partial(self._scale, 1), "a-large-small", "Ctrl++"),
            Action("text.smaller", "Réduire le texte", partial(self._scale, -1), "a-large-small", "Ctrl+-"),
            Action("text.normal", "Taille de texte ordinaire", partial(self._scale, 0), "", "Ctrl+0"),
        ):
            self.commands.add(action)

    def _tabs(self) -> Tabs | None:
        """Those of the view in place: the parts of a file, the pages of Réglages or of a great place."""
        view = self.stack.current_view()
        shown = [] if view is None else [one for one in view.findChildren(Tabs) if one.isVisible()]
        return shown[-1] if shown else None

    def _has_tabs(self) -> bool:
        return self._tabs() is not None

    def _turn_tab(self, step: int) -> None:
        tabs = self._tabs()
        if tabs is not None:
            tabs.setCurrentIndex((tabs.currentIndex() + step) % tabs.count())

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_view)
        self.stack.shown.connect(self._shown)
        self.top.new_pressed.connect(self.new_requested)
        self.top.lock_pressed.connect(self.lock_requested)
        self.top.place_pressed.connect(self.place_requested)
        self.rail.fold_pressed.connect(self._toggle_rail)
        self.notices.closed.connect(self._hide_strip)
        theme().changed.connect(self._fold)
        self.top.search.left.connect(self._leave_search)
        self._tasks.failed.connect(self._failed)
        self._tasks.crashed.connect(self._crashed)
        self._tasks.busy_changed.connect(self._busy)
        self._tasks.progressed.connect(self.busy.step)
        self.busy.cancelled.connect(self._tasks.cancel)

    def _restore(self) -> None:
        self.rail.set_narrow(self._preferences.flag("rail_narrow"))
        self.top.search.take_focus()

    def _fold(self) -> None:
        """Icons only when asked for, or when the window is too narrow for the words."""
        narrow = self.width() < theme().px(_FOLDS_UNDER)
        self.rail.set_narrow(narrow or self._preferences.flag("rail_narrow"))

    def _toggle_rail(self) -> None:
        self._preferences.put("rail_narrow", not self.rail.is_narrow())
        self._fold()

    def _shown(self, name: str) -> None:
        view = self.stack.view(name)
        self.rail.light(view.rail or name)
        self.window().setWindowTitle(f"{view.title} — Boutique" if view.title else "Boutique")

    def _scale(self, steps: int) -> None:
        change_scale(self._preferences, steps)

    def _leave_search(self) -> None:
        view = self.stack.current_view()
        if view is not None:
            view.take_focus()

    def _open_palette(self) -> None:
        self.command_palette().ask()

    def _hide_strip(self) -> None:
        self._strip_holder.hide()

    def _failed(self, sentence: str) -> None:
        self.notify(sentence, "danger")

    def _crashed(self, _where: str) -> None:
        self.notify(_CRASH, "danger")

    def _busy(self, text: str, cancellable: bool) -> None:  # noqa: FBT001 - slot
        if text:
            self.busy.begin(text, cancellable=cancellable)
        else:
            self.busy.end()
