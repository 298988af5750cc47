"""Réglages › Protection: ways to open the base, verified backups, health of the file."""

from functools import partial

from PySide6.QtWidgets import QWidget

from boutique.core import clock, french
from boutique.services import protection
from boutique.services.protection import BackupLine, Finding, State
from boutique.ui.desk import Desk
from boutique.ui.theme.tokens import Tone
from boutique.ui.views.settings.opening import OpeningCard
from boutique.ui.views.settings.page import Page
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_SHOWN = 10
_TONES: dict[str, tuple[Tone, str, str]] = {
    "success": ("success", "circle-check", "Bien"),
    "warning": ("warning", "triangle-alert", "À voir"),
    "danger": ("danger", "circle-alert", "Problème"),
}


class ProtectionPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.opening = OpeningCard(desk)
        self.backup_button = PrimaryButton("Sauvegarder maintenant", icon="save", size="normal")
        self.check_button = Button("Vérifier la base", icon="shield-check")
        self.backups = Card("Sauvegardes vérifiées", icon="archive", action=self.backup_button)
        self.health = Card("État de la base", icon="heart-pulse", action=self.check_button)
        self.folder = Label(role="small", tone="muted", wrap=True, selectable=True)
        self.no_backup = Label("Aucune sauvegarde pour l’instant.", tone="muted")
        self.not_checked = Label("Lancez la vérification : elle relit tout le fichier.", tone="muted")
        self.backups.add(self.no_backup, self.folder)
        self.health.add(self.not_checked)
        self.lines: list[ListRow] = []
        self.findings: list[ListRow] = []
        self.add(self.opening, self.backups, self.health)
        self.opening.changed.connect(self.enter)
        self.backup_button.clicked.connect(self.back_up)
        self.check_button.clicked.connect(self.check)

    def enter(self) -> None:
        self.desk.tasks.run(partial(protection.state, self.desk.workspace), self._show)

    def back_up(self) -> None:
        work = partial(protection.back_up, self.desk.workspace)
        self.desk.tasks.run(work, self._backed_up, busy="Sauvegarde et vérification…")

    def check(self) -> None:
        work = partial(protection.check, self.desk.workspace)
        self.desk.tasks.run(work, self._show_findings, busy="Vérification de la base…")

    def restore(self, line: BackupLine) -> None:
        """The base is replaced and kept aside; the window then opens the restored one."""
        told = (
            f"La base reviendra à son état du {_when(line)}. L’état actuel est gardé à part dans le dossier de la "
            "base. La fenêtre se verrouille puis rouvre la base restaurée."
        )
        if self.desk.ask.confirm("Restaurer cette sauvegarde ?", told, yes="Restaurer", danger=True):
            work = partial(protection.restore_backup, self.desk.workspace, line.sequence)
            self.desk.tasks.run(work, self._restored, busy="Restauration…")

    def _restored(self, _nothing: None) -> None:
        self.desk.shell.notify("Sauvegarde restaurée. L’ancienne base est gardée à part.", "success")
        self.desk.shell.commands.run("lock")

    def _backed_up(self, line: BackupLine) -> None:
        self.desk.shell.notify(f"Sauvegarde faite et vérifiée ({french.plural(line.files, 'dossier')}).", "success")
        self.desk.shell.status("backup", "Sauvegarde vérifiée à l’instant", icon="shield-check")
        self.enter()

    def _show(self, state: State) -> None:
        self.opening.show_state(state)
        self.no_backup.setVisible(not state.backups)
        self.folder.setText(f"Dossier des sauvegardes : {state.folder}")
        self.backup_button.setEnabled(not state.read_only)
        _drop(self.lines)
        self.lines = [self._line(one) for one in state.backups[:_SHOWN]]
        for number, row in enumerate(self.lines):
            self.backups.body.insertWidget(number, row)

    def _line(self, one: BackupLine) -> ListRow:
        button = Button("Restaurer…", icon="history", variant="ghost")
        button.setAccessibleName(f"Restaurer la sauvegarde du {_when(one)}")
        button.clicked.connect(partial(self.restore, one))
        size = french.show_number(one.megabytes, 1)
        about = f"{one.reason} · {french.plural(one.files, 'dossier')} · {size} Mo"
        return ListRow(_when(one), about, leading=Icon("shield-check", tone="success"), trailing=[button])

    def _show_findings(self, found: tuple[Finding, ...]) -> None:
        self.not_checked.hide()
        _drop(self.findings)
        self.findings = [_finding(one) for one in found]
        self.health.add(*self.findings)
        self.findings[-1].set_last()


def _finding(one: Finding) -> ListRow:
    tone, icon, word = _TONES[one.tone]
    return ListRow(one.name, one.sentence, trailing=[Badge(word, tone, icon=icon)])


def _drop(rows: list[ListRow]) -> None:
    for row in rows:
        row.hide()
        row.deleteLater()


def _when(line: BackupLine) -> str:
    at = clock.local(line.made_at)
    return f"{french.long_date(at.date())} à {at:%H:%M}"
