"""From the painted shell to a day's work: first start, unlocking, locking. Loaded after the first paint."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.services import base_key, opening
from boutique.services.opening import Needed, Refused
from boutique.services.workspace import Setup, Workspace
from boutique.storage.keys import read_passphrase_file
from boutique.ui.ask import QtAsk
from boutique.ui.desk import Desk
from boutique.ui.idle import IdleWatch
from boutique.ui.loading import load
from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.preparing import prepare
from boutique.ui.search_popup import SearchPopup
from boutique.ui.tasks import Progress, Tasks
from boutique.ui.view import View
from boutique.ui.workday import AROUND, VIEWS, Workday

if TYPE_CHECKING:
    from boutique.services.demo import DemoCounts
    from boutique.services.documents import Document

_IDLE_MINUTES = 10
_DEMO_PEOPLE, _DEMO_SEED = 120, 1
# What an ordinary start does not need: a search must not wait for the means of making PDFs.
_WELCOME, _PREVIEW = "boutique.ui.views.welcome", "boutique.ui.preview"
_UNLOCK, _PROBLEM = "boutique.ui.views.unlock", "boutique.ui.views.problem"
_DEMO, _RECOVERY = "boutique.services.demo", "boutique.services.papers.recovery"


class Session(QObject):
    """One data folder in one window. `opened` when a day's work can begin, `locked` when it stops."""

    opened = Signal()
    locked = Signal()

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        preferences: Preferences,
        folder: DataFolder,
        passphrase_file: Path | None,
        search: SearchPopup,
        first_try: base_key.FirstTry | None = None,
        *,
        locked: bool = False,
    ) -> None:
        """`locked`: asked for before anything could be opened."""
        super().__init__(window)
        self._window, self._tasks, self._preferences, self._folder = window, tasks, preferences, folder
        self._passphrase_file, self._search, self._first_try = passphrase_file, search, first_try
        self._lock_asked = locked
        self._leaving: Callable[[], None] | None = None
        self.workday: Workday | None = None
        self._idle: IdleWatch | None = None
        self._refused = Refused("")
        self.complete = False  # every view of the day is imported: nothing goes on at rest any more
        self._views_left: list[str] = []
        self._modules_left: list[str] = []
        self._importing = QTimer(self)
        self._importing.timeout.connect(self._import_one)
        window.lock_requested.connect(self.lock)
        window.register("welcome", self._welcome)
        window.register("unlock", self._unlock)
        window.register("problem", self._problem)
        self._begin()

    def view(self, name: str) -> View:
        """Make a view of the open base; its module is imported already, or now for who is very quick."""
        if self.workday is None:
            raise LookupError(name)
        module, _, made = VIEWS[name].partition(":")
        view: View = getattr(load(module), made)(self.workday.desk)
        return view

    def lock(self) -> None:
        """Close the base and hide everything; what was being typed is kept as a draft first."""
        if self.workday is None:  # on its way, maybe
            self._lock_asked = True
            self._search.answer_from(None)
            return
        if not self._window.settle():
            return
        closing = self.workday.end()
        self.workday = None
        if self._idle is not None:
            self._idle.stop()
        # Names leave the screen at once; opening again waits behind the closing, on the same worker.
        self._tasks.run(closing)
        self._show_unlock()

    def close(self) -> None:
        """The window is going: nothing new begins."""
        self._importing.stop()
        self._views_left.clear()
        if self.workday is not None:
            self._leaving = self.workday.end()
            self.workday = None

    def end(self) -> None:
        """The worker is gone: close the base here."""
        if self._leaving is not None:
            self._leaving()
            self._leaving = None

    def _begin(self) -> None:
        self._tasks.run(partial(opening.has_base, self._folder), self._looked, self._refuse)

    def _looked(self, has_base: bool) -> None:  # noqa: FBT001 - answer of a task
        if not has_base:
            self._tasks.run(_prepare_welcome, self._show_welcome, self._refuse)
            return
        if self._lock_asked:
            self._first_try = None
            self._show_unlock()
            return
        try:
            phrase = read_passphrase_file(self._passphrase_file) if self._passphrase_file else None
        except UserError as error:
            self._refuse(str(error))
            return
        first_try, self._first_try = self._first_try, None
        if first_try is None:
            self._open(phrase, None)
        else:
            self._open_with(first_try.take)

    def _open(self, passphrase: str | None, code: str | None) -> None:
        self._lock_asked = False
        typed = {"passphrase": passphrase or None, "recovery_code": code or None}
        self._open_with(partial(base_key.find, self._folder, **typed))

    def _open_with(self, find_key: Callable[[], bytes]) -> None:
        work = partial(opening.open_for_window, self._folder, find_key)
        self._tasks.run(work, self._answered, self._refuse)

    def _answered(self, found: Workspace | Needed | Refused) -> None:
        if isinstance(found, Needed):
            self._ask_key(found.sentence)
        elif isinstance(found, Refused):
            self._show_problem(found)
        elif self._lock_asked:
            self._tasks.run(found.close)
            self._show_unlock()
        else:
            self._start(found)

    def _start(self, workspace: Workspace) -> None:
        """A search is answered at once; the first view shows when it has been imported."""
        self._refused = Refused("")  # it may hold the key
        self.workday = Workday(workspace, self._window, self._tasks, self._preferences, self._search)
        self._window.set_bare(bare=False)
        minutes = int(self._preferences.number("idle_minutes", _IDLE_MINUTES))
        self._idle = IdleWatch(minutes, self)
        self._idle.idle.connect(self.lock)
        self.opened.emit()
        self._tasks.run(_prepare_first, partial(self._prepared, self.workday), context=self)

    def _prepared(self, workday: Workday, modules: tuple[str, ...]) -> None:
        if self.workday is not workday:  # locked meanwhile
            return
        for name in modules:
            load(name)
        self._window.start("today")
        workday.begin()
        self._views_left = [name for name in VIEWS if name != "today"]
        self._prepare_next()

    def _prepare_next(self) -> None:
        """One view at a time, so that what is asked meanwhile is answered in between."""
        self.complete = not self._views_left
        if self._views_left:
            self._tasks.run(partial(prepare, _module(self._views_left.pop(0))), self._import_each, context=self)

    def _import_each(self, modules: tuple[str, ...]) -> None:
        """One module a turn of the window's loop: who types meanwhile waits for one at most."""
        self._modules_left = list(modules)
        self._importing.start(0)

    def _import_one(self) -> None:
        if self._modules_left:
            load(self._modules_left.pop(0))
            return
        self._importing.stop()
        self._prepare_next()

    def _hide(self) -> None:
        """Nothing but the view that comes next shows, and nothing is searched."""
        self._search.answer_from(None)
        self._window.set_bare(bare=True)

    def _refuse(self, sentence: str) -> None:
        """Something other than a key keeps the base shut."""
        self._show_problem(Refused(sentence))

    def _show_problem(self, refused: Refused) -> None:
        self._refused = refused
        self._hide()
        self._window.start("problem", refused=replace(refused, key=None))

    def _ask_key(self, sentence: str) -> None:
        self._hide()
        self._window.start("unlock", sentence=sentence)

    def _show_unlock(self) -> None:
        self._window.stack.stop()
        self._hide()
        try:
            self._window.start("unlock", passphrase=opening.asks_passphrase(self._folder))
        except UserError as error:  # the key file went away meanwhile
            self._refuse(str(error))
        self.locked.emit()

    def _unlock(self) -> View:
        view: Any = load(_UNLOCK).UnlockView()
        view.tried.connect(self._open)
        made: View = view
        return made

    def _problem(self) -> View:
        view: Any = load(_PROBLEM).ProblemView()
        view.again.connect(self._begin)
        view.quit.connect(self._quit)
        view.restore.connect(partial(self._restore, view))
        view.key_wanted.connect(partial(self._way_out, view, opening.put_key_back))
        view.over.connect(partial(self._way_out, view, opening.start_over))
        made: View = view
        return made

    def _restore(self, view: Any, sequence: int) -> None:
        work = partial(opening.restore_copy, self._folder, self._refused, sequence)
        self._tasks.run(work, self._answered, view.failed)

    def _way_out(self, view: Any, change: Callable[[DataFolder], None]) -> None:
        """Do it, then look at the folder again."""
        self._tasks.run(partial(change, self._folder), self._changed, view.failed)

    def _changed(self, _done: None) -> None:
        self._begin()

    def _quit(self) -> None:
        self._window.window().close()

    def _show_welcome(self, prepared: tuple[tuple[str, ...], bool]) -> None:
        modules, self._has_keychain = prepared
        for name in modules:
            load(name)
        self._hide()
        self._window.start("welcome")

    def _welcome(self) -> View:
        view: Any = load(_WELCOME).Welcome(self._tasks, has_keychain=self._has_keychain)
        view.finished.connect(self._create)
        view.sheet_asked.connect(self._view_sheet)
        view.done.connect(self._leave_welcome)
        self._first = view
        made: View = view
        return made

    def _create(self, setup: Setup, passphrase: str | None, demonstration: bool) -> None:  # noqa: FBT001 - slot
        self._demonstration = demonstration
        self._first.creating("Création de la base chiffrée…")
        self._tasks.run(
            partial(opening.create, self._folder, setup, passphrase or None), self._created, self._first.failed
        )

    def _created(self, made: tuple[Workspace, str]) -> None:
        self._made, code = made
        if self._demonstration:
            self._tasks.run_long(self._populate, self._filled, self._first.failed, busy="Écriture de dossiers fictifs…")
        self._tasks.run(partial(self._recovery_sheet, code), self._show_sheet)

    def _populate(self, progress: Progress) -> "DemoCounts":
        counts: DemoCounts = load(_DEMO).populate(
            self._made, people=_DEMO_PEOPLE, seed=_DEMO_SEED, until=today(), progress=progress.step
        )
        return counts

    def _recovery_sheet(self, code: str) -> "Document":
        sheet: Document = self._made.read(load(_RECOVERY).recovery_sheet, code)
        return sheet

    def _filled(self, _counts: "DemoCounts") -> None:
        self._window.notify("Dossiers fictifs ajoutés : explorez sans crainte.", "info")

    def _show_sheet(self, sheet: "Document") -> None:
        self._first.show_recovery(sheet)

    def _view_sheet(self, sheet: "Document") -> None:
        """The sheet as it prints, over the first pages."""
        desk = Desk(self._made, self._window, self._tasks, QtAsk(self._window.window), self)
        load(_PREVIEW).Preview.open_documents(desk, sheet).destroyed.connect(desk.deleteLater)

    def _leave_welcome(self) -> None:
        self._window.stack.stop()
        self._start(self._made)


def _module(view: str) -> str:
    return VIEWS[view].partition(":")[0]


def _prepare_welcome() -> tuple[tuple[str, ...], bool]:
    """The modules of the first pages; whether the key can be kept by the system."""
    return prepare(_WELCOME), opening.has_keychain()


def _prepare_first() -> tuple[str, ...]:
    """The modules of the first view; what the bars around it show is imported."""
    for name in AROUND:
        load(name)
    return prepare(_module("today"))
