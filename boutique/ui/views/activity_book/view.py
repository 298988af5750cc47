"""The page « Classeur » of Activité: one month and the year it is in, narrowed as the figures are."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.exports.excel.formats import Form
from boutique.services import accesses, activity_files, month_comments, scopes
from boutique.services.activity_files import BookFile, Control
from boutique.services.scopes import ScopeKeys
from boutique.ui.desk import Desk
from boutique.ui.saving import ERASE_AFTER, FileSaving, by_steps
from boutique.ui.tasks import Progress
from boutique.ui.view import View
from boutique.ui.views.activity.scope_bar import ScopeBar
from boutique.ui.views.activity_book.cards import CommentCard, ControlsCard, FilesCard, NamesCard
from boutique.ui.views.sections import SectionTabs
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.period_switcher import PeriodSwitcher
from boutique.ui.widgets.scroll_column import ScrollColumn

_BUSY = "Préparation du classeur…"


class ActivityBookView(View):
    """`month` (a day of it) may be asked for."""

    title = "Classeur"
    rail = "activity"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._saving = desk, FileSaving(desk, self)
        self.period = PeriodSwitcher()
        self.scope = ScopeBar()
        self.comment, self.controls, self.names = CommentCard(), ControlsCard(), NamesCard()
        self.month = FilesCard(
            "Mois", "Toutes les feuilles, sans aucun nom : les dossiers y figurent par leur référence."
        )
        self.year = FilesCard("Année", "Douze mois, cohortes d’entreprises, communes : des nombres seulement.")
        self._lay_out()
        self.period.changed.connect(self._refresh)
        self.scope.changed.connect(self._refresh)
        self.comment.saved.connect(self._keep)
        self.month.asked.connect(self._save_month)
        self.year.asked.connect(self._save_year)
        self.names.asked.connect(self._save_names)
        desk.changed.connect(self._refresh_if_seen)

    def enter(self, **arguments: Any) -> None:
        if isinstance(asked := arguments.get("month"), date):
            self.period.write(asked)
        self._desk.read_latest("month scopes", scopes.choices, then=self.scope.write_choices)
        self._desk.read(activity_files.commented, then=self.comment.write_figures)
        self._refresh()

    def leave(self) -> bool:
        self.comment.flush()
        return True

    def take_focus(self) -> None:
        self.period.name.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label("Classeur", role="title"))
        head.addWidget(self.period)
        head.addWidget(self.scope, 1, Qt.AlignmentFlag.AlignVCenter)
        left, right = QWidget(), QWidget()
        for side, cards in (
            (left, (self.comment, self.controls)),
            (right, (self.month, self.year, self.names)),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        page = ScrollColumn(margins=(22, 14, 22, 14), gap=14)
        page.add(SectionTabs(self._desk.shell, "activity", "activity_book"), head, Columns(left, right, shares=(6, 5)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _refresh(self, _changed: Any = None) -> None:
        month, keys = self.period.month(), self.scope.keys()
        self.comment.flush()
        self.comment.set_aside(not scopes.is_place(keys))
        then = partial(self.comment.write, (month, keys.site_id))
        self._desk.read_latest("month comment", month_comments.comments, month, keys.site_id, then=then)
        self._desk.read_latest("month controls", activity_files.controls, month, keys, then=self._take_controls)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _take_controls(self, found: tuple[Control, ...]) -> None:
        self.controls.write(found)

    def _keep(self, about: tuple[date, Any], texts: dict[str, str]) -> None:
        month, site_id = about
        self._desk.write("Commentaire du mois", month_comments.save, month, texts, site_id)

    def _save_month(self, suffix: str) -> None:
        month, keys = self.period.month(), self.scope.keys()
        read = partial(self._desk.workspace.read, activity_files.month_file, month, Form(suffix), keys)
        self._save("Enregistrer le classeur du mois", f"{activity_files.month_name_of(month, keys)}{suffix}", read)

    def _save_year(self, suffix: str) -> None:
        year, keys = self.period.month().year, self.scope.keys()
        read = partial(self._desk.workspace.read, activity_files.year_file, year, Form(suffix), keys)
        self._save("Enregistrer le classeur de l’année", f"{activity_files.year_name_of(year, keys)}{suffix}", read)

    def _save(self, title: str, name: str, read: Callable[..., BookFile]) -> None:
        self._saving.save(title, name, by_steps(read), written=self._note, busy=_BUSY)

    def _save_names(self, reason: str) -> None:
        month, keys = self.period.month(), self.scope.keys()
        name = f"{activity_files.month_name_of(month, keys)}-nominatif{Form.XLSX.value}"
        path = self._saving.ask("Enregistrer le classeur nominatif", name)
        if path is not None:
            work = partial(_write_named, self._desk.workspace, path, month, keys, reason)
            self._desk.tasks.run_long(work, self._told_names, busy=_BUSY, context=self)

    def _note(self, book: BookFile) -> None:
        self._desk.keep(accesses.note, "export", book.noted, people=book.people)

    def _told_names(self, path: Path) -> None:
        self.names.reason.clear()
        self._saving.tell(path, f"Classeur nominatif enregistré : {path.name}. L’accès est noté", ERASE_AFTER)


def _write_named(
    workspace: Any, path: Path, month: date, keys: ScopeKeys, reason: str, progress: Progress
) -> Path:  # fmt: skip
    return activity_files.write_named(workspace, path, month, keys, reason, progress.step)
