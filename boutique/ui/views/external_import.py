"""Import of a partner's figures: looked at first, named with their source, then kept apart from ours in one action."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import EXTERNAL
from boutique.services import external
from boutique.services.external_reading import FIELDS, Look
from boutique.services.workspace import Workspace
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.tasks import Progress
from boutique.ui.view import View
from boutique.ui.views.import_columns import ColumnsCard
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn

_SECTION = "Données d’un partenaire"
_MEASURES = 8
_APART = (
    "Seuls des nombres par commune sont gardés, à part de vos chiffres : aucune ligne du fichier n’entre dans la base."
)


class ExternalImportView(View):
    """`enter(path=…)` looks at a file; nothing is kept before « Garder ces chiffres »."""

    title = "Données d’un partenaire"
    rail = "activity"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._path: Path | None = None
        self.look: Look | None = None
        self.file = ElidedLabel(tone="muted")
        self.trouble = Label(role="body", tone="danger", wrap=True)
        self.keep_button = PrimaryButton("Garder ces chiffres", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler", variant="ghost")
        self.form = FormView(EXTERNAL, desk)
        self.columns = ColumnsCard(fields=FIELDS, typed=False)
        self.found = Card("Ce que dit le fichier")
        self._lay_out()
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self._leave)
        self.columns.changed.connect(self._mapped)
        desk.shell.commands.add(
            Action("external.keep", "Garder ces chiffres", self.keep, "check", "Ctrl+Return", section=_SECTION), self
        )

    def enter(self, **arguments: Any) -> None:
        path = arguments.get("path")
        if path is not None and path != self._path:
            self._path, self.look = path, None
            self.columns.forget()
            self.form.load({})
            self.file.setText(path.name)
            self._read(None)

    def go_back(self) -> bool:
        self._leave()
        return True

    def take_focus(self) -> None:
        self.form.focus(self.form.keys()[0])

    def keep(self) -> None:
        """Write the counts with where they come from."""
        if self.look is None or not self.keep_button.isEnabled():
            return
        if not self.form.show_errors(self.form.errors()):
            self.desk.write(
                "Données d’un partenaire ajoutées", external.save, self.look, self.form.answers(),
                then=self._kept, failed=self._say,
            )  # fmt: skip

    def _read(self, names: dict[int, str] | None) -> None:
        if self._path is not None:
            self.keep_button.setEnabled(False)
            work = partial(_look, self.desk.workspace, self._path, names)
            self.desk.tasks.run_long(work, self._show, self._refused, busy="Lecture du fichier…", context=self)

    def _mapped(self) -> None:
        self._read(self.columns.names())

    def _show(self, look: Look) -> None:
        self.look = look
        self.columns.show_columns(look)
        self._say(look.missing)
        self.keep_button.setEnabled(bool(look.communes))
        empty(self.found.body)
        self.found.add(Label(_APART, role="small", tone="muted", wrap=True))
        if look.dropped:
            never = f"Colonnes jamais reprises, car elles nomment quelqu’un : {', '.join(look.dropped)}."
            self.found.add(Label(never, tone="warning", wrap=True))
        if look.counts is not None:
            lines, communes = french.plural(look.lines, "ligne"), french.plural(look.communes, "commune")
            self.found.add(Label(f"{lines}, {communes}.", role="strong"))
            shown = [f"{name} : {french.show_number(total)}" for name, total in look.measures[:_MEASURES]]
            rest = len(look.measures) - len(shown)
            self.found.add(Bullets([*shown, *([f"et {french.plural(rest, 'autre')}"] if rest > 0 else [])]))
        if look.left:
            left = french.plural(look.left, "ligne laissée", "lignes laissées")
            first = ", ".join(f"ligne {number} ({why})" for number, why in look.refused[:3])
            ending = "…" if look.left > 3 else "."
            self.found.add(Label(f"{left} de côté : {first}{ending}", tone="warning", wrap=True))

    def _refused(self, sentence: str) -> None:
        self._say(sentence)
        self.keep_button.setEnabled(False)

    def _kept(self, _source_id: object) -> None:
        self._path = None
        self.form.set_clean()
        self.desk.shell.show_view("observatory", side="partners")

    def _leave(self) -> None:
        self._path = None
        self.desk.shell.show_view("observatory", side="partners")

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        top, buttons = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Label("Données d’un partenaire", role="title"))
        top.addWidget(self.file, 1)
        buttons.setSpacing(8)
        buttons.addWidget(self.keep_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        column = ScrollColumn()
        column.add(self.found, self.form, self.columns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addLayout(buttons)
        whole.addWidget(self.trouble)
        whole.addWidget(column, 1)
        self._say("")


def _look(workspace: Workspace, path: Path, names: dict[int, str] | None, progress: Progress) -> Look:
    return workspace.read(external.look, path, names, progress=progress.step)
