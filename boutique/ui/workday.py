"""An open base in the window: search, place of the day, undo, state of saving and backups. Ends at locking."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.services import opening
from boutique.services.workspace import Workspace
from boutique.storage.backup import Backup
from boutique.ui.actions import Action
from boutique.ui.ask import QtAsk
from boutique.ui.clipboard import personal_clipboard
from boutique.ui.day_search import DaySource
from boutique.ui.desk import Desk
from boutique.ui.loading import load
from boutique.ui.main_window import MainWindow
from boutique.ui.palette_files import PaletteFiles
from boutique.ui.preferences import Preferences
from boutique.ui.search_popup import SearchPopup
from boutique.ui.tasks import Tasks

if TYPE_CHECKING:
    from boutique.services.settings import Staff
    from boutique.ui.slip_drop import SlipDrop

# Where each view is defined. The app registers the names before anything is loaded, so that the rail paints at once.
VIEWS = {
    "today": "boutique.ui.views.today:TodayView",
    "files": "boutique.ui.views.files:FilesView",
    "file": "boutique.ui.views.file.view:FileView",
    "agenda": "boutique.ui.views.agenda:AgendaView",
    "permanences": "boutique.ui.views.permanences:PermanencesView",
    "meetings": "boutique.ui.views.meetings:MeetingsView",
    "visits": "boutique.ui.views.visits:VisitsView",
    "calls": "boutique.ui.views.calls:CallsView",
    "legal_form": "boutique.ui.views.legal_form:LegalFormView",
    "intake": "boutique.ui.views.intake:IntakeView",
    "workshops": "boutique.ui.views.workshops:WorkshopsView",
    "workshop_modules": "boutique.ui.views.workshops:ModulesView",
    "workshop_balance": "boutique.ui.views.workshops:BalanceView",
    "partners": "boutique.ui.views.partners:PartnersView",
    "partner": "boutique.ui.views.partner:PartnerView",
    "coverage": "boutique.ui.views.coverage:CoverageView",
    "partner_figures": "boutique.ui.views.partner_figures:PartnerFiguresView",
    "partner_import": "boutique.ui.views.partner_import:PartnerImportView",
    "activity": "boutique.ui.views.activity:ActivityView",
    "programmes": "boutique.ui.views.programmes:ProgrammesView",
    "declared": "boutique.ui.views.declared:DeclaredView",
    "participants": "boutique.ui.views.participants:ParticipantsView",
    "activity_book": "boutique.ui.views.activity_book:ActivityBookView",
    "follow_lists": "boutique.ui.views.follow_lists:FollowListsView",
    "own_figures": "boutique.ui.views.own_figures:OwnFiguresView",
    "observatory": "boutique.ui.views.observatory:ObservatoryView",
    "external_import": "boutique.ui.views.external_import:ExternalImportView",
    "settings": "boutique.ui.views.settings:SettingsView",
    "help": "boutique.ui.views.help:HelpView",
}
# What the bars around a view show; a search does not wait for it.
_SETTINGS, _REMINDERS = AROUND = ("boutique.services.settings", "boutique.services.reminders")
_ATTACHMENTS, _STORE = "boutique.services.attachments", "boutique.services.attachment_store"
_EXPIRY = "boutique.services.expiry"
_SLIP_DROP = "boutique.ui.slip_drop"
_LATE_ACTS = "boutique.ui.late_acts"
# Pages that the rail does not name: palette, shortcut.
_PAGES = (
    ("calls", "Suivis à faire", "phone", "F5", ("création", "entreprise", "relance", "téléphone")),
    ("meetings", "Rencontres avec les partenaires", "handshake", "", ("réunion", "comité")),
    ("visits", "Visites d’entreprises", "factory", "", ("terrain", "besoins", "couverture")),
    ("permanences", "Permanences : séances", "map-pin", "", ("tournée", "bus", "aller-vers", "préparer", "bilan")),
    ("programmes", "Programmes et objectifs", "landmark", "", ("convention", "financeur", "fse", "cofinancement")),
    ("participants", "Participants FSE+", "users", "", ("fse", "participant", "six mois", "dreets")),
    ("follow_lists", "Listes de suivi", "table-2", "", ("liste", "colonnes", "financeur", "export", "excel")),
    (
        "own_figures",
        "Indicateurs de la structure",
        "chart-column",
        "",
        ("indicateur", "critères", "compter", "chiffre"),
    ),
    ("declared", "Mois déclarés et corrections", "lock", "", ("verrouiller", "déclarer", "figer", "classeur")),
)
_BACKUP_CHECK_MS = 15 * 60_000


class Workday(QObject):
    """Everything that lives as long as the base is open."""

    def __init__(
        self, workspace: Workspace, window: MainWindow, tasks: Tasks, preferences: Preferences, search: SearchPopup
    ) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._aside = Tasks()  # a backup or a batch takes seconds: nobody's search waits behind it
        self._aside.crashed.connect(tasks.crashed)
        self._aside.failed.connect(tasks.failed)
        window.watch(self._aside)
        ask = QtAsk(partial(_itself, window))
        self.desk = Desk(workspace, window, tasks, ask, self, preferences, self._aside)
        self._search = search
        search.answer_from(DaySource(self.desk))
        self._undo = window.commands.add(
            Action("undo", "Annuler la dernière action", self.desk.undo, "undo-2", "Ctrl+Z")
        )
        for name, title, icon, key, words in _PAGES:
            run = partial(window.show_view, name)
            window.commands.add(Action(f"go.{name}", title, run, icon, key, words, "Aller à"))
        self._files = PaletteFiles(self.desk)
        window.command_palette().add_source(self._files)
        self._backups = QTimer(self)
        self._backups.setInterval(_BACKUP_CHECK_MS)
        self._backups.timeout.connect(self._back_up)
        self._backups.start()
        self._staff: Staff | None = None
        self._slip_drop: SlipDrop | None = None
        window.new_requested.connect(self._new_visit)
        window.place_requested.connect(self._choose_place)

    def begin(self) -> None:
        """The first view shows: what stands around it, then the backup."""
        self.desk.changed.connect(self.refresh)
        self.refresh()
        if not self.desk.workspace.database.read_only:
            self.desk.keep(load(_STORE).sweep)  # the bin of attached documents
            expire = partial(self.desk.workspace.write, load(_EXPIRY).LABEL, load(_EXPIRY).expire)
            self.desk.tasks.run(expire, self._expired)
            load(_LATE_ACTS).LateActs(self.desk, self)
            self._slip_drop = load(_SLIP_DROP).SlipDrop(self.desk, self._window, self)
        self._back_up()

    def _expired(self, count: int) -> None:
        if told := load(_EXPIRY).notice(count):
            self._window.notify(told, "info", [("Annuler", self.desk.undo)])
            self.desk.changed.emit()

    def end(self) -> Callable[[], None]:
        """Stop, and hand back what closes the base, for the worker: a backup under way is waited for."""
        self._backups.stop()
        self._aside.leave()
        self._window.unwatch()
        personal_clipboard().clear()
        self._window.new_requested.disconnect(self._new_visit)
        self._window.place_requested.disconnect(self._choose_place)
        self._search.answer_from(None)
        self._files.close()
        if self._slip_drop is not None:
            self._slip_drop.close()
        self._window.commands.remove("undo")
        for name, *_ in _PAGES:
            self._window.commands.remove(f"go.{name}")
        self.deleteLater()
        return partial(_close, self.desk.workspace, self._aside)

    def refresh(self) -> None:
        """Who works where, how many files, what waits for a reminder."""
        self.desk.read(load(_SETTINGS).staff, then=self._show_staff)
        self.desk.read(load(_SETTINGS).file_count, then=self._show_count)
        self.desk.read(load(_REMINDERS).due, then=self._show_due)

    def _show_staff(self, staff: "Staff") -> None:
        self._staff = staff
        self._window.set_place(staff.site.name if staff.site else "")
        if staff.counsellor:
            self._window.set_counsellor(staff.counsellor.initials, staff.counsellor.name)

    def _show_count(self, count: int) -> None:
        read_only = self.desk.workspace.database.read_only
        if read_only:
            words = "Lecture seule : le dossier ne peut pas être modifié"
            self._window.status("saving", words, icon="triangle-alert", tone="warning")
        else:
            self._window.status("saving", "Tout est enregistré", icon="check")
        self._window.status("database", french.plural(count, "dossier"))

    def _show_due(self, due: tuple[object, ...]) -> None:
        self._window.set_badge("today", len(due))

    def _new_visit(self) -> None:
        self._window.show_view("intake", text=self._window.top.search.text())

    def _choose_place(self) -> None:
        if self._staff is None:
            return
        menu = QMenu(self._window)
        for site in self._staff.sites:
            self._entry(menu, site.name, partial(self._be_at, site.id), site.id == self.desk.workspace.site_id)
        menu.addSeparator()
        for person in self._staff.counsellors:
            mine = person.id == self.desk.workspace.counsellor_id
            self._entry(menu, person.name, partial(self._be, person.id), mine)
        button = self._window.top.place
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _entry(self, menu: QMenu, words: str, chosen: Callable[[], None], checked: bool) -> None:  # noqa: FBT001
        entry = menu.addAction(words.replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(checked)
        entry.triggered.connect(chosen)

    def _be_at(self, site_id: uuid.UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self.desk.workspace.site_id = site_id
        self.desk.changed.emit()

    def _be(self, counsellor_id: uuid.UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self.desk.workspace.counsellor_id = counsellor_id
        self.desk.changed.emit()

    def _back_up(self) -> None:
        self._aside.run(partial(opening.back_up_if_due, self.desk.workspace), self._backed_up, self._not_backed_up)

    def _backed_up(self, _made: Backup | None) -> None:
        self._aside.run(partial(opening.last_backup, self.desk.workspace), self._show_backup)

    def _not_backed_up(self, sentence: str) -> None:
        self._window.status("backup", f"Sauvegarde non faite : {sentence}", icon="triangle-alert", tone="warning")

    def _show_backup(self, last: Backup | None) -> None:
        if last is None:
            self._window.status("backup", "Aucune sauvegarde", icon="shield-alert", tone="warning")
            return
        hours = int((clock.now() - last.made_at).total_seconds() // 3600)
        when = "à l’instant" if hours < 1 else f"il y a {hours} h" if hours < 48 else f"il y a {hours // 24} jours"
        self._window.status("backup", f"Sauvegarde vérifiée {when}", icon="shield-check")


def _close(workspace: Workspace, aside: Tasks) -> None:
    aside.join()  # a batch under way has been told to stop
    if workspace.copies.count:  # what another program changed is kept before its copy goes
        with suppress(UserError):
            load(_ATTACHMENTS).keep_changed(workspace)
    workspace.close()


def _itself(window: MainWindow) -> MainWindow:
    return window
